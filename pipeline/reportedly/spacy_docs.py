"""For users of spaCy: records as Docs with span groups, as a DocBin, and the pipeline as a component of theirs (`nlp.add_pipe("reportedly")`)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc, DocBin, Span

from .records import Article, Record, Spans, from_json, to_json
from .stages import Pipeline

GROUPS = ("sources", "cues", "contents", "entities", "dates", "quantities")
"""The span groups, in `doc.spans`. A span's `label_` is what it is (act, kind of claim, label, type, unit), its `id_` that of the claim or item."""
EXTENSION = "reportedly"


def to_docbin(records: Iterable[Record]) -> bytes:
    """All records as Docs over a blank English tokenizer, with the span groups, and each record as JSON in `doc.user_data`."""
    nlp = spacy.blank("en")
    bin_ = DocBin(store_user_data=True)
    for record in records:
        doc = nlp.make_doc(record.text)
        set_spans(doc, record)
        doc.user_data[EXTENSION] = to_json(record)
        bin_.add(doc)
    return bin_.to_bytes()


def from_docbin(data: bytes) -> Iterator[Record]:
    """The records of a DocBin that `to_docbin` made. Raises ValueError for bytes that are none, KeyError for Docs without a record."""
    for doc in DocBin().from_bytes(data).get_docs(spacy.blank("en").vocab):
        yield from_json(doc.user_data[EXTENSION])


def set_spans(doc: Doc, record: Record) -> None:
    """Fill the span groups of a Doc over the record's text; a span that cuts a token is widened to the whole of it."""
    found: dict[str, list[Span]] = {name: [] for name in GROUPS}

    def add(group: str, start: int, end: int, label: str, id_: str) -> None:
        span = doc.char_span(start, end, label=label, span_id=id_, alignment_mode="expand")
        if span is not None:
            found[group].append(span)

    def add_all(group: str, spans: Spans, label: str, id_: str) -> None:
        for span in spans:
            add(group, span.start, span.end, label, id_)

    for claim in record.claims:
        add_all("contents", claim.content.spans, claim.kind, claim.id)
        if claim.cue:
            add_all("cues", claim.cue.spans, claim.cue.act, claim.id)
        if claim.source:
            add_all("sources", claim.source.spans, claim.source.speaker or "", claim.id)
    for entity in record.entities:
        add("entities", entity.start, entity.end, entity.label, entity.id)
    for date in record.dates:
        add("dates", date.start, date.end, date.type, date.id)
    for quantity in record.quantities:
        add("quantities", quantity.start, quantity.end, quantity.unit or "", quantity.id)
    for name, spans in found.items():
        doc.spans[name] = spans


class Component:
    """Works a Doc's text through and hangs the record on it: `doc._.reportedly`, and the span groups. The Doc's own annotation is not touched.

    The publication date is taken from `doc.user_data["published"]` (YYYY-MM-DD), where it is set.
    """

    def __init__(self, pipeline: Pipeline) -> None:
        self.pipeline = pipeline

    def __call__(self, doc: Doc) -> Doc:
        published = doc.user_data.get("published")
        article = Article(id=str(doc.user_data.get("id", "doc")), text=doc.text, published=published)
        record = self.pipeline.record(article)
        doc._.set(EXTENSION, record)
        set_spans(doc, record)
        return doc


@Language.factory("reportedly", assigns=["doc._.reportedly"])
def component(nlp: Language, name: str) -> Any:  # noqa: ARG001
    """The factory behind `nlp.add_pipe("reportedly")`."""
    if not Doc.has_extension(EXTENSION):
        Doc.set_extension(EXTENSION, default=None)
    return Component(Pipeline())
