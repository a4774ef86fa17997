"""The counted tables: which words are cues, where their content and source stand, and how often that came out right.

Every share is counted, smoothed towards the share of the more general class. Nothing here is a matter of taste.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from pydantic import Field

from ..records import Act, Stance
from ..rulebook import Model, Rule

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
    lent: bool = False
    frames: dict[str, Counts] = Field(default_factory=dict)
    content: dict[str, Counts] = Field(default_factory=dict)
    source: dict[str, Counts] = Field(default_factory=dict)


class Described(Protocol):
    """A tuple of what is told of a place, with the names of its features."""

    @property
    def names(self) -> tuple[str, ...]: ...
    def __hash__(self) -> int: ...


REMEMBERED = 50_000
"""So many sums are remembered before they are forgotten and begun anew."""
NOTHING = CueRow(id="", cue=0, occurs=0)


class ActRow(Rule):
    """A class of cue words, by hand: what they do and what they say of the truth."""

    id: str
    act: Act
    stance: Stance = "neutral"
    words: tuple[str, ...]


class ClassRow(Rule):
    """A class of verbs that `acts.yaml` does not sort, and what they do for lack of better knowledge."""

    id: str
    act: Act = "assert"
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
    """`accept`: the least confidence of a claim; `accept_nested`: of one inside another's content; `accept_inside`: of one inside a quotation
    that no claim holds; `overall`: (right, of) of all candidates."""

    accept: float
    accept_nested: float
    accept_inside: float
    overall: Counts


class Words(Rule):
    """Closed lists: `voices` speak before the colon of a headline, `light_verbs` say nothing before a noun that is a cue, and "in" one of
    the `polls` or somebody's `views` a whole clause is said."""

    voices: frozenset[str] = frozenset()
    light_verbs: frozenset[str] = frozenset()
    polls: frozenset[str] = frozenset()
    views: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Sorting:
    """Words by class: those that a class of speech acts has, and other verbs."""

    acts: dict[str, ActRow]
    verbs: dict[str, ClassRow]

    @classmethod
    def load(cls, model: Model) -> Sorting:
        return cls(
            acts={word: row for row in model.rows("acts.yaml", ActRow) for word in row.words},
            verbs={word: row for row in model.rows("verb-classes.yaml", ClassRow) for word in row.words},
        )


def without_particle(id_: str) -> str:
    """The id of a verb alone: "point/VERB" for "point out/VERB"."""
    lemma, _, pos = id_.rpartition("/")
    return f"{lemma.partition(' ')[0]}/{pos}"


def class_id(id_: str, words: Sorting) -> str:
    """The class of a cue word (`lemma/POS`) as `class/POS`; it begins with "-" for none."""
    lemma, _, pos = id_.rpartition("/")
    verb = lemma.partition(" ")[0]
    row = words.acts.get(lemma) or words.acts.get(verb) or (words.verbs.get(verb) if pos == "VERB" else None)
    return f"{row.id if row else '-'}/{pos}"


