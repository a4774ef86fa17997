"""Polarity and certainty of a statement, read from what hangs on the verb of its main statement."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ..parse import Parse
from ..records import Certainty
from .draft import Draft
from .narrated import is_finite
from .rules import MarkerRule, Place, Says

ARGUMENTS = frozenset(("nsubj", "nsubjpass", "dobj", "attr", "pobj", "expl"))
PREDICATES = frozenset(("acomp", "attr", "oprd"))
DEGREES = frozenset(("acomp", "advmod", "attr"))
BELOW = frozenset(("det", "neg", "advmod", "preconj"))
COMPLEMENTS = frozenset(("xcomp", "ccomp", "oprd", "acomp"))
STRONGEST_FIRST: tuple[Certainty, ...] = ("conditional", "possible", "probable")
PERCEIVED = frozenset(("hear", "see", "feel", "smell"))
VERBAL = ("VERB", "AUX")
FUNCTION = frozenset(("aux", "auxpass", "mark", "nsubj", "nsubjpass", "det", "neg", "expl"))


class Modality:
    """The marker rules, ready to judge statements."""

    def __init__(self, rules: Iterable[MarkerRule]) -> None:
        self.says: dict[Place, dict[str, Says]] = {}
        for rule in rules:
            self.says.setdefault(rule.place, {}).update(dict.fromkeys(rule.words, rule.says))
        self.words = frozenset(word for place, words in self.says.items() if place != "cue" for word in words)

    def sentences(self, parse: Parse) -> frozenset[int]:
        """The numbers of the sentences that hold any word of the rules: statements of others are positive and certain."""
        words, sentence = self.words, parse.sentence
        places = [
            index
            for index, (word, lemma) in enumerate(zip(parse.lower, parse.lemma, strict=True))
            if word in words or lemma in words
        ]
        return frozenset([sentence[index] for index in places])

    def denies(self, draft: Draft) -> bool:
        """Whether a cue ("deny", "refuse", "expressed doubt") turns a positive content into a negative claim."""
        cue = draft.attribution
        if cue is None:
            return False
        lemmas = (draft.parse.lemma[token].lower() for first, last in draft.cue_pieces for token in range(first, last))
        return cue.act == "deny" or cue.lemma in self.says["cue"] or any(lemma in self.says["cue"] for lemma in lemmas)

    def judge(self, draft: Draft) -> tuple[bool, Certainty]:
        """(negated, certainty) of a draft's first main statement."""
        head = main_head(draft)
        marks = {says for place, word in self._places(draft, head) if (says := self.says[place].get(word))}
        if "possible" in marks and self._is_ability(draft, head, marks):
            marks.discard("possible")
        return "negative" in marks, next((certainty for certainty in STRONGEST_FIRST if certainty in marks), "certain")

    def _places(self, draft: Draft, head: int) -> Iterator[tuple[Place, str]]:
        """The words around the head of a statement, each with the place where it stands."""
        parse = draft.parse
        lower, dep = parse.lower, parse.dep
        yield "verb", parse.lemma[head].lower()
        if any(dep[child] in COMPLEMENTS for child in parse.children[head]):
            yield "controller", parse.lemma[head].lower()
        if parse.pos[head] not in VERBAL:
            yield "argument", lower[head]
        for child in parse.children[head]:
            relation = dep[child]
            yield "modifier", lower[child]
            if relation == "aux":
                yield "modal", lower[child]
            elif relation == "auxpass":
                yield "passive", parse.lemma[head].lower()
            elif relation in ("det", "preconj"):
                yield "determiner", lower[child]
            elif relation == "prep":
                yield "condition", lower[child]
            if relation in PREDICATES:
                yield "predicate", lower[child]
            if relation in ARGUMENTS:
                yield "argument", lower[child]
            if relation in ARGUMENTS or relation in DEGREES:
                yield from (("determiner", lower[below]) for below in parse.children[child] if dep[below] in BELOW)
        yield from (("condition", lower[mark]) for mark in self._conditions(draft, head))

    def _conditions(self, draft: Draft, head: int) -> Iterator[int]:
        """The marks ("if") of adverbial clauses below the head, directly or through its complements."""
        parse, words = draft.parse, self.says["condition"]
        for first, last in draft.pieces:
            for token, word in enumerate(parse.lower[first:last], first):
                if word in words and parse.dep[token] in ("mark", "aux"):
                    clause = parse.head[token]
                    opens = parse.dep[token] == "mark" or token == parse.edges[clause][0]
                    if opens and parse.dep[clause] == "advcl" and self._leads_to(draft, clause, head):
                        yield token

    @staticmethod
    def _leads_to(draft: Draft, clause: int, head: int) -> bool:
        parse = draft.parse
        for ancestor in parse.ancestors(clause):
            if ancestor == head or not any(first <= ancestor < last for first, last in draft.pieces):
                return True
            if parse.dep[ancestor] not in ("xcomp", "pcomp", "prep"):
                return False
        return False

    @staticmethod
    def _is_ability(draft: Draft, head: int, marks: set[Says]) -> bool:
        """ "Could not leave" and "could be heard" tell what was so, not what may have been."""
        parse = draft.parse
        could = any(parse.lower[child] == "could" for child in parse.children[head])
        return could and ("negative" in marks or parse.lemma[head].lower() in PERCEIVED)


def head_of_all(draft: Draft) -> int | None:
    """The head of the first main statement, None where nothing of the content was parsed."""
    return main_head(draft) if draft.pieces else None


def main_head(draft: Draft) -> int:
    """The head of the first main statement of a draft that has tokens.

    It is the first token whose governor lies outside the content, a clause's verb if there is one.
    """
    if draft.verb is not None:
        return draft.verb
    parse, tops = draft.parse, list(_tops(draft))
    verbs = [token for token in tops if parse.pos[token] in VERBAL and parse.dep[token] not in ("advcl", "aux", "auxpass")]
    finite = [token for token in verbs if is_finite(parse, token)]
    words = [token for token in tops if parse.pos[token] != "PUNCT"]
    head = (finite or verbs or words or tops)[0]
    governor = parse.head[head]
    inside = any(first <= governor < last for first, last in draft.pieces)
    return governor if inside and (parse.pos[head] == "ADP" or parse.dep[head] in FUNCTION) else head


def _tops(draft: Draft) -> Iterator[int]:
    """The tokens of a content whose governor lies outside it, or that have none."""
    heads = draft.parse.head
    several = len(draft.pieces) > 1
    for first, last in draft.pieces:
        for token in range(first, last):
            governor = heads[token]
            if governor == token or not (
                first <= governor < last or (several and any(a <= governor < b for a, b in draft.pieces))
            ):
                yield token
