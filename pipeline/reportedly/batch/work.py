"""The work on articles, in this process or in several: whole articles go in, finished lines come out, in the order of the articles."""

from __future__ import annotations

import multiprocessing
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from itertools import islice
from pathlib import Path
from typing import Any, Protocol

from ..errors import ReportedlyError, TimeLimitError, UsageError
from ..records import Article, Record, to_json

CHUNK = 8
"""Articles that are handed over together: enough for the parser's batches, few enough to share out evenly."""
AHEAD = 2
"""Chunks a worker that may be under way or finished and not yet written."""
SECONDS = 600
"""What an article may take by the clock; the longest that is accepted takes about a minute."""


class Pipe(Protocol):
    """What turns articles into records: `stages.Pipeline`."""

    def records(self, articles: Iterable[Article], /) -> Iterator[Record | Exception]: ...


@dataclass(frozen=True)
class Load:
    """Loads the pipeline over a model folder, by default the English one, a file of aliases, and a folder that keeps parses (of at most so many
    megabytes). Equal ones load once in a process."""

    model: Path | None = None
    aliases: Path | None = None
    cache: Path | None = None
    megabytes: int = 0

    def __call__(self) -> Pipe:
        from ..cache import ParseCache
        from ..rulebook import Model
        from ..speakers.aliases import NONE, read_aliases
        from ..stages import Pipeline, parsed_by

        model = Model.open(self.model)
        cache = ParseCache(self.cache, parsed_by(model), self.megabytes) if self.cache else None
        return Pipeline(model, aliases=read_aliases(self.aliases) if self.aliases else NONE, cache=cache)


@dataclass(frozen=True)
class Failure:
    """One line of the errors' file: which article failed, where, why, and what to do."""

    id: str | None
    path: str | None
    line: int | None
    error: str
    value: str | None
    remedy: str

    @classmethod
    def of(cls, error: ReportedlyError, id_: str | None, path: str | None) -> Failure:
        return cls(id_, error.path or path, error.line, error.message, error.value, error.remedy)

    @classmethod
    def unforeseen(cls, article: Article, what: str) -> Failure:
        return cls(article.id, article.path or None, None, what, None, "report it with the article; the others are not affected")


Result = str | Failure
"""A record as its line of JSON, without the newline; or why there is none."""
Item = Any
"""An Article to be worked on; anything else is settled already and passes through in its place."""
Work = Callable[[Iterable[Item]], Iterator[Any]]


def here(load: Callable[[], Pipe], seconds: float = SECONDS) -> Work:
    """Work in this process; `seconds` may be spent on an article."""

    def work(items: Iterable[Item]) -> Iterator[Any]:
        for chunk in _chunks(items):
            yield from _merged(chunk, process(load, _articles(chunk), seconds))

    return work


def in_workers(load: Callable[[], Pipe], workers: int, seconds: float = SECONDS) -> Work:
    """Work in `workers` processes; at most `AHEAD` chunks for each wait in memory. `load` must be hashable and importable by name."""

    def work(items: Iterable[Item]) -> Iterator[Any]:
        with Crew(load, workers, seconds) as crew:
            waiting: deque[_Job] = deque()
            for chunk in _chunks(items):
                waiting.append(crew.start(chunk))
                if len(waiting) >= AHEAD * workers:
                    yield from crew.finish(waiting.popleft())
            while waiting:
                yield from crew.finish(waiting.popleft())

    return work


def process(load: Callable[[], Pipe], articles: Sequence[Article], seconds: float = SECONDS) -> list[Result]:
    """One result an article. An article that a stage cannot work through, or not in time, costs no other. Raises what `load` raises."""
    results: list[Result] = []
    while rest := articles[len(results) :]:
        made = _loaded(load).records(rest)
        try:
            for article in rest:
                with _at_most(seconds):
                    result = next(made)
                results.append(_line(article, result))
        except TimeLimitError as error:  # it has ended `made` too: the rest is begun anew
            results.append(_line(articles[len(results)], error))
    return results


