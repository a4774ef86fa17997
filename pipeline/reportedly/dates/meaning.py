"""What an expression means, what that may depend on, and the helpers that all makers share."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import islice
from typing import Literal

from ..records import Anchor, Mod, TimexType
from .arithmetic import at_grain
from .rules import Words
from .values import days

Tense = Literal["past", "present", "future"]
BACK = frozenset(["last", "past", "previous", "preceding", "before"])
AHEAD = frozenset(["next", "coming", "upcoming", "following", "ensuing", "after"])
CLOCK_TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d)?")
DAY = re.compile(r"\d{4}-\d\d-\d\d(?!/)")
FROM_TEXT = frozenset(["same", "that", "following", "previous", "preceding", "ensuing"])
"""Counted from a date of the text, not from publication."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """What an expression means. `anchor` is None for absolute values; `zone` is an offset from UTC such as `-05:00`."""

    type: TimexType
    value: str
    mod: Mod | None = None
    anchor: Anchor | None = None
    zone: str = ""
    ends: tuple[Meaning, Meaning] | None = None


@dataclass(frozen=True, slots=True)
class Settings:
    """`day_first`: 3/4/2020 is 3 April where it could be both. `fiscal_start`: the month (1 to 12) in which a fiscal year begins; the year in which
    it ends gives it its name."""

    day_first: bool = False
    fiscal_start: int = 1


@dataclass(frozen=True, slots=True)
class Context:
    """What a value may depend on: the publication date, the tense of the governing verb, the meanings before it in the text, in order."""

    published: date | None
    tense: Tense | None
    seen: Sequence[Meaning]
    words: Words
    settings: Settings
    read: Callable[[str], Meaning | None]
    """The meaning of an expression inside the expression."""
    beside: int = 0
    """How many of those before it, the last ones, stand in the same sentence."""

    def day_beside(self) -> Meaning | None:
        """The day of a clock time that names none: the one before it in the sentence; else, unless the tense looks ahead, that of the event, which
        the text named first (with a time of the day, if any has one); else that of publication."""
        if named := self.named_beside():
            return named
        near: list[str] = []
        if self.tense != "future" and self.published:
            today = self.published.isoformat()
            past = [meaning for meaning in self.seen if DAY.match(meaning.value) and meaning.value[:10] <= today]
            past = [meaning for meaning in past if meaning.anchor or meaning.value != today]  # a dateline is not the event's
            near = [meaning.value[:10] for meaning in past if meaning.type == "TIME"] or [meaning.value for meaning in past]
        return Meaning("DATE", near[0], anchor="text") if near else grain(self.published, "day")

    def named_beside(self) -> Meaning | None:
        """The day that the same sentence has named before."""
        near = islice(reversed(self.seen), self.beside)
        return next((Meaning("DATE", meaning.value[:10], anchor="text") for meaning in near if DAY.match(meaning.value)), None)

    def clock_before(self) -> str | None:
        """The last clock time before this expression, if nothing but lengths of time stands between."""
        last = next((meaning for meaning in reversed(self.seen) if meaning.type != "DURATION"), None)
        return last.value if last and CLOCK_TIME.fullmatch(last.value) else None

    def earlier(self, unit: str = "") -> Meaning | None:
        """The date before this one in the text, references and durations aside; for days the last one that is a day."""
        dated = (meaning for meaning in reversed(self.seen) if meaning.type in ("DATE", "TIME") and days(meaning.value))
        return next((meaning for meaning in dated if unit not in ("day", "night") or DAY.match(meaning.value)), None)


Captured = Mapping[str, str]
Maker = Callable[[Captured, Context], Meaning | None]


def dated(value: str | None, anchor: Anchor | None = "published", mod: Mod | None = None) -> Meaning | None:
    return Meaning("DATE", value, mod, anchor) if value else None


def grain(day: date | None, unit: str, anchor: Anchor = "published", mod: Mod | None = None) -> Meaning | None:
    return Meaning("DATE", at_grain(day, unit), mod, anchor) if day else None


def first_of(captured: Captured, *names: str) -> str:
    """The first captured group among those named `name`, `name2` … (alternatives of one pattern), "" if there is none."""
    return next((captured[name] for name in names if captured.get(name)), "")


def stated_mod(captured: Captured, context: Context) -> Mod | None:
    return context.words.mod_of.get(first_of(captured, "mod", "mod2"))


def unit_of(word: str, context: Context) -> str:
    units = context.words.units
    return units.get(word) or units.get(word.removesuffix("s"), "") or {"centuries": "century", "half": "half"}.get(word, "")


def month_of(word: str, context: Context) -> int:
    word = word.rstrip(".")
    return context.words.months.get(word) or context.words.month_abbreviations[word]


def weekday_of(word: str, context: Context) -> int:
    word = word.rstrip(".")
    return context.words.weekdays.get(word) or context.words.weekday_abbreviations[word]


def direction(captured: Captured) -> str:
    """ "back", "ahead" or "" of the word before the unit."""
    words = (captured.get("which") or "").split()
    return "back" if BACK.intersection(words) else "ahead" if AHEAD.intersection(words) else ""


def base_of(captured: Captured, context: Context) -> tuple[date | None, Anchor]:
    """The day that a relative expression is counted from, and where it came from."""
    words = (captured.get("which") or "").split()
    onwards = "following" in words or ("the next" in captured["all"] and context.tense == "past")
    unit = "day" if captured.get("part") else captured.get("unit") or ""
    earlier = context.earlier(unit) if onwards or FROM_TEXT.intersection(words) else None
    covered = days(earlier.value) if earlier else None
    if covered:
        return covered[1] if onwards else covered[0], "text"
    return context.published, "published"


def unknown(unit: str) -> Meaning:
    """A unit of which only the kind is known."""
    values = {
        "day": "XXXX-XX-XX", "week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX", "quarter": "XXXX-QX", "half": "XXXX-HX",
        "decade": "XXX", "century": "XX",
    }  # fmt: skip
    return Meaning("DATE", values.get(unit, "XXXX"))


def this_unit(unit: str, context: Context) -> Meaning:
    return grain(context.published, unit) or unknown(unit)
