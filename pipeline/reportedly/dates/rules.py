"""The rules of date expressions: rows of `dates.yaml`, their patterns made of the pieces and lists of `date-words.yaml`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..errors import RuleError
from ..records import Mod
from ..rulebook import Model, Rule
from .openers import ANY, openers

RULES, WORDS = "dates.yaml", "date-words.yaml"
LETTERS = r"[a-zà-öø-ÿ]+"
PIECE = re.compile(r"\{(?:(\w*)=)?([a-z_]+)\}")
LIST_NAMES = (
    "months", "month_abbreviations", "foreign_months", "weekdays", "weekday_abbreviations", "units", "seasons", "parts_of_day", "decades", "holidays",
)  # fmt: skip
CONTEXT = 40
"""So many characters before an expression does a rule's `after` see."""


class Words(Rule):
    """The vocabulary: words with their values, and named pieces of patterns. All in lower case."""

    months: dict[str, int]
    month_abbreviations: dict[str, int]
    weekdays: dict[str, int]
    weekday_abbreviations: dict[str, int]
    units: dict[str, str]
    seasons: dict[str, str]
    parts_of_day: dict[str, str]
    decades: dict[str, int]
    foreign_months: tuple[str, ...]
    mods: dict[Mod, tuple[str, ...]]
    holidays: dict[str, str]
    patterns: dict[str, str]
    telling: frozenset[str]

    @cached_property
    def mod_of(self) -> dict[str, Mod]:
        """The `mod` of each modifying word."""
        return {word: mod for mod, words in self.mods.items() for word in words}


class DateRule(Rule):
    """One class of expressions: a pattern, what surrounds it, and what makes its value (a function of resolve.py)."""

    id: str
    pattern: str
    makes: str
    value: str | None = None
    after: str | None = None
    not_after: str | None = None
    before: str | None = None
    not_before: str | None = None
    capital: bool = False
    pos: tuple[str, ...] = ()
    examples: tuple[str, ...] = ()
    counter: tuple[str, ...] = ()


@dataclass(frozen=True)
class Compiled:
    """A rule ready to match against plain text (see `find.plain`)."""

    rule: DateRule
    pattern: re.Pattern[str]
    after: re.Pattern[str] | None
    not_after: re.Pattern[str] | None
    before: re.Pattern[str] | None
    not_before: re.Pattern[str] | None

    def fits(self, plain: str, start: int, end: int) -> bool:
        """Whether what stands before `start` and after `end` is as the rule wants it."""
        if self.after or self.not_after:
            left = plain[max(0, start - CONTEXT) : start]
            if (self.after and not self.after.search(left)) or (self.not_after and self.not_after.search(left)):
                return False
        return not (
            (self.before and not self.before.match(plain, end)) or (self.not_before and self.not_before.match(plain, end))
        )


class RuleSet:
    """All rules of a model in their order."""

    def __init__(self, words: Words, rules: tuple[DateRule, ...]) -> None:
        self.words = words
        self.compiled = tuple(_compile(rule, words) for rule in rules)
        self._prefixes = tuple(tuple(sorted(openers(_expand(rule.pattern, words)))) for rule in rules)
        self._beginning_with: dict[str, tuple[Compiled, ...]] = {}
        listed = (entry for name in LIST_NAMES for entry in getattr(words, name))
        telling = _plurals({_longest_word(entry) for entry in listed}) | words.telling
        used = _plurals(_letters(" ".join(_expand(rule.pattern, words) for rule in rules)))
        self.tells = {word: word in telling for word in sorted(used | telling)}
        """Every word that occurs in expressions, with whether it tells of one or is too common for that."""

    def beginning_with(self, word: str, following: str = "") -> tuple[Compiled, ...]:
        """The rules, in their order, whose expressions may begin with that word and, after "the", the following one (letters, or figures, or an
        apostrophe)."""
        key = f"{word} " if word[0].isalpha() else ANY
        if word == "the":
            key += f"{following} " if following[:1].isalpha() else ANY
        found = self._beginning_with.get(key)
        if found is None:
            pairs = zip(self.compiled, self._prefixes, strict=True)
            found = self._beginning_with[key] = tuple(compiled for compiled, prefixes in pairs if key.startswith(prefixes))
        return found

    @classmethod
    def load(cls, model: Model) -> RuleSet:
        """The rules of a model folder. Raises RuleError for an unknown piece or a pattern that is no regular expression."""
        return cls(model.table(WORDS, Words), model.rows(RULES, DateRule))


def _letters(text: str) -> set[str]:
    return set(re.findall(LETTERS, text))


def _longest_word(entry: str) -> str:
    """What tells of "the fourth of july" is one of its words; "the" would tell of a date everywhere."""
    return max((match[0] for match in re.finditer(LETTERS, entry)), key=len)


def _plurals(words: set[str]) -> set[str]:
    return words | {f"{word}s" for word in words}


def _compile(rule: DateRule, words: Words) -> Compiled:
    try:
        return Compiled(
            rule,
            re.compile(_bounded(_expand(rule.pattern, words))),
            re.compile(f"(?:{rule.after})") if rule.after else None,
            re.compile(f"(?:{rule.not_after})") if rule.not_after else None,
            re.compile(rule.before) if rule.before else None,
            re.compile(rule.not_before) if rule.not_before else None,
        )
    except re.error as error:
        raise RuleError(f"rule {rule.id}: {error}", path=RULES, value=error.pattern, remedy="mend the pattern") from None


def _expand(pattern: str, words: Words) -> str:
    """A pattern with its pieces put in and a space that matches any run of spaces. `{=name}` and `{key=name}` capture."""

    def piece(match: re.Match[str]) -> str:
        key, name = match[1], match[2]
        inner = PIECE.sub(piece, words.patterns[name]) if name in words.patterns else _alternatives(name, words)
        return f"(?:{inner})" if key is None else f"(?P<{key or name}>{inner})"

    return PIECE.sub(piece, pattern)


def _alternatives(name: str, words: Words) -> str:
    """The words of a list, longest first."""
    if name not in LIST_NAMES:
        raise RuleError("no such piece or list", path=RULES, value=name, remedy=f"see `patterns` in {WORDS}")
    return "|".join(
        re.escape(word).replace(r"\ ", " ") for word in sorted(getattr(words, name), key=lambda word: (-len(word), word))
    )


def _bounded(pattern: str) -> str:
    """No word character or letter-like sign on either side; a pattern that ends with a full stop or apostrophe may touch the next word."""
    return rf"(?<![\w$£€])(?:{re.sub(' [?*]?', lambda space: ' *' if space[0][1:] else ' +', pattern)})(?!(?<=\w)\w)"
