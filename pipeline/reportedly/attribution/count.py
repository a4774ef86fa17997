"""Counting the tables of the attribution stage from an annotated corpus. Not run in production; `reportedly count` calls it.

Shares are counted on the whole corpus. The weights are fitted to candidates whose shares were counted on the other folds, so that no
candidate is judged by counts in which it took part.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import NamedTuple

import numpy as np

from ..findings import Layout
from ..parse import Parse
from ..quotation import WORD
from ..records import Span
from .arguments import arguments, subjects
from .candidate import Candidate, cue_id, propose, source_places, tail
from .choice import as_contents, as_sources, values_of
from .confidence import features
from .quotes import Quotes, make_whole
from .tables import CueRow, RoleRow, Settings, Sorting, Tables, class_id

FOLDS = 5
RARE = 5
"""Words that were cues at most this often stand for those that were never seen."""
LEAST_OF_CLASS, LEAST_SHARE_OF_CLASS = 100, 0.05
"""A class whose rare words occur this often, and are cues in this share of it, lends its counts to words that were never seen."""
LEAST = 2
"""A word that was a cue fewer times than this is no row of the lexicon."""
LEAST_RIGHT = 0.12
"""A word of which a smaller share of candidates came out right is no row either: it would only cost time."""
LEAST_FEATURE = 20
RIDGE = 8.0
HEAVIER = frozenset(("acl", "acomp", "attr", "dobj", "oprd", "relcl", "xcomp"))
"""Relations through which a cue of several words goes on to the word that says what it does."""


class Accept(NamedTuple):
    """The least confidence of a claim, of one nested in another's content, and of one inside a quotation that no claim holds."""

    alone: float
    nested: float
    inside: float


ACCEPT = Accept(0.45, 0.36, 0.7)
"""The first weighs precision before recall; the second was set on the project's own gold, since the corpus that is counted has no nesting."""


@dataclass(frozen=True)
class Gold:
    """One annotated attribution, as tokens."""

    source: frozenset[int]
    cue: frozenset[int]
    content: frozenset[int]
    head: int


@dataclass(frozen=True)
class Page:
    """One annotated article, parsed."""

    parse: Parse
    layout: Layout
    quotes: Quotes
    gold: tuple[Gold, ...]


@dataclass(frozen=True)
class Weights:
    """What is fitted: for the choice of content, for that of the source, and for how sure a candidate is."""

    content: dict[str, float] = field(default_factory=dict)
    source: dict[str, float] = field(default_factory=dict)
    candidate: dict[str, float] = field(default_factory=dict)


