"""Whole quotations: a content that touches one becomes the whole of it, one beside a cue is its content, and those that follow join."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass

from ..findings import Layout
from ..parse import Parse
from .arguments import Range, subjects
from .candidate import Candidate, cue_group, cue_id, source_range
from .tables import Tables

REACH = 35
"""How many tokens from a quotation its cue may stand."""
SMALL_IN_TITLES = frozenset("a an and as at but by for from in into nor of on or over the to upon vs with".split())
HYPHENATED = re.compile(r"\w+(?:['’\-]\w+)*")
SENTENCE_INSIDE = re.compile(r"[.!?](?: |$)")
FULL_STOPS = frozenset((".", "!", "?"))
CLOSING = frozenset(("”", '"', "''", "’", "'"))
LONGEST_TAG = 12
"""How many tokens may stand between a tag and the quotation that goes on after it."""
SHORT = 3
"""A quotation of fewer words is a fragment or a scare quote: cues inside it count as outside."""
LEAST_QUOTES, LEAST_SHARE = 2, 0.05
"""A word is taken for a cue of quotations if it was one this often, and in this share of its occurrences."""
ADJACENT_CONFIDENCE = 0.75


@dataclass(frozen=True)
class Quotes:
    """The outer quotations of an article as token ranges, without titles.

    `of[token]` is the number of the quotation that holds a token, or -1; `paragraph[token]` that of its paragraph.

    `goes_on` holds the numbers of those that the quotation of the paragraph before runs on into, `short` of those that are mere fragments,
    `titles` the tokens of titles in quotation marks.
    """

    ranges: list[Range]
    of: list[int]
    paragraph: list[int]
    goes_on: frozenset[int]
    titles: frozenset[int]
    short: frozenset[int]

    @classmethod
    def read(cls, parse: Parse, layout: Layout) -> Quotes:
        ranges: list[Range] = []
        of = [-1] * len(parse)
        goes_on, continues = set(), False
        titles: set[int] = set()
        headlines = [(paragraph.start, paragraph.end) for paragraph in layout.paragraphs if paragraph.kind == "headline"]
        for quotation in layout.quotations:
            tokens = parse.tokens(quotation.start, quotation.end)
            in_headline = any(start <= quotation.start < stop for start, stop in headlines)
            if quotation.closed and not in_headline and is_title(parse.text[quotation.inner[0] : quotation.inner[1]]):
                titles.update(tokens)
            elif quotation.level == 1 and len(tokens):
                for token in tokens:
                    of[token] = len(ranges)
                if continues:
                    goes_on.add(len(ranges))
                continues = quotation.continues
                ranges.append((tokens[0], tokens[-1] + 1))
        starts = [paragraph.start for paragraph in layout.paragraphs]
        paragraph = [bisect_right(starts, start) - 1 for start in parse.start]
        short = frozenset(number for number, span in enumerate(ranges) if words(parse, span) < SHORT)
        return cls(ranges, of, paragraph, frozenset(goes_on), frozenset(titles), short)

    def inside(self, token: int) -> bool:
        """Whether a token stands in a quotation that is more than a fragment."""
        return self.of[token] >= 0 and self.of[token] not in self.short

    def touched(self, piece: Range) -> set[int]:
        """The numbers of the quotations that share a token with a range."""
        return {number for number in self.of[piece[0] : piece[1]] if number >= 0}

    def edged(self, candidate: Candidate) -> bool:
        """Whether a piece of the content begins or ends in a quotation."""
        return any(self.of[first] >= 0 or self.of[last - 1] >= 0 for first, last in candidate.pieces)


def is_title(text: str) -> bool:
    """Words in title case, two at least, as the name of a film or book is written: one phrase, in it only small words in lower case."""
    found = HYPHENATED.findall(text)
    return (
        sum(word[0].isupper() for word in found) > 1
        and all(word[0].isupper() or word in SMALL_IN_TITLES for word in found)
        and not text.isupper()
        and not SENTENCE_INSIDE.search(text.rstrip())
    )


def words(parse: Parse, piece: Range) -> int:
    return sum(parse.word[token][0].isalnum() for token in range(*piece))


def make_whole(parse: Parse, candidate: Candidate, quotes: Quotes) -> None:
    """Let a content that begins or ends inside a quotation have all of it, unless the cue or the source stands in it."""
    own = [candidate.cue, *([candidate.source] if candidate.source else [])]
    grown: list[Range] = []
    for first, last in candidate.pieces:
        for token in (first, last - 1):
            number = quotes.of[token]
            if number >= 0 and not any(quotes.ranges[number][0] <= part[0] < quotes.ranges[number][1] for part in own):
                first, last = min(first, quotes.ranges[number][0]), max(last, quotes.ranges[number][1])
        grown.append(_after_colon(parse, candidate, quotes, first, last))
    candidate.pieces = join(parse, grown)


def _after_colon(parse: Parse, candidate: Candidate, quotes: Quotes, first: int, last: int) -> Range:
    """Of "The clerk was blunt: <"We lost them,"> he said" the quotation alone: what leads up to it is the reporter's."""
    number = quotes.of[last - 1]
    if last > candidate.cue[0] or number < 0 or number in quotes.short:
        return first, last
    start = quotes.ranges[number][0]
    if start <= first:
        return first, last
    opens = next((token for token in range(start, last) if parse.word[token][0].isalnum()), start)
    led = parse.word[start - 1] in (":", ",") or parse.word[start - 1].endswith(".")
    return (start, last) if led and parse.word[opens][0].isupper() else (first, last)


