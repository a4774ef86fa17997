"""One reading of an article from left to right that says of each name, noun of a person and pronoun who is meant."""

from __future__ import annotations

from collections.abc import Iterable

from ..gazetteer import MOST_TITLE_WORDS
from ..parse import Parse
from ..records import Entity, SpeakerKind
from .cast import Cast, Member, Naming, names_around, roles_at, words_before
from .figures import OPEN, Appearance, Figure, Finding, Setting
from .pronouns import PRONOUNS, SUBJECTS, antecedent
from .sources import phrase_name
from .tables import Tables

DEFINITE = frozenset(("the", "that", "this"))
POSSESSIVE = frozenset(("his", "her", "their", "its", "my", "our", "your"))
REACH = 8
"""How many sentences back a person without an office may be who "the mayor" means."""
NAMED = frozenset(("named", "called", "identified"))
PLACES = frozenset(("GPE", "LOC", "NORP"))
LOWER = frozenset(("deputy", "vice", "acting", "shadow", "assistant"))
"""Words that make another office of an office."""
PAST_OR_PRESENT = frozenset(("former", "ex", "late", "current", "new", "next", "incoming", "outgoing"))
"""Words that tell one holder of an office from another; one who is called "former" once may be called by the bare office afterwards."""


def said(names: tuple[Entity, ...]) -> frozenset[str]:
    """The words of names, in lower case."""
    return frozenset(word for name in names for word in name.text.lower().split())


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
            kind: SpeakerKind = (
                "person" if member.label == "PERSON" else "document" if member.label in ("WORK_OF_ART", "LAW") else "organisation"
            )
            figure = self.figures[member.name] = Figure(member.name, kind, member.sex, list(member.heads))
        return figure

    def _read(self) -> None:
        lower, named = self.parse.lower, self.cast.at
        is_noun = self.tables.people.is_noun
        events: list[tuple[int, Naming | None]] = [
            (naming.head, naming) for naming in self.cast.namings if naming.entity.label == "PERSON"
        ]
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
            found = self._unless_it_foreruns(token, found)
            figure = found.figure
        else:
            found = self.by_name(naming) if naming else self._by_noun(token)
            rival = Figure("", "person" if naming else "unnamed")  # one left open competes for pronouns as well
            figure = found.figure if found.figure or found is OPEN else rival
        if figure:
            self.history.append(Appearance(token, figure, self._is_subject(token), self.setting.speech[token] >= 0))
        return found

    def _unless_it_foreruns(self, token: int, found: Finding) -> Finding:
        """ "For her work, X was praised": a possessive or object ahead of its subject may mean this as well; then it is left open."""
        parse = self.parse
        if found.figure is None or parse.dep[token] in SUBJECTS:
            return found
        for verb in parse.ancestors(token):
            subject = next((child for child in parse.children[verb] if child > token and parse.dep[child] in SUBJECTS), -1)
            naming = self._person((subject,)) if subject >= 0 else None
            if (
                naming
                and (other := self.by_name(naming).figure)
                and other is not found.figure
                and other.sex in (found.figure.sex, None)
            ):
                return Finding(None, "pronoun", (found.figure.name, other.name))
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
        openers = (
            (parse.lower[child], parse.dep[child]) for child in parse.children[token] if parse.dep[child] in ("det", "poss")
        )
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
            taken_up = self._by_role(token, lemma) or (
                (self._met_before(lemma) or self._may_be_named(token, lemma)) if opener in DEFINITE else None
            )
            if taken_up is not None:
                return taken_up
        elif not opener and not any(parse.dep[child] in ("amod", "nummod") for child in parse.children[token]):
            return OPEN  # a bare noun: part of a compound, or of a headline
        elif opener in ("a", "an") and self.setting.speech[token] >= 0:
            return OPEN  # in somebody's words "a man who says" is nobody in particular
        elif opener in ("a", "an"):
            later = self._named_later(token, lemma)
            if later is not None:
                return later
        figure = Figure(
            phrase_name(parse, token, *parse.edges[token]), "unnamed", tables.people.noun_sex.get(lemma), [token], lemma
        )
        self.unnamed.append(figure)
        return Finding(figure, "unnamed")

    def _named_later(self, token: int, lemma: str) -> Finding | None:
        """ "A driver told the court …. Ada Okoro, 34, said …": somebody who speaks before the name is given. Resolved where the next sentence opens
        with a name that is new and has no other office, or where the same words stand beside a name later; open where it may be so."""
        naming = self._opens_next(token, lemma) if self._speaks(token) else None
        if naming is not None and lemma not in self.tables.unnamed_by_habit:
            return Finding(self.by_name(naming).figure, "named next")
        held = self._by_role(token, lemma)
        if held is not None and (held.figure is None or held.figure.heads[0] > token):
            return self._same_words(token, lemma, held) or Finding(
                None, "named later", (held.figure.name,) if held.figure else held.candidates
            )
        return Finding(None, "named next", (naming.entity.name,)) if naming else None

    def _same_words(self, token: int, lemma: str, held: Finding) -> Finding | None:
        """The later holder, if an adjective or more stands before both nouns ("a retired baker")."""
        words = words_before(self.parse, token)
        roles = self.cast.members[held.figure.name].roles if held.figure and held.figure.kind == "person" else []
        return (
            Finding(held.figure, "named later")
            if words and any(role.noun == lemma and role.words == words for role in roles)
            else None
        )

    def _speaks(self, token: int) -> bool:
        """Whether a noun is a source, or "who" after it is."""
        parse, speaking = self.parse, self.setting.speaking
        clauses = (child for child in parse.children[token] if parse.dep[child] == "relcl")
        return token in speaking or any(child in speaking for clause in clauses for child in parse.children[clause])

    def _opens_next(self, token: int, lemma: str) -> Naming | None:
        """The full name that opens the next sentence, if it was not there before (save in the headline) and its bearer may be the one at `token`, the
        first person without a name in the sentence."""
        parse, cast, tables = self.parse, self.cast, self.tables
        sentence = parse.sentence[token]
        if sentence + 1 >= len(parse.sentences) or any(parse.sentence[figure.heads[0]] == sentence for figure in self.unnamed):
            return None
        naming = self._opening_name(*parse.sentences[sentence + 1])
        if naming is None or naming.last - naming.first < 2:
            return None
        member = cast.members[naming.entity.name]
        known = any(head < naming.head and self.setting.paragraph[head] > 0 for head in member.heads)
        offices = [role.noun for role in roles_at(parse, naming, cast.at, tables)]
        sexes = {member.sex, tables.people.noun_sex.get(lemma)} - {None}
        return None if known or len(sexes) > 1 or (offices and lemma not in offices) else naming

    def _opening_name(self, first: int, last: int) -> Naming | None:
        """The person's name with which a sentence, tokens `first` to `last` (exclusive), opens; there may be a title before it."""
        naming = next(
            (self.cast.at[index] for index in range(first, min(first + MOST_TITLE_WORDS + 1, last)) if index in self.cast.at),
            None,
        )
        if naming is None or naming.entity.label != "PERSON":
            return None
        title = self.tables.people.title_before(self.parse.lower, naming.first)
        return naming if naming.first - first <= (title.count(" ") + 1 if title else 0) else None

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
                if parse.dep[verb] == "relcl" and (naming := self._gives_name(verb)):
                    return self.by_name(naming)
        if relation == "attr":
            naming = self._person([child for child in parse.children[governor] if parse.dep[child] == "nsubj"])
            return self.by_name(naming) if naming else OPEN
        return None

    def _gives_name(self, verb: int) -> Naming | None:
        """ "Who gave his name as X", "who called herself X"."""
        parse = self.parse
        below = parse.children[verb]
        if not any(parse.lower[child] in ("name", "himself", "herself") for child in below):
            return None
        inner = [
            noun
            for child in below
            for noun in (child, *parse.children[child], *(n for c in parse.children[child] for n in parse.children[c]))
        ]
        return self._person([noun for noun in inner if noun > verb])

    def _person(self, tokens: Iterable[int]) -> Naming | None:
        """The first of the tokens' namings that is a person's."""
        return next((naming for token in tokens if (naming := self.cast.at.get(token)) and naming.entity.label == "PERSON"), None)

    def _met_before(self, lemma: str) -> Finding | None:
        """ "The sailor": the only unnamed sailor so far. Open where there are two, or none but people with names, one of whom it may mean."""
        met = [figure for figure in self.unnamed if figure.noun == lemma]
        if len(met) == 1:
            return Finding(met[0], "unnamed again")
        if met or (self.history and lemma not in self.tables.offices):
            return Finding(None, "definite noun", tuple(figure.name for figure in met))
        return None

    def _may_be_named(self, token: int, lemma: str) -> Finding | None:
        """ "The mayor", where the last sentences name somebody of whose office the article says nothing: it may be that person."""
        parse, sex = self.parse, self.tables.people.noun_sex.get(lemma)
        near = [
            appearance.figure for appearance in self.history if parse.sentence[token] - parse.sentence[appearance.token] <= REACH
        ]
        fitting = (figure for figure in near if sex is None or figure.sex in (sex, None))
        free = {figure.name: None for figure in fitting if (member := self.cast.members.get(figure.name)) and not member.roles}
        return Finding(None, "role", tuple(free)) if free else None

    def _by_role(self, token: int, lemma: str) -> Finding | None:
        """The one person whom the article gives this role; open where several have it, None where nobody has."""
        pair = f"{self.parse.lower[token - 1]} {lemma}"
        titled = pair in self.tables.people.titles  # "the opposition leader" is no premier
        whole = frozenset((pair,) if titled else (pair, lemma))
        wider = frozenset() if titled else self.tables.wider.get(lemma, frozenset())
        alike: dict[str, None] = {}
        names = names_around(self.parse, token, self.cast.at)
        words = words_before(self.parse, token - 1 if titled else token) - said(names)
        for wanted, exact in ((whole, True), (wider, False)):
            holders: dict[str, Member] = {}
            for member, role in self.cast.with_role({*wanted, lemma}):
                if role.noun == lemma and titled:
                    alike[member.name] = None
                called = role.noun in wanted or (exact and any(role.noun.endswith(" " + noun) for noun in wanted))
                if (
                    called
                    and self._same_names(names, role.names)
                    and self._same_office(lemma, words, role.words - said(role.names), exact=exact)
                ):
                    holders[member.name] = member
            if len(holders) > 1:
                return Finding(None, "role", tuple(holders))
            if holders:
                return Finding(self.member(next(iter(holders.values()))), "role")
        return Finding(None, "role", tuple(alike)) if alike else None

    def _same_names(self, names: tuple[Entity, ...], others: tuple[Entity, ...]) -> bool:
        """Whether the places and bodies of two nouns allow that they are one office. An office of a body is held only by who is known under that
        body; of a place, also by one whose place is not told."""
        if not names:
            return True
        if not others:
            return all(name.label in PLACES for name in names)
        return any(self._same_name(one, other) for one in names for other in others)

    def _same_name(self, one: Entity, other: Entity) -> bool:
        """One country, one place, or one body by a longer and a shorter name."""
        country = self.tables.places.country
        mine, yours = one.name.lower(), other.name.lower()
        if one.label in PLACES and other.label in PLACES:
            return country.get(mine, mine) == country.get(yours, yours)
        words, known = set(mine.split()), set(yours.split())
        return one.label == other.label and (words <= known or known <= words)

    def _same_office(self, noun: str, words: frozenset[str], others: frozenset[str], *, exact: bool) -> bool:
        """Whether the words before two nouns allow that they are one office: no "former" that only one has, something in common; under a wider
        noun (not `exact`), nothing of its own."""
        times = words & PAST_OR_PRESENT, others & PAST_OR_PRESENT
        if words & LOWER != others & LOWER or (times[0] and times[0] != times[1] and noun in self.tables.offices):
            return False  # "the former boxer" may be who is called a boxer; "the former mayor" is not the mayor
        country = self.tables.places.country
        rest, known = (
            {word for word in some - PAST_OR_PRESENT - LOWER if word.isalpha() and word not in country}
            for some in (words, others)
        )
        return not rest or bool(rest & known) or (exact and not known)
