"""The formats: each reader turns one file into rows as they stand there, one an article; nothing is checked here but the format itself."""

from __future__ import annotations

import csv
import io
import json
import re
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from ..errors import InputError
from .encoding import decode

LONGEST_FRONT_MATTER = 10_000
FRONT_MATTER = re.compile(r"---[ \t]*\r?\n(?P<yaml>.*?)^---[ \t]*(?:\r?\n|\Z)", re.DOTALL | re.MULTILINE)
CHARSET = re.compile(rb"""<meta[^>]{1,200}charset\s*=\s*["']?([\w-]+)""", re.IGNORECASE)
CHARSET_WITHIN = 4096
NULLS = ("", "~", "null")
FIELDS = ("id", "title", "published", "url", "publisher")
STRAY_QUOTE = re.compile(r'""|(?<=[^,])"(?=[^,\r\n])')
"""A quotation mark that neither opens nor closes a field."""
LONGEST_FIELD = 2**31 - 1
"""The csv module refuses fields above 128 KB unless told otherwise; over-long articles are refused later, by name."""
ROWS_AT_ONCE = 256
WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass
class Row:
    """What a file says of one article, unchecked; or why that could not be read. `line` is 1-based, for files that hold many."""

    fields: dict[str, Any] = field(default_factory=dict)
    line: int | None = None
    warnings: list[str] = field(default_factory=list)
    error: InputError | None = None


Reader = Callable[[Path], Iterator[Row]]


class FrontMatterLoader(yaml.BaseLoader):
    """Every scalar stays a string, so that a title may be a number and an impossible date comes back to us.

    Not the loader written in C, which nesting can crash; and without anchors, by which a short text can mean an endless one.
    """

    def compose_node(self, parent: Any, index: Any) -> Any:
        event = self.peek_event()  # type: ignore[no-untyped-call]
        if getattr(event, "anchor", None) is not None:
            raise yaml.composer.ComposerError(None, None, "anchors and aliases are not read", event.start_mark)
        return super().compose_node(parent, index)


def read_standard_input(_: Path) -> Iterator[Row]:
    """One text without front matter."""
    text, warning = decode(sys.stdin.buffer.read())
    yield Row({"text": text}, warnings=_list(warning))


def read_text(path: Path) -> Iterator[Row]:
    """Text with or without YAML front matter between two lines `---`; the text is what follows the closing one."""
    text, warning = decode(path.read_bytes())
    match = FRONT_MATTER.match(text)
    fields = _front_matter(match["yaml"]) if match else {}
    yield Row({**fields, "text": text[match.end() :] if match else text}, warnings=_list(warning))


def _front_matter(source: str) -> dict[str, Any]:
    if len(source) > LONGEST_FRONT_MATTER:
        message = f"the front matter is longer than {LONGEST_FRONT_MATTER:,} characters"
        raise InputError(
            message, value=len(source), remedy="shorten it; a text that begins with --- needs front matter before it"
        )
    try:
        found = yaml.load(source, Loader=FrontMatterLoader)  # noqa: S506 -- makes strings only
    except (yaml.YAMLError, RecursionError) as error:
        mark = getattr(error, "problem_mark", None)
        problem = getattr(error, "problem", None) or "nested too deeply"
        line = mark.line + 2 if mark else None  # the line `---` comes before it
        remedy = "mend it; a value that holds a colon needs quotes"
        raise InputError(f"the front matter is not valid YAML: {problem}", line=line, remedy=remedy) from None
    if found is None or found == "":
        return {}
    if not isinstance(found, dict):
        raise InputError(
            "the front matter is no mapping", value=found, remedy="write `published: 2023-05-10` and the like, or leave it out"
        )
    return {name: None if found[name] in NULLS else found[name] for name in FIELDS if name in found}


def read_html(path: Path) -> Iterator[Row]:
    """A saved page: its article as trafilatura cuts it out, with title, date, publisher and address where the page gives them."""
    data = path.read_bytes()
    declared = CHARSET.search(data, 0, CHARSET_WITHIN)
    html, warning = decode(data, declared[1].decode() if declared else None)
    if not html.strip():
        raise InputError("empty", remedy="save the page again")
    from trafilatura import bare_extraction

    # The date library takes no day after "today" by default: a fixed bound keeps the clock out.
    dates = {"original_date": True, "extensive_search": False, "max_date": "2999-12-31"}
    page = bare_extraction(html, with_metadata=True, include_comments=False, date_extraction_params=dates)
    found: dict[str, Any] = {} if page is None else page if isinstance(page, dict) else page.as_dict()
    if not found.get("text"):
        raise InputError("no article found in the page", remedy="save the article's own page, or its text as .txt")
    fields = {
        "title": found["title"],
        "published": found["date"],
        "publisher": found["sitename"],
        "url": found["url"],
        "text": found["text"],
    }
    yield Row(fields, warnings=_list(warning))


