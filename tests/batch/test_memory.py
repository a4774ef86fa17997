"""Memory does not grow with the run: `make test-long`."""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from reportedly.batch import Summary, here, run
from reportedly.records import Article
from reportedly.stages import Pipeline

SYLLABLES = "ba de gi ko lu ma ne pi ro su ta ve wi xo".split()
WORDS_OF_A_THOUSAND, GROWTH = 30_000, 0.55
"""News has about 30,000 different words in 1,000 articles, and 105,000 in 10,000: counted in 1,400 articles, and drawn on (Heaps' law)."""


def spelled(number: int) -> str:
    """A word for each number below 14 ** 5; neighbours look nothing alike."""
    scattered = number * 7919 % len(SYLLABLES) ** 5
    return "".join(SYLLABLES[scattered // len(SYLLABLES) ** place % len(SYLLABLES)] for place in range(5))


def endless(number: int) -> Iterator[Article]:
    """Articles of about 90 words, with as many new names, places and words as news has."""
    chance, known = random.Random(5), 1

    def word() -> str:
        nonlocal known
        if known < WORDS_OF_A_THOUSAND * (at / 1000) ** GROWTH:
            known += 1
            return spelled(known)
        return spelled(int(known * chance.random() ** 4))  # the first ones often

    for at in range(number):
        names = [f"{word().title()} {word().title()}" for _ in range(4)]
        text = " ".join(
            f"{name}, head of the {word()} office in {word().title()}, said on {day} that {chance.randrange(10**6):,} {word()}s were {word()}ed."
            for name, day in zip(names, ("Monday", "May 4", "Friday", "July 9"), strict=True)
        )
        yield Article(id=f"a{at}", text=f"{text}\n\n“It is {word()},” {names[0].split()[1]} added.", published="2023-05-10")


@pytest.mark.long
def test_from_article_1_000_to_10_000_memory_grows_by_less_than_a_twentieth(pipeline: Pipeline, tmp_path: Path) -> None:
    resident: dict[int, int] = {}

    def progress(summary: Summary) -> None:
        if summary.articles in (1_000, 5_000, 10_000):
            resident[summary.articles] = psutil.Process().memory_info().rss

    run(endless(10_000), tmp_path / "run.jsonl", here(lambda: pipeline), progress=progress)
    growth = resident[10_000] / resident[1_000] - 1
    print({number: f"{size / 1e6:.0f} MB" for number, size in resident.items()}, f"{100 * growth:.1f} %")  # noqa: T201
    assert growth < 0.05
