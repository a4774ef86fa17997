"""Dates of a text without the language model: what the patterns and the calendar give by themselves."""

from __future__ import annotations

from datetime import date

from reportedly.dates.find import find_dates
from reportedly.dates.meaning import Settings
from reportedly.dates.rules import RuleSet
from reportedly.parse import Parse
from reportedly.records import Article, Date
from reportedly.rulebook import Model

RULES = RuleSet.load(Model.open())


def dates_of(text: str, published: date | str | None = "2023-05-10", settings: Settings | None = None) -> tuple[Date, ...]:
    """All dates of `text`; no verb has a tense and nothing is named."""
    article = Article(id="text", text=text, published=None if published is None else str(published))
    return find_dates(article, Parse(text, [], [], [], [], [], [], [], [], []), RULES, settings or Settings())


def values_of(text: str, published: date | str | None = "2023-05-10", settings: Settings | None = None) -> list[str | None]:
    return [found.value for found in dates_of(text, published, settings)]
