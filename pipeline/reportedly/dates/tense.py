"""The tense of the verb that governs an expression: does the sentence look back or ahead?"""

from __future__ import annotations

from ..parse import Parse
from .meaning import Tense

MODALS = frozenset(("will", "'ll", "wo", "shall", "may", "might", "can", "could", "should", "would"))
PERFECT = frozenset(("has", "have", "'ve", "had", "having"))
PRESENT = frozenset(("is", "are", "'s", "'re", "am", "be"))
PLANS = frozenset(["expect", "plan", "schedule", "set", "due", "slate", "hope", "intend", "promise", "vow", "agree", "aim", "propose"])
"""Verbs whose object lies ahead, whatever their own tense: "planned to leave on Friday"."""
AHEAD = frozenset(("until", "till"))


def tense_at(parse: Parse, start: int) -> Tense | None:
    """ "past" or "future" for the expression that begins at the character `start`; None where no verb says.

    A possessive ("Friday's vote") takes no tense: its noun may lie before or after what the verb tells.
    """
    if not len(parse):
        return None
    index = parse.token_at(start)
    if parse.dep[index] == "poss":
        return None
    if index and parse.lower[index - 1] in AHEAD:
        return "future"
    for above in parse.ancestors(index):
        if parse.pos[above] in ("VERB", "AUX"):
            return _tense(parse, above)
    return None


def _tense(parse: Parse, verb: int) -> Tense | None:
    words = {parse.lower[child] for child in parse.children[verb] if parse.dep[child] in ("aux", "auxpass") and child < verb}
    if PERFECT & words:
        return "past"
    if MODALS & words:
        return "future"
    if parse.lemma[verb] in PLANS and parse.tag[verb] == "VBN":
        return "future"
    if "to" in words:
        return _tense_of_infinitive(parse, verb)
    if parse.tag[verb] in ("VBD", "VBN") or words & {"was", "were", "did"}:
        return "past"
    return "future" if PRESENT & words and parse.tag[verb] == "VBG" else None


def _tense_of_infinitive(parse: Parse, verb: int) -> Tense | None:
    """ "plans to meet" and "planned to meet" look ahead; "came to meet" need not."""
    above = parse.head[verb]
    if above == verb or parse.pos[above] not in ("VERB", "AUX"):
        return "future"
    if parse.lemma[above] in PLANS:
        return "past" if any(parse.lower[child] in PERFECT for child in parse.children[above]) else "future"
    return None if _tense(parse, above) == "past" else "future"
