"""`reportedly sieves`: what is right, wrong and open, with the gold's sources given, and on chains of mentions."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

from reportedly.evaluate.score import half
from reportedly.records import Article, Record
from reportedly.sieving import judge_mentions, judge_sources
from reportedly.speakers import Tables

if TYPE_CHECKING:
    from reportedly.stages import Pipeline

TEXT = "Mara Beck left early. She said the dam held. Ole Falk and Jan Lund came late. He said it rained."


def gold(pipeline: Pipeline, names: dict[str, str]) -> Record:
    """The pipeline's own record as gold, with other names of the speakers where `names` gives them by the source's words."""
    record = pipeline.record(Article(id="a", text=TEXT))
    claims = tuple(
        claim.model_copy(update={"source": claim.source.model_copy(update={"name": names.get(claim.source.text, claim.source.name)})})
        for claim in record.claims
        if claim.source
    )
    return record.model_copy(update={"claims": claims})


def test_sources_are_right_wrong_or_open(pipeline: Pipeline) -> None:
    right = list(judge_sources(gold(pipeline, {"He": "Ole Falk"}), pipeline))
    wrong = list(judge_sources(gold(pipeline, {"She": "Ole Falk"}), pipeline))

    assert [(judged.group, judged.outcome) for judged in right] == [(half("a"), "right"), (half("a"), "unresolved")]
    assert [judged.outcome for judged in wrong] == ["wrong"]


def chains(marked: str) -> dict[str, Any]:
    """Mentions written as `[words|chain]`."""
    text, mentions = "", []
    for before, words, chain in re.findall(r"([^\[]*)(?:\[([^|\]]+)\|(\w+)\])?", marked):
        text += before
        if words:
            mentions.append({"start": len(text), "end": len(text) + len(words), "chain": chain, "type": "person", "text": words})
            text += words
    return {"id": "a", "text": text, "mentions": mentions}


def test_mentions_are_judged_by_their_chain_and_beside_the_nearest_person(pipeline: Pipeline) -> None:
    row = chains("[Anna Lund|a] met [Peter Obi|b]. [She|a] said [Obi|b] was late.")

    judged = [(one.group, one.outcome, nearest) for one, nearest in judge_mentions(row, pipeline)]

    assert judged == [("pronoun", "right", "wrong"), ("surname", "right", "right")]


def test_every_sieve_that_names_somebody_has_a_precision(pipeline: Pipeline) -> None:
    precision = Tables.load(pipeline.model).precision
    rooms = Path(__file__).resolve().parents[1] / "pipeline/reportedly/speakers"
    named = {name for path in rooms.glob("*.py") for name in re.findall(r'Finding\((?!None)[^"\n]*"([a-z ,]+)"\)', path.read_text(encoding="utf-8"))}

    assert named and named <= precision.keys()
