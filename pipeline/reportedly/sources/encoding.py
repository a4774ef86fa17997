"""Bytes to text: UTF-8 with or without a byte-order mark, anything else by detection and with a warning."""

from __future__ import annotations

import codecs
import re
from contextlib import suppress

from ..errors import InputError

LIKELY = ["cp1252"]
"""Tried first where the bytes are not UTF-8: on a short English text a detector that knows a hundred encodings guesses wildly."""
WIDE = ["utf_16", "utf_16_le", "utf_16_be", "utf_32", "utf_32_le", "utf_32_be"]
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
MOST_CONTROL = 0.1
"""A text with a larger share of control characters is no text."""


def decode(data: bytes, declared: str | None = None) -> tuple[str, str | None]:
    """The text without its byte-order mark, newlines untouched, and a warning if its encoding had to be guessed.

    `declared` is the encoding that a page names for itself, believed where the bytes are not UTF-8. Raises InputError for binary data.
    """
    text, warning = _decoded(data, declared)
    if len(CONTROL.findall(text)) > MOST_CONTROL * len(text):
        raise _binary()
    return text, warning


def _decoded(data: bytes, declared: str | None) -> tuple[str, str | None]:
    if not _looks_wide(data):
        try:
            return data.removeprefix(codecs.BOM_UTF8).decode("utf-8"), None
        except UnicodeDecodeError:
            pass
    if declared:
        with suppress(UnicodeError, LookupError):
            return data.decode(declared), None
    from charset_normalizer import from_bytes

    match = from_bytes(data, cp_isolation=WIDE if _looks_wide(data) else LIKELY).best() or from_bytes(data).best()
    if match is None:
        raise _binary()
    return str(match).removeprefix("\ufeff"), f"not UTF-8: read as {match.encoding}"


def _looks_wide(data: bytes) -> bool:
    """UTF-16 or UTF-32: by its mark, or because every second byte or more is NUL, as in no UTF-8 text."""
    return data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE, codecs.BOM_UTF32_BE)) or data.count(0) > 0.3 * len(data)


def _binary() -> InputError:
    return InputError("not a text: binary data, or an encoding that cannot be told", remedy="save it as UTF-8 text")
