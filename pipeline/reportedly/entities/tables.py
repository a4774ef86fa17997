"""The rule file of names, as sets that the stage asks."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from ..gazetteer import People, Places
from ..rulebook import Model, Rule

Kind = Literal["ORG", "FAC", "LOC", "EVENT", "LAW"]


class NamesFile(Rule):
    particles: tuple[str, ...]
    suffixes: tuple[str, ...]
    heads: dict[Kind, tuple[str, ...]]
    places_have: tuple[str, ...]
    places_of: tuple[str, ...]
    bodies_have: tuple[str, ...]
    people_have: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True)
class Tables:
    """What tells the kinds of names apart, in lower case. `heads`: the head word of a name → its label."""

    people: People
    places: Places
    particles: frozenset[str]
    suffixes: frozenset[str]
    heads: dict[str, str]
    places_have: frozenset[str]
    places_of: frozenset[str]
    bodies_have: frozenset[str]
    people_have: frozenset[str]
    never: frozenset[str]

    @classmethod
    def load(cls, model: Model) -> Tables:
        rows = model.table("entities.yaml", NamesFile)
        return cls(
            people=People.load(model),
            places=Places.load(model),
            particles=frozenset(rows.particles),
            suffixes=frozenset(rows.suffixes),
            heads={word: kind for kind, words in rows.heads.items() for word in words},
            places_have=frozenset(rows.places_have),
            places_of=frozenset(rows.places_of),
            bodies_have=frozenset(rows.bodies_have),
            people_have=frozenset(rows.people_have),
            never=frozenset(rows.never),
        )
