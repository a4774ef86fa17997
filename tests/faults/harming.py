"""What the tests of faults share: runs of the real command, articles for them, and pipelines that an article harms."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from reportedly.batch.work import Pipe
from reportedly.records import Article, Record
from reportedly.stages import Pipeline

ROOT = Path(__file__).resolve().parents[2]
COMMAND = [sys.executable, "-c", "from reportedly.cli import main; main()", "extract"]
TEXTS = [path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in sorted((ROOT / "corpus/articles").glob("*.txt"))]

Row = dict[str, Any]
Fault = Callable[[str, str, str], None]
"""Notes what happens, what the run does, what was measured."""


def articles(number: int) -> list[Row]:
    """The corpus's articles, again and again, each with an id of its own."""
    return [{"id": f"a{at}", "text": TEXTS[at % len(TEXTS)], "published": "2023-05-10"} for at in range(number)]


def short_articles(number: int) -> list[Row]:
    """Articles of two sentences, no two the same."""
    return [
        {"id": f"a{at}", "text": f"Ada Okoro said on Monday that the quay had {at + 2:,} berths. The harbour office denied it."}
        for at in range(number)
    ]


@dataclass
class Runs:
    """Runs of the command in a folder."""

    folder: Path

    def put(self, name: str, rows: Iterable[Row]) -> Path:
        """A file of articles."""
        path = self.folder / name
        path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        return path

    def start(self, *arguments: str | Path) -> subprocess.Popen[str]:
        return subprocess.Popen([*COMMAND, *map(str, arguments)], stderr=subprocess.PIPE, text=True, cwd=self.folder)

    def extract(self, *arguments: str | Path) -> tuple[int, str]:
        """Exit status and what was said."""
        process = self.start(*arguments)
        _, said = process.communicate()
        return process.returncode, said

    def timed(self, *arguments: str | Path) -> tuple[int, str, float]:
        begun = time.monotonic()
        return *self.extract(*arguments), time.monotonic() - begun

    def bytes(self, name: str) -> bytes:
        return (self.folder / name).read_bytes()

    def lines(self, name: str) -> list[Any]:
        path = self.folder / name
        return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()] if path.exists() else []


@dataclass(frozen=True)
class Harm:
    """Loads the real pipeline with one article that harms it: `how` is "kill", "hang" or "raise"."""

    how: str
    id: str

    def __call__(self) -> Pipe:
        return Harmed(Pipeline(), self.how, self.id)


@dataclass
class Harmed:
    pipeline: Pipeline
    how: str
    id: str

    def records(self, articles: Iterable[Article]) -> Iterator[Record | Exception]:
        for article in articles:
            if article.id != self.id:
                yield from self.pipeline.records([article])
            elif self.how == "kill":
                os.kill(os.getpid(), signal.SIGKILL)
            elif self.how == "hang":
                time.sleep(3600)
            else:
                yield MemoryError("an article that no stage can work through")
