from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reportedly.evaluate.align import Words, best_matching, iou, matching


def words_in(text: str, *spans: tuple[int, int]) -> list[str]:
    words = Words(text)
    return [text[words.starts[index] : words.ends[index]] for index in sorted(words.covered(spans))]


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("“It’s late,” she said.", (0, 12), ["It’s", "late"]),  # punctuation never counts
        ("a long day", (3, 4), ["long"]),  # one character is enough
        ("a long day", (6, 7), []),  # white space is nothing
        ("a long day", (-9, 99), ["a", "long", "day"]),  # spans may leave the text
        ("a long day", (5, 2), []),
        ("naïve 🔥 café", (0, 12), ["naïve", "café"]),
    ],
)
def test_a_span_covers_the_words_that_it_touches(text: str, span: tuple[int, int], expected: list[str]) -> None:
    assert words_in(text, span) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [("the old mayor", {1, 2}), ("he would", {0, 1}), (":", {0}), ("DON’T go", {1})],
)
def test_stop_words_tell_nothing_unless_there_is_nothing_else(text: str, expected: set[int]) -> None:
    words = Words(text)
    assert words.telling(words.covered([(0, len(text))], punctuation=True)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('"All of it"', "direct"),
        ('some "of it"', "mixed"),
        ("none of it", "indirect"),
        ("''like this''", "direct"),
        ("“never closed", "direct"),
        ("“not over\nthe line", "mixed"),
    ],
)
def test_the_kind_follows_from_the_double_quotation_marks(text: str, expected: str) -> None:
    words = Words(text)
    assert words.kind(words.covered([(0, len(text))])) == expected


def test_parts_join_over_punctuation_but_not_over_words() -> None:
    text = "one, two and three"
    assert Words(text).whole([(5, 8), (0, 3), (13, 18)]) == [(0, 8), (13, 18)]


def test_a_matching_is_as_large_as_can_be() -> None:
    fits = {(0, 0), (0, 1), (1, 0)}
    assert matching(range(2), range(2), lambda i, j: (i, j) in fits) == {0: 1, 1: 0}


def test_the_best_matching_prefers_heavy_pairs_among_the_largest() -> None:
    weights = {(0, 0): 1.0, (0, 1): 0.5, (1, 0): 0.7, (1, 1): 0.6}
    assert best_matching(range(2), range(2), lambda i, j: weights[i, j]) == {0: 0, 1: 1}


pairs = st.sets(st.tuples(st.integers(0, 5), st.integers(0, 5)))


@given(pairs)
def test_both_ways_of_matching_are_one_to_one_and_equally_large(fits: set[tuple[int, int]]) -> None:
    plain = matching(range(6), range(6), lambda i, j: (i, j) in fits)
    best = best_matching(range(6), range(6), lambda i, j: float((i, j) in fits))
    assert len(plain) == len(best)
    for found in (plain, best):
        assert len(set(found.values())) == len(found)
        assert set(found.items()) <= fits


@given(st.frozensets(st.integers(0, 9)), st.frozensets(st.integers(0, 9)))
def test_the_overlap_is_a_share_and_the_same_from_both_sides(one: frozenset[int], other: frozenset[int]) -> None:
    assert 0 <= iou(one, other) == iou(other, one) <= 1
    assert (iou(one, other) == 1) == (one == other and bool(one))
