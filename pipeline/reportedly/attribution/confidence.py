"""How sure a candidate is: the features that its score is summed from, and the sum."""

from __future__ import annotations

from itertools import repeat

from ..parse import Parse
from .arguments import Range, is_passive
from .candidate import RELATIVES, Candidate, Features, cue_id
from .tables import Tables, logistic, logit

PRONOUNS = frozenset("he she i we they you it his her their my our your its him them us me".split())


def features(parse: Parse, candidate: Candidate, tables: Tables, *, quotes: bool, headline: bool) -> Features:
    """What the score is summed from. No word with a capital is part of a feature, so that no name is."""
    pos, place = candidate.pos, _coarse(candidate.place, candidate.pos)
    by_frame, by_cue, by_word = (logit(value) for value in tables.right_share(candidate.row, pos, candidate.place))
    figures = {"bias": 1.0, "frame counts": by_frame, "cue counts": by_cue, "cue share": by_word}
    names = [f"frame counts near {round(1.5 * by_frame)}", f"cue counts near {round(1.5 * by_cue)}"]
    names += _cue_features(parse, candidate, tables)
    names += _content_features(parse, candidate, place)
    source = source_kind(parse, candidate.source)
    if source == "none" and is_passive(parse, candidate.head):
        source = "unnamed"  # "it was reported that": a passive needs none
    kind, class_ = source.partition(" ")[0], tables.class_of(candidate.row.id)
    names += [
        f"source is {source}",
        f"source is {kind} of {pos}",
        f"source path {candidate.path}",
        f"content at {place} from {kind}",
        f"class {class_}",
        f"class {class_} from {kind}",
        f"class {class_} of {content_kind(parse, candidate.content_head)}",
        f"content quotes {quotes}",
        "headline" if headline else "body",
    ]
    if kind == "noun" and candidate.source and _is_plain(parse.word[noun := _head_of(parse, candidate.source)]):
        names.append(f"source word {parse.lemma[noun].lower()}")
    return Features(figures, names)


def _is_plain(word: str) -> bool:
    """Without a capital: no name."""
    return not word[0].isupper()


def _cue_features(parse: Parse, candidate: Candidate, tables: Tables) -> list[str]:
    """Where the cue stands: its form, its governors, the words beside it."""
    index, pos = candidate.head, candidate.pos
    relation, above = parse.dep[index], parse.head[index]
    names = [f"cue is {pos}", f"cue tag {parse.tag[index]}", f"cue hangs as {relation}"]
    if above != index:
        names.append(f"cue hangs as {relation} of {parse.pos[above]}")
        if _is_plain(parse.word[above]):
            names.append(f"cue hangs as {relation} of {parse.lemma[above].lower()}")
    for child in parse.children[index]:
        if parse.dep[child] == "neg":
            names.append("negated")
        elif parse.dep[child] in ("aux", "auxpass", "mark"):
            names.append(f"cue {parse.dep[child][:3]} {parse.lower[child]}")
    under, clauses = 0.0, set[str]()
    current = index
    while parse.head[current] != current:
        clauses.add(parse.dep[current])
        current = parse.head[current]
        under = max(under, tables.cue_share(cue_id(parse, current)))
    under_ = f"under a cue {int(5 * under)}"
    names += [under_, f"{under_} as {relation}", *(f"in {clause}" for clause in ("relcl", "advcl") if clause in clauses)]
    first, last = candidate.cue
    if first > 0 and _is_plain(parse.word[first - 1]):
        names.append(f"before the cue {parse.lower[first - 1]}")
    if last < len(parse) and _is_plain(parse.word[last]):
        names.append(f"after the cue {parse.lower[last]}")
    return names


def _content_features(parse: Parse, candidate: Candidate, place: str) -> list[str]:
    """What the content is made of, and how far it stands from the cue."""
    first, content = candidate.pieces[0][0], candidate.content_head
    length = sum(parse.word[token][0].isalnum() for piece in candidate.pieces for token in range(*piece))
    return [
        f"content at {place}",
        f"content at {place} is {content_kind(parse, content)}",
        f"content words {min(6, (length + 1).bit_length() - 1)}",
        f"content pieces {min(3, len(candidate.pieces))}",
        f"content arguments {min(3, candidate.count)}",
        f"content opens {parse.tag[first]}",
        f"content head {parse.pos[content]} {parse.tag[content][:2]}",
        f"gap {min(4, first - candidate.cue[1])}" if first >= candidate.cue[1] else "gap before",
    ]


def confidence(features: Features, weights: dict[str, float]) -> float:
    """What the features sum to, as a probability."""
    figures = sum(weights.get(name, 0.0) * value for name, value in features.figures.items())
    return logistic(figures + sum(map(weights.get, features.names, repeat(0.0))))


def reasons(features: Features, weights: dict[str, float]) -> list[tuple[str, float]]:
    """The summands that are not zero, by the name of the feature."""
    return [(name, weights[name] * value) for name, value in features.values().items() if name in weights]


def source_kind(parse: Parse, source: Range | None) -> str:
    """ "none", "name", "noun", "pronoun he", "relative", "demonstrative" or "other"."""
    if source is None:
        return "none"
    head = _head_of(parse, source)
    word = parse.lower[head]
    if word in RELATIVES:
        return "relative"
    if word in PRONOUNS:
        return f"pronoun {word}"
    if word in ("this", "these", "those", "what", "there"):
        return "demonstrative"
    return {"PROPN": "name", "PRON": "pronoun", "NOUN": "noun"}.get(parse.pos[head], "other")


def _head_of(parse: Parse, phrase: Range) -> int:
    """The token of a phrase that hangs on a word outside it, or on none."""
    first, last = phrase
    return next((token for token in range(*phrase) if not first <= parse.head[token] < last or parse.head[token] == token), first)


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
