"""The recognizer's names, worked out for all tokens of a batch at once instead of token by token.

spaCy's recognizer goes through a text from the left and at each token makes the best valid move: begin, continue or end a name, name this
token alone, or go on. Outside a name a move depends on its token alone, inside it on the token and where the name began, so all tokens can
be scored together. It is the package's own network and the same rule of what is valid, and gives the same names, in a quarter of the time:
spaCy takes and gives back the interpreter's lock several times for each token and label (spaCy 3.8.18, seen in a profile of its C code).
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import IS_SPACE, SENT_START
from spacy.pipeline import EntityRecognizer
from spacy.tokens import Doc

Floats = NDArray[np.float32]
Found = tuple[int, int, str]
"""First token, last token (exclusive), label."""
FEATURES = 3
"""Tokens that a state of the recognizer looks at: this one, the first of the name and the one before."""


def can_decode(ner: Any) -> bool:
    """Whether it is a recognizer of the kind that is understood here; others do their own work."""
    if not isinstance(ner, EntityRecognizer) or ner.cfg.get("beam_width") != 1:
        return False
    model = ner.model
    return (
        len(model.layers) == 3
        and model.attrs.get("has_upper")
        and model.layers[1].get_dim("nF") == FEATURES
        and not model.attrs["unseen_classes"]
    )


class Decoder:
    """The names of Docs that are parsed, by a recognizer that `can_decode` accepts."""

    def __init__(self, ner: EntityRecognizer) -> None:
        self.vectors, self.lower, self.upper = ner.model.layers
        names = [ner.moves.get_class_name(number).partition("-") for number in range(ner.moves.n_moves)]
        self.labels = [label for _, _, label in names]
        self.begin, self.inside, self.last, self.unit = (
            np.array([move == wanted and bool(label) for move, _, label in names]) for wanted in "BILU"
        )
        self.out = np.array([move == "O" for move, _, _ in names])
        number = {label: index for index, label in enumerate(dict.fromkeys(self.labels))}
        self.label = np.array([number[label] for label in self.labels])

    def __call__(self, docs: Sequence[Doc]) -> list[list[Found]]:
        """The names of each Doc, in the order of the text; tokens are counted from the Doc's first."""
        rows = [doc.to_array([IS_SPACE, SENT_START]) for doc in docs]
        if not sum(map(len, rows)):
            return [[] for _ in docs]
        flags = np.concatenate(rows)
        ends = np.cumsum([len(doc) for doc in docs])
        stops = np.append(flags[1:, 1] == 1, True)  # a name may not go on after this token
        stops[ends[ends > 0] - 1] = True
        return list(_by_doc(self._names(self._hidden(docs), flags[:, 0] == 1, stops), ends))

    def _hidden(self, docs: Sequence[Doc]) -> Floats:
        """What each token adds to a state, by feature; row 0 stands for no token."""
        return self.lower.predict(self.vectors.predict(list(docs)))  # type: ignore[no-any-return]

    def _scores(self, hidden: Floats, tokens: NDArray[np.intp], starts: NDArray[np.intp] | None) -> Floats:
        """The score of each move at the tokens, inside names that began at `starts` or, without, outside of any."""
        sums = hidden[tokens + 1, 0] + (hidden[0, 1] if starts is None else hidden[starts + 1, 1])
        sums += hidden[0, 2] if starts is None else hidden[tokens, 2]
        sums += self.lower.get_param("b")
        return self.upper.predict(sums.max(axis=-1))  # type: ignore[no-any-return]

    def _names(self, hidden: Floats, spaces: NDArray[np.bool_], stops: NDArray[np.bool_]) -> Iterator[Found]:
        tokens = np.arange(len(spaces))
        scores = self._scores(hidden, tokens, None)
        valid = self.out | (self.unit & ~spaces[:, None]) | (self.begin & ~(spaces | stops)[:, None])
        moves = _best(scores, valid)
        starts = np.flatnonzero(self.begin[moves])
        ends = dict(zip(starts.tolist(), self._ends(hidden, starts, self.label[moves[starts]], stops), strict=True))
        free = 0
        for token in np.flatnonzero(~self.out[moves]).tolist():
            if token >= free:
                free = ends.get(token, token + 1)
                yield token, free, self.labels[moves[token]]

    def _ends(self, hidden: Floats, starts: NDArray[np.intp], labels: NDArray[np.intp], stops: NDArray[np.bool_]) -> list[int]:
        """Where each name that begins at one of the tokens ends (exclusive)."""
        ends = np.zeros(len(starts), dtype=np.intp)
        going, token = np.arange(len(starts)), starts + 1
        while len(going):
            scores = self._scores(hidden, token, starts[going])
            same = self.label == labels[going, None]
            moves = _best(scores, same & (self.last | (self.inside & ~stops[token][:, None])))
            ended = self.last[moves]
            ends[going[ended]] = token[ended] + 1
            going, token = going[~ended], token[~ended] + 1
        return ends.tolist()


def _best(scores: Floats, valid: NDArray[np.bool_]) -> NDArray[np.intp]:
    best: NDArray[np.intp] = np.where(valid, scores, -np.inf).argmax(axis=1)
    return best


def _by_doc(names: Iterator[Found], ends: NDArray[np.intp]) -> Iterator[list[Found]]:
    """The names of all Docs, shared out; each Doc ends before the token of that number."""
    found = list(names)
    at, begins = 0, 0
    for end in ends.tolist():
        until = at
        while until < len(found) and found[until][0] < end:
            until += 1
        yield [(first - begins, last - begins, label) for first, last, label in found[at:until]]
        at, begins = until, end
