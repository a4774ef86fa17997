from __future__ import annotations

import pytest

from reportedly.evaluate.dates import lenient, pairs, score
from reportedly.evaluate.documents import Timex

MONDAY = Timex(10, 16, "DATE", "2024-05-06")


@pytest.mark.parametrize(
    ("found", "expected"),
    [
        (MONDAY, {"strict", "relaxed", "type", "value", "type+value", "lenient", "strict+value"}),
        (Timex(7, 16, "DATE", "2024-05-06"), {"relaxed", "type", "value", "type+value", "lenient"}),
        (Timex(10, 16, "TIME", "2024-05-06"), {"strict", "relaxed", "value", "lenient", "strict+value"}),
        (Timex(10, 16, "DATE", "2024-05-13"), {"strict", "relaxed", "type"}),
        (Timex(10, 16, "DATE", None), {"strict", "relaxed", "type"}),
        (Timex(16, 20, "DATE", "2024-05-06"), set()),
    ],
)
def test_one_date_is_right_by_these_measures(found: Timex, expected: set[str]) -> None:
    counts = score([found], [MONDAY]).counts
    assert {name for name, count in counts.items() if count.right and name != "mod"} == expected


def test_equal_extents_are_paired_before_longer_overlaps() -> None:
    long, short = Timex(0, 30, "DATE", "x"), Timex(10, 16, "DATE", "y")
    assert pairs([long, short], [MONDAY]) == [(short, MONDAY)]


@pytest.mark.parametrize(
    ("one", "other"),
    [("2024-05-06T10:00:00", "2024-05-06T10:00"), ("2024-05-06T10:00Z", "2024-05-06T10:00"), ("P1DE", "P10Y"), ("P2CE", "p200y")],
)
def test_these_values_differ_in_writing_only(one: str, other: str) -> None:
    assert lenient(one) == lenient(other)


def test_mods_are_compared_where_there_is_one() -> None:
    early, plain = Timex(0, 5, "DATE", "2024", "START"), Timex(10, 16, "DATE", "2024")
    assert score([early, plain], [early, plain]).counts["mod"] == (1, 1, 1, 1)
    assert score([early._replace(mod=None), plain], [early, plain]).counts["mod"] == (0, 1, 0, 1)