@dataclass(frozen=True)
class Tables:
    """All counted tables, with the smoothed shares that rules ask for. What begins with an underscore remembers answers."""

    cues: dict[str, CueRow]
    roles: dict[str, RoleRow]
    paths: dict[str, Counts]
    cuts: dict[str, Counts]
    frames: dict[str, Counts]
    weights: dict[str, float]
    settings: Settings
    words: Sorting
    lists: Words = field(default_factory=Words)
    classes: dict[str, CueRow] = field(default_factory=dict)
    content_weights: dict[str, float] = field(default_factory=dict)
    source_weights: dict[str, float] = field(default_factory=dict)
    _sums: dict[Described, float] = field(default_factory=dict, repr=False)
    _known: dict[str, CueRow | None] = field(default_factory=dict, repr=False)
    _classes: dict[str, str] = field(default_factory=dict, repr=False)
    _contents: dict[tuple[str, str], float] = field(default_factory=dict, repr=False)
    _sources: dict[tuple[str, str], float] = field(default_factory=dict, repr=False)
    _rights: dict[tuple[str, str], tuple[float, float, float]] = field(default_factory=dict, repr=False)

    @classmethod
    def load(cls, model: Model) -> Tables:
        return cls(
            cues={row.id: row for row in model.rows("cues.yaml", CueRow)},
            roles={row.id: row for row in model.rows("roles.yaml", RoleRow)},
            paths={row.id: row.seen for row in model.rows("paths.yaml", PathRow)},
            cuts={row.id: row.seen for row in model.rows("cuts.yaml", CutRow)},
            frames={row.id: row.seen for row in model.rows("frames.yaml", FrameRow)},
            weights={row.id: row.weight for row in model.rows("weights.yaml", WeightRow)},
            content_weights={row.id: row.weight for row in model.rows("content-weights.yaml", WeightRow)},
            source_weights={row.id: row.weight for row in model.rows("source-weights.yaml", WeightRow)},
            settings=model.table("attribution.yaml", Settings),
            classes={row.id: row for row in model.rows("cue-classes.yaml", CueRow)},
            words=Sorting.load(model),
            lists=model.table("attribution-words.yaml", Words),
        )

    def act(self, lemma: str, *particles: str) -> tuple[Act, Stance]:
        """What a cue of this lemma does, and the writer's stance in it; what its class of verbs does, or a neutral assertion,
        where none has it.

        A class may hold the lemma with a particle ("call for"), which goes before the lemma alone.
        """
        forms = (*(f"{lemma} {particle}" for particle in particles), lemma)
        row = next((self.words.acts[form] for form in forms if form in self.words.acts), None)
        if row:
            return row.act, row.stance
        verb = self.words.verbs.get(lemma)
        return (verb.act if verb else "assert"), "neutral"

    def row(self, id_: str | None) -> CueRow | None:
        """The row of a cue word (`lemma/POS`). A word that was not counted has that of its class, if words of that class are cues often enough."""
        if id_ is None:
            return None
        known = self._known
        if id_ not in known:
            known[id_] = self.cues.get(id_) or self.cues.get(without_particle(id_)) or self._lent(id_)
        return known[id_]

    def _lent(self, id_: str) -> CueRow | None:
        return CueRow(id=id_, cue=0, occurs=0) if self.classes.get(self.class_of(id_), NOTHING).lent else None

    def class_of(self, id_: str) -> str:
        """The class of a cue word as `class/POS`; it begins with "-" for none."""
        found = self._classes.get(id_)
        if found is None:
            found = self._classes[id_] = class_id(id_, self.words)
        return found

    def class_row(self, cue: CueRow) -> CueRow:
        """What was counted of the rare words of a cue's class."""
        return self.classes.get(self.class_of(cue.id), NOTHING)

    def content_share(self, cue: CueRow, key: str) -> float:
        """How likely what stands at `key` beside this cue is content."""
        found = self._contents.get((cue.id, key))
        if found is None:
            found = self._contents[cue.id, key] = self._content_share(cue, key)
        return found

    def _content_share(self, cue: CueRow, key: str) -> float:
        row, plain = self.roles.get(key), key.partition("+")[0]
        base = share((0, 0) if row is None else (row.content, row.total), self._plain_share(plain), 4.0)
        if row is None:
            base *= 0.5
        base = share(self.class_row(cue).content.get(key, (0, 0)), base, 6.0)
        return share(cue.content.get(key, (0, 0)), base, 3.0)

    def _plain_share(self, plain: str) -> float:
        row = self.roles.get(plain)
        return 0.1 if row is None else (row.content + 0.3) / (row.total + 2)

    def source_share(self, cue: CueRow, pos: str, path: str) -> float:
        """How likely what stands at the end of `path` is the source of this cue."""
        found = self._sources.get((cue.id, path))
        if found is None:
            found = self._sources[cue.id, path] = self._source_share(cue, pos, path)
        return found

    def _source_share(self, cue: CueRow, pos: str, path: str) -> float:
        yes, of = self.paths.get(f"{pos} {path}", (0, 0))
        base = (yes + 0.2) / (of + 2) if of else 0.02
        base = share(self.class_row(cue).source.get(path, (0, 0)), base, 6.0)
        return share(cue.source.get(path, (0, 0)), base, 4.0)

    def content_sum(self, row: Described) -> float:
        """The sum of the weights of a place as content, without its counted share."""
        return self._sum(row, self.content_weights)

    def source_sum(self, row: Described) -> float:
        """The sum of the weights of a place as source, without its counted share."""
        return self._sum(row, self.source_weights)

    def _sum(self, row: Described, weights: dict[str, float]) -> float:
        found = self._sums.get(row)
        if found is None:
            if len(self._sums) >= REMEMBERED:
                self._sums.clear()
            found = self._sums[row] = sum(weights.get(name, 0.0) for name in row.names)
        return found

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

    def cue_share(self, id_: str | None) -> float:
        """How often a word is a cue; 0 for one that is not in the lexicon."""
        row = self.row(id_)
        return row.cue / max(1, row.occurs) if row else 0.0

    def right_share(self, cue: CueRow, pos: str, key: str) -> tuple[float, float, float]:
        """How likely a candidate of this cue with its content at `key` comes out right, the same for the cue alone, and how often the
        word is a cue at all."""
        found = self._rights.get((cue.id, key))
        if found is None:
            found = self._rights[cue.id, key] = self._right_share(cue, pos, key)
        return found

    def _right_share(self, cue: CueRow, pos: str, key: str) -> tuple[float, float, float]:
        by_frame = share(self.frames.get(f"{pos} {key}", (0, 0)), self.overall, 5.0)
        by_cue = share(cue.seen, share(self.class_row(cue).seen, self.overall, 10.0), 4.0)
        both = 1 / (1 + math.exp(logit(self.overall) - logit(by_frame) - logit(by_cue)))
        return share(cue.frames.get(key, (0, 0)), both, 3.0), by_cue, share((cue.cue, cue.occurs), 0.1, 4.0)


def share(seen: Counts, prior: float, weight: float) -> float:
    """A share smoothed by `weight` imagined cases at `prior`."""
    return (seen[0] + weight * prior) / (seen[1] + weight)


def logistic(sum_: float) -> float:
    """The probability whose natural log of odds is `sum_`."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, sum_))))


def logit(probability: float) -> float:
    """Natural log of the odds, kept between those of .5 % and 99.5 %."""
    bounded = min(max(probability, 0.005), 0.995)
    return math.log(bounded / (1 - bounded))
