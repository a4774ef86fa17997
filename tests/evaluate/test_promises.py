"""Gold against gold scores 100, permuted input scores the same, empty scores n/a, swapping swaps precision and recall."""

from __future__ import annotations

import re
from collections.abc import Sequence

from hypothesis import given
from hypothesis import strategies as st

from reportedly.evaluate.align import Words
from reportedly.evaluate.bootstrap import intervals
from reportedly.evaluate.documents import Document, Timex, Triple, of_record
from reportedly.evaluate.score import score, score_article
from reportedly.evaluate.tally import Count, Tally, total
from reportedly.records import Record, digest

from .making import GOLD, TEXT, document

WORDS = "Ada Okoro said “boats sink” and she denied that it rained on every pier in May"
text = st.lists(st.sampled_from(WORDS.split()), min_size=3, max_size=25).map(" ".join)
BY_SOURCE_OR_CUE = ("attributions.cue", "attributions.rel", "attributions.full", "attributions.source")
"""Here a gold part of stop words alone asks for less than a predicted one: the two sides differ by definition."""


@st.composite
def triples(draw: st.DrawFn, words: str) -> list[Triple]:
    """Attributions whose parts begin and end with a word."""
    places = [match.span() for match in re.finditer(r"\w+", words)]
    edge = st.integers(0, len(places) - 1)
    span = st.tuples(edge, edge).map(lambda pair: (places[min(pair)][0], places[max(pair)][1]))
    part = st.lists(span, min_size=1, max_size=2).map(lambda spans: tuple(sorted(spans)))
    return draw(st.lists(st.builds(Triple, part, part, st.one_of(st.just(()), part)), max_size=5, unique=True))


@st.composite
def timexes(draw: st.DrawFn, length: int) -> list[Timex]:
    """Timexes that do not overlap each other, as in any record."""
    edges = sorted(draw(st.sets(st.integers(0, length), max_size=8)))
    values = st.sampled_from(["2024", "2024-05", "P1Y", None])
    spans = zip(edges[::2], edges[1::2], strict=False)
    return [Timex(start, end, draw(st.sampled_from(["DATE", "SET"])), draw(values)) for start, end in spans]


@st.composite
def pairs_of_documents(draw: st.DrawFn) -> tuple[Document, Document]:
    words = draw(text)
    return tuple(plain(words, draw(triples(words)), draw(timexes(len(words)))) for _ in range(2))  # type: ignore[return-value]


def plain(words: str, attributions: Sequence[Triple], dates: Sequence[Timex]) -> Document:
    return Document("a", words, tuple(sorted(attributions)), tuple(sorted(attributions)), tuple(dates))


@given(pairs_of_documents())
def test_gold_against_gold_scores_100(both: tuple[Document, Document]) -> None:
    for name, count in score_article(both[0], both[0]).counts.items():
        if name != "attributions.source":  # of contents that overlap, it takes the first
            assert count.f1 in (100, None), name


@given(pairs_of_documents())
def test_swapping_swaps_precision_and_recall(both: tuple[Document, Document]) -> None:
    one, other = score_article(*both).counts, score_article(*reversed(both)).counts
    for name, count in one.items():
        if not name.startswith(BY_SOURCE_OR_CUE) and "/" not in name:
            assert (count.precision, count.recall) == (other[name].recall, other[name].precision), name


def test_a_record_against_itself_scores_100_in_all_areas() -> None:
    gold = document(TEXT, GOLD)
    for name, count in score_article(gold, gold).counts.items():
        expected = (0, None) if name.startswith("speakers.") and ("wrong" in name or "unresolved" in name) else (100, None)
        assert count.f1 in expected, name


@given(st.randoms(use_true_random=False))
def test_permuted_records_score_the_same(chance: object) -> None:
    gold = document(TEXT, GOLD)
    assert gold.record
    found = gold.record
    for name in ("entities", "dates", "quantities", "speakers", "claims"):
        items = list(getattr(found, name))
        chance.shuffle(items)  # type: ignore[attr-defined]
        found = found.model_copy(update={name: tuple(items)})
    assert score_article(gold, of_record(found)).counts == score_article(gold, gold).counts


@given(st.permutations("abc"), st.permutations("abc"))
def test_permuted_articles_score_the_same(gold_order: list[str], found_order: list[str]) -> None:
    said, denied, other = (
        Triple(((4, 8),), ((9, 14),), ((0, 3),)),
        Triple(((4, 8),), ((15, 19),), ()),
        Triple(((9, 14),), ((0, 3),), ()),
    )
    texts = {"a": "Ada said boats sink", "b": "Bea said piers sink", "c": "Cem said roads sink"}
    gold = {"a": [said], "b": [denied, other], "c": [other]}
    found = {"a": [said], "b": [said, other], "c": []}
    one = {id_: plain(texts[id_], gold[id_], []) for id_ in gold_order}
    two = {id_: plain(texts[id_], found[id_], []) for id_ in found_order}
    straight = score({id_: one[id_] for id_ in "abc"}, {id_: two[id_] for id_ in "abc"})
    assert total(score(one, two).values()) == total(straight.values())
    assert 0 < (total(straight.values()).counts["attributions.rel"].f1 or 0) < 100


def test_empty_scores_are_not_available() -> None:
    nothing = of_record(Record(id="a", text="", sha256=digest("")))
    assert {count.f1 for count in score_article(nothing, nothing).counts.values()} == {None}


def test_empty_predictions_score_0_and_their_precision_is_not_available() -> None:
    count = score({"d": document(TEXT, GOLD)}, {})["d"].counts["attributions.rel"]
    assert (count.precision, count.recall, count.f1) == (None, 0, 0)


@given(st.lists(st.integers(0, 9), min_size=2, max_size=6))
def test_the_score_lies_in_its_interval_where_all_articles_are_alike(rights: list[int]) -> None:
    alike = [Tally({"x": Count(rights[0], 10, rights[0], 10)}) for _ in rights]
    low, high = intervals(alike)["x"]
    assert abs(low - 10 * rights[0]) < 1e-9 and abs(high - 10 * rights[0]) < 1e-9


def test_intervals_are_the_same_every_time() -> None:
    tallies = [Tally({"x": Count(n, 10, n, 9)}) for n in range(9)]
    assert intervals(tallies) == intervals(tallies)


def test_words_of_an_empty_text() -> None:
    assert Words("").covered([(0, 5)]) == frozenset()
