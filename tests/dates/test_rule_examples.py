"""The examples and counter-examples beside the date rules, executed: text and publication date in, expression and value out."""

from __future__ import annotations

import re

import pytest

from reportedly import dates
from reportedly.dates.rules import RuleSet
from reportedly.records import Article, Date
from reportedly.rulebook import Model
from reportedly.stages import Pipeline

RULES = RuleSet.load(Model.open())
STAGE = dates.stage(Model.open())
EXAMPLES = [(compiled.rule.id, example) for compiled in RULES.compiled for example in compiled.rule.examples]
COUNTERS = [(compiled.rule.id, counter) for compiled in RULES.compiled for counter in compiled.rule.counter]


def find(pipeline: Pipeline, text: str, published: str | None) -> tuple[Date, ...]:
    article = Article(id="example", text=text, published=published)
    ((_, parsed),) = pipeline.parse([article])
    found: tuple[Date, ...] = STAGE(article=article, parse=parsed)
    return found


@pytest.mark.parametrize(("rule", "example"), EXAMPLES)
def test_example(pipeline: Pipeline, rule: str, example: str) -> None:
    published, marked, wanted = (part.strip() for part in example.split(" | "))
    expression = re.search(r"\[(.*)\]", marked)
    assert expression, "an example marks its expression in brackets"
    text = marked.replace("[", "").replace("]", "")
    found = find(pipeline, text, None if published == "-" else published)
    shown = [(date.text, " ".join(filter(None, (date.type, date.value, date.mod)))) for date in found if date.start == expression.start()]
    assert shown == [(expression[1], wanted)]
    assert next(date.rule for date in found if date.start == expression.start()) == rule


@pytest.mark.parametrize(("rule", "counter"), COUNTERS)
def test_counter_example(pipeline: Pipeline, rule: str, counter: str) -> None:
    assert [date.text for date in find(pipeline, counter, "2023-05-10") if date.rule == rule] == []


def test_rules_that_drop_words_find_no_date_at_all(pipeline: Pipeline) -> None:
    dropping = [counter for compiled in RULES.compiled if compiled.rule.makes == "nothing" for counter in compiled.rule.counter]
    assert {counter: [date.text for date in find(pipeline, counter, "2023-05-10")] for counter in dropping} == {counter: [] for counter in dropping}


def test_every_rule_has_an_example_or_a_counter_example() -> None:
    assert [compiled.rule.id for compiled in RULES.compiled if not (compiled.rule.examples or compiled.rule.counter)] == []
