"""The gate: no figure on the gold may fall below its floor, and what is gained and lost since the accepted predictions is listed.

`floors.toml` holds the digest of the gold and a floor (of `speakers.wrong`: a ceiling) for each guarded measure, in percent.
It is moved by `reportedly accept` alone; each lowering is kept in it with its reason.
"""

from __future__ import annotations

import json
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple

from ..errors import UsageError
from .documents import Document
from .items import Item, list_items
from .report import HEADLINES, Figures
from .score import half

LOWER_IS_BETTER = frozenset({"speakers.wrong"})


class Lowering(NamedTuple):
    """A floor that was lowered on purpose."""

    measure: str
    old: float
    new: float
    reason: str


@dataclass(frozen=True)
class Floors:
    """The content of `floors.toml`. `gold` is the SHA-256 of the gold that the floors were measured on."""

    gold: str
    floors: dict[str, float]
    lowered: tuple[Lowering, ...] = ()


class Miss(NamedTuple):
    """A measure that is worse than its floor; None: it is not measured any more."""

    measure: str
    floor: float
    now: float | None


@dataclass(frozen=True)
class Changes:
    """What a new prediction does that the accepted one did not: gold items gained and lost, spurious ones added and removed."""

    gained: tuple[Item, ...]
    lost: tuple[Item, ...]
    added: tuple[Item, ...]
    removed: tuple[Item, ...]


def guarded(figures: Figures) -> dict[str, float]:
    """The figures that get a floor."""
    return {name: score for name in HEADLINES if name in figures and (score := figures[name]["F1"]) is not None}


def worse(measure: str, now: float, than: float) -> bool:
    """Whether a score is worse than another one of the same measure."""
    return now > than if measure in LOWER_IS_BETTER else now < than


def misses(floors: Floors, figures: Figures) -> list[Miss]:
    """The floors that are missed."""
    now = guarded(figures)
    return [
        Miss(measure, floor, now.get(measure))
        for measure, floor in floors.floors.items()
        if measure not in now or worse(measure, now[measure], floor)
    ]


def changes(gold: dict[str, Document], found: dict[str, Document], accepted: dict[str, Document]) -> Changes:
    """The items by which two predictions differ."""
    now, before = list_items(gold, found), list_items(gold, accepted)
    return Changes(
        gained=_without(now.right, before.right),
        lost=_without(before.right, now.right),
        added=_without(now.spurious, before.spurious),
        removed=_without(before.spurious, now.spurious),
    )


def change_lines(changes: Changes) -> list[str]:
    """The changes for a terminal: items of the dev half in words, those of the test half as numbers, so that nobody tunes on them."""
    marks = {
        "gained": ("+", changes.gained),
        "lost": ("-", changes.lost),
        "added": ("!", changes.added),
        "removed": ("~", changes.removed),
    }
    lines = []
    for name, (mark, items) in marks.items():
        seen = [item for item in items if half(item.article) == "dev"]
        lines.append(f"{name}: {len(seen)} in dev, {len(items) - len(seen)} in test")
        lines += [f"  {mark} {item_line(item)}" for item in seen]
    return lines


def item_line(item: Item) -> str:
    """An item in one line."""
    return f"{item.article}:{item.start} {item.area}: {' '.join(item.words.split())}"


def read_floors(path: Path) -> Floors:
    """Raises UsageError if the file is missing or says something else than floors."""
    try:
        data: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        lowered = tuple(Lowering(**row) for row in data.get("lowered", []))
        return Floors(str(data["gold"]), {name: float(floor) for name, floor in data["floors"].items()}, lowered)
    except FileNotFoundError:
        raise UsageError("there are no floors yet", path=str(path), remedy="run `make accept`") from None
    except (tomllib.TOMLDecodeError, KeyError, TypeError, ValueError, AttributeError) as error:
        raise UsageError(
            f"these are no floors: {error}", path=str(path), remedy="restore the file; `make accept` writes it"
        ) from None


def write_floors(path: Path, floors: Floors) -> None:
    """Write `floors.toml`, in the order of the report."""
    lines = ["# Moved by `make accept` alone; see CONTRIBUTING.md.", f"gold = {json.dumps(floors.gold)}", "", "[floors]"]
    lines += [f"{json.dumps(name)} = {floor}" for name, floor in floors.floors.items()]
    for lowering in floors.lowered:
        lines += ["", "[[lowered]]"]
        lines += [f"{name} = {json.dumps(value, ensure_ascii=False)}" for name, value in lowering._asdict().items()]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def _without(items: tuple[Item, ...], others: tuple[Item, ...]) -> tuple[Item, ...]:
    known = set(others)
    return tuple(item for item in items if item not in known)
