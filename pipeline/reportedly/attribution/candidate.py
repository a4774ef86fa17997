"""A cue with the content and source that the tables give it, and how sure they are."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass, field

from ..parse import Parse
from .arguments import WH, Argument, Range, arguments, subjects
from .tables import CueRow, Tables, logit

SURE = 0.5
WEAK = 0.12
"""An argument below this share is never content; between the two only where nothing better stands beside the cue."""
SOURCE_SURE = 0.33
CUE_KINDS = frozenset(("VERB", "NOUN", "ADJ", "ADP", "AUX", "ADV"))
MARKED_CLAUSES = ("ccomp:that", "ccomp:whether", "ccomp:if")
CLAUSES = frozenset(("ccomp", "xcomp", "<ccomp"))
GROUP = frozenset(("aux", "auxpass", "neg", "prt"))
EDGE_MARKS = frozenset((",", ".", ";", ":", "-", "--", "—", "–", "?", "!"))
LEADING_MARKS = EDGE_MARKS - {"?", "!"}
CONNECTIVES = frozenset(("ADV", "CCONJ", "SCONJ", "PUNCT", "INTJ"))
PRONOUNS = frozenset("he she i we they you it his her their my our your its him them us me".split())
RELATIVES = frozenset(("who", "which", "that", "whom", "whose"))
SPEECH_NOUNS = frozenset(
    "accusation allegation argument assertion charge claim contention description remark statement suggestion theory view".split()
)
"""An appositive with one of these comments on what was said: "…, a claim for which there is no evidence"."""
LOSSES = frozenset(("life", "victim"))
MATTERS = frozenset(
    "answer basis comment detail evidence example explanation ground information proof reason source statement".split()
)
DASHES = frozenset(("--", "—", "-", "–"))


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
    reasons: list[tuple[str, float]] = field(default_factory=list)

    @property
    def size(self) -> int:
        return sum(last - first for first, last in self.pieces)


def cue_id(parse: Parse, index: int) -> str | None:
    """The id of a token in the cue lexicon, `lemma/POS`; None for a part of speech that is never a cue."""
    pos = parse.pos[index]
    if pos == "PROPN":
        pos = "NOUN"
    if pos not in CUE_KINDS:
        return None
    return f"{parse.lower[index] if pos == 'ADP' else parse.lemma[index].lower()}/{pos}"


def propose(
    parse: Parse, index: int, row: CueRow, tables: Tables, quoted: Callable[[int], bool], *, cut: bool = True
) -> Candidate | None:
    """The best candidate of a cue's head token, or None where nothing beside it could be content."""
    places = arguments(parse, index)
    shares = [tables.content_share(row, place.key) for place in places]
    chosen = [place for place, value in zip(places, shares, strict=True) if value >= SURE]
    if not chosen:
        best = max(shares, default=0.0)
        if best < WEAK:
            return None
        chosen = [places[shares.index(best)]]
    chosen = _on_one_side(parse, index, chosen)
    main = max(chosen, key=lambda place: (place.key.partition(":")[0] in CLAUSES, tables.content_share(row, place.key)))
    pos = row.id.rpartition("/")[2]
    source, path = _choose_source(parse, index, row, pos, tables, {place.head for place in chosen})
    cue = cue_group(parse, index, chosen, source)
    chosen = [place for place in chosen if not _is_empty_word(parse, place, chosen)] or chosen
    pieces = _pieces(parse, chosen, cue, source)
    if not pieces or _says_nothing(parse, index, main.head):
        return None
    candidate = Candidate(index, row, pos, cue, source, path, pieces, main.key, main.head, len(chosen))
    if cut:
        _cut_tail(parse, candidate, tables, quoted)
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
        if parse.dep[child] in GROUP or (parse.dep[child] == "advmod" and parse.edges[child] == (child, child + 1))
    }


def _is_empty_word(parse: Parse, place: Argument, chosen: list[Argument]) -> bool:
    """ "It" that stands for a clause, and the relative pronoun of "in which she said had …": beside a clause neither is content."""
    return (
        len(chosen) > 1 and place.last - place.first == 1 and parse.lower[place.first] in ("it", "there", "which", "who", "that")
    )


# -- source ------------------------------------------------------------------------------------------------------------


def _choose_source(
    parse: Parse, index: int, row: CueRow, pos: str, tables: Tables, contents: set[int]
) -> tuple[Range | None, str]:
    best, path = None, "none"
    most = SOURCE_SURE
    for place in subjects(parse, index):
        value = tables.source_share(row, pos, place.key)
        if value > most and place.token not in contents:
            span = source_range(parse, place.token, index)
            if span:
                most, best, path = value, span, place.key
    return best, path


def source_range(parse: Parse, token: int, cue: int) -> Range | None:
    """The noun phrase of a source: its subtree without relative clauses, without the cue and what follows it, without marks at its edges."""
    first, last = parse.edges[token]
    for child in parse.children[token]:
        left, right = parse.edges[child]
        if child > token and (parse.dep[child] == "relcl" or left <= cue < right):
            last = min(last, left)
    if first <= cue < last:
        first, last = (first, cue) if cue > token else (cue + 1, last)
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


