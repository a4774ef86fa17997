"""The day on which an article was published, where its fields or its dateline say so."""

from __future__ import annotations

import re
from datetime import date, datetime

from ..layout.paragraphs import DAY_ALONE, find_paragraphs

OPENING = 3000
"""Characters from the beginning of a text in which a dateline is looked for."""
FIRST_PARAGRAPHS = 5
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
FULL_DATE = re.compile(
    r"(?P<month>[A-Z][a-z]{2,8})\.? (?P<day>\d{1,2}), (?P<year>\d{4})|(?P<day2>\d{1,2}) (?P<month2>[A-Z][a-z]{2,8})\.?,? (?P<year2>\d{4})"
)
YEARS = range(1500, 3000)


def parse_day(written: str) -> str | None:
    """The day (YYYY-MM-DD) of an ISO date, or of an ISO time stamp as it is written there; None for anything else."""
    text = written.strip()
    try:
        return datetime.fromisoformat(text).date().isoformat()
    except ValueError:
        return None


def find_in_dateline(text: str) -> str | None:
    """The day that the article's dateline, or a line of its own near the beginning, gives in full; None if none does."""
    opening = text[:OPENING]
    for paragraph in find_paragraphs(opening, None)[:FIRST_PARAGRAPHS]:
        line = opening[paragraph.start : paragraph.end]
        if paragraph.dateline:
            line = opening[paragraph.dateline.start : paragraph.dateline.end]
        elif not DAY_ALONE.fullmatch(line):
            continue
        match = FULL_DATE.search(line)
        if match and (day := _day(match)):
            return day
    return None


def _day(match: re.Match[str]) -> str | None:
    month, day, year = (match[name] or match[f"{name}2"] for name in ("month", "day", "year"))
    if month[:3].lower() not in MONTHS or int(year) not in YEARS:
        return None
    try:
        return date(int(year), MONTHS.index(month[:3].lower()) + 1, int(day)).isoformat()
    except ValueError:
        return None
