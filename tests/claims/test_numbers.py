"""Number phrases as values."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from making import MODEL

from reportedly.claims.numbers import NumberReader, QuantityWords

READER = NumberReader(MODEL.table("quantities.yaml", QuantityWords))


@pytest.mark.parametrize(
    ("text", "read", "value", "to", "unit"),
    [
        ("1,500 boats", "1,500", 1500, None, None),
        ("2.5 million boats", "2.5 million", 2_500_000, None, None),
        ("$3bn lost", "$3bn", 3_000_000_000, None, "USD"),
        ("A$40 a day", "A$40", 40, None, "AUD"),
        ("twenty-one boats", "twenty-one", 21, None, None),
        ("two hundred and fifty boats", "two hundred and fifty", 250, None, None),
        ("three thousand four hundred boats", "three thousand four hundred", 3400, None, None),
        ("a hundred boats", "a hundred", 100, None, None),
        ("half a million boats", "half a million", 500_000, None, None),
        ("half a mile", "half a", 0.5, None, None),
        ("three-quarters of them", "three-quarters", 0.75, None, "share"),
        ("two thirds of them", "two thirds", 0.6667, None, "share"),
        ("one in five sailors", "one in five", 0.2, None, "share"),
        ("nine out of 10 sailors", "nine out of 10", 0.9, None, "share"),
        ("20 to 30 boats", "20 to 30", 20, 30, None),
        ("2 to 3 million boats", "2 to 3 million", 2_000_000, 3_000_000, None),
        ("15-20 percent", "15-20 percent", 15, 20, "percent"),
        ("4.5 percentage points", "4.5 percentage points", 4.5, None, "percentage point"),
        ("20 and 30 boats", "20", 20, None, None),
    ],
)
def test_a_number_phrase_is_read(text: str, read: str, value: float, to: float | None, unit: str | None) -> None:
    amount = READER.read(text, 0)
    assert amount is not None
    assert (text[: amount.end], amount.value, amount.to, amount.unit) == (read, value, to, unit)


@given(st.text(alphabet="0123456789,.$€%- inofahlfmbkntw", max_size=90))
def test_any_text_gives_a_finite_value_or_none(text: str) -> None:
    amount = READER.read(text, 0)
    if amount is not None:
        assert 0 < amount.end <= len(text)
        assert math.isfinite(amount.value)
        assert amount.to is None or amount.value < amount.to < math.inf
