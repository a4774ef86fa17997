"""Inline markup: `{source} [cue] <content>`, strict."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly import markup
from reportedly.errors import MarkupError


def test_marks_become_ranges_of_the_plain_text() -> None:
    marked = markup.read("{Ada} [said] <it rained>.")
    assert marked.text == "Ada said it rained."
    assert [marked.text[a:b] for a, b in marked.source + marked.cue + marked.content] == ["Ada", "said", "it rained"]


def test_a_part_may_have_several_ranges_in_the_order_of_the_text() -> None:
    marked = markup.read("<The roof>, {Ada} [said], <would hold>.")
    assert [marked.text[a:b] for a, b in marked.content] == ["The roof", "would hold"]


def test_marks_may_nest() -> None:
    marked = markup.read("<{Ada}'s [claim] is false>")
    assert marked.content == ((0, len(marked.text)),)
    assert marked.source == ((0, 3),)


def test_a_backslash_makes_a_bracket_plain() -> None:
    assert markup.read(r"<a \[sic\] b>").text == "a [sic] b"


@pytest.mark.parametrize(
    ("marked", "message"),
    [
        ("{Ada said", "never closed"),
        ("Ada] said", "not open"),
        ("{Ada [said} it]", "not open"),
        ("{} said", "empty"),
    ],
)
def test_a_bad_mark_is_an_error_that_says_so(marked: str, message: str) -> None:
    with pytest.raises(MarkupError, match=message):
        markup.read(marked)


@given(st.text(alphabet='ab c.\n"’é😀'))
def test_text_without_marks_is_itself(text: str) -> None:
    assert markup.read(text) == markup.Marked(text)
