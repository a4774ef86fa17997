"""The reporter's own assertions: independent clauses outside attributed contents, and relative clauses and participles with a fact of their own."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from ..findings import Layout
from ..parse import Parse

Range = tuple[int, int]
"""Tokens, from (inclusive) and to (exclusive)."""
FINITE = frozenset(("VBD", "VBZ", "VBP", "MD"))
SUBJECTS = frozenset(("nsubj", "nsubjpass", "csubj", "csubjpass", "expl"))
INDEPENDENT = frozenset(("ROOT", "conj", "parataxis", "ccomp"))
INDEFINITE = frozenset(("a", "an", "some", "several", "many", "few", "another"))
RELATIVE = frozenset(("WDT", "WP", "WP$", "WRB"))
DIVIDERS = frozenset((";", ":", "--", "—", "–"))
SAYING = frozenset(("say", "tell", "add", "mention", "advise", "explain"))
"""Verbs of which a clause without a content tells nothing but that somebody spoke, or did not."""
HEARSAY = frozenset(("allegedly", "reportedly", "supposedly", "purportedly", "rumoured", "rumored"))
"""Words that make a clause somebody else's assertion."""
VIEW = frozenset(("view", "opinion", "eyes", "judgment", "judgement", "account", "count", "reckoning"))
"""Nouns that name whose assertion it is: "in the view of farmers", "by the mayor's count"."""
QUOTED_WORDS = 3
"""A quotation of this many words and more is somebody's speech, not the reporter's."""


@dataclass(frozen=True, slots=True)
class Narrated:
    """A narrated claim: its token ranges and the rule that found it."""

    pieces: tuple[Range, ...]
    rule: str
    verb: int


@dataclass(frozen=True, slots=True)
class Taken:
    """Which tokens attributions have: `held` stands in a content, `cue` in a cue, `part` in any part.

    `clauses` are the verbs, in order, of relative clauses and participles ("…, saying …") that are mostly an attribution.
    """

    held: Sequence[bool]
    cue: Sequence[bool]
    part: Sequence[bool]
    clauses: Sequence[int]

    @classmethod
    def over(cls, parse: Parse, held: Sequence[bool], cue: Sequence[bool], part: Sequence[bool]) -> Taken:
        """With the clauses found; "when she said …" is none: it belongs to the claim."""
        told = (token for token in range(len(parse)) if cue[token] or held[token])
        below = (
            token for token in told if parse.dep[token] == "relcl" or (parse.dep[token] == "advcl" and parse.tag[token] == "VBG")
        )
        verbs = [token for token in below if parse.pos[token] in ("VERB", "AUX")]
        return cls(held, cue, part, [verb for verb in verbs if _is_attributed(parse, verb, cue, part)])


def find_narrated(parse: Parse, layout: Layout, taken: Taken) -> list[Narrated]:
    """All narrated claims in the order of their first token."""
    told = _told(parse, layout, taken)
    dated = {token for name in parse.names if name.label != "CARDINAL" for token in range(name.first, name.last)}
    found: list[Narrated] = []
    for index, position in enumerate(parse.pos):
        if position in ("VERB", "AUX") and told[index]:
            found += _of_verb(parse, index, taken, dated)
    return sorted(found, key=lambda claim: claim.pieces)


def _told(parse: Parse, layout: Layout, taken: Taken) -> list[bool]:
    """Which tokens the reporter tells: outside attributed contents and quotations, in body or headline, in no question."""
    told = [not held for held in taken.held]
    for quotation in layout.quotations:
        tokens = parse.tokens(quotation.start, quotation.end)
        if quotation.level == 1 and sum(parse.word[token][0].isalnum() for token in tokens) >= QUOTED_WORDS:
            for token in tokens:
                told[token] = False
    for paragraph in layout.paragraphs:
        unread = (
            [paragraph]
            if paragraph.kind in ("byline", "caption")
            else [part for part in (paragraph.dateline, paragraph.label) if part]
        )
        for part in unread:
            for token in parse.tokens(part.start, part.end):
                told[token] = False
    for first, last in parse.sentences:
        if "?" in parse.word[max(first, last - 2) : last]:
            told[first:last] = [False] * (last - first)
    return told


def _of_verb(parse: Parse, verb: int, taken: Taken, dated: set[int]) -> Iterator[Narrated]:
    relation = parse.dep[verb]
    if relation in ("relcl", "acl"):
        if not taken.cue[verb] and _states_a_fact(parse, verb, taken, dated):
            yield Narrated(_with_antecedent(parse, verb, taken), "relative clause" if relation == "relcl" else "participle", verb)
    elif relation == "advcl":
        if _is_closing_participle(parse, verb) and not taken.cue[verb]:
            yield Narrated(_cut(parse, verb, taken), "closing participle", verb)
    elif relation in INDEPENDENT and not taken.cue[verb] and _is_independent(parse, verb) and not _is_hypothetical(parse, verb):
        pieces = _cut(parse, verb, taken)
        if pieces and not _only_attributes(parse, pieces, taken) and not _is_anothers(parse, verb, pieces):
            yield Narrated(pieces, "clause", verb)


