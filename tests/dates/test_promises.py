"""What holds for every expression and every publication date."""

from __future__ import annotations

import itertools
import re
from datetime import date

from edtf import parse_edtf
from hypothesis import given
from hypothesis import strategies as st

from reportedly import dates
from reportedly.dates.values import days, edtf
from reportedly.records import Article

from .making import RULES, dates_of

WEEKDAYS = st.sampled_from(sorted(RULES.words.weekdays)).map(str.title)
MONTHS = st.sampled_from(sorted(RULES.words.months)).map(str.title)
UNITS = st.sampled_from(["second", "minute", "hour", "day", "week", "weekend", "fortnight", "month", "quarter", "year", "decade", "century"])
COUNTS = st.sampled_from(
    ["a", "an", "two", "three", "2 1/2", "12", "twenty-five", "a hundred", "several", "a few", "a couple of", "half a", "1,200", "9999"]
)
NUMBERS = st.integers(0, 40).map(str)
YEARS = st.integers(1000, 2099).map(str)
WHICH = st.sampled_from(["last", "this", "next", "the previous", "the following", "the same", "the past", "the coming", "that"])
PARTS = st.sampled_from(["morning", "afternoon", "evening", "night", "noon", "midnight"])
WORDS = st.sampled_from([*sorted(word for word in RULES.tells if len(word) > 1), "5", "31", "1999", "17:30", "p.m.", ",", "-", "the", "of"])


def phrase(*parts: st.SearchStrategy[str] | str) -> st.SearchStrategy[str]:
    return st.tuples(*(part if isinstance(part, st.SearchStrategy) else st.just(part) for part in parts)).map("".join)


WITHOUT_YEAR = st.one_of(
    phrase("on ", WEEKDAYS),
    phrase(WHICH, " ", WEEKDAYS),
    phrase(WEEKDAYS, " ", PARTS),
    phrase(PARTS, " ", WEEKDAYS),
    phrase("in ", MONTHS),
    phrase(WHICH, " ", MONTHS),
    phrase(MONTHS, " ", NUMBERS),
    phrase(MONTHS, " ", NUMBERS, "-", NUMBERS),
    phrase("early ", MONTHS),
    phrase(WHICH, " ", UNITS),
    phrase(COUNTS, " ", UNITS, "s ago"),
    phrase(COUNTS, " ", UNITS, "s later"),
    phrase("about ", COUNTS, " ", UNITS, "s"),
    phrase("every ", COUNTS, " ", UNITS, "s"),
    phrase("the third quarter, up from a year earlier"),
    phrase(NUMBERS, ":", NUMBERS, " p.m. EST ", WEEKDAYS),
    phrase("between ", NUMBERS, ":", NUMBERS, " p.m. and ", NUMBERS, " a.m. on ", WEEKDAYS),
    phrase(st.sampled_from(sorted(RULES.words.holidays)).map(str.title), st.sampled_from([" week", " weekend"])),
    phrase("from ", WEEKDAYS, " to ", WEEKDAYS),
    phrase(WHICH, " ", st.sampled_from(sorted(RULES.words.seasons))),
    phrase(st.sampled_from(sorted(RULES.words.holidays)).map(str.title)),
)
EXPRESSIONS = st.one_of(
    WITHOUT_YEAR,
    phrase(MONTHS, " ", NUMBERS, ", ", YEARS),
    phrase(NUMBERS, " ", MONTHS, " ", YEARS),
    phrase("from ", MONTHS, " to ", MONTHS, " ", YEARS),
    phrase("the end of ", YEARS),
    phrase("in the ", st.sampled_from(["first", "second", "third", "fourth"]), " quarter of ", YEARS),
    phrase(NUMBERS, "/", NUMBERS, "/", YEARS),
    phrase(YEARS, "-", NUMBERS, "-", NUMBERS),
    phrase("the ", YEARS, "s"),
    phrase("the ", NUMBERS, "th century"),
    phrase(st.sampled_from(sorted(RULES.words.holidays)).map(str.title), " ", YEARS),
    st.lists(WORDS, min_size=1, max_size=8).map(" ".join),
)
PUBLISHED = st.one_of(st.none(), st.dates(date(1900, 1, 1), date(2100, 12, 31)))

