"""Records as a flat table of claims, a row each: CSV for spreadsheets, Parquet for everything else."""

from __future__ import annotations

import io
from collections.abc import Iterable, Iterator
from typing import Any

import pandas as pd

from ..errors import UsageError
from ..records import Claim, Record

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n")
"""A cell that begins so is run as a formula by spreadsheets; an apostrophe before it keeps it text."""
BETWEEN = "; "
WHOLE = ("start", "end")
SHARES = ("precision", "checkable", "confidence")
FLAGS = ("negated", "conditional")


def claims_table(records: Iterable[Record]) -> pd.DataFrame:
    """A row for each claim in the order of the run. `start` and `end` (exclusive) are code points of the article: from the first to the last
    character of the content."""
    table = pd.DataFrame([row for record in records for row in _rows(record)], columns=list(_columns()))
    types = {column: "string" for column in table.columns if column not in (*WHOLE, *SHARES, *FLAGS)}
    return table.astype(
        types | dict.fromkeys(WHOLE, "Int64") | dict.fromkeys(SHARES, "Float64") | dict.fromkeys(FLAGS, "boolean")
    )


def to_csv(records: Iterable[Record]) -> bytes:
    """The table in UTF-8 with a byte-order mark, by which spreadsheets know the encoding; cells that would run as formulas are kept text."""
    table = claims_table(records)
    for column in map(str, table.select_dtypes("string").columns):
        table[column] = table[column].map(_guarded, na_action="ignore")
    return table.to_csv(index=False, lineterminator="\n").encode("utf-8-sig")


def to_parquet(records: Iterable[Record]) -> bytes:
    """The table in Parquet. Raises UsageError where pyarrow is not installed."""
    file = io.BytesIO()
    try:
        claims_table(records).to_parquet(file, engine="pyarrow", index=False)
    except ImportError:
        raise UsageError("Parquet needs pyarrow", remedy="pip install 'reportedly[parquet]'") from None
    return file.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def _columns() -> Iterator[str]:
    yield from (
        "article published publisher title url claim kind quote source speaker speaker_kind identity sieve precision cue lemma act stance negated "
        "conditional content reading polarity certainty time checkable parent repeats challenges said_on dates quantities entities start end rule "
        "confidence"
    ).split()


def _rows(record: Record) -> Iterator[dict[str, Any]]:
    speakers = {speaker.id: speaker for speaker in record.speakers}
    dates = {date.id: date for date in record.dates}
    words = {quantity.id: quantity.text for quantity in record.quantities} | {
        entity.id: entity.text for entity in record.entities
    }
    of_article = {name: getattr(record, name) for name in ("published", "publisher", "title", "url")}
    for claim in record.claims:
        said_on = dates.get(claim.said_on or "")
        yield {
            "article": record.id,
            **of_article,
            "claim": claim.id,
            **{
                name: getattr(claim, name)
                for name in ("kind", "quote", "reading", "polarity", "certainty", "time", "parent", "repeats")
            },
            **_of_source(claim),
            **_of_cue(claim),
            "speaker_kind": speakers[claim.source.speaker].kind if claim.source and claim.source.speaker else None,
            "identity": speakers[claim.source.speaker].identity if claim.source and claim.source.speaker else None,
            "content": claim.content.text,
            "checkable": claim.checkable.score if claim.checkable else None,
            "challenges": _joined(f"{one.kind}: {record.text[one.start : one.end]}" for one in claim.challenges),
            "said_on": said_on.value if said_on else None,
            "dates": _joined(dates[id_].value or dates[id_].text for id_ in claim.dates),
            "quantities": _joined(words[id_] for id_ in claim.quantities),
            "entities": _joined(words[id_] for id_ in claim.entities),
            "start": claim.content.spans[0].start,
            "end": claim.content.spans[-1].end,
            "rule": claim.rule,
            "confidence": claim.confidence,
        }


def _of_source(claim: Claim) -> dict[str, Any]:
    if claim.source is None:
        return {}
    return {
        "source": claim.source.text,
        "speaker": claim.source.name,
        "sieve": claim.source.sieve,
        "precision": claim.source.precision,
    }


def _of_cue(claim: Claim) -> dict[str, Any]:
    if claim.cue is None:
        return {}
    names = ("lemma", "act", "stance", "negated", "conditional")
    return {"cue": claim.cue.text, **{name: getattr(claim.cue, name) for name in names}}


def _joined(words: Iterable[str]) -> str | None:
    return BETWEEN.join(words) or None
