"""Records in: the JSON Lines that the command writes, and the gold."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import jsonlines

from ..errors import RecordError, UsageError
from ..records import Record, from_json


def read_records(path: Path) -> Iterator[Record]:
    """The records of a file, each checked. Raises UsageError for a file that cannot be read, RecordError with file and line for a bad line."""
    try:
        with jsonlines.open(path) as reader:
            for number, row in enumerate(reader.iter(type=dict), 1):
                yield from_json(row, path=str(path), number=number)
    except jsonlines.InvalidLineError as error:
        raise RecordError(
            "not a JSON object", path=str(path), line=error.lineno, value=error.line, remedy="one record a line"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(
            f"cannot be read: {error}", path=str(path), remedy="name a file that `reportedly extract` wrote"
        ) from None
