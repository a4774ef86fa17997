"""Quantities: a number with what it counts, its unit and its bound."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from itertools import takewhile

from ..parse import Parse
from ..records import Bound, Date, Entity, Quantity
from .numbers import Amount, NumberReader, QuantityWords

BETWEEN = ("ADJ", "NOUN", "PROPN", "VERB")
"""What may stand between a number and the noun that it counts."""
REACH = 5
"""How many tokens behind a number its noun may stand."""
LONGEST_BOUND = 4
LINKS = frozenset(("-", "'s", "’s", "'", "’"))
OLDEST = 120
COUNTRY_WITHIN = 20_000
"""The characters from the start within which a country says which dollar or peso is meant: bounded, so that work stays proportional to the text."""
INNER = frozenset(("compound", "nmod", "amod", "poss"))
PARTS = frozenset(("first", "second", "other", "better", "third", "each", "this", "that"))
"""Before "half" they make it a part of a game or a year, no share."""
PLACES = frozenset(("under", "over", "above", "below", "around"))
"""Bounds that are places after "be": "the town was under two metres of water"."""
DIGIT = re.compile(r"\d")
NO_COUNT_AFTER = re.compile(r"\w|[:.,]\d|\s?[-–—/]\s?\d|[-\s]years?[-\s]old|\s?[ap]\.?m\b|['’]s\b|°")
NO_COUNT_BEFORE = re.compile(r"\d[-–—:./,]$|\w-$|#$")


class QuantityFinder:
    """Finds the quantities of a parsed article."""

    def __init__(self, words: QuantityWords) -> None:
        self.words = words
        self.reader = NumberReader(words)
        self.before: dict[str, Bound] = {phrase: bound for bound, phrases in words.bounds.items() for phrase in phrases}  # type: ignore[misc]
        after: dict[str, Bound] = {phrase: bound for bound, phrases in words.after.items() for phrase in phrases}  # type: ignore[misc]
        self.after = after
        self._after = re.compile(
            r"\s+(" + "|".join(re.escape(phrase) for phrase in sorted(after, key=len, reverse=True)) + r")\b", re.IGNORECASE
        )

    def find(self, parse: Parse, entities: Iterable[Entity], dates: Iterable[Date]) -> tuple[Quantity, ...]:
        """All quantities in the order of the text; none inside a date or a name."""
        taken = _Taken([(date.start, date.end) for date in dates], [(entity.start, entity.end) for entity in entities])
        found: list[Quantity] = []
        end = 0
        for index in self._openings(parse):
            if parse.start[index] < end:
                continue
            amount = self._amount(parse, index)
            if amount is None or taken.holds(amount.start, amount.end) or self._is_no_quantity(parse, index, amount):
                continue
            quantity = self._quantity(parse, index, amount, found)
            if quantity is not None:
                found.append(quantity)
                end = quantity.end
        return tuple(quantity.model_copy(update={"id": f"q{number}"}) for number, quantity in enumerate(found, 1))

    def _openings(self, parse: Parse) -> list[int]:
        opening = self.reader.opening
        return [
            i
            for i, word in enumerate(parse.lower)
            if word[0].isdigit() or word in opening or (not word[0].isalpha() and DIGIT.search(word))
        ]

    def _amount(self, parse: Parse, index: int) -> Amount | None:
        """The number phrase at a token, with the article or currency sign before it."""
        start = parse.start[index]
        digit = DIGIT.search(parse.word[index])
        if digit and digit.start():
            if parse.word[index][: digit.start()].upper() in self.words.symbols:
                return self.reader.read(parse.text, start)
            start += digit.start()
        before = index - 1
        opens = start
        if before >= 0 and (parse.word[before] in self.words.symbols or parse.word[before].upper() in self.words.symbols):
            opens = parse.start[before]
            if before and parse.text[parse.start[before - 1] : parse.end[before]].upper() in self.words.symbols:
                opens = parse.start[before - 1]
        elif before >= 0 and parse.lower[before] in ("a", "an") and parse.lower[index] != "one":
            opens = parse.start[before]
        if opens != start and parse.sentence[before] == parse.sentence[index] and (amount := self.reader.read(parse.text, opens)):
            return amount
        return self.reader.read(parse.text, start)

    def _is_no_quantity(self, parse: Parse, index: int, amount: Amount) -> bool:
        """Ages, ordinals, scores, clock times, years, numbers of things ("Room 12"), vague counts."""
        text, lower = parse.text, parse.lower
        after, before = text[amount.end : amount.end + 12], text[max(0, amount.start - 2) : amount.start]
        previous = lower[index - 1] if index else ""
        if (
            NO_COUNT_AFTER.match(after)
            or NO_COUNT_BEFORE.search(before)
            or (before[-1:] in ("'", "’") and text[amount.start].isdigit())
        ):
            return True
        if previous in self.words.numbered or previous in self.words.vague:
            return True
        if amount.unit == "share":
            return lower[index] == "half" and previous in PARTS
        if amount.unit is not None:
            return False
        if (
            index
            and parse.pos[index - 1] == "PROPN"
            and parse.dep[index] in ("nummod", "appos")
            and parse.head[index] == index - 1
        ):
            return True
        if (
            previous == ","
            and re.match(r"\s?[,.;]", after)
            and amount.value < OLDEST
            and parse.pos[index - 2] in ("PROPN", "NOUN")
        ):
            return True  # "Ada Okoro, 48, said"
        return lower[index] == "one" and not self._counts_one(parse, index)

    @staticmethod
    def _counts_one(parse: Parse, index: int) -> bool:
        head = parse.head[index]
        counts = parse.dep[index] == "nummod" and head > index and parse.pos[head] in ("NOUN", "PROPN")
        return counts and parse.lower[index - 1] not in ("no", "the", "every") and parse.lower[head + 1 : head + 2] != ["after"]

    def _quantity(self, parse: Parse, index: int, amount: Amount, found: list[Quantity]) -> Quantity | None:
        text = parse.text
        end, unit, value, to = amount.end, amount.unit, amount.value, amount.to
        noun = self._noun(parse, index, amount) if unit in (None, "share") else None
        if unit == "share" and noun is not None and (parse.tag[noun[1]] != "NNS" or noun[0] != noun[1]):
            noun = None
        if noun is not None:
            first, head = noun
            counted = self._unit(parse, first, head)
            if counted is None:
                return None
            end = parse.end[head]
            if unit is None:
                unit = counted
                if parse.lemma[head].lower() in self.words.subunits or parse.lower[head] in self.words.subunits:
                    value, to = value / 100, None if to is None else to / 100
                    whole = self.words.subunits.get(parse.lemma[head].lower(), ())
                    unit = next((known.unit for known in reversed(found) if known.unit in whole), unit)
                elif unit == "point" and any(known.unit == "percent" for known in found):
                    unit = "percentage point"
        elif unit is None:
            if text[amount.start : amount.end].isdigit() and 1500 <= value <= 2100:
                return None  # a year
            unit = self._unit_of_whole(parse, index) or self._unit_left_out(parse, amount, found)
            if (
                unit is None
                and value < 1000
                and isinstance(value, int)
                and not re.match(r"\s+of\s", text[amount.end : amount.end + 5])
            ):
                return None  # an age, a score, a number of something that is not named
        start, bound = self._bound(parse, index, amount.start, to is not None)
        if bound is None and (match := self._after.match(text, end)):
            bound, end = self.after[match[1].lower()], match.end()
        return Quantity(id="", start=start, end=end, text=text[start:end], value=value, unit=unit, bound=bound, to=to)

    @staticmethod
    def _unit_of_whole(parse: Parse, index: int) -> str | None:
        """ "Two of its four pumps" are pumps."""
        for child in parse.children[index]:
            if parse.lower[child] == "of":
                return next((parse.lemma[below].lower() for below in parse.children[child] if parse.tag[below] == "NNS"), None)
        return None

    def _unit_left_out(self, parse: Parse, amount: Amount, found: list[Quantity]) -> str | None:
        """The unit of a number whose noun is left out: that of a count before it in the sentence, of a percentage only up to 100."""
        here = takewhile(lambda known: self._same_sentence(parse, known.start, amount.start), reversed(found))
        before = [known.unit for known in here]
        counted = [unit for unit in before if unit not in ("percent", "share", "percentage point")]
        return counted[0] if counted else "percent" if "percent" in before and amount.value <= 100 else None

    def _noun(self, parse: Parse, index: int, amount: Amount) -> tuple[int, int] | None:
        """The first token behind the number and the head of the noun phrase that it counts; None where the noun is left out."""
        first = bisect_left(parse.start, amount.end)
        last = parse.sentences[parse.sentence[index]][1]
        if (
            parse.word[first : first + 1] == ["-"] and first + 1 < last and parse.pos[first + 1] in ("NOUN", "ADJ", "PROPN")
        ):  # "four-metre"
            return first, first + 1
        head = None
        for token in range(first, min(first + REACH, last)):
            position = parse.pos[token]
            if position in ("NOUN", "PROPN"):
                head = token
                behind = parse.word[token + 1] if token + 1 < last else ""
                touches = behind == "-" and parse.start[token + 1] == parse.end[token]
                if (
                    not touches
                    and parse.tag[token + 1 : token + 2] != ["POS"]
                    and (parse.dep[token] not in INNER or parse.head[token] <= token)
                ):
                    break
            elif parse.lower[token] in self.words.victims:
                return first, token
            elif (position == "VERB" and parse.dep[token] != "amod") or (
                position not in BETWEEN and parse.word[token] not in LINKS
            ):
                break
        return None if head is None else (first, head)

    def _unit(self, parse: Parse, first: int, head: int) -> str | None:
        """The unit of a counted noun; None for what is counted as time."""
        lemma, word = parse.lemma[head].lower(), parse.lower[head]
        if lemma in self.words.not_counted or word in self.words.not_counted:
            return None
        named = f"{parse.word[head - 1]} {lemma}" if head > first else lemma
        for key in (named, named.lower(), lemma):
            if key in self.words.currencies:
                return self.words.currencies[key]
        for key in (lemma, word):
            if key in self.words.subunits:
                return self.words.subunits[key][0]
        singular = self.words.plurals.get(word, lemma)
        if singular in self.words.national:
            lowered = parse.text[:COUNTRY_WITHIN].lower()
            return next((code for country, code in self.words.national[singular].items() if country in lowered), singular)
        for key in (named.lower(), word, lemma):
            if key in self.words.measures:
                return self.words.measures[key]
        if parse.pos[head] == "PROPN":
            return parse.word[head].removesuffix("s")
        return word.removesuffix("s") if word.endswith("ves") and word not in self.words.plurals else singular

    def _bound(self, parse: Parse, index: int, start: int, ranged: bool) -> tuple[int, Bound | None]:
        """Where the quantity begins with its bound words, and the bound."""
        number = bisect_right(parse.start, start) - 1
        opening = parse.sentences[parse.sentence[index]][0]
        for length in range(LONGEST_BOUND, 0, -1):
            first = number - length
            if first >= opening:
                phrase = " ".join(parse.lower[first:number])
                if phrase == "between" and ranged:
                    return parse.start[first], None
                if phrase in self.before and not (phrase in PLACES and parse.pos[parse.head[first]] == "AUX"):
                    return parse.start[first], self.before[phrase]
        return start, None

    @staticmethod
    def _same_sentence(parse: Parse, one: int, other: int) -> bool:
        return parse.sentence[parse.token_at(one)] == parse.sentence[parse.token_at(other)]


class _Taken:
    """The ranges in which no quantity stands: those of dates (touching is enough) and of names (inside them)."""

    def __init__(self, dates: list[tuple[int, int]], names: list[tuple[int, int]]) -> None:
        self.dates, self.names = sorted(dates), sorted(names)

    def holds(self, start: int, end: int) -> bool:
        in_date = any(a < end and start < b for a, b in self._near(self.dates, end))
        return in_date or any(a <= start and end <= b for a, b in self._near(self.names, end))

    @staticmethod
    def _near(ranges: list[tuple[int, int]], end: int) -> list[tuple[int, int]]:
        last = bisect_left(ranges, (end, 0))
        return ranges[max(0, last - 3) : last]
