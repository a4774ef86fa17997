"""Promises that only the whole pipeline can keep: sound records of any text, the same bytes always, no network, time in proportion to the text."""

from __future__ import annotations

import os
import random
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from reportedly.records import Article, Record, problems
from reportedly.sources import read
from reportedly.stages import Pipeline

ARTICLES = sorted((Path(__file__).resolve().parents[1] / "corpus" / "articles").glob("*.txt"))

# -- 1: every span of every record is sliceable from the text -----------------------------------------------------------

PHRASES = [
    "Ada Okoro said on Monday that the quay would shut", "according to the harbour office", "he added", "she denied it",
    "“We lost 1,500 files,” the ministry said", "Bo Lind, 44, told reporters", "which the mayor called “a mistake”", "on May 4-7",
    "between 40 and 50 % of the boats", "there is no evidence of that", "ORVELDE, May 4 —", "By Ada Okoro", "if it rains, they may leave",
    "'It rained", "so-called \"experts\"", "last week", "The report shows", "in the third quarter of 2021", "He said she said they left",
]  # fmt: skip
ODDITIES = [
    "🚢", "👩‍🚒", "e\u0301", "a\u0308\u0323", "قال الوزير", "אמר השר", "\u202e", "\u200f", "\u00ad", "\u200b", "\ufeff", "\x00", "\u2028", "\x85",
    "\"", "“", "”", "‘", "’", "«", "»", "„", "''", "``", "(", "]", "—", "--", "…", "$", "%", "İ", "ß", "ﬁ", "Ǆ", "1,", "½", "٣",
]  # fmt: skip
JOINTS = [" ", " ", " ", ", ", ". ", ". ", ".\n", "\n\n", "\r\n", "\r\n\r\n", "\t", "", ".” ", "\u00a0", "\x0b", "  "]
WORDS = st.sampled_from(PHRASES) | st.sampled_from(ODDITIES) | st.text(min_size=1, max_size=12)
NEWS = st.lists(st.tuples(WORDS, st.sampled_from(JOINTS)), min_size=1, max_size=14)


@settings(max_examples=300, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
@given(pieces=NEWS, titled=st.booleans(), published=st.sampled_from([None, "2023-05-10"]))
def test_any_text_becomes_a_sound_record(pipeline: Pipeline, pieces: list[tuple[str, str]], titled: bool, published: str | None) -> None:
    text = "".join(phrase + joint for phrase, joint in pieces)
    record = pipeline.record(Article(id="a", text=text, title=pieces[0][0] if titled else None, published=published))
    assert list(problems(record)) == []
    assert record.text == text


# -- 4: the same input gives the same bytes -----------------------------------------------------------------------------


def extract(output: Path, paths: list[Path], *, workers: int, seed: int) -> list[bytes]:
    """The lines of a run in a process of its own."""
    command = [sys.executable, "-c", "from reportedly.cli import main; main()", "extract", *map(str, paths)]
    command += ["--output", str(output), "--workers", str(workers)]
    subprocess.run(command, env=os.environ | {"PYTHONHASHSEED": str(seed)}, capture_output=True, check=True)
    return output.read_bytes().splitlines(keepends=True)


def test_workers_hash_seed_and_order_change_nothing(tmp_path: Path) -> None:
    paths = ARTICLES[:20]
    shuffled = random.Random(7).sample(paths, len(paths))
    first = extract(tmp_path / "first.jsonl", paths, workers=1, seed=0)
    assert len(first) == len(paths)
    assert extract(tmp_path / "second.jsonl", paths, workers=2, seed=7) == first
    line = dict(zip(paths, first, strict=True))
    assert extract(tmp_path / "third.jsonl", shuffled, workers=2, seed=7) == [line[path] for path in shuffled]


# -- 8: no network ------------------------------------------------------------------------------------------------------


class Closed(socket.socket):
    """A class, for libraries derive from it when they are imported."""

    def __init__(self, *_: object, **__: object) -> None:
        raise AssertionError("the network is not for us")


def test_nothing_opens_a_socket(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("socket", "create_connection", "getaddrinfo"):
        monkeypatch.setattr(socket, name, Closed)
    words = "The harbour office closed the quay on Monday, Ada Okoro said, after cracks were found along its seaward side. " * 3
    (tmp_path / "a.html").write_text(f"<html><body><article><p>{words}</p></article></body></html>")
    (tmp_path / "b.txt").write_text(words)
    articles = list(read([tmp_path], "2023-05-10"))
    assert [type(article) for article in articles] == [Article, Article], articles
    records = list(Pipeline().records(articles))  # type: ignore[arg-type]
    assert all(isinstance(record, Record) and record.claims for record in records)


# -- 10: work grows in proportion to the text ---------------------------------------------------------------------------

PAGE = "\n\n".join(path.read_text(encoding="utf-8").partition("\n---\n")[2] for path in ARTICLES[:3])


def seconds(pipeline: Pipeline, text: str) -> float:
    """Process time of an article from its text to its record."""
    before = time.process_time()
    pipeline.record(Article(id="a", text=text, published="2023-05-10"))
    return time.process_time() - before


@pytest.mark.parametrize(
    ("opening", "repeated"),
    [("", PAGE), ("“", PAGE.translate(dict.fromkeys(map(ord, "“”\"")))), ("Ada Okoro said: ", '"' * 2000)],
    ids=["corpus text repeated", "one unclosed quotation", "a run of quotation marks"],
)
def test_ten_times_the_text_takes_at_most_twelve_times_the_time(pipeline: Pipeline, opening: str, repeated: str) -> None:
    ratios = []
    for _ in range(3):  # a busy machine may spoil a measurement, not all
        small = min(seconds(pipeline, opening + repeated) for _ in range(3))
        ratios.append(seconds(pipeline, opening + repeated * 10) / small)
        if ratios[-1] <= 12:
            return
    pytest.fail(f"ten times the text took {', '.join(f'{ratio:.1f}' for ratio in ratios)} times the time")
