"""Which characters of a text stand inside double quotation marks, and what that makes of a content."""

from __future__ import annotations

import re

from .records import QuoteKind, Span

TURN = re.compile(r"[\n“”\"]|'(?=')|`(?=`)")
WORD = re.compile(r"\w+(?:['’]\w+)*")


def inside(text: str) -> bytearray:
    """For each character 1 if it stands inside double quotation marks (opening mark included), else 0.

    Marks are “ ”, straight ones, and '' or ``. They pair within a paragraph; an unclosed one runs to the end of its
    paragraph. This is the plain convention by which contents are called direct, mixed or indirect.
    """
    flags, quoted, at = bytearray(len(text)), False, 0
    for match in TURN.finditer(text):
        index, mark = match.start(), match[0]
        if quoted:
            flags[at:index] = b"\x01" * (index - at)
        quoted = mark == "“" or (mark not in "\n”" and not quoted)
        flags[index] = quoted
        at = index + 1
    if quoted:
        flags[at:] = b"\x01" * (len(text) - at)
    return flags


def kind(text: str, spans: tuple[Span, ...], flags: bytearray) -> QuoteKind:
    """`direct` if all words of the spans start inside quotation marks, `mixed` if some do, else `indirect`."""
    if all(flags.find(1, span.start, span.end) < 0 for span in spans):
        return "indirect"
    words = [span.start + match.start() for span in spans for match in WORD.finditer(text[span.start : span.end])]
    quoted = sum(flags[start] for start in words)
    return "indirect" if not quoted else "direct" if quoted == len(words) else "mixed"
