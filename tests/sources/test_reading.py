"""Articles in: what each kind of file gives, and what a file that cannot be used gives."""

from __future__ import annotations

import io
import json
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from reportedly.errors import InputError, UsageError
from reportedly.records import Article
from reportedly.sources import read
from reportedly.sources.formats import READERS, Row

SENTENCE = "The harbour office closed the quay, Ada Okoro said."


def put(folder: Path, files: dict[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def only(*paths: Path | str, published: str | None = None) -> Article:
    (found,) = read(paths, published)
    assert isinstance(found, Article), found
    return found


def only_error(*paths: Path | str) -> InputError:
    (found,) = read(paths)
    assert isinstance(found, InputError), found
    return found


def lines(*rows: object) -> str:
    return "".join((row if isinstance(row, str) else json.dumps(row)) + "\n" for row in rows)


# -- text ---------------------------------------------------------------------------------------------------------------

FRONT = f"---\npublished: 2023-05-10\ntitle: Quay closed\npublisher: The Tidewater Post\nurl: https://example.org/q\nmood: calm\n---\n\n{SENTENCE}\n"


@pytest.mark.parametrize("suffix", ["txt", "md"])
def test_text_begins_after_the_front_matter(tmp_path: Path, suffix: str) -> None:
    article = only(put(tmp_path, {f"quay.{suffix}": FRONT}) / f"quay.{suffix}")
    assert (article.id, article.title, article.publisher) == ("quay", "Quay closed", "The Tidewater Post")
    assert (article.published, article.url) == ("2023-05-10", "https://example.org/q")
    assert article.text == f"\n{SENTENCE}\n"


@pytest.mark.parametrize(
    ("written", "text"),
    [
        (SENTENCE, SENTENCE),
        ("One.\r\nTwo.\rThree.\n", "One.\r\nTwo.\rThree.\n"),
        ("\ufeffOne.", "One."),
        ("One.\ufeff Two.", "One.\ufeff Two."),
        ("A NUL \x00 stays.", "A NUL \x00 stays."),
        ("---\nno front matter, for nothing closes it", "---\nno front matter, for nothing closes it"),
        ("---\n---\nOne.", "One."),
        ("---\r\ntitle: T\r\n---\r\nOne.", "One."),
        ("\ufeff---\ntitle: T\n---\nOne.", "One."),
    ],
)
def test_text_is_exactly_what_was_read(tmp_path: Path, written: str, text: str) -> None:
    assert only(put(tmp_path, {"a.txt": written}) / "a.txt").text == text


@settings(max_examples=200, deadline=None)
@given(text=st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1).filter(lambda text: text.strip() and text[0] != "\ufeff"))
def test_text_survives_every_format(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("any")
    quoted = '"' + text.replace('"', '""') + '"'
    put(folder, {"a.txt": "---\n---\n" + text, "b.jsonl": lines({"id": "b", "text": text}), "c.csv": f"id,text\nc,{quoted}\n"})
    assert [article.text for article in read([folder]) if isinstance(article, Article)] == [text] * 3


@pytest.mark.parametrize(
    ("encoding", "name"), [("cp1252", "cp1252"), ("utf-16", "utf_16"), ("utf-16-le", "utf_16_le"), ("utf-16-be", "utf_16_be"), ("utf-32", "utf_32")]
)
def test_another_encoding_is_read_with_a_warning(tmp_path: Path, encoding: str, name: str) -> None:
    text = "The mayor’s café said “no” to a fee of £4."
    article = only(put(tmp_path, {"a.txt": text.encode(encoding)}) / "a.txt")
    assert (article.text, article.warnings) == (text, (f"not UTF-8: read as {name}",))


def test_standard_input_is_one_plain_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(b"---\ntitle: T\n---\nOne.")))
    article = only("-")
    assert (article.id, article.text, article.title) == ("-", "---\ntitle: T\n---\nOne.", None)


# -- pages, lines, tables -----------------------------------------------------------------------------------------------

