"""Which person or body each source is, over the whole article: never a guess between two."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable

from ..findings import Attribution, Layout, SpeakerIndex
from ..parse import Parse
from ..records import Entity, Span, Speaker
from ..rulebook import Model
from .aliases import NONE, Aliases, under_aliases
from .figures import Figure
from .resolve import Resolver
from .tables import Tables

__all__ = ["Resolver", "Tables", "find_speakers", "stage"]


def stage(model: Model, aliases: Aliases = NONE) -> Callable[..., SpeakerIndex]:
    """The speakers stage over the word lists of a model, and the user's own names."""
    tables = Tables.load(model)

    def run(parse: Parse, layout: Layout, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...]) -> SpeakerIndex:
        return under_aliases(find_speakers(parse, layout, entities, attributions, tables), aliases)

    return run


def find_speakers(
    parse: Parse, layout: Layout, entities: tuple[Entity, ...], attributions: tuple[Attribution, ...], tables: Tables
) -> SpeakerIndex:
    """The speakers of an article, in the order of their first source, ids s1, s2 …; for each attribution whom its source means."""
    resolver = Resolver(parse, layout, entities, attributions, tables)
    mentions: dict[Figure, set[tuple[int, int]]] = {}
    for finding, attribution in zip(resolver.findings, attributions, strict=True):
        if finding.figure:
            mentions.setdefault(finding.figure, set()).update((span.start, span.end) for span in attribution.source)
    covered = {figure: {at for first, last in spans for at in range(first, last)} for figure, spans in mentions.items()}
    for figure, start, end in resolver.mentions():
        if figure in mentions and covered[figure].isdisjoint(range(start, end)):
            mentions[figure].add((start, end))
            covered[figure].update(range(start, end))
    ids = {figure: f"s{number}" for number, figure in enumerate(mentions, 1)}
    speakers = tuple(
        Speaker(
            id=ids[figure],
            name=name,
            kind=figure.kind,
            mentions=tuple(Span(start=start, end=end) for start, end in sorted(mentions[figure])),
        )
        for figure, name in zip(mentions, _distinct(mentions), strict=True)
    )
    return SpeakerIndex(
        speakers=speakers,
        of=tuple(ids[finding.figure] if finding.figure else None for finding in resolver.findings),
        sieves=tuple(finding.sieve for finding in resolver.findings),
        precisions=tuple(tables.precision[finding.sieve] if finding.figure else None for finding in resolver.findings),
        candidates=tuple(() if finding.figure else finding.candidates for finding in resolver.findings),
    )


def _distinct(figures: Iterable[Figure]) -> list[str]:
    """The figures' names; of several unnamed ones with the same words, the later ones with a number."""
    seen = Counter[str]()
    names = []
    for figure in figures:
        seen[figure.name] += 1
        names.append(figure.name if seen[figure.name] == 1 else f"{figure.name} ({seen[figure.name]})")
    return names
