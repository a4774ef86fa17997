"""What the resolver speaks of: figures, their appearances in the text, and what it found out about a word."""

from __future__ import annotations

from dataclasses import dataclass, field

from ..gazetteer import Sex
from ..records import SpeakerKind


@dataclass(eq=False)
class Figure:
    """Somebody or something that may be a speaker. Two figures are the same only if they are the same object.

    `noun`: the head noun, in the singular, of one without a proper name; `heads`: the tokens that name it.
    """

    name: str
    kind: SpeakerKind
    sex: Sex | None = None
    heads: list[int] = field(default_factory=list)
    noun: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What a word means: a figure, or None with the names between which the text does not decide. `sieve` is the rule that found it or refused."""

    figure: Figure | None
    sieve: str
    candidates: tuple[str, ...] = ()


OPEN = Finding(None, "open")


@dataclass(frozen=True, slots=True)
class Appearance:
    """A figure at a token: as a subject, inside a quotation."""

    token: int
    figure: Figure
    subject: bool
    quoted: bool


@dataclass(frozen=True, slots=True)
class Setting:
    """Where the words stand. By token: `paragraph` its number, `speech` the number of the quotation or transcript line that holds it, -1 for none.
    `told`: how many sentences of the writer's own come before (quotations, and items of a list, are passed over).
    `speaking`: the head tokens of sources; `voice`: the head token of the source of each speech, where one is known.
    """

    paragraph: list[int]
    speech: list[int]
    told: list[int]
    speaking: frozenset[int]
    voice: dict[int, int]
