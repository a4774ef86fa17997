"""`reportedly explain`: every candidate for a cue in a text, what the tables say of it, and whether it became a claim. Not part of the pipeline."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from .attribution import find_candidates, judged
from .attribution.candidate import Candidate
from .attribution.confidence import reasons
from .attribution.quotes import Quotes
from .attribution.tables import Tables
from .parse import Parse
from .records import Article, join
from .stages import Pipeline

MOST_REASONS = 6
"""Summands shown of each candidate, the largest first."""


def explain(text: str, pipeline: Pipeline) -> Iterator[dict[str, Any]]:
    """Each candidate in the order of the text.

    Keys: `cue`, `source` and `content` (their words), `row` (its id in the lexicon), `rule`, `place` and `path` (where content and source stand),
    `seen` (how often a cue of this word, and of this word with its content here, came out right, each (right, of)), `confidence`,
    `accepted`, `verdict` (why), `reasons` (the largest summands of the score, name → weight).
    """
    article = Article(id="text", text=text)
    values = pipeline.before("entities", article)
    parse = values["parse"]
    tables = Tables.load(pipeline.model)
    found = {candidate.head: candidate for candidate in find_candidates(parse, values["layout"], tables)}
    everything = {
        candidate.head: candidate
        for candidate in judged(parse, values["layout"], Quotes.read(parse, values["layout"]), tables, least=0.0)
    }
    for head in sorted(found.keys() | everything.keys()):
        yield _row(parse, found.get(head) or everything[head], found, tables)


def _row(parse: Parse, candidate: Candidate, found: dict[int, Candidate], tables: Tables) -> dict[str, Any]:
    accepted = candidate.head in found
    summands = reasons(candidate.features, tables.weights) if candidate.features else []
    summands = sorted(summands, key=lambda reason: (-abs(reason[1]), reason[0]))[:MOST_REASONS]
    return {
        "cue": _words(parse, [candidate.cue]),
        "source": _words(parse, [candidate.source] if candidate.source else []),
        "content": _words(parse, candidate.pieces),
        "row": candidate.row.id,
        "rule": candidate.rule,
        "place": candidate.place,
        "path": candidate.path,
        "seen": {"cue": candidate.row.seen, "cue and place": candidate.row.frames.get(candidate.place, (0, 0))},
        "confidence": round(candidate.confidence, 2),
        "accepted": accepted,
        "verdict": "a claim" if accepted else _refusal(candidate, found, tables),
        "reasons": {name: round(weight, 2) for name, weight in summands},
    }


def _refusal(candidate: Candidate, found: dict[int, Candidate], tables: Tables) -> str:
    least = tables.settings.accept
    if candidate.confidence < least:
        return f"refused: less sure than {least}"
    rival = next((other for other in found.values() if any(a <= candidate.head < b for a, b in other.pieces)), None)
    if rival:
        return f"refused: its cue lies in the content of a surer reading ({rival.row.id})"
    return f"refused: inside a quotation, less sure than {tables.settings.accept_inside}, or its content is another's"


def _words(parse: Parse, ranges: list[tuple[int, int]]) -> str:
    return join(parse.text, (parse.span(first, last) for first, last in ranges))
