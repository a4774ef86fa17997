"""Makers of quarters, halves and fiscal years, as earnings reports speak of them."""

from __future__ import annotations

import re

from .arithmetic import shift
from .meaning import Captured, Context, Meaning, dated, direction, first_of, grain, this_unit, unknown
from .numbers import ordinal, year_number
from .values import days

QUARTER = re.compile(r"\d{4}-Q[1-4]")
STRETCH = re.compile(r"\d{4}-Q|\d{4}(-\d\d)?$|P\d")


def quarter(captured: Captured, context: Context) -> Meaning | None:
    """A quarter or half by its number; without a year the latest that has begun."""
    unit = {"q": "quarter", "h": "half"}.get(first_of(captured, "unit", "unit2"), first_of(captured, "unit", "unit2"))
    letter, most = ("H", 2) if unit == "half" else ("Q", 4)
    text = first_of(captured, "number", "number2")
    count = (
        int(text)
        if text.isdecimal()
        else ordinal(text) or (most if text in ("last", "final", "latest") else 1 if text == "opening" else None)
    )
    stated = first_of(captured, "year", "year2")
    named = (
        context.read(re.sub(r"^(?:the|fiscal) (?:fiscal )?(?:year )?(?=\d)|^fiscal (?:year )?", "", stated)) if stated else None
    )
    if stated.endswith(("ago", "earlier", "before")):
        named = grain(shift(context.published, "year", -1), "year") if context.published else None
    if stated == "the year":
        named = this_unit("year", context)
    if unit == "period" or count is None:
        return _same_quarter(named, context)
    if named is not None and len(named.value) == 4:
        return Meaning("DATE", f"{named.value}-{letter}{count}", anchor=named.anchor)
    if context.published is None or count > most:
        return Meaning("DATE", f"XXXX-{letter}{count}") if count <= most else None
    running = (context.published.month + 12 // most - 1) // (12 // most)
    year_ = context.published.year - (count > running)
    if count > running and context.tense == "future":
        year_ += 1
    return Meaning("DATE", f"{year_:04}-{letter}{count}", anchor="published")


def half_year(captured: Captured, context: Context) -> Meaning | None:
    named = this_unit("year", context) if captured["year"] == "the year" else context.read(captured["year"])
    if named is None or len(named.value) != 4:
        return None
    return Meaning("DATE", f"{named.value}-H{1 if captured['number'] == 'first' else 2}", anchor=named.anchor)


def seen_quarter(context: Context) -> str | None:
    """The last quarter that the text has named (not one that was itself counted from another)."""
    named = (meaning.value for meaning in reversed(context.seen) if meaning.anchor != "text" and QUARTER.fullmatch(meaning.value))
    return next(named, None)


def latest_quarter(context: Context) -> Meaning | None:
    """The quarter that the text speaks of, else the one that ended last before publication."""
    seen = seen_quarter(context)
    covered = days(seen) if seen else None
    if covered and (context.published is None or covered[1] <= context.published):
        return dated(seen, "text")
    if context.published is None:
        return unknown("quarter")
    return grain(shift(context.published, "quarter", -1), "quarter")


def same_unit(_captured: Captured, context: Context) -> Meaning | None:
    """ "the quarter"."""
    return latest_quarter(context)


def _same_quarter(year_: Meaning | None, context: Context) -> Meaning | None:
    """The quarter that the text speaks of, in another year."""
    seen = latest_quarter(context)
    if year_ is None or seen is None or not QUARTER.fullmatch(seen.value):
        return seen
    return dated(year_.value[:4] + seen.value[4:], year_.anchor)


def year_ago(captured: Captured, context: Context) -> Meaning | None:
    """ "the year-ago quarter": the same quarter of the year before."""
    count = ordinal(first_of(captured, "number", "number2"))
    stated = captured.get("year") or ""
    named = context.read(stated) if stated and not stated.endswith(("ago", "earlier", "before")) else None
    current = seen_quarter(context)
    if current is None:
        latest = latest_quarter(context)
        if first_of(captured, "unit", "unit2", "unit3") == "" or latest is None or not latest.value[:4].isdecimal():
            return grain(shift(context.published, "year", -1), "year") if context.published else unknown("year")
        current = latest.value
    year_ = int(named.value) if named and named.value.isdecimal() and len(named.value) == 4 else int(current[:4]) - 1
    return dated(f"{year_:04}-Q{count}" if count else f"{year_:04}{current[4:]}", "text")


def fiscal_year(captured: Captured, context: Context) -> Meaning | None:
    """A fiscal year has the name of the calendar year in which it ends."""
    named = year_number(first_of(captured, "year", "year2", "year3"))
    if named:
        return Meaning("DATE", f"{named:04}")
    if context.published is None:
        return unknown("year")
    start = context.settings.fiscal_start
    step = {"back": -1, "ahead": 1}.get(direction(captured), -1 if "latest" in (captured.get("which") or "") else 0)
    return dated(f"{context.published.year + (start > 1 and context.published.month >= start) + step:04}")


def quarter_spoken_of(context: Context) -> str | None:
    """In an earnings report "a year ago" is the same quarter of the year before: so if the text's last stretch of time is a quarter."""
    stretches = (meaning.value for meaning in reversed(context.seen) if meaning.anchor != "text" and STRETCH.match(meaning.value))
    last = next(stretches, "")
    return last if QUARTER.fullmatch(last) else None
