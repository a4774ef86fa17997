"""Our counts against those of independent scorers with the same definitions, on files full of odd cases."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from reportedly.evaluate.documents import read
from reportedly.evaluate.score import score
from reportedly.evaluate.tally import Count, total

FOLDER = Path(__file__).parent / "agreement"
EXPECTED: dict[str, dict[str, Any]] = json.loads((FOLDER / "counts.json").read_text(encoding="utf-8"))
THEIR_NAMES = {"type+value": "tv", "strict+value": "strict_v"}


def our_counts(case: str) -> dict[str, Count]:
    names = EXPECTED[case]
    return total(score(read(FOLDER / names["gold"]), read(FOLDER / names["found"])).values()).counts


def attributions_in_their_words(counts: dict[str, Count]) -> dict[str, float]:
    theirs: Counter[str] = Counter()
    for full_name, count in counts.items():
        area, _, name = full_name.partition(".")
        if area != "attributions":
            continue
        if name.startswith("soft"):
            theirs |= Counter(dict(zip((f"{name}.p", f"{name}.pn", f"{name}.r", f"{name}.rn"), count, strict=True)))
        elif name == "source":
            theirs |= Counter({"source.ok": count.right, "source.n": count.found})
        elif name.endswith("/speech"):
            theirs |= Counter({f"{name}.tpg": count.met, f"{name}.g": count.wanted})
        elif "/" in name:
            theirs |= Counter(dict(zip((f"{name}.tpp", f"{name}.p", f"{name}.tpg", f"{name}.g"), count, strict=True)))
        else:
            theirs |= Counter({f"{name}.tp": count.right, f"{name}.p": count.found, f"{name}.g": count.wanted})
    return dict(theirs)


def dates_in_their_words(counts: dict[str, Count]) -> dict[str, float]:
    ours = {name.removeprefix("dates."): count for name, count in counts.items() if name.startswith("dates.")}
    theirs = {THEIR_NAMES.get(name, name): count.right for name, count in ours.items() if name != "mod"}
    theirs |= {"sys": ours["strict"].found, "gold": ours["strict"].wanted}
    return {name: count for name, count in theirs.items() if count}


@pytest.mark.parametrize("case", [name for name, expected in EXPECTED.items() if "attributions" in expected])
def test_the_counts_of_attributions_are_the_same(case: str) -> None:
    assert attributions_in_their_words(our_counts(case)) == EXPECTED[case]["attributions"]


@pytest.mark.parametrize("case", [name for name, expected in EXPECTED.items() if "dates" in expected])
def test_the_counts_of_dates_are_the_same(case: str) -> None:
    assert dates_in_their_words(our_counts(case)) == EXPECTED[case]["dates"]
