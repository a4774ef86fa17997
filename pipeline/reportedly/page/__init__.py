"""`reportedly page`: a run as one self-contained HTML file to look at, search and print. It loads nothing and runs no word of any article."""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Iterable
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any

import typer

from ..errors import UsageError
from ..exchange.lines import read_records, write_whole
from ..records import Record
from .data import page_data


def page(
    file: Annotated[Path, typer.Argument(help="Records, as `extract` writes them.", metavar="RUN")],
    output: Annotated[Path, typer.Option("--output", metavar="PAGE.html", help="Where the page goes.")],
    gold: Annotated[
        Path | None, typer.Option("--gold", metavar="GOLD", help="Gold records to lay beside: what was missed, what is spurious.")
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Replace what is there.")] = False,
) -> None:
    """Write the records as one HTML page: text with sources, cues and contents, claims to filter, speakers, a timeline."""
    if output.exists() and not force:
        raise UsageError("the output exists", path=str(output), remedy="--force replaces it")
    wanted = {record.id: record for record in read_records(gold)} if gold else {}
    html = to_html(read_records(file), wanted)
    write_whole(output, html.encode())
    typer.echo(f"{len(html.encode()) / 1e6:.1f} MB -> {output}", err=True)


def to_html(records: Iterable[Record], gold: dict[str, Record] | None = None) -> str:
    """The page. Its policy allows its own script and style by their digests, and nothing else; the data is JSON in which nothing can open a tag."""
    style, script, frame = (_resource(name) for name in ("page.css", "page.js", "page.html"))
    data = _as_inert_json([page_data(record, (gold or {}).get(record.id)) for record in records])
    parts = {"style": style, "script": script, "data": data, "style-digest": _digest(style), "script-digest": _digest(script)}
    opening, *pieces = frame.split("@@")
    return opening + "".join(parts[piece] if number % 2 == 0 else piece for number, piece in enumerate(pieces))


def _as_inert_json(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text


def _digest(text: str) -> str:
    return "sha256-" + base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()


def _resource(name: str) -> str:
    return files(__package__).joinpath(name).read_text(encoding="utf-8")
