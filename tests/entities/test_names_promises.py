"""What holds for entities and speakers of any text, whatever a parser makes of it."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly import entities, speakers
from reportedly.findings import Attribution, Layout, Paragraph
from reportedly.parse import Name, Parse
from reportedly.records import Span
from reportedly.rulebook import Model

NAMES = ["Ada", "Okoro", "May", "Mrs.", "Paris", "Kenyan", "I", "É", "😀"]
WORDS = [*NAMES, "president", "the", "The", "and", "of", "de", "-", ",", '"', "'s", "said", "he", "She", "it", "who", "report", "group", "is", "34"]
TAGS = ["NNP", "NN", "NNS", "PRP", "PRP$", "VBD", "DT", "WP", ",", "IN", "CC"]
POS = ["PROPN", "NOUN", "PRON", "VERB", "DET", "PUNCT", "ADP", "CCONJ", "NUM"]
DEPS = ["nsubj", "dobj", "appos", "conj", "compound", "relcl", "acl", "poss", "prep", "pobj", "det", "attr", "amod"]
MODEL = Model.open()
FIND = entities.stage(MODEL)
RESOLVE = speakers.stage(MODEL)


@st.composite
def parses(draw: st.DrawFn) -> Parse:
    """A parse of up to 25 words with any tags and any tree: heads point to a word nearer to the root, so that there is no circle."""
    size = draw(st.integers(1, 25))
    word = draw(st.lists(st.sampled_from(WORDS), min_size=size, max_size=size))
    order = draw(st.permutations(range(size)))
    head = [0] * size
    for place, token in enumerate(order):
        head[token] = order[draw(st.integers(0, place))] if place else token
    start, end, at = [], [], 0
    for item in word:
        start.append(at)
        end.append(at + len(item))
        at = end[-1] + draw(st.integers(0, 1))
    text = "".join(item.ljust(following - begin) for item, begin, following in zip(word, start, [*start[1:], at], strict=True))
    tag, pos, dep = (draw(st.lists(st.sampled_from(values), min_size=size, max_size=size)) for values in (TAGS, POS, DEPS))
    cut = draw(st.integers(0, size))
    sentences = [(first, last) for first, last in ((0, cut), (cut, size)) if first < last]
    names, first = [], 0
    while first < size:
        last = min(size, first + draw(st.integers(1, 4)))
        if draw(st.booleans()):
            names.append(Name(first, last, draw(st.sampled_from(["PERSON", "ORG", "GPE", "NORP", "DATE", "WORK_OF_ART"]))))
        first = last
    return Parse(text, word, [item.lower() for item in word], pos, tag, dep, head, start, end, sentences, names)


@st.composite
def articles(draw: st.DrawFn) -> tuple[Parse, Layout, tuple[Attribution, ...]]:
    parse = draw(parses())
    size = len(parse)
    kind = draw(st.sampled_from(["headline", "byline", "body"]))
    layout = Layout((Paragraph(0, len(parse.text), kind),), (), parse.text)
    attributions = []
    for _ in range(draw(st.integers(0, 3))):
        first, other = draw(st.integers(0, size - 1)), draw(st.integers(0, size - 1))
        source = (parse.span(first, draw(st.integers(first + 1, size))),) if draw(st.booleans()) else ()
        attributions.append(Attribution(source, (parse.span(other, other + 1),), (parse.span(other, size),), "say", "assert", "neutral", "test", 1.0))
    return parse, layout, tuple(attributions)


@given(articles())
@settings(max_examples=300, deadline=None)
def test_spans_lie_in_the_text_and_ids_exist(article: tuple[Parse, Layout, tuple[Attribution, ...]]) -> None:
    parse, layout, attributions = article

    found = FIND(parse=parse, layout=layout)
    index = RESOLVE(parse=parse, layout=layout, entities=found, attributions=attributions)

    assert all(parse.text[entity.start : entity.end] == entity.text for entity in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
    ids = {speaker.id for speaker in index.speakers}
    assert len(index.of) == len(index.sieves) == len(index.candidates) == len(attributions)
    assert {of for of in index.of if of} == ids
    assert all(speaker.name and speaker.mentions for speaker in index.speakers)
    assert all(0 <= span.start < span.end <= len(parse.text) for speaker in index.speakers for span in speaker.mentions)
    assert [precision is None for precision in index.precisions] == [of is None for of in index.of]
    assert all(not candidates or of is None for of, candidates in zip(index.of, index.candidates, strict=True))


def test_no_source_is_no_speaker() -> None:
    parse = Parse("It rains", ["It", "rains"], ["it", "rain"], ["PRON", "VERB"], ["PRP", "VBZ"], ["nsubj", "ROOT"], [1, 1], [0, 3], [2, 8], [(0, 2)])
    layout = Layout((Paragraph(0, 8, "body"),), (), parse.text)
    attribution = Attribution((), (Span(start=3, end=8),), (Span(start=0, end=2),), "say", "assert", "neutral", "test", 1.0)

    index = RESOLVE(parse=parse, layout=layout, entities=(), attributions=(attribution,))

    assert index.speakers == () and index.of == (None,)
