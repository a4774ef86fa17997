"""The seam: each stage reads what earlier ones assigned, and a bad article costs no other."""

from __future__ import annotations

from itertools import permutations

import pytest

from reportedly.records import Article, Record, to_json
from reportedly.stages import Pipeline, Stage, check_order

ARTICLES = [
    Article(id="a", text="Ada Okoro said the roof would hold.", published="2023-05-10"),
    Article(id="b", text="“We left,” said Bo Lind. “It rained on Monday.”", published="2023-05-10"),
    Article(id="c", text="\n"),
]


def test_the_order_of_the_stages_holds(pipeline: Pipeline) -> None:
    check_order(pipeline.stages)


def test_a_stage_before_what_it_requires_is_refused(pipeline: Pipeline) -> None:
    with pytest.raises(ValueError, match="requires"):
        check_order(reversed(pipeline.stages))


def test_two_stages_that_assign_the_same_are_refused() -> None:
    with pytest.raises(ValueError, match="twice"):
        check_order([Stage("one", "x", lambda article: article), Stage("two", "x", lambda article: article)])


def test_the_result_depends_neither_on_company_nor_on_order(pipeline: Pipeline) -> None:
    alone = {article.id: to_json(pipeline.record(article)) for article in ARTICLES}
    for order in permutations(ARTICLES):
        for article, record in zip(order, pipeline.records(order), strict=True):
            assert isinstance(record, Record)
            assert to_json(record) == alone[article.id]


def test_a_bad_article_costs_no_other(pipeline: Pipeline, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(article: Article) -> object:
        if article.id == "b":
            raise RuntimeError("broken")
        return first.run(article)

    first = pipeline.stages[0]
    monkeypatch.setattr(pipeline, "stages", (Stage("layout", "layout", fail), *pipeline.stages[1:]))
    results = list(pipeline.records(ARTICLES))
    assert [type(result).__name__ for result in results] == ["Record", "RuntimeError", "Record"]
