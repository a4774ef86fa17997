"""How far a score depends on the articles that happen to be in the set: 95 % intervals over resampled articles."""

from __future__ import annotations

import random
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from .tally import Count, Tally

RESAMPLES = 1000
SEED = 0


class Interval(NamedTuple):
    """The 2.5th and the 97.5th percentile of F1, in percent."""

    low: float
    high: float


def intervals(tallies: Sequence[Tally]) -> dict[str, Interval]:
    """The interval of each measure. Measures that are n/a in every resample have none."""
    names = sorted({name for tally in tallies for name in tally.counts})
    if not names:
        return {}
    counts = np.array([[tally.counts.get(name, Count()) for name in names] for tally in tallies], dtype=float)
    sums = np.tensordot(_weights(len(tallies)), counts, axes=1)
    scores = _f1(sums)
    known = ~np.isnan(scores).all(axis=0)
    bounds = np.nanpercentile(scores[:, known], [2.5, 97.5], axis=0)
    return {
        name: Interval(float(low), float(high)) for name, low, high in zip(np.array(names)[known].tolist(), *bounds, strict=True)
    }


def _weights(articles: int) -> NDArray[np.float64]:
    """How often each article was drawn: a row for each resample."""
    chance = random.Random(SEED)  # noqa: S311
    draws = [chance.choices(range(articles), k=articles) for _ in range(RESAMPLES)]
    return np.array([np.bincount(draw, minlength=articles) for draw in draws], dtype=float)


def _f1(sums: NDArray[np.float64]) -> NDArray[np.float64]:
    """F1 in percent of [resample, measure, (right, found, met, wanted)], as `Count.f1` has it; NaN for n/a."""
    right, found, met, wanted = np.moveaxis(sums, 2, 0)
    precision = np.divide(right, found, out=np.zeros_like(right), where=found > 0)
    recall = np.divide(met, wanted, out=np.zeros_like(met), where=wanted > 0)
    both = precision + recall
    score = np.divide(200 * precision * recall, both, out=np.zeros_like(both), where=both > 0)
    return np.where((found > 0) | (wanted > 0), score, np.nan)
