"""Parses kept between runs, by the text and the language package that they were made of: a run with other rules need not parse again.

One SQLite file, which several processes may use at once. It never changes a result: what cannot be read is parsed anew.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import zlib
from collections.abc import Sequence
from pathlib import Path

from .errors import UsageError
from .parse import Name, Parse
from .records import Span

FILE = "parses.sqlite"
MEGABYTE = 1_000_000
DEFAULT_MEGABYTES = 2_000
PATIENCE = 60.0
"""Seconds to wait while another process writes."""
COLUMNS = ("lemma", "pos", "tag", "dep", "head", "start", "end", "sentences")
TABLE = "CREATE TABLE IF NOT EXISTS parses (number INTEGER PRIMARY KEY AUTOINCREMENT, key BLOB UNIQUE, size INTEGER, value BLOB)"

Page = tuple[str, Sequence[Span]]
"""What is parsed: the text, and its pieces."""


class ParseCache:
    """The parses in a folder. `maker` says what makes them (language package, its weights, spaCy); of more than `megabytes` the oldest go."""

    def __init__(self, folder: Path, maker: str, megabytes: int = DEFAULT_MEGABYTES) -> None:
        self.maker, self.limit = maker, megabytes * MEGABYTE
        try:
            folder.mkdir(parents=True, exist_ok=True)
            self.base = sqlite3.connect(folder / FILE, timeout=PATIENCE, isolation_level=None)
            self.base.execute("PRAGMA journal_mode=WAL")
            self.base.execute("PRAGMA synchronous=OFF")
            self.base.execute(TABLE)
        except (OSError, sqlite3.Error) as error:
            raise UsageError(
                f"the cache cannot be used: {error}", path=str(folder), remedy="name another folder, or remove the file in it"
            ) from None

    def get(self, page: Page) -> Parse | None:
        """The parse of a page, None where it is not there or cannot be read."""
        try:
            row = self.base.execute("SELECT value FROM parses WHERE key = ?", (self._key(page),)).fetchone()
            return _decoded(page[0], row[0]) if row else None
        except (sqlite3.Error, ValueError, KeyError, TypeError, zlib.error):
            return None

    def put(self, pages: Sequence[Page], parses: Sequence[Parse]) -> None:
        """Keep parses; what cannot be written is not kept."""
        rows = [
            (self._key(page), len(value), value)
            for page, parse in zip(pages, parses, strict=True)
            for value in (_encoded(parse),)
        ]
        try:
            self.base.execute("BEGIN IMMEDIATE")
            self.base.executemany("INSERT OR REPLACE INTO parses (key, size, value) VALUES (?, ?, ?)", rows)
            self._make_room()
            self.base.execute("COMMIT")
        except sqlite3.Error:
            if self.base.in_transaction:
                self.base.execute("ROLLBACK")

    def _make_room(self) -> None:
        (size,) = self.base.execute("SELECT total(size) FROM parses").fetchone()
        while size > self.limit:
            number, freed = self.base.execute("SELECT number, size FROM parses ORDER BY number LIMIT 1").fetchone()
            self.base.execute("DELETE FROM parses WHERE number = ?", (number,))
            size -= freed

    def _key(self, page: Page) -> bytes:
        text, pieces = page
        told = json.dumps([self.maker, [[piece.start, piece.end] for piece in pieces]])
        return hashlib.sha256(f"{told}\n{text}".encode("utf-8", "surrogatepass")).digest()


def _encoded(parse: Parse) -> bytes:
    columns = [getattr(parse, name) for name in COLUMNS]
    return zlib.compress(json.dumps([*columns, parse.names], separators=(",", ":")).encode(), 1)


def _decoded(text: str, value: bytes) -> Parse:
    lemma, pos, tag, dep, head, start, end, sentences, names = json.loads(zlib.decompress(value))
    word = [text[first:last] for first, last in zip(start, end, strict=True)]
    spans = [(first, last) for first, last in sentences]
    return Parse(text, word, lemma, pos, tag, dep, head, start, end, spans, [Name(*name) for name in names])
