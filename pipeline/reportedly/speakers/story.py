"""One reading of an article from left to right that says of each name, noun of a person and pronoun who is meant."""

from __future__ import annotations

from collections.abc import Iterable

from ..parse import Parse
from ..records import SpeakerKind
from .cast import Cast, Member, Naming, words_before
from .figures import OPEN, Appearance, Figure, Finding, Setting
from .pronouns import PRONOUNS, SUBJECTS, antecedent
from .sources import phrase_name
from .tables import Tables

DEFINITE = frozenset(("the", "that", "this"))
POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our", "your"))
NAMED = frozenset(("named", "called", "identified"))
LOWER = frozenset(("deputy", "vice", "acting", "shadow", "assistant"))
"""Words that make another office of an office."""
PAST_OR_PRESENT = frozenset(("former", "ex", "late", "current", "new", "next", "incoming", "outgoing"))
"""Words that tell one holder of an office from another; one who is called "former" once may be called by the bare office afterwards."""


class Story:
    """The people of an article. `at`: what each word means; `unnamed`: the figures without a name, in order; `figures`: the others by name."""

    def __init__(self, parse: Parse, cast: Cast, tables: Tables, setting: Setting) -> None:
        self.parse, self.cast, self.tables, self.setting = parse, cast, tables, setting
        self.figures: dict[str, Figure] = {}
        self.unnamed: list[Figure] = []
        self.at: dict[int, Finding] = {}
        self.history: list[Appearance] = []
        self._read()

    def member(self, member: Member) -> Figure:
        """The figure of a named person or body."""
        figure = self.figures.get(member.name)
        if figure is None:
            kind: SpeakerKind = "person" if member.label == "PERSON" else "document" if member.label in ("WORK_OF_ART", "LAW") else "organisation"
            figure = self.figures[member.name] = Figure(member.name, kind, member.sex, list(member.heads))
        return figure

    def _read(self) -> None:
        lower, named = self.parse.lower, self.cast.at
        is_noun = self.tables.people.is_noun
        events: list[tuple[int, Naming | None]] = [(naming.head, naming) for naming in self.cast.namings if naming.entity.label == "PERSON"]
        for token, tag in enumerate(self.parse.tag):
            if tag in ("NN", "NNP"):
                if token not in named and is_noun(lower[token]):
                    events.append((token, None))
            elif tag in ("PRP", "PRP$") and lower[token] in PRONOUNS:
                events.append((token, None))
        for token, naming in sorted(events, key=lambda event: event[0]):
            self.at[token] = self._meet(token, naming)

    def _meet(self, token: int, naming: Naming | None) -> Finding:
        if naming is None and self.parse.lower[token] in PRONOUNS:
            found = antecedent(self.parse, token, self.history, self.at, self.setting)
            figure = found.figure
        else:
            found = self.by_name(naming) if naming else self._by_noun(token)
            figure = found.figure if found.figure or found is OPEN else Figure("", "unnamed")  # one left open competes for pronouns as well
        if figure:
            self.history.append(Appearance(token, figure, self._is_subject(token), self.setting.speech[token] >= 0))
        return found

    def _is_subject(self, token: int) -> bool:
        """A subject, or coordinated with one."""
        while self.parse.dep[token] == "conj" and self.parse.head[token] < token:
            token = self.parse.head[token]
        return self.parse.dep[token] in SUBJECTS

    def by_name(self, naming: Naming) -> Finding:
        """The bearer of a name. If several bear it: the one of the sex that the title tells, or the only one named so far; else it is left open."""
        name = naming.entity.name
        bearers = self.cast.shared.get(name.lower())
        if bearers is None:
            return Finding(self.member(self.cast.members[name]), "name")
        sex = self.tables.people.title_sex.get(self.tables.people.title_before(self.parse.lower, naming.first))
        if sex:
            fitting = [bearer for bearer in bearers if self.cast.members[bearer].sex in (sex, None)]
            if len(fitting) == 1 and self.cast.members[fitting[0]].sex == sex:
                return Finding(self.member(self.cast.members[fitting[0]]), "title and surname")
        named = [bearer for bearer in bearers if self.cast.members[bearer].heads[0] < naming.head]
        if len(named) == 1:
            return Finding(self.member(self.cast.members[named[0]]), "shared name, one so far")
        return Finding(None, "shared name", bearers)

    # -- nouns of persons ------------------------------------------------------------------------------------------------

    def _by_noun(self, token: int) -> Finding:
        """The name that the noun stands beside; the holder of the role; an unnamed one met before; or a new one."""
        beside = self._beside(token)
        if beside is not None:
            return beside
        parse, tables = self.parse, self.tables
        lemma = parse.lemma[token].lower()
        openers = ((parse.lower[child], parse.dep[child]) for child in parse.children[token] if parse.dep[child] in ("det", "poss"))
        opener, relation = next(openers, ("", ""))
        if opener == "whose":
            return Finding(None, "relation")
        if parse.tag[token] == "NNP" and opener != "the":
            return OPEN  # a capital inside some name
        if lemma in tables.relational and relation == "poss":
            held = self._by_role(token, lemma)
            if held is not None:
                return held if lemma in tables.kin else Finding(None, "relation", held.candidates)
        elif opener in DEFINITE or (relation == "poss" and opener not in POSSESSIVE - {"its", "their"}):
            taken_up = self._by_role(token, lemma) or (self._met_before(lemma) if opener in DEFINITE else None)
            if taken_up is not None:
                return taken_up
        elif not opener and not any(parse.dep[child] in ("amod", "nummod") for child in parse.children[token]):
            return OPEN  # a bare noun: part of a compound, or of a headline
        elif opener in ("a", "an"):
            held = self._by_role(token, lemma)
            if held is not None and (held.figure is None or held.figure.heads[0] > token):
                return Finding(None, "named later", (held.figure.name,) if held.figure else held.candidates)
        figure = Figure(phrase_name(parse, token, *parse.edges[token]), "unnamed", tables.people.noun_sex.get(lemma), [token], lemma)
        self.unnamed.append(figure)
        return Finding(figure, "unnamed")

    def _beside(self, token: int) -> Finding | None:
        """The named person whose apposition, modifier or predicate a noun is: "the poet X", "X, a poet", "a poet named X", "X is a poet"."""
        parse = self.parse
        governor, relation = parse.head[token], parse.dep[token]
        if relation in ("appos", "compound", "nmod") and (naming := self._person((governor,))):
            return self.by_name(naming)
        apposed = [child for child in parse.children[token] if parse.dep[child] == "appos"]
        if naming := self._person(apposed):
            return self.by_name(naming)
        for noun in (token, *apposed):
            for verb in parse.children[noun]:
                if parse.dep[verb] == "acl" and parse.lower[verb] in NAMED and (naming := self._person(parse.children[verb])):
                    return self.by_name(naming)
        if relation == "attr":
            naming = self._person([child for child in parse.children[governor] if parse.dep[child] == "nsubj"])
            return self.by_name(naming) if naming else OPEN
        return None

    def _person(self, tokens: Iterable[int]) -> Naming | None:
        """The first of the tokens' namings that is a person's."""
        return next((naming for token in tokens if (naming := self.cast.at.get(token)) and naming.entity.label == "PERSON"), None)

    def _met_before(self, lemma: str) -> Finding | None:
        """"The sailor": the only unnamed sailor so far. Open where there are two, or none but people with names, one of whom it may mean."""
        met = [figure for figure in self.unnamed if figure.noun == lemma]
        if len(met) == 1:
            return Finding(met[0], "unnamed again")
        if met or (self.history and lemma not in self.tables.offices):
            return Finding(None, "definite noun", tuple(figure.name for figure in met))
        return None

    def _by_role(self, token: int, lemma: str) -> Finding | None:
        """The one person whom the article gives this role; open where several have it, None where nobody has."""
        words = words_before(self.parse, token)
        whole = frozenset((lemma, f"{self.parse.lower[token - 1]} {lemma}"))
        country = self._country(words)
        for wanted, exact in ((whole, True), (self.tables.wider.get(lemma, frozenset()), False)):
            holders: dict[str, Member] = {}
            for member in self.cast.people():
                for role in member.roles:
                    called = role.noun in wanted or (exact and role.noun.endswith(" " + lemma))
                    if called and self._same_office(words, role.words, country):
                        holders[member.name] = member
            if len(holders) > 1:
                return Finding(None, "role", tuple(holders))
            if holders:
                return Finding(self.member(next(iter(holders.values()))), "role")
        return None

    def _country(self, words: frozenset[str]) -> str:
        """The country that one of the words names, empty for none."""
        return next((self.tables.places.country[word] for word in sorted(words) if word in self.tables.places.country), "")

    def _same_office(self, words: frozenset[str], others: frozenset[str], country: str) -> bool:
        """Whether the words before two nouns allow that they are one office: no other country, no "former" that only one has, something in common."""
        theirs = self._country(others)
        if country and theirs and country != theirs:
            return False
        if words & LOWER != others & LOWER or (words & PAST_OR_PRESENT and words & PAST_OR_PRESENT != others & PAST_OR_PRESENT):
            return False
        rest = {word for word in words - PAST_OR_PRESENT - LOWER if word.isalpha()}
        known = {word for word in others - PAST_OR_PRESENT - LOWER if word.isalpha()}
        return not rest or not known or bool(country) or bool(rest & known)
