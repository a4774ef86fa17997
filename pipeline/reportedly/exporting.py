"""`reportedly export`, `import` and `convert`: records out to other tools, corrected annotation back in, public corpora in."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Annotated, Literal

import typer

from . import __version__
from .errors import UsageError
from .exchange import brat, corpora, jsonld, label_studio, table
from .exchange.lines import read_records, write_whole
from .records import Record, to_json

Target = Literal["csv", "parquet", "jsonld", "brat", "label-studio", "docbin"]
Origin = Literal["brat", "label-studio"]
Corpus = Literal["polnear", "tempeval", "gum"]


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


def convert(
    form: Annotated[Corpus, typer.Argument(help="The corpus's format.", metavar="FORMAT")],
    folder: Annotated[Path, typer.Argument(help="The folder of the corpus as it was published.", metavar="DIR")],
    output: Annotated[Path, typer.Option("--output", metavar="GOLD.jsonl", help="Where the articles go.")],
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Read a public corpus (polnear, tempeval, gum): its articles go through `extract`, and are the gold for `evaluate`."""
    if output.exists() and not force:
        raise UsageError("the output exists", path=str(output), remedy="--force replaces it")
    lines = [json.dumps(row, ensure_ascii=False) + "\n" for row in corpora.read_corpus(form, folder)]
    write_whole(output, "".join(lines).encode())
    typer.echo(f"{len(lines)} articles -> {output}", err=True)


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
