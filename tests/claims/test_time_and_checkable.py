"""Of which time a claim speaks, and whether it can be looked up. Articles of Wednesday, 10 May 2023."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pytest

from reportedly.claims.checkable import CheckableWords, Checking, WeightRow
from reportedly.claims.timing import TimeRow
from reportedly.records import Article, Claim, from_json, to_json

if TYPE_CHECKING:
    from reportedly.stages import Pipeline


def claim_of(text: str, pipeline: Pipeline) -> Claim:
    """The first claim of a text."""
    return pipeline.record(Article(id="a", text=text, published="2023-05-10")).claims[0]


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("The dam burst in 2011.", "past"),
        ("Ada Okoro said that the dam had burst.", "past"),
        ("Ada Okoro said that the council has closed three schools.", "past"),
        ("The dam holds two million litres.", "present"),
        ("Ada Okoro said that the dam is full.", "present"),
        ("Ada Okoro said that the dam will burst.", "future"),
        ("Ada Okoro promised to repair the dam.", "future"),
        ("Ada Okoro said that the council would repair the dam.", "future"),
        ("The court is to hear the mayor in June.", "future"),
        ("Ada Okoro called for an inquiry.", "future"),
        ("Ada Okoro said that the dam may have burst.", "past"),
    ],
)
def test_the_time_of_a_claim(text: str, time: str, pipeline: Pipeline) -> None:
    assert claim_of(text, pipeline).time == time


@pytest.mark.parametrize(
    "text",
    [
        "The firm lost 40 boats in 2021.",
        "Ada Okoro said that the ministry had paid $3 million for the bridge.",
        "Ada Okoro denied that the guards had shot two men.",
    ],
)
def test_what_can_be_looked_up(text: str, pipeline: Pipeline) -> None:
    checkable = claim_of(text, pipeline).checkable
    assert checkable is not None and checkable.score >= 0.5 and checkable.reasons


@pytest.mark.parametrize(
    "text",
    [
        "Ada Okoro promised to repair the dam.",
        "Ada Okoro said that the plan is reckless.",
        "Ada Okoro said that the firm will fail.",
        "Ada Okoro asked whether the bridge was safe.",
        "Ada Okoro hopes that it rains.",
    ],
)
def test_what_cannot(text: str, pipeline: Pipeline) -> None:
    checkable = claim_of(text, pipeline).checkable
    assert checkable is not None and checkable.score < 0.5 and checkable.objections


def test_reasons_come_heaviest_first_and_add_up() -> None:
    weights = {"bias": -1.0, "a date": 0.5, "a quantity": 2.0, "a feeling": -0.7, "few words": -0.1}
    words = CheckableWords(judging=frozenset(), feeling=frozenset(), duty=frozenset())
    checking = Checking([WeightRow(id=reason, weight=weight) for reason, weight in weights.items()], words)

    found = checking.judge(["a date", "a feeling", "a quantity", "few words", "never counted"])

    assert (found.score, found.reasons, found.objections) == (0.67, ("a quantity", "a date"), ("a feeling",))


def test_the_time_that_most_had_counts() -> None:
    assert TimeRow(id="noun", seen=Counter(past=2, present=5, future=1)).time == "present"
    assert TimeRow(id="noun", seen=Counter(past=2, future=2)).time == "past"


def test_both_go_through_json(pipeline: Pipeline) -> None:
    record = pipeline.record(Article(id="a", text="The firm lost 40 boats in 2021.", published="2023-05-10"))
    assert from_json(to_json(record)) == record
    assert '"time":"past"' in to_json(record) and '"checkable":{"score":0.' in to_json(record)
