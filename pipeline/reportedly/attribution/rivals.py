"""Candidates that claim the same words: where one ends before another, which one holds the other, which one goes."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict

from ..parse import Parse
from .candidate import Candidate
from .quotes import Quotes

FINITE = frozenset(("VBD", "VBP", "VBZ"))


def part_coordinated(parse: Parse, found: list[Candidate]) -> None:
    """End the first content in "She said the harbour was full and warned that …".

    The parser hangs the second cue on the first one's content. Where it has no subject of its own and the tables give it the first
    one's source, the content ends before it.
    """
    by_content = _by_content_head(found)
    for second in found:
        if parse.dep[second.head] != "conj" or second.source is None:
            continue
        for outer in by_content.get(parse.head[second.head], ()):
            if outer.source == second.source and (
                parse.tag[outer.head] == parse.tag[second.head] or {parse.tag[outer.head], parse.tag[second.head]} <= FINITE
            ):
                _end_before(parse, outer, second)


def _by_content_head(found: list[Candidate]) -> dict[int, list[Candidate]]:
    by_content = defaultdict(list)
    for candidate in found:
        by_content[candidate.content_head].append(candidate)
    return by_content


def _end_before(parse: Parse, outer: Candidate, second: Candidate) -> None:
    first, last = outer.pieces[-1]
    if not first < second.head < last:
        return
    start = second.cue[0]
    while start > first and parse.pos[start - 1] in ("CCONJ", "PUNCT", "ADV"):
        start -= 1
    if start > outer.content_head:
        outer.pieces[-1] = (first, start)


def part_participles(parse: Parse, found: list[Candidate]) -> None:
    """End the first content in "She said the harbour was full, adding that …", and give the second cue the first one's source.

    The parser hangs the participle on the first content, whose subject then looks like the source.
    """
    by_content = _by_content_head(found)
    for second in found:
        start = parse.edges[second.head][0]
        if parse.dep[second.head] != "advcl" or parse.tag[second.head] != "VBG" or not second.place.startswith("ccomp"):
            continue
        if start == 0 or parse.word[start - 1] != ",":
            continue
        for outer in by_content.get(parse.head[second.head], ()):
            if outer is not second and outer.head < second.head:
                if second.source is None or any(first <= second.source[0] < last for first, last in outer.pieces):
                    second.source = outer.source
                _end_before(parse, outer, second)


def lift_light_verbs(parse: Parse, found: list[Candidate], light: frozenset[str]) -> list[Candidate]:
    """Of "She expressed concern that …" the reading in which "expressed concern" is the cue, and the verb's own source its source."""
    by_head = {candidate.head: candidate for candidate in found}
    lifted = set[int]()
    for verb in found:
        noun = by_head.get(verb.content_head)
        if noun is None or noun is verb or parse.lemma[verb.head] not in light or parse.head[noun.head] != verb.head:
            continue
        if noun.cue[0] >= verb.cue[1] and not any(first < noun.cue[0] and last > verb.cue[1] for first, last in noun.pieces):
            noun.cue, noun.source = (verb.cue[0], noun.cue[1]), noun.source or verb.source
            verb.confidence = 0.0
            lifted.add(verb.head)
    return [candidate for candidate in found if candidate.head not in lifted]


def part_clauses(parse: Parse, quotes: Quotes, found: list[Candidate]) -> None:
    """End the content in "Okoro thinks it was rust; her deputy suspects …".

    It ends at an unquoted semicolon after which somebody else has a cue of his own.
    """
    own = sorted((candidate for candidate in found if candidate.source), key=lambda candidate: candidate.head)
    heads = [candidate.head for candidate in own]
    for outer in found:
        first, last = outer.pieces[-1]
        for token in range(max(first, outer.content_head) + 1, last - 1):
            if parse.word[token] == ";" and quotes.of[token] < 0:
                later = own[bisect_right(heads, token) : bisect_right(heads, last - 1)]
                if any(other.source and token < other.source[0] < last for other in later):
                    outer.pieces[-1] = (first, token)
                    break


def beside_pages(found: list[Candidate], by_page: list[Candidate]) -> list[Candidate]:
    """Without the candidates whose content the parser ran on over the name and colon of a line."""
    marks = sorted(candidate.head for candidate in by_page)
    return [
        candidate
        for candidate in found
        if not any(bisect_left(marks, first) < bisect_left(marks, last) for first, last in candidate.pieces)
    ]


def outermost(found: list[Candidate]) -> list[Candidate]:
    """Without the candidates whose cue lies in a larger one's content, and without second ones of the same content."""
    kept: list[Candidate] = []
    held: set[int] = set()
    contents: set[tuple[tuple[int, int], ...]] = set()
    for candidate in sorted(found, key=lambda candidate: (-candidate.size, -candidate.confidence, candidate.head)):
        content = tuple(candidate.pieces)
        if candidate.head not in held and content not in contents:
            kept.append(candidate)
            contents.add(content)
            held.update(token for piece in content for token in range(*piece))
    return kept


def inner(parse: Parse, found: list[Candidate], everything: list[Candidate], accept: float, alone: float) -> list[Candidate]:
    """Of the other candidates those to be kept as well.

    One whose cue lies in a found content counts if all of it does (a nested claim, no rival) with a confidence of `accept`; one that
    nobody holds, inside a quotation, with a confidence of `alone`. In "called the plan a mistake" the plan is no cue: what follows is the verb's.
    """
    holders = defaultdict(list)
    for candidate in found:
        for piece in candidate.pieces:
            for token in range(*piece):
                holders[token].append(candidate)
    heads = {candidate.head for candidate in found}
    contents = {tuple(candidate.pieces) for candidate in found}
    kept: list[Candidate] = []
    nested: set[tuple[tuple[int, int], ...]] = set()
    cues: set[int] = set()
    for candidate in sorted(everything, key=lambda candidate: -candidate.confidence):
        if candidate.head in heads or (candidate.place.startswith("~") and parse.head[candidate.head] in heads):
            continue
        around = holders.get(candidate.head, ())
        content, own = tuple(candidate.pieces), range(*candidate.cue)
        if any(_lies_in(candidate, other) for other in around):
            taken = candidate.confidence >= accept and content not in nested and cues.isdisjoint(own)
        else:
            taken = not around and candidate.confidence >= alone and content not in contents
        if taken:
            kept.append(candidate)
            nested.add(content)
            cues.update(own)
    return kept


def _lies_in(candidate: Candidate, other: Candidate) -> bool:
    return all(any(a <= first and last <= b for a, b in other.pieces) for first, last in candidate.pieces)
