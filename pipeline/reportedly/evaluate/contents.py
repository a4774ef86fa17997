"""What only the project's own records hold, against gold: entities, quantities, narrated claims, attributes of claims, challenges, speakers.

Claims of two records are aligned one to one by contents with an intersection over union of at least one half, best first, attributed and
narrated ones apart. Whatever is said "of aligned claims" therefore leaves out the claims that were not found.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Literal, Protocol

from ..records import Claim, Date, Quantity, Record, Speaker
from .align import Words, best_matching, iou, matching
from .attributions import ENOUGH
from .documents import ranges
from .tally import Tally

ClaimPair = tuple[Claim, Claim]
Outcome = Literal["right", "unresolved", "wrong"]
OUTCOMES: tuple[Outcome, ...] = ("right", "unresolved", "wrong")
EVEN = 0.5
"""From this score on a claim counts as one that can be checked."""
USUAL = frozenset({"assert", "neutral", "plain", "positive", "certain", "outer"})
"""The usual value of each attribute."""


class Placed(Protocol):
    """Whatever has a place in the text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


FIELDS: dict[str, Callable[[Claim], str | None]] = {
    "act": lambda claim: claim.cue.act if claim.cue else None,
    "stance": lambda claim: claim.cue.stance if claim.cue else None,
    "polarity": lambda claim: claim.polarity,
    "certainty": lambda claim: claim.certainty,
    "time": lambda claim: claim.time,
    "checkable": lambda claim: None if claim.checkable is None else "yes" if claim.checkable.score >= EVEN else "no",
}
"""The fields of a claim that are scored value by value; None where a claim has none."""


def score_entities(found: Record, wanted: Record) -> Tally:
    """`all` and each label: same span and label. `span`: same span. `name`: the share of right entities with the right canonical name."""
    tally = Tally()
    mine, yours = ({(e.start, e.end): e for e in record.entities} for record in (found, wanted))
    both = [(mine[place], yours[place]) for place in sorted(mine.keys() & yours.keys())]
    right = [(a, b) for a, b in both if a.label == b.label]
    tally.pairs("span", len(both), len(mine), len(yours))
    tally.pairs("all", len(right), len(mine), len(yours))
    for label in sorted({e.label for e in (*mine.values(), *yours.values())}):
        counts = (sum(e.label == label for e in items) for items in ([a for a, _ in right], mine.values(), yours.values()))
        tally.pairs(f"all/{label}", *counts)
    tally.share("name", sum(a.name.casefold() == b.name.casefold() for a, b in right), len(right))
    return tally


def score_quantities(found: Record, wanted: Record) -> Tally:
    """`span`: overlapping. `value`: with equal value (and upper end). `all`: with equal unit and bound too."""
    rules: dict[str, Callable[[Quantity, Quantity], bool]] = {
        "span": _overlap,
        "value": lambda a, b: _overlap(a, b) and (a.value, a.to) == (b.value, b.to),
        "all": same_quantity,
    }
    tally = Tally()
    for name, rule in rules.items():
        tally.pairs(name, len(matching(found.quantities, wanted.quantities, rule)), len(found.quantities), len(wanted.quantities))
    return tally


def same_quantity(found: Quantity, wanted: Quantity) -> bool:
    """Whether they overlap and have equal value (and upper end), unit and bound."""
    return _overlap(found, wanted) and (found.value, found.to, found.unit, found.bound) == (
        wanted.value, wanted.to, wanted.unit, wanted.bound,
    )  # fmt: skip


def aligned(words: Words, found: Record, wanted: Record, kind: str) -> list[ClaimPair]:
    """Pairs (found, wanted) of claims of one kind, see above."""
    mine, yours = ([claim for claim in record.claims if claim.kind == kind] for record in (found, wanted))
    mine, yours = sorted(mine, key=_place), sorted(yours, key=_place)
    my_words, your_words = ([words.covered(ranges(claim.content)) for claim in claims] for claims in (mine, yours))

    def weight(i: int, j: int) -> float:
        shared = iou(my_words[i], your_words[j])
        return shared if shared >= ENOUGH else 0.0

    pairs = best_matching(range(len(mine)), range(len(yours)), weight)
    return [(mine[i], yours[j]) for i, j in pairs.items()]


