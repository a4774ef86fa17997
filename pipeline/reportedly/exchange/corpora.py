"""Public corpora in their own formats, as the plain forms that `reportedly evaluate`, `count` and `sieves` read: PolNeAR, TempEval-3, GUM."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from ..errors import InputError, UsageError

Row = dict[str, Any]
SPLITS = ("train", "dev", "test")
PARTS = {"Source": "source", "Cue": "cue", "Content": "content"}
ENTITY = re.compile(r"\((?P<open>[^()]+)(?P<single>\))?|(?P<close>[^()]+)\)")
DATE = re.compile(r'<date when:::"([^"]*)">|</date>')
REMEDY = "name the folder of the corpus as it was published"


def read_polnear(folder: Path) -> Iterator[Row]:
    """PolNeAR's articles: `text/NAME.txt` with the brat file of the first annotator. `folder` is a split, or holds `data/train`, `data/dev` …"""
    splits = [found for name in SPLITS if (found := folder / "data" / name).is_dir()] or [folder]
    known = _metadata(
        next((path for path in (folder / "data" / "metadata.tsv", folder.parent / "metadata.tsv") if path.exists()), None)
    )
    for split in splits:
        for text_file in sorted((split / "text").glob("*.txt")):
            annotators = sorted((split / "attributions").glob(f"{_literal(text_file.stem)}_*.ann"))
            if annotators:
                text = _read(text_file)
                yield {
                    "id": text_file.stem,
                    "text": text,
                    **known.get(text_file.stem, {}),
                    "attributions": _attributions(annotators[0]),
                }


def _literal(name: str) -> str:
    return re.sub(r"([*?[])", r"[\1]", name)


def _metadata(path: Path | None) -> dict[str, Row]:
    """By article what the corpus says of it; empty without its table."""
    if path is None:
        return {}
    with path.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    names = {"publisher": "publisher", "title": "title", "publication_date": "published"}
    return {
        row["filename"].removesuffix(".txt"): {ours: row[theirs] for theirs, ours in names.items() if row.get(theirs)}
        for row in rows
    }


def _attributions(path: Path) -> list[Row]:
    spans: dict[str, list[list[int]]] = {}
    found: list[Row] = []
    for number, line in enumerate(_read(path).split("\n"), 1):
        parts = line.rstrip("\r").split("\t")
        try:
            if line[:1] == "T":
                spans[parts[0]] = [
                    [int(a), int(b)] for a, b in (piece.split(" ") for piece in parts[1].partition(" ")[2].split(";"))
                ]
            elif line[:1] == "E":
                found.append(_attribution(parts[1].split(), spans))
        except (ValueError, IndexError, KeyError) as error:
            raise InputError(f"not in brat's form: {error}", path=str(path), line=number, value=line, remedy=REMEDY) from None
    return sorted(found, key=lambda row: sorted(row["cue"] + row["content"] + row["source"]))


def _attribution(roles: list[str], spans: dict[str, list[list[int]]]) -> Row:
    row: Row = {part: [] for part in PARTS.values()}
    for role, mark in (role.split(":") for role in roles):
        if part := PARTS.get(role.rstrip("0123456789")):
            row[part] = sorted(row[part] + spans[mark])
    return row


def read_tempeval(folder: Path) -> Iterator[Row]:
    """TimeML files of TempEval-3: the text of `<TEXT>` with its TIMEX3s; the creation time is the day of publication."""
    for path in sorted(folder.rglob("*.tml")):
        try:
            root = ElementTree.parse(path).getroot()  # noqa: S314 -- expat has limited entities since 2.4.1
        except ElementTree.ParseError as error:
            raise InputError(f"not TimeML: {error}", path=str(path), remedy=REMEDY) from None
        body = root.find("TEXT")
        if body is None:
            raise InputError("no <TEXT>", path=str(path), remedy=REMEDY)
        text = "".join(body.itertext())
        created = root.find("DCT/TIMEX3")
        yield {
            "id": (root.findtext("DOCID") or path.stem).strip(),
            "text": text,
            "published": None if created is None else created.get("value", "")[:10] or None,
            "timexes": list(_timexes(body, text)),
        }


def _timexes(body: ElementTree.Element, text: str) -> Iterator[Row]:
    def walk(node: ElementTree.Element, at: int) -> Iterator[tuple[ElementTree.Element, int, int]]:
        start, at = at, at + len(node.text or "")
        for child in node:
            yield from walk(child, at)
            at += len("".join(child.itertext())) + len(child.tail or "")
        yield node, start, at

    found = [(start, end, node) for node, start, end in walk(body, 0) if node.tag == "TIMEX3"]
    for start, end, node in sorted(found, key=lambda item: item[:2]):
        words = text[start:end]
        start, end = start + len(words) - len(words.lstrip()), end - len(words) + len(words.rstrip())
        yield {
            "start": start,
            "end": end,
            "type": node.get("type"),
            "value": node.get("value"),
            "mod": node.get("mod"),
            "text": text[start:end],
        }


