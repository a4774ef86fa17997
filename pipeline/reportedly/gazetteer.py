"""Known words about people and places (`people.yaml`, `places.yaml`), for the stages that read names and speakers."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from .rulebook import Model, Rule

Sex = Literal["female", "male"]
MOST_TITLE_WORDS = 4


class BySex(Rule):
    """Words by the sex that they tell."""

    female: tuple[str, ...]
    male: tuple[str, ...]
    either: tuple[str, ...] = ()


class Nouns(BySex):
    """Nouns of persons; `endings` end further such nouns."""

    endings: tuple[str, ...]


class PeopleFile(Rule):
    titles: BySex
    doubtful_titles: tuple[str, ...]
    short_titles: dict[str, str]
    nouns: Nouns
    given: BySex


class PlacesFile(Rule):
    countries: dict[str, tuple[str, ...]]
    short: dict[str, str]
    towns: tuple[str, ...]
    regions: tuple[str, ...]
    areas: tuple[str, ...]
    peoples: tuple[str, ...]


@dataclass(frozen=True)
class People:
    """Titles, nouns of persons and first names, in lower case; of those that tell the sex, which."""

    titles: frozenset[str]
    doubtful_titles: frozenset[str]
    short_titles: dict[str, str]
    title_starts: frozenset[str]
    title_ends: frozenset[str]
    nouns: frozenset[str]
    endings: tuple[str, ...]
    given: frozenset[str]
    title_sex: dict[str, Sex]
    noun_sex: dict[str, Sex]
    given_sex: dict[str, Sex]

    @classmethod
    def load(cls, model: Model) -> People:
        rows = model.table("people.yaml", PeopleFile)
        titles, nouns, given = _by_word(rows.titles), _by_word(rows.nouns), _by_word(rows.given)
        all_titles = frozenset(titles | dict.fromkeys(rows.titles.either))
        return cls(
            titles=all_titles,
            title_starts=frozenset(title.split()[0].partition("-")[0] for title in all_titles),
            title_ends=frozenset(title.split()[-1].rpartition("-")[2] for title in all_titles),
            doubtful_titles=frozenset(rows.doubtful_titles),
            short_titles=rows.short_titles,
            nouns=frozenset(nouns | dict.fromkeys(rows.nouns.either)),
            endings=rows.nouns.endings,
            given=frozenset(rows.given.female + rows.given.male + rows.given.either),
            title_sex=titles,
            noun_sex=nouns,
            given_sex=given,
        )

    def is_noun(self, lemma: str) -> bool:
        """Whether a common noun, given by its lemma in lower case, means a person."""
        return lemma in self.nouns or (lemma.endswith(self.endings) and len(lemma) > 6)

    def title_before(self, lower: Sequence[str], first: int) -> str:
        """The longest title right before word `first`, without full stops; empty if there is none."""
        if not first or lower[first - 1].rstrip(".") not in self.title_ends:
            return ""
        for size in range(min(MOST_TITLE_WORDS, first), 0, -1):
            words = title_form(lower[first - size : first])
            if words in self.titles:
                return words
        return ""


def title_form(lower: Sequence[str]) -> str:
    """Words as a title is written in the list: "Sen." as "sen", "secretary - general" as "secretary-general"."""
    return " ".join(lower).replace(" - ", "-").replace(".", "")


@dataclass(frozen=True)
class Places:
    """Known places and peoples, in lower case. `labels`: name → GPE, LOC or NORP; `country`: a country, its other names, its people → country."""

    labels: dict[str, str]
    country: dict[str, str]

    @classmethod
    def load(cls, model: Model) -> Places:
        rows = model.table("places.yaml", PlacesFile)
        gpe = [*rows.countries, *rows.short, *rows.towns, *rows.regions]
        peoples = [people for names in rows.countries.values() for people in names] + list(rows.peoples)
        labels = {name.lower(): "NORP" for people in peoples for name in (people, people + "s")}
        labels |= {name.lower(): "LOC" for name in rows.areas} | {name.lower(): "GPE" for name in gpe}
        country = {name.lower(): name for name in rows.countries} | {name.lower(): meant for name, meant in rows.short.items()}
        for name, its_people in rows.countries.items():
            country |= {form.lower(): name for people in its_people for form in (people, people + "s")}
        return cls(labels, country)


def _by_word(words: BySex) -> dict[str, Sex]:
    female: dict[str, Sex] = dict.fromkeys(words.female, "female")
    male: dict[str, Sex] = dict.fromkeys(words.male, "male")
    both = female.keys() & male.keys()
    return {word: sex for word, sex in (female | male).items() if word not in both}
