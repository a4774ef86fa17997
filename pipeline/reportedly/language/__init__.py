"""The language package: loading it, tuning it, and turning its Docs into columns. The only room that knows spaCy."""

from __future__ import annotations

import hashlib
import os
import re

# With two BLAS threads a busy machine takes three times the CPU for the same result; numpy reads this when it loads.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext
from functools import lru_cache
from itertools import islice
from pathlib import Path

import spacy
from spacy.attrs import DEP, HEAD, IDX, IS_SPACE, LENGTH, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc

from ..errors import UsageError
from ..parse import Name, Parse
from ..records import Span
from ..rulebook import Package
from .decoding import Decoder, Found, can_decode
from .words import Word, Words

BATCH = 64
NER = "ner"
VOCABULARY = 100_000
"""Strings that a process keeps; from then on those of a batch go with it. The package brings some 85,000, a thousand articles of news 15,000."""
SHORT_VERB = re.compile(r"[b-df-hj-np-tv-z]+[aeiou][bdglmnprtz]")
LONGEST_RUN = 1_000
"""Characters without white space after which a piece is cut: the tokenizer takes quadratic time over such runs."""
RUN = re.compile(rf"\S{{{LONGEST_RUN}}}(?=\S)")


def load(package: Package) -> Language:
    """Load the language package, ready for `parse`.

    Raises UsageError if neither it nor one with the same weights is installed, or if its files are not those that the rules were counted with.
    """
    for name in (package.name, *package.same_weights):
        if spacy.util.is_package(name) and spacy.util.get_package_version(name) == package.version:
            _check_files(name, package)
            nlp = spacy.load(name)
            for _, pipe in nlp.pipeline:
                _use_plain_blas(pipe)
                _make_sets_of_word_lists(pipe)
            return nlp
    remedy = f"pip install {package.name.replace('_', '-')}=={package.version}"
    raise UsageError("the language package is not installed in the model's version", value=package.name, remedy=remedy)


def _check_files(name: str, package: Package) -> None:
    folder = spacy.util.get_package_path(name) / f"{name}-{package.version}"
    found = digest_of_files(folder)
    if found != package.files:
        raise UsageError(
            "the files of the language package are not those that the rules were counted with",
            path=str(folder),
            value=found,
            remedy=f"pip install --force-reinstall --no-deps {name.replace('_', '-')}=={package.version}",
        )


def digest_of_files(folder: Path) -> str:
    """SHA-256 over names and bytes of a language package's weights and tables, in order of their names; not of what only tells about them."""
    total = hashlib.sha256()
    for path in sorted([folder / "tokenizer", *folder.glob("*/**/*")]):
        if path.is_file():
            total.update(f"{path.relative_to(folder).as_posix()}\0".encode())
            total.update(path.read_bytes() + b"\0")
    return total.hexdigest()


def _use_plain_blas(pipe: object) -> None:
    """OpenBLAS by way of numpy is 1.4 times as fast as spaCy's own blis, with the same parses."""
    model = getattr(pipe, "model", None)
    for node in model.walk() if model is not None else ():
        if hasattr(node.ops, "use_blis"):
            node.ops.use_blis = False


def _make_sets_of_word_lists(pipe: object) -> None:
    """The lemmatizer asks whether a word is in lists of up to 57,528 words, one after the other."""
    lookups = getattr(pipe, "lookups", None)
    if lookups is not None and lookups.has_table("lemma_index"):
        index = lookups.get_table("lemma_index")
        for pos, words in list(index.items()):
            index[pos] = frozenset(words)


def parse(nlp: Language, texts: Sequence[tuple[str, Sequence[Span]]]) -> list[Parse]:
    """Parse articles, each (text, paragraphs), paragraph by paragraph in common batches; one Parse an article."""
    pages = [(text, [piece for span in paragraphs for piece in _pieces(text, span)]) for text, paragraphs in texts]
    known = reader(nlp)
    with nullcontext() if len(nlp.vocab.strings) < VOCABULARY else nlp.memory_zone():
        read = known.read(text[start:end] for text, pieces in pages for start, end in pieces)
        return [_columns(text, [start for start, _ in pieces], read) for text, pieces in pages]


