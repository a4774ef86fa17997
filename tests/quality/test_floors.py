"""The accepted predictions hold the floors, and both belong to the gold as it is. `make gate` does the same with fresh predictions."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from reportedly.evaluate.commands import ACCEPTED, FLOORS, GOLD, PUBLISHED, RESULTS
from reportedly.evaluate.documents import read
from reportedly.evaluate.gate import misses, read_floors
from reportedly.evaluate.report import figures, results_tables
from reportedly.evaluate.score import score
from reportedly.evaluate.signature import SHORT, file_digest
from reportedly.markdown import between

ROOT = Path(__file__).resolve().parents[2]

accepted = pytest.mark.skipif(not (ROOT / FLOORS).exists(), reason="nothing has been accepted yet")
reported = pytest.mark.skipif(not (ROOT / RESULTS).exists(), reason="no results have been kept yet")


@accepted
def test_the_floors_belong_to_this_gold_and_the_accepted_predictions_hold_them() -> None:
    floors = read_floors(ROOT / FLOORS)
    assert floors.gold == file_digest(ROOT / GOLD)
    tallies = score(read(ROOT / GOLD), read(ROOT / ACCEPTED))
    assert misses(floors, figures(list(tallies.values()))) == []


@reported
def test_the_readme_shows_the_results_that_are_kept() -> None:
    results: dict[str, Any] = json.loads((ROOT / RESULTS).read_text(encoding="utf-8"))
    published = json.loads((ROOT / PUBLISHED).read_text(encoding="utf-8"))
    assert between((ROOT / "README.md").read_text(encoding="utf-8"), "results") == results_tables(results, published)


@reported
def test_the_results_on_the_corpus_are_of_this_gold() -> None:
    results = json.loads((ROOT / RESULTS).read_text(encoding="utf-8"))
    assert results["corpus"]["signature"]["gold"] == file_digest(ROOT / GOLD)[:SHORT]
