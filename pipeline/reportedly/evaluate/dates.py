"""Dates against gold, by TempEval-3's definitions: pairs first, then what they agree in.

strict    pairs of equal extent
relaxed   pairs that overlap (one to one: equal extents first, then by overlap, then leftmost)
type, value, type+value   relaxed pairs that agree in it; values are compared as strings
lenient   values compared after harmless rewriting (zones, :00 seconds, P1DE = P10Y)
strict+value   equal extents and values
mod       a share: of relaxed pairs where either side has a mod, those where they agree
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from .documents import Timex
from .tally import Tally

Pair = tuple[Timex, Timex]
_REWRITES = (
    (re.compile(r"(T\d\d:\d\d):00$"), r"\1"),
    (re.compile(r"(T\d\d:\d\d(?::\d\d)?)(?:Z|[+-]\d\d:?\d\d)$"), r"\1"),
    (re.compile(r"^P(\d+)DE$"), r"P\g<1>0Y"),
    (re.compile(r"^P(\d+)CE$"), r"P\g<1>00Y"),
)


def pairs(found: Sequence[Timex], wanted: Sequence[Timex]) -> list[Pair]:
    """One-to-one pairs (found, wanted) of timexes that overlap, the best ones first."""
    candidates = []
    for j, gold in enumerate(wanted):
        for i, mine in enumerate(found):
            overlap = min(gold.end, mine.end) - max(gold.start, mine.start)
            if overlap > 0:
                candidates.append((not _same_extent(mine, gold), -overlap, gold.start, mine.start, j, i))
    taken_found, taken_wanted, chosen = set(), set(), []
    for *_, j, i in sorted(candidates):
        if j not in taken_wanted and i not in taken_found:
            taken_wanted.add(j)
            taken_found.add(i)
            chosen.append((found[i], wanted[j]))
    return chosen


def score(found: Sequence[Timex], wanted: Sequence[Timex]) -> Tally:
    """The counts of one article."""
    paired = pairs(found, wanted)
    agreed = {
        "strict": [_same_extent(a, b) for a, b in paired],
        "relaxed": [True for _ in paired],
        "type": [a.type == b.type for a, b in paired],
        "value": [a.value == b.value for a, b in paired],
        "type+value": [(a.type, a.value) == (b.type, b.value) for a, b in paired],
        "lenient": [lenient(a.value) == lenient(b.value) for a, b in paired],
        "strict+value": [_same_extent(a, b) and a.value == b.value for a, b in paired],
    }
    tally = Tally()
    for name, which in agreed.items():
        tally.pairs(name, sum(which), len(found), len(wanted))
    modified = [(a, b) for a, b in paired if a.mod or b.mod]
    tally.share("mod", sum(a.mod == b.mod for a, b in modified), len(modified))
    return tally


def lenient(value: str | None) -> str:
    """A value without differences that mean nothing."""
    plain = (value or "").strip().upper()
    for pattern, replacement in _REWRITES:
        plain = pattern.sub(replacement, plain)
    return plain


def _same_extent(one: Timex, other: Timex) -> bool:
    return (one.start, one.end) == (other.start, other.end)
