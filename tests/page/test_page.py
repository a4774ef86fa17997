"""The page as a file: it holds all claims, allows only its own script and style, and no word of an article can open a tag."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import UsageError
from reportedly.page import to_html
from reportedly.page.data import page_data
from reportedly.records import to_json

from .making import HOSTILE, hostile, record

if TYPE_CHECKING:
    from reportedly.stages import Pipeline


def data_of(html: str) -> list[dict[str, Any]]:
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found
    articles: list[dict[str, Any]] = json.loads(found[1])
    return articles


def test_offsets_are_those_of_browsers(pipeline: Pipeline) -> None:
    made = record(pipeline)
    data = page_data(made)
    units = made.text.encode("utf-16-le")
    for claim, shown in zip(made.claims, data["claims"], strict=True):
        told = [units[2 * start : 2 * end].decode("utf-16-le") for start, end in shown["content"]]
        assert " … ".join(told) == claim.content.text


def test_the_page_holds_every_claim_with_what_was_found(pipeline: Pipeline) -> None:
    (article,) = data_of(to_html([record(pipeline)]))
    first = article["claims"][0]
    assert (first["speaker"], first["act"], first["saidOn"], first["quantities"], first["challenges"][0]["kind"]) == (
        "Ada Okoro", "assert", "2023-05-08", ["1,500 litres"], "denied",
    )  # fmt: skip
    assert first["rule"] and first["confidence"] and first["reasons"]


def test_the_policy_allows_the_pages_own_script_and_style_and_nothing_else(pipeline: Pipeline) -> None:
    html = to_html([hostile(pipeline)])
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', html)
    assert policy and "default-src 'none'" in policy[1] and "unsafe" not in policy[1]
    for tag in ("style", "script"):
        (inner,) = re.findall(rf"<{tag}>(.*?)</{tag}>", html, re.DOTALL)
        digest = base64.b64encode(hashlib.sha256(inner.encode()).digest()).decode()
        assert f"{tag}-src 'sha256-{digest}'" in policy[1]
    assert not re.search(r"<(?:link|img|iframe|object|embed)|\b(?:src|href)=", html.split('id="data">')[0])


def test_no_word_of_an_article_opens_a_tag(pipeline: Pipeline) -> None:
    html = to_html([hostile(pipeline)])
    assert HOSTILE not in html and html.count("<script") == 2 and html.count("</style>") == 1
    (article,) = data_of(html)
    assert article["title"] == HOSTILE and HOSTILE in article["text"]


def test_gold_is_laid_beside(pipeline: Pipeline) -> None:
    made = record(pipeline)
    gold = made.model_copy(update={"claims": tuple(claim for claim in made.claims if claim.id != "c2")})
    assert {claim["id"]: claim["gold"] for claim in page_data(made, gold)["claims"]} == {
        claim.id: "spurious" if claim.id == "c2" else "right" for claim in made.claims
    }
    fewer = made.model_copy(update={"claims": ()})
    assert {claim["gold"] for claim in page_data(fewer, made)["claims"]} == {"missed"}
    assert {claim["gold"] for claim in page_data(made)["claims"]} == {None}


def test_the_command_replaces_on_request_only(pipeline: Pipeline, tmp_path: Path) -> None:
    run, out = tmp_path / "run.jsonl", tmp_path / "page.html"
    run.write_text(to_json(record(pipeline)) + "\n", encoding="utf-8")
    arguments = ["page", str(run), "--output", str(out)]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    again = CliRunner().invoke(app, arguments)
    assert isinstance(again.exception, UsageError) and "--force" in str(again.exception)
    assert CliRunner().invoke(app, [*arguments, "--force", "--gold", str(run)]).exit_code == 0
    assert len(data_of(out.read_text(encoding="utf-8"))) == 1


@pytest.mark.parametrize("records", [0, 3])
def test_as_many_articles_as_there_are(records: int, pipeline: Pipeline) -> None:
    assert len(data_of(to_html(record(pipeline, str(number)) for number in range(records)))) == records
