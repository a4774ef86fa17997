"""The forms of the claims stage's rule files, read from a model."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import field_validator

from ..records import ChallengeKind
from ..rulebook import Rule

Says = Literal["negative", "possible", "probable", "conditional"]
Place = Literal["modifier", "determiner", "argument", "verb", "controller", "passive", "modal", "predicate", "condition", "cue"]


class MarkerRule(Rule):
    """Words that decide polarity or certainty when they stand in a certain place of the main statement."""

    id: str
    says: Says
    place: Place
    words: tuple[str, ...]
    examples: tuple[str, ...]
    counter: tuple[str, ...]


class ChallengeExample(Rule):
    """A text in which the claim that is marked {source} [cue] <content> is challenged by words that hold `challenge`."""

    text: str
    challenge: str


class ChallengeRule(Rule):
    """A pattern that speaks against a claim, and which claim that is."""

    id: str
    kind: ChallengeKind
    trigger: frozenset[str]
    pattern: re.Pattern[str]
    needs: re.Pattern[str] | None = None
    extent: Literal["match", "clause"]
    target: Literal["holder", "before", "own", "object", "alike"]
    other: bool = False
    verb: bool = False
    examples: tuple[ChallengeExample, ...]
    counter: tuple[str, ...]

    @field_validator("pattern")
    @classmethod
    def _names_its_extent(cls, pattern: re.Pattern[str]) -> re.Pattern[str]:
        if "is" not in pattern.groupindex:
            raise ValueError("the pattern needs a group (?P<is>…)")
        return pattern
