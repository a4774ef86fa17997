"""The wheel, installed into an empty environment, extracts: code, rules and schema are all inside."""

from __future__ import annotations

import json
import subprocess
import sys
import sysconfig
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def run(*command: object, cwd: Path) -> str:
    done = subprocess.run([str(part) for part in command], cwd=cwd, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `bin` of an environment that holds the wheel, and sees the libraries installed here but not this working tree.

    A path in a .pth file is searched, its own .pth files are not read: so the editable install does not come along.
    """
    folder = tmp_path_factory.mktemp("wheel")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    (wheel,) = folder.glob("*.whl")
    environment = folder / "env"
    run(sys.executable, "-m", "venv", "--without-pip", environment, cwd=folder)
    python = environment / "bin" / "python"
    run(sys.executable, "-m", "pip", "--python", python, "install", "--quiet", "--no-deps", "--no-index", wheel, cwd=folder)
    site = run(python, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip()
    (Path(site) / "libraries.pth").write_text(sysconfig.get_path("purelib") + "\n")
    return environment / "bin"


def test_it_is_the_wheel_that_runs(installed: Path, tmp_path: Path) -> None:
    where = run(installed / "python", "-c", "import reportedly; print(reportedly.__file__)", cwd=tmp_path)
    assert Path(where.strip()).is_relative_to(installed.parent)


def test_the_wheel_extracts(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "quay.txt").write_text("The harbour office closed the quay on Monday, Ada Okoro said.\n")
    run(installed / "reportedly", "extract", "quay.txt", "--published", "2023-05-10", "--output", "run.jsonl", cwd=tmp_path)
    (line,) = (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    record = json.loads(line)
    assert [claim["source"]["text"] for claim in record["claims"] if claim["kind"] == "attributed"] == ["Ada Okoro"]
    assert [date["value"] for date in record["dates"]] == ["2023-05-08"]


def test_the_wheel_prints_the_schema(installed: Path, tmp_path: Path) -> None:
    assert json.loads(run(installed / "reportedly", "schema", cwd=tmp_path))["properties"]["schema"]["const"] == "reportedly/1"
