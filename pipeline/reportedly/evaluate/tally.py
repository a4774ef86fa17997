"""Counts that add up: every measure of one article is four sums, and those of many articles are their totals."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple


class Count(NamedTuple):
    """Of `found` predictions `right` are right (precision); of `wanted` gold items `met` were found (recall)."""

    right: float = 0
    found: float = 0
    met: float = 0
    wanted: float = 0

    @property
    def precision(self) -> float | None:
        """In percent; None (n/a) where nothing was found."""
        return 100 * self.right / self.found if self.found else None

    @property
    def recall(self) -> float | None:
        """In percent; None (n/a) where nothing was wanted."""
        return 100 * self.met / self.wanted if self.wanted else None

    @property
    def f1(self) -> float | None:
        """In percent; None (n/a) where nothing was found or wanted, 0 where only one of the two is empty."""
        precision, recall = self.precision, self.recall
        if precision is None and recall is None:
            return None
        return 2 * precision * recall / (precision + recall) if precision and recall else 0.0


@dataclass
class Tally:
    """The counts of one or many articles by the name of the measure."""

    counts: dict[str, Count] = field(default_factory=dict)

    def add(self, name: str, count: Count) -> None:
        self.counts[name] = Count(*(a + b for a, b in zip(self.counts.get(name, Count()), count, strict=True)))

    def pairs(self, name: str, right: int, found: int, wanted: int) -> None:
        """Count `right` one-to-one pairs among what was found and wanted."""
        self.add(name, Count(right, found, right, wanted))

    def share(self, name: str, right: int, of: int) -> None:
        """Count a share, which has one number: its precision, recall and F1 are the same."""
        self.add(name, Count(right, of, right, of))

    def inside(self, area: str) -> Iterator[tuple[str, Count]]:
        """The counts with `area.` put before their names."""
        return ((f"{area}.{name}", count) for name, count in self.counts.items())


def total(tallies: Iterable[Tally]) -> Tally:
    """The sum of tallies."""
    summed = Tally()
    for tally in tallies:
        for name, count in tally.counts.items():
            summed.add(name, count)
    return summed
