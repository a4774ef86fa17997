"""Coverage-guided fuzzing of all readers: `make fuzz` runs it for ten minutes. What it finds becomes a row in the readers' tests.

The first byte chooses the format, the rest is the file. Whatever it holds, each article or error must be one that a run can use.

readers.py FOLDER [libFuzzer's options]: FOLDER keeps what was found interesting, and is given a sound file of each format first.
"""

from __future__ import annotations

import io
import sys
import tempfile
from pathlib import Path

import atheris

with atheris.instrument_imports(include=["reportedly", "yaml", "csv", "jsonlines", "charset_normalizer"]):
    from reportedly.batch.work import Failure
    from reportedly.errors import ReportedlyError
    from reportedly.exchange.brat import read_brat
    from reportedly.exchange.label_studio import read_tasks
    from reportedly.exchange.lines import read_records
    from reportedly.records import Article
    from reportedly.sources import File, read_files
    from reportedly.sources.formats import READERS

FOLDER = Path(tempfile.mkdtemp())
OTHERS = {"records.jsonl": read_records, "tasks.json": read_tasks, "a.ann": lambda path: read_brat(path.parent)}
KINDS = [*READERS, *OTHERS]

SAID = "Ada Okoro said it rained."
FRONT = "---\ntitle: Rain\npublished: 2023-05-10\n---\n\n"
SEEDS = {
    ".txt": FRONT + SAID,
    ".html": f"<html><head><meta charset=utf-8><title>Rain</title></head><body><article><p>{SAID * 9}</p></article></body></html>",
    ".jsonl": f'{{"id": "a", "text": "{SAID}", "published": "2023-05-10"}}\n',
    ".csv": f'id,text,published\na,"{SAID} ""Much,"" he said.",2023-05-10\n',
    "records.jsonl": '{"schema": "reportedly/1", "id": "a", "text": "It rained.", "claims": []}\n',
    "tasks.json": '[{"data": {"id": "a", "text": "It rained."}, "annotations": [{"result": []}]}]',
    "a.ann": "T1\tSource 0 9\tAda Okoro\nT2\tCue 10 14\tsaid\nT3\tContent 15 24\tit rained\nE1\tAttribution:T2 Source:T1 Content:T3\n",
}


def plant(folder: Path) -> None:
    """Put a sound file of each format into the folder."""
    import pandas as pd

    table = io.BytesIO()
    pd.DataFrame({"id": ["a"], "text": [SAID]}).to_parquet(table)
    files = {kind: text.encode() for kind, text in SEEDS.items()} | {".parquet": table.getvalue()}
    for kind, data in files.items():
        (folder / f"sound{kind}").write_bytes(bytes([KINDS.index(kind)]) + data)


def read(data: bytes) -> None:
    """Read one file. Raises AssertionError, or whatever a reader should not raise."""
    kind = KINDS[data[0] % len(KINDS)] if data else ".txt"
    path = FOLDER / (kind if kind in OTHERS else f"a{kind}")
    path.write_bytes(data[1:])
    if kind in OTHERS:
        if kind == "a.ann":
            path.with_suffix(".txt").write_bytes(b"Ada Okoro said it rained.\n")
        try:
            list(OTHERS[kind](path))
        except ReportedlyError as error:
            assert error.message and error.remedy
        return
    found = list(read_files([File(path, "a")]))
    assert found, "a file is never passed over in silence"
    for item in found:
        if isinstance(item, Article):
            assert item.id and item.text.strip()
            item.text.encode("utf-8")
        else:
            failure = Failure.of(item, item.id, item.path)
            assert failure.id and failure.error and failure.remedy


if __name__ == "__main__":
    plant(Path(sys.argv[1]))
    atheris.Setup(sys.argv, read)
    atheris.Fuzz()
