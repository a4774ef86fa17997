"""`reportedly count`: the tables of the attribution stage, counted anew from an annotated corpus. Not part of the pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from .attribution import count, find_candidates
from .attribution.candidate import Candidate
from .attribution.rivals import outermost
from .attribution.tables import Sorting, Tables
from .errors import UsageError
from .parse import Parse
from .records import Article, Span
from .rulebook import Model
from .stages import Pipeline

FORM = 'write `{"id", "text", "attributions": [{"source": [[start, end]], "cue": …, "content": …}]}`, one article a line'


def count_tables(gold: Path, model: Model) -> str:
    """Count on the articles of `gold` and save the tables into the model's folder.

    Returns the note that heads the files. Raises UsageError for a corpus in another form.
    """
    rows = _read(gold)
    pages = _pages(rows, Pipeline(model))
    attributions = sum(len(page.gold) for page in pages)
    note = f"Counted on {gold.stem} ({len(pages):,} articles, {attributions:,} attributions) by `reportedly count`; do not edit by hand."
    count.save(count.count(pages, Sorting.load(model)), model.folder, note)
    return note


def predict_held_out(gold: Path, model: Model, field: str) -> Iterator[dict[str, Any]]:
    """Each article with the attributions found by tables that were counted without the articles of the same `field` (its publisher, say).

    Yields rows `{"id", "text", "attributions"}` in the order of `gold`, nested attributions left out; the model's own tables are not used.
    """
    rows = _read(gold)
    pages = _pages(rows, Pipeline(model))
    groups = [str(row.get(field)) for row in rows]
    if len(set(groups)) < 2:
        raise UsageError(
            f"the articles do not differ in {field!r}", path=str(gold), remedy="--held-out takes a field with several values"
        )
    own, words = Tables.load(model), Sorting.load(model)
    tables = {
        group: replace(
            count.count([page for page, other in zip(pages, groups, strict=True) if other != group], words), lists=own.lists
        )
        for group in sorted(set(groups))
    }
    for row, page, group in zip(rows, pages, groups, strict=True):
        found = outermost(find_candidates(page.parse, page.layout, tables[group]))
        yield {"id": row["id"], "text": row["text"], "attributions": [_spans(page.parse, candidate) for candidate in found]}


def _spans(parse: Parse, candidate: Candidate) -> dict[str, list[list[int]]]:
    ranges = {"source": [candidate.source] if candidate.source else [], "cue": [candidate.cue], "content": candidate.pieces}
    return {part: [[parse.start[first], parse.end[last - 1]] for first, last in pieces] for part, pieces in ranges.items()}


def _read(gold: Path) -> list[dict[str, Any]]:
    try:
        lines = gold.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot be read: {error}", path=str(gold), remedy=FORM) from None
    rows = []
    for number, line in enumerate(lines, 1):
        if line.strip():
            try:
                row = json.loads(line)
                _attributions(row)
                _article(row)
                rows.append({"id": row["id"], "text": row["text"], **row})
            except (ValueError, KeyError, TypeError):
                raise UsageError("no annotated article", path=str(gold), line=number, value=line, remedy=FORM) from None
    if not rows:
        raise UsageError("no articles", path=str(gold), remedy=FORM)
    return rows


def _pages(rows: Iterable[dict[str, Any]], pipeline: Pipeline) -> list[count.Page]:
    """The articles parsed, one at a time: their parses are what fills the memory."""
    pages = []
    for row in rows:
        values = pipeline.before("entities", _article(row))
        pages.append(count.read_page(values["parse"], values["layout"], _attributions(row)))
    return pages


def _article(row: dict[str, Any]) -> Article:
    return Article(id=row["id"], text=row["text"], title=row.get("title"))


def _attributions(row: dict[str, Any]) -> list[tuple[list[Span], list[Span], list[Span]]]:
    parts = ("source", "cue", "content")
    return [tuple([Span(start=a, end=b) for a, b in found[part]] for part in parts) for found in row["attributions"]]  # type: ignore[misc]
