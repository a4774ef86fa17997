"""Parses kept between runs: the same records with and without, nothing parsed twice, room made for new ones, harm from no broken file."""

from __future__ import annotations

import sqlite3
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest

from reportedly.cache import FILE, ParseCache
from reportedly.errors import UsageError
from reportedly.parse import Parse
from reportedly.records import Article, Span, to_json
from reportedly.stages import Pipeline, parsed_by

ARTICLES = [
    Article(id="a", text="Ada Okoro said on Monday that the dam held.\n\n“It rained,” she added. 🚢", published="2023-05-10"),
    Article(id="b", text="The port denied it.", title="A port"),
]


def page(text: str) -> tuple[str, list[Span]]:
    return text, [Span(start=0, end=len(text))]


def parse_of(text: str) -> Parse:
    return Parse(text, [text], ["x"], ["NOUN"], ["NN"], ["ROOT"], [0], [0], [len(text)], [(0, 1)], [])


def lines(pipeline: Pipeline) -> list[str]:
    return [to_json(record) for record in pipeline.records(ARTICLES) if not isinstance(record, Exception)]


def cached(pipeline: Pipeline, folder: Path, nlp: Any) -> Pipeline:
    return Pipeline(pipeline.model, nlp=nlp, cache=ParseCache(folder, parsed_by(pipeline.model)))


class Refusing:
    """A language model that must not be asked."""

    def pipe(self, *_: object, **__: object) -> Sequence[object]:
        raise AssertionError("parsed again")


def test_a_second_run_parses_nothing_and_gives_the_same_bytes(pipeline: Pipeline, tmp_path: Path) -> None:
    first = lines(cached(pipeline, tmp_path, pipeline.nlp))
    assert first == lines(pipeline) and len(first) == 2
    assert lines(cached(pipeline, tmp_path, Refusing())) == first


def test_another_maker_parses_anew(tmp_path: Path) -> None:
    ParseCache(tmp_path, "old").put([page("rain")], [parse_of("rain")])
    assert ParseCache(tmp_path, "old").get(page("rain")) == parse_of("rain")
    assert ParseCache(tmp_path, "new").get(page("rain")) is None
    assert ParseCache(tmp_path, "old").get(("rain", [Span(start=0, end=2)])) is None


def test_the_oldest_go_where_there_is_no_room(tmp_path: Path) -> None:
    cache = ParseCache(tmp_path, "m")
    cache.limit = 0
    cache.put([page("a")], [parse_of("a")])
    assert cache.get(page("a")) is None
    cache.limit = 10_000
    for number in range(500):
        cache.put([page(f"text {number}")], [parse_of(f"text {number}")])
    assert cache.get(page("text 0")) is None and cache.get(page("text 499")) is not None
    assert cache.base.execute("SELECT total(size) FROM parses").fetchone()[0] <= 10_000


def test_what_cannot_be_read_is_parsed_anew(pipeline: Pipeline, tmp_path: Path) -> None:
    first = lines(cached(pipeline, tmp_path, pipeline.nlp))
    with sqlite3.connect(tmp_path / FILE) as base:
        base.execute("UPDATE parses SET value = x'00'")
    assert lines(cached(pipeline, tmp_path, pipeline.nlp)) == first
    assert lines(cached(pipeline, tmp_path, Refusing())) == first


def test_a_file_that_is_no_cache_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("not a database, by far" * 100, encoding="utf-8")
    with pytest.raises(UsageError, match="the cache cannot be used"):
        ParseCache(tmp_path, "m")


def test_many_may_write_at_once(tmp_path: Path) -> None:
    ParseCache(tmp_path, "m")

    def write(worker: int) -> None:
        cache = ParseCache(tmp_path, "m")
        for number in range(20):
            cache.put([page(f"{worker} {number}")], [parse_of(f"{worker} {number}")])

    with ThreadPoolExecutor(4) as pool:
        list(pool.map(write, range(4)))
    cache = ParseCache(tmp_path, "m")
    assert all(cache.get(page(f"{worker} {number}")) for worker in range(4) for number in range(20))
