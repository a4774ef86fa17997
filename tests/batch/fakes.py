"""A pipeline without a language model, for the tests of what runs it; importable by name, so that worker processes find it."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from reportedly.batch import here, in_workers, run
from reportedly.errors import RuleError
from reportedly.records import Article, Record, digest


@dataclass(frozen=True)
class Load:
    """Loads a pipeline that sleeps `seconds` over each article and knows some words: "poison" raises, "stall" never ends, "die" ends
    the process."""

    seconds: float = 0.0

    def __call__(self) -> Fake:
        return Fake(self.seconds)


@dataclass(frozen=True)
class BrokenModel:
    """Loads nothing."""

    def __call__(self) -> Fake:
        raise RuleError("an unknown key", path="cues.yaml", line=3, remedy="mend it")


@dataclass(frozen=True)
class DeadlyModel:
    """Ends the process that loads it."""

    def __call__(self) -> Fake:
        os._exit(1)


@dataclass
class Fake:
    seconds: float

    def records(self, articles: Iterable[Article]) -> Iterator[Record | Exception]:
        for article in articles:
            time.sleep(self.seconds)
            if "die" in article.text:
                os._exit(1)
            while "stall" in article.text:
                sum(range(10_000))
            yield ValueError("a bad word") if "poison" in article.text else record(article)


def record(article: Article) -> Record:
    known = article.model_dump(include={"id", "title", "published", "url", "publisher", "text"})
    return Record(schema="reportedly/1", sha256=digest(article.text), **known)


def mixed(number: int = 60) -> list[Article]:
    """Articles of which every seventh fails."""
    return [Article(id=f"a{index}", text="poison" if index % 7 == 3 else f"Text {index}.") for index in range(number)]


if __name__ == "__main__":  # a run to be killed: fakes.py OUT [WORKERS]
    slow = in_workers(Load(0.3), int(sys.argv[2])) if len(sys.argv) > 2 else here(Load(0.003))
    run(mixed(), Path(sys.argv[1]), slow, resume=True)
