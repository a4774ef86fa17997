"""From the words of an expression to its meaning: pure calendar arithmetic. No spaCy, no clock, no guess where the year is unknown.

Every maker takes the captured words (lower case) and the context, and returns a Meaning, or None where the words are no date after all.
Makers never raise.
"""

from __future__ import annotations

from .absolute import (
    absolute,
    century,
    day_range,
    decade,
    fixed,
    foreign_date,
    holiday,
    holiday_week,
    month_of_year,
    nth_day,
    numeric,
    span,
    year,
    year_range,
)
from .lengths import compound_duration, duration, duration_range, every, frequency, rate
from .meaning import Maker
from .quarters import fiscal_year, half_year, quarter, same_unit, year_ago
from .relative import (
    ago,
    day_before,
    day_word,
    from_day,
    in_units,
    modified,
    month,
    past_unit,
    season,
    the_unit,
    week_from,
    week_of,
    weekday,
    weekday_of_week,
    weekend,
    which_unit,
    year_end,
)
from .times import clock, clock_range, part_of_day, this_part

MAKERS: dict[str, Maker] = {
    maker.__name__: maker
    for maker in (
        fixed, absolute, nth_day, numeric, foreign_date, month_of_year, year, decade, century, holiday, holiday_week, day_word, weekday,
        weekday_of_week, which_unit, past_unit, weekend, month, season, the_unit, modified, year_end, quarter, half_year,
        same_unit, year_ago, fiscal_year, ago, from_day, week_from, week_of, day_before, in_units, duration,
        compound_duration, duration_range, every, rate, frequency, clock, clock_range, part_of_day, this_part, span, day_range,
        year_range,
    )
}  # fmt: skip
"""The makers by the names that rules call them."""
NOTHING = "nothing"
