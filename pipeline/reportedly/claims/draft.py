"""A claim being assembled: its spans are settled, what is said about it is not yet."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..findings import Attribution
from ..parse import Parse
from ..records import Spans

Range = tuple[int, int]
"""Tokens, from (inclusive) and to (exclusive)."""


@dataclass(slots=True)
class Draft:
    """A claim's spans with tidy edges, and the attribution that it comes from (None for a narrated claim) with its speaker's id.

    `place` is the attribution's place among those of the article, `verb` the token of a narrated claim's verb, `hull` from the first
    character of any part to the last (exclusive), `size` the number of the content's characters; `pieces` and `cue_pieces` are content and
    cue as token ranges. Nothing changes after it is made; it is not frozen because that makes making it slower.
    """

    parse: Parse = field(repr=False)
    content: Spans
    rule: str
    confidence: float
    attribution: Attribution | None = None
    speaker: str | None = None
    place: int | None = None
    verb: int | None = None
    hull: Range = field(init=False)
    size: int = field(init=False)
    pieces: tuple[Range, ...] = field(init=False)
    cue_pieces: tuple[Range, ...] = field(init=False)

    def __post_init__(self) -> None:
        parts = [part for part in (self.source, self.cue, self.content) if part]
        self.hull = min([part[0].start for part in parts]), max([part[-1].end for part in parts])
        self.size = sum([span.end - span.start for span in self.content])
        self.pieces = token_ranges(self.parse, self.content)
        self.cue_pieces = token_ranges(self.parse, self.cue)

    @property
    def cue(self) -> Spans:
        return self.attribution.cue if self.attribution else ()

    @property
    def source(self) -> Spans:
        return self.attribution.source if self.attribution else ()

    @property
    def cue_head(self) -> int | None:
        """The token of the cue that governs its others; None without a cue, and for one that was not parsed (a transcript's colon)."""
        if not self.cue_pieces:
            return None
        first, last = self.cue_pieces[0]
        head = self.parse.head
        return next((token for token in range(first, last) if not first <= head[token] < last or head[token] == token), first)

    def holds(self, start: int, end: int) -> bool:
        """Whether the characters lie inside one span of the content."""
        return any(span.start <= start and end <= span.end for span in self.content)


def token_ranges(parse: Parse, spans: Spans) -> tuple[Range, ...]:
    """The token ranges of spans, those without a token left out."""
    return tuple([(tokens[0], tokens[-1] + 1) for span in spans if (tokens := parse.tokens(span.start, span.end))])


def marked(length: int, ranges: Iterable[Range]) -> list[bool]:
    """For each of `length` tokens whether one of the ranges holds it."""
    flags = [False] * length
    for first, last in ranges:
        flags[first:last] = [True] * (last - first)
    return flags
