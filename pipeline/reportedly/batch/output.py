"""The files of a run: the output, its errors, and the part that is finished while the run goes on.

Finished records are appended, whole lines, to `OUT.part`. The output itself is replaced once, at the end, by a file that is complete:
by `OUT.part` where that holds all records in order, else by one assembled from it and from the output before.
`OUT.manifest.json` says what the records of the output were made with, `OUT.manifest.json.part` the same of the part: a run that is
continued takes over only what was made with the same.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any

from ..errors import UsageError
from ..exchange.manifest import manifest_path, read_manifest, write_manifest
from ..records import SCHEMA, Article, digest
from .work import Failure

RUN = "run"
"""The key of a manifest under which the last run left its counts."""
OTHER = b"made with something else"
"""In place of the fingerprint of a record that has another stamp."""


@dataclass(frozen=True, slots=True)
class Place:
    """A finished record: the bytes `start` to `end` (exclusive, newline included) of the output (`old`) or of its part."""

    old: bool
    start: int
    end: int


def errors_path(output: Path) -> Path:
    """`OUT.errors.jsonl` for `OUT.jsonl`."""
    return output.with_name(output.name.removesuffix(".jsonl") + ".errors.jsonl")


def part_path(path: Path) -> Path:
    """The file that takes the place of `path` when all is done."""
    return path.with_name(path.name + ".part")


def refuse_among(output: Path, inputs: Iterable[str | Path]) -> None:
    """Raises UsageError if the output, or a file beside it, is one of the inputs or lies in one: a run would destroy or read it."""
    finished = (output, errors_path(output), manifest_path(output))
    written = [path.resolve() for final in finished for path in (final, part_path(final))]
    for path in map(Path, inputs):
        if path.resolve() in written or (path.is_dir() and output.resolve().is_relative_to(path.resolve())):
            raise UsageError("the output lies among the input", path=str(output), value=str(path), remedy="write it elsewhere")


class Output:
    """A context: opened for one run; whatever ends the run early leaves the old output alone and the part for `resume`."""

    def __init__(self, path: Path, *, stamp: Mapping[str, str], resume: bool, force: bool) -> None:
        self.path = path
        self.part = part_path(path)
        self.stamp = dict(stamp)
        self._check(resume, force)
        self._earlier: dict[str, tuple[bytes, Place]] = {}
        self._places: list[Place] = []
        begun = read_manifest(self._manifest_part) if resume and self.part.exists() else {}
        self._replaces = path.exists() and (force or bool(begun.get("replaces")))
        """Whether nothing of the output before is kept, as --force has it: now, or when the run was begun that is now continued."""
        if resume and path.exists() and not self._replaces:
            self._read_output()
        with self._writing():
            path.parent.mkdir(parents=True, exist_ok=True)
            if not resume or begun.get("stamp", {}) != self.stamp:
                self.part.unlink(missing_ok=True)
            write_manifest(self._manifest_part, {"stamp": self.stamp, "replaces": self._replaces})
            self._file: IO[bytes] = self.part.open("r+b" if self.part.exists() else "w+b")
            self._errors: IO[bytes] = self._errors_part.open("wb")
            self._read_part()

    def _check(self, resume: bool, force: bool) -> None:
        if resume and force:
            raise UsageError("--resume and --force contradict each other", remedy="--resume continues, --force begins anew")
        if self.path.exists() and not self.path.is_file():
            raise UsageError("the output is not a file", path=str(self.path), remedy="name a file, such as run.jsonl")
        if not resume and not force:
            for path, what in ((self.path, "the output exists"), (self.part, "a run that was not finished left its part")):
                if path.exists():
                    raise UsageError(what, path=str(path), remedy="--resume continues it, --force replaces it")

    @property
    def _errors_part(self) -> Path:
        return part_path(errors_path(self.path))

    @property
    def _manifest_part(self) -> Path:
        return part_path(manifest_path(self.path))

    def __enter__(self) -> Output:
        return self

    def __exit__(self, *_: object) -> None:
        for file in (self._file, self._errors):
            with suppress(OSError):  # what `finish` has put in place is on the disk; on a full one the rest cannot be flushed
                file.close()
        self._errors_part.unlink(missing_ok=True)
        if self.part.exists() and not self.part.stat().st_size and not self._replaces:
            self.part.unlink()
        if not self.part.exists():
            self._manifest_part.unlink(missing_ok=True)

    # -- what an earlier run left --------------------------------------------------------------------------------------

    def _read_output(self) -> None:
        """Every record; those of another stamp are found no more, and kept only where no article of this run has their id."""
        made_with = read_manifest(manifest_path(self.path))
        same = {name: value for name, value in made_with.items() if name != RUN} == self.stamp
        with self.path.open("rb") as file:
            for number, (place, line) in enumerate(_lines(file, old=True), 1):
                if not self._remember(place, line):
                    problem = "the output to be continued holds something that is no record"
                    raise UsageError(
                        problem, path=str(self.path), line=number, remedy="name another output, or replace it with --force"
                    )
        if not same:
            self._earlier = {id_: (OTHER, place) for id_, (_, place) in self._earlier.items()}

    def _read_part(self) -> None:
        """What is finished, up to the first line that is no whole record: a run that was killed may have left one."""
        whole = 0
        for place, line in _lines(self._file, old=False):
            if not self._remember(place, line):
                break
            whole = place.end
        self._file.truncate(whole)
        self._file.seek(whole)

    def _remember(self, place: Place, line: bytes) -> bool:
        """Whether the line is a whole record; if so it can be found by its article."""
        try:
            record = json.loads(line) if line.endswith(b"\n") else None
        except (ValueError, RecursionError):
            return False
        if not isinstance(record, dict) or record.get("schema") != SCHEMA or not isinstance(record.get("id"), str):
            return False
        self._earlier[record["id"]] = (_fingerprint(record), place)
        return True

    def finished(self, article: Article) -> Place | None:
        """Where the record of this very article stands, if an earlier run finished it. To be asked once an article."""
        fingerprint, place = self.forget(article.id)
        wanted = article.model_dump(include={"title", "published", "url", "publisher"})
        return place if place and fingerprint == _fingerprint({**wanted, "sha256": digest(article.text)}) else None

    def forget(self, id_: str | None) -> tuple[bytes, Place | None]:
        """An earlier record of this id is not to be kept."""
        return self._earlier.pop(id_ or "", (b"", None))

    # -- what this run brings ------------------------------------------------------------------------------------------

    def add(self, line: str) -> None:
        """A new record."""
        with self._writing():
            start = self._file.tell()
            self._file.write(line.encode("utf-8") + b"\n")
            self._file.flush()
            self._places.append(Place(False, start, self._file.tell()))

    def reuse(self, place: Place) -> None:
        """A record that an earlier run finished."""
        self._places.append(place)

    def fail(self, failure: Failure) -> None:
        """An article without a record."""
        with self._writing():
            row = json.dumps(asdict(failure), ensure_ascii=False)
            self._errors.write(row.encode("utf-8", "backslashreplace") + b"\n")  # half a surrogate becomes its JSON escape

    def finish(self, counts: Mapping[str, Any]) -> int:
        """Put the output and its errors in place; returns how many earlier records were kept that no article of this run asked for.

        `counts` goes into the manifest beside what the records were made with. Raises UsageError rather than mix records of two makers.
        """
        rest = [place for _, place in self._earlier.values()]
        self._refuse_a_mixture()
        with self._writing():
            self._place_errors()
            self._places += rest
            self._file.flush()
            os.fsync(self._file.fileno())
            manifest_path(self.path).unlink(missing_ok=True)  # until the new output has its own, nobody knows what made it
            if self._part_is_output():
                self.part.replace(self.path)
            else:
                self._assemble()
            if self.stamp:
                write_manifest(manifest_path(self.path), {**self.stamp, RUN: {**counts, "kept": len(rest)}})
        return len(rest)

    def _refuse_a_mixture(self) -> None:
        """Raises UsageError where records that would be kept were made with something else than those of this run."""
        others = [id_ for id_, (fingerprint, _) in self._earlier.items() if fingerprint == OTHER]
        if others:
            raise UsageError(
                f"the output holds {len(others):,} records of articles not in this input that were made with something else",
                path=str(self.path),
                value=others[0],
                remedy="go on with --resume and their articles too, name another output, or replace this one with --force",
            )

    def _place_errors(self) -> None:
        """The errors first: a run that dies in between is still unfinished."""
        target = errors_path(self.path)
        if self._errors.tell():
            self._errors.flush()
            self._errors_part.replace(target)
        else:
            target.unlink(missing_ok=True)

    def _part_is_output(self) -> bool:
        end = 0
        for place in self._places:
            if place.old or place.start != end:
                return False
            end = place.end
        return end == self._file.tell()

    def _assemble(self) -> None:
        new = self.path.with_name(self.path.name + ".new")
        with new.open("wb") as out, (self.path if self.path.exists() else self.part).open("rb") as old:
            for place in self._places:
                source = old if place.old else self._file
                source.seek(place.start)
                out.write(source.read(place.end - place.start))
            out.flush()
            os.fsync(out.fileno())
        new.replace(self.path)
        self.part.unlink()

    @contextmanager
    def _writing(self) -> Iterator[None]:
        try:
            yield
        except OSError as error:
            remedy = "mend that and go on with --resume; the output is as it was, and what is finished is kept"
            raise UsageError(f"cannot write the output: {error.strerror}", path=str(self.path), remedy=remedy) from None


def _lines(file: IO[bytes], *, old: bool) -> Iterator[tuple[Place, bytes]]:
    start = 0
    for line in file:
        yield Place(old, start, start + len(line)), line
        start += len(line)


def _fingerprint(fields: dict[str, Any]) -> bytes:
    """What a record depends on besides the program: its text and what is known about the article."""
    known = [fields.get(name) for name in ("sha256", "title", "published", "url", "publisher")]
    return hashlib.sha256(json.dumps(known).encode("utf-8")).digest()
