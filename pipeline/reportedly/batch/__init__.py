"""Many articles: every one becomes a record or an error, in order, in one process or several; a killed run can be continued."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict
from pathlib import Path

from ..errors import InputError
from ..records import Article
from .frames import frame
from .on_ray import run_on_ray
from .output import Output, Place, errors_path, refuse_among
from .summary import Summary
from .work import Failure, Load, Work, here, in_workers

__all__ = ["Load", "Summary", "errors_path", "frame", "here", "in_workers", "refuse_among", "run", "run_on_ray"]


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
