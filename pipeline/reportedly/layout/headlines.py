"""Title-case headlines in sentence case, so that the parser and the name recogniser read them like prose."""

from __future__ import annotations

import re
from collections import Counter
from typing import NamedTuple

SENTENCE_OPENERS = frozenset(("", *".!?:\"“'‘\n-–—"))
"""After one of these (or at the start) a capital says nothing."""
WORD = re.compile(r"[^\W\d_][\w'’\-]*")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
MONTHS = "January February March April May June July August September October November December"
ALWAYS_CAPITAL = frozenset(f"I {DAYS} {MONTHS}".split())


class Cases(NamedTuple):
    """How often the body writes each word (in lower case here) with a small letter, and with a capital inside a sentence."""

    small: Counter[str]
    capital: Counter[str]


def count_cases(body: str) -> Cases:
    """The cases of a body of text."""
    cases = Cases(Counter(), Counter())
    for match in WORD.finditer(body):
        if match[0][0].islower():
            cases.small[match[0].lower()] += 1
        elif _before(body, match.start()) not in SENTENCE_OPENERS:
            cases.capital[match[0].lower()] += 1
    return cases


def sentence_case(headline: str, cases: Cases) -> str:
    """The headline with those words in lower case that the body writes in lower case, or does not write at all and that do not look like
    a name. The result has the headline's length."""

    def cased(match: re.Match[str]) -> str:
        word = match[0]
        if match.start() == 0 or not word[0].isupper() or word in ALWAYS_CAPITAL or (word.isupper() and len(word) > 1):
            return word
        known = word.lower()
        stem = known.removesuffix("'s").removesuffix("’s")
        if any(cases.capital[form] > cases.small[form] for form in (known, stem)):
            return word
        small = word[0].lower() + word[1:]
        return small if len(small) == len(word) and (cases.small[known] or not _is_probably_a_name(match)) else word

    return WORD.sub(cased, headline)


def _before(body: str, start: int) -> str:
    """The last character before `start` that is no space or tab."""
    while start > 0 and body[start - 1] in " \t":
        start -= 1
    return body[start - 1 : start]


def _is_probably_a_name(match: re.Match[str]) -> bool:
    """A word with a capital or hyphenated capital inside ("McLeod", "Ó Dálaigh") keeps it."""
    return any(character.isupper() for character in match[0][1:]) or not match[0].isascii()
