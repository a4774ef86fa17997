"""Many articles: every one becomes a record or an error, in order, in one process or several; a killed run can be continued."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import InputError
from ..records import Article
from .output import Output, Place, errors_path, refuse_among
from .work import Failure, Load, Work, here, in_workers

__all__ = ["Load", "Summary", "errors_path", "here", "in_workers", "refuse_among", "run"]


@dataclass
class Summary:
    """Counts of a run: records + errors = articles. `reused` of the records are an earlier run's; `kept` more belong to no article of this run."""

    articles: int = 0
    records: int = 0
    errors: int = 0
    reused: int = 0
    kept: int = 0

    def __str__(self) -> str:
        text = f"{_count(self.articles, 'article')}: {_count(self.records, 'record')}, {_count(self.errors, 'error')}"
        if self.reused:
            text += f"; {_count(self.reused, 'record')} finished before"
        return text + (f"; {_count(self.kept, 'earlier record')} kept of articles not in this input" if self.kept else "")


def run(
    articles: Iterable[Article | InputError],
    output: Path,
    work: Work,
    *,
    stamp: Mapping[str, str] | None = None,
    resume: bool = False,
    force: bool = False,
    progress: Callable[[Summary], None] | None = None,
) -> Summary:
    """Write the records of all articles to `output`, in their order, and what failed to `OUT.errors.jsonl` beside it.

    `output` is replaced only when all is done. `resume` goes on from what an earlier run finished, and tries its errors again; `force`
    begins anew. `stamp` says what records depend on besides their article: those of another stamp are made again. `progress` is called
    after each article. Raises UsageError if `output` is in the way or cannot be written.
    """
    summary, begun = Summary(), time.monotonic()
    with Output(output, stamp=stamp or {}, resume=resume, force=force) as out:
        for result in work(_settled(item, out) for item in articles):
            summary.articles += 1
            match result:
                case Failure():
                    summary.errors += 1
                    out.fail(result)
                case Place():
                    summary.records += 1
                    summary.reused += 1
                    out.reuse(result)
                case _:
                    summary.records += 1
                    out.add(result)
            if progress:
                progress(summary)
        summary.kept = out.finish({**asdict(summary), "seconds": round(time.monotonic() - begun, 1)})
    return summary


def _settled(item: Article | InputError, out: Output) -> Article | Failure | Place:
    """What needs no more work is settled here: what could not be read, and what an earlier run finished."""
    if isinstance(item, InputError):
        out.forget(item.id)
        return Failure.of(item, item.id, item.path)
    return out.finished(item) or item


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