def _cut_tail(parse: Parse, candidate: Candidate, tables: Tables, quoted: Callable[[int], bool]) -> None:
    """End the content before a trailing constituent where that was right more often than not; never inside a quotation."""
    first, last = candidate.pieces[-1]
    if not first <= candidate.content_head < last:
        return
    cuts = [
        token
        for token, keys in tail(parse, first, last, candidate.content_head)
        if not quoted(token) and (tables.cut_share(keys) >= SURE or keys[1] == ",appos a claim")
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


# -- how sure ----------------------------------------------------------------------------------------------------------


def features(parse: Parse, candidate: Candidate, tables: Tables, *, quotes: bool, headline: bool) -> dict[str, float]:
    """What the score is summed from: `{feature: value}`; most values are 1."""
    index, pos, place = candidate.head, candidate.pos, candidate.place
    by_frame, by_cue = tables.right_share(candidate.row, pos, place)
    values = {"bias": 1.0, "frame counts": logit(by_frame), "cue counts": logit(by_cue)}
    source = source_kind(parse, candidate.source)
    if source == "none" and any(parse.dep[child] == "auxpass" for child in parse.children[index]):
        source = "unnamed"  # "it was reported that": a passive needs none
    first = candidate.pieces[0][0]
    length = sum(parse.word[token][0].isalnum() for piece in candidate.pieces for token in range(*piece))
    content = candidate.content_head
    names = [
        f"cue is {pos}",
        f"content at {_coarse(place, pos)}",
        f"cue tag {parse.tag[index]}",
        f"cue hangs as {parse.dep[index]}",
        f"source is {source}",
        f"source is {source.partition(' ')[0]} of {pos}",
        f"source path {candidate.path}",
        f"content words {min(6, (length + 1).bit_length() - 1)}",
        f"content pieces {min(3, len(candidate.pieces))}",
        f"content arguments {min(3, candidate.count)}",
        f"content quotes {quotes}",
        f"content opens {parse.tag[first]}",
        f"content head {parse.pos[content]} {parse.tag[content][:2]}",
        f"gap {min(4, first - candidate.cue[1])}" if first >= candidate.cue[1] else "gap before",
        "headline" if headline else "body",
    ]
    names.append(f"content at {_coarse(place, pos)} from {source.partition(' ')[0]}")
    names.append(f"content at {_coarse(place, pos)} is {content_kind(parse, content)}")
    if parse.head[index] != index:
        names.append(f"cue hangs as {parse.dep[index]} of {parse.pos[parse.head[index]]}")
    for child in parse.children[index]:
        relation = parse.dep[child]
        if relation == "neg":
            names.append("negated")
        elif relation in ("aux", "auxpass", "mark"):
            names.append(f"cue {relation[:3]} {parse.lower[child]}")
    values.update(dict.fromkeys(names, 1.0))
    return values


def judge(values: dict[str, float], weights: dict[str, float]) -> tuple[float, list[tuple[str, float]]]:
    """The confidence (0 to 1) that the features sum to, and the summands that are not zero."""
    reasons = [(name, weights[name] * value) for name, value in values.items() if name in weights]
    return 1 / (1 + math.exp(-sum(value for _, value in reasons))), reasons


def source_kind(parse: Parse, source: Range | None) -> str:
    """ "none", "name", "noun", "pronoun he", "relative", "demonstrative" or "other"."""
    if source is None:
        return "none"
    first, last = source
    head = next(
        (token for token in range(first, last) if not first <= parse.head[token] < last or parse.head[token] == token), first
    )
    word = parse.lower[head]
    if word in RELATIVES:
        return "relative"
    if word in PRONOUNS:
        return f"pronoun {word}"
    if word in ("this", "these", "those", "what", "there"):
        return "demonstrative"
    return {"PROPN": "name", "PRON": "pronoun", "NOUN": "noun"}.get(parse.pos[head], "other")


CONTENT_KINDS = {"PROPN": "name", "PRON": "pronoun", "NUM": "number", "VERB": "clause", "AUX": "clause"}
ABSTRACT = ("tion", "sion", "ment", "ness", "ity", "ance", "ence", "ism", "ing", "al", "cy", "sal", "ure", "ship")


def content_kind(parse: Parse, head: int) -> str:
    """ "name", "pronoun", "number", "abstract" (by its ending), "plural", "thing", "clause" or "other"."""
    if parse.pos[head] == "NOUN":
        return "abstract" if parse.lemma[head].endswith(ABSTRACT) else "plural" if parse.tag[head] == "NNS" else "thing"
    return CONTENT_KINDS.get(parse.pos[head], "other")


def _coarse(place: str, pos: str) -> str:
    if place.startswith("^") or pos != "VERB":
        return place.partition(":")[0]
    return place.partition("+")[0]
