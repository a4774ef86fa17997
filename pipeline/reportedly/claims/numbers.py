"""Number phrases as values: digits, number words, multipliers, fractions, shares, ranges. Pure text, no parse."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cached_property

from ..rulebook import Rule

Number = int | float
LONGEST = 60
"""Characters of a number; longer runs of digits or number words count nothing."""


class QuantityWords(Rule):
    """`quantities.yaml`: the words of numbers, bounds, currencies and measures, each with its value or unit."""

    cardinals: dict[str, int]
    multipliers: dict[str, int]
    fractions: dict[str, int]
    vague: tuple[str, ...]
    bounds: dict[str, tuple[str, ...]]
    after: dict[str, tuple[str, ...]]
    percent: tuple[str, ...]
    percentage_point: tuple[str, ...]
    symbols: dict[str, str]
    currencies: dict[str, str]
    subunits: dict[str, tuple[str, ...]]
    national: dict[str, dict[str, str]]
    measures: dict[str, str]
    plurals: dict[str, str]
    victims: frozenset[str]
    not_counted: frozenset[str]
    numbered: frozenset[str]
    examples: tuple[str, ...]
    counter: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Amount:
    """A number phrase: characters `start` to `end` (exclusive), `value` with the upper end `to` of a range, and the unit that it names itself."""

    start: int
    end: int
    value: Number
    to: Number | None = None
    unit: str | None = None


class NumberReader:
    """Reads the number phrase that begins at a given character."""

    def __init__(self, words: QuantityWords) -> None:
        self.words = words
        digits = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
        word = _any([*words.cardinals, "hundred", "thousand", "million", "billion", "trillion"])
        big = "hundred|thousand|million|billion|trillion|dozen"
        opening = rf"(?:an?\s+(?={big})|half\s+an?\s+(?=million|billion|dozen))"
        spelled = rf"{opening}?(?:{word}|dozen)(?:(?:\s+and\s+|[\s-])(?:{word}|dozen)\b)*"
        scale = rf"(?:\s?(?:{_any(words.multipliers, edge=False)})\b)"
        number = rf"(?:(?:{digits}){scale}?|\b(?:{spelled})\b)"
        symbol = _any(words.symbols, edge=False)
        fraction = _any(words.fractions, edge=False)
        self._number = re.compile(
            rf"(?P<symbol>{symbol})?\s?(?P<low>{number})(?:(?:\s?[-–—]\s?|\s+(?:to|or|and)\s+)(?:{symbol})?(?P<high>{number}))?"
            rf"(?P<percent>\s?(?:{_any(words.percentage_point, edge=False)}|{_any(words.percent, edge=False)})(?!\w))?",
            re.IGNORECASE,
        )
        every = r"(?:in(?:\s+every)?|out\s+of(?:\s+every)?|of\s+every)"
        self._share = re.compile(rf"(?P<part>{number})\s+{every}\s+(?P<whole>{number})\b(?!\s*(?:,\d|%|percent))", re.IGNORECASE)
        self._fraction = re.compile(
            rf"(?:(?P<count>an?|{_any(words.cardinals)})[\s-])?(?P<name>{fraction})s?\b(?!-|\s+an?\s+(?:million|billion|dozen))(?P<of>\s+an?\b)?",
            re.IGNORECASE,
        )

    @cached_property
    def opening(self) -> frozenset[str]:
        """The lower-case words with which a number phrase may begin, besides digits."""
        return frozenset(
            [*self.words.cardinals, "hundred", "thousand", "million", "billion", "trillion", "dozen", *self.words.fractions]
        )

    def read(self, text: str, start: int) -> Amount | None:
        """The number phrase that begins at `start`, with its percent sign, scale or share; None if there is none."""
        return self._read_share(text, start) or self._read_fraction(text, start) or self._read_number(text, start)

    def _read_share(self, text: str, start: int) -> Amount | None:
        match = self._share.match(text, start)
        if not match:
            return None
        if len(match["part"]) > LONGEST or len(match["whole"]) > LONGEST:
            return None
        part, whole = self._value(match["part"]), self._value(match["whole"])
        return Amount(start, match.end(), _tidy(part / whole), unit="share") if 0 < part < whole <= 1000 else None

    def _read_fraction(self, text: str, start: int) -> Amount | None:
        match = self._fraction.match(text, start)
        if not match or (match["name"].lower() != "half" and not match["count"]):
            return None
        count = match["count"].lower() if match["count"] else "a"
        parts = self.words.fractions[match["name"].lower()]
        value = self.words.cardinals.get(count, 1) / parts
        return Amount(start, match.end(), _tidy(value), unit=None if match["of"] else "share") if value < 1 else None

    def _read_number(self, text: str, start: int) -> Amount | None:
        match = self._number.match(text, start)
        if not match:
            return None
        if len(match["low"]) > LONGEST or len(match["high"] or "") > LONGEST:
            return None
        low, high, end = self._value(match["low"]), None, match.end()
        if match["high"]:
            joint = text[match.end("low") : match.start("high")]
            high = self._value(match["high"])
            if "and" in joint and not re.search(r"(?i)\bbetween\s*$", text[max(0, start - 12) : start]):
                high, end = None, match.end("low")
            else:
                scale = re.search(r"[^\W\d]+$", match["high"])
                times = self.words.multipliers.get(scale[0].lower(), 1) if scale else 1
                if low < 1000 <= high and match["low"][-1].isdigit():  # "2 to 3 million"
                    low = _tidy(low * times)
                if high <= low:
                    high, end = None, match.end("low")
        unit = None
        if match["percent"] and end == match.end():
            sign = " ".join(match["percent"].lower().split())
            unit = "percentage point" if sign in self.words.percentage_point else "percent"
        elif match["symbol"]:
            symbol = match["symbol"]
            unit = self.words.symbols.get(symbol) or self.words.symbols.get(symbol.upper())
        return Amount(start, end, low, high, unit)

    def _value(self, phrase: str) -> Number:
        """The value of a number in digits with a scale, or in words."""
        match = re.match(r"(?P<digits>\d[\d,]*(?:\.\d+)?)\s?(?P<scale>[^\W\d]+)?", phrase)
        if match:
            value = float(match["digits"].replace(",", ""))
            return _tidy(value * self.words.multipliers.get((match["scale"] or "").lower(), 1))
        return _tidy(self._spelled(re.findall(r"[a-z]+", phrase.lower())))

    def _spelled(self, names: list[str]) -> float:
        total, group = 0.0, 0.0
        for name in names:
            if name == "half":
                group = 0.5
            elif name in self.words.cardinals:
                group += self.words.cardinals[name]
            elif name in ("hundred", "dozen"):
                group = (group or 1) * self.words.multipliers[name]
            elif name in self.words.multipliers:
                total, group = total + (group or 1) * self.words.multipliers[name], 0.0
        return total + group


def _any(words: object, *, edge: bool = True) -> str:
    """An alternation of literal words, the longest first, whole words unless `edge` is false."""
    ordered = sorted((str(word) for word in words), key=lambda word: (-len(word), word))  # type: ignore[attr-defined]
    inner = "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)
    return rf"\b(?:{inner})\b" if edge else f"(?:{inner})"


def _tidy(value: float) -> Number:
    """Four decimals at most, whole numbers without any."""
    rounded = round(float(value), 4)
    return int(rounded) if rounded.is_integer() else rounded
