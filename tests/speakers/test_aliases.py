"""The user's own names of speakers: read from a CSV file, put in place of the article's, two names of one speaker brought together."""

from __future__ import annotations

from pathlib import Path

import pytest

from reportedly.errors import UsageError
from reportedly.findings import SpeakerIndex
from reportedly.records import Article, Span, Speaker, from_json, problems, to_json
from reportedly.speakers.aliases import Known, read_aliases, under_aliases
from reportedly.stages import Pipeline


def file_of(folder: Path, text: str) -> Path:
    path = folder / "aliases.csv"
    path.write_text(text, encoding="utf-8")
    return path


def speaker(number: int, name: str, at: int) -> Speaker:
    return Speaker(id=f"s{number}", name=name, kind="organisation", mentions=(Span(start=at, end=at + 5),))


def test_an_alias_and_its_name_mean_the_same(tmp_path: Path) -> None:
    aliases = read_aliases(file_of(tmp_path, "alias,name,id\nThe Port,Harland Port Authority,Q1\n\nBeck,Mara Beck,\n"))

    assert aliases["port"] == aliases["harland port authority"] == Known("Harland Port Authority", "Q1")
    assert aliases["beck"] == Known("Mara Beck", None)


@pytest.mark.parametrize(
    ("text", "line", "value"),
    [
        ("", 1, ""),
        ("short,long\nA,B\n", 1, "short,long"),
        ("alias,name,id\nthe port,,Q1\n", 2, "the port,,Q1"),
        ("alias,name,id\nA,B,Q1,Q2\n", 2, "A,B,Q1,Q2"),
        ("alias,name,id\nBeck,Mara Beck,\nBECK,Ole Beck,\n", 3, "BECK: Mara Beck, Ole Beck"),
    ],
    ids=["empty", "another header", "no name", "a cell too many", "one alias for two"],
)
def test_a_bad_row_is_told_with_its_line(tmp_path: Path, text: str, line: int, value: str) -> None:
    path = file_of(tmp_path, text)

    with pytest.raises(UsageError) as error:
        read_aliases(path)

    assert (error.value.path, error.value.line, error.value.value) == (str(path), line, repr(value))
    assert error.value.remedy


def test_two_names_of_one_speaker_come_together() -> None:
    index = SpeakerIndex(
        speakers=(speaker(1, "the port", 20), speaker(2, "Ada Okoro", 30), speaker(3, "Harland Port Authority", 0)),
        of=("s1", "s2", None, "s3"),
    )
    known = Known("Harland Port Authority", "Q1")

    found = under_aliases(index, {"port": known, "harland port authority": known})

    assert [(one.id, one.name, one.identity) for one in found.speakers] == [
        ("s1", "Harland Port Authority", "Q1"),
        ("s2", "Ada Okoro", None),
    ]
    assert found.speakers[0].mentions == (Span(start=0, end=5), Span(start=20, end=25))
    assert found.of == ("s1", "s2", None, "s1")


def test_a_record_carries_the_users_name_and_id(pipeline: Pipeline) -> None:
    text = "Mara Beck said the dam held. Beck added that the rain had stopped. Ole Falk denied that it leaked."
    own = Pipeline(pipeline.model, nlp=pipeline.nlp, aliases={"mara beck": Known("Beck, Mara", "Q7")})

    record = own.record(Article(id="a", text=text))

    assert [claim.source.name for claim in record.claims if claim.source] == ["Beck, Mara", "Beck, Mara", "Ole Falk"]
    assert list(problems(record)) == []
    line = to_json(record)
    assert '"identity":"Q7"' in line and line.count("identity") == 1
    assert from_json(line) == record
