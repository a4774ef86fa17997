"""Makers of clock times and parts of the day, on the day that they belong to."""

from __future__ import annotations

import re
from dataclasses import replace

from . import foreign
from .arithmetic import shift
from .meaning import Captured, Context, Meaning, base_of, direction, first_of, grain, stated_mod
from .numbers import number
from .values import days


def clock(captured: Captured, context: Context) -> Meaning | None:
    """A clock time on its day: the one that it names, else that of publication."""
    time = (
        _clock(captured["clock"])
        if captured.get("clock")
        else _clock(f"{captured['hour']} {'a' if 'morning' in captured['half'] else 'p'}.m.")
    )
    if time is None:
        return None
    day = context.read(captured["day"]) if captured.get("day") else context.day_beside()
    value = f"{day.value}T{time}" if day else f"T{time}"
    named = first_of(captured, "zone", "zone2")
    zone = foreign.offset(named) if named else ""
    return Meaning("TIME", value, stated_mod(captured, context), day.anchor if day else None, zone)


def clock_range(captured: Captured, context: Context) -> Meaning | None:
    """ "between 9:30 p.m. and midnight": both on the day that is named, or from it into the next."""
    named = {"day": captured["day"]} if captured.get("day") else {}
    zone = {"zone": captured["zone"]} if captured.get("zone") else {}
    first = clock({"clock": captured["first"], **named, **zone}, context)
    last_word = captured["last"]
    if last_word in context.words.parts_of_day:
        last = part_of_day({"part": last_word, "all": last_word, **named}, context)
    else:
        last = clock({"clock": last_word, **named, **zone}, context)
    if first is None or last is None:
        return None
    if last.value < first.value:
        last = _a_day_later(last)
    return Meaning("TIME", f"{first.value}/{last.value}", anchor=first.anchor, ends=(first, last))


def _a_day_later(meaning: Meaning) -> Meaning:
    day, _, time = meaning.value.partition("T")
    covered = days(day) if day else None
    later = shift(covered[0], "day", 1) if covered else None
    return replace(meaning, value=f"{later.isoformat()}T{time}") if later else meaning


def _clock(text: str) -> str | None:
    """`HH:MM` of "5 p.m.", "17:30", "five o'clock"."""
    if "o'clock" in text:
        hour = number(text.split(" ")[0].split("o'")[0])
        return f"{int(hour):02}:00" if hour is not None and hour <= 24 else None
    figures = re.findall(r"\d+", text) or [str(number(text.split(" ")[0]) or 0)]
    if len(figures) == 1 and len(figures[0]) == 4:
        figures = [figures[0][:2], figures[0][2:]]
    hour_ = int(figures[0])
    if half := re.search(r"([ap])\.?m", text):
        if not 1 <= hour_ <= 12:
            return None
        hour_ = hour_ % 12 + (12 if half[1] == "p" else 0)
    rest = ":".join(figures[1:]) or "00"
    return f"{hour_:02}:{rest}"


def part_of_day(captured: Captured, context: Context) -> Meaning | None:
    """ "Monday night", "noon", "midnight Friday": the day with the part's code."""
    day = context.read(captured["day"]) if captured.get("day") else context.day_beside()
    if captured["part"] == "overnight" and not captured.get("day") and context.published and context.tense != "future":
        day = grain(shift(context.published, "day", -1), "day")
    words = re.split(r"[- ]", captured["part"].replace("midnight", "mid_night").replace("midday", "mid_day"))
    part = words[-1].replace("_", "")
    if part.startswith("mid") and part not in context.words.parts_of_day:
        words, part = ["mid", part[3:]], part[3:]
    mod = stated_mod(captured, context) or context.words.mod_of.get(words[0])
    code = context.words.parts_of_day[part]
    return Meaning("TIME", f"{day.value}T{code}" if day else f"T{code}", mod, day.anchor if day else None)


def this_part(captured: Captured, context: Context) -> Meaning | None:
    """ "last night", "tonight", "this morning", "that evening"."""
    words = re.split(r"[- ]", captured["part"])
    code = context.words.parts_of_day[words[-1]]
    base, anchor = base_of(captured, context)
    if captured["which"] == "the":
        day_ = context.day_beside() if context.tense == "past" and code != "NI" else None
        return Meaning("TIME", f"{day_.value}T{code}", anchor=day_.anchor) if day_ else None
    mod = stated_mod(captured, context) or (context.words.mod_of.get(words[0]) if len(words) > 1 else None)
    if base is None:
        return Meaning("TIME", f"XXXX-XX-XXT{code}", mod)
    step = {"yesterday": -1, "tomorrow": 1}.get(captured["which"]) or {"back": -1, "ahead": 1}.get(direction(captured), 0)
    day = shift(base, "day", step)
    return Meaning("TIME", f"{day.isoformat()}T{code}", mod, anchor) if day else None
