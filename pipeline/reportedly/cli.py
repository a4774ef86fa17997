"""The command. Heavy libraries are imported inside the commands that use them, so that `--help` answers at once."""

from __future__ import annotations

import importlib
import json
import keyword
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from typer.core import TyperGroup

from . import __version__
from .errors import InputError, ReportedlyError, UsageError, shorten

FAILED, COULD_NOT_RUN, INTERRUPTED = 1, 2, 130

ELSEWHERE = {
    "evaluate": "reportedly.evaluate.commands",
    "gate": "reportedly.evaluate.commands",
    "accept": "reportedly.evaluate.commands",
    "agreement": "reportedly.evaluate.commands",
    "report": "reportedly.evaluate.commands",
    "bench": "reportedly.bench",
    "speakers": "reportedly.show.speakers",
    "repeats": "reportedly.show.repeats",
    "export": "reportedly.exporting",
    "import": "reportedly.exporting",
    "convert": "reportedly.exporting",
    "page": "reportedly.page",
    "sieves": "reportedly.sieving",
    "weigh": "reportedly.weighing",
}
"""Commands that live in other modules, as functions of the same name: imported when they are called."""

EXAMPLES = {
    "extract": "extract corpus/articles --output outputs/claims.jsonl --force",
    "show": "show outputs/claims.jsonl --top 20",
    "schema": "schema",
    "explain": 'explain "Ada Okoro said the dam held."',
    "gold": "gold corpus",
    "count": "count annotated.jsonl --held-out publisher --predictions outputs/heldout.jsonl",
    "evaluate": "evaluate corpus/gold.jsonl outputs/claims.jsonl --pages outputs",
    "gate": "gate corpus/gold.jsonl outputs/claims.jsonl",
    "accept": 'accept corpus/gold.jsonl outputs/claims.jsonl --lower "why it is worth it"',
    "agreement": "agreement",
    "report": "report --page README.md",
    "bench": "bench corpus/articles/brigida-provincial-vote.txt --runs 1",
    "speakers": "speakers outputs/claims.jsonl --top 10 --claims",
    "repeats": "repeats outputs/claims.jsonl",
    "page": "page outputs/claims.jsonl --gold corpus/gold.jsonl --output outputs/page.html --force",
    "export": "export outputs/claims.jsonl --to brat --output outputs/brat",
    "import": "import outputs/brat --from brat --output outputs/corrected.jsonl",
    "convert": "convert polnear polnear --output outputs/polnear.jsonl",
    "sieves": "sieves corpus/gold.jsonl",
    "weigh": "weigh corpus/gold.jsonl --model models/en",
}
"""An example of each command, shown below its help. The tests run them in this order."""


def example(command: str) -> str:
    """The example as help shows it."""
    return f"Example: reportedly {EXAMPLES[command]}"


class Commands(TyperGroup):
    """The commands of this module and those of `ELSEWHERE`."""

    def list_commands(self, ctx: Any) -> list[str]:
        return [*super().list_commands(ctx), *ELSEWHERE]

    def get_command(self, ctx: Any, cmd_name: str) -> Any:
        if cmd_name not in ELSEWHERE:
            return super().get_command(ctx, cmd_name)
        single = typer.Typer(add_completion=False)
        function = f"{cmd_name}_" if keyword.iskeyword(cmd_name) else cmd_name
        single.command(cmd_name, epilog=example(cmd_name))(getattr(importlib.import_module(ELSEWHERE[cmd_name]), function))
        return typer.main.get_command(single)


app = typer.Typer(cls=Commands, no_args_is_help=True, pretty_exceptions_enable=False, rich_markup_mode=None)

Published = Annotated[
    str | None, typer.Option(metavar="DATE", help="Publication day (YYYY-MM-DD) of the articles that carry none.")
]
ModelFolder = Annotated[
    Path | None, typer.Option("--model", metavar="DIR", help="A folder of rules instead of the one built in.")
]

AliasesFile = Annotated[
    Path | None, typer.Option("--aliases", metavar="FILE", help="Your own names of speakers: a CSV file with alias,name,id.")
]


