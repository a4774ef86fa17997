"""The whole record: attributed and narrated claims with everything that is said about them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from .. import quotation
from ..findings import Attribution, Layout, SpeakerIndex
from ..parse import Parse
from ..records import Article, Certainty, Claim, Content, Cue, Date, Entity, Quantity, Record, Source, Span, Spans, digest, join
from ..rulebook import Model, Rule
from .challenges import Challenges
from .checkable import CheckableWords, Checking, WeightRow
from .draft import Draft, marked, token_ranges
from .edges import Edges
from .modality import Modality, head_of_all
from .narrated import Narrated, Taken, find_narrated
from .reading import Reader, read_alone
from .repeats import find_repeats
from .rules import ChallengeRule, MarkerRule
from .timing import TimeRow, Timing

NEAR_BEHIND, NEAR_BEFORE = 4, 8
"""How many tokens behind, or before, its cue a date stands at most that the parser did not hang on the cue."""


CERTAIN: Certainty = "certain"


class Placed(Protocol):
    """An entity, a date or a quantity."""

    @property
    def id(self) -> str: ...
    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


Item = TypeVar("Item", bound=Placed)


class Within(Generic[Item]):
    """Finds which of the entities, dates or quantities of an article, given in the order of the text, lie in a part of it."""

    def __init__(self, items: Sequence[Item]) -> None:
        self.items = items
        self.starts = [item.start for item in items]

    def items_inside(self, span: Span) -> list[Item]:
        first, end = bisect_left(self.starts, span.start), span.end
        last = bisect_left(self.starts, end, first)
        return [item for item in self.items[first:last] if item.end <= end] if first < last else []

    def inside(self, spans: Spans) -> list[Item]:
        """Those that lie in one of the spans."""
        return [item for span in spans for item in self.items_inside(span)]


class NarratedRule(Rule):
    """How often a way of finding narrated claims was right: (right, found)."""

    id: str
    seen: tuple[int, int]


class ResumptionRule(Rule):
    """`resumption.yaml`: nouns that take a claim up again (", a claim for which …"): what they open is the reporter's."""

    nouns: tuple[str, ...]
    examples: tuple[str, ...]
    counter: tuple[str, ...]

    def pattern(self) -> re.Pattern[str]:
        nouns = "|".join(self.nouns)
        return re.compile(
            rf""",["”'’]?\s+(?:an?|the)\s+(?:\w+\s+)?(?:{nouns})\s+(?:(?:for|of|about|on|against)\s+)?(?:which|that)\b"""
        )


