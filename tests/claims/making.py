"""Records of marked sentences: the claims stage alone, with the attributions that stand inside the sentence."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import zip_longest
from typing import Any

from spacy.language import Language

from reportedly import claims, language, layout, markup
from reportedly.findings import Attribution, Layout, SpeakerIndex
from reportedly.parse import Parse
from reportedly.records import Act, Article, Claim, Date, Record, Span, Spans, Speaker
from reportedly.rulebook import Model

MODEL = Model.open()
ASSEMBLE = claims.stage(MODEL)
COUNT = claims.quantities_stage(MODEL)


@dataclass(frozen=True)
class Page:
    """An article up to the claims stage."""

    article: Article
    layout: Layout
    parse: Parse


def page(nlp: Language, text: str, published: str | None = "2023-05-10") -> Page:
    article = Article(id="made", text=text, published=published)
    found = layout.stage(article)
    parsed = language.parse(nlp, [(found.reading, [piece for paragraph in found.paragraphs for piece in paragraph.pieces])])[0]
    return Page(article, found, layout.sentences_stage(article, found, parsed))


def spans(ranges: tuple[tuple[int, int], ...]) -> Spans:
    return tuple(Span(start=start, end=end) for start, end in ranges)


def attribution(parse: Parse, marked: markup.Marked, **changes: Any) -> Attribution:
    """The attribution that is marked in a text, with the parser's lemma of its cue."""
    tokens = parse.tokens(*marked.cue[0])
    head = next((token for token in tokens if parse.head[token] not in tokens or parse.head[token] == token), tokens[0])
    fields: dict[str, Any] = {"lemma": parse.lemma[head], "act": "assert", "stance": "neutral", "rule": "made", "confidence": 1.0}
    return Attribution(spans(marked.source), spans(marked.cue), spans(marked.content), **(fields | changes))


def record(nlp: Language, marked: str, *others: str, speakers: tuple[Speaker, ...] = (), of: tuple[str | None, ...] = (),
           dates: tuple[tuple[str, str], ...] = (), acts: tuple[Act, ...] = (), **changes: Any) -> Record:  # fmt: skip
    """The record of a text with one claim marked; `others` mark further claims of the same text.

    `acts` are the claims' acts in order, `dates` are (words, value).
    """
    readings = [markup.read(sheet) for sheet in (marked, *others)]
    made = page(nlp, readings[0].text)
    assert all(reading.text == made.article.text for reading in readings)
    found = tuple(date(made.article.text, number, *given) for number, given in enumerate(dates, 1))
    with_act = zip_longest(readings, acts, fillvalue=changes.pop("act", "assert"))
    attributions = tuple(attribution(made.parse, reading, act=act, **changes) for reading, act in with_act if reading.cue)
    index = SpeakerIndex(speakers, of or tuple(None for _ in attributions))
    return ASSEMBLE(made.article, made.parse, made.layout, (), found, COUNT(made.parse, (), found), attributions, index, ())


def date(text: str, number: int, words: str, value: str) -> Date:
    start = text.index(words)
    return Date(id=f"d{number}", start=start, end=start + len(words), text=words, type="DATE", value=value, anchor="published")


def attributed(made: Record) -> Claim:
    """The first attributed claim."""
    return next(claim for claim in made.claims if claim.kind == "attributed")


def narrated(made: Record) -> list[str]:
    return [claim.content.text for claim in made.claims if claim.kind == "narrated"]
