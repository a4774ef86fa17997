"""Calendar arithmetic in the Gregorian calendar: units, shifting, weeks, weekdays, computable holidays. Pure functions, no clock.

A date that would leave the years 1 to 9999 gives None.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta

MONTHS_IN = {"month": 1, "quarter": 3, "half": 6, "year": 12, "decade": 120, "century": 1200}
DAYS_IN = {"day": 1, "weekend": 7, "week": 7, "fortnight": 14}


def make(year: int, month: int, day: int) -> date | None:
    """That day, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except (ValueError, OverflowError):
        return None


def shift(day: date, unit: str, count: int) -> date | None:
    """`count` units later (earlier if negative). Month ends are clipped: a month after 31 January is the last of February."""
    if unit in DAYS_IN:
        try:
            return day + timedelta(days=count * DAYS_IN[unit])
        except OverflowError:
            return None
    months = day.year * 12 + day.month - 1 + count * MONTHS_IN[unit]
    year, month = divmod(months, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def at_grain(day: date, unit: str) -> str:
    """The TIMEX3 value of the unit that holds the day: `2022-W37` for a week, `199` for a decade."""
    if unit in ("week", "weekend", "fortnight"):
        year, week, _ = day.isocalendar()
        return f"{year:04}-W{week:02}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year:04}-{day.month:02}"
    if unit == "quarter":
        return f"{day.year:04}-Q{(day.month + 2) // 3}"
    if unit == "half":
        return f"{day.year:04}-H{(day.month + 5) // 6}"
    if unit == "day":
        return day.isoformat()
    return f"{day.year:04}"[: {"year": 4, "decade": 3, "century": 2}[unit]]


def latest_weekday(day: date, weekday: int) -> date | None:
    """The latest such weekday (Monday is 1) not after `day`."""
    return shift(day, "day", -((day.isoweekday() - weekday) % 7))


def next_weekday(day: date, weekday: int) -> date | None:
    """The first such weekday (Monday is 1) not before `day`."""
    return shift(day, "day", (weekday - day.isoweekday()) % 7)


def nth_weekday(year: int, month: int, weekday: int, number: int) -> date | None:
    """The `number`-th such weekday of a month, counted from its end if negative."""
    if number > 0:
        first = next_weekday(date(year, month, 1), weekday)
        return first and shift(first, "week", number - 1)
    last = latest_weekday(date(year, month, monthrange(year, month)[1]), weekday)
    return last and shift(last, "week", number + 1)


def easter(year: int) -> date:
    """Easter Sunday of the western churches (the anonymous Gregorian algorithm)."""
    golden, century, rest = year % 19, year // 100, year % 100
    epact = (19 * golden + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    weekday = (32 + 2 * (century % 4) + 2 * (rest // 4) - epact - rest % 4) % 7
    correction = (golden + 11 * epact + 22 * weekday) // 451
    month, day = divmod(epact + weekday - 7 * correction + 114, 31)
    return date(year, month, day + 1)
