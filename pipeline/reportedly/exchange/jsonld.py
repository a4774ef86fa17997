"""Records as JSON-LD: schema.org's Claim, Quotation and NewsArticle, with W3C Web Annotation selectors for their places. No verdict is ever given."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from ..records import Claim, Record, Span, Speaker

CONTEXT: dict[str, Any] = {
    "@vocab": "https://schema.org/",
    "oa": "http://www.w3.org/ns/oa#",
    "url": {"@id": "https://schema.org/url", "@type": "@id"},
    "sameAs": {"@id": "https://schema.org/sameAs", "@type": "@id"},
    "datePublished": {"@id": "https://schema.org/datePublished", "@type": "http://www.w3.org/2001/XMLSchema#date"},
}
KINDS = {
    "person": "Person",
    "organisation": "Organization",
    "group": "Organization",
    "document": "CreativeWork",
    "unnamed": "Person",
}
AROUND = 32
"""Characters before and after a place that a text-quote selector gives to find it again."""


def to_jsonld(records: Iterable[Record]) -> bytes:
    """One graph with an article, its speakers and its claims for each record. Positions count UTF-16 code units, as Web Annotation tools do."""
    graph = [node for record in records for node in _nodes(record)]
    return (json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def utf16(text: str, offset: int) -> int:
    """An offset in code points as one in UTF-16 code units."""
    return len(text[:offset].encode("utf-16-le")) // 2


def _nodes(record: Record) -> Iterable[dict[str, Any]]:
    article = f"urn:reportedly:{quote(record.id, safe='')}"
    yield _filled(
        {
            "@id": article,
            "@type": "NewsArticle",
            "headline": record.title,
            "datePublished": record.published[:10] if record.published else None,
            "url": record.url if record.url and record.url.startswith(("http://", "https://")) else None,
            "publisher": {"@type": "Organization", "name": record.publisher} if record.publisher else None,
        }
    )
    for speaker in record.speakers:
        yield _speaker(article, speaker)
    for claim in record.claims:
        yield _claim(article, record.text, claim)


def _speaker(article: str, speaker: Speaker) -> dict[str, Any]:
    known = speaker.identity if speaker.identity and speaker.identity.startswith("http") else None
    return _filled(
        {
            "@id": f"{article}#{speaker.id}",
            "@type": KINDS[speaker.kind],
            "name": speaker.name,
            "sameAs": known,
            "identifier": None if known else speaker.identity,
        }
    )


def _claim(article: str, text: str, claim: Claim) -> dict[str, Any]:
    speaker = claim.source.speaker if claim.source else None
    said = claim.quote == "direct"
    return _filled(
        {
            "@id": f"{article}#{claim.id}",
            "@type": ["Claim", "Quotation"] if said else "Claim",
            "text": claim.reading,
            "isPartOf": {"@id": article},
            "spokenByCharacter" if said else "creator": {"@id": f"{article}#{speaker}"} if speaker else None,
            "oa:hasTarget": {
                "oa:hasSource": {"@id": article},
                "oa:hasSelector": [selector for span in claim.content.spans for selector in _selectors(text, span)],
            },
        }
    )


def _selectors(text: str, span: Span) -> Iterable[dict[str, Any]]:
    yield {"@type": "oa:TextPositionSelector", "oa:start": utf16(text, span.start), "oa:end": utf16(text, span.end)}
    yield {
        "@type": "oa:TextQuoteSelector",
        "oa:exact": text[span.start : span.end],
        "oa:prefix": text[max(0, span.start - AROUND) : span.start],
        "oa:suffix": text[span.end : span.end + AROUND],
    }


def _filled(node: dict[str, Any]) -> dict[str, Any]:
    """Without what is not known."""
    return {key: value for key, value in node.items() if value is not None}
