"""Records out to other tools, each read again by the tool's own library; corrected annotation back in."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import pytest
import rdflib
import spacy
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from reportedly.cli import app
from reportedly.errors import MarkupError, UsageError
from reportedly.exchange.brat import read_brat, safe_path, write_brat
from reportedly.exchange.jsonld import to_jsonld, utf16
from reportedly.exchange.label_studio import Units, config, read_tasks, to_tasks
from reportedly.exchange.lines import read_records
from reportedly.exchange.table import claims_table, to_csv, to_parquet
from reportedly.records import Article, Record
from reportedly.spacy_docs import GROUPS, from_docbin, to_docbin
from reportedly.stages import Pipeline

ROOT = Path(__file__).resolve().parents[2]
GOLD = list(read_records(ROOT / "corpus/gold.jsonl"))
FOUND = list(read_records(ROOT / "tests/quality/accepted.jsonl"))
BOTH = pytest.mark.parametrize("records", [GOLD, FOUND], ids=["gold", "predictions"])
ROCKET = "\U0001f680"


@pytest.fixture(scope="module")
def odd(pipeline: Pipeline) -> Record:
    """A record with characters above the basic plane, line ends inside spans, a formula, and a hostile title."""
    text = f'{ROCKET} Ada Okoro said: "It fell.\n\n"It fell on Monday,\nin the rain," she said.\n\n=1+1 was the sum, Mara Beck said.'
    title = "<script>alert(1)</script>"
    return pipeline.record(Article(id="a/../b c", text=text, title=title, url="javascript:alert(1)", published="2023-05-10"))


# -- tables --------------------------------------------------------------------------------------------------------------


def test_the_table_has_a_row_for_each_claim() -> None:
    table = claims_table(FOUND)
    assert len(table) == sum(len(record.claims) for record in FOUND)
    first = FOUND[0].claims[0]
    assert (table["article"][0], table["claim"][0], table["content"][0]) == (FOUND[0].id, first.id, first.content.text)
    of = {record.id: record.text for record in FOUND}
    assert all(of[row.article][row.start : row.end].startswith(row.content.split(" … ")[0]) for row in table.itertuples())


def test_csv_is_read_by_pandas_and_runs_no_formula(odd: Record) -> None:
    data = to_csv([*FOUND, odd])
    assert data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))
    assert not [cell for row in rows for cell in row if re.match(r"[=+@\t\r\n]|-[^\d]", cell)]
    assert len(pd.read_csv(io.BytesIO(data))) == len(rows) - 1
    assert any(cell.startswith("'=1+1") for row in rows for cell in row)


def test_parquet_is_read_by_pandas_and_duckdb(tmp_path: Path) -> None:
    path = tmp_path / "claims.parquet"
    path.write_bytes(to_parquet(FOUND))
    assert pd.read_parquet(path).equals(claims_table(FOUND))
    ((claims, best),) = duckdb.sql(f"SELECT count(*), max(checkable) FROM '{path}' WHERE kind = 'attributed' AND NOT negated").fetchall()
    assert claims > 0 and 0.5 < best <= 1


# -- JSON-LD -------------------------------------------------------------------------------------------------------------


def test_jsonld_is_a_graph_of_claims_with_places(odd: Record) -> None:
    graph = rdflib.Graph().parse(data=to_jsonld([*FOUND[:3], odd]), format="json-ld")
    schema, oa = rdflib.Namespace("https://schema.org/"), rdflib.Namespace("http://www.w3.org/ns/oa#")
    claims = set(graph.subjects(rdflib.RDF.type, schema.Claim))
    assert len(claims) == sum(len(record.claims) for record in (*FOUND[:3], odd))
    assert not list(graph.subjects(rdflib.RDF.type, schema.ClaimReview))
    units = odd.text.encode("utf-16-le")
    quoted = [
        (graph.value(place, oa.start), graph.value(place, oa.end))
        for claim in claims if "%2F" in str(claim)
        for target in graph.objects(claim, oa.hasTarget)
        for place in graph.objects(target, oa.hasSelector) if graph.value(place, oa.start) is not None
    ]  # fmt: skip
    told = {units[2 * int(a) : 2 * int(b)].decode("utf-16-le") for a, b in quoted if a is not None and b is not None}  # type: ignore[call-overload]
    assert told == {odd.text[span.start : span.end] for claim in odd.claims for span in claim.content.spans}
    assert "javascript:" not in to_jsonld([odd]).decode()


# -- brat ----------------------------------------------------------------------------------------------------------------


@BOTH
def test_brat_gives_the_same_records_back(records: list[Record], tmp_path: Path) -> None:
    assert write_brat(records, tmp_path) == len(records)
    assert {record.id: record for record in read_brat(tmp_path)} == {record.id: record for record in records}


def test_brat_keeps_its_rules(odd: Record, tmp_path: Path) -> None:
    write_brat([odd], tmp_path)
    (file,) = tmp_path.rglob("*.ann")
    assert tmp_path in file.resolve().parents
    text = file.with_suffix(".txt").read_bytes().decode()
    names = set()
    for line in file.read_text(encoding="utf-8").splitlines():
        name, middle, *rest = line.split("\t")
        assert name not in names
        names.add(name)
        if name[0] == "T":
            places = [tuple(map(int, place.split())) for place in middle.partition(" ")[2].split(";")]
            assert rest == [" ".join(text[a:b] for a, b in places)] and "\n" not in rest[0]
    assert list(read_brat(tmp_path)) == [odd]


def test_a_corrected_claim_and_a_new_one_come_back(pipeline: Pipeline, tmp_path: Path) -> None:
    record = pipeline.record(Article(id="a", text="Ada Okoro said that the dam held on Monday. It rained in May.", published="2023-05-10"))
    write_brat([record], tmp_path)
    file = tmp_path / "a.ann"
    lines = file.read_text(encoding="utf-8")
    lines = re.sub(r"(\tContent 15 )42\t.*", r"\g<1>32\tthat the dam held", lines)
    lines += "T90\tCue 47 53\trained\nT91\tContent 44 46\tIt\nE90\tAttribution:T90 Content:T91\n#90\tAnnotatorNotes E90\tlook again\n"
    file.write_text(lines, encoding="utf-8")

    (found,) = read_brat(tmp_path)

    first, new = found.claims[0], found.claims[-1]
    assert (first.content.text, first.reading, first.dates) == ("that the dam held", "that the dam held", ())
    assert (new.id, new.content.text, new.cue and new.cue.act) == ("c3", "It", "assert")


@pytest.mark.parametrize(
    ("line", "message"),
    [("T1\tCue 5 2\tx", "a place outside"), ("T1\tCue 5\tx", "not in brat's form"), ("E1\tAttribution:T7 Content:T8", "not there")],
)
def test_a_line_out_of_form_is_told(line: str, message: str, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("It rained.", encoding="utf-8")
    (tmp_path / "a.ann").write_text(line + "\n", encoding="utf-8")
    with pytest.raises(MarkupError, match=message) as error:
        list(read_brat(tmp_path))
    assert str(tmp_path / "a.ann") in str(error.value)


@given(st.text(alphabet=st.characters(exclude_categories=("Cs",)), min_size=1, max_size=30))
def test_no_id_leaves_its_folder(id_: str) -> None:
    path = Path("/x") / safe_path(id_)
    assert path.parts[:2] == ("/", "x") and ".." not in path.parts


# -- Label Studio --------------------------------------------------------------------------------------------------------


@BOTH
def test_label_studio_gives_the_same_records_back(records: list[Record], tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    path.write_bytes(to_tasks(records, "test"))
    assert list(read_tasks(path)) == records


def test_tasks_have_the_form_that_label_studio_takes(odd: Record, tmp_path: Path) -> None:
    (task,) = json.loads(to_tasks([odd], "test"))
    units = task["data"]["text"].encode("utf-16-le")
    (prediction,) = task["predictions"]
    labels = set(re.findall(r'value="(\w+)"', config()))
    ids = {item["id"] for item in prediction["result"] if item["type"] == "labels"}
    assert prediction["model_version"] == "test" and len(ids) == sum(item["type"] == "labels" for item in prediction["result"])
    for item in prediction["result"]:
        if item["type"] == "labels":
            value = item["value"]
            assert units[2 * value["start"] : 2 * value["end"]].decode("utf-16-le") == value["text"]
            assert set(value["labels"]) <= labels and (item["from_name"], item["to_name"]) == ("label", "text")
        else:
            assert {item["from_id"], item["to_id"]} <= ids and item["direction"] == "right"
    path = tmp_path / "tasks.json"
    path.write_bytes(to_tasks([odd], "test"))
    assert list(read_tasks(path)) == [odd]


def test_what_was_annotated_counts_not_what_was_predicted(tmp_path: Path) -> None:
    def region(id_: str, start: int, end: int, label: str) -> dict[str, Any]:
        return {"id": id_, "type": "labels", "value": {"start": start, "end": end, "text": "", "labels": [label]}}

    tie = {"type": "relation", "from_id": "x", "to_id": "y", "labels": ["Content"], "direction": "right"}
    done = {"result": [region("x", 13, 17, "Cue"), region("y", 18, 28, "Content"), tie]}
    task = {"id": 7, "data": {"text": f"{ROCKET} Ada Okoro said it rained."}, "annotations": [done], "predictions": [{"result": []}]}
    path = tmp_path / "tasks.json"
    path.write_text(json.dumps([task]), encoding="utf-8")

    (record,) = read_tasks(path)

    assert (record.id, [(claim.cue and claim.cue.text, claim.content.text) for claim in record.claims]) == ("7", [("said", "it rained.")])


def test_an_offset_within_a_character_is_refused() -> None:
    units = Units(f"a{ROCKET}b")
    assert [units.out(offset) for offset in range(4)] == [0, 1, 3, 4] == [utf16(f"a{ROCKET}b", offset) for offset in range(4)]
    with pytest.raises(ValueError, match="no character begins at 2"):
        units.back(2)


@pytest.mark.parametrize("text", ["", "{}", "[]", "[{}]", '[{"data": {"text": 1}}]'])
def test_files_that_are_no_tasks(text: str, tmp_path: Path) -> None:
    path = tmp_path / "tasks.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises((UsageError, MarkupError), match=str(path)):
        list(read_tasks(path))


# -- spaCy ---------------------------------------------------------------------------------------------------------------


def test_a_docbin_holds_docs_with_span_groups(odd: Record) -> None:
    data = to_docbin([*FOUND[:3], odd])
    docs = list(spacy.tokens.DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab))
    assert [doc.text for doc in docs] == [record.text for record in (*FOUND[:3], odd)]
    assert set(docs[0].spans) == set(GROUPS)
    assert {span.id_ for span in docs[0].spans["contents"]} == {claim.id for claim in FOUND[0].claims}
    assert list(from_docbin(data)) == [*FOUND[:3], odd]


def test_the_pipeline_is_a_component_of_any_english_pipeline() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("reportedly")
    doc = nlp.make_doc("Ada Okoro said on Monday that the dam held.")
    doc.user_data["published"] = "2023-05-10"

    doc = nlp(doc)

    assert [(span.text, span.label_) for span in doc.spans["cues"]] == [("said", "assert")]
    assert [span.text for span in doc.spans["contents"]] == ["that the dam held"]
    assert doc._.reportedly.dates[0].value == "2023-05-08"


# -- the commands --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("to", ["csv", "parquet", "jsonld", "brat", "label-studio", "docbin"])
def test_export_replaces_on_request_only(to: str, tmp_path: Path) -> None:
    arguments = ["export", str(ROOT / "corpus/gold.jsonl"), "--to", to, "--output", str(tmp_path / "out")]
    assert CliRunner().invoke(app, arguments).exit_code == 0
    assert (tmp_path / "out").exists()
    again = CliRunner().invoke(app, arguments)
    assert isinstance(again.exception, UsageError) and "--force" in str(again.exception)
    assert CliRunner().invoke(app, [*arguments, "--force"]).exit_code == 0


def test_import_makes_gold_of_what_export_wrote(tmp_path: Path) -> None:
    gold = ROOT / "corpus/gold.jsonl"
    for form in ("brat", "label-studio"):
        there, back = tmp_path / form, tmp_path / f"{form}.jsonl"
        assert CliRunner().invoke(app, ["export", str(gold), "--to", form, "--output", str(there)]).exit_code == 0
        assert CliRunner().invoke(app, ["import", str(there), "--from", form, "--output", str(back)]).exit_code == 0
        assert back.read_bytes() == gold.read_bytes()
