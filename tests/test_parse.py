"""The parse as columns: offsets of the text, subtrees, and the spans that tokens make."""

from __future__ import annotations

import pytest

from reportedly.parse import Parse
from reportedly.records import Article
from reportedly.stages import Pipeline

#        0    1  2    3     4
WORDS = ["Ada", "said", "it", "rained", "."]
PARSE = Parse(
    text="Ada said it rained.", word=WORDS, lemma=WORDS, pos=["PROPN", "VERB", "PRON", "VERB", "PUNCT"], tag=["NNP", "VBD", "PRP", "VBD", "."],
    dep=["nsubj", "ROOT", "nsubj", "ccomp", "punct"], head=[1, 1, 3, 1, 1], start=[0, 4, 9, 12, 18], end=[3, 8, 11, 18, 19], sentences=[(0, 5)],
)  # fmt: skip


def test_children_and_subtrees() -> None:
    assert PARSE.children[1] == [0, 3, 4]
    assert PARSE.edges[3] == (2, 4)
    assert PARSE.edges[1] == (0, 5)


def test_tokens_of_a_range_are_those_that_share_a_character() -> None:
    assert list(PARSE.tokens(3, 9)) == [1]
    assert list(PARSE.tokens(5, 10)) == [1, 2]
    assert list(PARSE.tokens(3, 4)) == []


def test_a_span_is_sliceable() -> None:
    span = PARSE.span(2, 4)
    assert PARSE.text[span.start : span.end] == "it rained"


@pytest.mark.parametrize(
    ("word", "lemma"), [("hoped", "hope"), ("hoping", "hope"), ("hated", "hate"), ("hopped", "hop"), ("asked", "ask"), ("planned", "plan")]
)
def test_short_verbs_keep_their_final_e(pipeline: Pipeline, word: str, lemma: str) -> None:
    be = "is " if word.endswith("ing") else ""
    _, parse = pipeline.parse([Article(id="x", text=f"She {be}{word} all day.")])[0]
    assert parse.lemma[list(parse.word).index(word)] == lemma


def test_columns_of_a_real_parse_slice_the_text(pipeline: Pipeline) -> None:
    text = "OSLO -- Ada  Okoro said\u00a0it rained. 😀 “We left.”\r\n\r\nBo left e\u0301arly."
    _, parse = pipeline.parse([Article(id="x", text=text)])[0]
    assert [text[start:end] for start, end in zip(parse.start, parse.end, strict=True)] == list(parse.word)
    assert all(first < last for first, last in parse.sentences)
    assert parse.sentences[-1][1] == len(parse)
