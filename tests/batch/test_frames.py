"""The same work on pandas frames and on Ray: what comes out is what a run on this machine writes."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import fakes
import pandas as pd
import pytest
from fakes import Load, record

from reportedly.batch import frame, run_on_ray
from reportedly.batch.frames import COLUMNS
from reportedly.batch.summary import Summary
from reportedly.cli import main
from reportedly.errors import UsageError
from reportedly.exchange.lines import read_records
from reportedly.records import Article, from_json, to_json
from reportedly.sources import read
from reportedly.stages import Pipeline

CORPUS = sorted((Path(__file__).resolve().parents[2] / "corpus/articles").glob("*.txt"))


# -- frames -------------------------------------------------------------------------------------------------------------


def test_a_row_for_each_article_in_their_order() -> None:
    found = frame(pd.DataFrame({"id": ["a", "b", "c"], "text": ["One.", "poison", "Three."]}), Load())
    assert {name: str(kind) for name, kind in found.dtypes.items()} == COLUMNS
    assert found["id"].tolist() == ["a", "b", "c"]
    assert found["record"].dropna().tolist() == [to_json(record(Article(id=name, text=text))) for name, text in (("a", "One."), ("c", "Three."))]
    assert found["error"].dropna().tolist() == ["a stage failed: ValueError: a bad word"]
    assert (found["record"].isna() == found["error"].notna()).all()


def test_no_articles_make_an_empty_frame_of_the_same_form() -> None:
    found = frame(pd.DataFrame({"id": [], "text": []}), Load())
    assert (len(found), {name: str(kind) for name, kind in found.dtypes.items()}) == (0, COLUMNS)


@pytest.mark.parametrize(
    ("row", "error"),
    [
        ({"id": "a", "text": None}, "no `text`"),
        ({"id": "a", "text": float("nan")}, "no `text`"),
        ({"id": "a", "text": " "}, "empty: no words"),
        ({"id": "a", "text": 5.5}, "`text` is not a string"),
        ({"id": None, "text": "One."}, "no `id`"),
        ({"text": "One."}, "no `id`"),
        ({"id": "a", "text": "One.", "published": "soon"}, "`published` is not a date"),
    ],
)  # fmt: skip
def test_a_row_that_cannot_be_used_is_a_row_with_an_error(row: dict[str, Any], error: str) -> None:
    found = frame(pd.DataFrame([row]), Load()).iloc[0]
    assert (found["error"], pd.isna(found["record"])) == (error, True)


@pytest.mark.parametrize("published", ["2023-05-10", date(2023, 5, 10), pd.Timestamp("2023-05-10T23:30:00")])
def test_days_and_numbered_ids_come_in_the_table_s_own_types(published: object) -> None:
    articles = pd.DataFrame([{"id": 7, "text": "One.", "published": published, "title": None, "mood": "calm"}])
    made = from_json(frame(articles, Load())["record"][0])
    assert (made.id, made.published, made.title) == ("7", "2023-05-10", None)


def test_a_day_for_articles_without_one() -> None:
    articles = pd.DataFrame([{"id": "a", "text": "One."}, {"id": "b", "text": "Two.", "published": "2020-01-01"}])
    made = frame(articles, Load(), published="2023-05-10")["record"]
    assert [from_json(line).published for line in made] == ["2023-05-10", "2020-01-01"]
    with pytest.raises(UsageError, match="not a date"):
        frame(articles, Load(), published="soon")


def test_parts_of_a_frame_give_what_the_whole_gives(pipeline: Pipeline) -> None:
    """As Spark's mapInPandas and Dask's map_partitions call it: partition by partition."""
    rows = [article.model_dump(include={"id", "text", "title", "published"}) for article in read(CORPUS[:5]) if isinstance(article, Article)]
    whole = frame(pd.DataFrame(rows), lambda: pipeline)
    assert whole["record"].tolist() == [to_json(each) for each in pipeline.records(Article(**row) for row in rows) if not isinstance(each, Exception)]
    parts = pd.concat([frame(pd.DataFrame(rows[at : at + 2]), lambda: pipeline) for at in range(0, 5, 2)], ignore_index=True)
    pd.testing.assert_frame_equal(whole, parts)


# -- Ray ----------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def cluster() -> Iterator[None]:
    """Ray on this machine, with two processors; its processes find this folder's modules."""
    ray = pytest.importorskip("ray")
    here_too = {"env_vars": {"PYTHONPATH": str(Path(fakes.__file__).parent)}}
    ray.init(num_cpus=2, include_dashboard=False, log_to_driver=False, logging_level="ERROR", runtime_env=here_too)
    yield
    ray.shutdown()


