"""The example below each command's help is run, in a folder laid out like the project."""

from __future__ import annotations

import json
import shlex
import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import EXAMPLES, Commands, app
from reportedly.records import from_json

from .exchange.test_corpora import polnear

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project without its code, a few annotated articles, and a small corpus in PolNeAR's form."""
    here = tmp_path_factory.mktemp("project")
    for name in ("corpus", "models", "docs", "tests/quality"):
        shutil.copytree(ROOT / name, here / name)
    shutil.copy(ROOT / "README.md", here)
    (here / "outputs").mkdir()
    polnear(here / "polnear")
    rows = []
    for number, line in enumerate((ROOT / "corpus/gold.jsonl").read_text(encoding="utf-8").splitlines()[:4]):
        record = from_json(line)
        spans = [
            {name: [[one.start, one.end] for one in part.spans] if (part := getattr(claim, name)) else [] for name in ("source", "cue", "content")}
            for claim in record.claims
            if claim.cue
        ]
        rows.append(json.dumps({"id": record.id, "text": record.text, "publisher": "AB"[number % 2], "attributions": spans}))
    (here / "annotated.jsonl").write_text("\n".join(rows), encoding="utf-8")
    return here


@pytest.mark.parametrize("command", list(EXAMPLES))
def test_the_example_of_a_command_runs(command: str, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    result = CliRunner().invoke(app, shlex.split(EXAMPLES[command]))
    assert result.exit_code == 0, result.output
    assert EXAMPLES[command].split()[0] == command


@pytest.mark.parametrize("command", list(EXAMPLES))
def test_help_shows_it(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"], terminal_width=200)
    assert result.exit_code == 0 and " ".join(EXAMPLES[command].split()) in " ".join(result.output.split())


def test_every_command_has_one() -> None:
    group = Commands(name="reportedly", commands={})
    own = {command.name or command.callback.__name__ for command in app.registered_commands if command.callback}
    assert own | set(group.list_commands(None)) == set(EXAMPLES)


def test_the_shell_completes_commands() -> None:
    assert "--install-completion" in CliRunner().invoke(app, ["--help"]).output
