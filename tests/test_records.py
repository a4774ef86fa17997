"""The record: the contract's order of keys, and everything that breaks it is an error that says where."""

from __future__ import annotations

import json
from typing import Any

import pytest

from reportedly import records
from reportedly.errors import RecordError

TEXT = "Ada Okoro said the roof would hold."


def row(**changes: Any) -> dict[str, Any]:
    claim = {
        "id": "c1", "kind": "attributed", "quote": "indirect",
        "source": {"spans": [{"start": 0, "end": 9}], "text": "Ada Okoro", "speaker": "s1", "name": "Ada Okoro"},
        "cue": {"spans": [{"start": 10, "end": 14}], "text": "said", "lemma": "say", "act": "assert", "stance": "neutral"},
        "content": {"spans": [{"start": 15, "end": 34}], "text": "the roof would hold"},
        "reading": "the roof would hold", "polarity": "positive", "certainty": "certain",
    }  # fmt: skip
    speaker = {"id": "s1", "name": "Ada Okoro", "kind": "person", "mentions": [{"start": 0, "end": 9}]}
    return {
        "schema": "reportedly/1",
        "id": "roof",
        "text": TEXT,
        "sha256": records.digest(TEXT),
        "speakers": [speaker],
        "claims": [claim | changes],
    }


def test_a_record_survives_writing_and_reading() -> None:
    record = records.from_json(row())
    assert records.from_json(records.to_json(record)) == record


def test_keys_come_in_the_order_of_the_contract() -> None:
    written = json.loads(records.to_json(records.from_json(row())))
    assert list(written) == [
        "schema", "id", "title", "published", "url", "publisher", "text", "sha256",
        "entities", "dates", "quantities", "speakers", "claims", "warnings",
    ]  # fmt: skip


def test_a_date_without_parts_has_no_timexes_key() -> None:
    text = "On Monday it rained."
    date = {"id": "d1", "start": 3, "end": 9, "text": "Monday", "type": "DATE", "value": "2023-05-08"}
    record = records.from_json(
        {"schema": "reportedly/1", "id": "rain", "text": text, "sha256": records.digest(text), "dates": [date]}
    )
    assert "timexes" not in json.loads(records.to_json(record))["dates"][0]


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"content": {"spans": [{"start": 15, "end": 23}], "text": "the roof would hold"}}, "spans joined"),
        ({"content": {"spans": [{"start": 15, "end": 99}], "text": "the roof would hold."}}, "outside the text"),
        ({"content": {"spans": [], "text": ""}}, "empty"),
        ({"cue": None}, "an attributed claim has a cue"),
        ({"kind": "narrated"}, "a narrated one has none"),
        ({"parent": "c9"}, "not in claims"),
        ({"parent": "c1"}, "refers to itself"),
        ({"said_on": "d1"}, "not in dates"),
        ({"polarity": "maybe"}, "polarity"),
        ({"colour": "red"}, "colour"),
    ],
)
def test_a_record_that_breaks_the_contract_is_refused(changes: dict[str, Any], message: str) -> None:
    with pytest.raises(RecordError, match=message):
        records.from_json(row(**changes))


def test_the_error_names_file_and_line() -> None:
    with pytest.raises(RecordError, match=r"run\.jsonl:7: "):
        records.from_json(row(parent="c9"), path="run.jsonl", number=7)


def test_the_digest_is_of_the_text() -> None:
    with pytest.raises(RecordError, match="sha256"):
        records.from_json(row() | {"sha256": "0" * 64})


def test_the_schema_closes_every_list() -> None:
    schema = records.json_schema()
    assert schema["$defs"]["Claim"]["properties"]["polarity"]["enum"] == ["positive", "negative"]
    assert schema["additionalProperties"] is False
