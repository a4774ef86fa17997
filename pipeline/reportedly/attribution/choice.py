"""Which of the places beside a cue hold its content, and which its source: counted shares, weighed against those of the other places.

What is told of a place besides its share takes few values, so it is kept as a tuple; its names are those that weights are fitted to.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import NamedTuple, TypeVar

from ..parse import Parse
from .arguments import Argument, Range, Subject, is_passive
from .tables import Tables, logistic, logit

Row = TypeVar("Row", "AsContent", "AsSource")
FAR = 5
"""Distances are told apart by powers of two up to this one."""


class AsContent(NamedTuple):
    """A place that may be content. `rival`: the best share of the other places, in fifths; `beside`: the key of that place."""

    pos: str
    class_: str
    full: str
    key: str
    rival: int
    beside: str
    quoted: bool
    time: bool
    passive: bool

    @property
    def names(self) -> tuple[str, ...]:
        """Its features."""
        return (
            f"at {self.full}",
            f"at {self.key} beside {self.beside}",
            f"{self.class_} at {self.key} beside {self.beside}",
            f"{self.pos} at {self.key}",
            f"rival {self.rival}",
            f"rival {self.rival} at {self.key}",
            f"quoted {self.quoted} at {self.key}",
            f"time {self.time} at {self.key}",
            f"passive {self.passive} {self.class_} at {self.key}",
        )


class AsSource(NamedTuple):
    """A place that may be the source: `word` is its pronoun, else "a name or noun"; `form` its part of speech and tag."""

    pos: str
    class_: str
    key: str
    word: str
    form: str
    label: str
    rival: int
    in_content: bool
    distance: str
    passive: bool
    cue_tag: str

    @property
    def names(self) -> tuple[str, ...]:
        """Its features."""
        return (
            f"{self.word} of {self.class_}",
            f"{self.pos} by {self.key}",
            f"{self.class_} by {self.key}",
            f"is {self.form}",
            f"label {self.label}",
            f"label {self.label} by {self.key}",
            f"rival {self.rival}",
            f"rival {self.rival} by {self.key}",
            f"in the content {self.in_content}",
            f"distance {self.distance}",
            f"passive {self.passive} by {self.key}",
            f"{self.cue_tag} by {self.key}",
        )


CLEAR, UNLIKELY = 0.9, 0.1


def as_contents(
    parse: Parse,
    index: int,
    cue: str,
    tables: Tables,
    places: Sequence[Argument],
    shares: Sequence[float],
    quote_of: Sequence[int],
) -> list[AsContent]:
    """What is told of each place beside the cue at `index` (`cue` is its id in the lexicon); `quote_of[token]` is -1 outside quotations."""
    pos, class_, passive, times = cue.rpartition("/")[2], tables.class_of(cue), is_passive(parse, index), parse.times
    first, second = _best_two(shares)
    keys = [place.key.partition("+")[0] for place in places]
    rows = []
    for number, place in enumerate(places):
        rival = second if number == first else first
        rows.append(
            AsContent(
                pos,
                class_,
                place.key,
                keys[number],
                int(5 * shares[rival]) if rival >= 0 else 0,
                keys[rival] if rival >= 0 else "-",
                max(quote_of[place.first : place.last], default=-1) >= 0,
                place.head in times,
                passive,
            )
        )
    return rows


def as_sources(
    parse: Parse,
    index: int,
    cue: str,
    tables: Tables,
    places: Sequence[Subject],
    shares: Sequence[float],
    content: Sequence[Range],
) -> list[AsSource]:
    """What is told of each place where the source of the cue at `index` may stand; `content` are the ranges of its content."""
    pos, class_, passive, tag = cue.rpartition("/")[2], tables.class_of(cue), is_passive(parse, index), parse.tag[index]
    first, second = _best_two(shares)
    rows = []
    for number, (key, token) in enumerate(places):
        rival = second if number == first else first
        rows.append(
            AsSource(
                pos,
                class_,
                key,
                parse.lower[token] if parse.pos[token] == "PRON" else "a name or noun",
                f"{parse.pos[token]} {parse.tag[token]}",
                parse.labels.get(token, "-"),
                int(5 * shares[rival]) if rival >= 0 else 0,
                any(start <= token < end for start, end in content),
                f"{min(FAR, abs(index - token).bit_length())} {'before' if token < index else 'after'}",
                passive,
                tag,
            )
        )
    return rows


def _best_two(shares: Sequence[float]) -> tuple[int, int]:
    """The numbers of the largest share and of the largest of the others; of equal ones the earlier; -1 where there is none."""
    best = second = -1
    for number, value in enumerate(shares):
        if best < 0 or value > shares[best]:
            best, second = number, best
        elif second < 0 or value > shares[second]:
            second = number
    return best, second


def is_clear(shares: Sequence[float]) -> bool:
    """Whether one share is so large and all others so small that there is nothing to weigh."""
    return max(shares, default=0.0) >= CLEAR and sum(value > UNLIKELY for value in shares) == 1


def chances(
    rows: Sequence[Row], shares: Sequence[float], weights: dict[str, float], sum_of: Callable[[Row], float]
) -> list[float]:
    """How likely each place is what is looked for; `sum_of` gives the sum of the weights of a row's features."""
    bias, slope = weights["bias"], weights["counts"]
    return [logistic(bias + slope * logit(value) + sum_of(row)) for row, value in zip(rows, shares, strict=True)]


def values_of(row: AsContent | AsSource, value: float) -> dict[str, float]:
    """A row and its counted share as weights are fitted to them: `{feature: value}`."""
    return {"bias": 1.0, "counts": logit(value), **dict.fromkeys(row.names, 1.0)}
