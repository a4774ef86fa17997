"""Who said what: cues with their content and source, by counted tables over the parse and a quotation engine."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from ..findings import Attribution, Layout
from ..parse import Parse
from ..records import Span
from ..rulebook import Model
from .adjuncts import find_by_adjunct
from .arguments import Range
from .candidate import CUE_KINDS, Candidate, cue_id, propose
from .confidence import confidence, features
from .pages import find_by_page
from .quotes import Quotes, adopt, join_following, make_whole
from .rivals import beside_pages, inner, lift_light_verbs, outermost, part_clauses, part_coordinated, part_participles
from .tables import Tables

__all__ = ["find_attributions", "stage"]

HOPELESS = 0.12
"""A candidate whose cue and place came out right less often than this is hardly ever a claim: looking closer would only cost time."""


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
    accept = tables.settings.accept
    everything = list(judged(parse, layout, quotes, tables))
    outside = [candidate for candidate in everything if not quotes.inside(candidate.head)]
    by_page = list(find_by_page(parse, layout, quotes, tables))
    found = by_page + beside_pages([candidate for candidate in outside if candidate.confidence >= accept], by_page)
    found = lift_light_verbs(parse, found, tables.lists.light_verbs)
    part_coordinated(parse, found)
    part_participles(parse, found)
    part_clauses(parse, quotes, found)
    found += find_by_adjunct(parse, tables, {token for candidate in found for token in range(*candidate.cue)})
    found = outermost(found)
    found = outermost(found + adopt(parse, quotes, found, tables))
    join_following(parse, quotes, found)
    found = outermost(found)
    return found + inner(parse, found, everything, tables.settings.accept_nested, tables.settings.accept_inside)


def judged(parse: Parse, layout: Layout, quotes: Quotes, tables: Tables, *, least: float = HOPELESS) -> Iterator[Candidate]:
    """Every candidate of a word in the lexicon, with its confidence and the reasons for it. Those of a cue and place of which a smaller share
    than `least` came out right are passed over."""
    for index, pos in enumerate(parse.pos):
        if pos not in CUE_KINDS or index in quotes.titles:
            continue
        row = tables.row(cue_id(parse, index))
        candidate = propose(parse, index, row, tables, quotes.of, least=least) if row else None
        if candidate is None or candidate.content_head in quotes.titles:
            continue
        if not quotes.inside(index):
            make_whole(parse, candidate, quotes)
        headline = layout.paragraphs[quotes.paragraph[index]].kind == "headline"
        candidate.features = features(parse, candidate, tables, quotes=quotes.edged(candidate), headline=headline)
        candidate.confidence = confidence(candidate.features, tables.weights)
        candidate.rule = rule_name(candidate)
        yield candidate


def rule_name(candidate: Candidate) -> str:
    """The rule that a candidate stands on: the part of speech of its cue and the place of its content."""
    return f"{candidate.pos.lower()} {candidate.place.partition('+')[0]}"


def _attribution(parse: Parse, candidate: Candidate, tables: Tables) -> Attribution:
    head = candidate.head
    lemma = candidate.row.id.rpartition("/")[0].partition(" ")[0]
    act, stance = tables.act(lemma, *_particles(parse, candidate))
    if candidate.pos == "PUNCT" and _is_question(parse, candidate):
        act = "ask"
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


def _is_question(parse: Parse, candidate: Candidate) -> bool:
    end = parse.end[candidate.pieces[-1][1] - 1]
    return "?" in parse.text[max(0, end - 2) : end]


def _particles(parse: Parse, candidate: Candidate) -> list[str]:
    """The small words that tell "called [for] an inquiry" and "asked [to] see it" from "called" and "asked"."""
    last, opening = candidate.cue[1] - 1, candidate.pieces[0][0]
    words = [parse.lower[last]] if last > candidate.head else []
    if parse.lower[opening] in ("for", "to") and opening >= candidate.cue[1]:
        words.append(parse.lower[opening])
    if candidate.place.partition("+")[0].endswith(":to"):
        words.append("to")
    return words


def _spans(parse: Parse, pieces: list[Range]) -> tuple[Span, ...]:
    return tuple(parse.span(first, last) for first, last in pieces)


def _place(attribution: Attribution) -> tuple[int, int]:
    spans = attribution.source + attribution.cue + attribution.content
    return min(span.start for span in spans), -max(span.end for span in spans)
