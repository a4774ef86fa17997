"""A cue with the content and source that the tables give it, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from ..parse import Parse
from .arguments import WH, Argument, Range, Subject, arguments, subjects
from .choice import as_contents, as_sources, chances, is_clear
from .tables import CueRow, Tables

SURE = 0.5
WEAK = 0.12
"""A cue with no argument of this share has no content; the likeliest argument is content even below `SURE`."""
SOURCE_SURE = 0.3
CUE_KINDS = frozenset(("VERB", "NOUN", "PROPN", "ADJ", "AUX"))
MARKED_CLAUSES = ("ccomp:that", "ccomp:whether", "ccomp:if")
CLAUSES = frozenset(("ccomp", "xcomp", "<ccomp"))
GROUP = frozenset(("aux", "auxpass", "neg", "prt"))
EDGE_MARKS = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "?", "!"))
LEADING_MARKS = EDGE_MARKS - {"?", "!"}
CONNECTIVES = frozenset(("ADV", "CCONJ", "SCONJ", "PUNCT", "INTJ"))
RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
SPEECH_NOUNS = frozenset(
    "accusation allegation argument assertion charge claim contention description remark statement suggestion theory view".split()
)
"""An appositive with one of these comments on what was said: "…, a claim for which there is no evidence"."""
MERE_PRONOUNS = frozenset("it this that these those so which what them him her one otherwise".split())
LOSSES = frozenset(("life", "victim"))
MATTERS = frozenset(
    "answer basis comment detail evidence example explanation ground information proof reason source statement".split()
)
CLOSING_MARKS = frozenset(("”", '"', "''", "’", "'"))
DASHES = frozenset(("--", "—", "-", "–"))


class Features(NamedTuple):
    """What a candidate's score is summed from: three figures by name, and the names of features that are there or not."""

    figures: dict[str, float]
    names: list[str]

    def values(self) -> dict[str, float]:
        """By name, as weights are fitted to them."""
        return self.figures | dict.fromkeys(self.names, 1.0)


@dataclass(slots=True)
class Candidate:
    """`head`: the cue's head token; `place`: where its content stands; `path`: how its source was reached; `pieces`: the content's tokens."""

    head: int
    row: CueRow
    pos: str
    cue: Range
    source: Range | None
    path: str
    pieces: list[Range]
    place: str
    content_head: int
    count: int = 1
    confidence: float = 0.0
    rule: str = ""
    features: Features | None = None

    @property
    def size(self) -> int:
        return sum(last - first for first, last in self.pieces)


def cue_id(parse: Parse, index: int) -> str | None:
    """The id of a token in the cue lexicon, `lemma/POS`, of a verb with its particle ("point out/VERB"); None for what is never a cue."""
    pos = parse.pos[index]
    if pos not in CUE_KINDS:
        return None
    if pos == "PROPN":
        pos = "NOUN"
    lemma = parse.lemma[index].lower()
    if pos == "VERB" and index in parse.particles:
        return f"{lemma} {parse.particles[index]}/VERB"
    return f"{lemma}/{pos}"


def propose(
    parse: Parse, index: int, row: CueRow, tables: Tables, quote_of: Sequence[int], *, cut: bool = True, least: float = 0.0
) -> Candidate | None:
    """The best candidate of a cue's head token, or None where nothing beside it could be content, or where it so seldom is that a smaller
    share than `least` came out right."""
    places = arguments(parse, index)
    shares = [tables.content_share(row, place.key) for place in places]
    best = max(shares, default=0.0)
    pos = row.id.rpartition("/")[2]
    if best < WEAK or tables.right_share(row, pos, places[shares.index(best)].key)[0] < least:
        return None
    likely = shares
    if tables.content_weights and not is_clear(shares):
        rows = as_contents(parse, index, row.id, tables, places, shares, quote_of)
        likely = chances(rows, shares, tables.content_weights, tables.content_sum)
    by_place = dict(zip(places, likely, strict=True))
    chosen = [place for place in places if by_place[place] >= SURE] or [max(places, key=lambda place: by_place[place])]
    chosen = _on_one_side(parse, index, chosen)
    main = max(chosen, key=lambda place: (place.key.partition(":")[0] in CLAUSES, by_place[place]))
    source, path = _choose_source(parse, index, row, tables, chosen, quote_of)
    cue = cue_group(parse, index, chosen, source)
    chosen = [place for place in chosen if not _is_empty_word(parse, place, chosen)] or chosen
    pieces = _pieces(parse, chosen, cue, source)
    pieces = _with_opening(parse, pieces, cue, source)
    if not pieces or _says_nothing(parse, index, main.head) or _is_mere_pronoun(parse, pieces):
        return None
    candidate = Candidate(index, row, pos, cue, source, path, pieces, main.key, main.head, len(chosen))
    if cut:
        _cut_tail(parse, candidate, tables, quote_of)
    return candidate