DAY = r"(?:(?:\d{4}|XXXX)-(?:\d\d|XX)-(?:\d\d|XX)|(?:\d{4}|XXXX)-W(?:\d\d|XX)-\d)"
PART = r"T(?:\d\d(?::\d\d(?::\d\d)?)?|MO|AF|EV|NI|XX:XX)"
PERIOD = r"(?:\d{2,4}|X{2,4})(?:-(?:\d\d|XX|Q[1-4X]|H[12X]|SP|SU|FA|WI|W(?:\d\d|XX)(?:-WE)?))?"
LENGTH = r"P(?:(?:\d+(?:\.\d+)?|X)[YMWD])*(?:T(?:(?:\d+(?:\.\d+)?|X)[HMS])+)?"
ONE = rf"(?:{DAY}(?:{PART})?|{PERIOD}(?:{PART})?|{PART}|{LENGTH}|PAST_REF|PRESENT_REF|FUTURE_REF)"
VALUE = re.compile(rf"{ONE}(?:/{ONE})?")


@given(EXPRESSIONS, PUBLISHED)
def test_a_value_has_a_known_form_and_its_edtf_parses_and_its_days_are_in_order(expression: str, published: date | None) -> None:
    text = f"It was said {expression}."
    for found in dates_of(text, published):
        assert text[found.start : found.end] == found.text
        assert found.value is not None and VALUE.fullmatch(found.value), found
        assert found.edtf is None or parse_edtf(found.edtf)
        assert (found.first is None) == (found.last is None)
        if found.first is not None and found.last is not None:
            assert date.fromisoformat(found.first) <= date.fromisoformat(found.last)


@given(WITHOUT_YEAR)
def test_without_a_publication_date_no_year_is_made_up(expression: str) -> None:
    found = dates_of(f"It was said {expression}.", None)
    assert [each.value for each in found if re.match(r"\d{4}", each.value or "")] == []
    assert [each.first for each in found if each.first] == []


@given(st.text(alphabet="bcdfgjklpqvxz éüß.,;!?\n\r\t’“”-—", max_size=200))
def test_a_text_without_digits_and_time_words_holds_no_dates(text: str) -> None:
    assert dates_of(text) == ()


@given(st.text(max_size=300), PUBLISHED)
def test_any_text_is_read_without_an_error_and_spans_slice(text: str, published: date | None) -> None:
    found = dates_of(text, published)
    assert [text[each.start : each.end] for each in found] == [each.text for each in found]
    assert all(left.end <= right.start for left, right in itertools.pairwise(found))
    assert [each.id for each in found] == [f"d{number}" for number in range(1, len(found) + 1)]


@given(st.dates(date(1900, 1, 1), date(2100, 12, 31)))
def test_every_day_written_out_comes_back(day: date) -> None:
    text = f"It rained on {day:%B} {day.day}, {day.year:04}."
    (found,) = dates_of(text, None)
    assert (found.value, found.edtf, found.first, found.last) == (day.isoformat(),) * 4


@given(st.sampled_from(["1904-02-29", "2020-W53", "2021-W53", "2000-02-30", "2100-02-29", "199", "19", "1999-WI", "2023-Q4", "2020-W53-WE"]))
def test_days_and_edtf_agree(value: str) -> None:
    assert (days(value) is None) == (edtf(value) is None)


def test_warnings_say_what_stays_unknown() -> None:
    text = "The bridge fell on January 2; a second fell on June 31."
    article = Article(id="text", text=text)
    assert dates.warnings(article, dates_of(text, None)) == ("no publication date: years unknown", "no such day: 'June 31'")
    assert dates.warnings(article, dates_of("The bridge fell on January 2, 1990.", None)) == ()
