"""A run on a Ray cluster: files are read in tasks, articles are worked on by actors that have each loaded one pipeline, rows go to Parquet."""

from __future__ import annotations

import json
import logging
import os
import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict
from itertools import islice
from pathlib import Path
from typing import Any

from .. import sources
from ..errors import InputError, UsageError
from ..exchange.manifest import manifest_path, write_manifest
from ..records import Article
from .frames import rows_of
from .output import RUN, part_path
from .summary import Summary
from .work import SECONDS, Crew, Failure, Pipe

TOGETHER = 64
"""Articles that an actor is given at a time."""
READERS = 4
"""Tasks that read files, for each actor, so that none waits for the longest file."""

Columns = Mapping[str, Any]
"""A batch as Ray hands it on: values by the name of the column."""


def run_on_ray(
    paths: Iterable[str | Path],
    output: Path,
    load: Callable[[], Pipe],
    *,
    published: str | None = None,
    workers: int = 1,
    seconds: float = SECONDS,
    stamp: Mapping[str, str] | None = None,
    force: bool = False,
) -> Summary:
    """Write a folder of Parquet files that hold a row for each article, in their order, as `frames.COLUMNS` says.

    Ray is begun on this machine unless RAY_ADDRESS names a cluster; `paths` and `output` must be reachable from all its machines. An id
    that occurs twice is seen within a file only. Raises UsageError if the output is in the way or Ray is not installed.
    """
    if output.exists() and not force:
        raise UsageError("the output exists", path=str(output), remedy="--force replaces it")
    files = [{"path": str(file.path), "place": str(file.path.absolute()), "id": file.id} for file in sources.find_files(paths)]
    data = _ray_data()
    part = part_path(output.absolute())
    shutil.rmtree(part, ignore_errors=True)
    items = data.from_items(files, override_num_blocks=min(len(files), READERS * workers)).map_batches(
        read_items, fn_kwargs={"published": published}, batch_size=1, num_cpus=0, compute=data.TaskPoolStrategy(size=workers)
    )
    actors = data.ActorPoolStrategy(size=workers)
    rows = items.map_batches(Worker, fn_constructor_args=(load, seconds), batch_size=TOGETHER, num_cpus=1, compute=actors)
    rows.write_parquet(str(part))
    summary = _put_in_place(part, output)
    write_manifest(manifest_path(output), {**(stamp or {}), RUN: asdict(summary)})
    return summary


def read_items(batch: Columns, published: str | None) -> Iterator[dict[str, list[str]]]:
    """What files hold: an article or an error a row, as JSON. `place` is the file, `path` what it is called."""
    for path, place, id_ in zip(batch["path"], batch["place"], batch["id"], strict=True):
        items = sources.read_files([sources.File(Path(place), id_)], published)
        while some := list(islice(items, TOGETHER)):
            yield {"item": [_packed(item, path) for item in some]}


class Worker:
    """Works on articles in a process of its own, so that one that kills its process costs only itself."""

    def __init__(self, load: Callable[[], Pipe], seconds: float) -> None:
        self.crew = Crew(load, 1, seconds)

    def __del__(self) -> None:
        self.crew.__exit__()

    def __call__(self, batch: Columns) -> Any:
        items = [_unpacked(item) for item in batch["item"]]
        return rows_of(zip(items, self.crew.finish(self.crew.start(items)), strict=True))


def _packed(item: Article | InputError, path: str) -> str:
    if isinstance(item, Article):
        return item.model_copy(update={"path": path}).model_dump_json()
    return json.dumps({"failure": asdict(Failure.of(item, item.id, path)) | {"path": path}})


def _unpacked(item: str) -> Article | Failure:
    found = json.loads(item)
    return Failure(**found["failure"]) if "failure" in found else Article.model_validate(found)


def _put_in_place(part: Path, output: Path) -> Summary:
    import pyarrow.compute as pc
    import pyarrow.dataset as ds

    rows = ds.dataset(part, format="parquet")
    summary = Summary(articles=rows.count_rows(), records=rows.count_rows(filter=pc.field("record").is_valid()))
    summary.errors = summary.articles - summary.records
    if output.is_dir():
        shutil.rmtree(output)
    part.replace(output)
    return summary


def _ray_data() -> Any:
    """Ray Data, which keeps the order of articles; it tells nobody of its use."""
    os.environ.setdefault("RAY_USAGE_STATS_ENABLED", "0")
    try:
        import ray
        import ray.data
    except ImportError:
        raise UsageError("--engine ray needs Ray", remedy="pip install 'reportedly[ray]'") from None
    if not ray.is_initialized():
        ray.init(log_to_driver=False, logging_level=logging.ERROR)
    logging.getLogger("ray.data").setLevel(logging.ERROR)
    context = ray.data.DataContext.get_current()
    context.execution_options.preserve_order = True
    context.enable_progress_bars = False
    return ray.data
