"""Stated confidence against the share that is right: a well calibrated .8 is right eight times in ten."""

from __future__ import annotations

from collections import defaultdict
from typing import NamedTuple

from .align import Words, matching
from .attributions import relation, tokenised
from .documents import Document, Triple, paired, ranges

STEPS = 10
"""Claims are sorted by confidence into so many bins of equal width."""


class Bin(NamedTuple):
    """Claims whose confidence lies from `low` (inclusive) to `high` (exclusive, but for 1): their number, their mean confidence and the share
    with right content and source, both in percent."""

    low: float
    high: float
    claims: int
    stated: float
    right: float


def calibration(gold: dict[str, Document], found: dict[str, Document]) -> list[Bin]:
    """The bins that hold claims, from the least sure. Empty where the predictions state no confidence or the gold has no attributions."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for wanted, given in paired(gold, found).values():
        for confidence, right in _judged(wanted, given):
            bins[min(STEPS - 1, int(confidence * STEPS))].append((confidence, right))
    return [
        Bin(
            number / STEPS,
            (number + 1) / STEPS,
            len(judged),
            round(100 * sum(confidence for confidence, _ in judged) / len(judged), 1),
            round(100 * sum(right for _, right in judged) / len(judged), 1),
        )
        for number, judged in sorted(bins.items())
    ]


def _judged(wanted: Document, given: Document) -> list[tuple[float, bool]]:
    """Each attributed claim of one article with its confidence and whether it is right, as `rel` is."""
    text = wanted.text if wanted.text is not None else given.text
    if wanted.attributions is None or given.record is None or text is None:
        return []
    words, kept = Words(text), set(given.attributions or ())
    stated = {
        Triple(ranges(claim.cue), ranges(claim.content), ranges(claim.source)): claim.confidence
        for claim in given.record.claims
        if claim.cue
    }
    mine = [item for item in tokenised(words, (triple for triple in stated if triple in kept)) if item.content]
    yours = [item for item in tokenised(words, wanted.attributions) if item.content]
    right = matching(mine, yours, relation)
    return [(confidence, number in right) for number, item in enumerate(mine) if (confidence := stated[item.triple]) is not None]
