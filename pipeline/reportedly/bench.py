"""How fast the pipeline is, beside the language model that it builds on.

A *word* is `len(text.split())`. *Bare nlp.pipe* is the language package with all its components, in the settings that the pipeline gives it
(batches, BLAS), on the same paragraphs. A stage's *own logic* is its function alone, on articles that are already parsed. *Whole* is a run from
the file of articles to the file of records. Everything is measured in turns, in the same minutes; the median of several turns counts; loading
is excluded.
"""

from __future__ import annotations

import gc
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import cycle, islice
from pathlib import Path
from statistics import median
from typing import Annotated, Any

import typer

from . import batch, sources
from .batch.work import AHEAD, CHUNK, Work
from .errors import InputError, UsageError
from .findings import Layout
from .language import BATCH
from .markdown import markdown_table, put_between
from .parse import Parse
from .records import Article
from .stages import Pipeline, Stage

RUNS = 3
WORKERS = 2
BARE, PARSED, OWN, WHOLE = "bare nlp.pipe", "parse to columns", "own logic", "whole, in this process"
BARE_TOGETHER, WORKER, TOGETHER = f"bare nlp.pipe, {WORKERS} processes", "whole, one worker", f"whole, {WORKERS} workers"
COLUMNS = ("", "CPU s", "wall s", "words/s", "times nlp.pipe")
MARK = "speed"
"""What the block of a page is called that the table goes into."""


@dataclass(frozen=True)
class Cost:
    """Seconds: of the processors, over all processes that took part, and of the clock."""

    cpu: float
    wall: float

    def __add__(self, other: Cost) -> Cost:
        return Cost(self.cpu + other.cpu, self.wall + other.wall)


@dataclass(frozen=True)
class Timing:
    """What each part cost over a set of so many articles and words; `peak` is the memory of a worker process in MB, by row."""

    articles: int
    words: int
    costs: dict[str, Cost]
    peak: dict[str, float]

    def ratio(self, row: str) -> float | None:
        """How many times as fast as bare nlp.pipe in as many processes; by the clock."""
        bare = self.costs.get(BARE_TOGETHER if row in (BARE_TOGETHER, TOGETHER) else BARE)
        return bare.wall / self.costs[row].wall if bare and self.costs[row].wall else None


def measure(pipeline: Pipeline, read: Callable[[], Iterable[Article | InputError]], runs: int = RUNS) -> Timing:
    """Time everything over the articles that `read` gives, in turns. Raises whatever a stage raises."""
    articles = [article for article in read() if isinstance(article, Article)]
    parsed = pipeline.parse(articles)
    pieces = [piece for values, _ in parsed for piece in _pieces(values["layout"])]
    found: dict[str, list[Cost]] = {}
    peak: dict[str, float] = {}

    def take(row: str, cost: Cost) -> None:
        found.setdefault(row, []).append(cost)

    for _ in range(runs):
        take(BARE, _cost(lambda: [None for _ in pipeline.nlp.pipe(pieces, batch_size=BATCH)]))
        take(PARSED, _cost(lambda: [None for each in _chunks(articles) for _ in pipeline.parse(each)]))
        states = [_fresh(article, parse) for article, (_, parse) in zip(articles, parsed, strict=True)]
        for stage in pipeline.stages:
            take(stage.name, _cost(lambda stage=stage, states=states: _run(stage, states)))  # type: ignore[misc]
        take(WHOLE, _cost(lambda: _write(read(), batch.here(lambda: pipeline))))
        for row, workers in ((WORKER, 1), (TOGETHER, WORKERS)):
            take(row, _cost_of_workers(read, articles, workers))
            peak.setdefault(row, _megabytes(resource.RUSAGE_CHILDREN))
        take(BARE_TOGETHER, _cost_of_processes(pipeline, pieces))
    costs = {row: Cost(median(cost.cpu for cost in costs), median(cost.wall for cost in costs)) for row, costs in found.items()}
    costs[OWN] = sum((costs[stage.name] for stage in pipeline.stages), start=Cost(0, 0))
    order = (BARE, PARSED, *(stage.name for stage in pipeline.stages), OWN, WHOLE, WORKER, BARE_TOGETHER, TOGETHER)
    words = sum(len(article.text.split()) for article in articles)
    return Timing(len(articles), words, {row: costs[row] for row in order}, peak)


def rows(timing: Timing) -> list[list[str]]:
    """The timing, a row a part, as `COLUMNS` says."""
    return [
        [name, f"{cost.cpu:.2f}", f"{cost.wall:.2f}", _rate(timing.words, cost.wall), _times(timing.ratio(name))]
        for name, cost in timing.costs.items()
    ]


def below(timing: Timing) -> str:
    """What the table does not say: the set, workers against each other, memory."""
    told = [f"{timing.articles:,} articles, {timing.words:,} words"]
    if WORKER in timing.costs and TOGETHER in timing.costs:
        times = timing.costs[WORKER].wall / timing.costs[TOGETHER].wall
        told.append(f"{WORKERS} workers are {times:.2f} times as fast as one (of {multiprocessing.cpu_count()} cores)")
    told += [f"peak memory, {name}: {size:,.0f} MB a process" for name, size in timing.peak.items()]
    return "; ".join(told)


