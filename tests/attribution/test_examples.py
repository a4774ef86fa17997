"""Every shape of attribution in `models/en/examples.yaml`: exactly what is marked is found, and nothing in a counter-example."""

from __future__ import annotations

import pytest

from reportedly import layout, markup, rulebook
from reportedly.findings import Attribution
from reportedly.records import Article, Spans
from reportedly.stages import Pipeline


class Shape(rulebook.Rule):
    id: str
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


SHAPES = rulebook.Model.open().rows("examples.yaml", Shape)


def attributions(pipeline: Pipeline, text: str) -> tuple[Attribution, ...]:
    values, parsed = pipeline.parse([Article(id="example", text=text)])[0]
    parse = layout.sentences_stage(values["article"], values["layout"], parsed)
    stage = next(stage for stage in pipeline.stages if stage.name == "attribution")
    found: tuple[Attribution, ...] = stage.run(parse=parse, layout=values["layout"])
    return found


def ranges(spans: Spans) -> tuple[tuple[int, int], ...]:
    return tuple((span.start, span.end) for span in spans)


@pytest.mark.parametrize(
    "example", [pytest.param(example, id=f"{shape.id}: {example}") for shape in SHAPES for example in shape.examples]
)
def test_example_is_found_exactly(pipeline: Pipeline, example: str) -> None:
    marked = markup.read(example)
    found = [(ranges(one.source), ranges(one.cue), ranges(one.content)) for one in attributions(pipeline, marked.text)]
    assert (marked.source, marked.cue, marked.content) in found


@pytest.mark.parametrize(
    "sentence", [pytest.param(sentence, id=f"{shape.id}: {sentence}") for shape in SHAPES for sentence in shape.counter]
)
def test_nothing_is_found_in_a_counter_example(pipeline: Pipeline, sentence: str) -> None:
    assert attributions(pipeline, sentence) == ()


def test_every_shape_has_an_example() -> None:
    assert all(shape.examples or shape.counter for shape in SHAPES)
