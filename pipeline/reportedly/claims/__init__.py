"""Claims: attributed and narrated, with polarity, certainty, challenges, quantities, a reading that stands alone, and repeats."""

from __future__ import annotations

from collections.abc import Callable

from ..records import Quantity, Record
from ..rulebook import Model
from .assemble import Assembler
from .draft import Draft
from .modality import head_of_all
from .numbers import QuantityWords
from .quantities import QuantityFinder
from .timing import time_keys

__all__ = ["Assembler", "Draft", "head_of_all", "quantities_stage", "stage", "time_keys"]


def quantities_stage(model: Model) -> Callable[..., tuple[Quantity, ...]]:
    """The quantities stage over the words of a model."""
    return QuantityFinder(model.table("quantities.yaml", QuantityWords)).find


def stage(model: Model) -> Callable[..., Record]:
    """The claims stage: the whole record, assembled by the rules of a model."""
    return Assembler.of(model).record
