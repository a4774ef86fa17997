"""Where names stand: the model's spans with their edges mended, and the capitalised words that it missed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ..findings import Layout
from ..gazetteer import MOST_TITLE_WORDS, title_form
from ..parse import Name, Parse
from .tables import Tables

LABELS = frozenset(["PERSON", "ORG", "GPE", "NORP", "LOC", "FAC", "EVENT", "PRODUCT", "WORK_OF_ART", "LAW", "LANGUAGE"])
OPENERS = frozenset(("DET", "PRON", "ADP", "CCONJ", "SCONJ", "ADV", "AUX", "PART", "INTJ", "VERB", "NUM", "NOUN"))
"""What begins a sentence with a capital and is no name."""
NEVER_FIRST = frozenset(("DET", "PRON", "ADP"))
NEVER_LAST = frozenset(("PUNCT", "PART", "DET", "CCONJ", "ADP"))
NOT_JOINING = frozenset(("AUX", "VERB", "PRON", "NUM"))
DAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
FULL_MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
MONTHS = frozenset(
    (*FULL_MONTHS, "jan.", "feb.", "aug.", "sept.", "oct.", "nov.", "dec.", "jan", "feb", "aug", "sept", "oct", "nov", "dec")
)
TIME_PREPOSITIONS = ("in", "of", "since", "by", "until", "till", "from", "between", "on", "through", "to", "and")
BEFORE_MONTH = frozenset((*TIME_PREPOSITIONS, "last", "this", "next", "early", "mid", "late", ",", "--", "—"))
HYPHENS = frozenset("-‐‑")
BRACKETS = frozenset("()[]{}")
OFFICE_OF = frozenset(("of", "for", "to", "from"))
NAME = 2
"""Words of a first name and a surname."""
NICKNAME = frozenset("\"“”'‘’``''")


@dataclass(slots=True)
class Mention:
    """Tokens `first` (inclusive) to `last` (exclusive) that may be a name.

    `label`: the model's, empty where it saw none; `title`: the title before it; `place`: where on the page it stands
    (dateline, label, byline, headline) or empty for prose.
    """

    first: int
    last: int
    label: str = ""
    title: str = ""
    place: str = ""


def find_mentions(parse: Parse, layout: Layout, tables: Tables) -> list[Mention]:
    """Every span that may be a name, in order and without overlap. Whether it is one is for the labels to say."""
    pages = _places(parse, layout)
    given = [mention for name in parse.names if name.label in LABELS for mention in _trimmed(parse, name, tables)]
    people = frozenset(name.first for name in parse.names if name.label == "PERSON")
    segments = [segment for run in _runs(parse, tables, pages) for segment in _segments(parse, run, people, tables)]
    return _united(parse, [part for mention in given for part in _parted(parse, mention, tables)], segments, pages, tables)


def _places(parse: Parse, layout: Layout) -> dict[int, str]:
    """The tokens outside plain prose → where they stand."""
    found: dict[int, str] = {}
    for paragraph in layout.paragraphs:
        start, end = paragraph.start, paragraph.end
        cased = paragraph.kind == "headline" and layout.reading[start:end] != parse.text[start:end]
        if cased or paragraph.kind == "byline":
            found.update(dict.fromkeys(parse.tokens(start, end), paragraph.kind))
        for span, place in ((paragraph.dateline, "dateline"), (paragraph.label, "label")):
            if span:
                found.update(dict.fromkeys(parse.tokens(span.start, span.end), place))
    return found


def is_capital(word: str) -> bool:
    """Begins with a capital, or has one after an apostrophe ("d'Ors")."""
    if word[0].isupper() or word.isalpha():
        return word[0].isupper()
    _, apostrophe, rest = word.replace("’", "'").partition("'")
    return bool(apostrophe) and rest[:1].isupper()


def _trimmed(parse: Parse, name: Name, tables: Tables) -> Iterator[Mention]:
    """A span of the model without article, titles, possessive and marks; nothing where no capital is left."""
    first, last, word, lower = name.first, name.last, parse.word, parse.lower
    while (
        first < last and not _may_open(parse, first, tables) and (parse.pos[first] in NEVER_FIRST or not word[first][0].isalnum())
    ):
        first += 1
    if (
        name.label == "WORK_OF_ART"
        and first > name.first
        and first > 1
        and parse.word[first - 1][0].isupper()
        and parse.word[first - 2] in NICKNAME
    ):
        first -= 1  # "The" inside the marks belongs to the title
    for index in range(first + 1, last):
        if word[index] in BRACKETS or _gap_before(parse, index):
            last = index
            break
    while first < last and (parse.pos[last - 1] in NEVER_LAST or lower[last - 1] in ("'s", "'")):
        last -= 1
    if first < last and (word[first][0].isupper() or any(is_capital(parse.word[index]) for index in range(first, last))):
        yield Mention(first, last, name.label)


def _parted(parse: Parse, mention: Mention, tables: Tables) -> Iterator[Mention]:
    """A span parted behind the place of an office ("ambassador to Norway | Sten Falk")."""
    place = mention.first + 1
    if (
        mention.last - place == NAME
        and parse.lower[mention.first] in tables.places.labels
        and _names_office(parse, mention.first, tables)
    ):
        yield Mention(mention.first, place, tables.places.labels[parse.lower[mention.first]])
        yield Mention(place, mention.last, "PERSON")
    else:
        yield mention


def _names_office(parse: Parse, place: int, tables: Tables) -> bool:
    """Whether a place is that of an office: "mayor of", "envoy to"."""
    before = parse.lower[place - 2] if place > 1 else ""
    return parse.lower[place - 1] in OFFICE_OF and (tables.people.is_noun(before) or before in tables.people.titles)


def opens_sentence(parse: Parse, index: int) -> bool:
    """Whether a token is the first of its sentence: its capital says nothing."""
    return index == 0 or parse.sentence[index - 1] != parse.sentence[index]


def _may_open(parse: Parse, index: int, tables: Tables) -> bool:
    """Whether a name may begin here though the tagger sees a small word: a particle, or a first name ("Per", "Ali") within a sentence."""
    word = parse.lower[index]
    return word in tables.particles or (word in tables.people.given and not opens_sentence(parse, index))


def _gap_before(parse: Parse, index: int) -> bool:
    """Whether more than one character of white space stands before a token: no name goes on over it."""
    return parse.start[index] - parse.end[index - 1] > 1


def _runs(parse: Parse, tables: Tables, pages: dict[int, str]) -> Iterator[tuple[int, int]]:
    """Capitalised words that stand together, with the small words and marks that join names; not in headlines, where capitals say little."""
    word, lower, sentence, size = parse.word, parse.lower, parse.sentence, len(parse)
    index = 0
    while index < size:
        if word[index].islower() and word[index].isalpha():  # most words: told without a call
            index += 1
            continue
        if not is_capital(word[index]) or pages.get(index) == "headline":
            index += 1
            continue
        first = index
        while (
            (after := _joined(parse, index, tables))
            and sentence[after] == sentence[first]
            and pages.get(after) == pages.get(first)
        ):
            index = after
        index += 1
        begin = first
        opens = begin == 0 or sentence[begin - 1] != sentence[begin] or word[begin - 1] in NICKNAME or word[begin - 1] == ":"
        skipped = NEVER_FIRST if pages.get(begin) or not opens else OPENERS
        while (
            begin < index - 1
            and (opens or lower[begin] not in tables.people.given)
            and (parse.pos[begin] in skipped or (opens and begin < index - 2 and tables.people.is_noun(lower[begin])))
        ):
            begin += 1
        if begin == first:
            begin = _with_particles(parse, begin, tables)
        yield begin, index


def _with_particles(parse: Parse, first: int, tables: Tables) -> int:
    """Where a name begins with the small words before its first capital ("de la Harpe said")."""
    sentence = parse.sentence[first]
    while (
        first
        and parse.lower[first - 1] in tables.particles
        and parse.pos[first - 1] not in NOT_JOINING
        and parse.sentence[first - 1] == sentence
    ):
        first -= 1
    return first


def _joined(parse: Parse, index: int, tables: Tables) -> int:
    """The capitalised token that goes on the name after `index`, 0 if none does."""
    word, lower, size = parse.word, parse.lower, len(parse)
    after = index + 1
    if after >= size or lower[index] in DAYS or _gap_before(parse, after):
        return 0
    if word[after][0].isupper():
        return after if lower[after] not in DAYS and lower[after] not in MONTHS else _month_in_name(parse, after)
    if (
        word[after] in HYPHENS
        and parse.end[index] == parse.start[after]
        and after + 1 < size
        and parse.start[after + 1] == parse.end[after]
    ):
        return (
            after + 1 if word[after + 1][0].isalpha() and (is_capital(word[after + 1]) or _is_name_part(parse, after + 1)) else 0
        )
    if word[after] in ("'", "’") and after + 1 < size and _of_many(parse, index, tables):
        last = after + (2 if lower[after + 1] == "and" else 1)
        return last if last < size and is_capital(word[last]) else 0
    if lower[after] in tables.particles:
        last = after
        while last < size and lower[last] in tables.particles and parse.pos[last] not in NOT_JOINING:
            last += 1
            if last < size and word[last] in HYPHENS:
                last += 1
        return last if last < size and last > after and is_capital(word[last]) and lower[last] not in DAYS else 0
    if word[after] in NICKNAME and parse.pos[index] == "PROPN":
        last = after + 1
        while last < size and last < after + 4 and (word[last][0].isupper() or lower[last] == "the"):
            last += 1
        closed = (
            last > after + 1
            and last + 1 < size
            and word[last] in NICKNAME
            and word[last + 1][0].isupper()
            and lower[last + 1] not in DAYS
        )
        return last + 1 if closed else 0
    return after if is_capital(word[after]) else 0


def _of_many(parse: Parse, index: int, tables: Tables) -> bool:
    """The plural in "Swimmers' League": no person's or place's name."""
    known = tables.places.labels
    word, pair = parse.lower[index], " ".join(parse.lower[max(0, index - 1) : index + 1])
    return word.endswith("s") and tables.people.is_noun(word[:-1]) and word not in known and pair not in known


def _month_in_name(parse: Parse, index: int) -> int:
    """ "María May Ferreyra": a month between two names of a run belongs to them."""
    follows = index + 1 < len(parse) and parse.word[index + 1][0].isupper() and parse.lower[index + 1] not in DAYS
    return (
        index
        if parse.pos[index - 1] == "PROPN" and (follows or index + 1 == len(parse) or not parse.word[index + 1][0].isdigit())
        else 0
    )


def _is_name_part(parse: Parse, index: int) -> bool:
    """The lower-case second half of a given name ("Yeung-tat"), which the tagger takes for a name."""
    return parse.pos[index] == "PROPN"


def _segments(parse: Parse, run: tuple[int, int], people: frozenset[int], tables: Tables) -> Iterator[Mention]:
    """A run parted at its titles. `people`: where the model sees a person's name begin."""
    first, last = run
    at, begin, title = first, first, ""
    while at < last:
        size = _title_at(parse, at, last, people, tables)
        if size and (at == first or at + size < last):
            if at > begin:
                yield Mention(begin, at, title=title)
            at += size
            begin, title = at, title_form(parse.lower[at - size : at])
        else:
            at += 1
    if begin < last:
        yield Mention(begin, last, title=title or _title_before(parse, begin, tables))


