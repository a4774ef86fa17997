"""What dateparser does right: full dates with month names of other languages, and the offsets of named time zones.

Both are rare, so they stay out of the hot path and are remembered. dateparser gets explicit settings and a fixed base, so that no
clock and no zone of the machine gets in.
"""

from __future__ import annotations

import warnings
from datetime import date, datetime
from functools import lru_cache
from typing import Any

LANGUAGES = ["fr", "de", "es", "it", "pt", "nl"]
SETTINGS: dict[str, Any] = {
    "REQUIRE_PARTS": ["day", "month", "year"],
    "PARSERS": ["absolute-time"],
    "RELATIVE_BASE": datetime(2000, 1, 1),
    "TIMEZONE": "UTC",
    "RETURN_AS_TIMEZONE_AWARE": False,
}
AMERICAN = {"eastern": "E", "central": "C", "mountain": "M", "pacific": "P"}


@lru_cache(maxsize=1024)
def absolute(text: str) -> date | None:
    """The day that a full date means, None if it is none in the languages known here."""
    import dateparser  # half a second: only where an article holds such a date

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        found = dateparser.parse(text, languages=LANGUAGES, settings=SETTINGS)
    return found.date() if found else None


@lru_cache(maxsize=256)
def offset(zone: str) -> str:
    """The offset of a named zone, such as `-05:00` for "EST"; "" for a zone that has no one offset ("local time", "ET")."""
    from dateparser.timezone_parser import pop_tz_offset_from_string

    words = zone.replace(".", "").split()
    if words[0] in AMERICAN and len(words) == 3:
        words = [AMERICAN[words[0]] + words[1][0].upper() + "T"]
    if len(words) > 1 or len(words[0]) < 3:
        return ""
    _, info = pop_tz_offset_from_string(f"12:00 {words[0].upper()}")
    if info is None:
        return ""
    minutes = int(info.utcoffset(datetime(2000, 1, 1)).total_seconds()) // 60
    return f"{'-' if minutes < 0 else '+'}{abs(minutes) // 60:02}:{abs(minutes) % 60:02}"
