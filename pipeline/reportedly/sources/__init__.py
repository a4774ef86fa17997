"""Articles in: text, Markdown, saved pages, JSON Lines, CSV, Parquet, folders of these, standard input."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from ..errors import InputError, UsageError
from ..records import MAX_CHARACTERS, Article
from .formats import FIELDS, READERS, Reader, Row, of_table, read_standard_input
from .paths import SUFFIXES, File, find_files
from .published import find_in_dateline, parse_day

__all__ = ["File", "find_files", "from_rows", "read", "read_files"]


def read(paths: Iterable[str | Path], published: str | None = None) -> Iterator[Article | InputError]:
    """The articles of all paths in their order; what cannot be used comes as an InputError in its place, and the rest goes on.

    `published` (YYYY-MM-DD) dates the articles that carry no date of their own. Of articles with the same id the first is
    kept. Raises UsageError, before anything is read, for a path that does not exist, a folder without articles, a wrong `published`.
    """
    return read_files(find_files(paths), published)


def read_files(files: Iterable[File], published: str | None = None) -> Iterator[Article | InputError]:
    """The articles of files that `find_files` found, as `read` gives them."""
    return _read(files, _day(published))


def from_rows(rows: Iterable[Mapping[str, Any]], published: str | None = None) -> Iterator[Article | InputError]:
    """The articles of rows that were read elsewhere, by the names of their fields; each needs an `id`."""
    day = _day(published)
    for fields in rows:
        row = of_table(fields)
        id_ = row.fields.get("id")
        try:
            if not id_:
                raise InputError("no `id`", value=sorted(fields), remedy="give each article an `id` of its own")
            yield _article(row, File(Path(), id_), day)
        except InputError as error:
            error.id = id_ if isinstance(id_, str) else None
            yield error


def _day(published: str | None) -> str | None:
    day = None if published is None else parse_day(published)
    if published is not None and day is None:
        raise UsageError("not a date", value=published, remedy="--published takes YYYY-MM-DD")
    return day


def _read(files: Iterable[File], published: str | None) -> Iterator[Article | InputError]:
    seen: dict[str, str] = {}
    for file in files:
        for row in _rows(file):
            try:
                article = _article(row, file, published)
                if first := seen.get(article.id):
                    raise InputError(
                        f"a second article with this id; the first is {first}", value=article.id, remedy="give each its own `id`"
                    )
            except InputError as error:
                yield _placed(error, file, row)
            except Exception as error:
                yield _placed(_unforeseen(error), file, row)
            else:
                seen[article.id] = f"{file.path}:{row.line}" if row.line else str(file.path)
                yield article


def _rows(file: File) -> Iterator[Row]:
    """The rows of a file, and a row with the error where it breaks off or holds none."""
    empty = True
    try:
        for row in _reader(file)(file.path):
            empty = False
            yield row
    except InputError as error:
        yield Row(line=error.line, error=error)
    except OSError as error:
        yield Row(error=InputError(f"cannot be read: {error.strerror}", remedy="check the file and its permissions"))
    except Exception as error:
        yield Row(error=_unforeseen(error))
    else:
        if empty:
            yield Row(error=InputError("the file holds no articles", remedy="write one article a line, or leave the file out"))


def _unforeseen(error: Exception) -> InputError:
    """What a library that reads files raises of its own costs only that file."""
    return InputError(
        f"cannot be read: {type(error).__name__}", value=str(error), remedy="mend the file, or save its text as .txt"
    )


def _reader(file: File) -> Reader:
    if file.standard_input:
        return read_standard_input
    if file.kind not in READERS:
        raise InputError("an unknown kind of file", value=file.path.suffix, remedy="articles are " + ", ".join(SUFFIXES))
    return READERS[file.kind]


def _article(row: Row, file: File, published: str | None) -> Article:
    """The article of a row. Raises InputError for anything in it that cannot be used."""
    if row.error:
        raise row.error
    fields = {name: _field(row.fields, name) for name in FIELDS}
    text = _text(row.fields)
    if fields["id"] is None:
        _refuse_surrogates("id", file.id)
    return Article(
        id=fields["id"] or file.id,
        text=text,
        title=fields["title"],
        published=_published(fields["published"]) or find_in_dateline(text) or published,
        url=fields["url"],
        publisher=fields["publisher"],
        path=str(file.path) if file.path.name else "",
        warnings=tuple(row.warnings),
    )


def _field(fields: dict[str, Any], name: str) -> str | None:
    value = fields.get(name)
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise InputError(f"`{name}` is not a string", value=value, remedy=f"write `{name}` in quotes, or leave it out")
    _refuse_surrogates(name, value)
    return value


def _text(fields: dict[str, Any]) -> str:
    text = fields.get("text")
    if text is None:
        raise InputError("no `text`", value=sorted(map(str, fields)), remedy="give each article a `text`")
    if not isinstance(text, str):
        raise InputError("`text` is not a string", value=text, remedy="write `text` as one string")
    if not text.strip():
        raise InputError("empty: no words", value=text, remedy="give the article a text, or leave it out")
    if len(text) > MAX_CHARACTERS:
        raise InputError(f"longer than {MAX_CHARACTERS:,} characters", value=len(text), remedy="split it into its articles")
    _refuse_surrogates("text", text)
    return text


def _refuse_surrogates(name: str, value: str) -> None:
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        problem = f"character {error.start} of `{name}` is half a surrogate pair"
        raise InputError(problem, value=value[error.start], remedy="mend it: it was cut or converted wrongly") from None


def _published(written: str | None) -> str | None:
    if written is None:
        return None
    day = parse_day(written)
    if day is None:
        raise InputError("`published` is not a date", value=written, remedy="write it as YYYY-MM-DD")
    return day


def _placed(error: InputError, file: File, row: Row) -> InputError:
    """The error with its place, and the id that the article has or would have had."""
    own = row.fields.get("id")
    error.id = own if isinstance(own, str) and own else file.id
    error.path = str(file.path)
    error.line = error.line or row.line
    return error