def _title_at(parse: Parse, index: int, last: int, people: frozenset[int], tables: Tables) -> int:
    """How many tokens from `index` on are a title, 0 for none. A doubtful one counts before a person only."""
    if parse.lower[index].rstrip(".") not in tables.people.title_starts:
        return 0
    for size in range(min(MOST_TITLE_WORDS, last - index), 0, -1):
        words = title_form(parse.lower[index : index + size])
        if words not in tables.people.titles:
            continue
        after = index + size
        if words in tables.people.doubtful_titles:
            return size if after < last and (after in people or parse.lower[after] in tables.people.given) else 0
        return size
    return 0


def _title_before(parse: Parse, first: int, tables: Tables) -> str:
    """A title in lower case, or with "of", right before the name ("prime minister May", "Secretary of State John …")."""
    title = tables.people.title_before(parse.lower, first)
    return (
        "" if not title or title in tables.people.doubtful_titles or parse.sentence[first - 1] != parse.sentence[first] else title
    )


def _united(parse: Parse, given: list[Mention], segments: list[Mention], pages: dict[int, str], tables: Tables) -> list[Mention]:
    """The model's spans grown over the segments that they touch, and the segments that none touches."""
    of_token = {index: segment for segment in segments for index in range(segment.first, segment.last)}
    alone = Counter(words for segment in segments for words in (_words(parse, segment),))
    full_names = {person.first for person in given if person.label == "PERSON" and person.last - person.first == NAME}
    taken: set[int] = set()
    found: list[Mention] = []
    for mention in sorted(given, key=lambda mention: mention.first):
        if pages.get(mention.first) != "headline":
            grown = _grown(parse, mention, of_token, alone, tables)
            named = mention.last in full_names and _names_office(parse, mention.first, tables)
            mention = (
                mention if named or grown.first in taken else grown
            )  # "president of Chad Ada Okoro": the country is a name of its own
        if mention.first < mention.last and mention.first not in taken:
            if found and mention.first < found[-1].last:
                continue
            found.append(mention)
            taken.update(range(mention.first, mention.last))
    rest = [segment for segment in segments if taken.isdisjoint(range(segment.first, segment.last))]
    rest += [
        Mention(segment.first + 1, segment.last, "PERSON")
        for segment in segments
        if taken.intersection(range(segment.first, segment.last)) == {segment.first}
        and segment.last - segment.first == NAME + 1
        and parse.lower[segment.first] in tables.places.labels
        and _names_office(parse, segment.first, tables)
    ]
    found += [segment for segment in rest if not _is_date(parse, segment)]
    for mention in found:
        mention.place = pages.get(mention.first, "")
        mention.title = mention.title or _title_before(parse, mention.first, tables)
    return sorted(found, key=lambda mention: mention.first)