def score_narrated(words: Words, found: Record, wanted: Record) -> Tally:
    """`all`: aligned narrated claims. `exact`: aligned with the same words. Shares of aligned ones: `polarity`, `certainty`."""
    tally = Tally()
    pairs = aligned(words, found, wanted, "narrated")
    sizes = [sum(claim.kind == "narrated" for claim in record.claims) for record in (found, wanted)]
    tally.pairs("all", len(pairs), *sizes)
    exact = sum(words.covered(ranges(a.content)) == words.covered(ranges(b.content)) for a, b in pairs)
    tally.pairs("exact", exact, *sizes)
    _score_attributes(tally, pairs, {"polarity": lambda claim: claim.polarity, "certainty": lambda claim: claim.certainty})
    return tally


def score_claims(words: Words, found: Record, wanted: Record) -> Tally:
    """Attributes of aligned attributed claims.

    Of each attribute the share that agrees, and as `…/marked` precision and recall over the values that are not the usual one.
    `said_on` agrees if the two dates overlap, or neither claim has one. `parent`: both nested or neither.
    """
    tally = Tally()
    pairs = aligned(words, found, wanted, "attributed")
    attributes: dict[str, Callable[[Claim], str | None]] = {
        "act": lambda claim: claim.cue.act if claim.cue else None,
        "stance": lambda claim: claim.cue.stance if claim.cue else None,
        "cue": lambda claim: (
            None if claim.cue is None else "negated" if claim.cue.negated else "conditional" if claim.cue.conditional else "plain"
        ),
        "polarity": lambda claim: claim.polarity,
        "certainty": lambda claim: claim.certainty,
        "parent": lambda claim: "inner" if claim.parent else "outer",
    }
    _score_attributes(tally, pairs, attributes)
    _score_values(tally, [*pairs, *aligned(words, found, wanted, "narrated")])
    my_dates, your_dates = ({date.id: date for date in record.dates} for record in (found, wanted))
    said = [(_date(my_dates, a), _date(your_dates, b)) for a, b in pairs]
    agreed = [a is not None and b is not None and _overlap(a, b) for a, b in said]
    tally.share("said_on", sum(agreed) + sum(a is None and b is None for a, b in said), len(said))
    tally.pairs("said_on/marked", sum(agreed), sum(a is not None for a, _ in said), sum(b is not None for _, b in said))
    return tally


def _score_values(tally: Tally, pairs: Sequence[ClaimPair]) -> None:
    """Of each value of each field of aligned claims, narrated ones included: how often right, found, in the gold. See `fields`."""
    for field, value in FIELDS.items():
        for mine, yours in ((value(a), value(b)) for a, b in pairs):
            if mine is not None and yours is not None:
                for name in dict.fromkeys((mine, yours)):
                    tally.pairs(f"{field}/{name}", int(mine == yours), int(mine == name), int(yours == name))


def _score_attributes(tally: Tally, pairs: Sequence[ClaimPair], attributes: dict[str, Callable[[Claim], str | None]]) -> None:
    for name, value in attributes.items():
        values = [(value(a), value(b)) for a, b in pairs]
        tally.share(name, sum(a == b for a, b in values), len(values))
        mine, yours = (
            ([value for value in side if value not in USUAL] for side in zip(*values, strict=True)) if values else ([], [])
        )
        tally.pairs(f"{name}/marked", sum(a == b and a not in USUAL for a, b in values), len(mine), len(yours))


