"""The bench: what it measures and what it prints."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reportedly.bench import Timing, lines, measure
from reportedly.records import Article

if TYPE_CHECKING:
    from reportedly.stages import Pipeline


def test_every_stage_is_timed_beside_the_bare_parser(pipeline: Pipeline) -> None:
    timing = measure(pipeline, [Article(id="a", text="Ada Okoro said the pier would close in May.")], runs=1)
    assert list(timing.stages) == [stage.name for stage in pipeline.stages]
    assert (timing.articles, timing.words) == (1, 9)
    assert timing.bare > 0
    assert timing.peak > 0


def test_the_table_gives_words_per_second_and_the_share_of_the_parser() -> None:
    timing = Timing(articles=2, words=1000, stages={"layout": 0.01, "dates": 0.04}, bare=0.5, peak=300.4)
    assert lines(timing) == [
        "2 articles, 1,000 words",
        "stage               CPU s     words/s  of nlp.pipe",
        "layout              0.010     100,000        2.0 %",
        "dates               0.040      25,000        8.0 %",
        "own logic           0.050      20,000       10.0 %",
        "bare nlp.pipe       0.500       2,000      100.0 %",
        "peak memory 300 MB",
    ]


def test_a_stage_that_takes_no_time_has_no_rate() -> None:
    assert "-" in lines(Timing(articles=1, words=10, stages={"layout": 0.0}, bare=0.0, peak=1.0))[2]
