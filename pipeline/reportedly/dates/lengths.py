"""Makers of durations and sets: three days, half a year, every Monday, twice a month."""

from __future__ import annotations

import re
from fractions import Fraction

from .meaning import Captured, Context, Meaning, first_of, month_of, stated_mod, unit_of, weekday_of
from .numbers import number

LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y"}
CLOCK_LETTERS = {"hour": "H", "minute": "M", "second": "S"}
MULTIPLES = {
    "fortnight": ("week", 2), "quarter": ("month", 3), "half": ("month", 6), "season": ("month", 3), "decade": ("year", 10), "century": ("year", 100),
    "millennium": ("year", 1000), "weekend": ("day", 2),
}  # fmt: skip


def count_of(text: str) -> Fraction | None:
    """How many; None where that is vague."""
    text = re.sub(r"^the ", "", text.strip())
    if text in ("a couple", "a couple of", "couple of", "a pair of"):
        return Fraction(2)
    if re.fullmatch(r"(?:a )?half(?: an?)?|half the", text):
        return Fraction(1, 2)
    return number(re.sub(r"^a (?:full|whole)$", "a", text))


def length(count: Fraction | None, unit: str) -> str:
    """The TIMEX3 value of a length of time; X for a vague count, so many years for decades."""
    if unit in MULTIPLES and not (unit == "weekend" and count is None):
        unit, times = MULTIPLES[unit]
        count = None if count is None else count * times
    if unit == "weekend":
        unit = "day"
    if count is not None and count.denominator != 1:
        smaller = {"year": ("month", 12), "hour": ("minute", 60), "minute": ("second", 60)}.get(unit)
        if smaller and (count * smaller[1]).denominator == 1:
            finer = int(count * smaller[1])
            if count < 1 or (unit == "year" and count < 2):
                return length(Fraction(finer), smaller[0])
            letters, opens = (LETTERS, "P") if unit == "year" else (CLOCK_LETTERS, "PT")
            return f"{opens}{int(count)}{letters[unit]}{finer - int(count) * smaller[1]}{letters[smaller[0]]}"
    shown = "X" if count is None else str(int(count)) if count.denominator == 1 else f"{float(count):g}"
    return f"PT{shown}{CLOCK_LETTERS[unit]}" if unit in CLOCK_LETTERS else f"P{shown}{LETTERS[unit]}"


def duration(captured: Captured, context: Context) -> Meaning | None:
    unit = first_of(captured, "unit", "unit2")
    count = count_of(captured.get("count") or ("a" if captured.get("half") or not unit.endswith("s") else ""))
    if count is not None and captured.get("half"):
        count += Fraction(1, 2)
    return Meaning("DURATION", length(count, unit_of(unit, context)), stated_mod(captured, context))


def compound_duration(captured: Captured, context: Context) -> Meaning | None:
    """ "two hours and 15 minutes"."""
    first = length(count_of(captured["count"]), unit_of(captured["unit"], context))
    second = length(count_of(captured["count2"]), unit_of(captured["unit2"], context))
    timed = first.startswith("PT") and second.startswith("PT")
    return Meaning("DURATION", first + second[2 if timed else 1 :])


def duration_range(captured: Captured, context: Context) -> Meaning | None:
    unit = unit_of(captured["unit"], context)
    ends = tuple(Meaning("DURATION", length(count_of(captured[name]), unit)) for name in ("first", "last"))
    return Meaning("DURATION", f"{ends[0].value}/{ends[1].value}", ends=(ends[0], ends[1]))


def every(captured: Captured, context: Context) -> Meaning | None:
    """ "every Monday", "each month", "every two weeks", "Tuesday nights"."""
    part = context.words.parts_of_day.get((first_of(captured, "part", "part2")).removesuffix("s"))
    if day := first_of(captured, "weekday", "weekday2"):
        return Meaning("SET", f"XXXX-WXX-{weekday_of(day, context)}" + (f"T{part}" if part else ""))
    if part:
        return Meaning("SET", f"XXXX-XX-XXT{part}")
    if captured.get("month"):
        return Meaning("SET", f"XXXX-{month_of(captured['month'], context):02}")
    if captured.get("season"):
        return Meaning("SET", f"XXXX-{context.words.seasons[captured['season']]}")
    if captured["unit"].startswith("weekend") and not captured.get("other") and not captured.get("count"):
        return Meaning("SET", "XXXX-WXX-WE")
    other = {"other": 2, "second": 2, "third": 3, "fourth": 4}.get(captured.get("other") or "", 1)
    count = None if captured.get("other") == "few" else number(captured.get("count") or "one")
    return Meaning("SET", length(None if count is None else count * other, unit_of(captured["unit"], context)))


def rate(captured: Captured, context: Context) -> Meaning | None:
    return Meaning("SET", length(Fraction(1), unit_of(captured["unit"], context)))


def frequency(captured: Captured, _context: Context) -> Meaning | None:
    units = {
        "hourly": "PT1H", "daily": "P1D", "nightly": "P1D", "weekly": "P1W", "biweekly": "P2W", "fortnightly": "P2W", "monthly": "P1M",
        "bimonthly": "P2M", "quarterly": "P3M", "yearly": "P1Y", "annually": "P1Y",
    }  # fmt: skip
    return Meaning("SET", units[captured["all"]])