PAGE = """<html><head><meta charset="{charset}"><title>Quay wall closed | The Tidewater Post</title>
<meta property="og:site_name" content="The Tidewater Post"><meta property="article:published_time" content="{day}T08:00:00Z">
<link rel="canonical" href="https://example.org/quay"></head><body><nav>Home Sport Weather</nav><article><h1>Quay wall closed</h1>
<p>The harbour office closed the quay wall on Monday, Ada Okoro said, after cracks were found along its seaward side.</p>
<p>“Nobody was hurt,” she said, adding that repairs to the café would take until the end of September at least.</p></article></body></html>"""


@pytest.mark.parametrize(("charset", "day"), [("utf-8", "2023-05-10"), ("windows-1252", "2023-05-10"), ("utf-8", "2190-01-02")])
def test_a_page_gives_its_article_and_what_it_says_of_itself(tmp_path: Path, charset: str, day: str) -> None:
    article = only(put(tmp_path, {"q.html": PAGE.format(charset=charset, day=day).encode(charset)}) / "q.html")
    assert (article.title, article.published, article.publisher) == ("Quay wall closed", day, "The Tidewater Post")
    assert article.url == "https://example.org/quay"
    assert "“Nobody was hurt,” she said" in article.text and "café" in article.text and "Weather" not in article.text
    assert article.warnings == ()


def test_lines_of_json_and_rows_of_a_table(tmp_path: Path) -> None:
    rows = [{"id": "x/1", "text": "One.", "title": None, "published": "2023-05-10T23:30:00-05:00", "more": [1]}, {"id": "x/2", "text": "Two."}]
    table = '\ufeffID,Text,published\r\nc1,"She said ""no"",\r\nthen left.",2023-05-10\r\n\r\nc2,Two.,\r\n'
    put(tmp_path, {"a.jsonl": "\ufeff" + lines(*rows, ""), "b.csv": table})
    found = [(article.id, article.text, article.published) for article in read([tmp_path]) if isinstance(article, Article)]
    assert found == [("x/1", "One.", "2023-05-10"), ("x/2", "Two.", None), ("c1", 'She said "no",\r\nthen left.', "2023-05-10"), ("c2", "Two.", None)]


def test_a_long_field_of_a_table_is_read(tmp_path: Path) -> None:
    assert len(only(put(tmp_path, {"a.csv": "text\n" + "word " * 50_000}) / "a.csv").text) == 250_000


def test_lines_in_utf_16_are_read(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": lines({"id": "a", "text": "Caf\u00e9 \u2028 one"}, {"id": "b", "text": "two"}).encode("utf-16")})
    assert [article.id for article in read([tmp_path / "a.jsonl"])] == ["a", "b"]


# -- folders and ids ----------------------------------------------------------------------------------------------------


def test_a_folder_is_read_in_the_order_of_code_points(tmp_path: Path) -> None:
    names = ["b.txt", "a/z.txt", "a.txt", "Z.txt", "é.txt", "a-b.md", "a/b/c.txt"]
    put(tmp_path, dict.fromkeys([*names, "note.pdf", ".hidden.txt", ".git/x.txt"], SENTENCE))
    assert [article.id for article in read([tmp_path])] == ["Z", "a-b", "a", "a/b/c", "a/z", "b", "é"]


def test_a_link_that_leads_back_is_not_followed(tmp_path: Path) -> None:
    put(tmp_path, {"a.txt": SENTENCE})
    (tmp_path / "loop").symlink_to(tmp_path)
    assert only(tmp_path).id == "a"


def test_of_two_articles_with_one_id_the_first_is_kept(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": lines({"id": "q", "text": "One."}, {"id": "q", "text": "Two."}), "q.txt": "Three."})
    first, *others = read([tmp_path])
    assert isinstance(first, Article) and first.text == "One."
    assert [(error.id, error.line) for error in others if isinstance(error, InputError)] == [("q", 2), ("q", None)]


def test_an_article_that_fails_does_not_take_its_id(tmp_path: Path) -> None:
    put(tmp_path, {"a.jsonl": lines({"id": "q", "text": ""}, {"id": "q", "text": "Two."})})
    assert [type(item) for item in read([tmp_path])] == [InputError, Article]


# -- the publication date -----------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("ORVELDE, May 4, 2022 (TNS) -- The quay was closed.", "2022-05-04"),
        ("Quay Closed\n\nORVELDE, May 4, 2022 — The quay was closed.", "2022-05-04"),
        ("Wednesday, May 4, 2022\n\nThe quay was closed.", "2022-05-04"),
        ("4 May 2022\n\nThe quay was closed.", "2022-05-04"),
        ("ORVELDE, May 4 -- The quay was closed.", "2023-05-10"),
        ("ORVELDE, May 44, 2022 -- The quay was closed.", "2023-05-10"),
        ("The quay was closed on May 4, 2022, and opened again.", "2023-05-10"),
        ("---\npublished: 2021-01-02\n---\nORVELDE, May 4, 2022 -- The quay was closed.", "2021-01-02"),
    ],
)
def test_the_articles_own_date_goes_before_the_one_given(tmp_path: Path, text: str, published: str) -> None:
    path = put(tmp_path, {"a.txt": text}) / "a.txt"
    assert only(path, published="2023-05-10").published == published


