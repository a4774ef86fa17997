"""Bodies, groups and documents as speakers: "the ministry", "the company", it and they."""

from __future__ import annotations

from bisect import bisect_left

from ..parse import Parse
from ..records import SpeakerKind
from .cast import Cast, Member
from .figures import Figure, Finding
from .pronouns import governing_subjects
from .sources import phrase_name
from .story import POSSESSIVE, Story
from .tables import Tables

REACH = 2
"""How many sentences back "it" and "the company" look."""
TOO_GENERAL = frozenset(("people", "person", "other", "one"))
"""Nouns that mean others each time."""


class Bodies:
    """The speakers of an article that are no persons, as they come. `told`: (head token, figure) of each source so far."""

    def __init__(self, parse: Parse, cast: Cast, story: Story, tables: Tables) -> None:
        self.parse, self.cast, self.story, self.tables = parse, cast, story, tables
        self.told: list[tuple[int, Figure]] = []
        self._phrases: dict[tuple[SpeakerKind, str], Figure] = {}

    def by_noun(self, head: int) -> Finding | None:
        """ "The ministry", "the company": the one named body that the article calls so. A generic noun may mean a body named shortly before:
        one, or it is left open. None where the noun stands for itself ("the police")."""
        parse, lemma = self.parse, self.parse.lemma[head].lower()
        openers = [parse.lower[child] for child in parse.children[head] if parse.dep[child] in ("det", "poss")]
        modifiers = {parse.lower[child] for child in parse.children[head] if parse.dep[child] in ("amod", "compound", "nmod")}
        generic = lemma in self.tables.generic and not modifiers  # "the central bank" is no bank that was named before
        if generic and openers in (["their"], ["its"]):
            return Finding(None, "body just named")
        if openers != ["the"] or any(parse.pos[child] == "PROPN" for child in parse.children[head]):
            return None
        named = [member for member in self.cast.members.values() if member.label == "ORG" and member.name.lower() != lemma]
        called = [member for member in named if self._is_called(member, lemma, modifiers)]
        others = [figure.name for figure in self._phrases.values() if figure.kind == "organisation" and figure.noun == lemma]
        if len(called) == 1 and not others:
            return Finding(self.story.member(called[0]), "body by its noun")
        if others and not called:
            return None
        if not generic:
            return Finding(None, "body by its noun", (*(member.name for member in called), *others)) if called else None
        near = self._named_before(head, REACH) or self._named_before(head, len(parse.sentences))
        known = len(near) == 1 and (len(near[0].heads) > 1 or bool(self._subjects_before(head) & {*near[0].heads}))
        if known and not any(self._coordinated(token) for token in near[0].heads):
            return Finding(self.story.member(near[0]), "body just named")
        return Finding(None, "body just named", tuple(member.name for member in called or near)) if named else None

    def _is_called(self, member: Member, noun: str, modifiers: set[str]) -> bool:
        """Whether the article calls a body so: by a word of its name or by a role; what stands before the noun must be in the name as well."""
        words = member.name.lower().split()
        return modifiers <= {*words} and (noun in words or any(role.noun == noun for role in member.roles))

    def _coordinated(self, token: int) -> bool:
        """Whether a name stands beside another ("the league and the trust"), which may be meant as well."""
        return self.parse.dep[token] == "conj" or any(self.parse.dep[child] == "conj" for child in self.parse.children[token])

    def _named_before(self, head: int, reach: int) -> list[Member]:
        """The organisations named in this sentence and the `reach` ones before it, ahead of the token."""
        sentence, namings = self.parse.sentence, self.cast.namings
        first = bisect_left(namings, sentence[head] - reach, key=lambda naming: sentence[naming.head])
        last = bisect_left(namings, head, key=lambda naming: naming.head)
        names = dict.fromkeys(naming.entity.name for naming in namings[first:last] if naming.entity.label == "ORG")
        return [self.cast.members[name] for name in names]

    def as_it_stands(self, head: int, first: int, last: int, kind: SpeakerKind) -> Finding:
        """A body, group or document by the words of its phrase, tokens `first` to `last`: the same words mean the same, "the report" the one report
        so far. An unnamed person is a new one each time."""
        parse = self.parse
        name, lemma = phrase_name(parse, head, first, last), parse.lemma[head].lower()
        if kind != "unnamed" and [parse.lower[child] for child in parse.children[head] if parse.dep[child] == "det"] == ["the"]:
            alike = [figure for figure in self._phrases.values() if figure.kind == kind]
            same = [figure for figure in alike if figure.noun == lemma and self._may_mean(head, figure)]
            if len(same) == 1 and lemma not in TOO_GENERAL:
                return Finding(same[0], f"{kind} again")
            synonyms = [
                figure
                for figure in alike
                if self.tables.synonyms.get(figure.noun, figure.noun) == self.tables.synonyms.get(lemma, lemma)
            ]
            if kind == "document" and len(alike) == 1 == len(synonyms) and self._may_mean(head, alike[0]):
                return Finding(alike[0], "document again")
            if kind == "document" and alike:
                return Finding(None, "document again", tuple(figure.name for figure in alike))
        key = (kind, name.lower().removeprefix("the "))
        if key in self._phrases:
            return Finding(self._phrases[key], f"{kind} again")
        headline = self._phrases.pop((kind, lemma), None)
        if headline is not None:  # "Study", in a headline, is "a study" of the body
            self._phrases[key] = headline
            headline.name = name
            return Finding(headline, f"{kind} again")
        figure = Figure(name, kind, heads=[head], noun=lemma)
        if kind != "unnamed":
            self._phrases[key] = figure
        return Finding(figure, kind)

    def _may_mean(self, head: int, figure: Figure) -> bool:
        """Whether a phrase with "the" can take up a figure: it adds no word of its own, and does not reach far for somebody's own ("his family")."""
        parse, words = self.parse, figure.name.lower().split()
        own = (parse.lower[child] for child in parse.children[head] if parse.dep[child] in ("amod", "compound", "nmod", "nummod"))
        near = parse.sentence[head] - parse.sentence[figure.heads[-1]] <= REACH
        return all(word in words or word == "same" for word in own) and (words[0] not in POSSESSIVE or near)

    def together(self, names: list[str], head: int) -> Finding:
        """Several speakers who say the same: a group that bears their names."""
        name = ", ".join(names[:-1]) + " and " + names[-1]
        return Finding(self._phrases.setdefault(("group", name.lower()), Figure(name, "group", heads=[head])), "group")

    def by_pronoun(self, head: int, *, plural: bool) -> Finding:
        """It or they: the body that is the subject of its clause; else the only one shortly before, if the last sentence had it as its subject."""
        parse, sieve = self.parse, "they" if plural else "it"
        others = ("document",) if plural else ("group", "unnamed")
        fitting = [(token, figure) for token, figure in self.told if token < head and figure.kind not in others]
        governors = governing_subjects(parse, head)
        governing = {id(figure): figure for token, figure in fitting if token in governors}
        if len(governing) == 1:
            return Finding(next(iter(governing.values())), f"{sieve}, subject of its clause")
        near = {id(figure): figure for token, figure in fitting if parse.sentence[head] - parse.sentence[token] <= REACH}
        near |= {id(figure): figure for figure in map(self.story.member, self._named_before(head, 1))}
        figures = list(near.values())
        subjects = self._subjects_before(head)
        if plural and figures and figures[0].kind == "organisation" and self._several_before(head):
            return Finding(None, sieve, tuple(figure.name for figure in figures))
        if len(figures) == 1 and (not subjects or subjects & self._tokens(figures[0])):
            return Finding(figures[0], sieve)
        last = [figure for figure in figures if self._main_subject_before(head) in self._tokens(figure)]
        if len(last) == 1 and parse.dep[head] == "nsubj" and (not plural or last[0].kind != "organisation"):
            return Finding(last[0], f"{sieve}, subject of the sentence before")
        return Finding(None, sieve, tuple(figure.name for figure in figures))

    def _main_subject_before(self, head: int) -> int:
        """The subject of the main verb of the sentence before, -1 for none; nor is there one across the end of a quotation."""
        parse, speech, number = self.parse, self.story.setting.speech, self.parse.sentence[head] - 1
        if number < 0:
            return -1
        subjects = (index for index in self._subjects_before(head) if parse.head[parse.head[index]] == parse.head[index])
        return next((index for index in sorted(subjects) if speech[index] == speech[head]), -1)

    def _several_before(self, head: int) -> bool:
        """Whether the sentence before speaks of several people or bodies, whom "they" may mean."""
        parse, number = self.parse, self.parse.sentence[head] - 1
        several = (parse.lemma[index].lower() for index in range(*parse.sentences[max(number, 0)]) if parse.tag[index] == "NNS")
        return any(
            self.tables.people.is_noun(lemma) or self.tables.kinds.get(lemma) in ("organisation", "group") for lemma in several
        )

    def _subjects_before(self, head: int) -> set[int]:
        """The subjects of the sentence before: what a pronoun takes up first."""
        number = self.parse.sentence[head] - 1
        if number < 0:
            return set()
        return {index for index in range(*self.parse.sentences[number]) if self.parse.dep[index] in ("nsubj", "nsubjpass")}

    def _tokens(self, figure: Figure) -> set[int]:
        return {*figure.heads, *(token for token, other in self.told if other is figure)}
