"""Rule files: plain data, strictly read; every mistake is an error with file, line and remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly import rulebook
from reportedly.errors import RuleError


class Verb(rulebook.Rule):
    id: str
    count: int = 0


def write(folder: Path, text: str) -> Path:
    path = folder / "verbs.yaml"
    path.write_text(text, encoding="utf-8")
    return path


def test_rows_become_frozen_rules(tmp_path: Path) -> None:
    assert rulebook.rows(write(tmp_path, "- id: say\n  count: 3\n- id: tell\n"), Verb) == (
        Verb(id="say", count=3),
        Verb(id="tell"),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("- id: say\n- id: tell\n  colour: red\n", r"verbs\.yaml:2: colour.*known keys: id, count"),
        ("- id: say\n- id: say\n", r"verbs\.yaml:2: two rows have the same id"),
        ("- id: say\n  count: many\n", r"verbs\.yaml:1: count"),
        ("", "a list of rows"),
        ("[]", "at least one row"),
        ("- id: say\n  - x\n", r"verbs\.yaml:2: not valid YAML"),
        ("- id: !!python/object/apply:os.getcwd []\n", "not valid YAML"),
    ],
)
def test_a_wrong_file_is_refused(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RuleError, match=message):
        rulebook.rows(write(tmp_path, text), Verb)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="missing"):
        rulebook.rows(tmp_path / "none.yaml", Verb)


def test_a_folder_without_settings_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="holds no model"):
        rulebook.Model.open(tmp_path)


def test_a_file_that_cannot_be_read_as_text_is_said(tmp_path: Path) -> None:
    (tmp_path / "verbs.yaml").write_bytes(b"- id: caf\xe9\n")
    (tmp_path / "folder.yaml").mkdir()
    (tmp_path / "model.toml").write_bytes(b"language = '\xe9'\n")
    for name in ("verbs.yaml", "folder.yaml"):
        with pytest.raises(RuleError, match=f"{name}: cannot be read"):
            rulebook.rows(tmp_path / name, Verb)
    with pytest.raises(RuleError, match="not valid TOML"):
        _ = rulebook.Model.open(tmp_path).settings


def test_the_digest_changes_with_any_byte_of_a_rule_file(tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text("", encoding="utf-8")
    write(tmp_path, "- id: say\n")
    before = rulebook.Model.open(tmp_path).digest
    write(tmp_path, "- id: tell\n")
    assert rulebook.Model.open(tmp_path).digest != before


def test_rules_are_read_where_the_checkout_has_them() -> None:
    root = Path(__file__).resolve().parents[1]
    assert rulebook.models_folder() == root / "models"