def test_without_any_date_none_is_made_up(tmp_path: Path) -> None:
    assert only(put(tmp_path, {"a.txt": SENTENCE}) / "a.txt").published is None


# -- what cannot be used ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("name", "content", "line", "message"),
    [
        ("a.txt", b"", None, "empty"),
        ("a.txt", b" \n\t\n", None, "empty"),
        ("a.txt", b"---\ntitle: T\n---\n", None, "empty"),
        ("a.txt", b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x90\x12\x81\xfe\x03\x9d\x8f", None, "binary"),
        ("a.txt", b"\x00" * 99, None, "binary"),
        ("a.txt", b"\x01\x02\x03 a", None, "binary"),
        ("a.txt", b"word " * 200_001, None, "1,000,000 characters"),
        ("a.txt", b"---\ntitle: [a\n---\nOne.", 3, "front matter"),
        ("a.txt", b"---\ntitle: " + b"[" * 100_000 + b"\n---\nOne.", None, "longer than 10,000 characters"),
        ("a.txt", b"---\ntitle: " + b"[" * 9_000 + b"\n---\nOne.", None, "nested too deeply"),
        ("a.txt", b"---\nmood: &a [x, x]\ntitle: [*a, *a]\n---\nOne.", 2, "anchors"),
        ("a.txt", b"---\ntitle: *a\n---\nOne.", 2, "anchors"),
        ("a.txt", b"---\njust words\n---\nOne.", None, "no mapping"),
        ("a.txt", b"---\ntitle: [a]\n---\nOne.", None, "`title` is not a string"),
        ("a.txt", b"---\npublished: 2023-02-30\n---\nOne.", None, "`published` is not a date"),
        ("a.html", b"", None, "empty"),
        ("a.html", b"<html><body></body></html>", None, "no article"),
        ("a.jsonl", b"", None, "no articles"),
        ("a.jsonl", b"\n{", 2, "not valid JSON"),
        ("a.jsonl", b"[1]", 1, "not valid JSON"),
        ("a.jsonl", b"[" * 100_000, 1, "JSON"),
        ("a.jsonl", b'{"id": "x"}', 1, "no `text`"),
        ("a.jsonl", b'{"id": "x", "text": 5}', 1, "`text` is not a string"),
        ("a.jsonl", b'{"id": 5, "text": "One."}', 1, "`id` is not a string"),
        ("a.jsonl", b'{"id": "x", "text": "One.", "published": "soon"}', 1, "`published` is not a date"),
        ("a.jsonl", b'{"id": "x", "text": "half \\ud83d"}', 1, "surrogate"),
        ("a.jsonl", b'{"id": "x", "text": "One.", "title": "\\udc00"}', 1, "surrogate"),
        ("a.csv", b"", 1, "name the columns"),
        ("a.csv", b"id,words\nx,One.\n", 1, "name the columns"),
        ("a.csv", b"id,text\nx\n", 2, "1 fields under 2 columns"),
        ("a.csv", b"id,text\nx,a,b\n", 2, "3 fields under 2 columns"),
        ("a.csv", b'id,text\nx,"a"b\n', 2, "not valid CSV"),
        ("a.csv", b"id,text\nx,\n", 2, "empty"),
        ("a.pdf", b"%PDF", None, "unknown kind"),
    ],
)
def test_an_error_names_file_line_and_remedy(tmp_path: Path, name: str, content: bytes, line: int | None, message: str) -> None:
    error = only_error(put(tmp_path, {name: content}) / name)
    assert (error.path, error.line) == (str(tmp_path / name), line)
    assert message in error.message and error.remedy and error.id


