"""Attributions by layout alone: transcript lines, and a quotation signed with a dash and a name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ..findings import Layout
from ..parse import Parse
from .arguments import Range
from .candidate import Candidate
from .quotes import Quotes
from .tables import CueRow

SIGNATURE = re.compile(
    r"[\"”]\s*(?P<dash>--|—|–|-|―|~)\s*(?P<name>[A-ZÀ-Þ][\w.'’\-]+(?: [A-ZÀ-Þ(][\w.'’\-)]*){0,5}(?:, [^.\n]{2,60})?)\.?$"
)
COLON = CueRow(id=":/PUNCT", cue=1, occurs=1)
DASH = CueRow(id="-/PUNCT", cue=1, occurs=1)
CONFIDENCE = 0.8


def find_by_page(parse: Parse, layout: Layout, quotes: Quotes) -> Iterator[Candidate]:
    for paragraph in layout.paragraphs:
        if paragraph.label:
            name = parse.tokens(paragraph.label.start, paragraph.label.end)
            rest = parse.tokens(paragraph.label.end, paragraph.end)
            if len(name) and len(rest) > 2:
                yield _candidate(rest[0], (name[0], name[-1] + 1), [(rest[1], rest[-1] + 1)], COLON, "transcript-line")
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


def _candidate(cue: int, source: Range, pieces: list[Range], row: CueRow, rule: str) -> Candidate:
    return Candidate(
        cue, row, "PUNCT", (cue, cue + 1), source, rule, pieces, rule, pieces[0][0], confidence=CONFIDENCE, rule=rule
    )
