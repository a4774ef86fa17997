"""Counting the tables of the attribution stage from an annotated corpus. Not run in production; `reportedly count` calls it.

Shares are counted on the whole corpus. The weights are fitted to candidates whose shares were counted on the other folds, so that no
candidate is judged by counts in which it took part.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from ..findings import Layout
from ..parse import Parse
from ..quotation import WORD
from ..records import Span
from .arguments import arguments, subjects
from .candidate import Candidate, cue_id, features, propose, tail
from .quotes import Quotes, make_whole
from .tables import CueRow, RoleRow, Settings, Tables

FOLDS = 5
LEAST = 2
"""A word that was a cue fewer times than this is no row of the lexicon."""
LEAST_RIGHT = 0.12
"""A word of which a smaller share of candidates came out right is no row either: it would only cost time."""
LEAST_FEATURE = 20
RIDGE = 1.0


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
    return min(tops, key=lambda token: (rank.get(parse.pos[token], 5), token), default=None)


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


def count_cuts(pages: Iterable[Page], tally: Tally) -> None:
    """Where contents end before a trailing constituent."""
    tables = tables_of(tally)
    for page in pages:
        parse = page.parse
        for gold in page.gold:
            row = tables.cues.get(cue_id(parse, gold.head) or "")
            candidate = propose(parse, gold.head, row, tables, page.quotes.quoted, cut=False) if row else None
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
    """All candidates outside quotations that count, with whether each is right and its features. Those inside a gold content are no evidence."""
    parse, rows = page.parse, []
    inside = frozenset().union(*(gold.content for gold in page.gold)) if page.gold else frozenset()
    cues = frozenset().union(*(gold.cue for gold in page.gold)) if page.gold else frozenset()
    word = [bool(WORD.match(text)) for text in parse.word]
    for index in range(len(parse)):
        row = tables.cues.get(cue_id(parse, index) or "")
        if row is None or page.quotes.inside(index):
            continue
        candidate = propose(parse, index, row, tables, page.quotes.quoted)
        if candidate is None:
            continue
        make_whole(parse, candidate, page.quotes)
        right = _is_right(candidate, page.gold, word)
        if not right and index in inside and index not in cues:
            continue
        headline = page.layout.paragraphs[page.quotes.paragraph[index]].kind == "headline"
        rows.append(
            (candidate, right, features(parse, candidate, tables, quotes=page.quotes.edged(candidate), headline=headline))
        )
    return rows


def _is_right(candidate: Candidate, golds: tuple[Gold, ...], word: list[bool]) -> bool:
    """Content and source come out right, or would once following quotations join."""
    content = {token for piece in candidate.pieces for token in range(*piece) if word[token]}
    source = set(range(*candidate.source)) if candidate.source else set()
    for gold in golds:
        if bool(source) != bool(gold.source) or (source and not source & gold.source):
            continue
        meant = {token for token in gold.content if word[token]}
        common = len(content & meant)
        if common >= 0.5 * len(content | meant):
            return True
        if candidate.head in gold.cue and common >= 0.8 * len(content) and len(content) >= 0.2 * len(meant):
            return True
    return False


def count_candidates(rows: Iterable[tuple[Candidate, bool, dict[str, float]]], tally: Tally) -> None:
    """How often candidates come out right, by cue, by place and by both."""
    for candidate, right, _ in rows:
        id_, place = candidate.row.id, candidate.place
        tally.right[id_][right] += 1
        tally.frames[f"{candidate.pos} {place}"][right] += 1
        tally.cue_frames[id_, place][right] += 1
        tally.overall[right] += 1


def tables_of(tally: Tally, weights: dict[str, float] | None = None, accept: tuple[float, float] = (0.42, 0.7)) -> Tables:
    """The tables that the counts give. `accept`: the least confidence of a claim outside and inside a quotation."""
    by_cue: dict[str, dict[str, dict[str, tuple[int, int]]]] = defaultdict(lambda: defaultdict(dict))
    for name, counted in (("content", tally.content), ("source", tally.source), ("frames", tally.cue_frames)):
        for (id_, place), seen in counted.items():
            by_cue[id_][name][place] = pair(seen)
    cues = {}
    for id_, count in sorted(tally.cues.items()):
        right, of = pair(tally.right[id_])
        if id_ in tally.common and count >= LEAST and (of < 10 or right >= LEAST_RIGHT * of):
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
        weights=weights or {},
        settings=Settings(accept=accept[0], accept_inside=accept[1], overall=overall),
    )


def pair(seen: Counter[bool]) -> tuple[int, int]:
    """(yes, of)."""
    return seen[True], seen[True] + seen[False]


def count(pages: Sequence[Page]) -> Tables:
    """All tables, counted and fitted on `pages`."""
    folds = [pages[number::FOLDS] for number in range(FOLDS)]
    judged = []
    for number, fold in enumerate(folds):
        others = [page for other, pages_ in enumerate(folds) if other != number for page in pages_]
        tally = count_places(others)
        count_cuts(others, tally)
        judged.append((fold, tally))
    found = [[row for page in fold for row in candidates(page, tables_of(tally))] for fold, tally in judged]
    examples: list[tuple[dict[str, float], bool]] = []
    for number, (fold, tally) in enumerate(judged):
        count_candidates((row for other, rows in enumerate(found) if other != number for row in rows), tally)
        tables = tables_of(tally)
        examples += [(values, right) for page in fold for _, right, values in candidates(page, tables)]
    whole = count_places(pages)
    count_cuts(pages, whole)
    count_candidates((row for rows in found for row in rows), whole)
    return tables_of(whole, fit(examples))


def fit(examples: Sequence[tuple[dict[str, float], bool]]) -> dict[str, float]:
    """The weights of a logistic model with a ridge, by Newton's method; features seen fewer than `LEAST_FEATURE` times are left out."""
    often = Counter(name for values, _ in examples for name in values)
    names = sorted(name for name, number in often.items() if number >= LEAST_FEATURE)
    column = {name: index for index, name in enumerate(names)}
    matrix = np.zeros((len(examples), len(names)), dtype=np.float32)
    for number, (values, _) in enumerate(examples):
        for name, value in values.items():
            if name in column:
                matrix[number, column[name]] = value
    right = np.array([example[1] for example in examples], dtype=np.float64)
    ridge = np.array([0.0 if name == "bias" else RIDGE for name in names])
    weights = np.zeros(len(names))
    for _ in range(12):
        chance = 1 / (1 + np.exp(-(matrix @ weights)))
        gradient = matrix.T @ (chance - right) + ridge * weights
        slope = (matrix * (chance * (1 - chance))[:, None].astype(np.float32)).T @ matrix
        weights -= np.linalg.solve(slope.astype(np.float64) + np.diag(ridge + 1e-6), gradient)
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def save(tables: Tables, folder: Path, note: str) -> None:
    """Write the tables as rule files, one row a line, rows in order of their ids. Rare counts that change nothing are left out."""
    lexicon = [
        row.model_dump(exclude_defaults=True, exclude={"content", "source", "frames"}) | _worth(row)
        for row in tables.cues.values()
    ]
    files: dict[str, list[dict[str, object]]] = {
        "cues.yaml": lexicon,
        "roles.yaml": [row.model_dump(exclude_defaults=True) for row in tables.roles.values() if row.total >= LEAST],
        "paths.yaml": [{"id": id_, "seen": list(seen)} for id_, seen in tables.paths.items() if seen[1] >= LEAST],
        "cuts.yaml": [{"id": id_, "seen": list(seen)} for id_, seen in tables.cuts.items() if seen[1] >= LEAST],
        "frames.yaml": [{"id": id_, "seen": list(seen)} for id_, seen in tables.frames.items() if seen[1] >= LEAST],
        "weights.yaml": [{"id": id_, "weight": weight} for id_, weight in tables.weights.items()],
    }
    for name, rows in files.items():
        lines = [f"- {_flow(row)}" for row in sorted(rows, key=lambda row: str(row["id"]))]
        (folder / name).write_text("\n".join([f"# {note}", *lines, ""]), encoding="utf-8")
    settings = tables.settings.model_dump(mode="json")
    (folder / "attribution.yaml").write_text(
        f"# {note}\n" + "".join(f"{key}: {_flow(value)}\n" for key, value in settings.items()), encoding="utf-8"
    )


def _worth(row: CueRow) -> dict[str, object]:
    """The counts of a cue by place, without those seen once."""
    kept = {
        name: {key: list(seen) for key, seen in sorted(getattr(row, name).items()) if seen[1] >= LEAST}
        for name in ("frames", "content", "source")
    }
    return {name: seen for name, seen in kept.items() if seen}


def _flow(value: object) -> str:
    """YAML in one line: JSON is YAML."""
    return json.dumps(value, ensure_ascii=False)
