"""Names: what the language model found, mended by the evidence of the whole article."""

from __future__ import annotations

from collections.abc import Callable

from ..findings import Layout
from ..parse import Parse
from ..records import Entity
from ..rulebook import Model
from .headlines import known_names
from .labels import label_mentions
from .mentions import find_mentions
from .names import full_names
from .tables import Tables

__all__ = ["find_entities", "stage"]


def stage(model: Model) -> Callable[..., tuple[Entity, ...]]:
    """The entities stage over the word lists of a model."""
    tables = Tables.load(model)

    def run(parse: Parse, layout: Layout) -> tuple[Entity, ...]:
        return find_entities(parse, layout, tables)

    return run


def find_entities(parse: Parse, layout: Layout, tables: Tables) -> tuple[Entity, ...]:
    """The named entities of an article in the order of the text, without overlap; ids e1, e2 …"""
    mentions = label_mentions(parse, find_mentions(parse, layout, tables), tables)
    mentions = known_names(parse, layout, mentions)
    names = full_names(parse, mentions, tables)
    return tuple(
        Entity(
            id=f"e{number}",
            start=(start := parse.start[mention.first]),
            end=(end := parse.end[mention.last - 1]),
            text=parse.text[start:end],
            label=mention.label,
            name=name,
        )
        for number, (mention, name) in enumerate(zip(mentions, names, strict=True), 1)
    )
