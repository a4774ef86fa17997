"""What kind of thing each name means, by everything that the article says of it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator

from ..parse import Parse
from .mentions import Mention, opens_sentence
from .tables import Tables

Votes = defaultdict[str, dict[str, float]]
"""Name in lower case → label → its weight."""
MODEL, CONTEXT, PLAIN = 1.0, 2.0, 6.0
"""The weight of the model's label, of what stands beside a name, and of what leaves hardly a doubt."""
AGE = re.compile(r"[1-9]\d$|1[01]\d$")
OF = frozenset(("of", "for"))
PLACE_PREPOSITIONS = {"in": 1.0, "near": 1.0, "outside": 1.0, "across": 1.0, "at": 0.6, "from": 0.4, "to": 0.3}
"""How much a preposition before a name says that it is a place; a person's name seldom follows "in"."""
NOMINAL = frozenset(("DET", "PRON", "ADJ", "NOUN", "NUM", "PUNCT", "PART", "PROPN"))
APPOSED = frozenset(("appos", "attr", "npadvmod"))
LONGEST_PHRASE = 8
"""Words of an apposition up to its noun."""
PLURAL = frozenset(("have", "were", "are"))
"""Verbs that a team or firm takes and a person does not."""
LONE = 0.4
"""What the model's PERSON counts for a single word that is never more in the article: news introduces people by their full names."""


def key_of(parse: Parse, mention: Mention) -> str:
    """The words of a mention in lower case: what makes two mentions the same name."""
    return " ".join(parse.lower[mention.first : mention.last])


def label_mentions(parse: Parse, mentions: list[Mention], tables: Tables) -> list[Mention]:
    """The mentions that are names, labelled by the votes of all mentions of the same name; the rest is dropped."""
    keys = [key_of(parse, mention) for mention in mentions]
    votes: Votes = defaultdict(lambda: defaultdict(float))
    told: Votes = defaultdict(lambda: defaultdict(float))
    own: list[str] = []
    for mention, key in zip(mentions, keys, strict=True):
        strong, counted = "", votes[key]
        if mention.label:
            counted[mention.label] += MODEL * (0.5 if mention.place == "headline" else 1.0)
        for label, weight in _evidence(parse, mention, key, tables):
            counted[label] += weight
            told[key][label] += weight
            strong = strong or (label if weight >= PLAIN else "")
        own.append(strong)
    inside = {
        key for mention, key in zip(mentions, keys, strict=True) if not mention.place and not opens_sentence(parse, mention.first)
    }
    decided = _decide(votes, told, inside, tables)
    kept = []
    for mention, key, strong in zip(mentions, keys, own, strict=True):
        label = decided.get(key, "")
        if (
            label == "PERSON"
            and key in tables.places.labels
            and mention.first
            and parse.lower[mention.first - 1] in PLACE_PREPOSITIONS
        ):
            label = tables.places.labels[key]  # the town whose name somebody bears
        mention.label = strong or label
        if mention.label and key not in tables.never and len(key) > 1:
            kept.append(mention)
    return kept


def _decide(votes: Votes, told: Votes, inside: set[str], tables: Tables) -> dict[str, str]:
    """The label of each name. Long names first: a single word that ends a person's name is that person's unless it is known as a place.

    `inside`: the names that stand within a sentence, where a capital tells something.
    """
    decided: dict[str, str] = {}
    surnames: set[str] = set()
    for key in sorted(votes, key=lambda key: (-key.count(" "), key)):
        counted = votes[key]
        words = key.split()
        if key in surnames and told[key]["ORG"] < told[key]["PERSON"] + 2 * CONTEXT:  # else a firm that bears its founder's name
            counted["PERSON"] += PLAIN + max(counted.values(), default=0.0)  # however often the model calls it something else
            if key in tables.places.labels:
                counted = {"PERSON": PLAIN}  # somebody with the name of a town; the town itself is told by its prepositions
        elif len(words) == 1 and counted["PERSON"] < PLAIN:
            counted["PERSON"] *= 0.0 if key in tables.heads else LONE
        if not counted:
            continue
        if (
            key in inside
            and tables.heads.get(key) == "ORG"
            and any(label == "ORG" and name.endswith(" " + key) for name, label in decided.items())
        ):
            counted = {"ORG": PLAIN}  # the club or party by the last word of its name
        label, weight = max(counted.items(), key=lambda item: (item[1], item[0] == "PERSON", item[0]))
        if weight <= 0:
            continue
        decided[key] = label
        if label == "PERSON":
            plain = words[:-1] if words[-1] in tables.suffixes else words
            surnames.update(" ".join(plain[begin:]) for begin in range(1, len(plain)))
            if words[0] in tables.people.given:
                surnames.add(words[0])
    for key in decided:
        for ending in ("n", "an", "ian"):
            if key.endswith(ending) and decided.get(key.removesuffix(ending)) == "GPE" and " " not in key:
                decided[key] = "NORP"
    return decided


def _evidence(parse: Parse, mention: Mention, key: str, tables: Tables) -> Iterator[tuple[str, float]]:
    """What a mention and the words beside it say of its kind."""
    before = parse.lower[mention.first - 1] if mention.first else ""
    if mention.place == "dateline":
        yield ("ORG" if before == "(" else "GPE"), PLAIN
        return
    if mention.place in ("label", "byline"):
        yield ("GPE" if before == "in" else "PERSON"), PLAIN
    yield from _by_its_words(parse, mention, key, tables)
    if mention.place != "headline" and (mention.label or parse.pos[mention.last - 1] == "PROPN"):
        yield from _by_its_neighbours(parse, mention, tables)


