"""The tense of the verb that governs an expression: does the sentence look back or ahead?"""

from __future__ import annotations

from ..parse import Parse
from .meaning import Tense

MODALS = frozenset(("will", "'ll", "wo", "shall", "may", "might", "must", "can", "should", "would"))
PERFECT = frozenset(("has", "have", "'ve", "had", "having"))
PRESENT = frozenset(("is", "are", "'s", "'re", "am"))
PLANS = frozenset(
    ("expect plan schedule set due slate hope intend promise vow agree aim propose forecast predict project anticipate").split()
)
"""Verbs whose object lies ahead, whatever their own tense: "planned to leave on Friday", "planned a march on Friday", "promised it by May"."""
SCHEDULES = frozenset(("plan", "schedule", "slate"))
"""Of these, those whose date is that of their object, not of the deed: "scheduled a march Friday", but "promised a march Friday"."""
LIMITS = frozenset(("until", "till"))
DEADLINES = frozenset(("by", "for"))
SOONEST = (["early", "as"], ["soon", "as"])
HELPERS = frozenset(("aux", "auxpass"))
NEGATION = frozenset(("neg",))
ACTIVE_OBJECT = frozenset(("dobj",))
OBJECTS = frozenset(("dobj", "nsubjpass"))
NEAR = 25
"""So many tokens from a verb do its helpers, its "not" and its object stand at most."""


def tense_at(parse: Parse, start: int) -> Tense | None:
    """The tense that tells when the expression that begins at the character `start` was or will be; None where no verb says.

    A possessive ("Friday's vote") takes no tense: its noun may lie before or after what the verb tells.
    """
    if not len(parse):
        return None
    index = parse.token_at(start)
    if parse.dep[index] == "poss":
        return None
    before = parse.word[index - 1].lower() if index else ""
    below = index
    for above in parse.ancestors(index):
        if parse.pos[above] in ("VERB", "AUX"):
            if parse.lemma[above] in PLANS and (before in DEADLINES or (below != index and parse.dep[below] in OBJECTS)):
                return "future"
            if parse.lemma[above] in SCHEDULES and any(child < index for child in _below(parse, above, ACTIVE_OBJECT)):
                return "future"
            if before in LIMITS and not _below(parse, above, NEGATION):
                return "future"
            if parse.tag[above] != "VBG" or _helpers(parse, above):
                return _tense(parse, above) or (
                    "future" if [word.lower() for word in parse.word[max(0, index - 2) : index]] in SOONEST else None
                )
        below = above
    return None


def _below(parse: Parse, verb: int, deps: frozenset[str]) -> list[int]:
    """The dependents of so few verbs are looked for beside them; `parse.children` would cost a pass over the whole article."""
    near = range(max(0, verb - NEAR), min(len(parse), verb + NEAR))
    return [index for index in near if parse.head[index] == verb and index != verb and parse.dep[index] in deps]


def _helpers(parse: Parse, verb: int) -> set[str]:
    return {parse.word[child].lower().replace("’", "'") for child in _below(parse, verb, HELPERS) if child < verb}


def _tense(parse: Parse, verb: int) -> Tense | None:
    words, tag = _helpers(parse, verb), parse.tag[verb]
    if "to" in words:
        return _tense_of_infinitive(parse, verb, words)
    if PERFECT & words:
        return "past"
    if MODALS & words:
        return "future"
    if tag == "VBN" and parse.lemma[verb] in PLANS:
        return "future"
    if words & {"was", "were", "did"}:
        return "past"
    if PRESENT & words:
        return "future" if tag == "VBG" else "present"
    if tag in ("VBD", "VBN"):
        return "past"
    if tag == "VB" and not words:
        return "future"
    return "present" if tag in ("VBZ", "VBP") else None


def _tense_of_infinitive(parse: Parse, verb: int, words: set[str]) -> Tense | None:
    """ "plans to meet", "planned to meet" and "was to meet" look ahead; "came to meet" need not, "is said to have met" looks back."""
    above = parse.head[verb]
    if parse.lemma[above] == "be" and parse.dep[verb] == "xcomp":
        return "future"
    if PERFECT & words:
        return "past"
    if above == verb or parse.pos[above] not in ("VERB", "AUX"):
        return "future"
    if parse.lemma[above] in PLANS:
        return "past" if PERFECT & _helpers(parse, above) else "future"
    return None if _tense(parse, above) == "past" else "future"
