"""The cast of an article: its named people with what the article says of each, and its named bodies."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from ..gazetteer import Sex
from ..parse import Parse
from ..records import Entity
from .tables import Tables

MOST_WORDS_BEFORE = 6
BEFORE_NOUN = frozenset(("ADJ", "NOUN", "PROPN", "PART", "PUNCT"))
OF = frozenset(("of", "for", "at"))
OFFICE_OF = OF | {"to", "from"}
GENERATIONS = frozenset(("jr", "sr", "ii", "iii", "iv"))


@dataclass(frozen=True)
class Role:
    """An office or trade that the article gives somebody: its noun or title ("prime minister"), the words before it in lower case, and the places
    and bodies that it names ("the leader of the Harbour Party")."""

    noun: str
    words: frozenset[str]
    names: tuple[Entity, ...] = ()


@dataclass
class Member:
    """A named person or body. `heads`: the head token of each mention; `sex`: only where evidence tells it."""

    name: str
    label: str
    heads: list[int] = field(default_factory=list)
    roles: list[Role] = field(default_factory=list)
    sex: Sex | None = None


@dataclass(frozen=True)
class Naming:
    """A mention by name: tokens `first` (inclusive) to `last` (exclusive), the head token, the entity."""

    first: int
    last: int
    head: int
    entity: Entity


@dataclass
class Cast:
    """All named people and bodies by name, and the naming at each token. `shared`: a bare surname → the people who bear it, if several do."""

    members: dict[str, Member]
    at: dict[int, Naming]
    namings: list[Naming]
    shared: dict[str, tuple[str, ...]]

    @cached_property
    def _roles(self) -> dict[str, list[tuple[int, Member, Role]]]:
        """The roles of people by their last word, each with its number."""
        found: dict[str, list[tuple[int, Member, Role]]] = defaultdict(list)
        held = ((member, role) for member in self.members.values() if member.label == "PERSON" for role in member.roles)
        for number, (member, role) in enumerate(held):
            found[role.noun.rpartition(" ")[2]].append((number, member, role))
        return found

    def with_role(self, nouns: Iterable[str]) -> list[tuple[Member, Role]]:
        """The people, with the role, whose role ends with the same word as one of the nouns, in the order of the text."""
        words = {noun.rpartition(" ")[2] for noun in nouns}
        found = sorted((row for word in words for row in self._roles.get(word, ())), key=itemgetter(0))
        return [(member, role) for _, member, role in found]


def read_cast(parse: Parse, entities: tuple[Entity, ...], tables: Tables) -> Cast:
    """The cast, with roles and sex from titles, apposition, predicates and, last, first names."""
    namings = [_naming(parse, entity) for entity in entities]
    at = {index: naming for naming in namings for index in range(naming.first, naming.last)}
    members: dict[str, Member] = {}
    for naming in namings:
        name = naming.entity.name
        member = members.setdefault(name, Member(name, naming.entity.label))
        member.heads.append(naming.head)
        if member.label in ("PERSON", "ORG"):
            for role in roles_at(parse, naming, at, tables):
                if role not in member.roles:
                    member.roles.append(role)
        if member.label == "PERSON" and member.sex is None:
            member.sex = _told_sex(parse, naming, member, tables)
    for member in members.values():
        if member.label == "PERSON" and member.sex is None:
            member.sex = tables.people.given_sex.get(member.name.split()[0].lower().rstrip(".,"))
    return Cast(members, at, namings, _shared(members))


def _naming(parse: Parse, entity: Entity) -> Naming:
    tokens = parse.tokens(entity.start, entity.end)
    first, last = tokens.start, max(tokens.stop, tokens.start + 1)
    return Naming(first, last, head_of(parse, first, last), entity)


def head_of(parse: Parse, first: int, last: int) -> int:
    """The token of a span that hangs on something outside it; the last such."""
    head = parse.head
    for index in range(last - 1, first - 1, -1):
        if (not first <= head[index] < last or head[index] == index) and parse.pos[index] != "PUNCT":
            return index
    return last - 1


def roles_at(parse: Parse, naming: Naming, at: Mapping[int, Naming], tables: Tables) -> Iterator[Role]:
    """What one mention says that its bearer is."""
    title = tables.people.title_before(parse.lower, naming.first)
    if title:
        begins = naming.first - title.count(" ") - 1
        yield Role(tables.people.short_titles.get(title, title), words_before(parse, begins), names_around(parse, begins, at))
    nouns = list(_role_nouns(parse, naming, at))
    if (office := office_before(parse, naming, at, tables)) is not None and office not in nouns:
        nouns.append(office)
    for noun in nouns:
        names = names_around(parse, noun, at)
        yield Role(parse.lemma[noun].lower(), words_before(parse, noun), names)
        if noun and parse.pos[noun - 1] in ("NOUN", "PROPN", "ADJ"):
            yield Role(f"{parse.lower[noun - 1]} {parse.lower[noun]}", words_before(parse, noun - 1), names)


def office_before(parse: Parse, naming: Naming, at: Mapping[int, Naming], tables: Tables) -> int | None:
    """The noun of an office with its place or body right before a name, however the parser read it: "mayor of Harland X", "envoy to Norway X"."""
    place = at.get(naming.first - 1) if naming.first else None
    if place is None or place.entity.label == "PERSON" or place.entity.start >= naming.entity.start:
        return None
    preposition = place.first - (2 if place.first and parse.lower[place.first - 1] == "the" else 1)
    office = preposition - 1
    if office < 0 or parse.lower[preposition] not in OFFICE_OF:
        return None
    lower = parse.lower[office]
    return office if tables.people.is_noun(lower) or lower in tables.people.titles else None


def _role_nouns(parse: Parse, naming: Naming, at: Mapping[int, Naming]) -> Iterator[int]:
    head, dep, pos = naming.head, parse.dep, parse.pos
    for child in parse.children[head]:
        if pos[child] in ("NOUN", "PROPN") and child not in at:
            if dep[child] == "appos" or (dep[child] in ("compound", "nmod") and child < naming.first):
                yield child
        elif dep[child] == "relcl":
            yield from _predicates(parse, child, at)
    governor = parse.head[head]
    if dep[head] == "appos" and pos[governor] in ("NOUN", "PROPN") and governor not in at:
        yield governor
    elif dep[head] == "nsubj":
        yield from _predicates(parse, governor, at)


def _predicates(parse: Parse, verb: int, at: Mapping[int, Naming]) -> Iterator[int]:
    """`X is the mayor`, `X became mayor`, `who serves as mayor`."""
    if parse.lemma[verb] in ("be", "become", "remain"):
        yield from (
            child
            for child in parse.children[verb]
            if parse.dep[child] == "attr" and parse.pos[child] == "NOUN" and child not in at
        )


def names_around(parse: Parse, noun: int, at: Mapping[int, Naming]) -> tuple[Entity, ...]:
    """The places and bodies that an office names: before its noun ("the Harbour Party's leader"), or after "of" and the like."""
    first = noun - len(words_before(parse, noun))
    tokens = [*range(max(0, first), noun)]
    for child in parse.children[noun]:
        if parse.lower[child] in OF:
            tokens += [inner for inner in parse.children[child] if parse.dep[inner] == "pobj"]
    return tuple({at[index].entity: None for index in tokens if index in at and at[index].entity.label != "PERSON"})


def words_before(parse: Parse, index: int) -> frozenset[str]:
    """The words that stand before a noun within its phrase, in lower case."""
    first = index
    while (
        first > max(0, index - MOST_WORDS_BEFORE)
        and parse.pos[first - 1] in BEFORE_NOUN
        and parse.word[first - 1] not in (",", ";", "(", ".")
    ):
        first -= 1
    return frozenset(parse.lower[first:index])


def _told_sex(parse: Parse, naming: Naming, member: Member, tables: Tables) -> Sex | None:
    sex = tables.people.title_sex.get(tables.people.title_before(parse.lower, naming.first))
    if sex:
        return sex
    for role in member.roles:
        sex = tables.people.noun_sex.get(role.noun) or tables.people.noun_sex.get(role.noun.rpartition(" ")[2])
        if sex:
            return sex
    return None


def _shared(members: dict[str, Member]) -> dict[str, tuple[str, ...]]:
    """Bare names that several people bear: surnames; full names that a son bears with "Jr."; first names that are nobody's surname."""
    last: dict[str, list[str]] = {}
    first: dict[str, list[str]] = {}
    for member in members.values():
        words = member.name.lower().replace(",", "").split()
        if member.label != "PERSON" or len(words) < 2:
            continue
        if words[-1].rstrip(".") in GENERATIONS:
            words.pop()
            last.setdefault(" ".join(words), []).append(member.name)
        for begin in range(1, len(words)):
            last.setdefault(" ".join(words[begin:]), []).append(member.name)
        first.setdefault(words[0], []).append(member.name)
    for part, names in last.items():
        names.extend(member.name for member in members.values() if member.name.lower() == part and " " in part)
    return {part: tuple(names) for part, names in (first | last).items() if len(names) > 1}
