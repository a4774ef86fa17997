"""`reportedly count`: the attribution tables made anew from annotated articles, here the first ones of the project's own gold."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from reportedly import counting, rulebook
from reportedly.attribution.tables import Tables
from reportedly.errors import UsageError
from reportedly.records import from_json

ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="module")
def annotated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Ten annotated articles of two invented outlets."""
    rows = []
    for number, line in enumerate((ROOT / "corpus/gold.jsonl").read_text(encoding="utf-8").splitlines()[:10]):
        record = from_json(line)
        attributions = [
            {
                part: [[span.start, span.end] for span in (getattr(claim, part).spans if getattr(claim, part) else ())]
                for part in ("source", "cue", "content")
            }
            for claim in record.claims
            if claim.cue and not claim.parent
        ]
        rows.append({"id": record.id, "text": record.text, "publisher": "AB"[number % 2], "attributions": attributions})
    path = tmp_path_factory.mktemp("count") / "annotated.jsonl"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


@pytest.fixture
def model(tmp_path: Path) -> rulebook.Model:
    """A copy of the model that may be overwritten."""
    return rulebook.Model(Path(shutil.copytree(ROOT / "models/en", tmp_path / "en")))


def test_the_counted_tables_load_and_say_what_was_counted(annotated: Path, model: rulebook.Model) -> None:
    note = counting.count_tables(annotated, model)
    tables = Tables.load(model)
    said = tables.cues["say/VERB"]
    assert "annotated (10 articles" in note
    assert 0 < said.cue <= said.occurs
    assert said.seen[0] <= said.seen[1]
    assert tables.content_share(said, "ccomp:that") > tables.content_share(said, "punct")


def test_counting_twice_gives_the_same_files(annotated: Path, model: rulebook.Model) -> None:
    counting.count_tables(annotated, model)
    first = model.digest
    counting.count_tables(annotated, model)
    assert model.digest == first


def test_held_out_articles_are_judged_by_the_others(annotated: Path, model: rulebook.Model) -> None:
    before = model.digest
    rows = list(counting.predict_held_out(annotated, model, "publisher"))
    assert len(rows) == 10
    assert any(row["attributions"] for row in rows)
    assert model.digest == before


def test_articles_of_one_outlet_cannot_be_held_out(annotated: Path, model: rulebook.Model) -> None:
    with pytest.raises(UsageError, match="do not differ"):
        next(counting.predict_held_out(annotated, model, "colour"))


def test_a_file_in_another_form_is_refused_with_its_line(tmp_path: Path, model: rulebook.Model) -> None:
    path = tmp_path / "wrong.jsonl"
    path.write_text('{"id": "a", "text": "It rained."}\n', encoding="utf-8")
    with pytest.raises(UsageError, match="annotated article") as caught:
        counting.count_tables(path, model)
    assert caught.value.line == 1
