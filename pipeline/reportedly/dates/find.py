"""Finding date expressions in an article, and hanging their meanings on them."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Mapping
from datetime import date
from typing import NamedTuple

from ..parse import Parse
from ..records import Article, Date, Timex
from .meaning import Context, Meaning, Settings
from .resolve import MAKERS, NOTHING
from .rules import LETTERS, Compiled, RuleSet
from .tense import tense_at
from .values import days, edtf

WORD = re.compile(rf"{LETTERS}|'?(?<![$£€.,])\d+")
RECENT = 50
"""So many dates before an expression can be what it counts from."""
TELLING_FIGURES = re.compile(r"\d{4}|'\d\d|\d\d?(?=[-:/.]\d|[a-z])")
"""Figures that may be a date without a word that tells of one: "2019", "'98", "17:30", "the 26th"."""
PLAIN = dict.fromkeys("’‘`´", "'") | dict.fromkeys("‐‑‒–−", "-") | dict.fromkeys("\t\xa0\u2009\u202f\u2007\r\n", " ")
SIGNS = re.compile(f"[{''.join(PLAIN).replace(chr(10), '')}]|\n(?:(?<=\\S\n)|(?<=\\S \n))(?=\\S)")


class Expression(NamedTuple):
    """A match: the rule, and its captured words with their places."""

    compiled: Compiled
    match: re.Match[str]


def plain(text: str) -> str:
    """The text as patterns see it, of the same length: lower case, straight apostrophes, hyphens, single line breaks as spaces."""
    lowered = text.replace("İ", "I").lower()
    return SIGNS.sub(lambda sign: PLAIN[sign[0]], lowered)


def find_dates(article: Article, parse: Parse, rules: RuleSet, settings: Settings) -> tuple[Date, ...]:
    """All dates of an article in the order of the text, with their values."""
    published = _published(article)
    low = plain(article.text)
    people = {index for name in parse.names if name.label == "PERSON" for index in range(name.first, name.last)}
    seen: deque[Meaning] = deque(maxlen=RECENT)
    beside, before = 0, -1
    found: list[Date] = []

    def read(inner: str) -> Meaning | None:
        words = WORD.findall(inner)
        for compiled in rules.beginning_with(*words[:2]) if words else ():
            if match := compiled.pattern.fullmatch(inner):
                return _meaning(compiled, match, here)
        return None

    for expression in expressions(low, article.text, rules, parse, people):
        start = expression.match.start()
        sentence = bisect_right(parse.sentences, (parse.token_at(start), len(parse)))
        beside, before = beside if sentence == before else 0, sentence
        here = Context(published, tense_at(parse, start), seen, rules.words, settings, read, beside)
        meaning = _meaning(expression.compiled, expression.match, here)
        if meaning is not None:
            seen.append(meaning)
            beside += 1
            found.append(_record(article.text, expression, meaning, len(found) + 1))
    return tuple(found)


def expressions(low: str, text: str, rules: RuleSet, parse: Parse, people: set[int]) -> Iterator[Expression]:
    """The matches from left to right, none inside another; those that only say "no date" are skipped."""
    reached = 0
    for run in _runs(low, rules):
        for (start, word), (_, following) in zip(run, [*run[1:], (0, "")], strict=True):
            if start < reached:
                continue
            for compiled in rules.beginning_with(word, following):
                match = compiled.pattern.match(low, start)
                if match and compiled.fits(low, start, match.end()) and _looks_right(compiled, match, text, parse, people):
                    reached = match.end()
                    if compiled.rule.makes != NOTHING:
                        yield Expression(compiled, match)
                    break


def _runs(low: str, rules: RuleSet) -> Iterator[list[tuple[int, str]]]:
    """Stretches of words that all occur in date expressions, up to the last that tells of a date: (offset, word) pairs."""
    tells, run, telling = rules.tells.get, list[tuple[int, str]](), 0
    for match in WORD.finditer(low):
        word = match[0]
        tells_of_date = tells(word)
        if tells_of_date is None:
            if not word[-1].isdigit():
                if telling:
                    yield run[:telling]
                if run:
                    run, telling = [], 0
                continue
            tells_of_date = TELLING_FIGURES.match(low, match.start()) is not None
        run.append((match.start(), word))
        if tells_of_date:
            telling = len(run)
    if telling:
        yield run[:telling]


def _looks_right(compiled: Compiled, match: re.Match[str], text: str, parse: Parse, people: set[int]) -> bool:
    """Whether the capital and the part of speech are there that the rule wants."""
    rule = compiled.rule
    if rule.capital:
        if text[_name_at(match)].islower():
            return False
        if not people.isdisjoint(parse.tokens(match.start(), match.end())):
            return False
    return not rule.pos or not len(parse) or parse.pos[parse.token_at(match.start())] in rule.pos


def _name_at(match: re.Match[str]) -> int:
    """Where the month, weekday, holiday or name begins, else the match."""
    groups = match.re.groupindex
    return next(
        (match.start(name) for name in ("month", "weekday", "holiday", "name") if name in groups and match[name]), match.start()
    )


def _meaning(compiled: Compiled, match: re.Match[str], context: Context) -> Meaning | None:
    if compiled.rule.makes == NOTHING:
        return None
    captured: Mapping[str, str] = {name: value for name, value in match.groupdict().items() if value is not None}
    captured = {**captured, "all": match[0]}
    if compiled.rule.value:
        captured["value"] = compiled.rule.value
    return MAKERS[compiled.rule.makes](captured, context)


def _record(text: str, expression: Expression, meaning: Meaning, count: int) -> Date:
    match = expression.match
    start, end = match.start(), match.end()
    covered = days(meaning.value) if meaning.type in ("DATE", "TIME") else None
    return Date(
        id=f"d{count}",
        start=start,
        end=end,
        text=text[start:end],
        type=meaning.type,
        value=meaning.value,
        edtf=edtf(meaning.value, meaning.mod, meaning.zone) if meaning.type in ("DATE", "TIME") else None,
        first=covered[0].isoformat() if covered else None,
        last=covered[1].isoformat() if covered else None,
        mod=meaning.mod,
        anchor=meaning.anchor,
        rule=expression.compiled.rule.id,
        timexes=_timexes(match, meaning),
    )


def _timexes(match: re.Match[str], meaning: Meaning) -> tuple[Timex, ...] | None:
    """The two ends of a range, each with its own words."""
    if meaning.ends is None:
        return None
    groups = match.re.groupindex
    opens = match.start("month2") if "month2" in groups and match["month2"] else match.start("last")
    first, last = meaning.ends
    return (
        Timex(start=match.start(), end=match.end("first"), type=first.type, value=first.value),
        Timex(start=opens, end=match.end(), type=last.type, value=last.value),
    )


def _published(article: Article) -> date | None:
    return date.fromisoformat(article.published[:10]) if article.published else None
