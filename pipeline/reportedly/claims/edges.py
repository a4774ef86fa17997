"""Clean edges of spans: whole pairs of quotation marks, no dangling mark, no comma or full stop of the sentence around."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable

from ..findings import Layout, Quotation
from ..records import Span, Spans

Characters = tuple[int, int]
"""From (inclusive) and to (exclusive)."""

OUTSIDE = frozenset(" \t\r\n\f\v\u00a0,;:–—-")
"""What no span begins or ends with; a full stop is cut only where it is a token of its own."""
WITHIN = frozenset(" ,.!?;:…–—-'’”\"`“‘")
"""What may stand between the edge of a span and the mark that belongs to it."""


PAIRS = {"“": "”", "‘": "’", '"': '"', "'": "'"}


class Edges:
    """Tidies spans of one article; `stops` are the offsets of its full stops that end sentences (tokens of their own)."""

    def __init__(self, text: str, layout: Layout, stops: frozenset[int]) -> None:
        self.text, self.stops = text, stops
        self.said = frozenset(paragraph.pieces[-1].start for paragraph in layout.paragraphs if paragraph.label)
        self.quotations = [quotation for quotation in layout.quotations if quotation.level == 1]
        self.starts = [quotation.start for quotation in self.quotations]

    def tidy(self, places: Iterable[Characters]) -> Spans:
        """Spans with clean edges, in order, those that overlap or touch made one, empty ones left out."""
        tidied: list[Characters] = []
        for start, end in sorted([self._tidy(start, end) for start, end in places]):
            if start >= end:
                continue
            if tidied and start <= tidied[-1][1]:
                tidied[-1] = (tidied[-1][0], max(end, tidied[-1][1]))
            else:
                tidied.append((start, end))
        return tuple([Span(start=start, end=end) for start, end in tidied])

    def _tidy(self, start: int, end: int) -> Characters:
        near = self._near(start, end)
        for quotation in near:
            start, end = self._with_marks(start, end, quotation)
        return self._trim(start, end, near)

    def _near(self, start: int, end: int) -> list[Quotation]:
        """The outer quotations that touch the characters: they do not overlap, so that at most one begins before and ends behind `start`."""
        first, last = bisect_left(self.starts, start), bisect_right(self.starts, end)
        before = self.quotations[first - 1 : first] if first else []
        return [quotation for quotation in before if quotation.end >= start] + self.quotations[first:last]

    def _with_marks(self, start: int, end: int, quotation: Quotation) -> Characters:
        text, opening, closing = self.text, quotation.start, quotation.end
        if opening < start < closing and _only(text[opening:start]) and (end >= closing or _only(text[end:closing])):
            start = opening
        elif closing - 1 <= start < closing and quotation.closed:  # begins with a mark that closes something before it
            start = closing
        if start <= opening < end < closing and quotation.closed and _only(text[end:closing]) and end > opening + 1:
            end = closing
        elif opening < end <= opening + 1 and start < opening:  # ends with a mark that opens something behind it
            end = opening
        return start, end

    def _trim(self, start: int, end: int, near: list[Quotation]) -> Characters:
        text = self.text
        while start < end and text[start] in OUTSIDE and not (text[start] == "-" and text[start + 1 : start + 2].isdigit()):
            start += 1
        if any(quotation.end == end and start <= quotation.start for quotation in near) or self._is_said_whole(start, end):
            return start, end
        while end > start and (text[end - 1] in OUTSIDE or end - 1 in self.stops):
            end -= 1
        return start, end

    def _is_said_whole(self, start: int, end: int) -> bool:
        """A transcript's line, and a quotation whose closing mark is missing, run to their end, full stop included."""
        if start in self.said:
            return True
        opening = self.text[start : start + 1]
        return opening in PAIRS and PAIRS[opening] not in self.text[start + 1 : end + 1]


def _only(between: str) -> bool:
    return all(character in WITHIN for character in between)
