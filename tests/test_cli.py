"""The command as a user meets it: exit status, what goes where, and no traceback."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

import pytest

from reportedly import batch, cli
from reportedly.records import Article, Record, digest
from reportedly.rulebook import Model

Call = Callable[..., tuple[int, str, str]]
ROOT = Path(__file__).parents[1]


class Copies:
    """A pipeline without a language model: the record of an article is the article. "poison" raises, "stop" is a Ctrl-C."""

    def __init__(self, *_: Path | None) -> None: ...

    def __call__(self) -> Copies:
        return self

    def records(self, articles: Iterable[Article]) -> Iterator[Record | Exception]:
        for article in articles:
            if article.text == "stop":
                raise KeyboardInterrupt
            known = article.model_dump(include={"id", "title", "published", "url", "publisher", "text"})
            yield ValueError("bad") if article.text == "poison" else Record(schema="reportedly/1", sha256=digest(article.text), **known)


@pytest.fixture
def call(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Call:
    """Calls the command; gives exit status, standard output, standard error."""
    monkeypatch.setattr(batch, "Load", Copies)

    def run(*arguments: object) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["reportedly", *map(str, arguments)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        out, err = capsys.readouterr()
        code = ended.value.code
        return code if isinstance(code, int) else 0, out, err

    return run


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.txt").write_text("One.")
    return tmp_path


def test_all_done(call: Call, folder: Path) -> None:
    code, out, err = call("extract", folder / "in", "--output", folder / "run.jsonl", "--published", "2023-05-10")
    assert (code, out, err) == (0, "", f"1 article: 1 record, 0 errors -> {folder}/run.jsonl\n")
    assert json.loads((folder / "run.jsonl").read_text())["published"] == "2023-05-10"
    made_with = json.loads((folder / "run.manifest.json").read_text())
    assert list(made_with) == ["reportedly", "spacy", "language", "rules", "run"]
    assert made_with["rules"] == Model.open().digest and made_with["language"].startswith("en_core_web_sm")


def test_some_articles_failed(call: Call, folder: Path) -> None:
    (folder / "in" / "b.txt").write_text("poison")
    (folder / "in" / "c.txt").write_text("")
    code, out, err = call("extract", folder / "in", "--output", folder / "run.jsonl")
    assert (code, out, err) == (1, "", f"3 articles: 1 record, 2 errors -> {folder}/run.jsonl, {folder}/run.errors.jsonl\n")


def test_standard_input(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"One.")))
    assert call("extract", "-", "--output", folder / "run.jsonl")[0] == 0
    assert json.loads((folder / "run.jsonl").read_text())["id"] == "-"


def test_an_interrupt_says_how_to_go_on(call: Call, folder: Path) -> None:
    (folder / "in" / "b.txt").write_text("stop")
    code, _, err = call("extract", folder / "in", "--output", folder / "run.jsonl")
    assert (code, err) == (130, "interrupted: --resume goes on from here\n")
    assert not (folder / "run.jsonl").exists()


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["in"], "Missing option '--output'"),
        (["--output", "run.jsonl"], "Missing argument 'PATH...'"),
        (["nowhere", "--output", "run.jsonl"], "nowhere: no such file or folder -- check the path"),
        (["in", "--output", "run.jsonl", "--published", "May"], "not a date (got 'May')"),
        (["in", "--output", "run.jsonl", "--model", "in"], "holds no model"),
        (["in", "--output", "run.jsonl", "--workers", "0"], "--workers"),
        (["in", "--output", "run.jsonl", "--resume", "--force"], "contradict"),
        (["in", "--output", "in/run.jsonl"], "among the input"),
        (["in", "--output", "there.jsonl"], "the output exists -- --resume continues it, --force replaces it"),
        (["in", "--output", "there.jsonl", "--resume"], "no record"),
        (["in", "--output", "in/a.txt/run.jsonl"], "among the input"),
        (["x" * 300 + ".txt", "--output", "run.jsonl"], "File name too long"),
        (["in", "--output", "x" * 300 + ".jsonl"], "File name too long"),
        (["in", "--output", "run.jsonl", "--model", "latin"], "latin/model.toml: not valid TOML in UTF-8"),
        (["in", "--output", "run.jsonl", "--aliases", "nowhere.csv"], "nowhere.csv: cannot be read"),
        (["in", "--output", "run.jsonl", "--aliases", "in/a.txt"], "a.txt:1: not a file of aliases (got 'one.')"),
    ],
)
def test_a_run_that_cannot_start(call: Call, folder: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str) -> None:
    monkeypatch.chdir(folder)
    Path("there.jsonl").write_text("mine\n")
    Path("latin").mkdir()
    Path("latin/model.toml").write_bytes(b"# caf\xe9\n")
    code, out, err = call("extract", *arguments)
    assert (code, out) == (2, "")
    assert message in err and "Traceback" not in err
    assert Path("there.jsonl").read_text() == "mine\n" and not Path("run.jsonl").exists()


def test_a_run_goes_on_by_the_same_aliases_only(call: Call, folder: Path) -> None:
    names, output = folder / "names.csv", folder / "run.jsonl"
    stamps = []
    for known in ("Q1", "Q2"):
        names.write_text(f"alias,name,id\nBeck,Mara Beck,{known}\n")
        assert call("extract", folder / "in", "--output", output, "--aliases", names, "--resume")[0] == 0
        stamps.append(json.loads((folder / "run.manifest.json").read_text())["aliases"])
    assert stamps[0] != stamps[1]


def test_an_output_is_continued_or_replaced_on_request_only(call: Call, folder: Path) -> None:
    arguments = ("extract", folder / "in", "--output", folder / "run.jsonl")
    assert [call(*arguments, *more)[0] for more in (["--resume"], [], ["--resume"], ["--force"])] == [0, 2, 0, 0]


def test_the_schema_is_data_on_standard_output(call: Call) -> None:
    code, out, err = call("schema")
    assert (code, err, json.loads(out)["properties"]["schema"]["const"]) == (0, "", "reportedly/1")


def test_an_unreadable_file_of_records(call: Call, folder: Path) -> None:
    (folder / "bad.jsonl").write_text('{"schema": "reportedly/1"}\n')
    (folder / "worse.jsonl").write_text("{\n")
    expected = {"none.jsonl": "cannot be read", "bad.jsonl": "bad.jsonl:1: not a valid record", "worse.jsonl": "worse.jsonl:1: not a JSON"}
    for name, message in expected.items():
        code, out, err = call("show", folder / name)
        assert (code, out) == (2, "") and message in err


SURROGATE = '{"schema": "reportedly/1", "id": "a", "text": "half \\ud83d", "sha256": "0"}\n'
LATIN = b'{"id": "caf\xe9"}\n'


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["show", "surrogate.jsonl"], "surrogate.jsonl:1: not a valid record"),
        (["show", "latin.jsonl"], "latin.jsonl: cannot be read"),
        (["report"], "docs/results.json: there is no such file"),
        (["report", "--results", "broken.json"], "broken.json: not valid JSON"),
        (["evaluate", "gold.jsonl", "gold.jsonl", "--results", "broken.json"], "broken.json: not valid JSON"),
        (["evaluate", "gold.jsonl", "gold.jsonl", "--results", "list.json"], "list.json: not a JSON object"),
        (["evaluate", "latin.jsonl", "gold.jsonl"], "UnicodeDecodeError"),
        (["count", "untitled.jsonl"], "untitled.jsonl:1: no annotated article"),
        (["count", "gold.jsonl", "--held-out", "publisher", "--predictions", "there.jsonl"], "gold.jsonl: the articles do not differ"),
        (["count", "nowhere.jsonl", "--held-out", "publisher", "--predictions", "there.jsonl"], "nowhere.jsonl: cannot be read"),
    ],
)
def test_whatever_is_wrong_is_said_in_one_line(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], message: str
) -> None:
    monkeypatch.chdir(tmp_path)
    gold = {"id": "a", "text": "Ada Okoro said it rained.", "attributions": []}
    files = {"surrogate.jsonl": SURROGATE, "broken.json": "{", "list.json": "[]", "there.jsonl": "mine\n"}
    files |= {"gold.jsonl": json.dumps(gold) + "\n", "untitled.jsonl": json.dumps(gold | {"title": 5}) + "\n"}
    for name, content in files.items():
        (tmp_path / name).write_text(content)
    (tmp_path / "latin.jsonl").write_bytes(LATIN)
    code, out, err = call(*arguments)
    assert (code, out, err.count("\n")) == (2, "", 1), err
    assert err.startswith("reportedly: ") and message in err and " -- " in err
    assert (tmp_path / "there.jsonl").read_text() == "mine\n"


def test_explain_reads_a_file_as_extract_does(call: Call, tmp_path: Path) -> None:
    (tmp_path / "latin.txt").write_bytes("At the café Ada Okoro said the quay was shut.".encode("cp1252"))
    code, out, _ = call("explain", tmp_path / "latin.txt")
    assert code == 0 and "[said] <the quay was shut>" in out
    assert cli._words("é" * 200) == "é" * 200  # too long for the name of a file


SHEET = """[entities]
PERSON | Ada Okoro
[dates]
[quantities]
[speakers]
person | Ada Okoro
[claims]
A | {Ada Okoro} [said] <the quay was shut> | speaker=Ada Okoro
"""


def test_gold_is_compiled_from_sheets_or_only_checked(call: Call, tmp_path: Path) -> None:
    for name in ("articles", "annotations/settled", "annotations/other"):
        (tmp_path / name).mkdir(parents=True)
    (tmp_path / "articles" / "quay.txt").write_text("---\npublished: 2023-05-10\n---\nAda Okoro said the quay was shut.\n")
    (tmp_path / "annotations" / "settled" / "quay.txt").write_text(SHEET)
    (tmp_path / "annotations" / "other" / "quay.txt").write_text(SHEET.replace("was shut", "was open"))
    (tmp_path / "annotations" / "other" / "stray.txt").write_text(SHEET)
    assert call("gold", tmp_path)[0] == 0
    (record,) = (tmp_path / "gold.jsonl").read_text().splitlines()
    assert json.loads(record)["claims"][0]["content"]["text"] == "the quay was shut"
    code, _, err = call("gold", tmp_path, "--check", tmp_path / "annotations" / "other")
    assert code == 1 and "quay.txt:8:" in err and "a sheet without its article" in err
    assert (tmp_path / "gold.jsonl").read_text().splitlines() == [record]


def test_every_command_explains_itself(call: Call) -> None:
    code, out, _ = call("--help")
    assert code == 0
    for name in ("extract", "show", "schema", "gold", "count", *cli.ELSEWHERE):
        assert f"  {name} " in out
        assert call(name, "--help")[0] == 0


def test_help_answers_without_loading_anything_heavy() -> None:
    program = (
        "import sys; from reportedly import cli; sys.argv = ['reportedly', 'extract', '--help']\n"
        "try: cli.main()\n"
        "except SystemExit: print([name for name in ('spacy', 'numpy', 'pandas', 'trafilatura') if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert shown.splitlines()[-1] == "[]"
