from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportedly.evaluate.report import HEADLINES, as_text, report, results_tables, table
from reportedly.records import to_json

from .making import GOLD, TEXT, document

ROOT = Path(__file__).resolve().parents[2]
PUBLISHED: dict[str, Any] = json.loads((ROOT / "docs" / "published.json").read_text(encoding="utf-8"))


@pytest.fixture
def payload(tmp_path: Path) -> dict[str, Any]:
    gold = document(TEXT, GOLD)
    assert gold.record
    path = tmp_path / "gold.jsonl"
    path.write_text(to_json(gold.record) + "\n", encoding="utf-8")
    scored = report({"d": gold}, {"d": gold}, path, path)
    assert set(HEADLINES) <= set(scored.figures)
    assert list(table(scored, headlines_only=True).index) == list(HEADLINES)
    assert "baseline attributions.rel F1" in as_text(scored)
    return scored.payload


def test_a_report_holds_signature_figures_halves_and_baseline(payload: dict[str, Any]) -> None:
    assert json.loads(json.dumps(payload)) == payload
    assert payload["signature"].keys() == {"reportedly", "spacy", "language", "rules", "gold", "articles", "bootstrap"}
    assert payload["figures"]["attributions.rel"] == {
        "P": 100,
        "R": 100,
        "F1": 100,
        "low": 100,
        "high": 100,
        "found": 3,
        "gold": 3,
    }
    assert payload["halves"]["dev"]["attributions.rel"] == 100
    assert payload["halves"]["test"] == {}
    assert payload["baseline"]["attributions.rel"]["F1"] < 100


def test_the_tables_show_ours_beside_the_published_figures(payload: dict[str, Any]) -> None:
    tables = results_tables({"corpus": payload, "polnear-dev": payload}, PUBLISHED)
    assert "| attributions: content and source | 100.0 (100.0–100.0) | 100.0 (100.0–100.0) |" in tables
    assert "| GenderGapTracker (rules, spaCy) | 53.5 |" in tables
    assert "| **reportedly** | **100.0** |" in tables
    assert f"rules:{payload['signature']['rules']}" in tables


@pytest.mark.parametrize("part", PUBLISHED["tables"], ids=lambda part: part["set"])
def test_published_figures_name_their_source_and_measures_that_we_have(part: dict[str, Any], payload: dict[str, Any]) -> None:
    assert part["source"].startswith("Source: ")
    assert set(part["columns"].values()) <= payload["figures"].keys()
    for system in part["systems"]:
        assert system["F1"].keys() <= part["columns"].keys()
