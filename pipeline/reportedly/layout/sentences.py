"""Sentence boundaries mended where the parser cut at a quotation mark."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ..parse import Parse

CLOSING = frozenset(("”", "’", "''", ")", "]", "»"))
TERMINAL = frozenset((".", "!", "?", ":", ";", "…", "..."))


def mend_sentences(parse: Parse, quoted: Sequence[bool]) -> Parse:
    """The same parse with better sentences. `quoted[i]` says whether token i stands inside an outer quotation, marks included.

    A closing mark that opens a sentence goes back to the one before; a sentence that begins in lower case after a closing mark, or after no
    final punctuation at all, is joined to the one before.
    """
    mended: list[tuple[int, int]] = []
    for first, last in parse.sentences:
        if mended:
            while first < last and _closes(parse, quoted, first):
                mended[-1] = (mended[-1][0], first + 1)
                first += 1
            if first == last:
                continue
            if _goes_on(parse, mended[-1], first):
                mended[-1] = (mended[-1][0], last)
                continue
        mended.append((first, last))
    return replace(parse, sentences=mended)


def _closes(parse: Parse, quoted: Sequence[bool], index: int) -> bool:
    word = parse.word[index]
    touches = parse.end[index - 1] == parse.start[index]
    if not touches:
        return False
    return word in CLOSING or (
        word in ('"', "'") and quoted[index - 1] and (index + 1 == len(parse) or parse.start[index + 1] > parse.end[index])
    )


def _goes_on(parse: Parse, before: tuple[int, int], first: int) -> bool:
    last = before[1] - 1
    gap = parse.text[parse.end[last] : parse.start[first]]
    if "\n" in gap or "\r" in gap or not parse.word[first][0].islower():
        return False
    return parse.word[last] not in TERMINAL