@dataclass
class Tally:
    """Raw counts. `common`: words that occur in lower case somewhere, so that no name becomes a rule. `right` and `frames` are of candidates."""

    cues: Counter[str] = field(default_factory=Counter)
    occurs: Counter[str] = field(default_factory=Counter)
    quotes: Counter[str] = field(default_factory=Counter)
    common: set[str] = field(default_factory=set)
    roles: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    content: dict[tuple[str, str], Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    source: dict[tuple[str, str], Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    paths: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    cuts: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    right: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    frames: dict[str, Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    cue_frames: dict[tuple[str, str], Counter[bool]] = field(default_factory=lambda: defaultdict(Counter))
    overall: Counter[bool] = field(default_factory=Counter)


def read_page(
    parse: Parse, layout: Layout, attributions: Iterable[tuple[Sequence[Span], Sequence[Span], Sequence[Span]]]
) -> Page:
    """An article with its attributions, each (source, cue, content) spans; those without cue or content are left out."""
    gold = []
    for source, cue, content in attributions:
        cue_tokens = _tokens(parse, cue)
        head = _head(parse, cue_tokens)
        if content and head is not None:
            gold.append(Gold(_tokens(parse, source), cue_tokens, _tokens(parse, content), head))
    return Page(parse, layout, Quotes.read(parse, layout), tuple(gold))


def _tokens(parse: Parse, spans: Sequence[Span]) -> frozenset[int]:
    return frozenset(token for span in spans for token in parse.tokens(span.start, span.end))


def _head(parse: Parse, cue: frozenset[int]) -> int | None:
    """The token of a cue that governs the others; verbs before nouns before the rest."""
    rank = {"VERB": 0, "NOUN": 1, "PROPN": 1, "ADJ": 2, "AUX": 3, "ADP": 4}
    tops = [
        token for token in cue if parse.pos[token] != "PUNCT" and (parse.head[token] not in cue or parse.head[token] == token)
    ]
    top = min(tops, key=lambda token: (rank.get(parse.pos[token], 5), token), default=None)
    while top is not None and (heavier := _heavier(parse, top, cue)) is not None:
        top = heavier
    return top


def _heavier(parse: Parse, top: int, cue: frozenset[int]) -> int | None:
    """The word that says what a cue of several words does: "is [confident]", "expressed [concern]", "released a video [showing]"."""
    return next(
        (
            child
            for child in parse.children[top]
            if child in cue and parse.dep[child] in HEAVIER and parse.pos[child] in ("VERB", "NOUN", "ADJ")
        ),
        None,
    )


def count_places(pages: Iterable[Page]) -> Tally:
    """Where contents and sources of the annotated cues stand."""
    tally = Tally()
    for page in pages:
        parse = page.parse
        for index, word in enumerate(parse.word):
            id_ = cue_id(parse, index)
            if id_:
                tally.occurs[id_] += 1
                if word.islower():
                    tally.common.add(id_)
        for gold in page.gold:
            id_ = cue_id(parse, gold.head)
            if id_ is None:
                continue
            tally.cues[id_] += 1
            tally.quotes[id_] += sum(page.quotes.of[token] >= 0 for token in gold.content) > 0.6 * len(gold.content)
            for place in arguments(parse, gold.head):
                role = next((name for name in ("content", "source", "cue") if place.head in getattr(gold, name)), "none")
                tally.roles[place.key][role] += 1
                tally.content[id_, place.key][role == "content"] += 1
            for path, token in subjects(parse, gold.head):
                tally.paths[f"{id_.rpartition('/')[2]} {path}"][token in gold.source] += 1
                tally.source[id_, path][token in gold.source] += 1
    return tally


def count_cuts(pages: Iterable[Page], tally: Tally, words: Sorting) -> None:
    """Where contents end before a trailing constituent."""
    tables = tables_of(tally, words)
    for page in pages:
        parse = page.parse
        for gold in page.gold:
            row = tables.row(cue_id(parse, gold.head))
            candidate = propose(parse, gold.head, row, tables, page.quotes.of, cut=False) if row else None
            if candidate is None or candidate.content_head not in gold.content:
                continue
            first, last = candidate.pieces[-1]
            if not first <= candidate.content_head < last:
                continue
            for start, keys in tail(parse, first, last, candidate.content_head):
                before = start - 1
                while before > candidate.content_head and parse.pos[before] in ("PUNCT", "CCONJ"):
                    before -= 1
                if start in gold.content or before in gold.content:
                    for key in keys:
                        tally.cuts[key][start not in gold.content] += 1


def candidates(page: Page, tables: Tables) -> list[tuple[Candidate, bool, dict[str, float]]]:
    """All candidates outside quotations that count, with whether each is right and its features. Those inside a gold content are no evidence.

    Of several that come out as the same annotated attribution, only those with its own cue are right.
    """
    parse = page.parse
    inside = frozenset().union(*(gold.content for gold in page.gold)) if page.gold else frozenset()
    cues = frozenset().union(*(gold.cue for gold in page.gold)) if page.gold else frozenset()
    word = [bool(WORD.match(text)) for text in parse.word]
    found: list[tuple[Candidate, list[int]]] = []
    for index in range(len(parse)):
        row = tables.row(cue_id(parse, index))
        candidate = propose(parse, index, row, tables, page.quotes.of) if row and not page.quotes.inside(index) else None
        if candidate:
            make_whole(parse, candidate, page.quotes)
            found.append((candidate, [number for number, gold in enumerate(page.gold) if _is_right(candidate, gold, word)]))
    claimed = {number for candidate, same in found for number in same if candidate.head in page.gold[number].cue}
    rows = []
    for candidate, same in found:
        right = any(number not in claimed or candidate.head in page.gold[number].cue for number in same)
        if right or candidate.head not in inside or candidate.head in cues:
            headline = page.layout.paragraphs[page.quotes.paragraph[candidate.head]].kind == "headline"
            found_ = features(parse, candidate, tables, quotes=page.quotes.edged(candidate), headline=headline)
            rows.append((candidate, right, found_.values()))
    return rows


def _is_right(candidate: Candidate, gold: Gold, word: list[bool]) -> bool:
    """Content and source come out right, or would once following quotations join."""
    content = {token for piece in candidate.pieces for token in range(*piece) if word[token]}
    source = set(range(*candidate.source)) if candidate.source else set()
    if bool(source) != bool(gold.source) or (source and not source & gold.source):
        return False
    meant = {token for token in gold.content if word[token]}
    common = len(content & meant)
    return common >= 0.5 * len(content | meant) or (
        candidate.head in gold.cue and common >= 0.8 * len(content) and len(content) >= 0.2 * len(meant)
    )


def count_candidates(rows: Iterable[tuple[Candidate, bool, dict[str, float]]], tally: Tally) -> None:
    """How often candidates come out right, by cue, by place and by both."""
    for candidate, right, _ in rows:
        id_, place = candidate.row.id, candidate.place
        tally.right[id_][right] += 1
        tally.frames[f"{candidate.pos} {place}"][right] += 1
        tally.cue_frames[id_, place][right] += 1
        tally.overall[right] += 1


def tables_of(tally: Tally, words: Sorting, weights: Weights | None = None, accept: Accept = ACCEPT) -> Tables:
    """The tables that the counts give. `accept`: the least confidences of claims."""
    weights = weights or Weights()
    by_cue: dict[str, dict[str, dict[str, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for name, counted in (("content", tally.content), ("source", tally.source), ("frames", tally.cue_frames)):
        for (id_, place), seen in counted.items():
            by_cue[id_][name][place] = pair(seen)
    cues = {}
    for id_, count in sorted(tally.cues.items()):
        right, of = pair(tally.right[id_])
        if id_ in tally.common and count >= LEAST and (of < 10 or right >= LEAST_RIGHT * of or _has_a_sure_frame(id_, tally)):
            cues[id_] = CueRow(
                id=id_, cue=count, occurs=tally.occurs[id_], quotes=tally.quotes[id_], seen=(right, of), **by_cue[id_]
            )
    overall = pair(tally.overall) if tally.overall else (1, 4)
    return Tables(
        cues=cues,
        roles={key: RoleRow(id=key, **seen) for key, seen in tally.roles.items()},
        paths={key: pair(seen) for key, seen in tally.paths.items()},
        cuts={key: pair(seen) for key, seen in tally.cuts.items()},
        frames={key: pair(seen) for key, seen in tally.frames.items()},
        weights=weights.candidate,
        content_weights=weights.content,
        source_weights=weights.source,
        settings=Settings(accept=accept.alone, accept_nested=accept.nested, accept_inside=accept.inside, overall=overall),
        classes=class_rows(tally, words),
        words=words,
    )


def class_rows(tally: Tally, words: Sorting) -> dict[str, CueRow]:
    """For each class of words what was counted of its rare ones: the best guess of one that was never seen."""
    members = defaultdict(set)
    for id_ in tally.occurs:
        name = class_id(id_, words)
        if tally.cues[id_] <= RARE and name[0] != "-":
            members[name].add(id_)
    found = {}
    for name, ids in sorted(members.items()):
        cue, occurs = sum(tally.cues[id_] for id_ in ids), sum(tally.occurs[id_] for id_ in ids)
        by_place: dict[str, dict[str, Counter[bool]]] = {"content": defaultdict(Counter), "source": defaultdict(Counter)}
        for part, counted in (("content", tally.content), ("source", tally.source)):
            for (id_, place), seen in counted.items():
                if id_ in ids:
                    by_place[part][place].update(seen)
        right, of = pair(sum((tally.right[id_] for id_ in ids if id_ in tally.right), Counter[bool]()))
        found[name] = CueRow(
            id=name,
            cue=cue,
            occurs=occurs,
            seen=(right, of),
            lent=occurs >= LEAST_OF_CLASS and cue >= LEAST_SHARE_OF_CLASS * occurs,
            **{part: {place: pair(seen) for place, seen in sorted(places.items())} for part, places in by_place.items()},
        )
    return found


def _has_a_sure_frame(id_: str, tally: Tally) -> bool:
    """Whether some place beside a word that is seldom a cue made it one: "the charge that …"."""
    return any(
        seen[True] >= LEAST and seen[True] >= 2 * LEAST_RIGHT * seen.total()
        for (cue, _), seen in tally.cue_frames.items()
        if cue == id_
    )


def pair(seen: Counter[bool]) -> tuple[int, int]:
    """(yes, of)."""
    return seen[True], seen[True] + seen[False]


def count(pages: Sequence[Page], words: Sorting) -> Tables:
    """All tables, counted and fitted on `pages`; `words` sorts words into classes."""
    folds = [pages[number::FOLDS] for number in range(FOLDS)]
    tallies = []
    for number in range(FOLDS):
        others = [page for other, fold in enumerate(folds) if other != number for page in fold]
        tally = count_places(others)
        count_cuts(others, tally, words)
        tallies.append(tally)
    chosen = fit_choices(folds, [tables_of(tally, words) for tally in tallies])
    found = [
        [row for page in fold for row in candidates(page, tables_of(tally, words, chosen))]
        for fold, tally in zip(folds, tallies, strict=True)
    ]
    examples: list[tuple[dict[str, float], bool]] = []
    for number, (fold, tally) in enumerate(zip(folds, tallies, strict=True)):
        count_candidates((row for other, rows in enumerate(found) if other != number for row in rows), tally)
        tables = tables_of(tally, words, chosen)
        examples += [(values, right) for page in fold for _, right, values in candidates(page, tables)]
    whole = count_places(pages)
    count_cuts(pages, whole, words)
    count_candidates((row for rows in found for row in rows), whole)
    return tables_of(whole, words, replace(chosen, candidate=fit(examples)))


def fit_choices(folds: Sequence[Sequence[Page]], tables: Sequence[Tables]) -> Weights:
    """The weights for choosing content and source, fitted on annotated cues with shares that were counted on the other folds."""
    contents: list[tuple[dict[str, float], bool]] = []
    sources: list[tuple[dict[str, float], bool]] = []
    for fold, counted in zip(folds, tables, strict=True):
        for page in fold:
            for gold in page.gold:
                row = counted.row(cue_id(page.parse, gold.head))
                if row:
                    contents += _content_choices(page, gold, row, counted)
                    sources += _source_choices(page, gold, row, counted)
    return Weights(content=fit(contents), source=fit(sources))


def _content_choices(page: Page, gold: Gold, row: CueRow, tables: Tables) -> list[tuple[dict[str, float], bool]]:
    places = arguments(page.parse, gold.head)
    shares = [tables.content_share(row, place.key) for place in places]
    rows = as_contents(page.parse, gold.head, row.id, tables, places, shares, page.quotes.of)
    others = gold.source | gold.cue
    right = [place.head in gold.content and place.head not in others for place in places]
    return [(values_of(row, value), is_content) for row, value, is_content in zip(rows, shares, right, strict=True)]


def _source_choices(page: Page, gold: Gold, row: CueRow, tables: Tables) -> list[tuple[dict[str, float], bool]]:
    places = source_places(page.parse, gold.head, page.quotes.of)
    shares = [tables.source_share(row, row.id.rpartition("/")[2], place.key) for place in places]
    content = [(place.first, place.last) for place in arguments(page.parse, gold.head) if place.head in gold.content]
    rows = as_sources(page.parse, gold.head, row.id, tables, places, shares, content)
    return [(values_of(row, value), place.token in gold.source) for place, row, value in zip(places, rows, shares, strict=True)]


def fit(examples: Sequence[tuple[dict[str, float], bool]], least: int = LEAST_FEATURE, ridge: float = RIDGE) -> dict[str, float]:
    """The weights of a logistic model with a ridge, by Newton's method; features seen fewer than `least` times are left out."""
    often = Counter(name for values, _ in examples for name in values)
    names = sorted(name for name, number in often.items() if number >= least)
    column = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names)), dtype=np.float32)
    for number, (values, _) in enumerate(examples):
        for name, value in values.items():
            if name in column:
                matrix[number, column[name]] = value
    right = np.array([example[1] for example in examples], dtype=np.float64)
    penalty = np.array([0.0 if name == "bias" else ridge for name in names])
    weights = np.zeros(len(names))
    for _ in range(12):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        gradient = matrix.T @ (chance - right) + penalty * weights
        slope = (matrix * (chance * (1 - chance))[:, None].astype(np.float32)).T @ matrix
        weights -= np.linalg.solve(slope.astype(np.float64) + np.diag(penalty + 1e-6), gradient)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def save(tables: Tables, folder: Path, note: str) -> None:
    """Write the tables as rule files, one row a line, rows in order of their ids. Rare counts that change nothing are left out."""
    files: dict[str, list[dict[str, object]]] = {
        "cues.yaml": [_cue_row(row) for row in tables.cues.values()],
        "cue-classes.yaml": [_cue_row(row) for row in tables.classes.values()],
        "roles.yaml": [row.model_dump(exclude_defaults=True) for row in tables.roles.values() if row.total >= LEAST],
        "paths.yaml": [{"id": id_, "seen": list(seen)} for id_, seen in tables.paths.items() if seen[1] >= LEAST],
        "cuts.yaml": [{"id": id_, "seen": list(seen)} for id_, seen in tables.cuts.items() if seen[1] >= LEAST],
        "frames.yaml": [{"id": id_, "seen": list(seen)} for id_, seen in tables.frames.items() if seen[1] >= LEAST],
        "weights.yaml": _weight_rows(tables.weights),
        "content-weights.yaml": _weight_rows(tables.content_weights),
        "source-weights.yaml": _weight_rows(tables.source_weights),
    }
    for name, rows in files.items():
        lines = [f"- {_flow(row)}" for row in sorted(rows, key=lambda row: str(row["id"]))]
        (folder / name).write_text("\n".join([f"# {note}", *lines, ""]), encoding="utf-8")
    settings = tables.settings.model_dump(mode="json")
    (folder / "attribution.yaml").write_text(
        f"# {note}\n" + "".join(f"{key}: {_flow(value)}\n" for key, value in settings.items()), encoding="utf-8"
    )


def _cue_row(row: CueRow) -> dict[str, object]:
    """A row of the lexicon; of its counts by place those that were seen once are left out."""
    kept = {
        name: {key: list(seen) for key, seen in sorted(getattr(row, name).items()) if seen[1] >= LEAST}
        for name in ("frames", "content", "source")
    }
    plain = row.model_dump(exclude_defaults=True, exclude={"content", "source", "frames"})
    return plain | {name: seen for name, seen in kept.items() if seen}


def _weight_rows(weights: dict[str, float]) -> list[dict[str, object]]:
    return [{"id": id_, "weight": weight} for id_, weight in weights.items()]


def _flow(value: object) -> str:
    """YAML in one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
