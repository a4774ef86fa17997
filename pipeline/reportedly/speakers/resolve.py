"""Whom the source of an attribution means, by sieves from safe to daring; what two could be is left open."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from ..findings import Attribution, Layout
from ..parse import Parse
from ..records import Entity
from .bodies import Bodies
from .cast import Naming, office_before, read_cast
from .figures import OPEN, Figure, Finding, Setting
from .pronouns import PRONOUNS
from .sources import MODIFYING, kind_of, phrase_name, source_head
from .story import Story
from .tables import Tables

FIRST = frozenset(("i", "me", "my", "myself"))
OURS = frozenset(("we", "us", "our", "ours", "ourselves"))
IT = frozenset(("it", "its", "itself"))
THEY = frozenset(("they", "them", "their"))
RELATIVE = frozenset(("WDT", "WP", "WP$"))
LEFT_OPEN = frozenset(
    (
        "nobody",
        "none",
        "no",
        "neither",
        "either",
        "both",
        "you",
        "your",
        "there",
        "this",
        "that",
        "these",
        "hers",
        "theirs",
        "mine",
        "q",
        "a",
    )
)
"""Sources that mean nobody, or somebody whom no rule can tell."""
SIDES = frozenset(("for", "of", "at", "with", "from"))
DESCRIBING = frozenset(("ADJ", "NOUN", "PROPN", "CCONJ", "ADV"))
"""Between the comma and the name in "her co-author, civil engineer X"."""
BULLETS = frozenset("-–—•*")
STEPS = 4
"""How many governors a name may stand away from the head of its source."""


@dataclass(frozen=True, slots=True)
class Said:
    """The source of an attribution: tokens `first` (inclusive) to `last` (exclusive), its head token."""

    first: int
    last: int
    head: int


class Resolver:
    """Resolves all sources of one article. `findings`: one for each attribution, in their order."""

    def __init__(
        self, parse: Parse, layout: Layout, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], tables: Tables
    ) -> None:
        self.parse, self.tables, self.attributions = parse, tables, attributions
        self.said = [_said(parse, attribution) for attribution in attributions]
        self.cast = read_cast(parse, entities, tables)
        self.story = Story(parse, self.cast, tables, self._setting(layout))
        self.bodies = Bodies(parse, self.cast, self.story, tables)
        self.findings: list[Finding] = [OPEN] * len(attributions)
        sources = sorted((said.head, number) for number, said in enumerate(self.said) if said)
        own_words = [number for head, number in sources if parse.lower[head] in FIRST | OURS and head not in self.cast.at]
        for _, number in sources:
            if number not in own_words and (said := self.said[number]):
                rivals = self._rivals(said, attributions[number])
                self.findings[number] = Finding(None, "object before the cue", rivals) if rivals else self._resolve(said)
        for number in own_words:
            self.findings[number] = self._first_person(number)

    def meant(self, token: int) -> Finding:
        """Whom the name, pronoun or noun of a person at a token means."""
        naming = self.cast.at.get(token)
        named = naming and naming.entity.label == "PERSON" and naming.head != token
        return self.story.by_name(naming) if naming and named else self.story.at.get(token, OPEN)

    def mentions(self) -> Iterator[tuple[Figure, int, int]]:
        """Every word that is known to mean a figure, with its first (inclusive) and last (exclusive) character."""
        for naming in self.cast.namings:
            if naming.entity.label != "PERSON" and (figure := self.story.figures.get(naming.entity.name)):
                yield figure, naming.entity.start, naming.entity.end
        for token, finding in self.story.at.items():
            named = self.cast.at.get(token)
            if finding.figure and (named or finding.sieve != "name"):  # a noun beside a name is no mention of its own
                first, last = (named.first, named.last) if named else (token, token + 1)
                yield finding.figure, self.parse.start[first], self.parse.end[last - 1]

    def _setting(self, layout: Layout) -> Setting:
        speeches = [(quotation.start, quotation.end) for quotation in layout.quotations if quotation.level == 1]
        speeches += [(paragraph.label.end, paragraph.end) for paragraph in layout.paragraphs if paragraph.label]
        speeches += [(paragraph.start, paragraph.end) for paragraph in layout.paragraphs if paragraph.turn is not None]
        speech = _numbers(self.parse, speeches)
        voice: dict[int, int] = {}
        for attribution, said in zip(self.attributions, self.said, strict=True):
            if said and speech[said.head] < 0:
                for span in attribution.content:
                    voice.setdefault(speech[self.parse.token_at(span.start)], said.head)
        voice.pop(-1, None)
        paragraph = _numbers(self.parse, [(paragraph.start, paragraph.end) for paragraph in layout.paragraphs])
        return Setting(paragraph, speech, _told(self.parse, speech), frozenset(said.head for said in self.said if said), voice)

    def _rivals(self, said: Said, attribution: Attribution) -> tuple[str, ...]:
        """ "A was upset with B for saying …": where the cue hangs on "for", it is the person before it who said so. Both names, if so; else empty."""
        parse, people = self.parse, self.story.at
        cue = next(
            (index for index in parse.tokens(attribution.cue[0].start, attribution.cue[-1].end) if parse.dep[index] == "pcomp"),
            -1,
        )
        if cue < said.last or parse.lower[parse.head[cue]] != "for":
            return ()
        between = [index for index in range(said.last, cue) if index in people and parse.dep[index] in ("dobj", "pobj", "dative")]
        figures = [people[index].figure for index in (said.head, *between) if index in people]
        return tuple(figure.name for figure in figures if figure) if between else ()

    # -- one source ------------------------------------------------------------------------------------------------------

    def _resolve(self, said: Said) -> Finding:
        parse, head = self.parse, said.head
        lower = parse.lower[head]
        if parse.tag[head] in RELATIVE:
            return self._relative(head)
        both = "both" in parse.lower[said.first : said.last] and not any(
            parse.dep[child] == "conj" for child in parse.children[head]
        )
        if lower in LEFT_OPEN or both:
            return OPEN
        if lower in PRONOUNS:
            return self.story.at.get(head, OPEN)
        pronoun = lower in IT or lower in THEY
        found = self.bodies.by_pronoun(head, plural=lower in THEY) if pronoun else self._noun_phrase(said)
        several = found.figure is not None and found.figure.kind == "unnamed" and parse.tag[head] in ("NNS", "CD")
        if found.figure and (several or found.figure.kind in ("organisation", "group", "document")):
            self.bodies.told.append((head, found.figure))
        return found

    def _noun_phrase(self, said: Said) -> Finding:
        """A name; a noun of a person; a document, a body, a group."""
        parse, head, tables = self.parse, said.head, self.tables
        if self._is_epithet(head):
            return OPEN
        naming = self._set_off(said)
        members = [] if naming else self._listed(said) or self._joined(said)
        if members:
            return self.bodies.together(members, head)
        naming = naming or self._naming(said)
        if naming is not None:
            return self._named(naming)
        person = self.story.at.get(head)
        if person is not None and (person.figure is None or person.figure.kind == "person"):
            return person
        bare = said.last - said.first == 1 and parse.tag[head] in ("NN", "NNP", "JJ")
        if bare and parse.lemma[head].lower() not in tables.kinds:
            return OPEN  # "Chief Admits": a bare noun of a headline
        kind = kind_of(parse, head, said.first, self.cast, tables)
        if kind == "document":
            known = self._author(said)
        elif kind == "organisation":
            known = person or self.bodies.by_noun(head)
        else:
            known = person
        return known or self.bodies.as_it_stands(head, said.first, said.last, kind)

    def _is_epithet(self, head: int) -> bool:
        """ "The Dane", "the 52-year-old": somebody named before, by what no rule can match."""
        parse, naming = self.parse, self.cast.at.get(head)
        if [parse.lower[child] for child in parse.children[head] if parse.dep[child] == "det"] != ["the"]:
            return False
        if naming is not None and naming.entity.label == "NORP":
            return parse.tag[head] == "NNP" and naming.entity.name.lower() in self.tables.places.country
        return parse.lower[head] == "old" and head > 1 and parse.lower[head - 2] in ("year", "years")

    def _set_off(self, said: Said) -> Naming | None:
        """ "The head of the fund's office, Ada Okoro": the name that ends a source behind a comma, wherever the parser hung it, if what is before
        it tells of one person only."""
        parse = self.parse
        last = said.last - 1 if parse.word[said.last - 1] == "," else said.last
        naming = self.cast.at.get(last - 1)
        if naming is None or naming.entity.label != "PERSON" or naming.last != last:
            return None
        if office_before(parse, naming, self.cast.at, self.tables) is not None:
            return naming
        comma = naming.first - 1
        while comma > said.first and parse.pos[comma] in DESCRIBING:
            comma -= 1
        if comma <= said.first or parse.word[comma] != ",":
            return None
        before = range(said.first, comma)
        nouns = [
            index for index in before if index not in self.cast.at and self.tables.people.is_noun(parse.lemma[index].lower())
        ]
        described = [index for index in nouns if index + 1 not in nouns]  # "the prosecutor general" is one
        named = any(
            index in self.cast.at and self.cast.at[index].entity.label == "PERSON" and parse.dep[index] not in MODIFYING
            for index in before
        )
        return naming if len(described) == 1 and parse.tag[described[0]] == "NN" and not named else None

    def _listed(self, said: Said) -> list[str]:
        """ "Two clerks, X and Y": the names behind a plural noun, if there are several."""
        parse, named = self.parse, self.cast.at
        if parse.tag[said.head] != "NNS":
            return []
        first = next((child for child in parse.children[said.head] if parse.dep[child] == "appos" and child in named), said.last)
        names = (
            named[index].entity.name
            for index in range(first, said.last)
            if index in named and named[index].entity.label == "PERSON"
        )
        several = list(dict.fromkeys(names))
        return several if len(several) > 1 else []

    def _naming(self, said: Said) -> Naming | None:
        """The name that a source is or stands beside: "the poet X", "X, a poet". A name in a possessive or behind "of" is not the source's own."""
        parse, named = self.parse, self.cast.at
        several = parse.tag[said.head] == "NNS"
        people = {
            named[index].entity.name: named[index]
            for index in (() if several else range(said.first, said.last))
            if parse.word[index - 1] != "("
            and index in named
            and named[index].entity.label == "PERSON"
            and named[index].head == index
            and self._hangs_on(index, said.head)
        }
        if len(people) == 1:
            return next(iter(people.values()))
        own = named.get(said.head)
        if own and (own.entity.label != "NORP" or parse.tag[said.head] not in ("NNPS", "NNS")):  # "many Kazakhs" are a group
            return own
        apposed = (child for child in parse.children[said.head] if parse.dep[child] == "appos" and child < said.last)
        return next((named[child] for child in apposed if child in named), None)

    def _hangs_on(self, index: int, head: int) -> bool:
        """Whether a name hangs on the head of its source by apposition or as a compound only, and is not what a common noun is made of
        ("the X team")."""
        parse = self.parse
        for _ in range(STEPS):
            if index == head:
                return True
            above = parse.head[index]
            modifies = parse.dep[index] != "appos" and index < above and parse.tag[above] in ("NN", "NNS")
            if modifies or parse.dep[index] not in ("appos", "compound", "nmod"):
                return False
            index = above
        return False

    def _named(self, naming: Naming) -> Finding:
        if naming.entity.label == "PERSON":
            return self.story.by_name(naming)
        name = naming.entity.name
        meant = self.bodies.by_noun(naming.head) if name.lower() in self.tables.kinds else None  # "the Court", with a capital
        return meant or Finding(self.story.member(self.cast.members[name]), "name of a body")

    def _joined(self, said: Said) -> list[str]:
        """The names of several speakers in one source, if one of them has a proper name or they are of different kinds; else empty."""
        parse, named = self.parse, self.cast.at
        heads = [said.head]
        inside_name = any(
            parse.dep[child] == "cc" and child in named for child in parse.children[said.head]
        )  # "the Bureau of Roads and Rails"
        for child in () if inside_name else parse.children[said.head]:
            if (
                parse.dep[child] == "conj"
                and child < said.last
                and named.get(child) is not named.get(said.head, self)
                and self._stands_alone(child)
            ):
                heads.append(child)
        kinds = {kind_of(parse, head, said.first, self.cast, self.tables) for head in heads}
        if len(heads) == 1 or (len(kinds) == 1 and named.keys().isdisjoint(heads)):
            return []
        return [self._part_name(head, max(said.first, parse.edges[head][0])) for head in heads]

    def _stands_alone(self, token: int) -> bool:
        """Whether a coordinated noun is a speaker of its own ("X and her challenger"), not one more word for the same ("boxer and novelist")."""
        parse = self.parse
        return parse.tag[token] in ("NNP", "NNPS", "NNS") or any(
            parse.dep[child] in ("det", "poss", "nummod") for child in parse.children[token]
        )

    def _part_name(self, head: int, first: int) -> str:
        parse, named = self.parse, self.cast.at
        beside = (child for child in parse.children[head] if parse.dep[child] == "appos")
        naming = next((named[token] for token in (head, *beside) if token in named), None)
        return naming.entity.name if naming else phrase_name(parse, head, first, head + 1)

    def _author(self, said: Said) -> Finding | None:
        """The author of a document, where the source names one: "Okoro's letter", "a statement from Okoro"."""
        parse = self.parse
        for child in parse.children[said.head]:
            holder = child
            if parse.dep[child] == "prep" and parse.lower[child] in ("by", "from"):
                holder = next((inner for inner in parse.children[child] if parse.dep[inner] == "pobj"), child)
            elif parse.dep[child] != "poss":
                continue
            if holder in self.cast.at:
                speaks = self.cast.at[holder].entity.label == "PERSON" or parse.lemma[said.head].lower() in self.tables.voices
                return self._named(self.cast.at[holder]) if speaks else None  # a body's survey stays a document
            if (found := self.story.at.get(holder)) and (found.figure or parse.lower[holder] in PRONOUNS):
                return found  # "his letter" is open where "his" is
        return None

    # -- words that stand for something else -------------------------------------------------------------------------------

    def _relative(self, head: int) -> Finding:
        """Who and which: what their clause is about."""
        parse = self.parse
        for index in (head, *parse.ancestors(head)):
            if parse.dep[index] == "relcl":
                noun = self._antecedent(parse.head[index], head)
                if parse.pos[noun] == "PRON":
                    return self.story.at.get(noun, OPEN)
                return self._noun_phrase(Said(parse.edges[noun][0], noun + 1, noun))
        return OPEN

    def _antecedent(self, noun: int, relative: int) -> int:
        """The noun that a relative pronoun stands for. "Who" means a person: of "Cable of Acme, who …" it takes Cable."""
        parse, people = self.parse, self.story.at
        if parse.lower[relative] != "who" or people.get(noun, OPEN) is not OPEN or parse.tag[noun] in ("NNS", "NNPS"):
            return noun
        above = next((index for index in parse.ancestors(noun) if index in people and index < relative), None)
        if above is not None:
            return above
        opening = parse.sentences[parse.sentence[relative]][0]
        return next((index for index in range(relative - 1, opening - 1, -1) if index in people), noun)

    def _first_person(self, number: int) -> Finding:
        """I: the speaker of the words that it stands in. We: the body that this speaker is of."""
        said = self.said[number]
        assert said is not None
        at, speech = self.parse.start[said.head], self.story.setting.speech
        holders = [
            (sum(span.end - span.start for span in attribution.content), other)
            for other in self._told_in[self.parse.sentence[said.head]]
            for attribution in (self.attributions[other],)
            if other != number
            and any(span.start <= at < span.end for span in attribution.content)
            and (
                (holder := self.said[other]) is None or speech[holder.head] != speech[said.head]
            )  # in "She said I ran" it is the writer who ran
        ]
        speaker = next((figure for _, other in sorted(holders) if (figure := self.findings[other].figure)), None)
        if speaker is None:
            return OPEN
        if self.parse.lower[said.head] in FIRST:
            return Finding(speaker, "first person")
        side = speaker if speaker.kind in ("organisation", "group") else self._side(speaker)
        return Finding(side, "we") if side else OPEN

    @cached_property
    def _told_in(self) -> dict[int, list[int]]:
        """The attributions whose content reaches into a sentence, in their order."""
        found: dict[int, list[int]] = defaultdict(list)
        for number, attribution in enumerate(self.attributions):
            tokens = [self.parse.tokens(span.start, span.end) for span in attribution.content]
            for sentence in dict.fromkeys(self.parse.sentence[token] for inside in tokens for token in inside):
                found[sentence].append(number)
        return found

    def _side(self, figure: Figure) -> Figure | None:
        """The one body that somebody is said to be of: "Jan Doe, spokesman for Acme"."""
        parse = self.parse
        sides: dict[str, Naming] = {}
        for head in figure.heads:
            nouns = [child for child in parse.children[head] if parse.dep[child] in ("appos", "compound")]
            if parse.dep[head] == "appos":
                nouns.append(parse.head[head])
            for child in (child for noun in (head, *nouns) for child in parse.children[noun]):
                inner = [c for c in parse.children[child] if parse.dep[c] == "pobj"] if parse.lower[child] in SIDES else [child]
                sides |= {
                    self.cast.at[c].entity.name: self.cast.at[c]
                    for c in inner
                    if c in self.cast.at and self.cast.at[c].entity.label == "ORG"
                }
        return self._named(next(iter(sides.values()))).figure if len(sides) == 1 else None


def _told(parse: Parse, speech: list[int]) -> list[int]:
    """For each token how many sentences before its own are the writer's: neither wholly quoted nor an item of a list."""
    told, count = [], 0
    for first, last in parse.sentences:
        told += [count] * (last - first)
        words = [index for index in range(first, last) if parse.pos[index] != "PUNCT"]
        own = any(speech[index] < 0 for index in words) and parse.word[first] not in BULLETS
        count += own
    return told


def _said(parse: Parse, attribution: Attribution) -> Said | None:
    """The source in tokens, None where the attribution has none."""
    tokens = parse.tokens(attribution.source[0].start, attribution.source[0].end) if attribution.source else range(0)
    return Said(tokens.start, tokens.stop, source_head(parse, tokens.start, tokens.stop)) if tokens else None


def _numbers(parse: Parse, ranges: list[tuple[int, int]]) -> list[int]:
    """For each token the number of the range that holds it, -1 for none."""
    numbers = [-1] * len(parse)
    for number, (start, end) in enumerate(ranges):
        for index in parse.tokens(start, end):
            numbers[index] = number
    return numbers