def read_gum(folder: Path) -> Iterator[Row]:
    """GUM's news articles (`dep/GUM_news_NAME.conllu`): the text with chains of mentions and dates."""
    for path in sorted(folder.rglob("GUM_news_*.conllu")):
        yield _Gum(path).row()


class _Gum:
    """One file of CoNLL-U, read line by line into a text with marks."""

    def __init__(self, path: Path) -> None:
        self.path, self.text, self.glue = path, "", True
        self.order = "GRP-etype-infstat-salience-centering-minspan-link-identity".split("-")
        self.about: dict[str, str] = {}
        self.opened: dict[str, list[tuple[int, dict[str, str]]]] = {}
        self.mentions: list[Row] = []
        self.dates: list[Row] = []
        self.dated: list[tuple[int, str]] = []
        self.joined_to = 0

    def row(self) -> Row:
        for number, line in enumerate(_read(self.path).split("\n"), 1):
            try:
                self._line(line)
            except (ValueError, IndexError, KeyError) as error:
                raise InputError(
                    f"not GUM's CoNLL-U: {error}", path=str(self.path), line=number, value=line, remedy=REMEDY
                ) from None
        published = self.about.get("dateCreated")
        mentions = sorted(self.mentions, key=lambda mention: (mention["start"], -mention["end"]))
        return {
            "id": self.path.stem, "title": self.about.get("title"), "published": published, "text": self.text,
            "mentions": mentions, "dates": self.dates,
        }  # fmt: skip

    def _line(self, line: str) -> None:
        if line.startswith("# global.Entity ="):
            self.order = line.partition("=")[2].strip().split("-")
        elif line.startswith("# meta::"):
            name, _, value = line.removeprefix("# meta::").partition("=")
            self.about[name.strip()] = value.strip()
        elif line.startswith("# newpar") and self.text and not line.startswith("# newpar_block"):
            self.text, self.glue = self.text.rstrip(" ") + "\n\n", True
        elif line and not line.startswith("#"):
            self._token(line.split("\t"))

    def _token(self, columns: list[str]) -> None:
        id_, form, misc = columns[0], columns[1], dict(part.partition("=")[::2] for part in columns[9].split("|"))
        if "-" in id_:  # "14-15 world's": its parts stand together
            self.joined_to = int(id_.split("-")[1])
        elif "." in id_:
            return
        start = len(self.text) if self.glue else len(self.text) + 1
        if "-" not in id_:
            self.text += ("" if self.glue else " ") + form
            self._marks(misc, start)
            self.glue = misc.get("SpaceAfter") == "No" or int(id_) < self.joined_to

    def _marks(self, misc: dict[str, str], start: int) -> None:
        for match in DATE.finditer(misc.get("XML", "")):
            if match[1] is not None:
                self.dated.append((start, match[1]))
        closing = []
        for match in ENTITY.finditer(misc.get("Entity", "")):
            if match["open"]:
                values = dict(zip(self.order, match["open"].split("-", len(self.order) - 1), strict=False))
                self.opened.setdefault(values["GRP"], []).append((start, values))
                if match["single"]:
                    closing.append(values["GRP"])
            else:
                closing.append(match["close"])
        for chain in closing:
            began, values = self.opened[chain].pop()
            told = {"chain": chain, "type": values["etype"], "identity": values.get("identity") or None}
            self.mentions.append({"start": began, "end": len(self.text), **told, "text": self.text[began:]})
        for match in DATE.finditer(misc.get("XML", "")):
            if match[1] is None and self.dated:
                began, when = self.dated.pop()
                self.dates.append({"start": began, "end": len(self.text), "when": when, "text": self.text[began:]})


def _read(path: Path) -> str:
    try:
        return path.read_bytes().decode("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot be read: {error}", path=str(path), remedy=REMEDY) from None


READERS: dict[str, Callable[[Path], Iterator[Row]]] = {"polnear": read_polnear, "tempeval": read_tempeval, "gum": read_gum}


def read_corpus(form: str, folder: Path) -> list[Row]:
    """The articles of a corpus folder. Raises UsageError for one that holds none, InputError with file and line for what is out of form."""
    rows = list(READERS[form](folder))
    if not rows:
        raise UsageError(f"holds no articles of {form}", path=str(folder), remedy=REMEDY)
    return rows
