"""When: date expressions found, resolved by calendar arithmetic, and given their TIMEX3 and EDTF values."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from ..errors import RuleError
from ..parse import Parse
from ..records import Article, Date
from ..rulebook import Model
from .find import find_dates
from .meaning import Settings
from .resolve import MAKERS, NOTHING
from .rules import RuleSet

__all__ = ["stage", "warnings"]


def stage(model: Model) -> Callable[..., tuple[Date, ...]]:
    """The dates stage over the rules and settings (`[dates]`: `day_first`, `fiscal_start`) of a model."""
    rules, settings = RuleSet.load(model), read_settings(model)
    for compiled in rules.compiled:
        if compiled.rule.makes not in MAKERS and compiled.rule.makes != NOTHING:
            raise RuleError(
                "no such maker", path="dates.yaml", value=compiled.rule.makes, remedy=f"known: {', '.join(sorted(MAKERS))}"
            )

    def run(article: Article, parse: Parse) -> tuple[Date, ...]:
        return find_dates(article, parse, rules, settings)

    return run


def read_settings(model: Model) -> Settings:
    """The stage's settings. Raises RuleError for an unknown key or a month out of range."""
    given: dict[str, Any] = model.settings.get("dates", {})
    unknown = set(given) - {"day_first", "fiscal_start"}
    if unknown or not 1 <= int(given.get("fiscal_start", 1)) <= 12:
        path = str(model.folder / "model.toml")
        raise RuleError(
            "[dates] takes day_first (true or false) and fiscal_start (1 to 12)", path=path, value=given, remedy="mend it"
        )
    return Settings(**given)


def warnings(article: Article, dates: Sequence[Date]) -> tuple[str, ...]:
    """What a reader of the record should know: years left unknown for want of a publication date, days that no calendar has."""
    found = []
    if article.published is None and any(date.value and "XX" in date.value and date.type in ("DATE", "TIME") for date in dates):
        found.append("no publication date: years unknown")
    found += [f"no such day: {date.text!r}" for date in dates if date.type == "DATE" and _is_impossible(date)]
    return tuple(found)


def _is_impossible(date: Date) -> bool:
    whole = date.value is not None and len(date.value) == 10 and date.value.replace("-", "").replace("XXXX", "").isdecimal()
    return whole and date.edtf is None
