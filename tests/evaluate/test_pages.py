"""The evaluation's page and Markdown: all sections are there, and no word of an article becomes markup."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.evaluate.pages import Section, as_html, as_markdown, sections
from reportedly.evaluate.report import report
from reportedly.evaluate.score import half
from reportedly.records import to_json

from .making import GOLD, TEXT, document

NASTY = "<img src=x onerror=alert(1)> | pipe"
DEV = next(name for name in "abcdefgh" if half(name) == "dev")
TEST = next(name for name in "abcdefgh" if half(name) == "test")


@pytest.fixture
def files(tmp_path: Path) -> tuple[Path, Path]:
    """Gold of two articles, one of each half, and predictions that have none of the claims of either."""
    gold, found = tmp_path / "gold.jsonl", tmp_path / "found.jsonl"
    records = [record for name in (DEV, TEST) if (record := document(TEXT, GOLD, name).record)]
    gold.write_text("".join(to_json(record) + "\n" for record in records), encoding="utf-8")
    found.write_text("".join(to_json(record.model_copy(update={"claims": ()})) + "\n" for record in records), encoding="utf-8")
    return gold, found


def test_the_command_writes_both_with_all_sections(files: tuple[Path, Path], tmp_path: Path) -> None:
    arguments = ["evaluate", *map(str, files), "--pages", str(tmp_path / "pages"), "--accepted", str(files[0])]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    html, text = ((tmp_path / "pages" / f"evaluation.{suffix}").read_text(encoding="utf-8") for suffix in ("html", "md"))
    for title in ("Scores", "Attributions by kind of quotation", "Articles of the dev half", "Rules", "Dev half, missed: attribution", "Lost since"):
        assert title in text and title in html
    assert "default-src 'none'" in html and "<script" not in html


def test_of_the_test_half_no_item_is_shown(files: tuple[Path, Path], tmp_path: Path) -> None:
    arguments = ["evaluate", *map(str, files), "--pages", str(tmp_path), "--accepted", str(files[0])]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    text = (tmp_path / "evaluation.md").read_text(encoding="utf-8")
    assert re.search(rf"^- {DEV}:\d+ attribution", text, re.MULTILINE) and not re.search(rf"^(?:- |\| ){TEST}\b", text, re.MULTILINE)
    assert "in the test half" in text


def test_words_of_articles_stay_words(files: tuple[Path, Path]) -> None:
    from reportedly.evaluate.documents import read

    gold = read(files[0])
    scored = report(gold, gold, *files)
    table = Section(NASTY, ("", "x", "95 %"), ((NASTY, "50.0", "40.0–60.0"),), bars=1)
    parts = [*sections(scored, gold, gold, None), table, Section("lines", lines=(NASTY,))]
    assert "<img" not in as_html(scored, parts)
    assert "<img" not in as_markdown(scored, parts).replace(f"## {NASTY}", "")
    assert '<rect width="100.0"' in as_html(scored, parts) and "\\| pipe" in as_markdown(scored, parts)
