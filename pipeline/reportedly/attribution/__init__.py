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
    outside = [candidate for candidate in everything if not quotes.inside(parse, candidate.head)]
    found = [*find_by_page(parse, layout, quotes), *(candidate for candidate in outside if candidate.confidence >= accept)]
    found = outermost(part_clauses(parse, quotes, part_coordinated(parse, found)))
    found = outermost(found + adopt(parse, quotes, found, tables))
    join_following(parse, quotes, found)
    found = outermost(found)
    kept = {candidate.head for candidate in found}
    rest = [candidate for candidate in everything if candidate.head not in kept]
    nested = [candidate for candidate in rest if candidate.confidence >= accept and _lies_in(candidate, found)]
    alone = [
        candidate
        for candidate in rest
        if candidate.confidence >= inside and not any(other.holds(candidate.head) for other in found)
    ]
    return found + nested + [candidate for candidate in alone if all(other.pieces != candidate.pieces for other in found)]


def judged(parse: Parse, layout: Layout, quotes: Quotes, tables: Tables) -> Iterator[Candidate]:
    """Every candidate of a word in the lexicon, with its confidence and the reasons for it."""
    for index in range(len(parse)):
        row = None if index in quotes.titles else tables.cues.get(cue_id(parse, index) or "")
        candidate = propose(parse, index, row, tables, quotes.quoted) if row else None
        if candidate is None or candidate.content_head in quotes.titles:
            continue
        if not quotes.inside(parse, index):
            make_whole(parse, candidate, quotes)
        headline = layout.paragraphs[quotes.paragraph[index]].kind == "headline"
        values = features(parse, candidate, tables, quotes=quotes.edged(candidate), headline=headline)
        candidate.confidence, candidate.reasons = judge(values, tables.weights)
        candidate.rule = rule_name(candidate)
        yield candidate


def part_coordinated(parse: Parse, found: list[Candidate]) -> list[Candidate]:
    """ "She said the harbour was full and warned that …": the parser hangs the second cue on the first one's content. Where it has no subject
    of its own and the tables give it the first one's source, the content ends before it."""
    for outer in found:
        for inner in found:
            last = outer.pieces[-1]
            joined = (
                parse.dep[inner.head] == "conj"
                and parse.head[inner.head] == outer.content_head
                and last[0] < inner.head < last[1]
            )
            if (
                not joined
                or inner.source != outer.source
                or inner.source is None
                or parse.tag[inner.head] != parse.tag[outer.head]
            ):
                continue
            start = inner.cue[0]
            while start > last[0] and (parse.pos[start - 1] in ("CCONJ", "PUNCT", "ADV")):
                start -= 1
            if start > outer.content_head:
                outer.pieces[-1] = (last[0], start)
    return found


def part_clauses(parse: Parse, quotes: Quotes, found: list[Candidate]) -> list[Candidate]:
    """ "Okoro thinks it was rust; her deputy suspects …": a content ends at an unquoted semicolon after which somebody else has a cue of his own."""
    for outer in found:
        first, last = outer.pieces[-1]
        for token in range(max(first, outer.content_head) + 1, last - 1):
            if parse.word[token] == ";" and quotes.of[token] < 0 and any(_has_own(inner, token, last) for inner in found):
                outer.pieces[-1] = (first, token)
                break
    return found


def _has_own(inner: Candidate, first: int, last: int) -> bool:
    """Whether a candidate's cue and source both stand between two tokens."""
    return first < inner.head < last and inner.source is not None and first < inner.source[0] < last


def outermost(found: list[Candidate]) -> list[Candidate]:
    """Without the candidates whose cue lies in a larger one's content, and without second ones of the same content."""
    kept: list[Candidate] = []
    for candidate in sorted(found, key=lambda candidate: (-candidate.size, -candidate.confidence, candidate.head)):
        if not any(other.holds(candidate.head) or other.pieces == candidate.pieces for other in kept):
            kept.append(candidate)
    return kept


def _lies_in(candidate: Candidate, found: list[Candidate]) -> bool:
    """Whether a candidate lies wholly in another's content, so that it is a nested claim and not a rival."""
    holders = [other for other in found if other.holds(candidate.head)]
    return any(
        all(any(a <= first and last <= b for a, b in other.pieces) for first, last in candidate.pieces) for other in holders
    )


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