def _is_independent(parse: Parse, verb: int) -> bool:
    """A finite clause with its own subject that is a sentence, or coordinated with one, or set beside one."""
    if not (is_finite(parse, verb) and has_subject(parse, verb)):
        return False
    relation, head = parse.dep[verb], parse.head[verb]
    if relation == "ROOT":
        return parse.tag[parse.edges[verb][0]] not in ("WDT", "WP$")
    opened = any(parse.dep[child] == "mark" or parse.tag[child] in RELATIVE for child in parse.children[verb] if child < verb)
    if relation == "conj":
        return not opened and _is_independent_chain(parse, head)
    if relation == "parataxis":
        return not opened
    # two sentences side by side, joined by a comma or a semicolon: the parser hangs the first on the second
    beside = relation == "ccomp" and not opened and parse.dep[head] == "ROOT" and has_subject(parse, head)
    return beside and any(parse.word[token] in DIVIDERS for token in range(verb, head))


def _is_independent_chain(parse: Parse, verb: int) -> bool:
    """Whether a coordinated clause hangs on main clauses only."""
    while parse.dep[verb] in ("conj", "ccomp", "parataxis") and parse.head[verb] != verb:
        verb = parse.head[verb]
    return parse.dep[verb] == "ROOT"


def is_finite(parse: Parse, verb: int) -> bool:
    """Whether a verb, or one of its auxiliaries, has a tense."""
    tag, dep = parse.tag, parse.dep
    return tag[verb] in FINITE or any(tag[child] in FINITE and dep[child] in ("aux", "auxpass") for child in parse.children[verb])


def has_subject(parse: Parse, verb: int) -> bool:
    dep = parse.dep
    return any(dep[child] in SUBJECTS for child in parse.children[verb])


def _is_hypothetical(parse: Parse, verb: int) -> bool:
    """ "If it rained, the walls would fall": nothing is stated."""
    modal = any(parse.lower[child] in ("would", "'d") and parse.dep[child] == "aux" for child in parse.children[verb])
    return modal and any(parse.dep[below] == "mark" and parse.lower[below] in ("if", "unless")
                         for child in parse.children[verb] if parse.dep[child] == "advcl" for below in parse.children[child])  # fmt: skip


def _is_anothers(parse: Parse, verb: int, pieces: Sequence[Range]) -> bool:
    """Whether a clause only tells that somebody spoke ("The mayor did not say why"), or marks its statement as somebody's."""
    below = [verb, *parse.children[verb]]
    if parse.lemma[verb] in SAYING:
        return True
    hearsay = (token for first, last in pieces for token, word in enumerate(parse.lower[first:last], first) if word in HEARSAY)
    if any(parse.head[token] in below for token in hearsay):
        return True
    last = pieces[-1][1] - 1
    if last != verb and parse.lemma[last] in SAYING and parse.tag[last] in FINITE | {"VBN"}:  # "…, the court was told"
        return True
    opens = [token for token in below if parse.dep[token] == "prep" and parse.lower[token] in ("in", "by", "for")]
    return any(parse.lower[child] in VIEW and _has_owner(parse, child) for token in opens for child in parse.children[token])


def _has_owner(parse: Parse, noun: int) -> bool:
    return any(parse.dep[child] == "poss" or parse.lower[child] == "of" for child in parse.children[noun])


def _only_attributes(parse: Parse, pieces: Sequence[Range], taken: Taken) -> bool:
    """Most of the clause is an attribution, or it is a word alone."""
    words = [token for first, last in pieces for token in range(first, last) if parse.word[token][0].isalnum()]
    return len(words) < 2 or sum(taken.part[token] for token in words) > 0.7 * len(words)


def _cut(parse: Parse, verb: int, taken: Taken) -> tuple[Range, ...]:
    """The clause of a verb without the clauses coordinated with it that have a subject of their own or are attributions."""
    first, last = parse.edges[verb]
    apart = [parse.edges[child] for child in _apart(parse, verb, taken)]
    pieces, at = [], first
    for start, end in sorted(apart):
        if start > at:
            pieces.append((at, start))
        at = max(at, end)
    if at < last:
        pieces.append((at, last))
    trimmed = (_trim(parse, piece) for piece in pieces)
    return tuple(piece for piece in trimmed if piece[0] < piece[1])


