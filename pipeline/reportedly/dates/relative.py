"""Makers of dates that are counted from another: yesterday, Monday, last week, two years ago, the day before, early next year."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime, timedelta
from fractions import Fraction

from ..records import Anchor
from .arithmetic import latest_weekday, next_weekday, shift
from .lengths import CLOCK_LETTERS, count_of, length
from .meaning import (
    Captured,
    Context,
    Meaning,
    Tense,
    base_of,
    dated,
    direction,
    first_of,
    grain,
    month_of,
    stated_mod,
    this_unit,
    unit_of,
    unknown,
    weekday_of,
)
from .quarters import QUARTER, latest_quarter, quarter_spoken_of
from .values import days

MONTHS_AHEAD = 4
"""A bare month without a tense is the coming one if it is at most so many months ahead."""

COUNTED_IN = {
    "fortnight": ("week", 2), "weekend": ("week", 1), "season": ("month", 3),
    "decade": ("year", 10), "century": ("year", 100), "millennium": ("year", 1000),
}  # fmt: skip
"""Units that "ago" counts in smaller ones: a decade ago is the year ten years back, not the decade before this one."""


def _year_of_month(month: int, base: date, tense: Tense | None) -> int:
    """The year of a bare month: by a past or future tense the last or the next one (the month of publication itself included), else the nearest."""
    ahead = (month - base.month) % 12
    if tense == "future" or (tense != "past" and ahead <= MONTHS_AHEAD):
        return base.year + (month < base.month)
    return base.year - (month > base.month)


def day_word(captured: Captured, context: Context) -> Meaning | None:
    """ "yesterday", "today", "tomorrow", "the day before yesterday"."""
    step = {"yesterday": -1, "today": 0, "tomorrow": 1, "before yesterday": -2, "after tomorrow": 2}[captured["which"]]
    if context.published is None:
        return Meaning("DATE", "XXXX-XX-XX")
    return grain(shift(context.published, "day", step), "day", mod=stated_mod(captured, context))


def weekday(captured: Captured, context: Context) -> Meaning | None:
    """The latest one not after publication, its own day included; the next one where the tense or a word points ahead."""
    number_, which = weekday_of(first_of(captured, "weekday", "weekday2"), context), direction(captured)
    base, anchor = base_of(captured, context)
    if base is None:
        return Meaning("DATE", f"XXXX-WXX-{number_}")
    if which == "back":
        return grain(latest_weekday(shift(base, "day", -1) or base, number_), "day", anchor)
    if which == "ahead" or (not which and context.tense in ("future", "present")):
        return grain(next_weekday(shift(base, "day", 1) or base if which else base, number_), "day", anchor)
    if captured.get("which", "").startswith("this") and context.tense != "past":
        return grain(next_weekday(base, number_), "day", anchor)
    return grain(latest_weekday(base, number_), "day", anchor)


def weekday_of_week(captured: Captured, context: Context) -> Meaning | None:
    base, anchor = base_of(captured, context)
    number_ = weekday_of(captured["weekday"], context)
    if base is None:
        return Meaning("DATE", f"XXXX-WXX-{number_}")
    step = {"back": -1, "ahead": 1}.get(direction(captured), 0)
    monday = latest_weekday(base, 1)
    target = shift(monday, "day", 7 * step + number_ - 1) if monday else None
    return grain(target, "day", anchor)


def which_unit(captured: Captured, context: Context) -> Meaning | None:
    """The unit that holds the day, or the one before or after it: YYYY, YYYY-MM, ISO week."""
    if captured.get("unit2") == "period":
        return latest_quarter(context)
    if captured["unit"] == "quarter" and captured["which"] in ("that", "same"):
        return next(
            (dated(meaning.value, "text") for meaning in reversed(context.seen) if QUARTER.fullmatch(meaning.value)), None
        )
    unit, words = unit_of(captured["unit"], context), (captured.get("which") or "").split()
    base, anchor = base_of(captured, context)
    if base is None:
        return unknown(unit)
    step = {"back": -1, "ahead": 1}.get(direction(captured), 0)
    if unit == "quarter" and {"latest", "recent", "ended", "just-ended"}.intersection(words):
        return latest_quarter(context)
    if unit == "weekend" and not step and anchor == "published":
        return weekend(captured, context)
    return grain(shift(base, unit, step), unit, anchor, stated_mod(captured, context))


def past_unit(captured: Captured, context: Context) -> Meaning | None:
    """ "the past week" is a stretch of a week's length, "the past year and a half" one of a year and a half."""
    count = Fraction(3, 2) if captured.get("half") else Fraction(1)
    return Meaning("DURATION", length(count, unit_of(captured["unit"], context)))


