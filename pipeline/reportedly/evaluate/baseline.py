"""What forty lines can do, on the bare text: "X said that Y", quotations beside a verb of saying, the nearest name as the source.

It is scored on every run, to show how hard the articles are.
"""

from __future__ import annotations

import re

from .align import Range
from .documents import Document, Triple

CUE = re.compile(
    r"\b(?:said|says|told|added|adding|warned|claimed|argued|insisted|announced|denied|wrote|asked|According to|according to)\b:?"
)
NAME = re.compile(r"(?:[Tt]he [a-z]+|[A-Z][\w.’'-]*\w|[Hh]e|[Ss]he|[Tt]hey|who)(?: (?:of |the |and )?[A-Z][\w.’'-]*\w)*")
SENTENCE = re.compile(r"\S[^\n]*?(?:[.!?][\"”]?(?=\s|$)|(?=\n|$))")
QUOTED = re.compile(r"[\"“][^\"“”\n]+[\"”]?")
EDGE = " ,.;:"


def predict(id_: str, text: str) -> Document:
    """The attributions of a text: at most one a sentence."""
    found = (_attribution(text, *sentence.span()) for sentence in SENTENCE.finditer(text))
    triples = tuple(sorted(triple for triple in found if triple))
    return Document(id_, text, attributions=triples, outermost=triples)


def _attribution(text: str, start: int, end: int) -> Triple | None:
    quotations = [match.span() for match in QUOTED.finditer(text, start, end)]
    cues = (match.span() for match in CUE.finditer(text, start, end))
    cue = next((span for span in cues if not _inside(span, quotations)), None)
    if cue is None:
        return None
    names = [match.span() for match in NAME.finditer(text, start, end) if not _inside(match.span(), quotations)]
    source = min(names, key=lambda name: max(cue[0] - name[1], name[0] - cue[1]), default=None)
    sides = (start, min(cue, source or cue)[0]), (max(cue, source or cue)[1], end)
    before, after = (_trimmed(text, *side) for side in sides)
    opens = bool(quotations) and quotations[0][0] == start
    content = quotations if opens else [max(before, after, key=lambda side: len(text[slice(*side)].split()) + (side == after))]
    return Triple((cue,), tuple(content), (source,) if source else ())


def _trimmed(text: str, start: int, end: int) -> Range:
    return end - len(text[start:end].lstrip(EDGE)), start + len(text[start:end].rstrip(EDGE))


def _inside(span: Range, others: list[Range]) -> bool:
    return any(start <= span[0] < end for start, end in others)
