"""Word tokens and one-to-one matching: what every comparison of spans rests on.

A token is a word (with inner apostrophes) or one punctuation character. Only words are counted, so punctuation,
quotation marks and white space at the edge of a span never matter. A token belongs to a span if they share a character.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import TypeVar

from .. import quotation
from ..records import QuoteKind
from .lists import STOP_WORDS

Range = tuple[int, int]
Tokens = frozenset[int]
"""Numbers of tokens, counted over the article."""
NONE: Tokens = frozenset()
Left = TypeVar("Left")
Right = TypeVar("Right")

_TOKEN = re.compile(r"\w+(?:['’]\w+)*|[^\w\s]")


class Words:
    """The tokens of one article."""

    def __init__(self, text: str) -> None:
        self.text = text
        found = list(_TOKEN.finditer(text))
        self.starts = [match.start() for match in found]
        self.ends = [match.end() for match in found]
        self.is_word = [match[0][0].isalnum() or match[0][0] == "_" for match in found]
        self.is_stop = [match[0].lower().replace("’", "'") in STOP_WORDS for match in found]
        flags = quotation.inside(text)
        self.is_quoted = [bool(flags[start]) for start in self.starts]

    def covered(self, spans: Iterable[Range], *, punctuation: bool = False) -> Tokens:
        """The tokens that share a character with any span: words, and with `punctuation` all. Spans may leave the text."""
        return frozenset(
            index
            for start, end in spans
            if start < end
            for index in range(bisect_right(self.ends, max(start, 0)), bisect_left(self.starts, end))
            if punctuation or self.is_word[index]
        )

    def telling(self, tokens: Tokens) -> Tokens:
        """Those tokens that make two spans overlap: words that are no stop words, or all if there are none."""
        return frozenset(index for index in tokens if self.is_word[index] and not self.is_stop[index]) or tokens

    def kind(self, tokens: Tokens) -> QuoteKind:
        """`direct` if all tokens stand inside double quotation marks, `mixed` if some do, else `indirect`."""
        quoted = sum(self.is_quoted[index] for index in tokens)
        return "indirect" if not quoted else "direct" if quoted == len(tokens) else "mixed"

    def whole(self, spans: Iterable[Range]) -> list[Range]:
        """The spans in order, neighbours joined where nothing but white space or punctuation lies between them."""
        joined: list[Range] = []
        for start, end in sorted(spans):
            if joined and not re.search(r"\w", self.text[joined[-1][1] : start]):
                joined[-1] = joined[-1][0], max(joined[-1][1], end)
            else:
                joined.append((start, end))
        return joined


def iou(one: Tokens, other: Tokens) -> float:
    """Intersection over union; 0 where either is empty."""
    return len(one & other) / len(one | other) if one and other else 0.0


def matching(left: Sequence[Left], right: Sequence[Right], fits: Callable[[Left, Right], bool]) -> dict[int, int]:
    """A maximum one-to-one matching {number in `left`: number in `right`} (Kuhn's algorithm; earlier ones are served first)."""
    choices = [[number for number, other in enumerate(right) if fits(item, other)] for item in left]
    return _augmented(choices, {})


def best_matching(left: Sequence[Left], right: Sequence[Right], weight: Callable[[Left, Right], float]) -> dict[int, int]:
    """As `matching`, of pairs with a weight above 0, beginning with the heaviest pairs."""
    weights = [(weight(item, other), i, j) for i, item in enumerate(left) for j, other in enumerate(right)]
    pairs = sorted((pair for pair in weights if pair[0] > 0), key=lambda pair: (-pair[0], pair[1], pair[2]))
    owner: dict[int, int] = {}
    served: set[int] = set()
    choices: list[list[int]] = [[] for _ in left]
    for _, i, j in pairs:
        choices[i].append(j)
        if j not in owner and i not in served:
            owner[j] = i
            served.add(i)
    return _augmented(choices, owner)


def _augmented(choices: list[list[int]], owner: dict[int, int]) -> dict[int, int]:
    """Complete `owner` {right: left} to a maximum matching, and turn it round."""

    def serve(item: int, tried: set[int]) -> bool:
        for number in choices[item]:
            if number not in tried:
                tried.add(number)
                if number not in owner or serve(owner[number], tried):
                    owner[number] = item
                    return True
        return False

    served = set(owner.values())
    for item in range(len(choices)):
        if item not in served:
            serve(item, set())
    return {item: number for number, item in sorted(owner.items())}
