"""Makers of dates that name themselves: days, months, years, decades, centuries, holidays, ranges."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from . import foreign
from .arithmetic import easter, make, nth_weekday, shift
from .meaning import DAY, Captured, Context, Meaning, first_of, grain, month_of, unknown
from .numbers import ordinal, year_number
from .values import days

NEAR = 45
"""A past tense rules out a day of the year that is so many days ahead."""


def _day_number(captured: Captured) -> int:
    text = first_of(captured, "daynumber", "day2", "dayword")
    return ordinal(text) or 0


def fixed(captured: Captured, context: Context) -> Meaning | None:
    """References; the value stands in the rule. What soon happened is past."""
    if captured["value"] == "FUTURE_REF" and context.tense == "past":
        return None
    return Meaning("DATE", captured["value"])


def absolute(captured: Captured, context: Context) -> Meaning | None:
    """Month and day, with or without a year, a weekday, a clock time."""
    month_text = first_of(captured, "month", "month2")
    month = int(month_text) if month_text.isdecimal() else month_of(month_text, context)
    day, year, anchor = _day_number(captured), year_number(first_of(captured, "year", "year2")), None
    if stated := first_of(captured, "relative", "relative2"):
        named = context.read(stated)
        if named and named.value.isdecimal():
            year, anchor = int(named.value), named.anchor
    meaning = calendar_day(year, month, day, context)
    meaning = replace(meaning, anchor=anchor) if anchor else meaning
    clock_time = captured.get("clock")
    return replace(meaning, type="TIME", value=f"{meaning.value}T{clock_time}") if clock_time else meaning


def calendar_day(year: int | None, month: int, day: int, context: Context) -> Meaning:
    """A missing year is that of the day nearest to publication. An impossible day keeps its figures."""
    if year is not None:
        return Meaning("DATE", f"{year:04}-{month:02}-{day:02}")
    published = context.published
    if published is None:
        return Meaning("DATE", f"XXXX-{month:02}-{day:02}")
    if told := _year_told(month, context):
        return Meaning("DATE", f"{told}-{month:02}-{day:02}", anchor="text")
    years = (published.year, published.year - 1, published.year + 1)
    candidates = [candidate for candidate in (make(each, month, day) for each in years if 1 <= each <= 9999) if candidate]
    if not candidates:
        return Meaning("DATE", f"{published.year:04}-{month:02}-{day:02}", anchor="published")
    if context.tense == "past":
        candidates = [candidate for candidate in candidates if (candidate - published).days <= NEAR] or candidates
    nearest = min(candidates, key=lambda candidate: abs((candidate - published).days))
    return Meaning("DATE", nearest.isoformat(), anchor="published")


def _year_told(month: int, context: Context) -> str | None:
    """The year of a day of the same month: one in the same sentence, or one whose year the text has told, unless the tense looks ahead."""
    for place, meaning in enumerate(reversed(context.seen)):
        match = re.match(rf"(\d{{4}})-{month:02}-\d\d(?!/)", meaning.value)
        if match and (place < context.beside or (meaning.anchor != "published" and context.tense != "future")):
            return match[1]
    return None


def nth_day(captured: Captured, context: Context) -> Meaning | None:
    """ "the 16th": of the month of the day before it in the text."""
    day = ordinal(captured["daynumber"]) or 0
    named = next((meaning.value for meaning in reversed(context.seen) if meaning.type == "DATE" and DAY.match(meaning.value)), "")
    return (
        Meaning("DATE", f"{named[:8]}{day:02}", anchor="text") if named and make(int(named[:4]), int(named[5:7]), day) else None
    )


def numeric(captured: Captured, context: Context) -> Meaning | None:
    """12/31/2019, 31.12.19: the only order that is possible, else that of the settings."""
    first, second, year = int(captured["first"]), int(captured["second"]), year_number(captured["year"])
    day_first = second <= 12 and (first > 12 or context.settings.day_first)
    day, month = (first, second) if day_first else (second, first)
    return Meaning("DATE", f"{year:04}-{month:02}-{day:02}") if 1 <= month <= 12 and 1 <= day <= 31 else None


def foreign_date(captured: Captured, _context: Context) -> Meaning | None:
    """A full date with the month's name in another language."""
    found = foreign.absolute(captured["all"])
    return Meaning("DATE", found.isoformat()) if found else None


def month_of_year(captured: Captured, context: Context) -> Meaning | None:
    year = context.read(captured["year"])
    return (
        Meaning("DATE", f"{year.value}-{month_of(captured['month'], context):02}", anchor=year.anchor)
        if year and len(year.value) == 4
        else None
    )


def year(captured: Captured, _context: Context) -> Meaning | None:
    value = year_number(first_of(captured, "year", "year2"))
    return Meaning("DATE", f"{value:04}") if value else None


def decade(captured: Captured, context: Context) -> Meaning | None:
    """ "the 1990s", "the '60s", "the nineties"; a short one is of the twentieth century, or the twenty-first up to the twenties."""
    word = captured["decade"]
    digits = re.sub(r"\D", "", word)
    if not digits:
        return Meaning("DATE", str(context.words.decades[word]))
    if len(digits) == 2:
        return Meaning("DATE", ("20" if digits[0] in "012" else "19") + digits[0])
    return Meaning("DATE", digits[:3])