@dataclass(frozen=True)
class Assembler:
    """The rules of the claims stage, and the record that they make of an article."""

    modality: Modality
    challenges: Challenges
    timing: Timing
    checking: Checking
    narrated: dict[str, float]
    resumption: re.Pattern[str]

    @classmethod
    def of(cls, model: Model) -> Assembler:
        rows = model.rows("narrated.yaml", NarratedRule)
        return cls(
            Modality(model.rows("claims.yaml", MarkerRule)),
            Challenges(model.rows("challenges.yaml", ChallengeRule)),
            Timing(model.rows("times.yaml", TimeRow)),
            Checking(model.rows("checkable.yaml", WeightRow), model.table("checkable-words.yaml", CheckableWords)),
            {row.id: round(row.seen[0] / row.seen[1], 2) for row in rows},
            model.table("resumption.yaml", ResumptionRule).pattern(),
        )

    def record(
        self,
        article: Article,
        parse: Parse,
        layout: Layout,
        entities: tuple[Entity, ...],
        dates: tuple[Date, ...],
        quantities: tuple[Quantity, ...],
        attributions: tuple[Attribution, ...],
        speakers: SpeakerIndex,
        warnings: tuple[str, ...],
    ) -> Record:
        """The record of an article, its claims in the order of their first character."""
        drafts = self._drafts(parse, layout, attributions, speakers)
        claims = self._claims(parse, layout, drafts, speakers, entities, dates, quantities, article.published)
        return Record(
            id=article.id,
            title=article.title,
            published=article.published,
            url=article.url,
            publisher=article.publisher,
            text=article.text,
            sha256=digest(article.text),
            entities=entities,
            dates=dates,
            quantities=quantities,
            speakers=speakers.speakers,
            claims=tuple(claims),
            warnings=article.warnings + warnings,
        )

    # -- spans -------------------------------------------------------------------------------------------------------

    def _drafts(self, parse: Parse, layout: Layout, attributions: Sequence[Attribution], speakers: SpeakerIndex) -> list[Draft]:
        """Attributed and narrated claims with tidy edges; those of which nothing is left are dropped."""
        stops = frozenset([start for start, word in zip(parse.start, parse.word, strict=True) if word == "."])
        edges = Edges(parse.text, layout, stops)
        attributed = list(self._attributed(parse, edges, attributions, speakers))
        taken = Taken.over(
            parse,
            held=marked(len(parse), (piece for draft in attributed for piece in draft.pieces)),
            cue=marked(len(parse), (piece for draft in attributed for piece in draft.cue_pieces)),
            part=marked(len(parse), (p for d in attributed for p in d.pieces + d.cue_pieces + token_ranges(parse, d.source))),
        )
        told = (self._narrated(parse, edges, claim) for claim in find_narrated(parse, layout, taken))
        drafts = attributed + [draft for draft in told if draft.content]
        return sorted(drafts, key=lambda draft: (draft.hull, draft.attribution is None))

    def _attributed(
        self, parse: Parse, edges: Edges, attributions: Sequence[Attribution], speakers: SpeakerIndex
    ) -> Iterator[Draft]:
        for place, (attribution, speaker) in enumerate(zip(attributions, speakers.of, strict=True)):
            content = edges.tidy((span.start, self._before_resumption(parse.text, span)) for span in attribution.content)
            if content:
                yield Draft(parse, content, attribution.rule, attribution.confidence, attribution, speaker, place)

    def _before_resumption(self, text: str, span: Span) -> int:
        """The end of a span, or where in it ", a claim for which …" begins: what follows is said of the claim, not in it."""
        match = self.resumption.search(text, span.start, span.end)
        if match is None or match.start() == span.start or quotation.inside(text[span.start : match.end()])[-1]:
            return span.end
        return match.start()

    def _narrated(self, parse: Parse, edges: Edges, claim: Narrated) -> Draft:
        content = edges.tidy((parse.start[first], parse.end[last - 1]) for first, last in claim.pieces)
        return Draft(parse, content, f"narrated {claim.rule}", self.narrated[claim.rule], verb=claim.verb)

    # -- what is said about them ---------------------------------------------------------------------------------------

    def _claims(
        self,
        parse: Parse,
        layout: Layout,
        drafts: list[Draft],
        speakers: SpeakerIndex,
        entities: tuple[Entity, ...],
        dates: tuple[Date, ...],
        quantities: tuple[Quantity, ...],
        published: str | None,
    ) -> Iterator[Claim]:
        text, flags = parse.text, quotation.inside(parse.text)
        names = {speaker.id: speaker.name for speaker in speakers.speakers}
        marked_sentences = self.modality.sentences(parse)
        judged = [self._judge(draft, marked_sentences) for draft in drafts]
        repeats = find_repeats(
            parse, layout, drafts, [negative for negative, _ in judged], [_teller(draft, text) for draft in drafts]
        )
        challenges = self.challenges.find(parse, layout, drafts)
        parents = find_parents(drafts)
        reader = Reader(parse, layout, speakers.speakers)
        all_entities, all_dates, all_quantities = Within(entities), Within(dates), Within(quantities)
        ids = [f"c{number}" for number in range(1, len(drafts) + 1)]
        for number, draft in enumerate(drafts):
            parent, first = parents[number], repeats[number]
            own_dates = all_dates.inside(draft.content)
            insertions = reader.insertions(draft, own_dates)
            own_names, own_quantities = all_entities.inside(draft.content), all_quantities.inside(draft.content)
            negative, certainty = judged[number]
            head = head_of_all(draft)
            time = self.timing.judge(draft, head, own_dates, published)
            counts = {"quantities": len(own_quantities), "dates": len(own_dates), "names": len(own_names)}
            words = join(text, draft.content)
            yield Claim(
                id=ids[number],
                kind="attributed" if draft.attribution else "narrated",
                quote=quotation.kind(text, draft.content, flags),
                source=_source(draft, text, names, speakers),
                cue=_cue(draft, text),
                content=Content(spans=draft.content, text=words),
                reading=read_alone(text, draft.content, insertions) if insertions else words,
                insertions=insertions,
                polarity="negative" if negative else "positive",
                certainty=certainty,
                time=time,
                parent=None if parent is None else ids[parent],
                repeats=None if first is None else ids[first],
                challenges=challenges[number],
                entities=tuple([entity.id for entity in own_names]),
                dates=tuple([date.id for date in own_dates]),
                quantities=tuple([quantity.id for quantity in own_quantities]),
                said_on=said_on(draft, all_dates),
                checkable=self.checking.judge(self.checking.reasons(draft, head, time, certainty, **counts)),
                rule=draft.rule,
                confidence=draft.confidence,
            )

    def _judge(self, draft: Draft, marked_sentences: frozenset[int]) -> tuple[bool, Certainty]:
        """(negative, certainty): a denying cue over a positive content is negative, over a negative one positive."""
        if not draft.pieces:
            return False, "certain"
        sentence = draft.parse.sentence
        first, last = sentence[draft.pieces[0][0]], sentence[draft.pieces[-1][1] - 1]
        marked_words = not marked_sentences.isdisjoint(range(first, last + 1))
        negated, certainty = self.modality.judge(draft) if marked_words else (False, CERTAIN)
        return negated != self.modality.denies(draft), certainty


