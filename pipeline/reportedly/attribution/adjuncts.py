"""Adjuncts that make a whole clause somebody's: "<The firm> [reportedly] <lost its licence>", "[in] {a poll}, <most want to stay>"."""

from __future__ import annotations

from collections.abc import Iterator

from ..parse import Parse
from .arguments import Range
from .candidate import RELATIVES, Candidate, has_word, source_range, trim, without
from .tables import CueRow, Tables, share

HEARSAY = "claim/ADV"
IN_A_POLL = 0.8
"""26 of the 32 such phrases in polnear-train are cues."""
SUBJECTS = frozenset(("nsubj", "nsubjpass", "expl", "csubj"))
OPENERS = SUBJECTS | {"aux", "auxpass", "neg"}


def find_by_adjunct(parse: Parse, tables: Tables, taken: set[int]) -> Iterator[Candidate]:
    """One candidate for each such adjunct of a clause. `taken` are the tokens of cues: "reportedly said" is one cue."""
    for index, word in enumerate(parse.lower):
        verb = parse.head[index]
        if verb in taken or parse.pos[verb] not in ("VERB", "AUX"):
            continue
        if parse.pos[index] == "ADV" and tables.class_of(f"{word}/ADV") == HEARSAY:
            yield from _candidate(
                parse, tables, f"{word}/ADV", (index, index + 1), None, (index, index + 1), verb, "hearsay-adverb"
            )
        elif word == "in" and parse.dep[index] == "prep":
            yield from _by_phrase(parse, tables, index, verb)


def _by_phrase(parse: Parse, tables: Tables, index: int, verb: int) -> Iterator[Candidate]:
    """ "In a poll", "in the view of the clerk", "in the clerk's words"."""
    noun = next((child for child in parse.children[index] if parse.dep[child] == "pobj"), None)
    if noun is None or not any(parse.dep[child] in SUBJECTS for child in parse.children[verb]):
        return
    hole = parse.edges[index]
    if parse.lemma[noun] in tables.lists.polls and (parse.tag[noun] == "NN" or index < verb):
        source = source_range(parse, noun, index)
        yield from _candidate(parse, tables, "in/ADP", (index, index + 1), source, hole, verb, "in-a-poll")
    elif parse.lemma[noun] in tables.lists.views:
        owner = next((child for child in parse.children[noun] if parse.dep[child] == "poss"), None)
        of = next((child for child in parse.children[noun] if parse.lower[child] == "of"), None)
        whose = next((child for child in parse.children[of] if parse.dep[child] == "pobj"), None) if of is not None else None
        if owner is not None and parse.tag[noun - 1] == "POS":
            cue = (noun - 1, noun + 1)
            yield from _candidate(parse, tables, "in/ADP", cue, source_range(parse, owner, noun), hole, verb, "in-a-view")
        elif of is not None and whose is not None:
            yield from _candidate(
                parse, tables, "in/ADP", (index, of + 1), source_range(parse, whose, index), hole, verb, "in-a-view"
            )


def _candidate(
    parse: Parse, tables: Tables, id_: str, cue: Range, source: Range | None, hole: Range, verb: int, rule: str
) -> Iterator[Candidate]:
    """The clause of `verb` without the tokens of `hole` as content."""
    pieces = [
        piece
        for first, last in without([_clause(parse, verb)], hole)
        if (piece := trim(parse, first, last)) and has_word(parse, piece)
    ]
    if pieces and (source or rule == "hearsay-adverb"):
        row = tables.cues.get(id_) or CueRow(id=id_, cue=0, occurs=0)
        confidence = share((row.cue, row.occurs), 0.5, 4.0) if rule == "hearsay-adverb" else IN_A_POLL
        yield Candidate(cue[0], row, "ADP", cue, source, rule, pieces, "clause", verb, confidence=confidence, rule=rule)


def _clause(parse: Parse, verb: int) -> Range:
    """A clause from its subject to its end, without a relative pronoun and without a clause that is coordinated to it."""
    opening = [child for child in parse.children[verb] if child < verb and parse.dep[child] in OPENERS]
    opening = [child for child in opening if parse.lower[child] not in RELATIVES]
    first = min((parse.edges[child][0] for child in opening), default=verb)
    last = parse.edges[verb][1]
    for child in parse.children[verb]:
        if child > verb and parse.dep[child] == "conj" and any(parse.dep[below] in SUBJECTS for below in parse.children[child]):
            last = min(last, parse.edges[child][0])
    while last > verb + 1 and parse.pos[last - 1] in ("CCONJ", "PUNCT"):
        last -= 1
    return first, last
