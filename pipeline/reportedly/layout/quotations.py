"""Pairing quotation marks of every style, also unbalanced ones and ones that run over paragraphs."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from ..findings import Quotation
from ..records import Span

MARK = re.compile(r"''|``|[\"“”„«»‘’']")
OPENING_ONLY, CLOSING_ONLY = frozenset("“„«") | {"``"}, frozenset("”»")
SINGLE = frozenset("'‘’")
BEFORE_OPENING = re.compile(r"[\s(\[{/—–\-:“\"‘'`]")
AFTER_CLOSING = re.compile(r"[\s)\]},.;:?!—–\-…”\"’'/]")
ELISION = re.compile(r"['’](?:\d\ds?\b|(?:em|til|cause|tis|twas|n|round|bout)\b)", re.IGNORECASE)
SENTENCE_END = re.compile(r"[,.?!…;:—–-]")


class Mark(NamedTuple):
    start: int
    end: int
    single: bool
    may_open: bool
    may_close: bool


def find_quotations(text: str, paragraphs: tuple[Span, ...]) -> tuple[Quotation, ...]:
    """All quotations of the text, outer and inner, in the order of their starts. `paragraphs` are the ranges within which marks pair."""
    found: list[Quotation] = []
    for number, paragraph in enumerate(paragraphs):
        opens_next = _opening_mark(text, paragraphs[number + 1]) if number + 1 < len(paragraphs) else ""
        found += _pair(list(_marks(text, paragraph)), paragraph.end, opens_next, text)
    return tuple(sorted(found, key=lambda quotation: (quotation.start, -quotation.end)))


def _marks(text: str, paragraph: Span) -> Iterator[Mark]:
    for match in MARK.finditer(text, paragraph.start, paragraph.end):
        start, end, sign = match.start(), match.end(), match[0]
        before = text[start - 1] if start > paragraph.start else " "
        after = text[end] if end < paragraph.end else " "
        opens_here = bool(BEFORE_OPENING.match(before)) and not after.isspace()
        closes_here = not before.isspace() and (bool(AFTER_CLOSING.match(after)))
        if sign in SINGLE:
            if (before.isalnum() and after.isalnum()) or (opens_here and ELISION.match(text, start)):
                continue
            may_open, may_close = opens_here and sign != "’", closes_here and sign != "‘"
        elif sign in OPENING_ONLY:
            may_open = not (closes_here and after.isspace())  # “…,“ said: the wrong mark closes it
            may_close = not may_open
        elif sign in CLOSING_ONLY:
            may_open, may_close = False, True
        else:
            may_open, may_close = opens_here or not closes_here, closes_here or not opens_here
        if may_open or may_close:
            yield Mark(start, end, sign in SINGLE, may_open, may_close)


def _pair(marks: list[Mark], end: int, opens_next: str, text: str) -> list[Quotation]:
    """Pair the marks of one paragraph from left to right. An unclosed double mark runs to the paragraph's end, a single one where the next
    paragraph opens with a single one again."""
    goes_on = bool(opens_next) and opens_next in SINGLE
    last_closing = max((number for number, mark in enumerate(marks) if mark.single and mark.may_close), default=-1)
    found: list[Quotation] = []
    outer: Mark | None = None
    inner: Mark | None = None
    for number, mark in enumerate(marks):
        if mark.single:
            if outer is not None and outer.single:
                if mark.may_close and not _is_possessive(marks, number, text):
                    found.append(Quotation(outer.start, mark.end, True, 1))
                    outer = None
            elif inner is not None and mark.may_close and not _is_possessive(marks, number, text):
                found.append(Quotation(inner.start, mark.end, True, 2))
                inner = None
            elif mark.may_open and (goes_on or number < last_closing):
                if outer is None:
                    outer = mark
                else:
                    inner = mark
        elif outer is None:
            if mark.may_open:
                outer = mark
        elif outer.single:  # a double mark inside single ones: an inner quotation, closed by the next double mark
            if inner is not None and mark.may_close:
                found.append(Quotation(inner.start, mark.end, True, 2))
                inner = None
            elif mark.may_open:
                inner = mark
        elif mark.may_close:
            found.append(Quotation(outer.start, mark.end, True, 1))
            outer = inner = None
        else:  # a second opening mark: the first was never closed, so it ends where this one begins
            stop = mark.start
            while text[stop - 1].isspace():
                stop -= 1
            if stop > outer.end:
                found.append(Quotation(outer.start, stop, False, 1))
            outer, inner = mark, None
    if outer is not None and (goes_on or not outer.single) and end > outer.end:
        found.append(Quotation(outer.start, end, False, 1, continues=bool(opens_next)))
    return found


def _is_possessive(marks: list[Mark], number: int, text: str) -> bool:
    """ "the dogs' owner": a mark after s that no punctuation precedes, where the next mark is a closing single one as well."""
    mark = marks[number]
    if text[mark.start - 1] not in "sS" or not text[mark.end : mark.end + 1].isspace():
        return False
    return number + 1 < len(marks) and marks[number + 1].single and marks[number + 1].may_close


def _opening_mark(text: str, paragraph: Span) -> str:
    """The mark that a paragraph opens with, or nothing."""
    match = MARK.match(text, paragraph.start, paragraph.end)
    return match[0] if match and match[0] not in CLOSING_ONLY and match[0] != "’" else ""
