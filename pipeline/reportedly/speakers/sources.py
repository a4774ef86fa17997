"""What a source is: its head word, its kind, its name where it has no proper one."""

from __future__ import annotations

from ..parse import Parse
from ..records import SpeakerKind
from .cast import Cast, head_of
from .tables import Tables

KEPT = frozenset(("of", "for", "to", "with", "from", "before", "on", "close"))
"""Prepositions that open a part of the name: "a spokesman for the ministry"."""
PLAIN_HEADS = frozenset(
    (
        "study",
        "report",
        "poll",
        "survey",
        "letter",
        "timeline",
        "log",
        "autopsy",
        "photograph",
        "ministry",
        "department",
        "embassy",
        "court",
    )
)
"""Nouns of documents and bodies, whose adjuncts are no part of the name."""
ENDING = frozenset(("at", "in", "on", "from", ",", "who", "which", "that"))
AMOUNTS = frozenset(
    ("lot", "lots", "number", "handful", "dozens", "hundreds", "thousands", "scores", "plenty", "rest", "share", "range")
)
"""Nouns that, before "of", count what comes after them."""
OPENING = frozenset(("PUNCT", "ADP", "CCONJ", "SCONJ"))
NAMED = frozenset(("PERSON", "ORG", "GPE"))
NOMINAL = frozenset(("NOUN", "PROPN", "PRON", "NUM"))
MODIFYING = frozenset(("compound", "poss", "nummod", "amod", "nmod", "npadvmod"))
FEW = frozenset(("one", "two", "three", "four", "both", "another"))


def source_head(parse: Parse, first: int, last: int) -> int:
    """The head token of a source's tokens; where that is a mark, a preposition or an adverbial noun, the first noun or pronoun instead."""
    head = head_of(parse, first, last)
    if parse.pos[head] in NOMINAL and parse.dep[head] != "npadvmod":
        return head
    named = parse.name_at.get(head)
    if named and named.label in NAMED:  # the tagger may take it for an adjective
        return head
    return next(
        (index for index in range(first, last) if parse.pos[index] in NOMINAL and parse.dep[index] not in MODIFYING), head
    )


def kind_of(parse: Parse, head: int, first: int, cast: Cast, tables: Tables) -> SpeakerKind:
    """The kind of a source without a proper name."""
    lemma, plural = parse.lemma[head].lower(), parse.tag[head] in ("NNS", "NNPS")
    naming = cast.at.get(head)
    if naming is not None and not plural:
        return "organisation"
    if parse.lower[head] in AMOUNTS and any(parse.lower[child] == "of" for child in parse.children[head]):
        return "group"
    kind = tables.kinds.get(lemma) or tables.kinds.get(parse.lower[head])
    if kind == "document":
        return "document"
    joined = any(parse.dep[child] == "conj" for child in parse.children[head])
    if tables.people.is_noun(lemma) or lemma == "people":
        few = bool(FEW & set(parse.lower[first:head]))
        return "unnamed" if few or not (plural or joined or lemma == "people") else "group"
    if plural:
        return "organisation" if parse.lower[head] in ("authorities", "prosecutors", "police") else "group"
    return kind or ("group" if joined or parse.pos[head] in ("NUM", "PRON", "DET", "ADJ") else "organisation")


def phrase_name(parse: Parse, head: int, first: int, last: int) -> str:
    """The noun phrase of a source as a name: without apposition, relative clause and most adjuncts, its first letter as inside a sentence."""
    person = parse.pos[head] in ("NOUN", "PROPN", "NUM", "PRON", "ADJ") and parse.lemma[head].lower() not in PLAIN_HEADS
    end = head + 1
    for child in parse.children[head]:
        if child < head or child >= last:
            continue
        dep, word = parse.dep[child], parse.lower[child]
        goes_on = (
            dep in ("conj", "cc", "preconj", "poss", "case")
            or (dep in ("prep", "amod", "acl") and person)
            or (dep == "prep" and word in KEPT)
        )
        if not goes_on or (dep == "acl" and not _takes_preposition(parse, child)):
            break
        end = max(end, min(_piece_end(parse, child), last))
    first = _phrase_start(parse, head, first)
    while end > first + 1 and parse.pos[end - 1] in ("PUNCT", "CCONJ", "PART"):
        end -= 1
    name = " ".join(parse.text[parse.start[first] : parse.end[end - 1]].split())
    opens = first == 0 or parse.sentence[first] != parse.sentence[first - 1] or parse.word[first - 1] in ('"', "“", "'", "‘")
    named = parse.name_at.get(first)
    if named and named.first == first and named.label in NAMED and parse.tag[first] != "DT":
        opens = False
    return (
        name[0].lower() + name[1:]
        if opens and parse.pos[first] != "PROPN" and (name[1:2].islower() or name[1:2] == " ")
        else name
    )


def _takes_preposition(parse: Parse, participle: int) -> bool:
    """ "Briefed on the talks" is part of what somebody is called, "interviewed last week" is not."""
    return any(parse.dep[child] in ("prep", "agent") and child == participle + 1 for child in parse.children[participle])


def _piece_end(parse: Parse, child: int) -> int:
    """The end of one adjunct; of an "of" phrase and a second noun without their own adjuncts of place."""
    last = parse.edges[child][1]
    if parse.dep[child] == "conj" or parse.lower[child] == "of":
        return next((index for index in range(child + 1, last) if parse.lower[index] in ENDING), last)
    return last


def _phrase_start(parse: Parse, head: int, first: int) -> int:
    """Where the noun phrase begins: without the marks, conjunctions and "only" before it, without "the" before a name."""
    determiner = next(
        (child for child in parse.children[head] if parse.dep[child] in ("det", "poss") and first <= child < head), -1
    )
    while first < head and parse.lower[first + 1] not in ("least", "most"):  # "at least two towns"
        if parse.pos[first] not in OPENING and parse.lower[first] not in ("only", "even", "just"):
            break
        first += 1
    if (
        determiner > first
        and parse.dep[determiner] == "det"
        and any(parse.pos[index] in ("NOUN", "ADV") for index in range(first, determiner))
    ):
        first = determiner  # "two hours later a presidential aide"
    if first < head and parse.lower[first] == "the" and parse.pos[first + 1] == "PROPN" and parse.pos[head] == "PROPN":
        first += 1
    return first