def century(captured: Captured, _context: Context) -> Meaning | None:
    count = ordinal(captured["number"])
    return Meaning("DATE", f"{count - 1:02}") if count and count <= 30 else None


def holiday(captured: Captured, context: Context) -> Meaning | None:
    """A holiday of a named year, else the one nearest to publication (the last, the next, this year's where a word says so)."""
    which, published = captured.get("which") or "", context.published
    if captured.get("year"):
        named = context.read(captured["year"])
        found = (
            _holiday(captured["holiday"], int(named.value), context)
            if named and named.value.isdecimal() and len(named.value) == 4
            else None
        )
        return Meaning("DATE", found.isoformat(), anchor=named.anchor if named else None) if found else None
    if published is None:
        rule = context.words.holidays[captured["holiday"]]
        match = re.fullmatch(r"(\d+)-(\d+)", rule)
        return Meaning("DATE", f"XXXX-{int(match[1]):02}-{int(match[2]):02}") if match else None
    years = [each for each in (published.year - 1, published.year, published.year + 1) if 1 <= each <= 9999]
    found_days = [day for day in (_holiday(captured["holiday"], each, context) for each in years) if day]
    if which == "last":
        found_days = [day for day in found_days if day < published][-1:]
    elif which == "next":
        found_days = [day for day in found_days if day > published][:1]
    elif which == "this":
        found_days = [day for day in found_days if day.year == published.year]
    nearest = min(found_days, key=lambda day: abs((day - published).days), default=None)
    return grain(nearest, "day")


def holiday_week(captured: Captured, context: Context) -> Meaning | None:
    """ "Easter week", "Labor Day weekend": a weekend of a Monday or Tuesday is the one before it."""
    day = holiday({"holiday": captured["holiday"]}, context)
    covered = days(day.value) if day else None
    if covered is None:
        return unknown(captured["unit"])
    before = captured["unit"] == "weekend" and covered[0].isoweekday() <= 2
    return grain(shift(covered[0], "week", -1 if before else 0), captured["unit"])


def _holiday(name: str, year: int, context: Context) -> date | None:
    rule = context.words.holidays[name]
    if rule.startswith("easter"):
        return shift(easter(year), "day", int(rule.split()[1]))
    if "-" in rule and " " not in rule:
        return make(year, *(int(part) for part in rule.split("-")))
    month_, weekday_, count, *after = (int(part) for part in rule.split())
    found = nth_weekday(year, month_, weekday_, count)
    return shift(found, "day", sum(after)) if found else None


def _range(first: Meaning | None, last: Meaning | None) -> Meaning | None:
    if first is None or last is None or "/" in first.value + last.value:
        return None
    return Meaning("DATE", f"{first.value}/{last.value}", anchor=first.anchor or last.anchor, ends=(first, last))


def span(captured: Captured, context: Context) -> Meaning | None:
    """ "from 2011 to 2014": the first end takes the year that only the last one names."""
    first, last = context.read(captured["first"]), context.read(captured["last"])
    if (
        first
        and last
        and first.anchor
        and not last.anchor
        and re.fullmatch(r"\d{4}-\d\d(-\d\d)?", first.value)
        and re.match(r"\d{4}-", last.value)
    ):
        moved = last.value[:4] + first.value[4:]
        first = (
            Meaning("DATE", moved) if moved <= last.value else Meaning("DATE", f"{int(last.value[:4]) - 1:04}{first.value[4:]}")
        )
    if first and last and last.value < first.value and (weeks := _a_week_later(last)):
        last = weeks
    return _range(first, last)


def _a_week_later(meaning: Meaning) -> Meaning | None:
    """ "from Monday to Thursday": the last day follows the first."""
    covered = days(meaning.value)
    later = shift(covered[0], "week", 1) if covered and covered[0] == covered[1] and meaning.anchor else None
    return replace(meaning, value=later.isoformat()) if later else None


def day_range(captured: Captured, context: Context) -> Meaning | None:
    """ "May 4-7": both days in one year, unless they run over its end."""
    month_ = month_of(captured["month"], context)
    month2 = month_of(captured["month2"], context) if captured.get("month2") else month_
    year_ = year_number(captured.get("year") or "")
    last = calendar_day(year_, month2, ordinal(captured["last"]) or 0, context)
    known = int(last.value[:4]) if last.value[:4].isdecimal() else None
    over = known is not None and (month_, ordinal(captured["first"]) or 0) > (month2, ordinal(captured["last"]) or 0)
    first = calendar_day(known - over if known else None, month_, ordinal(captured["first"]) or 0, context)
    return _range(replace(first, anchor=last.anchor), last)


def year_range(captured: Captured, _context: Context) -> Meaning | None:
    """ "1990-97"."""
    first, last = captured["first"], captured["last"]
    last = first[:2] + last if len(last) == 2 else last
    return _range(Meaning("DATE", first), Meaning("DATE", last)) if first < last else None
