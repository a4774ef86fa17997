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


Ranges = tuple[tuple[int, int], ...]
Parts = tuple[Ranges, Ranges, Ranges]


def ranges(spans: Spans) -> Ranges:
    return tuple((span.start, span.end) for span in spans)


def expected() -> dict[str, list[Parts]]:
    """By plain sentence all its attributions: a sentence with several has an example for each."""
    sentences: dict[str, list[Parts]] = {}
    for shape in SHAPES:
        for example in shape.examples:
            marked = markup.read(example)
            sentences.setdefault(marked.text, []).append((marked.source, marked.cue, marked.content))
    return sentences


@pytest.mark.parametrize(("sentence", "parts"), [pytest.param(text, parts, id=text) for text, parts in expected().items()])
def test_exactly_the_examples_are_found(pipeline: Pipeline, sentence: str, parts: list[Parts]) -> None:
    found = [(ranges(one.source), ranges(one.cue), ranges(one.content)) for one in attributions(pipeline, sentence)]
    assert sorted(found) == sorted(parts)


@pytest.mark.parametrize(
    "sentence", [pytest.param(sentence, id=f"{shape.id}: {sentence}") for shape in SHAPES for sentence in shape.counter]
)
def test_nothing_is_found_in_a_counter_example(pipeline: Pipeline, sentence: str) -> None:
    assert attributions(pipeline, sentence) == ()


def test_every_shape_has_an_example() -> None:
    assert all(shape.examples or shape.counter for shape in SHAPES)
