"""The commands `evaluate`, `gate`, `accept`, `agreement` and `report`. What they need is imported when they run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ..errors import UsageError
from ..exchange.lines import write_whole

if TYPE_CHECKING:
    from .documents import Document
    from .report import Report

GOLD = Path("corpus/gold.jsonl")
FOUND = Path("outputs/run.jsonl")
RESULTS = Path("docs/results.json")
PUBLISHED = Path("docs/published.json")
FLOORS = Path("tests/quality/floors.toml")
ACCEPTED = Path("tests/quality/accepted.jsonl")

Gold = Annotated[Path, typer.Argument(help="Gold: records, or the plain forms with attributions or timexes.", metavar="GOLD")]
Found = Annotated[
    Path, typer.Argument(help="Predictions: what `reportedly extract` wrote for the same articles.", metavar="PRED")
]
FloorsFile = Annotated[Path, typer.Option("--floors", help="The floors of the figures.")]
AcceptedFile = Annotated[Path, typer.Option("--accepted", help="The accepted predictions.")]


def evaluate(
    gold: Gold = GOLD,
    pred: Found = FOUND,
    json_file: Annotated[Path | None, typer.Option("--json", help="Write the figures to this file.")] = None,
    results: Annotated[
        Path | None, typer.Option("--results", help="Keep the figures in this file of results, under --name.")
    ] = None,
    name: Annotated[str, typer.Option("--name", help="What the set of articles is called in --results.")] = "corpus",
    items: Annotated[bool, typer.Option("--items", help="List what was missed and what is spurious in the dev half.")] = False,
    pages: Annotated[
        Path | None, typer.Option("--pages", help="Write evaluation.html and evaluation.md into this folder.", metavar="FOLDER")
    ] = None,
    accepted: AcceptedFile = ACCEPTED,
) -> None:
    """Score predictions against gold: each stage, with 95 % intervals over articles."""
    from . import report as reports

    kept = _read_json(results) if results and results.exists() else {}
    wanted, found = _read_both(gold, pred)
    scored = reports.report(wanted, found, gold, pred)
    typer.echo(reports.as_text(scored))
    if json_file:
        _write_json(json_file, scored.payload)
    if results:
        _write_json(results, kept | {name: scored.payload})
    if items:
        _echo_items(wanted, found)
    if pages:
        _write_pages(pages, scored, wanted, found, accepted)


def gate(
    gold: Gold = GOLD,
    pred: Found = FOUND,
    floors: FloorsFile = FLOORS,
    accepted: AcceptedFile = ACCEPTED,
) -> None:
    """Fail (exit 1) where a figure is below its floor; list what was gained and lost since the accepted predictions."""
    from . import gate as gates
    from . import report as reports
    from .documents import read
    from .score import score
    from .signature import file_digest

    limits = gates.read_floors(floors)
    wanted, found = _read_both(gold, pred)
    if accepted.exists():
        typer.echo("\n".join(gates.change_lines(gates.changes(wanted, found, read(accepted)))))
    missed = gates.misses(limits, reports.figures(list(score(wanted, found).values())))
    for miss in missed:
        typer.echo(f"missed: {miss.measure} is {reports.shown(miss.now)}, its floor is {reports.shown(miss.floor)}", err=True)
    stale = limits.gold != file_digest(gold)
    if stale:
        typer.echo(f"the floors were measured on another gold than {gold}: run `make accept`", err=True)
    if missed or stale:
        raise typer.Exit(1)
    typer.echo(f"all {len(limits.floors)} floors hold")


def accept(
    gold: Gold = GOLD,
    pred: Found = FOUND,
    floors: FloorsFile = FLOORS,
    accepted: AcceptedFile = ACCEPTED,
    lower: Annotated[str, typer.Option("--lower", help="The reason for lowering a floor; without it none is lowered.")] = "",
) -> None:
    """Take predictions as the new standard: floors rise to their figures, and the gate compares with them from now on."""
    from . import gate as gates
    from . import report as reports
    from .accept import raised
    from .score import score
    from .signature import file_digest

    wanted, found = _read_both(gold, pred)
    old = gates.read_floors(floors) if floors.exists() else None
    new = raised(old, reports.figures(list(score(wanted, found).values())), file_digest(gold), reason=lower)
    write_whole(accepted, pred.read_bytes())  # before the floors: these must never be higher than what is accepted
    gates.write_floors(floors, new)
    typer.echo(f"{floors}: {len(new.floors)} floors; {accepted}: {len(found)} records")


def agreement(
    first: Annotated[Path, typer.Argument(help="The sheets of one annotator.")] = Path("corpus/annotations/first"),
    second: Annotated[Path, typer.Argument(help="The sheets of the other.")] = Path("corpus/annotations/second"),
    corpus: Annotated[Path, typer.Option("--corpus", help="The folder with articles/, gold.jsonl and README.md.")] = Path(
        "corpus"
    ),
) -> None:
    """Score one annotator's sheets against another's, as the program is scored, and write the table into the corpus's README."""
    from ..markdown import put_between
    from . import agreement as agreements
    from .documents import read

    articles = agreements.read_articles(corpus / "articles")
    one, other = (agreements.read_sheets(folder, articles) for folder in (first, second))
    tables = {"agreement": agreements.agreement_table(agreements.agreement(one, other), len(one.keys() & other.keys()))}
    labels = [corpus / "annotations" / "labels" / name for name in ("first", "second")]
    if all(folder.exists() for folder in labels):
        tables["labels"] = agreements.labels_table(*map(agreements.read_labels, labels))
    if (corpus / "gold.jsonl").exists():
        tables["size"] = agreements.size_table(read(corpus / "gold.jsonl"))
    typer.echo("\n\n".join(tables.values()))
    page = corpus / "README.md"
    if page.exists():
        text = page.read_text(encoding="utf-8")
        for name, table in tables.items():
            text = put_between(text, name, table)
        page.write_text(text, encoding="utf-8")