def _by_its_words(parse: Parse, mention: Mention, key: str, tables: Tables) -> Iterator[tuple[str, float]]:
    words = parse.lower[mention.first : mention.last]
    if mention.title:
        doubtful = mention.title in tables.people.doubtful_titles and words[0] not in tables.people.given
        yield "PERSON", CONTEXT if doubtful else PLAIN
    elif key in tables.places.labels:
        yield tables.places.labels[key], PLAIN / 2
    if len(words) == 1:
        if words[0] in tables.heads and mention.first and parse.lower[mention.first - 1] == "the":
            yield tables.heads[words[0]], CONTEXT
        return
    if words[-1].rstrip(".") in tables.suffixes:
        yield "PERSON", PLAIN
    head = next((words[index - 1] for index in range(1, len(words)) if words[index] in OF), words[-1])
    if head in tables.heads and len(words) == 2 and words[0] in tables.people.given:  # "Victoria Park" may be either
        yield tables.heads[head], CONTEXT
        yield "PERSON", CONTEXT
    elif head in tables.heads:
        yield tables.heads[head], PLAIN - 1
    elif words[0] in tables.people.given or any(word in ('"', "“", "‘", "''", "``") for word in words[1:-1]):
        yield "PERSON", CONTEXT


def _by_its_neighbours(parse: Parse, mention: Mention, tables: Tables) -> Iterator[tuple[str, float]]:
    lower, pos, size = parse.lower, parse.pos, len(parse)
    before = lower[mention.first - 1] if mention.first else ""
    after = lower[mention.last] if mention.last < size else ""
    beyond = mention.last + 1
    people = tables.people
    beside = mention.first - (2 if before == "," and after in (",", ".") else 1)
    named = beside >= 0 and pos[beside] == "NOUN" and people.is_noun(lower[beside])
    if named or (before == "," and _names_holder(parse, mention.last - 1, tables)):
        yield "PERSON", CONTEXT
    elif before in ("on", "via"):
        yield "PERSON", -MODEL / 2
    elif before == "the":
        yield "PERSON", -CONTEXT
    elif before == "of":
        yield "PERSON", -MODEL / 2
        if mention.first > 1 and lower[mention.first - 2] in tables.places_of:
            yield "GPE", CONTEXT
    elif before == "(" and after == ")" and parse.word[mention.first].isupper() and mention.last - mention.first == 1:
        yield "ORG", CONTEXT  # an acronym behind what it stands for
    elif before in PLACE_PREPOSITIONS and mention.last - mention.first < 3:
        yield "GPE", PLACE_PREPOSITIONS[before]
    relative = mention.last if after == "who" else beyond if after == "," and beyond < size and lower[beyond] == "who" else 0
    if relative:
        yield ("ORG" if lower[min(relative + 1, size - 1)] in PLURAL else "PERSON"), CONTEXT
    elif after == "," and beyond < size:
        yield from _by_apposition(parse, beyond, tables)
    elif after in ("'s", "'") and beyond < size and before != "the":
        if lower[beyond] in tables.places_have:
            yield "GPE", PLAIN / 2
        elif lower[beyond] in tables.bodies_have:
            yield "ORG", CONTEXT
        elif lower[beyond] in tables.people_have:
            yield "PERSON", CONTEXT
    elif after in tables.bodies_have:
        yield "ORG", CONTEXT
    elif after in PLURAL:
        yield "ORG", CONTEXT / 2
    elif after in ("himself", "herself"):
        yield "PERSON", PLAIN


def _names_holder(parse: Parse, last: int, tables: Tables) -> bool:
    """ "The mayor of Harland, X": an apposition that the parser hung on the place."""
    place = parse.head[last]
    office = parse.head[parse.head[place]]
    if parse.dep[last] != "appos" or parse.dep[place] != "pobj" or parse.lower[parse.head[place]] not in OF:
        return False
    return parse.tag[office] == "NN" and tables.people.is_noun(parse.lower[office])


def _by_apposition(parse: Parse, index: int, tables: Tables) -> Iterator[tuple[str, float]]:
    """`X, 34,`; `X, a nurse`; `X, which`; `X, Denmark,`."""
    lower, pos, size = parse.lower, parse.pos, len(parse)
    if AGE.match(lower[index]) and index + 1 < size and lower[index + 1] in (",", ".", "and"):
        yield "PERSON", PLAIN
    elif lower[index] == "which":
        yield "ORG", CONTEXT
    elif lower[index] in tables.places.labels and index + 1 < size and lower[index + 1] in (",", "."):
        yield "GPE", CONTEXT
    elif pos[index] in ("DET", "PRON", "NOUN", "ADJ") and not lower[index].endswith("s"):
        last = index
        while last < min(size, index + LONGEST_PHRASE) and pos[last] in NOMINAL and lower[last] not in (",", ".", ";"):
            last += 1
        noun = last - 1
        if noun >= index and parse.dep[noun] in APPOSED and pos[noun] == "NOUN" and tables.people.is_noun(lower[noun]):
            yield "PERSON", CONTEXT
