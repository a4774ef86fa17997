"""Number words and figures of date expressions: "twenty-five", "a hundred", "2 1/2", "1,200", "third"."""

from __future__ import annotations

import re
from fractions import Fraction
from functools import lru_cache

SMALL = {
    "zero": 0, "a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10,
    "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16, "seventeen": 17, "eighteen": 18, "nineteen": 19,
}  # fmt: skip
TENS = {
    word: 10 * number
    for number, word in enumerate(["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"], 2)
}
SCALES = {"dozen": 12, "hundred": 100, "thousand": 1000, "million": 1_000_000}
ORDINALS = {
    "first": 1, "second": 2, "third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8, "ninth": 9, "tenth": 10, "eleventh": 11,
    "twelfth": 12, "thirteenth": 13, "fourteenth": 14, "fifteenth": 15, "sixteenth": 16, "seventeenth": 17, "eighteenth": 18, "nineteenth": 19,
    "twentieth": 20, "thirtieth": 30,
}  # fmt: skip
ORDINALS |= {f"{tens}-{word}": TENS[tens] + ORDINALS[word] for tens in ("twenty", "thirty") for word in tuple(ORDINALS)[:9]}


@lru_cache(maxsize=1024)
def number(text: str) -> Fraction | None:
    """The value of figures or number words in lower case, None if it is none."""
    total, current, found = Fraction(0), Fraction(0), False
    for word in re.sub("[- ]and[- ](?:a|one)[- ]half", " half", text).replace("-", " ").replace(",", "").split():
        if word in SCALES:
            current = max(current, Fraction(1)) * SCALES[word]
            if SCALES[word] > 100:
                total, current = total + current, Fraction(0)
        elif word in SMALL or word in TENS:
            current += SMALL.get(word, 0) or TENS.get(word, 0)
        elif word == "half":
            current += Fraction(1, 2)
        elif word == "and":
            continue
        else:
            try:
                current += Fraction(word)
            except (ValueError, ZeroDivisionError):
                return None
        found = True
    return total + current if found else None


def ordinal(text: str) -> int | None:
    """The number of "third", "3rd" or "twenty-first" in lower case, None if it is none."""
    digits = text.rstrip("stndrh")
    return int(digits) if digits.isdecimal() else ORDINALS.get(text.replace(" ", "-"))


@lru_cache(maxsize=256)
def year_number(text: str) -> int | None:
    """The year of "1997", "'97", "nineteen ninety-seven" or "two thousand and one", None if it is none."""
    figures = text.strip("' ")
    if figures.isdecimal():
        short = int(figures)
        return short if len(figures) > 2 else 1900 + short if short > 30 else 2000 + short
    words = figures.replace("-", " ").split()
    if "thousand" in words:
        value = number(figures)
        return int(value) if value is not None else None
    if len(words) < 2:
        return None
    century, rest = number(words[0]), number(" ".join(words[1:]).replace("oh ", "").replace("hundred and", ""))
    return None if century is None or rest is None else int(100 * century + rest)
