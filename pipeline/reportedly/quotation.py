"""Which characters of a text stand inside double quotation marks, and what that makes of a content."""

from __future__ import annotations

import re

from .records import QuoteKind, Span

WORD = re.compile(r"\w+(?:['’]\w+)*")


def inside(text: str) -> bytearray:
    """For each character 1 if it stands inside double quotation marks (opening mark included), else 0.

    Marks are “ ”, straight ones, and '' or ``. They pair within a paragraph; an unclosed one runs to the end of its
    paragraph. This is the plain convention by which contents are called direct, mixed or indirect.
    """
    flags, quoted = bytearray(len(text)), False
    for index, character in enumerate(text):
        if character == "\n" or character == "”":
            quoted = False
        elif character == "“":
            quoted = True
        elif character == '"' or (character in "'`" and text[index : index + 2] in ("''", "``")):
            quoted = not quoted
        flags[index] = quoted
    return flags


def kind(text: str, spans: tuple[Span, ...], flags: bytearray) -> QuoteKind:
    """`direct` if all words of the spans start inside quotation marks, `mixed` if some do, else `indirect`."""
    words = [span.start + match.start() for span in spans for match in WORD.finditer(text[span.start : span.end])]
    quoted = sum(flags[start] for start in words)
    return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"
