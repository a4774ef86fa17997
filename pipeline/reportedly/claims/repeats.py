"""The same claim again within an article: exact, near, or in a paragraph that is repeated word for word."""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Sequence

from rapidfuzz import fuzz

from ..findings import Layout
from ..parse import Parse
from ..records import Span, Spans
from .draft import Draft

OPENING = frozenset(("that", "whether", "if", "and", "but", "the", "a", "an"))
NEAR = 92
"""Least similarity (0–100) of near repeats: a changed word or two, no changed number."""
LEAST_WORDS = 4
RECENT = 20
"""How many of the latest claims that share the longest word are compared: work stays proportional to the text."""


def find_repeats(
    parse: Parse, layout: Layout, drafts: Sequence[Draft], negative: Sequence[bool], sources: Sequence[str]
) -> list[int | None]:
    """For each draft the number of the first that says the same, else None. `sources` tells speakers apart, `negative` polarity."""
    spoken = [word if word[0].isalnum() else "" for word in parse.lower]
    first: list[int | None] = [None] * len(drafts)
    copies = _copies(layout, drafts)
    exact: dict[tuple[str, bool, str], int] = {}
    near: dict[tuple[str, bool, tuple[str, ...], str], list[tuple[int, str]]] = defaultdict(list)
    for number, draft in enumerate(drafts):
        words = without_opening([word for a, b in draft.pieces for word in spoken[a:b] if word])
        said = " ".join(words)
        numbers = tuple([word for word in words if word[0].isdigit()])
        found = copies.get(number)
        if found is None and len(words) >= 2:
            found = exact.get((sources[number], negative[number], said))
        key = (sources[number], negative[number], numbers, max(words, key=len, default=""))
        if found is None and len(words) >= LEAST_WORDS:
            found = next(
                (n for n, other in near[key][-RECENT:] if fuzz.ratio(said, other) >= NEAR and not _overlap(draft, drafts[n])),
                None,
            )
        if found is not None and not _overlap(draft, drafts[found]):
            origin = first[found]
            first[number] = found if origin is None else origin
            continue
        exact.setdefault((sources[number], negative[number], said), number)
        near[key].append((number, said))
    return first


def without_opening(words: list[str]) -> list[str]:
    """The words of a content without an opening "that" or article."""
    first = 0
    while first < len(words) - 1 and words[first] in OPENING:
        first += 1
    return words[first:]


def _copies(layout: Layout, drafts: Sequence[Draft]) -> dict[int, int]:
    """The drafts in repeated paragraphs, each with the draft at the same place of the first such paragraph."""
    if all(paragraph.repeats is None for paragraph in layout.paragraphs):
        return {}
    starts = [paragraph.start for paragraph in layout.paragraphs]
    places = {(draft.cue, draft.content): number for number, draft in reversed(list(enumerate(drafts)))}
    found = {}
    for number, draft in enumerate(drafts):
        paragraph = layout.paragraphs[max(0, bisect_right(starts, draft.content[0].start) - 1)]
        if paragraph.repeats is None:
            continue
        shift = paragraph.start - layout.paragraphs[paragraph.repeats].start
        first = places.get((_moved(draft.cue, shift), _moved(draft.content, shift)))
        if first is not None:
            found[number] = first
    return found


def _moved(spans: Spans, shift: int) -> Spans:
    return tuple(Span(start=max(0, span.start - shift), end=max(0, span.end - shift)) for span in spans)


def _overlap(one: Draft, other: Draft) -> bool:
    return any(a.start < b.end and b.start < a.end for a in one.content for b in other.content)
