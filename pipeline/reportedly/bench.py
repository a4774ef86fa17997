"""How fast the pipeline's own logic is, beside the language model that it builds on.

A *word* is `len(text.split())`. A stage's *own logic* is the process CPU time of its function on articles that are already parsed,
the median of several runs over the set, in one process, loading excluded. Bare `nlp.pipe` is timed in the same runs on the same paragraphs.
"""

from __future__ import annotations

import gc
import resource
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer

from . import sources
from .findings import Layout
from .language import BATCH
from .parse import Parse
from .records import Article
from .stages import Pipeline, Stage

RUNS = 5


@dataclass(frozen=True)
class Timing:
    """CPU seconds by stage, and of bare `nlp.pipe`, for a set of so many articles and words; peak memory of the process in MB."""

    articles: int
    words: int
    stages: dict[str, float]
    bare: float
    peak: float

    @property
    def own(self) -> float:
        """CPU seconds of all stages together."""
        return sum(self.stages.values())


def measure(pipeline: Pipeline, articles: Sequence[Article], runs: int = RUNS) -> Timing:
    """Time every stage and bare `nlp.pipe` over the articles. Raises whatever a stage raises."""
    parsed = pipeline.parse(articles)
    pieces = [piece for values, _ in parsed for piece in _pieces(values["layout"])]
    taken: dict[str, list[float]] = {stage.name: [] for stage in pipeline.stages}
    bare: list[float] = []
    for _ in range(runs):
        bare.append(_seconds(lambda: [None for _ in pipeline.nlp.pipe(pieces, batch_size=BATCH)]))
        states = [_fresh(article, parse) for article, (_, parse) in zip(articles, parsed, strict=True)]
        for stage in pipeline.stages:
            taken[stage.name].append(_seconds(lambda stage=stage, states=states: _run(stage, states)))  # type: ignore[misc]
    return Timing(
        articles=len(articles),
        words=sum(len(article.text.split()) for article in articles),
        stages={name: median(seconds) for name, seconds in taken.items()},
        bare=median(bare),
        peak=resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    )


def lines(timing: Timing) -> list[str]:
    """The timing as a table of lines."""
    rows = [*timing.stages.items(), ("own logic", timing.own), ("bare nlp.pipe", timing.bare)]
    table = [f"{'stage':<16}{'CPU s':>9}{'words/s':>12}{'of nlp.pipe':>13}"]
    table += [
        f"{name:<16}{seconds:>9.3f}{_rate(timing.words, seconds):>12}{_share(seconds, timing.bare):>13}" for name, seconds in rows
    ]
    return [f"{timing.articles} articles, {timing.words:,} words", *table, f"peak memory {timing.peak:,.0f} MB"]


def bench(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Articles, as for extract; by default corpus/articles.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="Of so many runs the median counts.")] = RUNS,
) -> None:
    """Measure the speed of each stage's own logic beside bare nlp.pipe, and peak memory."""
    articles = []
    for article in sources.read(paths or [Path("corpus/articles")]):
        if isinstance(article, Article):
            articles.append(article)
        else:
            typer.echo(f"passed over: {article}", err=True)
    typer.echo("\n".join(lines(measure(Pipeline(), articles, runs))))


def _fresh(article: Article, parse: Parse) -> dict[str, Any]:
    """An article as the stages first see it: a copy of its parse, without what an earlier run has worked out and kept in it."""
    return {"article": article, "parsed": replace(parse)}


def _pieces(layout: Layout) -> list[str]:
    """What the parser is given of an article."""
    return [layout.reading[piece.start : piece.end] for paragraph in layout.paragraphs for piece in paragraph.pieces]


def _run(stage: Stage, states: Sequence[dict[str, Any]]) -> None:
    requires = stage.requires
    for state in states:
        state[stage.assigns] = stage.run(**{name: state[name] for name in requires})


def _seconds(work: Callable[[], object]) -> float:
    gc.collect()
    before = time.process_time()
    work()
    return time.process_time() - before


def _rate(words: int, seconds: float) -> str:
    return f"{words / seconds:,.0f}" if seconds else "-"


def _share(seconds: float, bare: float) -> str:
    return f"{100 * seconds / bare:.1f} %" if bare else "-"
