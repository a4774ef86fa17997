"""With which letters a pattern can begin, so that only the rules that stand a chance are tried at a word.

Reads the regular expressions that rule files use: literals, classes, escapes, groups, alternatives, lookarounds, `?`, `*`, `+`, `{m,n}`.
"""

from __future__ import annotations

import re

TOKEN = re.compile(r"\\.|\[\^?\]?[^\]]*\]|\(\?(?:P<\w+>|:|=|!|<=|<!)|[()|]|[?*+]|\{\d+(?:,\d*)?\}|.", re.DOTALL)
LOOK = ("(?=", "(?!", "(?<=", "(?<!")
END = "\n"
"""Stands where a branch ends with a literal, until it is known what follows its group."""
SEPARATORS = (" ", "[- ]", "[ -]")
UNSETTLED = ("", "the ")
"""A beginning of these says too little: a third of the expressions may begin with "the"."""
ANY = "0"
"""Stands for a beginning that is no letter: a digit, a sign."""


def openers(pattern: str) -> frozenset[str]:
    """The literal prefixes of all that the pattern can match, with a space where the word ends there; `ANY` where one begins with a class,
    an escape or a sign, also after "the"."""
    tokens = TOKEN.findall(pattern)
    prefixes, position = _alternatives(tokens, 0)
    if position != len(tokens):
        raise ValueError(f"a bracket too many in {pattern!r}")
    return frozenset(prefix.replace(END, "") if prefix[:1].isalpha() else ANY for prefix in prefixes)


def _alternatives(tokens: list[str], position: int) -> tuple[set[str], int]:
    """Prefixes of `a|b|c` up to a closing bracket; "" among them if one alternative may be empty."""
    prefixes: set[str] = set()
    while True:
        branch, position = _sequence(tokens, position)
        prefixes |= branch
        if position == len(tokens) or tokens[position] == ")":
            return prefixes, position
        position += 1


def _sequence(tokens: list[str], position: int) -> tuple[set[str], int]:
    """Prefixes of one alternative: of its first parts up to the first that cannot be empty (and is not just "the")."""
    unsettled, settled, literal = {""}, set[str](), ""

    def add(options: set[str]) -> None:
        nonlocal unsettled
        joined = {prefix + option for prefix in unsettled for option in options}
        unsettled = joined.intersection(UNSETTLED)
        settled.update(joined - unsettled)

    while position < len(tokens) and tokens[position] not in ("|", ")"):
        separates = tokens[position] in SEPARATORS
        atom, position = _atom(tokens, position)
        quantifier = tokens[position] if position < len(tokens) and re.fullmatch(r"[?*+]|\{\d.*", tokens[position]) else ""
        position += bool(quantifier)
        optional = quantifier in ("?", "*") or quantifier.startswith("{0")
        if atom is None or not unsettled:
            continue
        if isinstance(atom, str) and atom.isalpha() and not quantifier:
            literal += atom
            continue
        if literal:
            word_ends = separates and not optional
            add({f"{literal} " if word_ends else literal})
            literal = ""
            if word_ends or not unsettled:
                continue
        ends = not quantifier and _word_ends(tokens, position)
        options = {atom} if isinstance(atom, str) else {option.replace(END, " " if ends else "") for option in atom}
        add(options | ({""} if optional else set()))
        if ends and isinstance(atom, set):
            position += 1
    if literal:
        add({literal + END})
    return settled | unsettled, position


def _word_ends(tokens: list[str], position: int) -> bool:
    """Whether a space or hyphen must follow."""
    return tokens[position : position + 1] in ([sign] for sign in SEPARATORS) and tokens[position + 1 : position + 2] not in (
        ["?"],
        ["*"],
    )


def _atom(tokens: list[str], position: int) -> tuple[str | set[str] | None, int]:
    """A character, the prefixes of a group, or None for what takes no characters (a lookaround, an edge)."""
    token = tokens[position]
    if token.startswith("("):
        inner, after = _alternatives(tokens, position + 1)
        return (None if token in LOOK else inner), after + 1
    if token in ("\\b", "^", "$"):
        return None, position + 1
    return (token if token.isalpha() else ANY), position + 1
