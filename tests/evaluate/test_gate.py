from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluate.accept import raised
from reportedly.evaluate.gate import Floors, Lowering, change_lines, changes, misses, read_floors, write_floors
from reportedly.evaluate.report import Figures
from reportedly.evaluate.score import half

from .making import GOLD, TEXT, document

DEV, TEST = "d", "a"


def figures(**scores: float) -> Figures:
    names = {"rel": "attributions.rel", "value": "dates.value", "wrong": "speakers.wrong"}
    return {names[name]: {"F1": score} for name, score in scores.items()}


OLD = Floors("0" * 64, {"attributions.rel": 50.0, "speakers.wrong": 5.0})


@pytest.mark.parametrize(
    ("now", "missed"),
    [
        (figures(rel=50.0, wrong=5.0), []),
        (figures(rel=49.9, wrong=5.0), ["attributions.rel"]),
        (figures(rel=60.0, wrong=5.1), ["speakers.wrong"]),  # a ceiling
        (figures(wrong=4.0), ["attributions.rel"]),  # not measured any more
    ],
)
def test_a_figure_below_its_floor_is_a_miss(now: Figures, missed: list[str]) -> None:
    assert [miss.measure for miss in misses(OLD, now)] == missed


def test_accepting_raises_floors_and_adds_new_ones() -> None:
    new = raised(OLD, figures(rel=55.0, value=70.0, wrong=4.0), "1" * 64)
    assert new == Floors("1" * 64, {"attributions.rel": 55.0, "dates.value": 70.0, "speakers.wrong": 4.0})


@pytest.mark.parametrize("now", [figures(rel=49.0, wrong=5.0), figures(rel=50.0, wrong=6.0), figures(rel=50.0)])
def test_accepting_lowers_no_floor_without_a_reason(now: Figures) -> None:
    with pytest.raises(UsageError, match="lower a floor"):
        raised(OLD, now, OLD.gold)


def test_a_lowering_is_kept_with_its_reason() -> None:
    new = raised(OLD, figures(rel=49.0, wrong=5.0), OLD.gold, reason="the gold grew by ten hard articles")
    assert new.floors["attributions.rel"] == 49.0
    assert new.lowered == (Lowering("attributions.rel", 50.0, 49.0, "the gold grew by ten hard articles"),)


def test_floors_are_read_as_they_were_written(tmp_path: Path) -> None:
    floors = Floors(
        "ab" * 32, {"attributions.rel": 49.5}, (Lowering("attributions.rel", 50.0, 49.5, 'a "reason" – \\ with signs'),)
    )
    write_floors(tmp_path / "floors.toml", floors)
    assert read_floors(tmp_path / "floors.toml") == floors


@pytest.mark.parametrize("content", ["gold = ", "gold = 'x'", "gold = 'x'\n[floors]\nrel = 'high'", "gold = 'x'\nfloors = 3"])
def test_what_is_no_floors_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "floors.toml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError):
        read_floors(path)


def test_changes_are_listed_in_words_for_the_dev_half_and_as_numbers_for_the_test_half() -> None:
    assert (half(DEV), half(TEST)) == ("dev", "test")
    gold = {id_: document(TEXT, GOLD, id_) for id_ in (DEV, TEST)}
    worse = {id_: document(TEXT, GOLD.replace("| DATE | 2024-05\n", "| DATE | 2023-05\n"), id_) for id_ in gold}
    lost = change_lines(changes(gold, worse, gold))
    assert lost == [
        "gained: 0 in dev, 0 in test",
        "lost: 1 in dev, 1 in test",
        f"  - {DEV}:{TEXT.index('May')} date: May | 2024-05",
        "added: 1 in dev, 1 in test",
        f"  ! {DEV}:{TEXT.index('May')} date: May | 2023-05",
        "removed: 0 in dev, 0 in test",
    ]
    gained = changes(gold, gold, worse)
    assert [len(items) for items in (gained.gained, gained.lost, gained.added, gained.removed)] == [2, 0, 0, 2]
