"""Which files the paths of a command mean, in which order, and which id each gives to an article that has none."""

from __future__ import annotations

import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from ..errors import UsageError

SUFFIXES = (".txt", ".md", ".html", ".htm", ".jsonl", ".csv", ".parquet")
STANDARD_INPUT = "-"


@dataclass(frozen=True)
class File:
    """One file to read, or standard input. `id`: what its article is called if it does not say so itself."""

    path: Path
    id: str
    standard_input: bool = False

    @property
    def kind(self) -> str:
        return self.path.suffix.lower()


def find_files(paths: Iterable[str | Path]) -> list[File]:
    """The files of all paths, those of a folder by the code points of their relative path.

    In a folder only files with a known suffix count, hidden ones do not, and links to folders are not followed.
    Raises UsageError for a path that does not exist and for a folder without articles.
    """
    return [file for path in paths for file in _files(path)]


def _files(given: str | Path) -> list[File]:
    path = Path(given)
    if str(given) == STANDARD_INPUT:  # a Path forgets that `./-` is a file
        return [File(path, path.stem, standard_input=True)]
    if not path.is_dir():
        if not os.path.lexists(path):
            raise UsageError("no such file or folder", path=str(path), remedy="check the path")
        return [File(path, path.stem)]
    found = sorted(_walk(path), key=lambda relative: relative.as_posix())
    if not found:
        raise UsageError("this folder holds no articles", path=str(path), remedy="articles are " + ", ".join(SUFFIXES))
    return [File(path / relative, relative.with_suffix("").as_posix()) for relative in found]


def _walk(folder: Path) -> Iterable[Path]:
    for where, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in names:
            if not name.startswith(".") and Path(name).suffix.lower() in SUFFIXES:
                yield (Path(where) / name).relative_to(folder)
