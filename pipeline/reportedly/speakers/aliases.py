"""The user's own names for speakers, and the ids that they know them by (Wikidata's, say): a CSV file with the columns alias, name, id."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError
from ..findings import SpeakerIndex
from ..records import Span, Speaker

COLUMNS = ("alias", "name", "id")
FORM = 'write a CSV file with the header "alias,name,id"; the id may be empty'


@dataclass(frozen=True, slots=True)
class Known:
    """Whom an alias means. `id` is the user's, None where the file gives none."""

    name: str
    id: str | None


Aliases = Mapping[str, Known]
"""By alias, and by name, as `key_of` makes them."""
NONE: Aliases = {}


def key_of(name: str) -> str:
    """A name as aliases are compared: without capitals, without a "the" before it."""
    return " ".join(name.casefold().split()).removeprefix("the ")


def read_aliases(path: Path) -> Aliases:
    """The aliases of a file. Raises UsageError, with its line, for a row without alias or name and for an alias that means two."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            rows = list(csv.reader(file, strict=True))
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise UsageError(f"cannot be read: {error}", path=str(path), remedy=FORM) from None
    header = tuple(cell.strip().lower() for cell in rows[0]) if rows else ()
    if header not in (COLUMNS, COLUMNS[:2]):
        raise UsageError("not a file of aliases", path=str(path), line=1, value=",".join(header), remedy=FORM)
    found: dict[str, Known] = {}
    for line, row in enumerate(rows[1:], 2):
        cells = [cell.strip() for cell in row] + [""] * len(COLUMNS)
        if not any(cells):
            continue
        alias, name, id_ = cells[: len(COLUMNS)]
        if not alias or not name or any(cells[len(COLUMNS) :]):
            raise UsageError("an alias needs a name", path=str(path), line=line, value=",".join(row), remedy=FORM)
        for word in (alias, name):
            known = found.setdefault(key_of(word), Known(name, id_ or None))
            if known != Known(name, id_ or None):
                raise UsageError(
                    "means two",
                    path=str(path),
                    line=line,
                    value=f"{word}: {known.name}, {name}",
                    remedy="keep one row of the two",
                )
    return found


def under_aliases(index: SpeakerIndex, aliases: Aliases) -> SpeakerIndex:
    """The speakers by their users' names; those that come to the same name become one. Ids are given anew, in the same order."""
    if not aliases:
        return index
    known = {speaker.id: aliases.get(key_of(speaker.name)) for speaker in index.speakers}
    merged: dict[object, list[Speaker]] = {}
    for speaker in index.speakers:
        merged.setdefault(known[speaker.id] or speaker.id, []).append(speaker)
    new_id = {speaker.id: f"s{number}" for number, group in enumerate(merged.values(), 1) for speaker in group}
    return SpeakerIndex(
        speakers=tuple(_merged(group, new_id[group[0].id], known[group[0].id]) for group in merged.values()),
        of=tuple(new_id[of] if of else None for of in index.of),
        sieves=index.sieves,
        precisions=index.precisions,
        candidates=index.candidates,
    )


def _merged(group: list[Speaker], id_: str, known: Known | None) -> Speaker:
    mentions = sorted({(span.start, span.end) for speaker in group for span in speaker.mentions})
    return Speaker(
        id=id_,
        name=known.name if known else group[0].name,
        kind=group[0].kind,
        mentions=tuple(Span(start=start, end=end) for start, end in mentions),
        identity=known.id if known else None,
    )
