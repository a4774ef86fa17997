"""The fields of aligned claims as wholes: the share that agrees, macro-F1 over the values, Cohen's kappa, each beside the constant answer.

All of it follows from the counts of each value, `claims.FIELD/VALUE`: right, found, in the gold.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from .contents import FIELDS
from .tally import Count


class Field(NamedTuple):
    """Figures in percent but for `kappa` (-1 to 1). `constant` is the share of the gold's most frequent value, `constant_macro` the macro-F1 of
    answering it always; `values` the number of values that occur in the gold."""

    name: str
    claims: int
    values: int
    share: float
    constant: float
    macro: float
    constant_macro: float
    kappa: float


def fields(counts: Mapping[str, Count]) -> list[Field]:
    """The fields that gold and predictions both fill, in the order of `FIELDS`."""
    found = []
    for name in FIELDS:
        prefix = f"claims.{name}/"
        values = [count for measure, count in counts.items() if measure.startswith(prefix) and measure != f"{prefix}marked"]
        if any(count.wanted for count in values):
            found.append(_field(name, values))
    return found


def _field(name: str, values: Iterable[Count]) -> Field:
    values = list(values)
    present = [count for count in values if count.wanted]
    claims = sum(count.wanted for count in values)
    right = sum(count.right for count in values)
    most = max(count.wanted for count in present)
    chance = sum(count.found * count.wanted for count in values) / claims**2
    kappa = (right / claims - chance) / (1 - chance) if chance < 1 else 1.0
    return Field(
        name,
        int(claims),
        len(present),
        100 * right / claims,
        100 * most / claims,
        sum(count.f1 or 0.0 for count in present) / len(present),
        100 * 2 * most / (claims + most) / len(present),
        kappa,
    )
