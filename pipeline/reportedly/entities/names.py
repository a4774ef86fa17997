"""Which mentions are the same thing: the fullest form of each name in the article."""

from __future__ import annotations

import re
from collections import defaultdict
from itertools import pairwise

from ..parse import Parse
from .labels import key_of
from .mentions import Mention
from .tables import Tables

SMALL = frozenset(("of", "the", "and", "for", "in", "on", "de", "to", "&", "'s", "'", "-"))
INITIAL = re.compile(r"[a-z]\.?$")


def full_names(parse: Parse, mentions: list[Mention], tables: Tables) -> list[str]:
    """The canonical name of each mention. A form that fits two different full names keeps its own."""
    forms: dict[str, dict[str, str]] = defaultdict(dict)
    for mention in mentions:
        known, key = forms[mention.label], key_of(parse, mention)
        form = parse.text[parse.start[mention.first] : parse.end[mention.last - 1]]
        if key not in known or (known[key].isupper() and not form.isupper()):
            known[key] = form
    fullest = {label: {key: _fullest(key, known, label, tables) for key in known} for label, known in forms.items()}
    for before, mention in pairwise(mentions):
        if before.label == mention.label == "ORG" and _in_brackets(parse, before, mention):
            fullest["ORG"][key_of(parse, mention)] = fullest["ORG"][key_of(parse, before)]
    return [forms[mention.label][fullest[mention.label][key_of(parse, mention)]] for mention in mentions]


def _in_brackets(parse: Parse, before: Mention, mention: Mention) -> bool:
    """ "The Harland Swimming Club (HSC)": an acronym right behind what it stands for."""
    form = parse.text[parse.start[mention.first] : parse.end[mention.last - 1]]
    if (
        mention.first != before.last + 1
        or parse.word[before.last] != "("
        or parse.lower[mention.last : mention.last + 1] != [")"]
    ):
        return False
    return mention.last - mention.first == 1 and form.isupper() and form[0].lower() == key_of(parse, before)[0]


def _fullest(key: str, known: dict[str, str], label: str, tables: Tables) -> str:
    if label == "PERSON":
        return fullest_person(key, list(known), tables.suffixes)
    if label == "ORG":
        return _fullest_body(key, known, tables)
    if label == "GPE" and key in tables.places.country:
        same = [other for other in known if tables.places.country.get(other) == tables.places.country[key]]
        return max(same, key=lambda other: (len(other), other))
    return key


def fullest_person(key: str, known: list[str], suffixes: frozenset[str]) -> str:
    """The longest name that `key` is a part of, if all names that it is a part of can be one person's; else `key` itself.
    A single word is taken for a first name only where nobody has it as a surname."""
    words = key.split()
    fitting = [other for other in known if other != key and _is_part(words, other.split(), suffixes)]
    fitting = fitting or [other for other in known if len(words) == 1 and other.startswith(key + " ")]
    if not fitting:
        return key
    longest = max(fitting, key=lambda other: (other.count(" "), len(other), other))
    return longest if all(_is_part(other.split(), longest.split(), suffixes) for other in fitting if other != longest) else key


def _is_part(part: list[str], whole: list[str], suffixes: frozenset[str]) -> bool:
    """Whether a shorter name can stand for a longer one: its last words, or first and last name without what is between.

    A full name never stands for the same with "Jr.": that may be the son.
    """
    if len(part) >= len(whole) or ((whole[-1] in suffixes) != (part[-1] in suffixes) and len(part) > 1 and part[0] == whole[0]):
        return False
    plain = whole[:-1] if whole[-1] in suffixes and part[-1] not in suffixes else whole
    if plain[-len(part) :] == part:
        return True
    return len(part) > 1 and part[-1] == plain[-1] and _same_first(part[0], whole[0]) and all(word in whole for word in part[1:])


def _same_first(one: str, other: str) -> bool:
    return one == other or (one[0] == other[0] and bool(INITIAL.match(one) or INITIAL.match(other)))


def _fullest_body(key: str, known: dict[str, str], tables: Tables) -> str:
    """An acronym's expansion; or the one longer name that ends with this name, or begins with it and says what kind of body it is."""
    if " " not in key and known[key].replace(".", "").isupper() and 2 <= len(key) <= 8:
        spelt = [other for other in known if " " in other and _initials(other, known[other]) == key.replace(".", "")]
        if len(spelt) == 1:
            return spelt[0]
    if key in tables.heads:  # "the Court"
        longer = [other for other in known if key in other.split() and other != key]
    else:
        longer = [
            other
            for other in known
            if other.endswith(" " + key) or (other.startswith(key + " ") and _tells_kind(other, key, tables))
        ]
    longer = [other for other in longer if " and " not in other.replace(key, "")]  # two bodies that the model took for one
    return longer[0] if len(longer) == 1 else key


def _tells_kind(longer: str, key: str, tables: Tables) -> bool:
    """Whether what a longer name adds says what kind of body it is ("Harland Institute"), or where ("Unity Party of Chad")."""
    added = longer.removeprefix(key + " ").split()
    return added[-1] in tables.heads or added[0] in SMALL


def _initials(key: str, form: str) -> str:
    """The first letters of a name's words that begin with a capital, in lower case."""
    words = [word for part in form.split() for word in part.split("-")]
    return "".join(word[0] for word in words if word and word.lower() not in SMALL and word[0].isupper()).lower() if key else ""