def join(parse: Parse, pieces: list[Range]) -> list[Range]:
    """The pieces in order, those that overlap or have only punctuation between them made one."""
    joined: list[Range] = []
    for first, last in sorted(pieces):
        if joined and all(parse.pos[token] == "PUNCT" for token in range(joined[-1][1], first)):
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return joined


def adopt(parse: Parse, quotes: Quotes, found: list[Candidate], tables: Tables) -> list[Candidate]:
    """Give each quotation that no content holds to the cue of quotations beside it; returns the candidates that this made."""
    by_head = {candidate.head: candidate for candidate in found}
    held = {number for candidate in found for piece in candidate.pieces for number in quotes.touched(piece)}
    made: list[Candidate] = []
    for number, quotation in enumerate(quotes.ranges):
        if number in held or not _is_speech(parse, quotation):
            continue
        beside = [
            (share, -distance, token, window, side)
            for share, distance, token, window, side in _cues_beside(parse, quotes, quotation, tables)
            if token not in by_head or not quotes.edged(by_head[token])
        ]
        if not beside:
            continue
        _, _, token, window, side = max(beside)
        candidate = by_head.get(token)
        if candidate is None:
            candidate = _adjacent(parse, token, window, quotation, side, tables)
            by_head[token] = candidate
            made.append(candidate)
        elif (
            candidate.confidence < 0.5
            or candidate.place in ("dobj", "nsubjpass")
            or candidate.place.startswith(("<", "prep:to>", "prep:of>"))
        ):
            candidate.pieces = [quotation]
        else:
            candidate.pieces = sorted([*candidate.pieces, quotation])
        candidate.confidence = max(candidate.confidence, ADJACENT_CONFIDENCE)
        held.add(number)
    return made


def _is_speech(parse: Parse, quotation: Range) -> bool:
    """More than a word, or one with the mark of speech inside: "Quiet," he said."""
    return words(parse, quotation) > 1 or parse.word[max(quotation[0], quotation[1] - 2)] in (",", "!", "?")


def _cues_beside(parse: Parse, quotes: Quotes, quotation: Range, tables: Tables) -> list[tuple[float, int, int, Range, str]]:
    """At most one cue of quotations on either side: (its share, its distance, its token, the unquoted words there, the side)."""
    found = []
    after = _window(parse, quotes, quotation[1], 1)
    ended = any(parse.word[token] == "." for token in range(quotation[1] - 2, quotation[1]))  # what follows a full stop is no tag
    for token in range(*after) if not ended else ():
        share = _quote_share(parse, token, tables, ("VERB", "AUX"))
        if share:
            found.append((share, token - after[0], token, after, "after"))
            break
    before = _window(parse, quotes, quotation[0], -1)
    for token in range(before[1] - 1, before[0] - 1, -1):
        share = _quote_share(parse, token, tables, ("VERB", "AUX", "NOUN"))
        if share and (parse.word[before[1] - 1] in (",", ":") or token == before[1] - 1):
            found.append((share, before[1] - token, token, before, "before"))
            break
    return [row for row in found if row[0] >= LEAST_SHARE]


def _window(parse: Parse, quotes: Quotes, start: int, step: int) -> Range:
    """The unquoted words of the sentence and paragraph on one side of a quotation's edge; on the side before it they may be those of the
    paragraph before, if a colon ends it."""
    paragraph = quotes.paragraph[min(start, len(parse) - 1)] if step < 0 else quotes.paragraph[start - 1]
    if step < 0 and start > 0 and parse.word[start - 1] == ":":
        paragraph = quotes.paragraph[start - 1]
    first = last = start
    while last - first < REACH:
        token = last if step > 0 else first - 1
        if not 0 <= token < len(parse) or quotes.of[token] >= 0 or quotes.paragraph[token] != paragraph:
            break
        ended = parse.word[token - 1 if step > 0 else token] in FULL_STOPS
        if ended and last > first:
            break
        if step < 0 and ended:
            break
        first, last = (first, last + 1) if step > 0 else (first - 1, last)
    return first, last


def _quote_share(parse: Parse, token: int, tables: Tables, kinds: tuple[str, ...]) -> float:
    row = tables.cues.get(cue_id(parse, token) or "")
    if row is None or row.quotes < LEAST_QUOTES or row.id.rpartition("/")[2] not in kinds:
        return 0.0
    return row.quotes / max(1, row.occurs)


