"""Whether a claim can be checked, and why: reasons for and against, each with a weight that was fitted on the project's own gold."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping

from ..parse import Parse
from ..records import Certainty, Checkable, Time
from ..rulebook import Rule
from .draft import Draft

SHOWN = 0.15
"""The least weight that is shown as a reason."""
BIAS = "bias"
FIRST = frozenset(("i", "me", "my", "we", "us", "our"))
VAGUE = frozenset(
    "it this that these those they things thing something anything everything everyone everybody someone somebody people it's what there".split()
)
CAUSES = frozenset("because cause caused causing due lead led blame result resulted owing thanks trigger triggered".split())
ASKING = frozenset("whether if who whom whose what how why when where which".split())
VERBAL = frozenset(("VERB", "AUX"))
COMPARED = frozenset(("JJR", "RBR"))
SUPERLATIVE = frozenset(("JJS", "RBS"))
FEW_WORDS, MANY_WORDS = 4, 14
ACTS_AHEAD = frozenset(("promise", "intend", "demand", "wish", "predict"))


class WeightRow(Rule):
    """The weight of a reason: above nought for it, below against it."""

    id: str
    weight: float


class CheckableWords(Rule):
    """Words of judgement ("reckless"), of feeling ("afraid") and of duty ("should"), lemmas in lower case."""

    judging: frozenset[str]
    feeling: frozenset[str]
    duty: frozenset[str]


class Checking:
    """The weights, ready to judge claims."""

    def __init__(self, weights: Iterable[WeightRow], words: CheckableWords) -> None:
        self.weights: Mapping[str, float] = {row.id: row.weight for row in weights}
        self.words = words

    def judge(self, reasons: Iterable[str]) -> Checkable:
        """The score of a claim, and of its reasons those that weigh, the heaviest first."""
        weights = {reason: self.weights[reason] for reason in reasons if reason in self.weights}
        total = sum(weights.values()) + self.weights.get(BIAS, 0.0)
        ranked = sorted(weights.items(), key=lambda item: (-abs(item[1]), item[0]))
        return Checkable(
            score=round(1 / (1 + math.exp(-total)), 2),
            reasons=tuple(reason for reason, weight in ranked if weight >= SHOWN),
            objections=tuple(reason for reason, weight in ranked if weight <= -SHOWN),
        )

    def reasons(
        self, draft: Draft, head: int | None, time: Time, certainty: Certainty, *, quantities: int, dates: int, names: int
    ) -> Iterator[str]:
        """All that speaks for or against looking a claim up. The numbers are of those inside the content."""
        parse = draft.parse
        tokens = [token for first, last in draft.pieces for token in range(first, last)]
        act = draft.attribution.act if draft.attribution else "narrated"
        yield from _present({"a quantity": quantities, "a date": dates, "a name": names})
        yield f"of the {time}"
        yield (
            "told by the reporter"
            if act == "narrated"
            else f"told to {act}"
            if act in ACTS_AHEAD or act == "ask"
            else f"told as {act}"
        )
        if certainty != "certain":
            yield f"only {certainty}" if certainty != "conditional" else "on a condition"
        if draft.attribution and tokens and parse.lower[tokens[0]] in ASKING:
            yield "an open question"
        yield from self._of_words(parse, tokens, head)
        if head is not None:
            yield from _of_form(parse, head)
        words = sum(parse.pos[token] != "PUNCT" for token in tokens)
        if words < FEW_WORDS:
            yield "few words"
        elif words >= MANY_WORDS:
            yield "many words"

    def _of_words(self, parse: Parse, tokens: list[int], head: int | None) -> Iterator[str]:
        lemmas = {parse.lemma[token].lower() for token in tokens}
        lower = {parse.lower[token] for token in tokens}
        compared = any(parse.tag[token] in COMPARED for token in tokens)
        yield from _present(
            {
                "a judgement": lemmas & self.words.judging,
                "a feeling": lemmas & self.words.feeling,
                "a duty": lower & self.words.duty,
                "a cause": lower & CAUSES,
                "a comparison": compared,
                "a superlative": any(parse.tag[token] in SUPERLATIVE for token in tokens),
                "in the first person": lower & FIRST,
                "a question": "?" in lower,
                "an exclamation": "!" in lower,
            }
        )
        if head is not None:
            subjects = [child for child in parse.children[head] if parse.dep[child] in ("nsubj", "nsubjpass", "expl")]
            if any(parse.lower[child] in VAGUE for child in subjects):
                yield "a vague subject"
            if any(parse.lower[child] in ("i", "we") for child in subjects):
                yield "about the speaker"
            if any(parse.pos[child] == "PROPN" for child in subjects):
                yield "about somebody named"


def _of_form(parse: Parse, head: int) -> Iterator[str]:
    """What the main verb says: an event, a state with an adjective, or nothing at all."""
    if parse.pos[head] not in VERBAL:
        yield "no verb"
        return
    if parse.lemma[head] == "be":
        predicates = {parse.dep[child] for child in parse.children[head]}
        if "acomp" in predicates:
            yield "says how something is"
        elif "attr" in predicates:
            yield "says what something is"
    elif parse.tag[head] in ("VBD", "VBN"):
        yield "says what happened"


def _present(marks: Mapping[str, object]) -> Iterator[str]:
    return (name for name, there in marks.items() if there)
