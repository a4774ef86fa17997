"""How far two annotators agree: the sheets of one scored against those of the other, by the measures that the program is scored by."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from .. import sources
from ..errors import UsageError
from ..exchange.gold import compile_gold
from ..markdown import markdown_table
from ..records import Article, Record
from .documents import Document, of_record
from .fields import fields
from .report import HEADLINES, Figures, figures, shown
from .score import score
from .tally import Tally

LABELS = ("time", "checkable")


def read_articles(folder: Path) -> list[Article]:
    """The articles of a folder. Raises the error of the first that cannot be read."""
    articles = []
    for article in sources.read([folder]):
        if not isinstance(article, Article):
            raise article
        articles.append(article)
    return articles


def read_sheets(folder: Path, articles: Iterable[Article]) -> dict[str, Document]:
    """The sheets of a folder as documents by id. Raises the error of the first that does not fit its article."""
    documents = {}
    for record in compile_gold(folder, {article.id: article for article in articles}):
        if not isinstance(record, Record):
            raise record
        documents[record.id] = of_record(record)
    return documents


def agreement(first: dict[str, Document], second: dict[str, Document]) -> Figures:
    """The second annotator's sheets scored against the first's, of the articles that both annotated."""
    both = [id_ for id_ in first if id_ in second]
    return figures(list(score({id_: first[id_] for id_ in both}, {id_: second[id_] for id_ in both}).values()))


def agreement_table(figures: Figures, articles: int) -> str:
    """The agreement in Markdown."""
    rows = [
        [
            label,
            shown(figure["F1"]),
            f"{shown(figure['low'])}–{shown(figure['high'])}",
            f"{figure['gold'] or 0:.0f}",
            f"{figure['found'] or 0:.0f}",
        ]
        for name, label in HEADLINES.items()
        if (figure := figures.get(name))
    ]
    return markdown_table([f"{articles} articles", "F1 or share, %", "95 %", "first", "second"], rows)


def read_labels(folder: Path) -> dict[str, list[str]]:
    """The labels of a folder by article: a line a claim of the settled sheet, in its order: number, time, checkable.

    Raises UsageError for a line of another form.
    """
    found: dict[str, list[str]] = {}
    for path in sorted(folder.glob("*.txt")):
        found[path.stem] = []
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            parts = line.split()
            if len(parts) != 1 + len(LABELS) or parts[0] != str(number):
                raise UsageError("no labels", path=str(path), line=number, value=line, remedy="write `number time checkable`")
            found[path.stem] += [f"{label}/{value}" for label, value in zip(LABELS, parts[1:], strict=True)]
    return found


def labels_table(first: dict[str, list[str]], second: dict[str, list[str]]) -> str:
    """How far two annotators' labels of the same claims agree, in Markdown."""
    tally = Tally()
    for id_ in first:
        for one, other in zip(first[id_], second[id_], strict=True):
            for value in dict.fromkeys((one, other)):
                tally.pairs(f"claims.{value}", int(one == other), int(other == value), int(one == value))
    rows = [[row.name, f"{row.claims:,}", shown(row.share), f"{row.kappa:.2f}"] for row in fields(tally.counts)]
    return markdown_table(["label", "claims", "agreed, %", "kappa"], rows)


def size_table(documents: dict[str, Document]) -> str:
    """How much an annotated set holds, in Markdown."""
    records = [document.record for document in documents.values() if document.record]
    claims = [claim for record in records for claim in record.claims]
    sizes = {
        "articles": len(records),
        "words": sum(len(record.text.split()) for record in records),
        "attributed claims": sum(claim.kind == "attributed" for claim in claims),
        "of these nested": sum(claim.parent is not None and claim.kind == "attributed" for claim in claims),
        "narrated claims": sum(claim.kind == "narrated" for claim in claims),
        "dates": sum(len(record.dates) for record in records),
        "entities": sum(len(record.entities) for record in records),
        "quantities": sum(len(record.quantities) for record in records),
        "speakers": sum(len(record.speakers) for record in records),
        "challenges": sum(len(claim.challenges) for claim in claims),
    }
    return markdown_table(["", "number"], [[name, f"{size:,}"] for name, size in sizes.items()])
