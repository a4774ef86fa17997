"""The counted tables: which words are cues, where their content and source stand, and how often that came out right.

Every share is counted, smoothed towards the share of the more general class. Nothing here is a matter of taste.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Literal

from pydantic import Field

from ..records import Act, Stance
from ..rulebook import Model, Rule

CueKind = Literal["VERB", "NOUN", "ADJ", "ADP", "AUX", "ADV"]
Counts = tuple[int, int]
"""(yes, of)."""


class CueRow(Rule):
    """A word that may be a cue.

    `cue`: how often it was one; `occurs`: how often the word occurs; `quotes`: how often its content was a quotation. `seen`: how
    often a candidate of it came out right, of how many; `frames`: the same by the place of its content. `content`, `source`: by place, how
    often what stood there was content, or source.
    """

    id: str
    cue: int
    occurs: int
    quotes: int = 0
    seen: Counts = (0, 0)
    frames: dict[str, Counts] = Field(default_factory=dict)
    content: dict[str, Counts] = Field(default_factory=dict)
    source: dict[str, Counts] = Field(default_factory=dict)


class ActRow(Rule):
    """A class of cue words, by hand: what they do and what they say of the truth."""

    id: str
    act: Act
    stance: Stance = "neutral"
    words: tuple[str, ...]


class RoleRow(Rule):
    """A place beside a cue of any word: how often what stands there is content, source, part of the cue, none of these."""

    id: str
    content: int = 0
    source: int = 0
    cue: int = 0
    none: int = 0

    @property
    def total(self) -> int:
        return self.content + self.source + self.cue + self.none


class PathRow(Rule):
    """A path to the source, for cues of one part of speech: `POS path`, how often it led to the source, of how many."""

    id: str
    seen: Counts


class CutRow(Rule):
    """A constituent at the end of a content: how often the content ended before it, of how many."""

    id: str
    seen: Counts


class FrameRow(Rule):
    """A content's place for cues of one part of speech: `POS place`, how often the candidate came out right, of how many."""

    id: str
    seen: Counts


class WeightRow(Rule):
    """One summand of a candidate's score: the feature and its weight (natural log of odds)."""

    id: str
    weight: float


class Settings(Rule):
    """`accept`: the least confidence of a claim; `accept_inside`: of one inside a quotation that no claim holds; `overall`: (right, of) of
    all candidates."""

    accept: float
    accept_inside: float
    overall: Counts


@dataclass(frozen=True)
class Tables:
    """All counted tables, with the smoothed shares that rules ask for."""

    cues: dict[str, CueRow]
    roles: dict[str, RoleRow]
    paths: dict[str, Counts]
    cuts: dict[str, Counts]
    frames: dict[str, Counts]
    weights: dict[str, float]
    settings: Settings
    acts: dict[str, ActRow] = field(default_factory=dict)

    @classmethod
    def load(cls, model: Model) -> Tables:
        return cls(
            cues={row.id: row for row in model.rows("cues.yaml", CueRow)},
            roles={row.id: row for row in model.rows("roles.yaml", RoleRow)},
            paths={row.id: row.seen for row in model.rows("paths.yaml", PathRow)},
            cuts={row.id: row.seen for row in model.rows("cuts.yaml", CutRow)},
            frames={row.id: row.seen for row in model.rows("frames.yaml", FrameRow)},
            weights={row.id: row.weight for row in model.rows("weights.yaml", WeightRow)},
            settings=model.table("attribution.yaml", Settings),
            acts={word: row for row in model.rows("acts.yaml", ActRow) for word in row.words},
        )

    def act(self, lemma: str) -> tuple[Act, Stance]:
        """What a cue of this lemma does, and the writer's stance in it; a neutral assertion where no class has it."""
        row = self.acts.get(lemma)
        return (row.act, row.stance) if row else ("assert", "neutral")

    def content_share(self, cue: CueRow, key: str) -> float:
        """How likely what stands at `key` beside this cue is content."""
        row, plain = self.roles.get(key), key.partition("+")[0]
        base = share((0, 0) if row is None else (row.content, row.total), self._plain_share(plain), 4.0)
        if row is None:
            base *= 0.5
        return share(cue.content.get(key, (0, 0)), base, 3.0)

    def _plain_share(self, plain: str) -> float:
        row = self.roles.get(plain)
        return 0.1 if row is None else (row.content + 0.3) / (row.total + 2)

    def source_share(self, cue: CueRow, pos: str, path: str) -> float:
        """How likely what stands at the end of `path` is the source of this cue."""
        yes, of = self.paths.get(f"{pos} {path}", (0, 0))
        base = (yes + 0.2) / (of + 2) if of else 0.02
        return share(cue.source.get(path, (0, 0)), base, 4.0)

    def cut_share(self, keys: tuple[str, str, str]) -> float:
        """How likely a content ends before this constituent; `keys` from the general to the special."""
        value = 0.15
        for key in keys:
            value = share(self.cuts.get(key, (0, 0)), value, 4.0)
        return value

    @cached_property
    def overall(self) -> float:
        yes, of = self.settings.overall
        return yes / of

    def right_share(self, cue: CueRow, pos: str, key: str) -> tuple[float, float]:
        """How likely a candidate of this cue with its content at `key` comes out right, and the same for the cue alone."""
        by_frame = share(self.frames.get(f"{pos} {key}", (0, 0)), self.overall, 5.0)
        by_cue = share(cue.seen, self.overall, 4.0)
        both = 1 / (1 + math.exp(logit(self.overall) - logit(by_frame) - logit(by_cue)))
        return share(cue.frames.get(key, (0, 0)), both, 3.0), by_cue


def share(seen: Counts, prior: float, weight: float) -> float:
    """A share smoothed by `weight` imagined cases at `prior`."""
    return (seen[0] + weight * prior) / (seen[1] + weight)


def logit(probability: float) -> float:
    """Natural log of the odds, kept between those of .5 % and 99.5 %."""
    bounded = min(max(probability, 0.005), 0.995)
    return math.log(bounded / (1 - bounded))
