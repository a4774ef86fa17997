"""What a value takes from the verb that governs it and from the dates before it. Articles of Wednesday, 10 May 2023."""

from __future__ import annotations

import pytest

from reportedly import dates
from reportedly.records import Article
from reportedly.rulebook import Model
from reportedly.stages import Pipeline

LAST, NEXT = "2023-05-05", "2023-05-12"
STAGE = dates.stage(Model.open())


def values_in(pipeline: Pipeline, text: str) -> list[str | None]:
    article = Article(id="context", text=text, published="2023-05-10")
    ((_, parsed),) = pipeline.parse([article])
    return [found.value for found in STAGE(article=article, parse=parsed)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("The mayor spoke on Friday.", LAST),
        ("The mayor has not spoken since Friday.", LAST),
        ("The mayor is said to have spoken on Friday.", LAST),
        ("The keys could not be found on Friday.", LAST),
        ("Until Friday the mayor had not said a word.", LAST),
        ("The mayor will speak on Friday.", NEXT),
        ("The mayor returns on Friday.", NEXT),
        ("The mayor was to have spoken on Friday.", NEXT),
        ("The mayor must be told by Friday.", NEXT),
        ("The mayor is considering moving on Friday.", NEXT),
        ("The mayor has scheduled a meeting on Friday.", NEXT),
        ("The mayor promised new boats by Friday.", NEXT),
        ("The flood was forecast to reach the town late on Friday.", NEXT),
        ("The mayor could leave as early as Friday.", NEXT),
        ("The vote was put off until Friday.", NEXT),
    ],
)
def test_the_way_a_weekday_looks(pipeline: Pipeline, text: str, day: str) -> None:
    assert values_in(pipeline, text) == [day]


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("The bridge fell on Monday. It swayed at 9:30 p.m.", ["2023-05-08", "2023-05-08T21:30"]),
        ("It fell late on Monday. On Tuesday at 6 p.m. it rained.", ["2023-05-08", "2023-05-09T18:00"]),
        ("It fell on Monday night. On Tuesday they met. It had swayed at 9:30 p.m.", ["2023-05-08TNI", "2023-05-09", "2023-05-08T21:30"]),
        ("They vote on May 24. The doors shut at 9:30 p.m.", ["2023-05-24", "2023-05-10T21:30"]),
        ("HULL, May 10, 2023. It fell on Monday. It swayed at 9 p.m.", ["2023-05-10", "2023-05-08", "2023-05-08T21:00"]),
        ("It swayed at 11:45 p.m. on May 2; half an hour later it fell.", ["2023-05-02T23:45", "2023-05-03T00:15"]),
        ("It swayed on May 2; two hours later it fell.", ["2023-05-02", "PT2H"]),
        ("It was dated March 9, 2011. The call came on March 11.", ["2011-03-09", "2011-03-11"]),
        ("It was dated March 9, 2011. The call came on April 11.", ["2011-03-09", "2023-04-11"]),
        ("The trouble began on August 2 and lasted until August 5.", ["2022-08-02", "2022-08-05"]),
        ("They vote on May 24 and meet on the 26th.", ["2023-05-24", "2023-05-26"]),
        ("They vote on May 24 and meet on the 36th.", ["2023-05-24"]),
        ("It fell on Friday, March 4 of last year.", ["2022-03-04"]),
    ],
)
def test_what_the_text_has_said_before(pipeline: Pipeline, text: str, values: list[str]) -> None:
    assert values_in(pipeline, text) == values
