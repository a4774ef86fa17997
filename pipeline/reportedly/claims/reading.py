"""A reading that stands alone: the content's own words, with what is missing inserted in brackets. Nothing is reworded."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Sequence

from ..findings import Layout
from ..parse import Parse
from ..records import JOINT, Date, Insertion, Spans, Speaker
from .draft import Draft
from .modality import main_head
from .narrated import SUBJECTS, has_subject, is_finite

OWN = {"i": "", "me": "", "my": "'s", "mine": "'s", "myself": ""}
"""The first person: inside a quotation it is the speaker; the value is what a possessive adds to the name."""
POSSESSIVE = frozenset(("his", "her", "its", "their", "my"))
PRONOUNS = frozenset(("he", "him", "his", "she", "her", "hers", "they", "them", "their", "it", "its"))
GENDERED = frozenset(("he", "him", "his", "she", "her", "hers"))
EITHER = PRONOUNS | OWN.keys()
SAYS_NOBODY = EITHER | {
    "we",
    "us",
    "our",
    "you",
    "your",
    "who",
    "which",
    "that",
    "some",
    "many",
    "others",
    "few",
    "both",
    "all",
    "one",
    "those",
}
"""A name that begins with one of these ("some", "her husband") tells no more than a pronoun."""
BEFORE_NOUN = frozenset(("det", "amod", "compound", "poss", "nummod"))
SUBJECT_CONTROL = frozenset(("promise", "intend", "wish"))
"""Acts whose infinitive ("vowed to appeal") has the source for its subject."""
CALENDAR = re.compile(r"\d{4}(?:-\d|$|/)")
YEAR = re.compile(r"\b\d{4}\b")


def read_alone(text: str, spans: Spans, insertions: Sequence[Insertion]) -> str:
    """The words of the spans, joined as in `Content.text`, with each insertion in brackets before the character `at`."""
    pieces = []
    for span in spans:
        at, piece = span.start, ""
        for insertion in insertions:
            if span.start <= insertion.at < span.end:
                piece += f"{text[at : insertion.at]}[{insertion.text}] "
                at = insertion.at
        pieces.append(piece + text[at : span.end])
    return JOINT.join(pieces)


class Reader:
    """Finds what the contents of one article lack to be understood alone."""

    def __init__(self, parse: Parse, layout: Layout, speakers: Iterable[Speaker]) -> None:
        self.parse = parse
        self.names = {speaker.id: speaker.name for speaker in speakers}
        mentions = [(span, speaker) for speaker in speakers for span in speaker.mentions]
        self.meant = {span.start: speaker for span, speaker in mentions}
        whole = {(span.start, span.end) for span, _ in mentions}  # in "his party", the body, "his" is no mention
        self.quoted, self.nested = self._levels(layout)
        pronouns = [token for token, word in enumerate(parse.lower) if word in EITHER]
        self.pronouns = [
            token for token in pronouns if parse.lower[token] in OWN or (parse.start[token], parse.end[token]) in whole
        ]
        by_pronoun = {parse.start[token] for token in self.pronouns}
        self.named = sorted(start for start in self.meant if start not in by_pronoun)
        persons = {parse.start[name.first] for name in parse.names if name.label == "PERSON"}
        self.persons = sorted(persons | {start for start in self.named if self.meant[start].kind == "person"})

    def _levels(self, layout: Layout) -> tuple[set[int], set[int]]:
        """The tokens inside outer quotations, and those inside a quotation within one."""
        outer, inner = set[int](), set[int]()
        for quotation in layout.quotations:
            (outer if quotation.level == 1 else inner).update(self.parse.tokens(quotation.start, quotation.end))
        return outer, inner

    def insertions(self, draft: Draft, dates: Sequence[Date]) -> tuple[Insertion, ...]:
        """What goes into the reading of a draft, in the order of the text. `dates` are those inside its content."""
        found = [*self._subject(draft), *self._pronouns(draft), *self._calendar(dates)]
        return tuple(sorted(found, key=lambda insertion: insertion.at))

    def _subject(self, draft: Draft) -> list[Insertion]:
        """The antecedent for a relative clause's gap, the source for an infinitive without a subject."""
        parse, pieces = self.parse, draft.pieces
        if draft.attribution is None or not pieces:
            return []
        head, start = main_head(draft), draft.content[0].start
        if self._subject_inside(head, pieces):
            return []
        if is_finite(parse, head):
            cue = draft.cue_head
            if cue is not None and parse.dep[cue] == "relcl" and parse.head[cue] < pieces[0][0]:
                return [Insertion(at=start, text=self._noun_phrase(parse.head[cue]))]
            return []
        infinitive = parse.tag[pieces[0][0]] == "TO" and parse.head[pieces[0][0]] == head
        if infinitive and draft.source and self._acts_itself(draft):
            name = self._name(draft) or parse.text[draft.source[0].start : draft.source[-1].end]
            return [] if _says_nobody(name) else [Insertion(at=start, text=name)]
        return []

    def _acts_itself(self, draft: Draft) -> bool:
        """Whether who says it is also who is to do it: "vowed to appeal", "her decision to appeal", but not "ordered him to appeal"."""
        assert draft.attribution is not None
        owns = draft.cue_head is not None and self.parse.pos[draft.cue_head] == "NOUN" and draft.attribution.act == "decide"
        return owns or draft.attribution.act in SUBJECT_CONTROL

    def _subject_inside(self, head: int, pieces: Sequence[tuple[int, int]]) -> bool:
        parse = self.parse
        if parse.pos[head] not in ("VERB", "AUX"):
            return True
        children = [child for child in parse.children[head] if parse.dep[child] in SUBJECTS]
        shared = parse.dep[head] == "conj" and has_subject(parse, parse.head[head])
        return shared or any(first <= child < last for child in children for first, last in pieces)

    def _noun_phrase(self, noun: int) -> str:
        """A noun with the determiner and adjectives before it, and the names that belong to it."""
        parse = self.parse
        before = [child for child in parse.children[noun] if child < noun and parse.dep[child] in BEFORE_NOUN]
        first = min([parse.edges[child][0] for child in before], default=noun)
        return parse.text[parse.start[first] : parse.end[noun]]

    def _name(self, draft: Draft) -> str | None:
        return self.names.get(draft.speaker) if draft.speaker else None

    def _pronouns(self, draft: Draft) -> list[Insertion]:
        """Names before pronouns that are known to mean a speaker, once for each speaker and not where the content names that speaker itself."""
        parse, pronouns = self.parse, self.pronouns
        inside = [
            token
            for first, last in draft.pieces
            for token in pronouns[bisect_left(pronouns, first) : bisect_left(pronouns, last)]
        ]
        found, seen = [], self._named(draft) if inside else set()
        for token in inside:
            name = self._meaning(draft, token)
            if (
                name
                and name not in seen
                and not _says_nobody(name)
                and not (parse.lower[token] in GENDERED and self._follows_a_person(draft, token))
            ):
                seen.add(name)
                ending = "'s" if parse.lower[token] in POSSESSIVE and parse.dep[token] == "poss" else ""
                found.append(Insertion(at=parse.start[token], text=name + ending))
        return found

    def _follows_a_person(self, draft: Draft, token: int) -> bool:
        """Whether a person is named in the content before a token: "he" is then that person, or one of two."""
        return bisect_left(self.persons, draft.content[0].start) < bisect_left(self.persons, self.parse.start[token])

    def _named(self, draft: Draft) -> set[str]:
        """The speakers whom a content mentions otherwise than by a pronoun."""
        starts = self.named
        inside = (
            start for span in draft.content for start in starts[bisect_left(starts, span.start) : bisect_left(starts, span.end)]
        )
        return {self.meant[start].name for start in inside}

    def _meaning(self, draft: Draft, token: int) -> str | None:
        word = self.parse.lower[token]
        if word in OWN:
            return self._name(draft) if draft.attribution and token in self.quoted and token not in self.nested else None
        return self.meant[self.parse.start[token]].name

    @staticmethod
    def _calendar(dates: Sequence[Date]) -> list[Insertion]:
        """Calendar values before relative dates; a date with its year says it itself."""
        return [
            Insertion(at=date.start, text=date.value)
            for date in dates
            if date.value
            and date.anchor
            and date.type in ("DATE", "TIME")
            and CALENDAR.match(date.value)
            and not YEAR.search(date.text)
        ]


def _says_nobody(name: str) -> bool:
    return name.split(maxsplit=1)[0].lower() in SAYS_NOBODY
