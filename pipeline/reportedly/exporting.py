"""`reportedly export` and `reportedly import`: records out to other tools, corrected annotation back in."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from . import __version__
from .errors import UsageError
from .exchange import brat, jsonld, label_studio, table
from .exchange.lines import read_records, write_whole
from .records import Record, to_json

Target = Literal["csv", "parquet", "jsonld", "brat", "label-studio", "docbin"]
Origin = Literal["brat", "label-studio"]


def export(
    file: Annotated[Path, typer.Argument(help="Records, as `extract` writes them.", metavar="RUN")],
    to: Annotated[Target, typer.Option("--to", help="csv and parquet hold one row a claim; brat is a folder.")],
    output: Annotated[Path, typer.Option("--output", metavar="PATH", help="Where it goes.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write records in another tool's form."""
    if output.exists() and not force:
        raise UsageError("the output exists", path=str(output), remedy="--force replaces it")
    records = read_records(file)
    if to == "brat":
        count = brat.write_brat(records, output)
        typer.echo(f"{count} articles -> {output}", err=True)
        return
    write_whole(output, WRITERS[to](records))
    if to == "label-studio":
        typer.echo(f"the labelling interface to paste into the project:\n{label_studio.config()}", err=True, nl=False)


def import_(
    path: Annotated[Path, typer.Argument(help="A folder of brat, or the JSON that Label Studio exports.", metavar="PATH")],
    from_: Annotated[Origin, typer.Option("--from", help="Whose annotation it is.")],
    output: Annotated[Path, typer.Option("--output", metavar="GOLD.jsonl", help="Where the records go.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Read corrected annotation as records: gold for `reportedly evaluate`."""
    if output.exists() and not force:
        raise UsageError("the output exists", path=str(output), remedy="--force replaces it")
    readers: dict[Origin, Callable[[Path], Iterator[Record]]] = {"brat": brat.read_brat, "label-studio": label_studio.read_tasks}
    lines = [to_json(record) + "\n" for record in readers[from_](path)]
    write_whole(output, "".join(lines).encode())
    typer.echo(f"{len(lines)} records -> {output}", err=True)


def _to_docbin(records: Iterable[Record]) -> bytes:
    from .spacy_docs import to_docbin

    return to_docbin(records)


def _to_tasks(records: Iterable[Record]) -> bytes:
    return label_studio.to_tasks(records, f"reportedly {__version__}")


WRITERS: dict[str, Callable[[Iterable[Record]], bytes]] = {
    "csv": table.to_csv,
    "parquet": table.to_parquet,
    "jsonld": jsonld.to_jsonld,
    "label-studio": _to_tasks,
    "docbin": _to_docbin,
}