def _adjacent(parse: Parse, token: int, window: Range, quotation: Range, side: str, tables: Tables) -> Candidate:
    row = tables.cues[cue_id(parse, token) or ""]
    pos = row.id.rpartition("/")[2]
    best, most, path = None, 0.3, "none"
    for place in subjects(parse, token):
        value = tables.source_share(row, pos, place.key)
        if window[0] <= place.token < window[1] and value > most:
            most, best, path = value, source_range(parse, place.token, token), place.key
    if best is None and side == "after":
        best, path = _inverted(parse, token, window), "after the cue"
    cue = cue_group(parse, token, [], best)
    return Candidate(token, row, pos, cue, best, path, [quotation], f"quotation {side}", quotation[0], rule="adjacent-quotation")


def _inverted(parse: Parse, cue: int, window: Range) -> Range | None:
    """The noun phrase right after a cue that opens its tag: "…," added another of the clerks."""
    if cue != window[0] or cue + 1 >= window[1]:
        return None
    head = next(
        (token for token in range(cue + 1, min(cue + 6, window[1])) if parse.pos[token] in ("NOUN", "PROPN", "PRON")), None
    )
    while head is not None and cue < parse.head[head] < window[1] and parse.head[head] != head:
        head = parse.head[head]
    return None if head is None or parse.pos[head] not in ("NOUN", "PROPN", "PRON") else source_range(parse, head, cue)


def join_following(parse: Parse, quotes: Quotes, found: list[Candidate]) -> None:
    """A quotation that nobody holds joins the last content with a quotation before it in the paragraph if it opens its own sentence, or
    the content whose quotation runs on into it from the paragraph before."""
    held = {number: candidate for candidate in found for piece in candidate.pieces for number in quotes.touched(piece)}
    by_paragraph = defaultdict(list)
    for candidate in found:
        by_paragraph[quotes.paragraph[candidate.head]].append(candidate)
    for number, quotation in enumerate(quotes.ranges):
        if number not in held and words(parse, quotation) > 1:
            near = by_paragraph.get(quotes.paragraph[quotation[0]], [])
            if number in quotes.goes_on or (not near and _fills_paragraph(parse, quotes, number)):
                teller = held.get(number - 1)
            else:
                teller = _before(parse, quotes, quotation[0], near)
            if teller:
                held[number] = _joined(teller, quotation)
    for number in range(len(quotes.ranges) - 2, -1, -1):  # the cue may stand in the last of several paragraphs
        if number not in held and number + 1 in quotes.goes_on and number + 1 in held:
            held[number] = _joined(held[number + 1], quotes.ranges[number])


def _fills_paragraph(parse: Parse, quotes: Quotes, number: int) -> bool:
    """Whether a quotation is a whole paragraph, below one that holds the quotation before it."""
    first, last = quotes.ranges[number]
    alone = (first == 0 or quotes.paragraph[first - 1] != quotes.paragraph[first]) and (
        last == len(parse) or quotes.paragraph[last] != quotes.paragraph[first]
    )
    return alone and number > 0 and quotes.paragraph[quotes.ranges[number - 1][0]] == quotes.paragraph[first] - 1


def _joined(candidate: Candidate, quotation: Range) -> Candidate:
    candidate.pieces = sorted([*candidate.pieces, quotation])
    return candidate


def _before(parse: Parse, quotes: Quotes, first: int, near: list[Candidate]) -> Candidate | None:
    """The candidate, among those of its paragraph, that a quotation beginning its own sentence at `first` goes on from."""
    if first == 0 or quotes.paragraph[first - 1] != quotes.paragraph[first]:
        return None
    tagged = next((candidate for candidate in near if _goes_on(parse, quotes, candidate, first)), None)
    if tagged:
        return tagged
    if parse.word[first - 1] not in CLOSING and not parse.word[first - 1].endswith((".", "!", "?")):
        return None
    last = max((candidate for candidate in near if quotes.edged(candidate) and end(candidate) <= first), key=end, default=None)
    return None if last is None or _told_between(parse, quotes, end(last), first) else last


def _goes_on(parse: Parse, quotes: Quotes, candidate: Candidate, first: int) -> bool:
    """Whether a quotation goes on after its tag: "…," the clerk said, "and then we left"."""
    last = max(candidate.cue[1], candidate.source[1] if candidate.source else 0)
    start = min(candidate.cue[0], candidate.source[0] if candidate.source else candidate.cue[0])
    return (
        last <= first <= last + LONGEST_TAG
        and candidate.pieces[-1][1] <= start
        and quotes.of[candidate.pieces[-1][1] - 1] >= 0
        and not any(
            parse.pos[token] in ("VERB", "AUX") or parse.word[token] in FULL_STOPS or quotes.of[token] >= 0
            for token in range(last, first)
        )
    )


def end(candidate: Candidate) -> int:
    """The last token (exclusive) of all parts of a candidate."""
    return max(candidate.cue[1], candidate.source[1] if candidate.source else 0, candidate.pieces[-1][1])


def _told_between(parse: Parse, quotes: Quotes, first: int, last: int) -> bool:
    """Whether a verb of the reporter's stands in the gap, in a sentence of its own."""
    sentence = parse.sentence[first - 1]
    return any(
        parse.pos[token] in ("VERB", "AUX") and quotes.of[token] < 0 and parse.sentence[token] != sentence
        for token in range(first, last)
    )
