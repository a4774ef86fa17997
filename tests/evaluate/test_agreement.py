"""How far two annotators' labels of the same claims agree."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.evaluate.agreement import labels_table, read_labels


def test_labels_of_the_same_claims_are_compared(tmp_path: Path) -> None:
    folders = []
    for name, lines in (("first", "1 past yes\n2 future no\n"), ("second", "1 past yes\n2 past no\n")):
        (tmp_path / name).mkdir()
        (tmp_path / name / "a.txt").write_text(lines, encoding="utf-8")
        folders.append(read_labels(tmp_path / name))

    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in labels_table(*folders).splitlines()[2:]]

    assert rows == [["time", "2", "50.0", "0.00"], ["checkable", "2", "100.0", "1.00"]]


@pytest.mark.parametrize("line", ["1 past", "2 past yes", "past yes"])
def test_a_line_that_is_no_label(line: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(UsageError, match="no labels"):
        read_labels(tmp_path)
