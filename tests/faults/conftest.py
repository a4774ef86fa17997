"""Runs that are harmed on purpose. What each came to is gathered into a table: `make test-faults` prints it and keeps it in docs/faults.md."""

from __future__ import annotations

from pathlib import Path

import pytest
from harming import Fault, Runs

from reportedly.markdown import markdown_table, put_between

ROWS = pytest.StashKey[list[list[str]]]()
HEADER = ("what happens", "what the run does", "measured")


def pytest_addoption(parser: pytest.Parser) -> None:
    told = "Put the table of faults between the <!-- faults --> lines of this page."
    parser.addoption("--faults-page", action="append", type=Path, default=[], metavar="PAGE.md", help=told)


@pytest.fixture
def fault(request: pytest.FixtureRequest) -> Fault:
    """Notes a fault that a test has seen through: what happens, what the run does, what was measured."""
    rows = request.config.stash.setdefault(ROWS, [])
    return lambda *cells: rows.append(list(cells))


@pytest.fixture
def runs(tmp_path: Path) -> Runs:
    return Runs(tmp_path)


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, exitstatus: int, config: pytest.Config) -> None:
    rows = config.stash.get(ROWS, [])
    for cells in rows:
        terminalreporter.write_line(" | ".join(cells))
    for page in config.getoption("--faults-page") if rows and exitstatus == pytest.ExitCode.OK else ():
        page.write_text(put_between(page.read_text(encoding="utf-8"), "faults", markdown_table(HEADER, rows)), encoding="utf-8")