@app.command(epilog=example("extract"))
def extract(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH...", help="Articles: .txt .md .html .jsonl .csv .parquet, a folder, or - for standard input."
        ),
    ],
    output: Annotated[
        Path, typer.Option(metavar="OUT.jsonl", help="Where the records go; what failed goes to OUT.errors.jsonl.")
    ],
    published: Published = None,
    model: ModelFolder = None,
    aliases: AliasesFile = None,
    cache: Annotated[
        Path | None,
        typer.Option(metavar="DIR", help="Keep parses here: the next run over the same articles, by other rules, is fast."),
    ] = None,
    cache_size: Annotated[
        int, typer.Option("--cache-size", min=1, metavar="MB", help="Of more than this the oldest parses go.")
    ] = 2000,
    workers: Annotated[int, typer.Option(min=1, help="Processes.")] = 1,
    time_limit: Annotated[
        float,
        typer.Option("--time-limit", min=0.001, metavar="SECONDS", help="An article that takes longer fails; the others go on."),
    ] = 600,
    engine: Annotated[
        Literal["local", "ray"],
        typer.Option(
            help="ray: --workers actors on a Ray cluster (RAY_ADDRESS) or this machine; OUT is a folder of Parquet files."
        ),
    ] = "local",
    resume: Annotated[bool, typer.Option("--resume", help="Continue OUT, or begin it.")] = False,
    force: Annotated[bool, typer.Option("--force", help="Replace OUT.")] = False,
) -> None:
    """Extract entities, dates and claims from articles: one line of JSON an article.

    Exit status: 0 all done; 1 done, but some articles failed; 2 could not run.
    """
    from . import batch, sources
    from .exchange.manifest import stamp
    from .rulebook import Model
    from .speakers.aliases import read_aliases

    batch.refuse_among(output, paths)
    articles = sources.read(paths, published)
    if aliases:
        read_aliases(aliases)
    made_with = stamp(Model.open(model), aliases)  # a wrong folder is told before anything else is loaded
    load = batch.Load(model, aliases, cache, cache_size)
    try:
        if engine == "ray":
            if resume:
                raise UsageError(
                    "--engine ray does not resume", remedy="give it the files that are not done yet, and another OUT"
                )
            summary = batch.run_on_ray(
                paths, output, load, published=published, workers=workers, seconds=time_limit, stamp=made_with, force=force
            )
        else:
            work = batch.here(load, time_limit) if workers == 1 else batch.in_workers(load, workers, time_limit)
            with _progress() as progress:
                summary = batch.run(articles, output, work, stamp=made_with, resume=resume, force=force, progress=progress)
    except KeyboardInterrupt:
        _say("interrupted" + (": --resume goes on from here" if engine == "local" else ""))
        raise typer.Exit(INTERRUPTED) from None
    _say(f"{summary} -> {output}" + (f", {batch.errors_path(output)}" if summary.errors and engine == "local" else ""))
    if summary.errors:
        raise typer.Exit(FAILED)


@app.command(epilog=example("show"))
def show(
    file: Annotated[Path, typer.Argument(help="Records, as `extract` writes them.")],
    top: Annotated[
        int | None, typer.Option(min=1, help="Only the N claims of the whole run that can best be checked.", metavar="N")
    ] = None,
    claim: Annotated[str | None, typer.Option(help="Only the claims with this id, as JSON.", metavar="ID")] = None,
) -> None:
    """Print the claims of each article readably."""
    from rich.console import Console

    from .exchange.lines import read_records
    from .show.terminal import show as show_records
    from .show.terminal import show_top

    records = read_records(file)
    if claim is None:
        console = Console(highlight=False)
        show_records(records, console) if top is None else show_top(records, console, top)
        return
    found = [one for record in records for one in record.claims if one.id == claim]
    if not found:
        raise UsageError("no record has such a claim", path=str(file), value=claim, remedy="`reportedly show` lists the ids")
    for one in found:
        typer.echo(one.model_dump_json(indent=1))


@app.command(epilog=example("schema"))
def schema() -> None:
    """Print the JSON Schema of a record."""
    from .records import json_schema

    typer.echo(json.dumps(json_schema(), ensure_ascii=False, indent=2))


@app.command(epilog=example("explain"))
def explain(
    text: Annotated[str, typer.Argument(help="A sentence, or the path of a text file.")],
    model: ModelFolder = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a candidate.")] = False,
) -> None:
    """Say of every candidate for a cue which row took or refused it, and why."""
    from .explaining import explain as explain_text
    from .rulebook import Model
    from .stages import Pipeline

    for row in explain_text(_words(text), Pipeline(Model.open(model))):
        if as_json:
            typer.echo(json.dumps(row, ensure_ascii=False))
            continue
        right, of = row["seen"]["cue"]
        typer.echo(
            f"{'+' if row['accepted'] else '-'} {row['confidence']:.2f}  {{{row['source']}}} [{row['cue']}] <{row['content']}>"
        )
        typer.echo(f"        {row['verdict']}; {row['row']} at {row['place']}, source by {row['path']}; right {right} of {of}")
        typer.echo("        " + ", ".join(f"{name} {weight:+.2f}" for name, weight in row["reasons"].items()))


