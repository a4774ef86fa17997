"""`make audit`: what could not be looked up is no good news."""

from __future__ import annotations

import runpy
import subprocess
import sys
from pathlib import Path

import pytest

AUDIT = Path(__file__).resolve().parents[1] / ".ci/audit.py"
SAFE = '{"name": "a", "version": "1", "vulns": []}'
WEAK = '{"name": "b", "version": "2", "vulns": [{"id": "X-1", "fix_versions": ["3"]}]}'
SKIPPED = '{"name": "c", "skip_reason": "not found"}'


@pytest.mark.parametrize(
    ("printed", "status", "told"),
    [
        (f'{{"dependencies": [{SAFE}, {SKIPPED}]}}', 0, "1 of 2 packages looked up, 0 with known weaknesses"),
        (f'{{"dependencies": [{SAFE}, {WEAK}]}}', 1, "b 2: X-1, mended in 3"),
        (f'{{"dependencies": [{SKIPPED}]}}', 2, "nothing was looked up"),
        ('{"dependencies": []}', 2, "nothing was looked up"),
        ("no network", 2, "nothing was looked up"),
    ],
)
def test_its_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], printed: str, status: int, told: str
) -> None:
    monkeypatch.setattr(subprocess, "run", lambda *_, **__: subprocess.CompletedProcess([], 0, stdout=printed))
    monkeypatch.setattr(sys, "argv", ["audit.py", "requirements.lock"])
    with pytest.raises(SystemExit) as end:
        runpy.run_path(str(AUDIT), run_name="__main__")
    assert end.value.code == status
    assert told in capsys.readouterr().out