def find_parents(drafts: Sequence[Draft]) -> list[int | None]:
    """For each draft the number of the smallest attributed one whose content holds its cue (all its content if it has no cue), else None.

    Of two that hold each other's cue only the larger can be a parent, so that no circle arises.
    """
    probes = [(draft.cue_pieces or draft.pieces)[:1] for draft in drafts]
    wanted = sorted({ranges[0][0] for ranges in probes if ranges})
    holders: dict[int, list[int]] = {token: [] for token in wanted}
    for number, draft in enumerate(drafts):
        for first, last in draft.pieces if draft.attribution else ():
            for token in wanted[bisect_left(wanted, first) : bisect_left(wanted, last)]:
                holders[token].append(number)
    parents: list[int | None] = []
    for number, (draft, ranges) in enumerate(zip(drafts, probes, strict=True)):
        around = [
            (drafts[holder].size, holder)
            for holder in (holders[ranges[0][0]] if ranges else ())
            if (drafts[holder].size, -holder) > (draft.size, -number)
            and all(drafts[holder].holds(span.start, span.end) for span in draft.cue or draft.content)
        ]
        parents.append(min(around)[1] if around else None)
    return parents


def said_on(draft: Draft, dates: Within[Date]) -> str | None:
    """The id of the date of the saying: in the sentence of the cue, outside content and source, said of the cue or of the source.

    Of several it is the one nearest to the cue.
    """
    head = draft.cue_head
    if head is None:
        return None
    parse = draft.parse
    first, last = parse.sentences[parse.sentence[head]]
    around = dates.items_inside(Span(start=parse.start[first], end=parse.end[last - 1]))
    if not around:
        return None
    told = {head, *(top for a, b in token_ranges(parse, draft.source) for top in range(a, b))}
    if parse.dep[head] in ("conj", "advcl"):  # "he resigned on Monday, saying …"
        told.add(parse.head[head])
    found = []
    for date in around:
        apart = not any(span.start < date.end and date.start < span.end for span in draft.content + draft.source)
        if (
            date.type in ("DATE", "TIME")
            and apart
            and not (date.value or "").endswith("_REF")
            and _says_when(draft, head, told, date)
        ):
            found.append((abs(parse.token_at(date.start) - head), date.id))
    return min(found)[1] if found else None


def _says_when(draft: Draft, head: int, told: set[int], date: Date) -> bool:
    """Whether a date hangs on one of the tokens `told`, or stands beside the cue with no verb and no content between."""
    parse, tokens = draft.parse, draft.parse.tokens(date.start, date.end)
    if not tokens or parse.dep[tokens[-1]] in ("compound", "amod"):
        return False
    participle = False
    for ancestor in parse.ancestors(tokens[-1]):
        if ancestor in told:
            return not participle or ancestor != head
        if parse.pos[ancestor] in ("NOUN", "AUX") and ancestor not in tokens:
            break
        if parse.pos[ancestor] == "VERB":
            if participle or parse.dep[ancestor] != "acl":
                break
            participle = True  # "a poll published on Friday"
    between = range(head + 1, tokens[0]) if head < tokens[0] else range(tokens[-1] + 1, head)
    if len(between) > (NEAR_BEHIND if head < tokens[0] else NEAR_BEFORE):
        return False
    inside = any(first < head < last for first, last in draft.pieces) or any(a <= t < b for t in between for a, b in draft.pieces)
    return not inside and all(parse.pos[token] not in ("VERB", "PUNCT", "SCONJ", "CCONJ") for token in between)


def _teller(draft: Draft, text: str) -> str:
    """Who tells a claim, as far as that tells tellers apart."""
    return "the reporter" if draft.attribution is None else draft.speaker or join(text, draft.source).lower()


def _source(draft: Draft, text: str, names: dict[str, str], speakers: SpeakerIndex) -> Source | None:
    if not draft.source or draft.place is None:
        return None
    return Source(
        spans=draft.source,
        text=join(text, draft.source),
        speaker=draft.speaker,
        name=names[draft.speaker] if draft.speaker else None,
        sieve=speakers.sieves[draft.place] if speakers.sieves else None,
        precision=speakers.precisions[draft.place] if speakers.precisions else None,
        candidates=speakers.candidates[draft.place] if speakers.candidates else (),
    )


def _cue(draft: Draft, text: str) -> Cue | None:
    cue = draft.attribution
    if cue is None:
        return None
    words = join(text, cue.cue)
    return Cue(
        spans=cue.cue,
        text=words,
        lemma=cue.lemma,
        act=cue.act,
        stance=cue.stance,
        negated=cue.negated,
        conditional=cue.conditional,
    )