def rows_of(folder: Path) -> pd.DataFrame:
    return pd.read_parquet(folder)


@pytest.mark.usefixtures("cluster")
@pytest.mark.filterwarnings("ignore")
def test_a_run_on_ray_is_the_local_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    articles = [{"id": path.stem, "text": path.read_text(encoding="utf-8").partition("\n---\n")[2]} for path in CORPUS[:12]]
    lines = [json.dumps(article) for article in articles]
    (tmp_path / "a.jsonl").write_text("\n".join([*lines[:5], "{no article", *lines[5:9], lines[0]]) + "\n", encoding="utf-8")
    pd.DataFrame([*articles[9:], {"id": "empty", "text": ""}]).to_parquet(tmp_path / "b.parquet")
    for engine, name in (("local", "run.jsonl"), ("ray", "run.parquet")):
        command = ["reportedly", "extract", "a.jsonl", "b.parquet", "--output", name, "--engine", engine, "--workers", "2"]
        monkeypatch.chdir(tmp_path)
        monkeypatch.setattr("sys.argv", [*command, "--published", "2023-05-10"])
        with pytest.raises(SystemExit) as end:
            main()
        assert end.value.code == 1
    found = rows_of(tmp_path / "run.parquet")
    assert found["record"].dropna().tolist() == (tmp_path / "run.jsonl").read_text(encoding="utf-8").splitlines()
    errors = [json.loads(line) for line in (tmp_path / "run.errors.jsonl").read_text(encoding="utf-8").splitlines()]
    failed = found[found["error"].notna()].astype(object)
    failed["error"] = failed["error"].str.replace(f"{tmp_path}/", "")  # readers elsewhere need the whole path
    assert failed.where(failed.notna(), None)[list(errors[0])].to_dict("records") == errors
    assert [error["id"] for error in errors] == ["a", CORPUS[0].stem, "empty"]
    assert list(read_records(tmp_path / "run.parquet")) == list(read_records(tmp_path / "run.jsonl"))
    made_with = [json.loads((tmp_path / name).read_text())["rules"] for name in ("run.parquet.manifest.json", "run.manifest.json")]
    assert made_with[0] == made_with[1]


@pytest.mark.usefixtures("cluster")
@pytest.mark.filterwarnings("ignore")
def test_an_article_that_kills_its_process_or_hangs_costs_only_itself_on_ray(tmp_path: Path) -> None:
    texts = {3: "die", 70: "stall", 100: "poison"}
    rows = [{"id": f"a{number}", "text": texts.get(number, f"Text {number}.")} for number in range(150)]
    (tmp_path / "in.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    summary = run_on_ray([tmp_path / "in.jsonl"], tmp_path / "run.parquet", Load(), workers=2, seconds=1)
    assert summary == Summary(articles=150, records=147, errors=3)
    found = rows_of(tmp_path / "run.parquet")
    assert found["id"].tolist() == [row["id"] for row in rows]
    assert found["error"].dropna().tolist() == [
        "the process that worked on it died twice, perhaps for want of memory", "not done in 1 seconds", "a stage failed: ValueError: a bad word",
    ]  # fmt: skip


def test_an_output_in_the_way_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "run.parquet").mkdir()
    with pytest.raises(UsageError, match="the output exists"):
        run_on_ray([tmp_path], tmp_path / "run.parquet", Load())
