"""Records as brat standoff, a folder of `ID.txt` and `ID.ann`, and back: what annotators have corrected there becomes gold.

Marks are text-bound annotations (T), claims are events (E) whose trigger is the cue, notes are annotators' notes (#) in JSON. What belongs to
the article as a whole stands in `ID.json`. Offsets are code points, as brat counts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote, unquote

from ..errors import MarkupError, UsageError
from ..records import Record
from .standoff import Event, Mark, Notes, Pieces, Standoff, of_record, to_record

FORM = "keep brat's form: `T1<TAB>Type start end;start end<TAB>text`, `E1<TAB>Attribution:T2 Source:T1 Content:T3`"
WHOLE = "spans"
"""The key of a note that keeps the spans of a mark that brat wants in fragments."""


def write_brat(records: Iterable[Record], folder: Path) -> int:
    """Write the records into a folder, made if need be; returns their number. Raises OSError."""
    count = 0
    for record in records:
        place = folder / safe_path(record.id)
        place.parent.mkdir(parents=True, exist_ok=True)
        found = of_record(record)
        rest = json.dumps(found.rest, ensure_ascii=False, indent=1) + "\n"
        for suffix, text in ((".txt", record.text), (".ann", as_ann(record.text, found)), (".json", rest)):
            place.with_name(place.name + suffix).write_text(text, encoding="utf-8", newline="")
        count += 1
    return count


def read_brat(folder: Path) -> Iterator[Record]:
    """The records of a folder in the order of their paths. Raises UsageError for a folder without annotations, MarkupError with file and line."""
    files = sorted(folder.rglob("*.ann"))
    if not files:
        raise UsageError("holds no .ann files", path=str(folder), remedy="name a folder that `reportedly export --to brat` wrote")
    for file in files:
        id_ = unquote(file.relative_to(folder).as_posix().removesuffix(".ann"))
        base = file.with_name(file.name.removesuffix(".ann"))
        json_file = base.with_name(base.name + ".json")
        try:
            text = base.with_name(base.name + ".txt").read_bytes().decode("utf-8")
            rest = json.loads(json_file.read_text(encoding="utf-8")) if json_file.exists() else {}
            lines = file.read_text(encoding="utf-8").split("\n")
        except (OSError, ValueError) as error:
            raise MarkupError(f"cannot be read: {error}", path=str(file), remedy="each .ann needs its .txt") from None
        yield _read(id_, text, rest, lines, str(file))


def safe_path(id_: str) -> str:
    """An id as a path that stays below its folder; `unquote` gives it back."""
    parts = (quote(part, safe=" ,;+=@") for part in id_.split("/"))
    return "/".join(part if part.strip(".") else part.replace(".", "%2E") or "%00" for part in parts)


def as_ann(text: str, found: Standoff) -> str:
    """The lines of an `.ann`."""
    lines, numbers = [], iter(range(1, 2 * (len(found.marks) + len(found.events)) + 1))

    def note(of: str, value: Notes) -> str:
        return f"#{next(numbers)}\tAnnotatorNotes {of}\t{json.dumps(value, separators=(',', ':'))}\n"

    for name, mark in found.marks.items():
        fragments = _fragments(text, mark.pieces)
        places = ";".join(f"{start} {end}" for start, end in fragments)
        words = " ".join(text[start:end] for start, end in fragments)
        lines.append(f"{name}\t{mark.type} {places}\t{words}\n")
        value = {**found.notes.get(name, {}), **({} if fragments == mark.pieces else {WHOLE: mark.pieces})}
        if value:
            lines.append(note(name, value))
    for name, event in found.events.items():
        roles = [f"{role}{number or ''}:{mark}" for role, marks in event.roles.items() for number, mark in enumerate(marks)]
        lines.append(f"{name}\t{event.type}:{event.trigger} {' '.join(roles)}\n")
        lines.append(note(name, found.notes[name]))
    return "".join(lines)


def _fragments(text: str, pieces: Pieces) -> Pieces:
    """Pieces parted at line ends, as brat wants them, without white space at the edges of the parts."""
    parts: list[tuple[int, int]] = []
    for start, end in pieces:
        found = [(start + match.start(), start + match.end()) for match in re.finditer(r"\S(?:[^\n\r]*\S)?", text[start:end])]
        parts += found or [(start, end)]
    return tuple(parts)


def _read(id_: str, text: str, rest: dict[str, Any], lines: list[str], path: str) -> Record:
    found = Standoff(rest=rest)
    for number, line in enumerate(lines, 1):
        try:
            _read_line(text, line.rstrip("\r").split("\t"), found)
        except (ValueError, IndexError) as error:
            raise MarkupError(f"not in brat's form: {error}", path=path, line=number, value=line, remedy=FORM) from None
    for name, mark in found.marks.items():
        kept = tuple((a, b) for a, b in found.notes.get(name, {}).pop(WHOLE, ()))
        if kept and _fragments(text, kept) == mark.pieces:  # nobody has moved them since
            mark.pieces = kept
    try:
        return to_record(id_, text, found)
    except KeyError as error:
        raise MarkupError("names an annotation that is not there", path=path, value=error.args[0], remedy=FORM) from None


def _read_line(text: str, parts: list[str], found: Standoff) -> None:
    """One line; those of other kinds (relations, attributes) are passed over. Raises ValueError or IndexError for one out of form."""
    name = parts[0]
    if name[:1] == "T":
        type_, _, places = parts[1].partition(" ")
        pieces = tuple((int(a), int(b)) for a, b in (place.split(" ") for place in places.split(";")))
        if not all(0 <= a < b <= len(text) for a, b in pieces):
            raise ValueError("a place outside the text")
        found.marks[name] = Mark(type_, pieces)
    elif name[:1] == "E":
        (type_, trigger), *roles = (role.split(":") for role in parts[1].split())
        event = found.events[name] = Event(type_, trigger, {})
        for role, mark in roles:
            event.roles.setdefault(role.rstrip("0123456789"), []).append(mark)
    elif name[:1] == "#":
        found.notes[parts[1].split(" ")[1]] = _note(parts[2])


def _note(text: str) -> Notes:
    """A note of ours; what annotators write of their own is left alone."""
    try:
        value = json.loads(text)
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}
