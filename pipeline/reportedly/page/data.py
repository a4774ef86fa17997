"""What the page is given of a record: short keys, offsets in UTF-16 code units, as browsers count."""

from __future__ import annotations

from itertools import accumulate
from typing import Any

from ..evaluate.align import Words
from ..evaluate.contents import aligned
from ..records import Claim, Date, Record, Spans

KINDS = ("attributed", "narrated")


def page_data(record: Record, gold: Record | None = None) -> dict[str, Any]:
    """The article with its claims; of gold the claims that were missed, and of the record's own which are spurious."""
    units = [0, *accumulate(1 + (character > "\uffff") for character in record.text)]
    dates = {date.id: date for date in record.dates}
    speakers = {speaker.id: speaker for speaker in record.speakers}
    quantities = {quantity.id: quantity.text for quantity in record.quantities}
    matched, missed = _beside(record, gold)

    def places(spans: Spans) -> list[list[int]]:
        return [[units[span.start], units[span.end]] for span in spans]

    def claim(one: Claim, *, own: bool = True) -> dict[str, Any]:
        told = dates.get(one.said_on or "") if own else None
        within = [dates[id_] for id_ in one.dates if id_ in dates] if own else []
        speaker = speakers.get(one.source.speaker or "") if own and one.source else None
        return {
            "id": one.id if own else f"gold-{one.id}",
            "kind": one.kind,
            "source": places(one.source.spans) if one.source else [],
            "cue": places(one.cue.spans) if one.cue else [],
            "content": places(one.content.spans),
            "reading": one.reading,
            "words": one.source.text if one.source else None,
            "speaker": one.source.name if one.source else None,
            "speakerKind": speaker.kind if speaker else None,
            "candidates": list(one.source.candidates) if one.source else [],
            "sieve": one.source.sieve if one.source else None,
            "cueWords": one.cue.text if one.cue else None,
            "act": one.cue.act if one.cue else "narrated",
            "stance": one.cue.stance if one.cue else "neutral",
            "marks": _marks(one),
            "time": one.time,
            "checkable": one.checkable.score if one.checkable else None,
            "reasons": list(one.checkable.reasons) if one.checkable else [],
            "objections": list(one.checkable.objections) if one.checkable else [],
            "challenges": [{"kind": c.kind, "at": [units[c.start], units[c.end]]} for c in one.challenges],
            "quantities": [quantities[id_] for id_ in one.quantities if own],
            "dates": [date.value or date.text for date in within],
            "when": _first_day([told, *within]),
            "saidOn": told.value if told else None,
            "parent": one.parent,
            "repeats": one.repeats,
            "rule": one.rule,
            "confidence": one.confidence,
            "gold": ("right" if one.id in matched else "spurious") if gold and own else None if own else "missed",
        }

    return {
        "id": record.id,
        "title": record.title or record.id,
        "published": record.published,
        "publisher": record.publisher,
        "url": record.url,
        "text": record.text,
        "dates": [[units[date.start], units[date.end], _shown(date)] for date in record.dates],
        "names": [[units[one.start], units[one.end], f"{one.label}: {one.name}"] for one in record.entities],
        "claims": sorted([claim(one) for one in record.claims] + [claim(one, own=False) for one in missed], key=_place),
        "warnings": list(record.warnings),
    }


def _beside(record: Record, gold: Record | None) -> tuple[set[str], list[Claim]]:
    """The ids of the record's claims that the gold has, and the gold's claims that the record has not."""
    if gold is None or gold.text != record.text:
        return set(), []
    pairs = [pair for kind in KINDS for pair in aligned(Words(record.text), record, gold, kind)]
    met = {wanted.id for _, wanted in pairs}
    return {found.id for found, _ in pairs}, [claim for claim in gold.claims if claim.id not in met]


def _place(claim: dict[str, Any]) -> int:
    return min(int(start) for part in ("source", "cue", "content") for start, _ in claim[part])


def _marks(claim: Claim) -> list[str]:
    """What is unusual about a claim, in words."""
    cue = claim.cue
    told = {
        "not said": cue is not None and cue.negated,
        "if said": cue is not None and cue.conditional,
        "negative": claim.polarity == "negative",
    }
    return [name for name, holds in told.items() if holds] + ([claim.certainty] if claim.certainty != "certain" else [])


def _first_day(dates: list[Date | None]) -> str | None:
    return next((date.first for date in dates if date and date.first), None)


def _shown(date: Date) -> str:
    if date.first and date.last and date.first != date.last:
        return f"{date.value} ({date.first} to {date.last})"
    return date.value or date.text
