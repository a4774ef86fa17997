"""Attributions by layout alone: transcript lines, headlines with a name and a colon, and a quotation signed with a dash and a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Layout
from ..parse import Parse
from .arguments import Range
from .candidate import Candidate, trim
from .quotes import Quotes
from .tables import CueRow, Tables

SIGNATURE = re.compile(
    r"[\"”]\s*(?P<dash>--|—|–|-|―|~)\s*(?P<name>[A-ZÀ-Þ][\w.'’\-]+(?: [A-ZÀ-Þ(][\w.'’\-)]*){0,5}(?:, [^.\n]{2,60})?)\.?$"
)
COLON = CueRow(id=":/PUNCT", cue=1, occurs=1)
DASH = CueRow(id="-/PUNCT", cue=1, occurs=1)
CONFIDENCE = 0.8
LONGEST_NAME = 10
"""Tokens before the colon."""
LONGEST_HEADLINE = 40
AFTER_LABEL = frozenset((":", ")", "]", "))"))
HEADLINE_ADJUNCTS = frozenset(("on", "to", "at", "in", "after"))
NAME_PARTS = frozenset(("PROPN", "NOUN", "ADJ", "ADP", "DET", "PUNCT", "CCONJ", "PART"))
OPENERS = frozenset((".", "!", "?", "-", "--", "–", "—", "”", '"', "''", "•", ";"))


def find_by_page(parse: Parse, layout: Layout, quotes: Quotes, tables: Tables) -> Iterator[Candidate]:
    """Headlines with a name and a colon, transcript lines, signed quotations, and quotations after a name and a colon."""
    headline = next(_in_headline(parse, layout, tables), None)
    if headline:
        yield headline
    yield from (found for found in _after_colon(parse, quotes) if not headline or found.head != headline.head)
    turns: dict[int, list[Range]] = {}
    for paragraph in layout.paragraphs:
        if paragraph.turn is not None and (tokens := parse.tokens(paragraph.start, paragraph.end)):
            turns.setdefault(paragraph.turn, []).append((tokens[0], tokens[-1] + 1))
    for number, paragraph in enumerate(layout.paragraphs):
        if paragraph.label:
            name = parse.tokens(paragraph.label.start, paragraph.label.end)
            rest = parse.tokens(paragraph.label.end, paragraph.end)
            first = next((token for token in rest if parse.word[token] not in AFTER_LABEL), -1)
            if len(name) and len(rest) > 2 and first > rest[0]:
                source, pieces = (name[0], name[-1] + 1), [(first, rest[-1] + 1), *turns.get(number, ())]
                yield _candidate(rest[0], source, pieces, COLON, "transcript-line", marks=(rest[0], first))
            continue
        signature = SIGNATURE.search(parse.text, paragraph.start, paragraph.end)
        if signature:
            name, dash = (parse.tokens(*signature.span(part)) for part in ("name", "dash"))
            said = (
                sorted({number for number in quotes.of[parse.token_at(paragraph.start) : dash[0]] if number >= 0})
                if len(dash)
                else []
            )
            if said and len(name):
                yield _candidate(
                    dash[0], (name[0], name[-1] + 1), [quotes.ranges[number] for number in said], DASH, "dash-signature"
                )


def _in_headline(parse: Parse, layout: Layout, tables: Tables) -> Iterator[Candidate]:
    """`Name: what they say` in the first line: a name of the article, or a word for those who speak in headlines, before the colon."""
    if not layout.paragraphs or layout.paragraphs[0].label:
        return
    tokens = parse.tokens(layout.paragraphs[0].start, layout.paragraphs[0].end)
    colon = next((token for token in tokens[: LONGEST_NAME + 1] if parse.word[token] == ":"), None)
    if colon is None or not 2 < len(tokens) <= LONGEST_HEADLINE:
        return
    start = max((token + 1 for token in range(tokens[0], colon) if parse.word[token] in OPENERS), default=tokens[0])
    named = next((token for token in range(start + 1, colon) if parse.lower[token] in HEADLINE_ADJUNCTS), colon)
    content = trim(parse, colon + 1, tokens[-1] + 1)
    if any(parse.pos[token] in ("VERB", "AUX", "ADP") and parse.lower[token] != "of" for token in range(start, named)):
        return
    if start < named and content and _speaks(parse, named - 1, tokens[-1], tables):
        yield _candidate(colon, (start, named), [content], COLON, "headline-colon")


def _speaks(parse: Parse, last: int, end: int, tables: Tables) -> bool:
    """Whether the word at `last` is one of `tables.lists.voices`, or part of a person's or body's name further down in the article."""
    word = parse.lower[last]
    names = {
        parse.lower[token]
        for name in parse.names
        if name.label in ("PERSON", "ORG") and name.first > end
        for token in range(*name[:2])
    }
    return word in tables.lists.voices or (word in names and parse.word[last][0].isupper())


def _after_colon(parse: Parse, quotes: Quotes) -> Iterator[Candidate]:
    """`Name: "…"`: a quotation whose sentence begins with a name and a colon, without a verb between."""
    for first, last in quotes.ranges:
        colon = first - 1
        if colon < 1 or parse.word[colon] != ":" or quotes.paragraph[colon] != quotes.paragraph[first]:
            continue
        start = colon
        while start > 0 and colon - start < LONGEST_NAME and _in_name(parse, quotes, start - 1, colon):
            start -= 1
        named = any(parse.pos[token] == "PROPN" for token in range(start, colon))
        opens = start == 0 or quotes.paragraph[start - 1] != quotes.paragraph[colon] or parse.word[start - 1] in OPENERS
        if named and opens:
            yield _candidate(colon, (start, colon), [(first, last)], COLON, "name-and-colon")


def _in_name(parse: Parse, quotes: Quotes, token: int, colon: int) -> bool:
    same = quotes.paragraph[token] == quotes.paragraph[colon] and quotes.of[token] < 0
    return same and parse.pos[token] in NAME_PARTS and parse.word[token] not in OPENERS


def _candidate(cue: int, source: Range, pieces: list[Range], row: CueRow, rule: str, marks: Range | None = None) -> Candidate:
    return Candidate(
        cue, row, "PUNCT", marks or (cue, cue + 1), source, rule, pieces, rule, pieces[0][0], confidence=CONFIDENCE, rule=rule
    )
