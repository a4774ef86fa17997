from __future__ import annotations

import json
from pathlib import Path

import pytest

from reportedly.errors import RecordError, UsageError
from reportedly.evaluate.documents import Timex, of_record, paired, read
from reportedly.evaluate.score import score
from reportedly.records import to_json

from .making import GOLD, TEXT, document

NESTED = """
[claims]
A | {She} [said] <he told them it was late>
A | {he} [told] them <it was late>
N | <The lamp went out>
"""


def write(folder: Path, *rows: object) -> Path:
    path = folder / "file.jsonl"
    path.write_text("".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows), encoding="utf-8")
    return path


def test_records_and_plain_forms_are_read(tmp_path: Path) -> None:
    record = document(TEXT, GOLD, "r").record
    assert record
    attribution = {"source": [[0, 3]], "cue": [[4, 8]], "content": [[9, 12], [20, 25]]}
    date = {"start": 0, "end": 3, "type": "DATE", "value": "2024", "comment": "kept out"}
    path = write(
        tmp_path, to_json(record), "", {"id": "p", "text": "x", "attributions": [attribution]}, {"id": "t", "timexes": [date]}
    )
    documents = read(path)
    assert list(documents) == ["r", "p", "t"]
    assert documents["r"] == of_record(record)
    assert documents["p"].attributions == ((((4, 8),), ((9, 12), (20, 25)), ((0, 3),)),)
    assert documents["p"].timexes is None
    assert documents["t"].timexes == (Timex(0, 3, "DATE", "2024"),)


@pytest.mark.parametrize(
    "line", ["{", "[]", "{}", '{"id": "a", "attributions": [[]]}', '{"attributions": []}', '{"id": "a", "timexes": 4}']
)
def test_a_line_of_another_kind_is_named(tmp_path: Path, line: str) -> None:
    with pytest.raises(RecordError) as raised:
        read(write(tmp_path, {"id": "ok", "timexes": []}, line))
    assert raised.value.line == 2


def test_a_file_that_is_not_there_and_an_id_that_comes_twice_are_errors(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        read(tmp_path / "nowhere.jsonl")
    with pytest.raises(RecordError, match="before"):
        read(write(tmp_path, {"id": "a", "timexes": []}, {"id": "a", "timexes": []}))


def test_nested_and_narrated_claims_are_passed_over_where_the_gold_cannot_hold_them(tmp_path: Path) -> None:
    found = document("She said he told them it was late. The lamp went out.", NESTED)
    plain = read(write(tmp_path, {"id": "d", "text": found.text, "attributions": []}))
    assert [len(side.attributions or ()) for side in paired(plain, {"d": found})["d"]] == [0, 1]
    assert [len(side.attributions or ()) for side in paired({"d": found}, {"d": found})["d"]] == [2, 2]


def test_a_date_of_several_timexes_counts_as_those() -> None:
    sheet = "[dates]\n<<May 4-7>> | DATE | 2024-05-04/2024-05-07 | parts=May 4: 2024-05-04; 7: 2024-05-07"
    found = document("It rained May 4-7.", sheet)
    assert found.timexes == (Timex(10, 15, "DATE", "2024-05-04"), Timex(16, 17, "DATE", "2024-05-07"))


def test_different_texts_and_nothing_in_common_are_errors(tmp_path: Path) -> None:
    gold = {"d": document(TEXT, GOLD)}
    with pytest.raises(RecordError, match="different texts"):
        score(gold, {"d": document("Another text.", "")})
    attributions = read(write(tmp_path, {"id": "d", "text": TEXT, "attributions": []}))
    with pytest.raises(UsageError, match="nothing in common"):
        score(attributions, read(write(tmp_path, {"id": "d", "timexes": []})))