def weekend(_captured: Captured, context: Context) -> Meaning | None:
    """The latest weekend that has begun, that of a day named before in the sentence; the coming one where the tense points ahead."""
    covered = days(named.value) if (named := context.named_beside()) else None
    if covered and covered[0].isoweekday() >= 6:
        return grain(covered[0], "weekend", "text")
    if context.published is None:
        return unknown("weekend")
    begun = context.published.isoweekday() >= 6
    return grain(shift(context.published, "week", 0 if begun or context.tense in ("future", "present") else -1), "weekend")


def month(captured: Captured, context: Context) -> Meaning | None:
    """A month without its year."""
    number_, which, mod = month_of(captured["month"], context), direction(captured), stated_mod(captured, context)
    base, anchor = base_of(captured, context)
    if base is None:
        return Meaning("DATE", f"XXXX-{number_:02}", mod)
    if which == "back":
        year_ = base.year - (number_ >= base.month)
    elif which == "ahead":
        year_ = base.year + (number_ <= base.month)
    elif "this" in (captured.get("which") or ""):
        year_ = base.year
    else:
        year_ = _year_of_month(number_, base, context.tense)
    return Meaning("DATE", f"{year_:04}-{number_:02}", mod, anchor)


def season(captured: Captured, context: Context) -> Meaning | None:
    """A season of a named year, else the latest past (with "this" and "next": of this year, the next). Winter counts to the year it begins in."""
    code, base = context.words.seasons[captured["season"]], context.published
    if captured.get("year"):
        named = context.read(captured["year"])
        return Meaning("DATE", f"{named.value}-{code}", anchor=named.anchor) if named and len(named.value) == 4 else None
    if base is None:
        return Meaning("DATE", f"XXXX-{code}")
    began = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
    which, words = direction(captured), (captured.get("which") or "").split()
    running = began <= base.month < began + 3 or (code == "WI" and base.month < 3)
    latest = base.year - (began > base.month)
    if "this" in words:
        return Meaning("DATE", f"{latest if running else base.year:04}-{code}", anchor="published")
    if which == "ahead" or (not which and context.tense == "future" and not running):
        return Meaning("DATE", f"{latest + 1:04}-{code}", anchor="published")
    return Meaning("DATE", f"{latest - (running and which == 'back'):04}-{code}", anchor="published")


def the_unit(captured: Captured, context: Context) -> Meaning | None:
    """ "for the year": a stretch; "the week" where the text goes on from it: that week."""
    unit = unit_of(captured["unit"], context)
    if unit in ("year", "month"):
        return Meaning("DURATION", length(Fraction(1), unit))
    return grain(context.published, unit) if context.published else unknown(unit)


def modified(captured: Captured, context: Context) -> Meaning | None:
    """ "early", "mid", "late", "the end of" a stretch."""
    inner = context.read(captured["inner"])
    if inner is None:
        return None
    if inner.type == "DURATION":  # "the end of the month"
        inner = this_unit(unit_of(captured["inner"].split()[-1], context), context)
    mods = context.words.mod_of
    return replace(inner, mod=mods.get(captured["mod"]) or mods.get("the " + captured["mod"]))


def year_end(captured: Captured, context: Context) -> Meaning | None:
    inner = context.read(captured["inner"]) if captured.get("inner") else this_unit("year", context)
    return replace(inner, mod="END") if inner else None


