"""Stated confidence against the share that is right."""

from __future__ import annotations

from reportedly.evaluate.calibration import Bin, calibration
from reportedly.evaluate.documents import Document, of_record

from .making import GOLD, TEXT, document

WANTED = document(TEXT, GOLD)


def stated(*confidences: float, wrong: int | None = None) -> Document:
    """The gold's three attributed claims as predictions, each with a confidence; that numbered `wrong` has another's content."""
    assert WANTED.record
    claims = [claim for claim in WANTED.record.claims if claim.cue]
    if wrong is not None:
        claims[wrong] = claims[wrong].model_copy(update={"content": claims[wrong - 1].content})
    sure = [
        claim.model_copy(update={"confidence": value, "rule": "test"}) for claim, value in zip(claims, confidences, strict=True)
    ]
    return of_record(WANTED.record.model_copy(update={"claims": tuple(sure)}))


def test_claims_are_sorted_into_bins_by_confidence() -> None:
    assert calibration({"d": WANTED}, {"d": stated(0.92, 0.51, 0.97)}) == [
        Bin(0.5, 0.6, 1, 51.0, 100.0),
        Bin(0.9, 1.0, 2, 94.5, 100.0),
    ]


def test_a_wrong_claim_lowers_the_share_of_its_bin() -> None:
    (row,) = calibration({"d": WANTED}, {"d": stated(0.92, 0.96, 0.97, wrong=1)})
    assert (row.claims, row.right) == (3, 66.7)


def test_full_confidence_belongs_to_the_last_bin() -> None:
    (row,) = calibration({"d": WANTED}, {"d": stated(1.0, 1.0, 1.0)})
    assert (row.low, row.high, row.stated) == (0.9, 1.0, 100.0)


def test_gold_states_no_confidence() -> None:
    assert calibration({"d": WANTED}, {"d": WANTED}) == []