def test_a_bad_line_costs_only_itself(tmp_path: Path) -> None:
    good = [json.dumps({"id": str(number), "text": "One."}).encode() for number in range(3)]
    table = b"id,text\na,One.\nb,\x81\x8d\x00\x01\nc,Three.\n"
    put(tmp_path, {"a.jsonl": b"\n".join([good[0], b"\x81\x8d\x00\x01\x02", good[1], b'{"id": "x', good[2]]), "b.csv": table})
    found = [item.id if isinstance(item, Article) else item.line for item in read([tmp_path])]
    assert found == ["0", 2, "1", 4, "2", "a", 3, "c"]


@pytest.mark.parametrize(
    "damaged",
    [b"\x81\x8d\x00\x01", b'\x81"\x8d\x00', b'\x81 ""\x8d"" \x00', b'\x81 a, b\x8d"\x00\x01, c'],
    ids=["no quote", "a quote", "doubled quotes", "commas"],
)
def test_a_damaged_line_inside_a_quoted_field_costs_only_its_row(tmp_path: Path, damaged: bytes) -> None:
    table = b'id,text\na,One.\nb,"Two,\n' + damaged + b'\nx,Phantom.\ny,Phantom."\nc,"Three,\nand more."\n'
    put(tmp_path, {"b.csv": table})
    found = [(item.id, item.text) if isinstance(item, Article) else item.line for item in read([tmp_path])]
    assert found == [("a", "One."), 3, ("c", "Three,\nand more.")]


def test_a_table_with_a_damaged_first_row_is_refused(tmp_path: Path) -> None:
    assert "binary" in only_error(put(tmp_path, {"a.csv": b"id,text\x00\x01\x02\x03\na,One.\n"}) / "a.csv").message


@pytest.mark.parametrize("charset", ["undefined", "hex", "idna", "nowhere"])
def test_an_encoding_that_a_page_cannot_have_is_not_believed(tmp_path: Path, charset: str) -> None:
    page = PAGE.format(charset=charset, day="2023-05-10").encode("windows-1252")
    assert "café" in only(put(tmp_path, {"q.html": page}) / "q.html").text


def test_what_a_library_raises_costs_only_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(_: Path) -> Iterator[Row]:
        raise AssertionError("no root\nelement")
        yield

    monkeypatch.setitem(READERS, ".html", broken)
    error, article = read([put(tmp_path, {"a.html": "x", "b.txt": SENTENCE})])
    assert isinstance(error, InputError) and isinstance(article, Article)
    assert (error.id, error.message, error.value) == ("a", "cannot be read: AssertionError", repr("no root\nelement"))


def test_a_file_called_dash_is_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(put(tmp_path, {"-": SENTENCE}))
    monkeypatch.setattr(sys, "stdin", None)
    assert "unknown kind" in only_error("./-").message


def test_a_name_that_is_no_text_is_an_error_only_where_it_would_be_the_id(tmp_path: Path) -> None:
    put(tmp_path, {"a\udc80.jsonl": lines({"id": "x", "text": "One."}, {"text": "Two."})})
    article, error = read([tmp_path])
    assert article.id == "x" and isinstance(error, InputError) and "surrogate" in error.message


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_may_not_be_read_costs_only_itself(tmp_path: Path) -> None:
    (put(tmp_path, {"a.txt": SENTENCE, "b.txt": SENTENCE}) / "a.txt").chmod(0)
    assert [type(item) for item in read([tmp_path])] == [InputError, Article]


def test_a_broken_link_costs_only_itself(tmp_path: Path) -> None:
    put(tmp_path, {"b.txt": SENTENCE})
    (tmp_path / "a.txt").symlink_to("nowhere")
    error, article = read([tmp_path])
    assert isinstance(error, InputError) and "cannot be read" in error.message and isinstance(article, Article)


@pytest.mark.parametrize(
    ("names", "published", "message"),
    [(["nowhere.txt"], None, "no such file"), ([""], None, "no articles"), ([], "5 May", "not a date")],
)
def test_a_run_that_cannot_start_says_so_before_it_reads(tmp_path: Path, names: list[str], published: str | None, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        read([tmp_path / name for name in names], published)
