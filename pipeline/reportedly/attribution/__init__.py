"""Who said what: cues with their content and source, by counted tables over the parse and a quotation engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import Attribution, Layout
from ..parse import Parse
from ..records import Span
from ..rulebook import Model
from .arguments import Range
from .candidate import Candidate, cue_id, features, judge, propose
from .pages import find_by_page
from .quotes import Quotes, adopt, join_following, make_whole
from .rivals import inner, outermost, part_clauses, part_coordinated
from .tables import Tables

__all__ = ["find_attributions", "stage"]


def stage(model: Model) -> Callable[..., tuple[Attribution, ...]]:
    """The attribution stage over the tables of a model."""
    tables = Tables.load(model)

    def run(parse: Parse, layout: Layout) -> tuple[Attribution, ...]:
        return find_attributions(parse, layout, tables)

    return run


def find_attributions(parse: Parse, layout: Layout, tables: Tables) -> tuple[Attribution, ...]:
    """All attributions of an article, in the order of their first character; nested ones after those that hold them."""
    found = find_candidates(parse, layout, tables)
    return tuple(sorted((_attribution(parse, candidate, tables) for candidate in found), key=_place))


def find_candidates(parse: Parse, layout: Layout, tables: Tables) -> list[Candidate]:
    """The accepted candidates. Quotations are settled before anything inside them is looked at."""
    quotes = Quotes.read(parse, layout)
    accept, inside = tables.settings.accept, tables.settings.accept_inside
    everything = list(judged(parse, layout, quotes, tables))
    outside = [candidate for candidate in everything if not quotes.inside(candidate.head)]
    found = [*find_by_page(parse, layout, quotes), *(candidate for candidate in outside if candidate.confidence >= accept)]
    part_coordinated(parse, found)
    part_clauses(parse, quotes, found)
    found = outermost(found)
    found = outermost(found + adopt(parse, quotes, found, tables))
    join_following(parse, quotes, found)
    found = outermost(found)
    return found + inner(found, everything, accept, inside)


def judged(parse: Parse, layout: Layout, quotes: Quotes, tables: Tables) -> Iterator[Candidate]:
    """Every candidate of a word in the lexicon, with its confidence and the reasons for it."""
    for index in range(len(parse)):
        row = None if index in quotes.titles else tables.cues.get(cue_id(parse, index) or "")
        candidate = propose(parse, index, row, tables, quotes.quoted) if row else None
        if candidate is None or candidate.content_head in quotes.titles:
            continue
        if not quotes.inside(index):
            make_whole(parse, candidate, quotes)
        headline = layout.paragraphs[quotes.paragraph[index]].kind == "headline"
        values = features(parse, candidate, tables, quotes=quotes.edged(candidate), headline=headline)
        candidate.confidence, candidate.reasons = judge(values, tables.weights)
        candidate.rule = rule_name(candidate)
        yield candidate


def rule_name(candidate: Candidate) -> str:
    """The rule that a candidate stands on: the part of speech of its cue and the place of its content."""
    return f"{candidate.pos.lower()} {candidate.place.partition('+')[0]}"


def _attribution(parse: Parse, candidate: Candidate, tables: Tables) -> Attribution:
    head = candidate.head
    lemma = candidate.row.id.rpartition("/")[0]
    act, stance = tables.act(lemma)
    marks = {parse.lower[child] for child in parse.children[head] if parse.dep[child] == "mark"}
    return Attribution(
        source=_spans(parse, [candidate.source]) if candidate.source else (),
        cue=_spans(parse, [candidate.cue]),
        content=_spans(parse, candidate.pieces),
        lemma=lemma,
        act=act,
        stance=stance,
        rule=candidate.rule,
        confidence=round(candidate.confidence, 2),
        negated=any(parse.dep[child] == "neg" for child in parse.children[head]),
        conditional=bool(marks & {"if", "unless"}),
    )


def _spans(parse: Parse, pieces: list[Range]) -> tuple[Span, ...]:
    return tuple(parse.span(first, last) for first, last in pieces)


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = attribution.source + attribution.cue + attribution.content
    return min(span.start for span in spans), -max(span.end for span in spans)