def _grown(parse: Parse, mention: Mention, of_token: dict[int, Mention], alone: Counter[str], tables: Tables) -> Mention:
    """The span with the edges of the segments under its first and last token; a known place or people stays as it is,
    and so does a name that stands alone elsewhere in the article, unless a hyphen or a particle ties the rest to it."""
    if " ".join(parse.lower[mention.first : mention.last]) in tables.places.labels and mention.last - mention.first == 1:
        following = of_token.get(mention.last)
        if following is None or mention.label in ("GPE", "NORP", "LOC"):
            return mention
    left, right = of_token.get(mention.first), of_token.get(mention.last - 1)
    full = left is not None and left.first < mention.first and parse.lower[left.first] in tables.people.given
    if alone[_words(parse, mention)] and not (full or _tied(parse, mention.first - 1) or _tied(parse, mention.last)):
        return Mention(mention.first, mention.last, mention.label, left.title if left and left.first == mention.first else "")
    first = left.first if left else mention.first
    while first < mention.last and first not in of_token and parse.lower[first].replace(".", "") in tables.people.titles:
        first += 1  # a title that the model took into the name
    last = right.last if right and not _splits(parse, right, mention, tables) else mention.last
    if first < mention.last and (segment := of_token.get(first)):
        return Mention(segment.first, last, mention.label, segment.title)
    return Mention(first, last, mention.label)