def lines(timing: Timing) -> list[str]:
    """The timing as a table of lines."""
    widths = (26, 9, 9, 12, 16)
    table = ["".join(f"{cell:<{width}}" if not at else f"{cell:>{width}}" for at, (cell, width) in enumerate(zip(row, widths, strict=True)))
             for row in (list(COLUMNS), *rows(timing))]  # fmt: skip
    return [*table, below(timing)]


def bench(
    paths: Annotated[
        list[str] | None, typer.Argument(metavar="PATH...", help="Articles, as for extract; by default corpus/articles.")
    ] = None,
    runs: Annotated[int, typer.Option(min=1, help="Of so many turns the median counts.")] = RUNS,
    page: Annotated[
        list[Path] | None,
        typer.Option(metavar="PAGE.md", help=f"Put the table between the <!-- {MARK} --> lines of this page too."),
    ] = None,
) -> None:
    """Measure the speed of each stage and of whole runs beside bare nlp.pipe, in one process and in two, and peak memory."""
    from .exchange.lines import write_whole

    given = paths or ["corpus/articles"]
    for item in sources.read(given):
        if isinstance(item, InputError):
            typer.echo(f"passed over: {item}", err=True)
    timing = measure(Pipeline(), lambda: sources.read(given), runs)
    typer.echo("\n".join(lines(timing)))
    for each in page or ():
        table = markdown_table(COLUMNS, rows(timing)) + f"\n\n{below(timing)}."
        write_whole(each, put_between(each.read_text(encoding="utf-8"), MARK, table).encode())


def _fresh(article: Article, parse: Parse) -> dict[str, Any]:
    """An article as the stages first see it: a copy of its parse, without what an earlier run has worked out and kept in it."""
    return {"article": article, "parsed": replace(parse)}


def _pieces(layout: Layout) -> list[str]:
    """What the parser is given of an article."""
    return [layout.reading[piece.start : piece.end] for paragraph in layout.paragraphs for piece in paragraph.pieces]


def _chunks(articles: Sequence[Article]) -> Iterator[Sequence[Article]]:
    return (articles[at : at + CHUNK] for at in range(0, len(articles), CHUNK))


def _run(stage: Stage, states: Sequence[dict[str, Any]]) -> None:
    requires = stage.requires
    for state in states:
        state[stage.assigns] = stage.run(**{name: state[name] for name in requires})


def _write(items: Iterable[Article | InputError], work: Work, progress: Callable[[batch.Summary], None] | None = None) -> None:
    """A whole run, into a file that is thrown away."""
    with tempfile.TemporaryDirectory() as folder:
        batch.run(items, Path(folder) / "run.jsonl", work, progress=progress)


def _cost(work: Callable[[], object]) -> Cost:
    gc.collect()
    cpu, wall = time.process_time(), time.perf_counter()
    work()
    return Cost(time.process_time() - cpu, time.perf_counter() - wall)


def _cost_of_workers(read: Callable[[], Iterable[Article | InputError]], articles: Sequence[Article], workers: int) -> Cost:
    """A whole run in processes that have loaded the pipeline: the clock starts when all of them are through with some articles."""
    under_way = CHUNK * AHEAD * workers
    until = 2 * under_way + len(articles)
    clock: list[Cost] = []

    def items() -> Iterator[Article | InputError]:
        yield from islice(cycle(articles), under_way)
        yield from (InputError("nothing") for _ in range(under_way))  # when these are handed over, what went before is done
        clock.append(_now())
        yield from (item for item in read() if isinstance(item, Article))

    def progress(summary: batch.Summary) -> None:
        if summary.articles == until:
            clock.append(_now())

    _write(items(), batch.in_workers(batch.Load(), workers), progress)
    for child in multiprocessing.active_children():
        child.join()
    start, stop = clock
    return Cost(stop.cpu - start.cpu, stop.wall - start.wall)


def _cost_of_processes(pipeline: Pipeline, pieces: Sequence[str]) -> Cost:
    """Bare nlp.pipe in as many processes as there are workers; they are copies of this one and need not load."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    cost = _cost(lambda: [None for _ in pipeline.nlp.pipe(pieces, batch_size=BATCH, n_process=WORKERS)])
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return replace(cost, cpu=cost.cpu + after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def _now() -> Cost:
    """The clocks of this process with its workers."""
    try:
        import psutil
    except ImportError:
        raise UsageError("bench needs psutil", remedy="pip install 'reportedly[bench]'") from None
    times = [child.cpu_times() for child in psutil.Process().children()]
    return Cost(time.process_time() + sum(each.user + each.system for each in times), time.perf_counter())


def _megabytes(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024


def _rate(words: int, seconds: float) -> str:
    return f"{words / seconds:,.0f}" if seconds else "-"


def _times(ratio: float | None) -> str:
    return f"{ratio:.2f}" if ratio else "-"