def score_challenges(words: Words, found: Record, wanted: Record) -> Tally:
    """A challenge is right if it hangs on the aligned claim, is of the same kind and overlaps. `all`: of all claims; `aligned`: of aligned ones."""
    tally = Tally()
    pairs = [pair for kind in ("attributed", "narrated") for pair in aligned(words, found, wanted, kind)]
    right = sum(len(matching(a.challenges, b.challenges, lambda x, y: x.kind == y.kind and _overlap(x, y))) for a, b in pairs)
    tally.pairs("all", right, *(sum(len(claim.challenges) for claim in record.claims) for record in (found, wanted)))
    tally.pairs("aligned", right, sum(len(a.challenges) for a, _ in pairs), sum(len(b.challenges) for _, b in pairs))
    return tally


def score_speakers(words: Words, found: Record, wanted: Record) -> Tally:
    """Shares of claims whose speaker is right, unresolved or wrong: of all aligned attributed claims, and (`…/same-source`) of those with
    the gold's source spans. A speaker that the gold leaves open, but the prediction names, is wrong; open on both sides is not counted.

    `of-gold/…`: the same of all attributed claims whose speaker the gold names; a claim that was not found is unresolved.
    `sieve/…`: of the speakers that each sieve named, the share that is right.
    """
    tally = Tally()
    judged = speaker_outcomes(words, found, wanted)
    outcomes = [(outcome, _same_source(words, *pair)) for pair, outcome in judged]
    outcome_of = {claim.id: outcome for (_, claim), outcome in judged}
    named = [outcome_of.get(claim.id, "unresolved") for claim in wanted.claims if claim.source and claim.source.name]
    for name in OUTCOMES:
        tally.share(f"of-gold/{name}", named.count(name), len(named))
    for (mine, _), outcome in judged:
        if mine.source and mine.source.name and mine.source.sieve:
            tally.share(f"sieve/{mine.source.sieve}", int(outcome == "right"), 1)
    for suffix, some in (("", [o for o, _ in outcomes]), ("/same-source", [o for o, same in outcomes if same])):
        for name in OUTCOMES:
            tally.share(name + suffix, some.count(name), len(some))
    return tally


def speaker_outcomes(words: Words, found: Record, wanted: Record) -> list[tuple[ClaimPair, Outcome]]:
    """How the speaker of each aligned claim came out, where gold or prediction name one."""
    outcomes: list[tuple[ClaimPair, Outcome]] = []
    for pair in aligned(words, found, wanted, "attributed"):
        mine, yours = (claim.source.name if claim.source else None for claim in pair)
        if mine or yours:
            right = bool(mine and yours and same_name(mine, yours, wanted.speakers))
            outcomes.append((pair, "unresolved" if not mine else "right" if right else "wrong"))
    return outcomes


def same_name(found: str, wanted: str, speakers: Iterable[Speaker]) -> bool:
    """Whether `found` means `wanted` and nobody else of the gold's `speakers`.

    Capitals, articles and the number of "an aide (2)" do not count; a title or first name more or less is no difference as long as one
    name holds all words of the other, and no other speaker's name would do as well.
    """
    mine, yours = _name_words(found), _name_words(wanted)
    if mine == yours:
        return True
    others = {_name_words(speaker.name) for speaker in speakers} - {yours}
    return _fits(mine, yours) and not any(_fits(mine, other) for other in others)


def _fits(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one and other) and (one <= other or other <= one)


def _name_words(name: str) -> frozenset[str]:
    plain = re.sub(r" \(\d+\)$", "", name.casefold())
    return frozenset(re.findall(r"\w+", plain)) - {"a", "an", "the"}


def _same_source(words: Words, found: Claim, wanted: Claim) -> bool:
    return words.covered(ranges(found.source)) == words.covered(ranges(wanted.source))


def _overlap(one: Placed, other: Placed) -> bool:
    """Whether they share a character."""
    return one.start < other.end and other.start < one.end


def _date(dates: dict[str, Date], claim: Claim) -> Date | None:
    return dates.get(claim.said_on) if claim.said_on else None


def _place(claim: Claim) -> tuple[object, ...]:
    return ranges(claim.cue), ranges(claim.content), ranges(claim.source), claim.polarity, claim.certainty
