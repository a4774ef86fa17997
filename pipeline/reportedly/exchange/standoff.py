"""A record as marks over its text, and back: what brat and Label Studio have in common.

Entities, dates, quantities, challenges and the parts of claims are marks; a claim is an event that ties its marks together. What such tools have no
place for is kept in notes, as JSON: it comes back for every mark that an annotator has not made anew.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from typing import Any

from .. import quotation
from ..records import SCHEMA, Record, Span, digest, from_json, join

Pieces = tuple[tuple[int, int], ...]
Notes = dict[str, Any]
PARTS = ("source", "cue", "content")
ROLES = {"Source": "source", "Content": "content"}
CHALLENGE = "Challenge"
LISTS = ("entities", "dates", "quantities")
TYPES = {"dates": "Date", "quantities": "Quantity"}
EVENTS = {"attributed": "Attribution", "narrated": "Narrated"}
NEW_CLAIM: Notes = {"insertions": [], "polarity": "positive", "certainty": "certain", "source": None, "cue": None}
NEW_CUE: Notes = {"act": "assert", "stance": "neutral", "negated": False, "conditional": False}
NEW_ITEM: dict[str, Notes] = {"entities": {}, "dates": {"type": "DATE", "value": None}, "quantities": {"value": 0, "unit": None}}
NEW_CHALLENGE = "contradicted"
"""What a claim, an item or a challenge is that an annotator has added without saying more."""


@dataclass
class Mark:
    """A type over pieces of the text (code points, end exclusive)."""

    type: str
    pieces: Pieces


@dataclass
class Event:
    """A claim: the mark of its cue (of its content if it has none) and by role the marks that belong to it."""

    type: str
    trigger: str
    roles: dict[str, list[str]]


@dataclass
class Standoff:
    """The marks and events of a text by name, in order; the notes of both; `rest` is what belongs to the article as a whole."""

    marks: dict[str, Mark] = field(default_factory=dict)
    events: dict[str, Event] = field(default_factory=dict)
    notes: dict[str, Notes] = field(default_factory=dict)
    rest: Notes = field(default_factory=dict)

    def mark(self, type_: str, pieces: Pieces, note: Notes | None = None) -> str:
        """Add a mark; returns its name."""
        name = f"T{len(self.marks) + 1}"
        self.marks[name] = Mark(type_, pieces)
        if note:
            self.notes[name] = note
        return name


# -- out -----------------------------------------------------------------------------------------------------------------


def of_record(record: Record) -> Standoff:
    """All of a record but its text."""
    row = json.loads(record.model_dump_json(by_alias=True))
    found = Standoff(rest=_without(row, "text", "sha256", "claims", *LISTS))
    for name in LISTS:
        for item in row[name]:
            own = "label" if name == "entities" else ""
            found.mark(
                TYPES.get(name) or item["label"], ((item["start"], item["end"]),), _without(item, "start", "end", "text", own)
            )
    for claim in row["claims"]:
        _add_claim(found, claim)
    return found


def _add_claim(found: Standoff, claim: dict[str, Any]) -> None:
    marks = {part: found.mark(part.title(), _pieces(claim[part])) for part in PARTS if claim[part]}
    roles = {role: [marks[part]] for role, part in ROLES.items() if part in marks}
    for one in claim["challenges"]:
        roles.setdefault(CHALLENGE, []).append(found.mark(CHALLENGE, ((one["start"], one["end"]),), {"kind": one["kind"]}))
    note = _without(claim, "kind", "quote", "challenges", *LISTS)
    note |= {part: _without(claim[part], "spans", "text") if claim[part] else None for part in ("source", "cue")}
    note["content"] = claim["content"]["text"]
    name = f"E{len(found.events) + 1}"
    found.events[name] = Event(EVENTS[claim["kind"]], marks.get("cue") or marks["content"], roles)
    found.notes[name] = note


def _pieces(part: dict[str, Any]) -> Pieces:
    return tuple((span["start"], span["end"]) for span in part["spans"])


def _without(row: dict[str, Any], *keys: str) -> dict[str, Any]:
    return {key: value for key, value in row.items() if key not in keys}


# -- in ------------------------------------------------------------------------------------------------------------------


def to_record(id_: str, text: str, found: Standoff) -> Record:
    """The record again. What follows from the spans (which entities a claim holds, the kind of quotation) is worked out anew; a reading is
    dropped where its content has changed. Raises KeyError for an event that names no mark, RecordError for an unsound record."""
    start: Notes = {"schema": SCHEMA, "id": id_, "title": None, "speakers": [], "warnings": []}
    row: dict[str, Any] = {**start, **found.rest, "text": text, "sha256": digest(text)}
    for name in LISTS:
        row[name] = _numbered(_items(text, found, name), name[0])
    flags = quotation.inside(text)
    claims = _numbered([_claim(text, row, found, name, flags) for name in found.events], "c")
    known = {item["id"] for item in (*claims, *row["dates"])}
    for claim in claims:
        claim |= {key: None for key in ("parent", "repeats", "said_on") if claim.get(key) not in known}
    row["claims"] = claims
    return from_json(row)


def _items(text: str, found: Standoff, name: str) -> list[dict[str, Any]]:
    items = []
    for key, mark in found.marks.items():
        is_entity = mark.type.isupper()
        if mark.type == TYPES.get(name) or (name == "entities" and is_entity):
            start, end = mark.pieces[0][0], mark.pieces[-1][1]
            own = {"label": mark.type, "name": text[start:end]} if is_entity else {}
            items.append(
                {**NEW_ITEM[name], **own, **found.notes.get(key, {}), "start": start, "end": end, "text": text[start:end]}
            )
    return sorted(items, key=lambda item: (item["start"], item["end"]))


def _numbered(items: list[dict[str, Any]], letter: str) -> list[dict[str, Any]]:
    """The items with an id each: new ones get the next free number."""
    used = {item["id"] for item in items if "id" in item}
    free = iter([id_ for number in range(1, 2 * len(items) + 2) if (id_ := f"{letter}{number}") not in used])
    return [item if "id" in item else {**item, "id": next(free)} for item in items]


def _claim(text: str, row: dict[str, Any], found: Standoff, name: str, flags: bytearray) -> dict[str, Any]:
    event, note = found.events[name], dict(found.notes.get(name, {}))
    marks = {part: event.roles[role][0] for role, part in ROLES.items() if role in event.roles}
    if event.type == EVENTS["attributed"]:
        marks["cue"] = event.trigger
    spans = {part: tuple(Span(start=a, end=b) for a, b in found.marks[mark].pieces) for part, mark in marks.items()}
    parts: dict[str, Any] = {
        part: {"spans": [span.model_dump() for span in of], "text": join(text, of)} for part, of in spans.items()
    }
    content = spans["content"]
    if note.pop("content", None) != parts["content"]["text"]:
        note = _without(note, "reading", "insertions")
    claim = {
        **NEW_CLAIM,
        "reading": parts["content"]["text"],
        **note,
        "kind": "attributed" if "cue" in marks else "narrated",
        "quote": quotation.kind(text, content, flags),
        "content": parts["content"],
        "challenges": [_challenge(found, mark) for mark in event.roles.get(CHALLENGE, ())],
        "cue": None,
        "source": {**(note.get("source") or {}), **parts["source"]} if "source" in parts else None,
    }
    if "cue" in parts:
        claim["cue"] = {**NEW_CUE, "lemma": parts["cue"]["text"].lower(), **(note.get("cue") or {}), **parts["cue"]}
    for list_ in LISTS:
        claim[list_] = [
            item["id"] for item in row[list_] if any(one.start <= item["start"] and item["end"] <= one.end for one in content)
        ]
    return claim


def _challenge(found: Standoff, mark: str) -> dict[str, Any]:
    pieces = found.marks[mark].pieces
    return {"kind": found.notes.get(mark, {}).get("kind", NEW_CHALLENGE), "start": pieces[0][0], "end": pieces[-1][1]}
