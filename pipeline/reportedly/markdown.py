"""Markdown: tables, and pages with a place for what a command writes."""

from __future__ import annotations

from collections.abc import Sequence

from .errors import UsageError


def markdown_table(header: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table; all columns but the first are right-aligned."""
    lines = [header, ["---", *("---:" for _ in header[1:])], *rows]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in lines)


def put_between(page: str, name: str, block: str) -> str:
    """The page with `block` between its lines `<!-- NAME -->` and `<!-- /NAME -->`. Raises UsageError if they are not there."""
    opener, closer = f"<!-- {name} -->", f"<!-- /{name} -->"
    before, opened, rest = page.partition(opener)
    _, closed, after = rest.partition(closer)
    if not (opened and closed):
        raise UsageError("the page has no place for this table", value=opener, remedy=f"add the lines {opener} and {closer}")
    return f"{before}{opener}\n{block}\n{closer}{after}"


def between(page: str, name: str) -> str:
    """What stands between the two marks in a page, without the line breaks around it."""
    return page.partition(f"<!-- {name} -->")[2].partition(f"<!-- /{name} -->")[0].strip("\n")
