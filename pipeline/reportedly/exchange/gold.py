"""The gold: annotation sheets compiled over their articles."""

from __future__ import annotations

from pathlib import Path

from ..errors import ReportedlyError, UsageError
from ..records import Article, Record
from .sheet import compile_sheet


def compile_gold(sheets: Path, articles: dict[str, Article]) -> list[Record | ReportedlyError]:
    """For each sheet `ID.txt` of a folder, by id, its record or what is wrong with it. Raises UsageError for a folder without sheets."""
    found = sorted(sheets.glob("*.txt"), key=lambda path: path.stem)
    if not found:
        raise UsageError("there are no sheets here", path=str(sheets), remedy="name a folder of sheets ID.txt")
    return [_compile(path, articles) for path in found]


def _compile(path: Path, articles: dict[str, Article]) -> Record | ReportedlyError:
    article = articles.get(path.stem)
    if article is None:
        return UsageError("a sheet without its article", path=str(path), remedy="name the sheet after the article's id")
    try:
        return compile_sheet(article, path.read_text(encoding="utf-8"), path=str(path))
    except ReportedlyError as error:
        return error
