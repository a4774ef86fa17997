"""The same claim in another article of a run."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from reportedly.records import Article
from reportedly.show.repeats import find_repeats
from reportedly.speakers.aliases import Known

if TYPE_CHECKING:
    from reportedly.stages import Pipeline

FIRST = "Mara Beck said the dam had lost 40 litres since Monday. The dam was built by prisoners in a hurry."


@pytest.mark.parametrize(
    ("later", "expected"),
    [
        ("Mara Beck said that the dam had lost 40 litres since Monday.", [("b", "c1", "c1")]),
        ("Mara Beck said the dam has lost 40 litres since Monday.", [("b", "c1", "c1")]),
        ("The dam was built by prisoners in a hurry.", [("b", "c1", "c2")]),
        ("Mara Beck said the dam had lost 50 litres since Monday.", []),
        ("Mara Beck said the dam had not lost 40 litres since Monday.", []),
        ("Ole Falk said the dam had lost 40 litres since Monday.", []),
        ("Beck said the dam had lost 40 litres since Monday.", []),
    ],
    ids=["word for word", "a word changed", "the reporter's", "another number", "denied", "another speaker", "a surname only"],
)
def test_a_claim_that_an_earlier_article_has(later: str, expected: list[tuple[str, str, str]], pipeline: Pipeline) -> None:
    records = [pipeline.record(Article(id=id_, text=text)) for id_, text in (("a", FIRST), ("b", later))]

    assert [(found.record.id, found.claim.id, found.first.id) for found in find_repeats(records)] == expected


def test_aliases_make_two_names_one_speaker(pipeline: Pipeline) -> None:
    later = "Beck said the dam had lost 40 litres since Monday."
    records = [pipeline.record(Article(id=id_, text=text)) for id_, text in (("a", FIRST), ("b", later))]
    known = Known("Mara Beck", None)

    assert [found.alike for found in find_repeats(records, {"beck": known, "mara beck": known})] == [100]