def _on_one_side(parse: Parse, index: int, chosen: list[Argument]) -> list[Argument]:
    """Dependents before the governor; and with a marked clause after the cue, or with a semicolon or colon between, nothing from before it."""
    below = [place for place in chosen if place.hole is None] or chosen
    after = [place for place in below if place.first > index]
    marked = any(place.key.startswith(MARKED_CLAUSES) for place in after)
    return [
        place
        for place in below
        if place in after or not after or not (place.key.startswith("<") and (marked or _is_broken(parse, place.last, index)))
    ]


def _is_broken(parse: Parse, first: int, last: int) -> bool:
    return any(parse.word[token] in (";", ":") for token in range(first - 1, last))


def _says_nothing(parse: Parse, index: int, head: int) -> bool:
    """ "gave no evidence", "offered no comment": nothing is said, so nothing is claimed; "claimed 40 lives" says nothing either."""
    if parse.lemma[index] == "claim" and parse.lemma[head] in LOSSES:
        return True
    return parse.lemma[head] in MATTERS and any(parse.lower[child] == "no" for child in parse.children[head])


def _is_mere_pronoun(parse: Parse, pieces: list[Range]) -> bool:
    """ "denied it", "said so": what was said stands elsewhere."""
    words = [parse.lower[token] for piece in pieces for token in range(*piece) if parse.word[token][0].isalnum()]
    return len(words) == 1 and words[0] in MERE_PRONOUNS


# -- cue ---------------------------------------------------------------------------------------------------------------


def cue_group(parse: Parse, index: int, chosen: list[Argument], source: Range | None) -> Range:
    """The contiguous group around the cue's head: auxiliaries, negation, single adverbs, particle, the copula of an adjective or noun, a
    possessive 's, the preposition that leads to its content (or, of "according to", to its source), a colon."""
    parts = _group(parse, index)
    above = parse.head[index]
    if parse.dep[index] in ("acomp", "attr") and parse.pos[above] == "AUX" and above < index:
        parts |= _group(parse, above) | {above}
    if parse.pos[index] == "NOUN" and parse.tag[index - 1] == "POS":
        parts.add(index - 1)
    first, last = index, index + 1
    while first - 1 in parts:
        first -= 1
    while last in parts:
        last += 1
    if any(place.joint == last for place in chosen) or (
        source and source[0] == last + 1 and parse.dep[index] == "prep" and parse.dep[last] == "prep"
    ):
        last += 1
    while last < len(parse) and parse.word[last] == ":":
        last += 1
    return first, last


def _group(parse: Parse, index: int) -> set[int]:
    return {
        child
        for child in parse.children[index]
        if parse.dep[child] in GROUP
        or (parse.dep[child] == "advmod" and parse.pos[child] != "PROPN" and parse.edges[child] == (child, child + 1))
    }


def _is_empty_word(parse: Parse, place: Argument, chosen: list[Argument]) -> bool:
    """ "It" that stands for a clause, and the relative pronoun of "in which she said had …": beside a clause neither is content."""
    return (
        len(chosen) > 1 and place.last - place.first == 1 and parse.lower[place.first] in ("it", "there", "which", "who", "that")
    )


# -- source ------------------------------------------------------------------------------------------------------------


def _choose_source(
    parse: Parse, index: int, row: CueRow, tables: Tables, chosen: list[Argument], quote_of: Sequence[int]
) -> tuple[Range | None, str]:
    """The likeliest source that is not the head of a chosen content, nor in a quotation that the cue stands outside of."""
    heads = {place.head for place in chosen}
    places = source_places(parse, index, quote_of)
    shares = [tables.source_share(row, row.id.rpartition("/")[2], place.key) for place in places]
    likely = shares
    if tables.source_weights and not is_clear(shares):
        content = [(place.first, place.last) for place in chosen]
        rows = as_sources(parse, index, row.id, tables, places, shares, content)
        likely = chances(rows, shares, tables.source_weights, tables.source_sum)
    sure = [(-value, number) for number, value in enumerate(likely) if value > SOURCE_SURE]
    for _, number in sorted(sure):
        place = places[number]
        span = source_range(parse, place.token, index) if place.token not in heads else None
        if span:
            return span, place.key
    return None, "none"


