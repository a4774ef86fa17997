"""Inline markup of one claim: `{source} [cue] <content>`, as rule examples, tests and annotation sheets write it.

Strict on purpose: an unclosed, crossing or empty mark is an error, so that no example can assert nothing.
A backslash makes the next character plain text.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from .errors import MarkupError

MARKS = {"{": ("}", "source"), "[": ("]", "cue"), "<": (">", "content")}
CLOSERS = {closer: opener for opener, (closer, _) in MARKS.items()}


@dataclass(frozen=True)
class Marked:
    """Plain text and the marked ranges in it, each (start inclusive, end exclusive), in the order of the text."""

    text: str
    source: tuple[tuple[int, int], ...] = field(default=())
    cue: tuple[tuple[int, int], ...] = field(default=())
    content: tuple[tuple[int, int], ...] = field(default=())


def read(marked: str) -> Marked:
    """Parse marked text. Marks may nest but not cross. Raises MarkupError for an unclosed, unopened, crossing or empty mark."""
    plain: list[str] = []
    open_marks: list[tuple[str, int]] = []
    ranges: dict[str, list[tuple[int, int]]] = {"source": [], "cue": [], "content": []}
    characters = iter(marked)
    for character in characters:
        if character == "\\":
            plain.append(next(characters, "\\"))
        elif character in MARKS:
            open_marks.append((character, len(plain)))
        elif character in CLOSERS:
            if not open_marks or open_marks[-1][0] != CLOSERS[character]:
                raise MarkupError(
                    f"{character!r} closes what is not open",
                    value=marked,
                    remedy="marks nest; write a plain bracket as \\" + character,
                )
            opener, start = open_marks.pop()
            if start == len(plain):
                raise MarkupError("an empty mark", value=marked, remedy="mark some text or leave the mark out")
            ranges[MARKS[opener][1]].append((start, len(plain)))
        else:
            plain.append(character)
    if open_marks:
        raise MarkupError(
            f"{open_marks[-1][0]!r} is never closed",
            value=marked,
            remedy="close it, or write a plain bracket as \\" + open_marks[-1][0],
        )
    return Marked("".join(plain), *(tuple(sorted(ranges[part])) for part in ("source", "cue", "content")))
