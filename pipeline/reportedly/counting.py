"""`reportedly count`: the tables of the attribution stage, counted anew from an annotated corpus. Not part of the pipeline."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from . import layout
from .attribution import count
from .errors import UsageError
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
    count.save(count.count(pages), model.folder, note)
    return note


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
        article = Article(id=row["id"], text=row["text"], title=row.get("title"))
        ((values, parsed),) = pipeline.parse([article])
        parse = layout.sentences_stage(article, values["layout"], parsed)
        pages.append(count.read_page(parse, values["layout"], _attributions(row)))
    return pages


def _attributions(row: dict[str, Any]) -> list[tuple[list[Span], list[Span], list[Span]]]:
    parts = ("source", "cue", "content")
    return [tuple([Span(start=a, end=b) for a, b in found[part]] for part in parts) for found in row["attributions"]]  # type: ignore[misc]