@contextmanager
def _at_most(seconds: float) -> Iterator[None]:
    """Raises TimeLimitError inside when the time is over, and again each time as long, should something swallow it. In a main thread only."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def late(*_: object) -> None:
        raise TimeLimitError(f"not done in {seconds:g} seconds", remedy="leave it out, split it, or give it more --time-limit")

    before = signal.signal(signal.SIGALRM, late)
    signal.setitimer(signal.ITIMER_REAL, seconds, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def _load(load: Callable[[], Pipe]) -> None:
    _loaded(load)


@cache
def _loaded(load: Callable[[], Pipe]) -> Pipe:
    return load()


def _line(article: Article, result: Record | Exception) -> Result:
    try:
        if isinstance(result, Exception):
            raise result
        return to_json(result)
    except ReportedlyError as error:
        return Failure.of(error, article.id, article.path or None)
    except Exception as error:
        return Failure.unforeseen(article, f"a stage failed: {type(error).__name__}: {error}")


@dataclass
class _Job:
    chunk: list[Item]
    pool: ProcessPoolExecutor
    future: Future[list[Result]]


class Crew:
    """A pool of processes that is begun anew when one of them dies."""

    def __init__(self, load: Callable[[], Pipe], workers: int, seconds: float) -> None:
        self.load, self.workers, self.seconds = load, workers, seconds
        self.pool = _pool(workers)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *_: object) -> None:
        self.pool.shutdown(wait=False, cancel_futures=True)

    def start(self, chunk: list[Item]) -> _Job:
        try:
            future = self.pool.submit(process, self.load, _articles(chunk), self.seconds)
        except BrokenProcessPool:
            self.pool = _pool(self.workers)
            future = self.pool.submit(process, self.load, _articles(chunk), self.seconds)
        return _Job(chunk, self.pool, future)

    def finish(self, job: _Job) -> Iterator[Any]:
        try:
            results = job.future.result()
        except BrokenProcessPool:  # any of the articles under way may have done it
            if job.pool is self.pool:
                self.pool = _pool(self.workers)
            results = _one_by_one(self.load, _articles(job.chunk), self.seconds)
        yield from _merged(job.chunk, results)


def _one_by_one(load: Callable[[], Pipe], articles: Sequence[Article], seconds: float) -> list[Result]:
    """Each article with a process of its own at risk: the one that kills it again becomes a failure."""
    results: list[Result] = []
    pool = _sound_pool(load)
    for article in articles:
        try:
            results += pool.submit(process, load, [article], seconds).result()
        except BrokenProcessPool:
            results.append(Failure.unforeseen(article, "the process that worked on it died twice, perhaps for want of memory"))
            pool = _sound_pool(load)
    pool.shutdown(wait=False)
    return results


def _sound_pool(load: Callable[[], Pipe]) -> ProcessPoolExecutor:
    """One process that has loaded the pipeline. Raises UsageError if it dies over that: no article is to blame then."""
    pool = _pool(1)
    try:
        pool.submit(_load, load).result()
    except BrokenProcessPool:
        raise UsageError("the worker processes die before they begin", remedy="free some memory, or use --workers 1") from None
    return pool


def _pool(workers: int) -> ProcessPoolExecutor:
    """Spawned, so that nothing is inherited half-made."""
    return ProcessPoolExecutor(workers, multiprocessing.get_context("spawn"), initializer=_begin_worker)


def _begin_worker() -> None:
    """An interrupt is the parent's affair; a worker whose parent was killed ends too."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    if parent := multiprocessing.parent_process():
        parent.join()
        os._exit(1)


def _chunks(items: Iterable[Item]) -> Iterator[list[Item]]:
    rest = iter(items)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk


def _articles(chunk: Sequence[Item]) -> list[Article]:
    return [item for item in chunk if isinstance(item, Article)]


def _merged(chunk: Sequence[Item], results: Iterable[Result]) -> Iterator[Any]:
    fresh = iter(results)
    return (next(fresh) if isinstance(item, Article) else item for item in chunk)
