"""The page before it is parsed: paragraphs, quotation marks, headlines; and, once it is parsed, its sentences."""

from __future__ import annotations

from ..findings import Layout
from ..parse import Parse
from ..records import Article, Span
from .headlines import count_cases, sentence_case
from .paragraphs import find_paragraphs, is_title_case
from .quotations import find_quotations
from .sentences import mend_sentences

__all__ = ["find_layout", "sentences_stage", "stage"]


def stage(article: Article) -> Layout:
    """The layout stage."""
    return find_layout(article.text, article.title)


def sentences_stage(article: Article, layout: Layout, parsed: Parse) -> Parse:
    """The sentences stage: the parse over the article's own text, its sentences mended."""
    quoted = [False] * len(parsed)
    for quotation in layout.quotations:
        if quotation.level == 1:
            for index in parsed.tokens(quotation.start, quotation.end):
                quoted[index] = True
    return mend_sentences(parsed.with_text(article.text), quoted)


def find_layout(text: str, title: str | None = None) -> Layout:
    """The layout of an article's text."""
    paragraphs = find_paragraphs(text, title)
    cases = count_cases("\n".join(text[p.start : p.end] for p in paragraphs if p.kind == "body"))
    reading = list[str]()
    at = 0
    for paragraph in paragraphs:
        line = text[paragraph.start : paragraph.end]
        if paragraph.kind == "headline" and is_title_case(line):
            reading += text[at : paragraph.start], sentence_case(line, cases)
            at = paragraph.end
    reading.append(text[at:])
    ranges = tuple(Span(start=paragraph.start, end=paragraph.end) for paragraph in paragraphs)
    return Layout(paragraphs, find_quotations(text, ranges), "".join(reading))
