"""Messages stay short, whatever the value."""

from __future__ import annotations

import pytest

from reportedly.errors import shorten


@pytest.mark.parametrize(("value", "shown"), [("a", "'a'"), ([1, "b"], "[1, 'b']"), (None, "None"), ({"a": 5}, "{'a': 5}")])
def test_a_short_value_is_shown_as_it_is(value: object, shown: str) -> None:
    assert shorten(value) == shown


def test_a_long_value_is_not_built_before_it_is_cut() -> None:
    wide: object = ["x" * 1000] * 1000
    for _ in range(50):  # as long as no computer could write it out
        wide = [wide] * 1000
    for value in (wide, "x" * 10_000_000, {str(number): wide for number in range(100)}):
        assert len(shorten(value)) <= 80
