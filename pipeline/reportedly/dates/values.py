"""TIMEX3 values: the same in EDTF, and the first and last day that they cover. Pure functions of the value."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import lru_cache

from .arithmetic import make

SEASONS = {"SP": (21, 3), "SU": (22, 6), "FA": (23, 9), "WI": (24, 12)}
"""EDTF's number of a season and its first month (northern, meteorological); winter belongs to the year that it begins in."""
PERIOD = re.compile(
    r"(?P<year>\d{4})(?:-(?:Q(?P<quarter>[1-4])|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)|W(?P<week>\d\d)(?P<weekend>-WE)?"
    r"|(?P<month>\d\d)(?:-(?P<day>\d\d))?))?"
)
CLOCK = re.compile(r"T\d\d(?::\d\d(?::\d\d)?)?")
UNKNOWN_YEAR = re.compile(r"XXXX-(\d\d)(?:-(\d\d))?")
LEAP_YEAR = 2000

Days = tuple[date, date]


@lru_cache(maxsize=4096)
def days(value: str) -> Days | None:
    """The first and the last day (both inclusive) of a value; None for durations, sets, references, unknown years and impossible dates."""
    if "/" in value:
        ends = [days(part) for part in value.split("/")]
        if len(ends) != 2 or ends[0] is None or ends[1] is None or ends[0][0] > ends[1][1]:
            return None
        return ends[0][0], ends[1][1]
    if re.fullmatch(r"\d{2,3}", value):
        missing = 4 - len(value)
        return _span(int(value.ljust(4, "0")), 1, 12 * 10**missing)
    match = PERIOD.fullmatch(value.split("T")[0])
    return _period_days(match) if match else None


def _period_days(match: re.Match[str]) -> Days | None:
    year = int(match["year"])
    if match["quarter"]:
        return _span(year, 3 * int(match["quarter"]) - 2, 3)
    if match["half"]:
        return _span(year, 6 * int(match["half"]) - 5, 6)
    if match["season"]:
        return _span(year, SEASONS[match["season"]][1], 3)
    if match["week"]:
        try:
            monday = date.fromisocalendar(year, int(match["week"]), 1)
            return monday + timedelta(days=5 if match["weekend"] else 0), monday + timedelta(days=6)
        except (ValueError, OverflowError):
            return None
    if match["day"]:
        day = make(year, int(match["month"]), int(match["day"]))
        return (day, day) if day else None
    return _span(year, int(match["month"] or 1), 1 if match["month"] else 12)


def _span(year: int, month: int, months: int) -> Days | None:
    """The first and last day of that many months from a month on."""
    last_year, last_month = divmod(year * 12 + month - 1 + months - 1, 12)
    if not (year >= 1 and last_year <= 9999 and 1 <= month <= 12):
        return None
    return date(year, month, 1), date(last_year, last_month + 1, monthrange(last_year, last_month + 1)[1])


def edtf(value: str, mod: str | None = None, zone: str = "") -> str | None:
    """The value in EDTF, or None where EDTF cannot say it (or the day does not exist). `zone` is an offset such as `-05:00` for a clock time."""
    if "/" in value:
        first, last = (edtf(part, mod) for part in value.split("/"))
        return (
            f"{first}/{last}" if first and last and _may_bound(first) and _may_bound(last) and not _is_reversed(value) else None
        )
    plain = _clock_edtf(value, zone) if CLOCK.search(value) else _day_edtf(value.split("T")[0])
    if plain is None or mod != "APPROX":
        return plain
    if "/" in plain:
        return "/".join(f"{part}~" for part in plain.split("/"))
    return f"{plain}~" if re.fullmatch(r"[\dX]{4}(-(0\d|1[0-2]))?(-\d\d)?", plain) else None


def _is_reversed(value: str) -> bool:
    """Whether both ends are known and the last day comes before the first ("moved from 2029 to 2021")."""
    first, last = (days(part) for part in value.split("/"))
    return first is not None and last is not None and first[0] > last[1]


def _may_bound(part: str) -> bool:
    """An interval's ends are years, months or days, not seasons, clock times or intervals."""
    return re.fullmatch(r"[\dX]{4}(-(0\d|1[0-2]))?(-\d\d)?~?", part) is not None


def _clock_edtf(value: str, zone: str) -> str | None:
    day, clock = value.split("T")
    if days(day) is None or len(day) != 10:
        return None
    return f"{day}T{clock}{':00' * (2 - clock.count(':'))}{zone}"


def _day_edtf(value: str) -> str | None:
    if unknown := UNKNOWN_YEAR.fullmatch(value):
        exists = make(LEAP_YEAR, int(unknown[1]), int(unknown[2] or 1))
        return value if exists else None
    if re.fullmatch(r"\d{2,3}", value):
        return value.ljust(4, "X")
    match = PERIOD.fullmatch(value)
    covered = days(value)
    if not match or covered is None:
        return None
    if match["quarter"]:
        return f"{match['year']}-{32 + int(match['quarter'])}"
    if match["half"]:
        return f"{match['year']}-{39 + int(match['half'])}"
    if match["season"]:
        return f"{match['year']}-{SEASONS[match['season']][0]}"
    if match["week"]:
        return f"{covered[0].isoformat()}/{covered[1].isoformat()}"
    return value
