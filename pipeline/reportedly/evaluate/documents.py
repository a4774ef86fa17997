"""Gold and predictions as read: records of the project, or the plain forms with "attributions" or "timexes".

The plain forms are one JSON object a line: `{"id", "text", "attributions": [{"source", "cue", "content"}]}`, each part a list of
[start, end], and `{"id", "timexes": [{"start", "end", "type", "value"}]}`. They have neither nesting nor narrated claims.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import RecordError, UsageError
from ..records import Claim, Record, digest, from_json
from .align import Range


class Triple(NamedTuple):
    """An attribution as spans."""

    cue: tuple[Range, ...]
    content: tuple[Range, ...]
    source: tuple[Range, ...]


class Timex(NamedTuple):
    """One TIMEX3. `mod` is null for the parts of a range."""

    start: int
    end: int
    type: str
    value: str | None
    mod: str | None = None


@dataclass(frozen=True)
class Document:
    """What one line says of one article. None: the line's form does not hold this."""

    id: str
    text: str | None
    attributions: tuple[Triple, ...] | None = None
    outermost: tuple[Triple, ...] | None = None
    timexes: tuple[Timex, ...] | None = None
    record: Record | None = None

    def without_nesting(self) -> Document:
        return replace(self, attributions=self.outermost)


def read(path: Path) -> dict[str, Document]:
    """The documents of a file by id, in its order. Raises UsageError for a missing file, RecordError for a bad line or an id that comes twice."""
    if not path.is_file():
        raise UsageError("there is no such file", path=str(path), remedy="name a JSON Lines file")
    documents: dict[str, Document] = {}
    for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
        if line.strip():
            document = _document(line, str(path), number)
            if document.id in documents:
                raise RecordError(
                    "this id has been there before",
                    path=str(path),
                    line=number,
                    value=document.id,
                    remedy="keep one line an article",
                )
            documents[document.id] = document
    return documents


def paired(gold: dict[str, Document], found: dict[str, Document]) -> dict[str, tuple[Document, Document]]:
    """Each gold article with its prediction, an empty one where there is none; nested claims are dropped where the gold cannot hold them.

    Raises RecordError if the two are not about the same text.
    """
    pairs = {}
    for id_, wanted in gold.items():
        given = found.get(id_) or of_record(Record(id=id_, text=wanted.text or "", sha256=digest(wanted.text or "")))
        if wanted.text is not None and given.text is not None and wanted.text != given.text:
            raise RecordError(
                "gold and prediction have different texts", value=id_, remedy="extract the articles that the gold was made of"
            )
        pairs[id_] = wanted, given if wanted.record else given.without_nesting()
    return pairs


def of_record(record: Record) -> Document:
    """A record as a document. Narrated claims are no attributions; a date that holds several TIMEX3 counts as those."""
    attributed = [claim for claim in record.claims if claim.cue]
    return Document(
        record.id,
        record.text,
        attributions=_ordered(_triple(claim) for claim in attributed),
        outermost=_ordered(_triple(claim) for claim in attributed if claim.parent is None),
        timexes=tuple(
            Timex(part.start, part.end, part.type, part.value, None if date.timexes else date.mod)
            for date in record.dates
            for part in date.timexes or (date,)
        ),
        record=record,
    )


def ranges(part: Any) -> tuple[Range, ...]:
    """The spans of a source, cue or content of a record; none for null."""
    return tuple((span.start, span.end) for span in part.spans) if part else ()


def _triple(claim: Claim) -> Triple:
    return Triple(ranges(claim.cue), ranges(claim.content), ranges(claim.source))


def _ordered(triples: Iterable[Triple]) -> tuple[Triple, ...]:
    """By position of the cue, so that the order of a file's claims decides nothing."""
    return tuple(sorted(triples))


def _document(line: str, path: str, number: int) -> Document:
    try:
        row = json.loads(line)
        if not isinstance(row, dict):
            raise TypeError("not an object")
        if "attributions" not in row and "timexes" not in row:
            return of_record(from_json(line, path=path, number=number))
        attributions = timexes = None
        if "attributions" in row:
            attributions = _ordered(Triple(*(_spans(item.get(part)) for part in Triple._fields)) for item in row["attributions"])
        if "timexes" in row:
            found = (Timex(*(item.get(name) for name in Timex._fields)) for item in row["timexes"])
            timexes = tuple(sorted(found, key=lambda timex: (timex.start, timex.end, timex.type, timex.value or "")))
        return Document(str(row["id"]), row.get("text"), attributions, attributions, timexes)
    except (ValueError, TypeError, KeyError, AttributeError) as error:
        remedy = "one JSON object a line: a record, or an article with attributions or timexes"
        raise RecordError(f"this line is not gold or prediction: {error}", path=path, line=number, remedy=remedy) from None


def _spans(part: Any) -> tuple[Range, ...]:
    return tuple((int(start), int(end)) for start, end in part or ())
