"""Every example of the rule files finds what it says, every counter-example finds nothing."""

from __future__ import annotations

import re

import pytest
from making import COUNT, MODEL, attributed, page, record
from spacy.language import Language

from reportedly import markup
from reportedly.claims.assemble import ResumptionRule
from reportedly.claims.numbers import QuantityWords
from reportedly.claims.rules import ChallengeExample, ChallengeRule, MarkerRule
from reportedly.records import Claim, Record

MARKERS = MODEL.rows("claims.yaml", MarkerRule)
CHALLENGES = MODEL.rows("challenges.yaml", ChallengeRule)
RESUMPTION = MODEL.table("resumption.yaml", ResumptionRule)
QUANTITIES = MODEL.table("quantities.yaml", QuantityWords)
ANSWER = re.compile(r"\{(?P<words>[^}]*)\}\((?P<value>[^)]*)\)")


def says(claim: Claim) -> set[str]:
    return {claim.polarity, claim.certainty}


@pytest.mark.parametrize(("rule", "example"), [(rule, example) for rule in MARKERS for example in rule.examples], ids=str)
def test_marker_decides(nlp: Language, rule: MarkerRule, example: str) -> None:
    assert rule.says in says(attributed(record(nlp, example)))


@pytest.mark.parametrize("example", [example for rule in MARKERS for example in rule.counter])
def test_marker_does_not_decide(nlp: Language, example: str) -> None:
    assert says(attributed(record(nlp, example))) == {"positive", "certain"}


def challenged(made: Record, marked: markup.Marked) -> list[tuple[str, str]]:
    """(kind, words) of what challenges the claim whose content overlaps the marked one."""
    start, end = marked.content[0]
    claims = [claim for claim in made.claims if (claim.kind == "attributed") == bool(marked.cue)]
    meant = [claim for claim in claims if any(span.start < end and start < span.end for span in claim.content.spans)]
    return [(challenge.kind, made.text[challenge.start : challenge.end]) for claim in meant for challenge in claim.challenges]


@pytest.mark.parametrize(("rule", "example"), [(rule, example) for rule in CHALLENGES for example in rule.examples])
def test_challenge_is_found(nlp: Language, rule: ChallengeRule, example: ChallengeExample) -> None:
    found = challenged(record(nlp, example.text), markup.read(example.text))
    assert any(kind == rule.kind and example.challenge in words for kind, words in found), found


@pytest.mark.parametrize(("rule", "example"), [(rule, example) for rule in CHALLENGES for example in rule.counter])
def test_challenge_is_not_found(nlp: Language, rule: ChallengeRule, example: str) -> None:
    assert all(challenge.kind != rule.kind for claim in record(nlp, example).claims for challenge in claim.challenges)


@pytest.mark.parametrize("example", [*RESUMPTION.examples, *RESUMPTION.counter])
def test_content_ends_where_the_claim_is_taken_up_again(nlp: Language, example: str) -> None:
    marked = markup.read(example)
    start = marked.content[0][0]
    whole = example.replace(">", "").removesuffix(".") + ">."
    assert attributed(record(nlp, whole)).content.text == marked.text[start : marked.content[0][1]]


@pytest.mark.parametrize("example", QUANTITIES.examples)
def test_quantity(nlp: Language, example: str) -> None:
    expected = [(match["words"], *fields(match["value"])) for match in ANSWER.finditer(example)]
    made = page(nlp, ANSWER.sub(lambda match: match["words"], example))
    assert [(q.text, number(q.value, q.to), q.unit or "-", q.bound or "") for q in COUNT(made.parse, (), ())] == expected


@pytest.mark.parametrize("example", QUANTITIES.counter)
def test_no_quantity(nlp: Language, example: str) -> None:
    assert COUNT(page(nlp, example).parse, (), ()) == ()


def fields(answer: str) -> tuple[str, str, str]:
    value, unit, *bound = (part.strip() for part in answer.split("|"))
    return value, unit, bound[0] if bound else ""


def number(value: float, to: float | None) -> str:
    return str(value) if to is None else f"{value}..{to}"
