"""The word lists of the speakers stage."""

from __future__ import annotations

from dataclasses import dataclass

from ..gazetteer import People, Places
from ..records import SpeakerKind
from ..rulebook import Model, Rule


class SpeakersFile(Rule):
    organisations: tuple[str, ...]
    documents: tuple[str, ...]
    voices: tuple[str, ...]
    synonyms: tuple[tuple[str, ...], ...]
    groups: tuple[str, ...]
    generic: tuple[str, ...]
    relational: tuple[str, ...]
    kin: tuple[str, ...]
    offices: tuple[str, ...]
    unnamed_by_habit: tuple[str, ...]
    wider: dict[str, tuple[str, ...]]


class SieveRow(Rule):
    """A rule of the resolver. `seen`: how often what it resolved was right, of how many."""

    id: str
    seen: tuple[int, int]

    @property
    def precision(self) -> float:
        """The share of right ones, smoothed by one right and one wrong."""
        right, of = self.seen
        return round((right + 1) / (of + 2), 2)


@dataclass(frozen=True)
class Tables:
    """Nouns of speakers, singular and in lower case. `kinds`: noun → kind; `wider`: noun → the roles that it may stand for; `precision`: by sieve."""

    people: People
    places: Places
    kinds: dict[str, SpeakerKind]
    voices: frozenset[str]
    synonyms: dict[str, str]
    generic: frozenset[str]
    relational: frozenset[str]
    kin: frozenset[str]
    offices: frozenset[str]
    unnamed_by_habit: frozenset[str]
    wider: dict[str, frozenset[str]]
    precision: dict[str, float]

    @classmethod
    def load(cls, model: Model) -> Tables:
        rows = model.table("speakers.yaml", SpeakersFile)
        kinds: dict[str, SpeakerKind] = dict.fromkeys(rows.groups, "group")
        kinds |= dict.fromkeys(rows.documents, "document")
        kinds |= dict.fromkeys(rows.organisations, "organisation")
        return cls(
            people=People.load(model),
            places=Places.load(model),
            kinds=kinds,
            voices=frozenset(rows.voices),
            synonyms={word: words[0] for words in rows.synonyms for word in words},
            generic=frozenset(rows.generic),
            relational=frozenset(rows.relational),
            kin=frozenset(rows.kin),
            offices=frozenset(rows.offices),
            unnamed_by_habit=frozenset(rows.unnamed_by_habit),
            wider={noun: frozenset(roles) for noun, roles in rows.wider.items()},
            precision={row.id: row.precision for row in model.rows("sieves.yaml", SieveRow)},
        )