def _apart(parse: Parse, verb: int, taken: Taken) -> Iterator[int]:
    """The verbs whose clauses are no part of the claim: coordinated ones of their own, and attributions set below it."""
    yield from _attributed_below(parse, verb, taken)
    for child in parse.children[verb]:
        relation = parse.dep[child]
        if relation == "conj" and parse.pos[child] in ("VERB", "AUX"):
            if taken.cue[child] or (is_finite(parse, child) and has_subject(parse, child)):
                yield child
            else:
                yield from _apart(parse, child, taken)
        elif (relation == "parataxis" and taken.cue[child]) or (
            relation in ("ccomp", "parataxis") and _is_independent(parse, child)
        ):
            yield child


def _attributed_below(parse: Parse, verb: int, taken: Taken) -> Sequence[int]:
    first, last = parse.edges[verb]
    return taken.clauses[bisect_left(taken.clauses, first) : bisect_left(taken.clauses, last)]


def _is_attributed(parse: Parse, verb: int, cue: Sequence[bool], part: Sequence[bool]) -> bool:
    """Whether a clause is mostly an attribution: its verb is the cue, or it lies in a content and holds a further cue."""
    start, end = parse.edges[verb]
    if not cue[verb] and not any(cue[start:end]):
        return False
    words = [word for word in range(start, end) if parse.word[word][0].isalnum()]
    return sum(part[word] for word in words) >= 0.4 * len(words)


def _trim(parse: Parse, piece: Range) -> Range:
    """Without conjunctions and punctuation at the edges; quotation marks stay."""
    first, last = piece
    while first < last and (_is_stop(parse.word[first]) or (parse.dep[first] == "cc" and parse.pos[first] == "CCONJ")):
        first += 1
    while last > first and (_is_stop(parse.word[last - 1]) or (parse.dep[last - 1] == "cc" and parse.pos[last - 1] == "CCONJ")):
        last -= 1
    return first, last


def _is_stop(word: str) -> bool:
    return not word.strip(".,;:!-–—…")


def _is_closing_participle(parse: Parse, verb: int) -> bool:
    """ ", forcing two schools to close": an -ing clause behind its main clause, set off by a comma, with something of its own to say."""
    first, last = parse.edges[verb]
    closes = parse.tag[verb] == "VBG" and verb > parse.head[verb] and first == verb
    return closes and parse.word[first - 1] in (",", "--", "—", "–") and last - first > 2


def _states_a_fact(parse: Parse, verb: int, taken: Taken, dated: set[int]) -> bool:
    """Set off by a comma or dash; or of an indefinite antecedent and with a number, date or name in it."""
    relation, antecedent = parse.dep[verb], parse.head[verb]
    first, last = parse.edges[verb]
    if taken.held[antecedent] or antecedent > verb or last - first < 3:
        return False
    if relation == "relcl" and not is_finite(parse, verb):
        return False
    if any(parse.lower[child] in ("when", "where", "why") and child < verb for child in parse.children[verb]):
        return False
    if relation == "acl" and (
        parse.tag[verb] not in ("VBN", "VBG") or has_subject(parse, verb)
    ):  # but "reports that they had met"
        return False
    if parse.word[first - 1] in (",", "--", "—", "–", "-", "("):
        return True
    determiners = [
        child for child in parse.children[antecedent] if parse.dep[child] in ("det", "poss", "nummod") and child < antecedent
    ]
    indefinite = parse.pos[antecedent] == "NOUN" and all(
        parse.lower[child] in INDEFINITE or parse.dep[child] == "nummod" for child in determiners
    )
    return indefinite and any(
        parse.tag[token] == "CD" or parse.pos[token] == "PROPN" or token in dated for token in range(first, last)
    )


def _with_antecedent(parse: Parse, verb: int, taken: Taken) -> tuple[Range, ...]:
    """The antecedent's noun phrase (determiner, adjectives, noun) and the clause: one range if they touch, else two."""
    antecedent = parse.head[verb]
    left = [
        child
        for child in parse.children[antecedent]
        if child < antecedent and parse.dep[child] not in ("punct", "cc", "prep", "advmod")
    ]
    phrase = (min([parse.edges[child][0] for child in left], default=antecedent), antecedent + 1)
    clause = tuple(_cut(parse, verb, taken))
    if clause and clause[0][0] <= phrase[1]:
        return ((phrase[0], clause[0][1]), *clause[1:])
    if clause and all(_is_stop(parse.word[token]) for token in range(phrase[1], clause[0][0])):
        return ((phrase[0], clause[0][1]), *clause[1:])
    return (phrase, *clause)
