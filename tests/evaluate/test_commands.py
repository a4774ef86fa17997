from __future__ import annotations

import json
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner, Result

from reportedly.evaluate import commands
from reportedly.records import to_json

from .making import GOLD, TEXT, document

app = typer.Typer()
for command in (commands.evaluate, commands.gate, commands.accept, commands.agreement, commands.report):
    app.command()(command)


def run(*arguments: str | Path) -> Result:
    return CliRunner().invoke(app, [str(argument) for argument in arguments])


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """A gold, predictions that equal it, worse ones, and places for what the commands write."""
    made = {name: tmp_path / f"{name}.jsonl" for name in ("gold", "good", "worse", "accepted")}
    sheets = {"gold": GOLD, "good": GOLD, "worse": GOLD.replace("A | {Records}", "A | {Records show}")}
    sheets["worse"] = sheets["worse"].replace("A | {Records show} [show]", "A | Records [show]")
    for name, sheet in sheets.items():
        record = document(TEXT, sheet).record
        assert record
        made[name].write_text(to_json(record) + "\n", encoding="utf-8")
    return made | {"floors": tmp_path / "floors.toml", "results": tmp_path / "docs" / "results.json"}


def test_evaluate_prints_the_table_and_keeps_the_figures_by_name(files: dict[str, Path]) -> None:
    for name in ("one", "two"):
        result = run("evaluate", files["gold"], files["worse"], "--results", files["results"], "--name", name, "--items")
        assert result.exit_code == 0
    assert "attributions.rel" in result.stdout
    assert "missed d:106 attribution: Records | show | at least 12 losses" in result.stdout
    assert list(json.loads(files["results"].read_text(encoding="utf-8"))) == ["one", "two"]


def test_evaluate_says_which_articles_have_no_prediction(files: dict[str, Path]) -> None:
    files["worse"].write_text("", encoding="utf-8")
    assert "1 gold articles have no prediction" in run("evaluate", files["gold"], files["worse"]).stderr


def test_the_gate_opens_for_what_was_accepted_and_shuts_for_what_is_worse(files: dict[str, Path]) -> None:
    options = ["--floors", files["floors"], "--accepted", files["accepted"]]
    assert run("accept", files["gold"], files["good"], *options).exit_code == 0
    assert run("gate", files["gold"], files["good"], *options).exit_code == 0
    result = run("gate", files["gold"], files["worse"], *options)
    assert result.exit_code == 1
    assert "missed: attributions.rel is 66.7, its floor is 100.0" in result.stderr
    assert "  - d:106 attribution: Records | show | at least 12 losses" in result.stdout


def test_the_gate_shuts_where_the_floors_are_of_another_gold(files: dict[str, Path]) -> None:
    options = ["--floors", files["floors"], "--accepted", files["accepted"]]
    run("accept", files["gold"], files["good"], *options)
    files["gold"].write_text(files["gold"].read_text(encoding="utf-8") + "\n", encoding="utf-8")
    assert run("gate", files["gold"], files["good"], *options).exit_code == 1


def test_accept_lowers_a_floor_only_with_a_reason_and_else_changes_nothing(files: dict[str, Path]) -> None:
    options = ["--floors", files["floors"], "--accepted", files["accepted"]]
    run("accept", files["gold"], files["good"], *options)
    before = files["floors"].read_bytes(), files["accepted"].read_bytes()
    assert run("accept", files["gold"], files["worse"], *options).exit_code != 0
    assert (files["floors"].read_bytes(), files["accepted"].read_bytes()) == before
    assert run("accept", files["gold"], files["worse"], *options, "--lower", "for once").exit_code == 0
    assert 'reason = "for once"' in files["floors"].read_text(encoding="utf-8")


def test_what_was_accepted_can_be_accepted_again(files: dict[str, Path]) -> None:
    options = ["--floors", files["floors"], "--accepted", files["accepted"]]
    run("accept", files["gold"], files["good"], *options)
    before = files["accepted"].read_bytes()
    assert run("accept", files["gold"], files["accepted"], *options).exit_code == 0
    assert files["accepted"].read_bytes() == before == files["good"].read_bytes()


def test_floors_are_left_alone_where_the_predictions_cannot_be_kept(files: dict[str, Path], tmp_path: Path) -> None:
    options = ["--floors", files["floors"], "--accepted", tmp_path / "nowhere" / "accepted.jsonl"]
    assert run("accept", files["gold"], files["good"], *options).exit_code != 0
    assert not files["floors"].exists()


def test_the_signature_names_the_rules_that_made_the_predictions(files: dict[str, Path]) -> None:
    assert "language:unknown|rules:unknown|gold:" in run("evaluate", files["gold"], files["good"]).stdout
    files["good"].with_name("good.manifest.json").write_text('{"language": "en 1", "rules": "0123456789abcdef"}')
    assert "language:en 1|rules:0123456789ab|gold:" in run("evaluate", files["gold"], files["good"]).stdout


def test_agreement_writes_its_table_into_the_corpus_page(tmp_path: Path) -> None:
    for folder in ("articles", "first", "second"):
        (tmp_path / folder).mkdir()
    (tmp_path / "articles" / "a.txt").write_text(f"---\npublished: 2024-05-08\n---\n{TEXT}\n", encoding="utf-8")
    for folder in ("first", "second"):
        (tmp_path / folder / "a.txt").write_text(GOLD, encoding="utf-8")
    page = tmp_path / "README.md"
    page.write_text("<!-- agreement -->\n<!-- /agreement -->\n", encoding="utf-8")
    result = run("agreement", tmp_path / "first", tmp_path / "second", "--corpus", tmp_path)
    assert result.exit_code == 0
    assert "| attributions: content and source | 100.0 | 100.0–100.0 | 3 | 3 |" in page.read_text(encoding="utf-8")