def _words(text: str) -> str:
    """The text itself, or that of the file which it names."""
    from .sources.encoding import decode

    try:
        return decode(Path(text).read_bytes())[0] if Path(text).is_file() else text
    except OSError:  # too long for the name of a file
        return text


@app.command(epilog=example("gold"))
def gold(
    corpus: Annotated[Path, typer.Argument(help="The folder that holds articles/ and annotations/.")] = Path("corpus"),
    check: Annotated[Path | None, typer.Option(metavar="FOLDER", help="Only check the sheets in this folder.")] = None,
) -> None:
    """Compile the settled annotation sheets into the gold, or check sheets."""
    from .exchange.gold import compile_gold
    from .exchange.lines import write_whole
    from .records import to_json
    from .sources import read

    articles = {}
    for article in read([corpus / "articles"]):
        if isinstance(article, InputError):
            raise article
        articles[article.id] = article
    found = compile_gold(check or corpus / "annotations" / "settled", articles)
    errors = [item for item in found if isinstance(item, ReportedlyError)]
    records = [item for item in found if not isinstance(item, ReportedlyError)]
    for error in errors:
        _say(str(error))
    if not check and not errors:
        write_whole(corpus / "gold.jsonl", "".join(to_json(record) + "\n" for record in records).encode())
    claims = sum(claim.kind == "attributed" for record in records for claim in record.claims)
    _say(f"{len(records)} sheets, {claims} attributed claims, {len(errors)} with an error")
    if errors:
        raise typer.Exit(FAILED)


@app.command(epilog=example("count"))
def count(
    gold: Annotated[Path, typer.Argument(help='Articles with "attributions", one JSON object a line.')],
    model: ModelFolder = None,
    held_out: Annotated[
        str | None,
        typer.Option(
            help="Save nothing; find the attributions of each article by tables counted without those of the same FIELD.",
            metavar="FIELD",
        ),
    ] = None,
    predictions: Annotated[Path | None, typer.Option(help="Where --held-out writes what it finds.", metavar="OUT.jsonl")] = None,
) -> None:
    """Count the tables of the attribution stage anew from an annotated corpus, and save them into the model."""
    from .counting import count_tables, predict_held_out
    from .exchange.lines import write_whole
    from .rulebook import Model

    if (held_out is None) != (predictions is None):
        raise UsageError("--held-out and --predictions go together", remedy="give both, or neither to save the tables")
    if held_out is None or predictions is None:
        _say(count_tables(gold, Model.open(model)))
        return
    rows = predict_held_out(gold, Model.open(model), held_out)
    write_whole(predictions, "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows).encode())


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"reportedly {__version__}")
        raise typer.Exit


@app.callback()
def options(
    version: Annotated[bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")] = False,
) -> None:
    """Who claimed what, when: entities, calendar dates and attributed claims from news articles."""


def _say(message: str) -> None:
    """To standard error: standard output is for data."""
    typer.echo(message, err=True)


@contextmanager
def _progress() -> Iterator[Callable[[Any], None] | None]:
    """A line that counts along, on a terminal only."""
    if not sys.stderr.isatty():
        yield None
        return
    from rich.console import Console
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn

    with Progress(
        BarColumn(), TextColumn("{task.description}"), TimeElapsedColumn(), console=Console(stderr=True), transient=True
    ) as bar:
        task = bar.add_task("loading", total=None)
        yield lambda summary: bar.update(task, description=str(summary))


def main() -> None:
    """Run the command; what is wrong is said in one line."""
    try:
        app()
    except ReportedlyError as error:
        _say(f"reportedly: {error}")
    except OSError as error:
        place = f"{shorten(str(error.filename))}: " if error.filename else ""
        _say(f"reportedly: {place}{error.strerror or error} -- check the path, its permissions and the disk")
    except Exception as error:  # a traceback helps nobody who runs this
        _say(
            f"reportedly: {type(error).__name__} (got {shorten(str(error), 200)}) -- check the files given; if they are sound, report it"
        )
    sys.exit(COULD_NOT_RUN)