def source_places(parse: Parse, index: int, quote_of: Sequence[int]) -> list[Subject]:
    """The places where a source may stand, each token once; none in a quotation that the cue stands outside of."""
    places: dict[int, Subject] = {}
    for place in subjects(parse, index):
        if quote_of[index] >= 0 or quote_of[place.token] < 0:
            places.setdefault(place.token, place)
    return list(places.values())


def source_range(parse: Parse, token: int, cue: int) -> Range | None:
    """The noun phrase of a source: its subtree without relative clauses, without the cue and what follows it, without a date or an
    adverb at its end, without marks at its edges."""
    first, last = parse.edges[token]
    for child in parse.children[token]:
        left, right = parse.edges[child]
        if child > token and (parse.dep[child] == "relcl" or left <= cue < right):
            last = min(last, left)
    if first <= cue < last:
        first, last = (first, cue) if cue > token else (cue + 1, last)
    for child in parse.children[token]:
        if (
            child > token
            and parse.edges[child][1] == last
            and any(inner in parse.times for inner in (child, *parse.children[child]))
        ):
            last = min(last, parse.edges[child][0]) if child > first else last
    while last > first + 1 and parse.pos[last - 1] == "ADV" and parse.head[last - 1] == token:
        last -= 1
    while last > first and (
        parse.tag[last - 1] == "POS"
        or (parse.pos[last - 1] in ("PUNCT", "CCONJ") and parse.word[last - 1] not in (")", '"', "”"))
    ):
        last -= 1
    while first < last and parse.pos[first] == "PUNCT":
        first += 1
    return (first, last) if last > first else None


# -- content -----------------------------------------------------------------------------------------------------------


def _pieces(parse: Parse, chosen: list[Argument], cue: Range, source: Range | None) -> list[Range]:
    ranges: list[Range] = []
    for place in chosen:
        if place.hole is None:
            ranges.append((place.first, place.last))
        else:
            ranges += [
                (a, b)
                for a, b in ((place.first, place.hole[0]), (place.hole[1], place.last))
                if a < b and not _begins_anew(parse, a, b, place)
            ]
    ranges = without(ranges, cue)
    if source:
        ranges = without(ranges, source)
    joints = {place.joint for place in chosen}
    joined: list[Range] = []
    for first, last in sorted(ranges):
        if joined and all(
            token in joints or parse.pos[token] in ("PUNCT", "CCONJ", "ADP", "PART") for token in range(joined[-1][1], first)
        ):
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    trimmed = (trim(parse, first, last) for first, last in joined)
    kept = [piece for piece in trimmed if piece and has_word(parse, piece)]
    while len(kept) > 1 and all(parse.pos[token] in CONNECTIVES or parse.lower[token] in RELATIVES for token in range(*kept[0])):
        del kept[0]  # "However, she said …"; "the fire, which she said had started …": the reporter's words
    return kept


def _with_opening(parse: Parse, pieces: list[Range], cue: Range, source: Range | None) -> list[Range]:
    """The pieces with what opens the sentence before a parenthetical tag: "<Too often>, the clerk said, <the doors were locked>".

    The parser hangs such an opening on the cue, or on nothing. What goes on after the tag begins with a small letter, or the opening is quoted.
    """
    first, last = (min(cue[0], source[0]), max(cue[1], source[1])) if source else cue
    if not source or abs(source[0] - cue[1]) * abs(source[1] - cue[0]) or last >= len(parse):
        return pieces
    if parse.word[last] != "," or not any(last < piece[0] <= last + 2 for piece in pieces) or pieces[0][0] < first:
        return pieces
    comma = first - 1
    while comma > 0 and parse.word[comma] in CLOSING_MARKS:
        comma -= 1
    start = parse.sentences[parse.sentence[comma]][0]
    while start < comma and parse.pos[start] == "CCONJ":
        start += 1
    if parse.word[comma] != "," or start >= comma or (start + 1 == comma and parse.pos[start] in CONNECTIVES):
        return pieces
    quoted = parse.word[first - 1] != ","
    onward = next((token for token in range(*pieces[0]) if parse.word[token][0].isalnum()), pieces[0][0])
    asked = any(parse.lower[token] in ("asked", "pressed") for token in range(start, min(start + 3, comma)))
    if asked or not (quoted or parse.word[onward][0].islower()) or parse.tag[onward] in WH:
        return pieces
    return [(start, first if quoted else comma), *pieces]


