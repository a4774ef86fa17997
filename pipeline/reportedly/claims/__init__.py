"""Claims: attributed and narrated, with polarity, certainty, challenges, quantities, a reading that stands alone, and repeats."""

from __future__ import annotations

from collections.abc import Callable

from ..findings import Attribution, Layout, SpeakerIndex
from ..parse import Parse
from ..records import Article, Date, Entity, Quantity, Record
from ..rulebook import Model
from .assemble import Assembler
from .numbers import QuantityWords
from .quantities import QuantityFinder

__all__ = ["quantities_stage", "stage"]


def quantities_stage(model: Model) -> Callable[..., tuple[Quantity, ...]]:
    """The quantities stage over the words of a model."""
    finder = QuantityFinder(model.table("quantities.yaml", QuantityWords))

    def run(parse: Parse, entities: tuple[Entity, ...], dates: tuple[Date, ...]) -> tuple[Quantity, ...]:
        return finder.find(parse, entities, dates)

    return run


def stage(model: Model) -> Callable[..., Record]:
    """The claims stage: the whole record, assembled by the rules of a model."""
    assembler = Assembler.of(model)

    def run(
        article: Article,
        parse: Parse,
        layout: Layout,
        entities: tuple[Entity, ...],
        dates: tuple[Date, ...],
        quantities: tuple[Quantity, ...],
        attributions: tuple[Attribution, ...],
        speakers: SpeakerIndex,
        warnings: tuple[str, ...],
    ) -> Record:
        return assembler.record(article, parse, layout, entities, dates, quantities, attributions, speakers, warnings)

    return run
