"""Records in: the JSON Lines or Parquet that the command writes, and the gold. Files out, whole or not at all."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jsonlines

from ..errors import RecordError, UsageError
from ..records import Record, from_json

PARQUET = ".parquet"
ROWS_AT_ONCE = 256


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file, each checked. Raises UsageError for a file that cannot be read, RecordError with file and line for a bad line."""
    if path.suffix == PARQUET:
        yield from _read_parquet(path)
        return
    number = 0
    try:
        with jsonlines.open(path) as reader:
            for number, row in enumerate(reader.iter(type=dict), 1):
                yield from_json(row, path=str(path), number=number)
    except jsonlines.InvalidLineError as error:
        raise RecordError(
            "not a JSON object", path=str(path), line=error.lineno, value=error.line, remedy="one record a line"
        ) from None
    except UnicodeEncodeError as error:
        problem = f"not a valid record: {error.reason}"
        raise RecordError(
            problem, path=str(path), line=number, remedy="mend the text: half a surrogate pair is no character"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", path=str(path), remedy="name a file that `reportedly extract` wrote"
        ) from None


def _read_parquet(path: Path) -> Iterator[Record]:
    """The records of a run with --engine ray; its failed articles have none."""
    try:
        from pyarrow.dataset import dataset
    except ImportError:
        raise UsageError("Parquet needs pyarrow", remedy="pip install 'reportedly[parquet]'") from None
    try:
        number = 0
        for batch in dataset(path, format="parquet").to_batches(columns=["record"], batch_size=ROWS_AT_ONCE):
            for line in batch.column("record").to_pylist():
                number += 1
                if line is not None:
                    yield from_json(line, path=str(path), number=number)
    except (OSError, ValueError) as error:
        raise UsageError(
            f"cannot be read: {error}", path=str(path), remedy="name what `reportedly extract --engine ray` wrote"
        ) from None


def write_whole(path: Path, data: bytes) -> None:
    """Put `data` in place of the file: whoever reads it, or kills this in between, finds the old file or the new one. Raises OSError."""
    new = path.with_name(path.name + ".new")
    try:
        new.write_bytes(data)
        new.replace(path)
    except OSError:
        new.unlink(missing_ok=True)
        raise
