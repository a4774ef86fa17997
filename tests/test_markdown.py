"""Markdown: tables, and blocks that commands write into a page."""

from __future__ import annotations

import pytest

from reportedly.errors import UsageError
from reportedly.markdown import between, markdown_table, put_between


def test_all_columns_but_the_first_are_right_aligned() -> None:
    assert markdown_table(["of", "F1"], [["cues", "80"]]).splitlines() == ["| of | F1 |", "| --- | ---: |", "| cues | 80 |"]


def test_a_block_goes_between_its_marks() -> None:
    page = "Top\n<!-- size -->\nold\n<!-- /size -->\nend"
    assert put_between(page, "size", "new") == "Top\n<!-- size -->\nnew\n<!-- /size -->\nend"
    assert between(page, "size") == "old"
    with pytest.raises(UsageError):
        put_between(page, "agreement", "new")