def ago(captured: Captured, context: Context) -> Meaning | None:
    """ "three months ago": the day that many units off, at the unit's grain. "earlier" and "later" count from the date before in the text."""
    unit, way = unit_of(captured["unit"], context), captured["way"]
    count, mod = count_of(captured.get("count") or ""), stated_mod(captured, context)
    count = count + Fraction(1, 2) if count is not None and captured.get("half") else count
    forward = way.startswith(("later", "after", "from", "hence", "thereafter"))
    from_now = way in ("ago", "from now", "hence", "from today")
    if not from_now and (count is None or unit in CLOCK_LETTERS):
        moved = _clock_shifted(context.clock_before(), unit, count if forward else -count) if count is not None else None
        return Meaning("TIME", moved, mod, "text") if moved else Meaning("DURATION", length(count, unit), mod)
    if count is None:
        return Meaning("DATE", "FUTURE_REF" if forward else "PAST_REF")
    step = int(count) if forward else -int(count)
    if unit == "year" and not forward and (current := quarter_spoken_of(context)):
        return dated(f"{int(current[:4]) + step:04}{current[4:]}", "text") if 0 < int(current[:4]) + step <= 9999 else None
    base, anchor = base_of(captured, context) if from_now else _base_in_text(unit, context)
    if unit in CLOCK_LETTERS:
        return (
            Meaning("TIME", f"{base.isoformat()}TXX:XX", mod, anchor)
            if base
            else Meaning("DATE", "FUTURE_REF" if forward else "PAST_REF")
        )
    if base is None:
        return unknown(unit)
    if count.denominator == 2 and unit == "year":
        unit, step = "month", int(count * 12) * (1 if forward else -1)
    plain_unit, times = COUNTED_IN.get(unit, (unit, 1))
    return grain(shift(base, plain_unit, step * times), plain_unit, anchor, mod)


def _clock_shifted(clock: str | None, unit: str, count: Fraction) -> str | None:
    """A clock time so many hours or minutes later."""
    seconds = {"hour": 3600, "minute": 60}.get(unit)
    if clock is None or seconds is None:
        return None
    try:
        moved = datetime.fromisoformat(clock) + timedelta(seconds=float(count * seconds))
    except (ValueError, OverflowError):
        return None
    return moved.isoformat(timespec="minutes")


def _base_in_text(unit: str, context: Context) -> tuple[date | None, Anchor]:
    """The day that "a day earlier" counts from: the date before it in the text. Years count from the present one unless the text names another."""
    earlier = context.earlier(unit)
    covered = days(earlier.value) if earlier and (unit != "year" or earlier.anchor is None) else None
    return (covered[0], "text") if covered else (context.published, "published")


def from_day(captured: Captured, context: Context) -> Meaning | None:
    """ "two days before Christmas"."""
    unit, count = unit_of(captured.get("unit") or "day", context), count_of(captured.get("count") or "a")
    inner = context.read(captured["day"])
    covered = days(inner.value) if inner else None
    if count is None or covered is None or unit in CLOCK_LETTERS or inner is None:
        return None
    step = -int(count) if captured["way"] == "before" else int(count)
    unit = {"fortnight": "week", "weekend": "week", "millennium": "century", "season": "quarter"}.get(unit, unit)
    return grain(shift(covered[0], unit, step), "day", inner.anchor or "text")


def week_from(captured: Captured, context: Context) -> Meaning | None:
    """ "a week from Friday", "a week ago Tuesday"."""
    inner = context.read(captured["day"])
    covered = days(inner.value) if inner else None
    step = -1 if " ago " in captured["all"] else 1
    return grain(shift(covered[0], unit_of(captured["unit"], context), step), "day") if covered else None


def week_of(captured: Captured, context: Context) -> Meaning | None:
    """ "the week of 5 June"."""
    inner = context.read(captured["day"])
    covered = days(inner.value) if inner else None
    return grain(covered[0], captured["unit"], inner.anchor or "text") if inner and covered else None


def day_before(captured: Captured, context: Context) -> Meaning | None:
    """ "the day before", "the year after": counted from the date before in the text."""
    part = context.words.parts_of_day.get(captured["unit"])
    unit = "day" if part else unit_of(captured["unit"], context)
    earlier = context.earlier(unit)
    covered = days(earlier.value) if earlier else None
    if covered is None and context.published is None:
        return unknown(unit)
    base = covered[0] if covered else context.published
    step = -1 if captured["way"] in ("before", "earlier") else 1
    found = grain(shift(base, unit, step) if base else None, unit, "text" if covered else "published")
    return replace(found, type="TIME", value=f"{found.value}T{part}") if found and part else found


def in_units(captured: Captured, context: Context) -> Meaning | None:
    """ "in two weeks' time"."""
    return ago({**captured, "way": "from now"}, context)
