"""Single items instead of sums: what was found, what was missed, what should not be there."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple, TypeVar

from ..records import JOINT, Claim, Record
from . import attributions, dates
from .align import Range, Words, matching
from .contents import FIELDS, ClaimPair, aligned, same_quantity, speaker_outcomes
from .documents import Document, Timex, Triple, paired

Thing = TypeVar("Thing")


class Item(NamedTuple):
    """One thing to find or found, in words. Two items are the same if all of this is."""

    article: str
    area: str
    start: int
    words: str


@dataclass(frozen=True)
class Items:
    """`right` and `missed` are the gold's, `spurious` the prediction's, each in the order of article, area and text."""

    right: tuple[Item, ...]
    missed: tuple[Item, ...]
    spurious: tuple[Item, ...]


def list_items(gold: dict[str, Document], found: dict[str, Document]) -> Items:
    """Attributions by `rel`, dates by `value`, entities by span and label, narrated claims, speakers, the fields of aligned claims and quantities
    as they are scored."""
    sides: tuple[set[Item], set[Item], set[Item]] = set(), set(), set()
    for wanted, given in paired(gold, found).values():
        for side, items in zip(sides, _sorted_out(wanted, given), strict=True):
            side.update(items)
    return Items(*(tuple(sorted(side)) for side in sides))


Sorted = tuple[list[Item], list[Item], list[Item]]


def _sorted_out(wanted: Document, found: Document) -> Sorted:
    text = wanted.text if wanted.text is not None else found.text or ""
    parts = list(_areas(wanted, found, Words(text)))
    return tuple([item for part in parts for item in part[side]] for side in range(3))  # type: ignore[return-value]


def _areas(wanted: Document, found: Document, words: Words) -> Iterator[Sorted]:
    id_ = wanted.id
    if wanted.attributions is not None and found.attributions is not None:
        yield _attributions(id_, words, found.attributions, wanted.attributions)
    if wanted.timexes is not None and found.timexes is not None:
        right = {b: a for a, b in dates.pairs(found.timexes, wanted.timexes) if a.value == b.value}
        yield _divide(id_, "date", _timex(words.text), found.timexes, wanted.timexes, set(right.values()), set(right))
    if wanted.record and found.record:
        yield from _record_areas(id_, words, found.record, wanted.record)


def _attributions(id_: str, words: Words, found: Sequence[Triple], wanted: Sequence[Triple]) -> Sorted:
    mine, yours = ([item for item in attributions.tokenised(words, triples) if item.content] for triples in (found, wanted))
    pairs = matching(mine, yours, attributions.relation)
    right = {mine[i].triple for i in pairs}, {yours[j].triple for j in pairs.values()}

    def describe(triple: Triple) -> tuple[int, str]:
        parts = (_joined(words.text, spans) for spans in (triple.source, triple.cue, triple.content))
        return attributions.hull(triple)[0], " | ".join(parts)

    return _divide(id_, "attribution", describe, [item.triple for item in mine], [item.triple for item in yours], *right)


def _record_areas(id_: str, words: Words, found: Record, wanted: Record) -> Iterator[Sorted]:
    mine, yours = ([(e.start, e.end, e.label) for e in record.entities] for record in (found, wanted))
    right = set(mine) & set(yours)
    yield _divide(id_, "entity", lambda e: (e[0], f"{words.text[e[0] : e[1]]} | {e[2]}"), mine, yours, right, right)
    pairs = aligned(words, found, wanted, "narrated")
    my_claims, your_claims = ([claim for claim in record.claims if claim.kind == "narrated"] for record in (found, wanted))
    yield _divide(id_, "narrated", _narrated, my_claims, your_claims, {a for a, _ in pairs}, {b for _, b in pairs})
    outcomes = speaker_outcomes(words, found, wanted)
    named: dict[str, list[Item]] = {"right": [], "unresolved": [], "wrong": []}
    for (_, claim), outcome in outcomes:
        if claim.source and claim.source.name:
            named[outcome].append(Item(id_, "speaker", claim.source.spans[0].start, f"{claim.source.text} | {claim.source.name}"))
    yield named["right"], named["unresolved"] + named["wrong"], []
    both = [*aligned(words, found, wanted, "attributed"), *pairs]
    for name, value in FIELDS.items():
        yield _field(id_, name, value, both)
    met = set(matching(found.quantities, wanted.quantities, same_quantity).values())
    told = [Item(id_, "quantity", one.start, f"{one.text} | {one.value}") for one in wanted.quantities]
    yield [told[number] for number in sorted(met)], [one for number, one in enumerate(told) if number not in met], []


def _field(id_: str, name: str, value: Callable[[Claim], str | None], pairs: Sequence[ClaimPair]) -> Sorted:
    """The values of a field that the gold has of aligned claims, right and wrong ones."""
    told: dict[bool, list[Item]] = {True: [], False: []}
    for mine, yours in pairs:
        if (expected := value(yours)) is not None:
            told[value(mine) == expected].append(
                Item(id_, name, yours.content.spans[0].start, f"{yours.content.text} | {expected}")
            )
    return told[True], told[False], []


def _divide(
    id_: str,
    area: str,
    describe: Callable[[Thing], tuple[int, str]],
    found: Sequence[Thing],
    wanted: Sequence[Thing],
    right: set[Thing],
    met: set[Thing],
) -> Sorted:
    """`right` are those of `found`, `met` those of `wanted`, that are paired."""

    def items(things: list[Thing]) -> list[Item]:
        return [Item(id_, area, *describe(thing)) for thing in things]

    return (
        items([thing for thing in wanted if thing in met]),
        items([thing for thing in wanted if thing not in met]),
        items([thing for thing in found if thing not in right]),
    )


def _narrated(claim: Claim) -> tuple[int, str]:
    return claim.content.spans[0].start, claim.content.text


def _timex(text: str) -> Callable[[Timex], tuple[int, str]]:
    return lambda timex: (timex.start, f"{text[timex.start : timex.end]} | {timex.value}")


def _joined(text: str, spans: Sequence[Range]) -> str:
    return JOINT.join(text[start:end] for start, end in spans) or "–"
