"""The corpus: articles, sheets, gold and the page about them agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from reportedly.evaluate.agreement import agreement, agreement_table, read_articles, read_sheets, size_table
from reportedly.evaluate.baseline import predict
from reportedly.evaluate.documents import read
from reportedly.evaluate.score import score
from reportedly.evaluate.signature import file_digest
from reportedly.evaluate.tally import total
from reportedly.exchange.gold import compile_gold
from reportedly.markdown import between
from reportedly.records import Article, to_json

CORPUS = Path(__file__).resolve().parent.parent / "corpus"
GOLD = CORPUS / "gold.jsonl"
PAGE = (CORPUS / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def articles() -> list[Article]:
    return read_articles(CORPUS / "articles")


def test_every_article_is_dated_and_annotated_twice(articles: list[Article]) -> None:
    ids = {article.id for article in articles}
    assert len(ids) >= 30
    assert sum(len(article.text.split()) for article in articles) >= 9000
    assert all(article.published for article in articles)
    for folder in ("first", "second", "settled"):
        assert {path.stem for path in (CORPUS / "annotations" / folder).glob("*.txt")} == ids


def test_the_page_shows_the_agreement_of_the_two_annotators(articles: list[Article]) -> None:
    first, second = (read_sheets(CORPUS / "annotations" / name, articles) for name in ("first", "second"))
    assert between(PAGE, "agreement") == agreement_table(agreement(first, second), len(articles))


def test_the_gold_is_the_settled_sheets(articles: list[Article]) -> None:
    compiled = compile_gold(CORPUS / "annotations" / "settled", {article.id: article for article in articles})
    lines = [line for line in GOLD.read_text(encoding="utf-8").split("\n") if line]
    assert sorted(lines) == sorted(to_json(record) for record in compiled)  # type: ignore[arg-type]


def test_the_last_change_names_the_digest_of_the_gold() -> None:
    last = (CORPUS / "CHANGES.md").read_text(encoding="utf-8").strip().splitlines()[-1]
    digests = re.findall(r"\b[0-9a-f]{64}\b", last)
    assert digests
    assert digests[-1] == file_digest(GOLD)


def test_the_gold_is_large_enough() -> None:
    claims = [claim for document in read(GOLD).values() if document.record for claim in document.record.claims]
    dates = [date for document in read(GOLD).values() if document.record for date in document.record.dates]
    assert sum(claim.kind == "attributed" for claim in claims) >= 350
    assert len(dates) >= 150


def test_the_page_shows_the_size_of_the_gold() -> None:
    assert between(PAGE, "size") == size_table(read(GOLD))


def test_the_articles_are_not_too_easy() -> None:
    gold = read(GOLD)
    simple = total(score(gold, {id_: predict(id_, document.text or "") for id_, document in gold.items()}).values())
    assert (simple.counts["attributions.rel"].f1 or 0) < 50
