"""What hangs on a token, and what it hangs on: the places where a cue's content and source may stand.

Places are named without the words of the text, but for prepositions, marks and "to": `ccomp:that`, `prep:of>pobj`, `xcomp:to`. A leading `<`
says that it stands before the token, a leading `^` that it is the token's governor; a trailing `+` that a content-like argument stands between.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ..parse import Parse

Range = tuple[int, int]
"""Tokens, from (inclusive) and to (exclusive)."""

CLAUSAL = frozenset(("ccomp", "xcomp", "advcl", "acl", "relcl", "csubj", "parataxis", "pcomp", "conj", "dep"))
UPWARD = frozenset(
    (
        "ccomp",
        "parataxis",
        "advcl",
        "relcl",
        "acl",
        "prep",
        "dep",
        "amod",
        "advmod",
        "nsubj",
        "attr",
        "dobj",
        "appos",
        "intj",
        "pcomp",
    )
)
SKIPPED = frozenset(
    ("punct", "aux", "auxpass", "det", "predet", "cc", "preconj", "nummod", "quantmod", "case", "meta", "prt", "neg")
)
OBJECTS = frozenset(("dobj", "oprd", "attr", "acomp"))
COMPLEMENTS = frozenset(("acomp", "attr", "dobj", "oprd"))
"""Relations of a cue that stands with a light verb: what follows it may hang on the verb ("is [clear] … that", "raised [questions] … about")."""
HOLDERS = frozenset(("nsubj", "nsubjpass", "dobj", "poss", "agent"))
SOURCES = frozenset(("nsubj", "poss", "compound", "nsubjpass", "amod", "appos", "dobj", "pobj", "npadvmod", "attr", "nmod"))
WH = frozenset(("WDT", "WP", "WRB", "WP$"))
CLIMB = 4
"""How many governors up an inherited source is looked for."""


class Argument(NamedTuple):
    """One place: `head` its head token, `first` (inclusive) to `last` (exclusive) its tokens, `joint` the preposition that leads to it or -1.

    Of a governor `hole` is the token's own subtree, which is cut out.
    """

    key: str
    head: int
    first: int
    last: int
    joint: int = -1
    hole: Range | None = None


class Subject(NamedTuple):
    """A place for the source: its path and its head token."""

    key: str
    token: int


def arguments(parse: Parse, index: int) -> list[Argument]:
    """Every argument of a token: its dependents in the order of the text, then its governor."""
    found = []
    between = ""
    for argument in _dependents(parse, index):
        key = argument.key
        if key[0] != "<":
            if between:
                argument = argument._replace(key=f"{key}+{between}")
            between = _between(key, between)
        found.append(argument)
    head, relation = parse.head[index], parse.dep[index]
    if relation in COMPLEMENTS:
        found += [
            place._replace(key=f"~{place.key}")
            for place in _dependents(parse, head)
            if place.first > index and place.head != index
        ]
    if head != index and relation in UPWARD:
        (first, last), own = parse.edges[head], parse.edges[index]
        side = "<" if own[1] <= head else ">"
        inside = "" if own[0] == first or own[1] == last else "-"
        found.append(Argument(f"^{relation}{side}{inside}:{parse.pos[head]}", head, first, last, -1, own))
    return found


def _between(key: str, before: str) -> str:
    """What an argument after this one has between itself and the cue: a clause, an object, a preposition."""
    base = key.partition(":")[0]
    if base in ("ccomp", "xcomp", "advcl"):
        return "c"
    if base in OBJECTS and before != "c":
        return "o"
    return "p" if base == "prep" and not before and not key.startswith("prep:to>") else before


def _dependents(parse: Parse, index: int) -> Iterator[Argument]:
    dep, edges = parse.dep, parse.edges
    for child in parse.children[index]:
        relation = dep[child]
        if relation in SKIPPED:
            continue
        side = "<" if child < index else ""
        if relation in ("prep", "agent") or (relation == "dative" and parse.pos[child] == "ADP"):
            yield _through_preposition(parse, child, side)
        elif relation in CLAUSAL:
            yield Argument(f"{side}{relation}:{clause_mark(parse, child)}", child, *edges[child])
        elif relation == "npadvmod":
            yield Argument(f"{side}{relation}{time_mark(parse, child)}", child, *edges[child])
        else:
            yield Argument(side + relation, child, *edges[child])


def time_mark(parse: Parse, token: int) -> str:
    """ ":time" for a token that the model takes for part of a date or time, else nothing."""
    return ":time" if token in parse.times else ""


def _through_preposition(parse: Parse, preposition: int, side: str) -> Argument:
    word, (first, last) = parse.lower[preposition], parse.edges[preposition]
    inner = next((child for child in parse.children[preposition] if parse.dep[child] not in SKIPPED), None)
    if inner is None:
        return Argument(f"{side}prep:{word}", preposition, first, last)
    relation = parse.dep[inner]
    if relation == "prep":  # "as of", "out of"
        deeper = next((child for child in parse.children[inner] if parse.dep[child] == "pobj"), None)
        if deeper is not None:
            return Argument(f"{side}prep:{word}_{parse.lower[inner]}>pobj", deeper, parse.edges[deeper][0], last, preposition)
    mark = f":{clause_mark(parse, inner)}" if relation == "pcomp" else time_mark(parse, inner)
    return Argument(f"{side}prep:{word}>{relation}{mark}", inner, parse.edges[inner][0], last, preposition)


def clause_mark(parse: Parse, verb: int) -> str:
    """What opens a clause: its mark ("that", "if" …), "to", "wh", "ing", "ed", "base", "fin", "0" for a bare clause, "np" for none."""
    subject = False
    for child in parse.children[verb]:
        if child > verb:
            break
        relation = parse.dep[child]
        if relation == "mark":
            return parse.lower[child]
        if relation == "aux" and parse.tag[child] == "TO":
            return "to"
        if parse.tag[child] in WH:
            return "wh"
        if relation in ("nsubj", "nsubjpass", "expl", "csubj"):
            subject = True
            if parse.tag[parse.edges[child][0]] in WH:
                return "wh"
    if parse.pos[verb] not in ("VERB", "AUX"):
        return "0" if subject else "np"
    return "0" if subject else {"VBG": "ing", "VBN": "ed", "VB": "base"}.get(parse.tag[verb], "fin")


def subjects(parse: Parse, index: int) -> Iterator[Subject]:
    """Every place where the source of a cue may stand: its own dependents, those of up to `CLIMB` governors, and, where the parse gives the cue
    no subject of its own, the nearest and the first subject before it in the sentence."""
    own = list(_own_subjects(parse, index))
    yield from own
    yield from _inherited_subjects(parse, index)
    if not any(place.key.endswith("nsubj") for place in own):
        yield from _subjects_before(parse, index)


def _own_subjects(parse: Parse, index: int) -> Iterator[Subject]:
    dep, children = parse.dep, parse.children
    for child in children[index]:
        relation = dep[child]
        side = "<" if child < index else ""
        if relation in SOURCES:
            yield Subject(side + relation, child)
        elif relation in ("agent", "prep"):
            for inner in children[child]:
                if dep[inner] == "pobj":
                    yield Subject(f"{side}{relation}:{parse.lower[child]}", inner)


def _inherited_subjects(parse: Parse, index: int) -> Iterator[Subject]:
    dep, children = parse.dep, parse.children
    path, current = "", index
    for _ in range(CLIMB):
        head, relation = parse.head[current], dep[current]
        if head == current:
            return
        path += f"{relation}^"
        if relation in ("acl", "relcl", "appos", "amod"):
            yield Subject(path, head)
        found = False
        for child in children[head]:
            if child == current or dep[child] not in HOLDERS:
                continue
            if dep[child] == "agent":
                yield from (Subject(f"{path}agent", inner) for inner in children[child] if dep[inner] == "pobj")
            elif dep[child] != "dobj" or child < index or relation == "xcomp":
                yield Subject(path + dep[child], child)
                found = found or dep[child] == "nsubj"
        if found and relation not in ("xcomp", "conj"):
            return
        current = head


def _subjects_before(parse: Parse, index: int) -> Iterator[Subject]:
    first = parse.sentences[parse.sentence[index]][0]
    before = [token for token in range(first, index) if parse.dep[token] in ("nsubj", "nsubjpass")]
    if before:
        verb = "finite" if parse.tag[index] in ("VBD", "VBZ", "VBP", "MD") else "other"
        yield Subject(f"nearest {parse.dep[before[-1]]} of {verb}", before[-1])
        if len(before) > 1:
            yield Subject(f"first {parse.dep[before[0]]} of {verb}", before[0])


def is_passive(parse: Parse, verb: int) -> bool:
    """ "was accused of", or a bare participle after its noun: "a man accused of"."""
    return any(parse.dep[child] == "auxpass" for child in parse.children[verb]) or (
        parse.tag[verb] == "VBN"
        and parse.dep[verb] == "acl"
        and not any(parse.dep[child] == "aux" for child in parse.children[verb])
    )
