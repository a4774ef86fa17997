"""The README shows what the program prints: every `$` line of its console blocks is run and its output compared.

Run as a script it writes the outputs into the README (`make report`).
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```console\n(.*?)```", README, re.DOTALL)


def run(command: str) -> str:
    folder = str(Path(sys.executable).parent)
    environment = os.environ | {"PATH": folder + os.pathsep + os.environ["PATH"], "COLUMNS": "120", "NO_COLOR": "1"}
    done = subprocess.run(command, shell=True, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    return done.stdout


def steps(block: str) -> list[tuple[str, str]]:
    """The commands of a console block, each with the output shown below it."""
    parts = re.split(r"^\$ (.*)\n", block, flags=re.MULTILINE)[1:]
    return list(zip(parts[::2], parts[1::2], strict=True))


def rewritten(readme: str) -> str:
    """The README with the outputs of now."""

    def block(match: re.Match[str]) -> str:
        return "```console\n" + "".join(f"$ {command}\n{run(command)}" for command, _ in steps(match[1])) + "```"

    return re.sub(r"```console\n(.*?)```", block, readme, flags=re.DOTALL)


def test_the_readme_shows_commands() -> None:
    assert sum(len(steps(block)) for block in BLOCKS) >= 3


def test_each_command_prints_what_the_readme_shows() -> None:
    for block in BLOCKS:
        for command, shown in steps(block):
            assert run(command) == shown, command


@pytest.mark.parametrize("target", ["run", "test"])
def test_the_two_commands_are_targets(target: str) -> None:
    assert f"make {target}" in README
    assert re.search(rf"^{target}:", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)


def test_links_lead_somewhere() -> None:
    for link in re.findall(r"\]\(([^)#]+)\)", README):
        assert (ROOT / link).exists(), link


def test_no_figure_stands_in_the_readme_that_no_command_wrote() -> None:
    """Figures of quality and speed: numbers with a decimal or a percent sign outside the written blocks. Versions and dates are none."""
    written = re.sub(r"<!-- (\w+) -->.*?<!-- /\1 -->|```.*?```|`[^`]*`|\]\([^)]*\)", "", README, flags=re.DOTALL)
    assert re.findall(r"\d+\.\d+|\d+ ?%|\d[\d,]{3,}", written) == []


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("page", ["spacy", "scale"])
def test_the_python_of_the_pages_runs(page: str) -> None:
    text = (ROOT / f"docs/{page}.md").read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n(.*?)```", text, re.DOTALL))
    exec(compile(code, f"docs/{page}.md", "exec"), {})


if __name__ == "__main__":
    (ROOT / "README.md").write_text(rewritten(README), encoding="utf-8")