def report(
    results: Annotated[Path, typer.Option("--results", help="Our figures, kept by `reportedly evaluate --results`.")] = RESULTS,
    published: Annotated[Path, typer.Option("--published", help="Other systems' figures.")] = PUBLISHED,
    page: Annotated[Path | None, typer.Option("--page", help="Write the tables into this page, between its marks.")] = None,
) -> None:
    """The tables of results in Markdown, as the README shows them."""
    from ..markdown import put_between
    from .report import results_tables

    ours, theirs = (_read_json(path) for path in (results, published))
    tables = results_tables(ours, theirs)
    typer.echo(tables)
    if page:
        write_whole(page, put_between(page.read_text(encoding="utf-8"), "results", tables).encode())


def _write_pages(folder: Path, scored: Report, wanted: dict[str, Document], found: dict[str, Document], accepted: Path) -> None:
    from . import gate as gates
    from . import pages
    from .documents import read

    changes = gates.changes(wanted, found, read(accepted)) if accepted.exists() else None
    parts = pages.sections(scored, wanted, found, changes)
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in (("evaluation.html", pages.as_html(scored, parts)), ("evaluation.md", pages.as_markdown(scored, parts))):
        write_whole(folder / name, text.encode())
    typer.echo(f"{folder / 'evaluation.html'}, {folder / 'evaluation.md'}", err=True)


def _read_both(gold: Path, pred: Path) -> tuple[dict[str, Document], dict[str, Document]]:
    from .documents import read

    wanted, found = read(gold), read(pred)
    if missing := [id_ for id_ in wanted if id_ not in found]:
        typer.echo(f"{len(missing)} gold articles have no prediction and count as empty, e.g. {missing[0]}", err=True)
    if stray := [id_ for id_ in found if id_ not in wanted]:
        typer.echo(f"passed over {len(stray)} predicted articles that the gold does not have, e.g. {stray[0]}", err=True)
    return wanted, found


def _echo_items(wanted: dict[str, Document], found: dict[str, Document]) -> None:
    from .gate import item_line
    from .items import list_items
    from .score import half

    listed = list_items(wanted, found)
    for mark, items in (("missed", listed.missed), ("spurious", listed.spurious)):
        typer.echo("".join(f"{mark} {item_line(item)}\n" for item in items if half(item.article) == "dev"), nl=False)


def _read_json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise UsageError("there is no such file", path=str(path), remedy="`reportedly evaluate --results` writes it") from None
    except (ValueError, RecursionError) as error:
        raise UsageError(
            f"not valid JSON: {error}", path=str(path), remedy="restore the file, or remove it and begin anew"
        ) from None
    if not isinstance(found, dict):
        raise UsageError("not a JSON object", path=str(path), value=found, remedy="restore the file, or remove it and begin anew")
    return found


def _write_json(path: Path, value: object) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    write_whole(path, (json.dumps(value, ensure_ascii=False, indent=1) + "\n").encode())