def _begins_anew(parse: Parse, first: int, last: int, place: Argument) -> bool:
    """Whether tokens `first` to `last`, after the cue's clause inside its governor's, are a new sentence that the parser ran on into."""
    if place.hole is None or first != place.hole[1]:
        return False
    while first < last and parse.pos[first] == "PUNCT":
        if parse.word[first] in (".", "!", "?", ";"):
            return True
        first += 1
    return parse.word[place.hole[1] - 1] in (".", "!", "?")


def without(ranges: list[Range], hole: Range) -> list[Range]:
    """The ranges with `hole` cut out of them."""
    kept: list[Range] = []
    for first, last in ranges:
        if hole[1] <= first or hole[0] >= last:
            kept.append((first, last))
        else:
            kept += [(a, b) for a, b in ((first, hole[0]), (hole[1], last)) if a < b]
    return kept


def trim(parse: Parse, first: int, last: int) -> Range | None:
    """A range without punctuation at its edges (quotation marks and brackets stay), or None if nothing is left."""
    while last > first and parse.word[last - 1] in EDGE_MARKS:
        last -= 1
    while first < last and parse.word[first] in LEADING_MARKS:
        first += 1
    return (first, last) if last > first else None


def has_word(parse: Parse, piece: Range) -> bool:
    return any(parse.word[token][0].isalnum() for token in range(*piece))


def _cut_tail(parse: Parse, candidate: Candidate, tables: Tables, quote_of: Sequence[int]) -> None:
    """End the content before a trailing constituent where that was right more often than not; never inside a quotation."""
    first, last = candidate.pieces[-1]
    if not first <= candidate.content_head < last:
        return
    cuts = [
        token
        for token, keys in tail(parse, first, last, candidate.content_head)
        if quote_of[token] < 0 and (tables.cut_share(keys) >= SURE or keys[1] == ",appos a claim")
    ]
    shorter = trim(parse, first, min(cuts)) if cuts else None
    if shorter:
        candidate.pieces[-1] = shorter


def tail(parse: Parse, first: int, last: int, head: int) -> list[tuple[int, tuple[str, str, str]]]:
    """Constituents that end a content, each (its first token, keys from general to special), from the innermost to the outermost."""
    token = last - 1
    while token > first and parse.pos[token] == "PUNCT":
        token -= 1
    found: list[tuple[int, tuple[str, str, str]]] = []
    known: set[int] = set()
    while token != head and parse.head[token] != token and first <= token < last:
        start = parse.edges[token][0]
        while parse.dep[token] == "conj" and start - 1 > head and parse.pos[start - 1] in ("CCONJ", "PUNCT"):
            start -= 1
        if start > head and start > first and start not in known:
            known.add(start)
            found.append((start, _tail_keys(parse, start, token, head)))
        token = parse.head[token]
    return found


def _tail_keys(parse: Parse, start: int, token: int, head: int) -> tuple[str, str, str]:
    while parse.pos[start] == "PUNCT" and start < token:
        start += 1
    before = parse.word[start - 1]
    mark = "," if before == "," else "-" if before in DASHES else ";" if before in (";", ":") else "(" if before == "(" else ""
    relation = parse.dep[token]
    opener = parse.tag[start]
    if relation in ("prep", "agent", "advcl", "relcl", "ccomp") and (
        opener in ("IN", "TO") or opener in WH or parse.dep[start] == "mark"
    ):
        opener = parse.lower[start]
    elif relation == "conj":
        opener = f"{parse.lower[start]} {parse.tag[token]} {_finite(parse, head)} {_own_subject(parse, token)}"
    elif relation == "appos" and parse.lower[token] in SPEECH_NOUNS:
        opener = "a claim"
    if relation in ("prep", "npadvmod") and any(child in parse.times for child in (token, *parse.children[token])):
        opener = "time"
    general = f"{mark}{relation}"
    depth = "direct" if parse.head[token] == head else "deep"
    return (
        general,
        f"{general} {opener}",
        f"{general} {opener} {depth} in a {'clause' if parse.pos[head] in ('VERB', 'AUX') else 'phrase'}",
    )


def _finite(parse: Parse, verb: int) -> str:
    """The form of a clause: its first auxiliary, or the verb's tag."""
    return next((parse.lower[child] for child in parse.children[verb] if parse.dep[child] in ("aux", "auxpass")), parse.tag[verb])


def _own_subject(parse: Parse, verb: int) -> str:
    return "own" if any(parse.dep[child] in ("nsubj", "nsubjpass", "expl") for child in parse.children[verb]) else "shared"
