"""Records as Label Studio tasks with predictions, and back: what annotators have corrected there becomes gold. Offsets count UTF-16 code units."""

from __future__ import annotations

import json
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from itertools import accumulate
from pathlib import Path
from typing import Any

from ..errors import MarkupError, UsageError
from ..records import Record
from .standoff import CHALLENGE, EVENTS, PARTS, TYPES, Event, Mark, Standoff, of_record, to_record

FROM, TO = "label", "text"
NOTE = "reportedly"
CONTENT, PIECE = "Content", "piece"
FORM = "give tasks as Label Studio exports them in its JSON format"
NARRATED = "Narrated"
"""The label of a narrated claim: it has no cue to hang on, so its content is the claim."""
ENTITIES = ("PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE")
SHOWN = (*(part.title() for part in PARTS), NARRATED, CHALLENGE, *TYPES.values(), *ENTITIES)


def config() -> str:
    """The labelling interface for a project: paste it into Label Studio's settings."""
    labels = "\n".join(f'    <Label value="{label}"/>' for label in SHOWN)
    text = f'<Text name="{TO}" value="$text" granularity="symbol"/>'
    return f'<View>\n  <Labels name="{FROM}" toName="{TO}">\n{labels}\n  </Labels>\n  {text}\n</View>\n'


def to_tasks(records: Iterable[Record], version: str) -> bytes:
    """A list of tasks, each with one prediction of the model version `version`."""
    tasks = [_task(record, version) for record in records]
    return (json.dumps(tasks, ensure_ascii=False, indent=1) + "\n").encode()


def read_tasks(path: Path) -> Iterator[Record]:
    """The records of a file of tasks, by the first annotation of each, else by its prediction. Raises UsageError or MarkupError with the task."""
    try:
        tasks = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise UsageError(f"cannot be read: {error}", path=str(path), remedy=FORM) from None
    if not isinstance(tasks, list) or not tasks:
        raise UsageError("holds no tasks", path=str(path), remedy=FORM)
    for number, task in enumerate(tasks, 1):
        try:
            yield _record(task)
        except (KeyError, TypeError, IndexError, ValueError) as error:
            what = f"{type(error).__name__}: {error}"
            raise MarkupError(f"task {number} is not in Label Studio's form", path=str(path), value=what, remedy=FORM) from None


class Units:
    """Offsets of a text in code points and in UTF-16 code units."""

    def __init__(self, text: str) -> None:
        self.units = [0, *accumulate(1 + (character > "\uffff") for character in text)]

    def out(self, offset: int) -> int:
        return self.units[offset]

    def back(self, offset: int) -> int:
        """Raises ValueError for an offset outside the text or within a character."""
        found = bisect_left(self.units, offset)
        if found == len(self.units) or self.units[found] != offset:
            raise ValueError(f"no character begins at {offset}")
        return found


def _task(record: Record, version: str) -> dict[str, Any]:
    found, units = of_record(record), Units(record.text)
    result: list[dict[str, Any]] = []
    for name, event in found.events.items():
        if event.type == EVENTS["narrated"]:
            found.marks[event.trigger].type = NARRATED
            found.notes[event.trigger] = found.notes[name]
    for name, mark in found.marks.items():
        for number, (start, end) in enumerate(mark.pieces):
            result.append(
                {
                    "id": f"{name}.{number}" if number else name,
                    "from_name": FROM,
                    "to_name": TO,
                    "type": "labels",
                    "value": {
                        "start": units.out(start),
                        "end": units.out(end),
                        "text": record.text[start:end],
                        "labels": [mark.type],
                    },
                    **({"meta": {NOTE: found.notes[name]}} if name in found.notes and not number else {}),
                }
            )
            if number:
                result.append(_relation(name, f"{name}.{number}", PIECE))
    for name, event in found.events.items():
        for role, marks in event.roles.items():
            note = found.notes[name] if role == CONTENT else None
            result += [_relation(event.trigger, mark, role, note) for mark in marks if mark != event.trigger]
    prediction = {"model_version": version, "result": result}
    return {"data": {"text": record.text, "id": record.id, NOTE: found.rest}, "predictions": [prediction]}


def _relation(from_: str, to: str, label: str, note: dict[str, Any] | None = None) -> dict[str, Any]:
    relation: dict[str, Any] = {"type": "relation", "from_id": from_, "to_id": to, "direction": "right", "labels": [label]}
    return {**relation, "meta": {NOTE: note}} if note else relation


def _record(task: dict[str, Any]) -> Record:
    data = task["data"]
    text: str = data["text"]
    done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")] or task.get("predictions") or []
    result = done[0]["result"] if done else []
    found, units = Standoff(rest=data.get(NOTE) or {}), Units(text)
    for item in result:
        if item["type"] == "labels":
            value = item["value"]
            found.marks[item["id"]] = Mark(value["labels"][0], ((units.back(value["start"]), units.back(value["end"])),))
            if note := (item.get("meta") or {}).get(NOTE):
                found.notes[item["id"]] = note
    relations = [item for item in result if item["type"] == "relation"]
    for item in relations:
        if item["labels"] == [PIECE]:
            found.marks[item["from_id"]].pieces += found.marks.pop(item["to_id"]).pieces
    for name, mark in list(found.marks.items()):
        if mark.type == NARRATED:
            _add_event(found, name, name, found.notes.pop(name, {}), relations)
    for item in relations:
        if item["labels"] == [CONTENT]:
            _add_event(found, item["from_id"], item["to_id"], (item.get("meta") or {}).get(NOTE) or {}, relations)
    found.events = dict(sorted(found.events.items(), key=lambda event: _order(found, event[0])))
    return to_record(str(data.get("id", task.get("id"))), text, found)


def _add_event(found: Standoff, trigger: str, content: str, note: dict[str, Any], relations: list[dict[str, Any]]) -> None:
    """A claim; its other parts hang on the same trigger."""
    roles: dict[str, list[str]] = {CONTENT: [content]}
    for item in relations:
        if item["from_id"] == trigger and item["labels"] not in ([PIECE], [CONTENT]):
            roles.setdefault(item["labels"][0], []).append(item["to_id"])
    name = f"E{len(found.events) + 1}"
    found.events[name] = Event(EVENTS["narrated" if trigger == content else "attributed"], trigger, roles)
    found.notes[name] = note


def _order(found: Standoff, event: str) -> tuple[int, int]:
    """Claims by their number where they have one, new ones after them by their place."""
    number = str(found.notes[event].get("id", "")).removeprefix("c")
    return (0, int(number)) if number.isdecimal() else (1, found.marks[found.events[event].trigger].pieces[0][0])