@lru_cache(maxsize=2)
def reader(nlp: Language) -> Reader:
    """The reader of a loaded package, made once: it keeps the words that it has met."""
    return Reader(nlp)


class Reader:
    """A loaded package that reads: what some of its components do is done by `Words` and `Decoder`, with the same result."""

    def __init__(self, nlp: Language) -> None:
        self.nlp, self.words = nlp, Words(nlp)
        ner = nlp.get_pipe(NER) if NER in nlp.pipe_names else None
        self.decoder = Decoder(ner) if can_decode(ner) else None
        self.disable = [*self.words.replaces, *([NER] if self.decoder else [])]

    def read(self, texts: Iterable[str]) -> Iterator[tuple[Doc, list[Word], list[Found]]]:
        """Each text parsed, with lemma and part of speech of each token, and its names."""
        docs = self.nlp.pipe(texts, batch_size=BATCH, disable=self.disable)
        while batch := list(islice(docs, BATCH)):
            names = self.decoder(batch) if self.decoder else [[(e.start, e.end, e.label_) for e in doc.ents] for doc in batch]
            for doc, found in zip(batch, names, strict=True):
                yield doc, self.words.of_doc(doc), found


def _pieces(text: str, span: Span) -> Iterator[tuple[int, int]]:
    """A paragraph, cut after each `LONGEST_RUN` characters without white space."""
    start = span.start
    for run in RUN.finditer(text, span.start, span.end):
        yield start, run.end()
        start = run.end()
    yield start, span.end


def _columns(text: str, starts: Iterable[int], read: Iterator[tuple[Doc, list[Word], list[Found]]]) -> Parse:
    """The columns of an article made of pieces that begin at the offsets: the next ones that were read."""
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
    for offset in starts:
        doc, known, found = next(read)
        strings = doc.vocab.strings
        rows = doc.to_array([IS_SPACE, IDX, LENGTH, TAG, DEP, HEAD, SENT_START]).tolist()
        number: dict[int, int] = {}
        for index, row in enumerate(rows):
            if not row[0]:
                number[index] = len(word) + len(number)
        first, piece = len(word), doc.text
        for index, place in number.items():
            _, begins, length, tag_id, dep_id, head_step, opens = rows[index]
            if opens == 1 and place > first:
                sentences.append((first, place))
                first = place
            text_of_word = piece[begins : begins + length]
            base, kind = known[index]
            word.append(text_of_word)
            lemma.append(_mended(base, text_of_word))
            pos.append(kind)
            tag.append(strings[tag_id])
            dep.append(strings[dep_id])
            heads.append(number.get(index + _signed(head_step), place))
            start.append(offset + begins)
            end.append(offset + begins + length)
        if len(word) > first:
            sentences.append((first, len(word)))
        for begins, ends, label in found:
            inside = [number[i] for i in range(begins, ends) if i in number]
            if inside:
                names.append(Name(inside[0], inside[-1] + 1, label))
    return Parse(text, word, lemma, pos, tag, dep, heads, start, end, sentences, names)


def _mended(lemma: str, word: str) -> str:
    """The lemma, with the final e that the language package takes from short verbs: "hoped" is "hope", since "hop" would be doubled."""
    short = len(lemma) in (3, 4) and SHORT_VERB.fullmatch(lemma)
    return f"{lemma}e" if short and word.lower() in (f"{lemma}ed", f"{lemma}ing") else lemma


def _signed(value: int) -> int:
    """`to_array` gives unsigned 64-bit numbers; a head to the left is negative."""
    return value - (1 << 64) if value >= 1 << 63 else value