def read_jsonl(path: Path) -> Iterator[Row]:
    """One article a line. A line that is no JSON object costs only itself."""
    import jsonlines

    with Lines(path) as lines:
        reader = jsonlines.Reader(lines, loads=json.loads)
        while True:
            try:
                fields = reader.read(type=dict, skip_empty=True)
            except EOFError:
                return
            except jsonlines.InvalidLineError as error:
                message = str(error.__cause__ or "not a JSON object")
                problem = InputError(f"not valid JSON Lines: {message}", value=error.line, remedy="one JSON object a line")
                yield Row(line=lines.number, error=problem)
            except RecursionError:
                yield Row(line=lines.number, error=InputError("JSON nested too deeply", remedy="one flat JSON object a line"))
            except InputError as error:
                yield Row(line=lines.number, error=error)
            else:
                yield Row(fields, line=lines.number, warnings=lines.take_warnings())


def read_csv(path: Path) -> Iterator[Row]:
    """One article a row, columns by the names of the first row. `line` is the one on which the row begins."""
    csv.field_size_limit(LONGEST_FIELD)
    with Lines(path) as lines:
        damage: list[InputError] = []
        reader = csv.reader(_with_damaged(lines, damage), strict=True)
        columns = _columns(reader, damage)
        while True:
            begin = lines.number + 1
            try:
                values = next(reader)
            except StopIteration:
                return
            except csv.Error as error:
                problem = InputError(f"not valid CSV: {error}", remedy="double the quotes inside a quoted field")
                yield Row(line=begin, error=damage.pop(0) if damage else problem)
                damage.clear()
                continue
            if damage:
                yield Row(line=begin, error=damage[0])
                damage.clear()
            elif len(values) == len(columns):
                fields = {name: value if name == "text" else value or None for name, value in zip(columns, values, strict=True)}
                yield Row(fields, line=begin, warnings=lines.take_warnings())
            elif values:
                message = f"{len(values)} fields under {len(columns)} columns"
                problem = InputError(message, value=values, remedy="put fields that hold a comma in quotes")
                yield Row(line=begin, error=problem)


def read_parquet(path: Path) -> Iterator[Row]:
    """One article a row, columns by their names; `line` counts the rows."""
    try:
        from pyarrow.parquet import ParquetFile
    except ImportError:
        raise InputError("Parquet needs pyarrow", remedy="pip install 'reportedly[parquet]'") from None
    with ParquetFile(path) as file:
        columns = [name for name in file.schema_arrow.names if name in (*FIELDS, "text")]
        batches = file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns)
        for number, fields in enumerate((fields for batch in batches for fields in batch.to_pylist()), 1):
            yield replace(of_table(fields), line=number)


def of_table(fields: Mapping[str, Any]) -> Row:
    """A row of a table with types: days and numbers (ids are often such) as they are written."""
    return Row({name: _written(value) for name, value in fields.items()})


def _written(value: object) -> object:
    if isinstance(value, date):
        return value.isoformat()
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def _with_damaged(lines: Lines, damage: list[InputError]) -> Iterator[str]:
    """The lines of a table. One that is no text goes on as what holds its fields together, and what is wrong with it to `damage`."""
    while True:
        try:
            yield next(lines)
        except StopIteration:
            return
        except InputError as error:
            damage.append(error)
            yield STRAY_QUOTE.sub("", lines.data.decode("latin-1"))


def _columns(reader: Iterator[list[str]], damage: list[InputError]) -> list[str]:
    try:
        columns = [name.strip().lower() for name in next(reader, [])]
    except csv.Error as error:
        raise InputError(f"not valid CSV: {error}", line=1, remedy="double the quotes inside a quoted field") from None
    if damage:
        raise damage[0]
    if "text" not in columns or len(set(columns)) < len(columns):
        message = "the first row must name the columns, `text` among them, none twice"
        raise InputError(message, line=1, value=columns, remedy="add a row of column names")
    return columns


class Lines:
    """The lines of a file, ends included, each decoded by itself, so that one bad line does not spoil the others.

    `number` is that of the last line given out, `data` its bytes. A line that is no text raises InputError, and the next call goes on after it.
    """

    def __init__(self, path: Path) -> None:
        self.number = 0
        self.data = b""
        self._warnings: list[str] = []
        self._file = path.open("rb")
        self._lines: Iterator[bytes] = iter(self._file)
        if self._file.read(2) in WIDE_MARKS:  # the bytes of a line feed are no line feed there
            self._file.seek(0)
            text, warning = decode(self._file.read())
            self._lines = (line.encode() for line in io.StringIO(text, newline="\n"))
            self._warnings += _list(warning)
        else:
            self._file.seek(0)

    def __enter__(self) -> Lines:
        return self

    def __exit__(self, *_: object) -> None:
        self._file.close()

    def __iter__(self) -> Lines:
        return self

    def __next__(self) -> str:
        self.data = next(self._lines)
        self.number += 1
        text, warning = decode(self.data)
        self._warnings += _list(warning)
        return text

    def take_warnings(self) -> list[str]:
        """The warnings of the lines since the last call, each once."""
        taken, self._warnings = list(dict.fromkeys(self._warnings)), []
        return taken


def _list(warning: str | None) -> list[str]:
    return [] if warning is None else [warning]


READERS: dict[str, Reader] = {
    ".txt": read_text, ".md": read_text, ".html": read_html, ".htm": read_html, ".jsonl": read_jsonl, ".csv": read_csv,
    ".parquet": read_parquet,
}  # fmt: skip
