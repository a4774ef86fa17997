"""Records and marked sentences for the tests of the scorer."""

from __future__ import annotations

from reportedly import markup
from reportedly.evaluate.documents import Document, Triple, of_record
from reportedly.exchange.sheet import compile_sheet
from reportedly.records import Article

TEXT = (
    "Ada Okoro said on Monday that 40 boats may sink. Her aide claimed the boats were new. The port denies it. "
    "Records show at least 12 losses. The pier closed in May."
)
GOLD = """
[entities]
PERSON | Ada Okoro
[dates]
<<Monday>> | DATE | 2024-05-06
in <<May>> | DATE | 2024-05
[quantities]
<<40 boats>> | 40 | boat
<<at least 12 losses>> | 12 | loss | at-least
[speakers]
person | Ada Okoro
unnamed | an aide
[claims]
A | {Ada Okoro} [said] on Monday <that 40 boats may sink> | speaker=Ada Okoro | certainty=possible | said_on=Monday
A | {Her aide} [claimed] <the boats were new> | speaker=an aide | stance=doubting
! denied | <<The port denies it>>
A | {Records} [show] <at least 12 losses> | stance=endorsing
N | <The pier closed in May>
"""
"""An article and its sheet."""


def triple(marked: str) -> tuple[str, Triple]:
    """The plain text and the attribution of a marked sentence."""
    read = markup.read(marked)
    return read.text, Triple(read.cue, read.content, read.source)


def document(text: str, sheet: str, id_: str = "d") -> Document:
    """An annotated article as a document; `d` is an id of the dev half."""
    return of_record(compile_sheet(Article(id=id_, text=text, published="2024-05-08"), sheet))