def _words(parse: Parse, mention: Mention) -> str:
    return " ".join(parse.lower[mention.first : mention.last])


def _tied(parse: Parse, index: int) -> bool:
    """Whether the token beside a span is a hyphen without spaces, or a small word inside a name."""
    if not 0 <= index < len(parse):
        return False
    return parse.word[index] in HYPHENS and index + 1 < len(parse) and parse.end[index] == parse.start[index + 1]


def _splits(parse: Parse, segment: Mention, mention: Mention, tables: Tables) -> bool:
    """Whether the rest of a segment is a known place or people of its own, not the surname of a town ("Jack London")."""
    first_name = (
        mention.last - mention.first == 1
        and mention.label in ("GPE", "PERSON")
        and _words(parse, mention) not in tables.places.labels
    )
    return not first_name and " ".join(parse.lower[mention.last : segment.last]) in tables.places.labels


def _is_date(parse: Parse, segment: Mention) -> bool:
    """A day, or a month beside a number or after a preposition of time."""
    if segment.last - segment.first > 1:
        return False
    word = parse.lower[segment.first]
    if word in DAYS:
        return True
    before = parse.lower[segment.first - 1] if segment.first else "on"
    after = parse.word[segment.last] if segment.last < len(parse) else ""
    return word in MONTHS and not segment.title and (before in BEFORE_MONTH or before[0].isdigit() or after[:1].isdigit())
