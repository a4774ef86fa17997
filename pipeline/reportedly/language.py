"""The language package: loading it, tuning it, and turning its Docs into columns. The only module that knows spaCy."""

from __future__ import annotations

import os
import re

# With two BLAS threads a busy machine takes three times the CPU for the same result; numpy reads this when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Iterable, Iterator, Sequence

import spacy
from spacy.attrs import DEP, HEAD, LEMMA, LENGTH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from .errors import UsageError
from .parse import Name, Parse
from .records import Span
from .rulebook import Package

BATCH = 64
SHORT_VERB = re.compile(r"[b-df-hj-np-tv-z]+[aeiou][bdglmnprtz]")
LONGEST_RUN = 1_000
"""Characters without white space after which a piece is cut: the tokenizer takes quadratic time over such runs."""
RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")


def load(package: Package) -> Language:
    """Load the language package, ready for `parse`. Raises UsageError if neither it nor one with the same weights is installed."""
    for name in (package.name, *package.same_weights):
        if spacy.util.is_package(name) and spacy.util.get_package_version(name) == package.version:
            nlp = spacy.load(name)
            for _, pipe in nlp.pipeline:
                _use_plain_blas(pipe)
            return nlp
    remedy = f"pip install {package.name.replace('_', '-')}=={package.version}"
    raise UsageError("the language package is not installed in the model's version", value=package.name, remedy=remedy)


def _use_plain_blas(pipe: object) -> None:
    """OpenBLAS by way of numpy is 1.4 times as fast as spaCy's own blis, with the same parses."""
    model = getattr(pipe, "model", None)
    for node in model.walk() if model is not None else ():
        if hasattr(node.ops, "use_blis"):
            node.ops.use_blis = False


def parse(nlp: Language, texts: Sequence[tuple[str, Sequence[Span]]]) -> Iterator[Parse]:
    """Parse articles, each (text, paragraphs), paragraph by paragraph in common batches; yields one Parse an article."""
    pages = [(text, [piece for span in paragraphs for piece in _pieces(text, span)]) for text, paragraphs in texts]
    docs = nlp.pipe((text[start:end] for text, pieces in pages for start, end in pieces), batch_size=BATCH)
    for text, pieces in pages:
        yield columns(text, ((start, next(docs)) for start, _ in pieces))


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """A paragraph, cut after each `LONGEST_RUN` characters without white space."""
    start = span.start
    for run in RUN.finditer(text, span.start, span.end):
        yield start, run.end()
        start = run.end()
    yield start, span.end


def columns(text: str, docs: Iterable[tuple[int, Doc]]) -> Parse:
    """The columns of an article made of parsed pieces, each with the offset at which it begins."""
    word: list[str] = []
    lemma: list[str] = []
    pos: list[str] = []
    tag: list[str] = []
    dep: list[str] = []
    heads: list[int] = []
    start: list[int] = []
    end: list[int] = []
    sentences: list[tuple[int, int]] = []
    names: list[Name] = []
    for offset, doc in docs:
        strings = doc.vocab.strings
        rows = doc.to_array([LEMMA, POS, TAG, DEP, HEAD, SENT_START, LENGTH]).tolist()
        number, kept = {}, len(word)
        for index, token in enumerate(doc):
            if not token.is_space:
                number[index] = kept
                kept += 1
        first = len(word)
        for index, place in number.items():
            lemma_id, pos_id, tag_id, dep_id, head_step, opens, length = rows[index]
            token = doc[index]
            if opens == 1 and place > first:
                sentences.append((first, place))
                first = place
            word.append(token.text)
            lemma.append(_mended(strings[lemma_id], token.text))
            pos.append(strings[pos_id])
            tag.append(strings[tag_id])
            dep.append(strings[dep_id])
            heads.append(number.get(index + _signed(head_step), place))
            start.append(offset + token.idx)
            end.append(offset + token.idx + length)
        if len(word) > first:
            sentences.append((first, len(word)))
        for entity in doc.ents:
            inside = [number[i] for i in range(entity.start, entity.end) if i in number]
            if inside:
                names.append(Name(inside[0], inside[-1] + 1, entity.label_))
    return Parse(text, word, lemma, pos, tag, dep, heads, start, end, sentences, names)


def _mended(lemma: str, word: str) -> str:
    """The lemma, with the final e that the language package takes from short verbs: "hoped" is "hope", since "hop" would be doubled."""
    short = len(lemma) in (3, 4) and SHORT_VERB.fullmatch(lemma)
    return f"{lemma}e" if short and word.lower() in (f"{lemma}ed", f"{lemma}ing") else lemma


def _signed(value: int) -> int:
    """`to_array` gives unsigned 64-bit numbers; a head to the left is negative."""
    return value - (1 << 64) if value >= 1 << 63 else value
