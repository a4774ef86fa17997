"""The phenomena of date expressions, one case each: text and publication date in, value out. Without the language model."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly import dates
from reportedly.dates.arithmetic import easter, shift
from reportedly.dates.foreign import offset
from reportedly.dates.meaning import Settings
from reportedly.dates.openers import ANY, openers
from reportedly.dates.values import days, edtf
from reportedly.errors import RuleError
from reportedly.rulebook import Model

from .making import dates_of, values_of


@pytest.mark.parametrize(
    ("text", "published", "value"),
    [
        ("It fell on Feb. 29.", "2024-03-10", "2024-02-29"),
        ("It fell on Feb. 29.", "2023-03-10", "2024-02-29"),
        ("It fell on Feb. 29.", "2022-09-10", "2022-02-29"),
        ("It fell on June 31.", "2022-09-10", "2022-06-31"),
        ("It fell on Dec. 31.", "2023-01-01", "2022-12-31"),
        ("It falls on Jan. 1.", "2022-12-31", "2023-01-01"),
        ("It fell yesterday.", "2024-03-01", "2024-02-29"),
        ("It fell yesterday.", "2023-01-01", "2022-12-31"),
        ("It falls tomorrow.", "1999-12-31", "2000-01-01"),
        ("It fell last week.", "2021-01-10", "2020-W53"),
        ("It fell this week.", "2021-01-03", "2020-W53"),
        ("It falls next week.", "2020-12-27", "2020-W53"),
        ("It fell a month ago.", "2023-03-31", "2023-02"),
        ("It fell three months ago.", "2023-01-10", "2022-10"),
        ("It fell a decade ago.", "2023-01-10", "2013"),
        ("It fell last quarter.", "2023-01-10", "2022-Q4"),
        ("It fell last winter.", "2023-05-10", "2022-WI"),
        ("It fell this winter.", "2023-01-10", "2022-WI"),
    ],
)
def test_the_calendars_edges(text: str, published: str, value: str) -> None:
    assert values_of(text, published) == [value]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It fell on Monday.", "XXXX-WXX-1"),
        ("It fell on January 2.", "XXXX-01-02"),
        ("It fell in January.", "XXXX-01"),
        ("It fell yesterday.", "XXXX-XX-XX"),
        ("It fell last week.", "XXXX-WXX"),
        ("It fell last year.", "XXXX"),
        ("It fell at Christmas.", "XXXX-12-25"),
        ("It rang at 9:30 a.m.", "T09:30"),
    ],
)
def test_unknown_stays_unknown(text: str, value: str) -> None:
    (found,) = dates_of(text, None)
    assert (found.value, found.first, found.last, found.anchor) == (value, None, None, None)


@pytest.mark.parametrize(
    "text",
    [
        "Mrs May left.",
        "They may march on.",
        "The 52-year-old won in a second round.",
        "He came second.",
        "A man aged 52 fell.",
        "She paid $1999 for 1,999 tons.",
        "They won 21-14.",
        "She is the player of the year.",
        "The sun sat on the hill.",
    ],
)
def test_no_dates(text: str) -> None:
    assert [found.text for found in dates_of(text)] == []


@pytest.mark.parametrize(
    ("text", "value", "anchor"),
    [
        ("She left on May 2. Her son had left a day earlier.", "2023-05-01", "text"),
        ("She left on May 2. Her son left the following day.", "2023-05-03", "text"),
        ("She left in March. Her son left the same month.", "2023-03", "text"),
        ("She left in 1985. Her son had left two years earlier.", "1983", "text"),
        ("She left in 1985. Her son left two years ago.", "2021", "published"),
    ],
)
def test_what_an_expression_counts_from(text: str, value: str, anchor: str) -> None:
    last = dates_of(text)[-1]
    assert (last.value, last.anchor) == (value, anchor)


def test_a_range_is_one_expression_with_both_of_its_ends() -> None:
    (found,) = dates_of("The river rose fast from May 4-7.")
    assert (found.text, found.value, found.edtf) == ("May 4-7", "2023-05-04/2023-05-07", "2023-05-04/2023-05-07")
    assert found.timexes is not None
    assert [(part.start, part.end, part.value) for part in found.timexes] == [(25, 30, "2023-05-04"), (31, 32, "2023-05-07")]


def test_a_named_zone_is_kept_in_edtf() -> None:
    (found,) = dates_of("The polls shut at 5 p.m. EST Tuesday.")
    assert (found.value, found.edtf) == ("2023-05-09T17:00", "2023-05-09T17:00:00-05:00")
    assert offset("cet") == "+01:00"
    assert offset("local time") == ""


@pytest.mark.parametrize(("day_first", "value"), [(False, "2020-03-04"), (True, "2020-04-03")])
def test_the_order_of_day_and_month_is_a_setting(day_first: bool, value: str) -> None:
    assert values_of("Signed on 3/4/2020.", None, Settings(day_first=day_first)) == [value]


@pytest.mark.parametrize(("start", "value"), [(1, "2023"), (10, "2024"), (7, "2024"), (12, "2023")])
def test_the_fiscal_years_start_is_a_setting(start: int, value: str) -> None:
    assert values_of("Sales grew in the current fiscal year.", "2023-11-10", Settings(fiscal_start=start)) == [value]


def test_settings_are_checked(tmp_path: Path) -> None:
    (tmp_path / "model.toml").write_text("[dates]\nfiscal_start = 13\n", encoding="utf-8")
    with pytest.raises(RuleError, match="fiscal_start"):
        dates.read_settings(Model.open(tmp_path))


@pytest.mark.parametrize(
    ("value", "mod", "shown", "covered"),
    [
        ("2023", None, "2023", "2023-01-01/2023-12-31"),
        ("2023", "APPROX", "2023~", "2023-01-01/2023-12-31"),
        ("2023-02", None, "2023-02", "2023-02-01/2023-02-28"),
        ("2023-Q3", None, "2023-35", "2023-07-01/2023-09-30"),
        ("2023-H2", None, "2023-41", "2023-07-01/2023-12-31"),
        ("2022-WI", None, "2022-24", "2022-12-01/2023-02-28"),
        ("2020-W53", None, "2020-12-28/2021-01-03", "2020-12-28/2021-01-03"),
        ("2023-W19-WE", None, "2023-05-13/2023-05-14", "2023-05-13/2023-05-14"),
        ("199", None, "199X", "1990-01-01/1999-12-31"),
        ("18", None, "18XX", "1800-01-01/1899-12-31"),
        ("2023-05-09TNI", None, "2023-05-09", "2023-05-09/2023-05-09"),
        ("2023-05-09T17:00", None, "2023-05-09T17:00:00", "2023-05-09/2023-05-09"),
        ("2029-05/2021-12-31", None, None, None),
        ("XXXX-05-09", None, "XXXX-05-09", None),
        ("XXXX-WXX-5", None, None, None),
        ("2023-06-31", None, None, None),
        ("T09:30", None, None, None),
        ("P2Y", None, None, None),
        ("PAST_REF", None, None, None),
    ],
)
def test_values_in_edtf_and_in_days(value: str, mod: str | None, shown: str | None, covered: str | None) -> None:
    assert edtf(value, mod) == shown
    span = days(value)
    assert (f"{span[0]}/{span[1]}" if span else None) == covered


def test_easter_and_clipped_months() -> None:
    assert [easter(year).isoformat() for year in (1954, 2000, 2024)] == ["1954-04-18", "2000-04-23", "2024-03-31"]
    ultimo = days("2024-01-31")
    assert ultimo is not None and str(shift(ultimo[0], "month", 1)) == "2024-02-29"


@pytest.mark.parametrize(
    ("pattern", "begins"),
    [
        ("(?:the )?(?:last|next) week", {"the last ", "the next ", "last ", "next "}),
        ("years?", {"year"}),
        (r"\d+ days", {ANY}),
        ("(?!may)(?P<month>may|june)", {"may", "june"}),
        ("to ?night", {"to"}),
    ],
)
def test_how_a_pattern_can_begin(pattern: str, begins: set[str]) -> None:
    assert openers(pattern) == begins
