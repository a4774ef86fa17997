"""Lemma and part of speech as the package's attribute ruler and lemmatizer give them, asked once for each word, tag and relation.

Both look at one word at a time, save for a few patterns of the ruler over two words ("there is", "let us" written short); Docs in which
one of these matches go through the two components themselves. So the result is theirs, at a tenth of their time.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from spacy.attrs import DEP, ORTH, TAG
from spacy.language import Language
from spacy.matcher import Matcher
from spacy.tokens import Doc

RULER, LEMMATIZER = "attribute_ruler", "lemmatizer"
KNOWN = 30_000
"""Words of a generation: when so many are known, those that were not met since the last such moment are forgotten."""
APART = ","
"""Set between words that are asked for together: no pattern over two words has it."""

Key = tuple[int, int, int]
Word = tuple[str, str]
"""Lemma, part of speech."""
Pattern = list[dict[str, Any]]
"""One condition a token, as spaCy's Matcher takes them."""


class Words:
    """The words that a pipeline has met so far. A pipeline without these two components is left as it is: its Docs are read."""

    def __init__(self, nlp: Language) -> None:
        self.nlp = nlp
        there = RULER in nlp.pipe_names and LEMMATIZER in nlp.pipe_names
        self.replaces: list[str] = [RULER, LEMMATIZER] if there else []
        self._known: dict[Key, Word] = {}
        self._older: dict[Key, Word] = {}
        self._openers: set[Key] = set()
        """Words that can begin a pattern over several words."""
        ruler: Any = nlp.get_pipe(RULER) if there else None
        self._lemmatizer: Any = nlp.get_pipe(LEMMATIZER) if there else None
        several = _over_several_words(ruler.patterns) if there else []
        self._several = _matcher(nlp, several)
        self._opening = _matcher(nlp, [pattern[:1] for pattern in several])

    def __len__(self) -> int:
        return len(self._known)

    def of_doc(self, doc: Doc) -> list[Word]:
        """Lemma and part of speech of each token."""
        if not self.replaces:
            return _read(doc)
        if len(self._known) > KNOWN:
            self._age()
        keys = [tuple(row) for row in doc.to_array([ORTH, TAG, DEP]).tolist()]
        known, older = self._known, self._older
        if new := [key for key in dict.fromkeys(keys) if key not in known]:
            known.update((key, older[key]) for key in new if key in older)
            if unknown := [key for key in new if key not in older]:
                self._ask(unknown)
        if not self._openers.isdisjoint(keys) and self._several(doc):
            return _read(self._through(doc))
        return [known[key] for key in keys]

    def _age(self) -> None:
        """Begin a generation: the one before it is asked first, the one before that is forgotten."""
        self._older, self._known = self._known, {}
        self._openers.intersection_update(self._older)
        self._lemmatizer.cache.clear()

    def _ask(self, keys: list[Key]) -> None:
        """Have the components work on the words, each as if it stood alone."""
        strings = self.nlp.vocab.strings
        rows = [(strings[orth], strings[tag], strings[dep]) for orth, tag, dep in keys]
        spaced = [part for row in rows for part in (row, (APART, APART, "punct"))]
        words, tags, deps = (list(column) for column in zip(*spaced, strict=True))
        doc = self._through(Doc(self.nlp.vocab, words=words, tags=tags, deps=deps, heads=list(range(len(words)))))
        self._known.update(zip(keys, _read(doc)[::2], strict=True))
        self._openers.update(keys[start // 2] for _, start, _ in self._opening(doc) if start % 2 == 0)

    def _through(self, doc: Doc) -> Doc:
        for name in self.replaces:
            doc = self.nlp.get_pipe(name)(doc)
        return doc


def _over_several_words(rules: Iterable[dict[str, Any]]) -> list[Pattern]:
    """The patterns of the ruler's rules that are longer than a token."""
    return [pattern for rule in rules for pattern in rule["patterns"] if len(pattern) > 1]


def _matcher(nlp: Language, patterns: list[Pattern]) -> Matcher:
    matcher = Matcher(nlp.vocab)
    if patterns:
        matcher.add("patterns", patterns)
    return matcher


def _read(doc: Doc) -> list[Word]:
    return [(token.lemma_, token.pos_) for token in doc]
