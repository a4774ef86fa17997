"""The bench: what it measures and what it prints."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from reportedly.bench import BARE, BARE_TOGETHER, OWN, PARSED, TOGETHER, WHOLE, WORKER, Cost, Timing, bench, lines, measure
from reportedly.records import Article

if TYPE_CHECKING:
    from reportedly.stages import Pipeline

ARTICLE = Article(id="a", text="Ada Okoro said the pier would close in May.")
TIMING = Timing(
    articles=2,
    words=1000,
    costs={BARE: Cost(0.5, 0.5), "dates": Cost(0.04, 0.05), WORKER: Cost(0.6, 0.4), BARE_TOGETHER: Cost(0.8, 0.5), TOGETHER: Cost(0.7, 0.2)},
    peak={WORKER: 300.4},
)


@pytest.mark.filterwarnings("ignore")
def test_every_stage_and_whole_runs_are_timed_beside_the_bare_parser(pipeline: Pipeline) -> None:
    timing = measure(pipeline, lambda: [ARTICLE] * 3, runs=1)
    stages = [stage.name for stage in pipeline.stages]
    assert list(timing.costs) == [BARE, PARSED, *stages, OWN, WHOLE, WORKER, BARE_TOGETHER, TOGETHER]
    assert (timing.articles, timing.words) == (3, 27)
    assert all(timing.costs[row].wall > 0 for row in (BARE, PARSED, OWN, WHOLE, WORKER, BARE_TOGETHER, TOGETHER))
    assert timing.costs[OWN].cpu == pytest.approx(sum(timing.costs[stage].cpu for stage in stages))
    assert all(size > 50 for size in timing.peak.values()) and list(timing.peak) == [WORKER, TOGETHER]


def test_the_table_gives_words_per_second_and_how_many_times_the_parser() -> None:
    assert [line.split() for line in lines(TIMING)[1:3]] == [
        ["bare", "nlp.pipe", "0.50", "0.50", "2,000", "1.00"], ["dates", "0.04", "0.05", "20,000", "10.00"],
    ]  # fmt: skip
    assert lines(TIMING)[5].split()[-3:] == ["0.20", "5,000", "2.50"]  # workers beside as many processes of the parser
    assert lines(TIMING)[-1].startswith("2 articles, 1,000 words; 2 workers are 2.00 times as fast as one (of ")
    assert lines(TIMING)[-1].endswith("; peak memory, whole, one worker: 300 MB a process")


def test_what_takes_no_time_has_no_rate() -> None:
    timing = Timing(articles=1, words=10, costs={BARE: Cost(0, 0), "layout": Cost(0, 0)}, peak={})
    assert [line.split()[-2:] for line in lines(timing)[1:3]] == [["-", "-"], ["-", "-"]]


def test_the_table_goes_into_a_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr("reportedly.bench.measure", lambda *_: TIMING)
    monkeypatch.setattr("reportedly.bench.Pipeline", lambda: None)
    (tmp_path / "a.txt").write_text(ARTICLE.text)
    page = tmp_path / "page.md"
    page.write_text("Before\n<!-- speed -->\nold\n<!-- /speed -->\nafter\n")
    bench([str(tmp_path / "a.txt")], 1, [page])
    assert "| dates | 0.04 | 0.05 | 20,000 | 10.00 |" in page.read_text() and "old" not in page.read_text()
    assert "bare nlp.pipe" in capsys.readouterr().out
