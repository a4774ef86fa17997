"""The nouns of the project: an article as read, and the record that is one line of output or of gold.

Every offset is in Unicode code points of `Record.text`, start inclusive, end exclusive. Everything is frozen, so a
record can be shared and hashed. No spaCy here: gold, output, scorer and report all speak this form.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Annotated, Any, Final, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from .errors import RecordError

SCHEMA: Final = "reportedly/1"
JOINT = " … "
"""Stands between the spans of a discontinuous part in its `text`."""
MAX_CHARACTERS = 1_000_000
ONLY_WHERE_SET = frozenset(("timexes", "precision", "identity"))
"""Keys that are left out rather than null: a date has parts, a source was resolved by a counted sieve, the user's aliases know the speaker."""

QuoteKind = Literal["direct", "mixed", "indirect"]
SpeakerKind = Literal["person", "organisation", "group", "document", "unnamed"]
Act = Literal["assert", "deny", "ask", "demand", "promise", "predict", "believe", "wish", "intend", "decide", "accuse", "praise"]
Stance = Literal["neutral", "doubting", "endorsing"]
Polarity = Literal["positive", "negative"]
Certainty = Literal["certain", "probable", "possible", "conditional"]
Time = Literal["past", "present", "future"]
ChallengeKind = Literal["no-evidence", "denied", "contradicted", "corrected", "scare-quote"]
Bound = Literal["at-least", "at-most", "more", "less", "about"]
TimexType = Literal["DATE", "TIME", "DURATION", "SET"]
Mod = Literal[
    "START", "MID", "END", "APPROX", "BEFORE", "AFTER", "ON_OR_BEFORE", "ON_OR_AFTER",
    "LESS_THAN", "MORE_THAN", "EQUAL_OR_LESS", "EQUAL_OR_MORE",
]  # fmt: skip
Anchor = Literal["published", "text"]

Offset = Annotated[int, Field(ge=0)]
Day = Annotated[str, Field(pattern=r"^\d{4}-\d{2}-\d{2}$")]
Share = Annotated[float, Field(ge=0, le=1)]


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


class Span(Frozen):
    """Characters `start` (inclusive) to `end` (exclusive)."""

    start: Offset
    end: Offset


Spans = tuple[Span, ...]


class Source(Frozen):
    """Who said it, as the text has it; `speaker` is the id of whom the source means, null where that is left open.

    `sieve` is the rule by which it was resolved or left open, `precision` how often that rule has proved right (0 to 1),
    `candidates` the names between which it was not decided.
    """

    spans: Spans
    text: str
    speaker: str | None = None
    name: str | None = None
    sieve: str | None = None
    precision: Annotated[float, Field(ge=0, le=1)] | None = None
    candidates: tuple[str, ...] = ()


class Cue(Frozen):
    """What says that it is an attribution. `negated`: "did not say"; `conditional`: "if he says"."""

    spans: Spans
    text: str
    lemma: str
    act: Act
    stance: Stance
    negated: bool = False
    conditional: bool = False


class Content(Frozen):
    """What was said."""

    spans: Spans
    text: str


class Entity(Frozen):
    """A named entity with its OntoNotes label; `name` is the fullest form of the name in the article."""

    id: str
    start: Offset
    end: Offset
    text: str
    label: str
    name: str


class Timex(Frozen):
    """One TIMEX3 of a date expression that holds several."""

    start: Offset
    end: Offset
    type: TimexType
    value: str


class Date(Frozen):
    """A temporal expression.

    `value` is TIMEX3's, `edtf` the same where EDTF can say it, `first` and `last` the first and last calendar day
    (ISO, both inclusive). `anchor` says what a relative value was counted from: the publication date or an earlier date of the text.
    """

    id: str
    start: Offset
    end: Offset
    text: str
    type: TimexType
    value: str | None
    edtf: str | None = None
    first: str | None = None
    last: str | None = None
    mod: Mod | None = None
    anchor: Anchor | None = None
    rule: str | None = None
    timexes: tuple[Timex, ...] | None = None


class Quantity(Frozen):
    """A number with what it counts. Of a range `value` is the lower end and `to` the upper one, both inclusive."""

    id: str
    start: Offset
    end: Offset
    text: str
    value: int | float
    unit: str | None
    bound: Bound | None = None
    to: int | float | None = None


class Speaker(Frozen):
    """One person or body that is a source somewhere in the article, with all mentions that are known to mean it.

    `identity` is the id that the user's aliases give it.
    """

    id: str
    name: str
    kind: SpeakerKind
    mentions: Spans
    identity: str | None = None


class Challenge(Frozen):
    """Words of the article, outside the content, that speak against a claim."""

    kind: ChallengeKind
    start: Offset
    end: Offset


class Insertion(Frozen):
    """`text` goes into the reading, in brackets, before the character `at` of the article."""

    at: Offset
    text: str


class Checkable(Frozen):
    """Whether records, witnesses or figures could settle a claim: `score` from 0 (no) to 1 (yes), the reasons for it and the objections to it."""

    score: Share
    reasons: tuple[str, ...] = ()
    objections: tuple[str, ...] = ()


class Claim(Frozen):
    """A claim, attributed (with a cue) or narrated (the reporter's own assertion: no cue, no source).

    `parent` is the id of the claim in whose content this one lies, `repeats` the id of the first claim that says the same. `time` is that of
    which the content speaks, seen from the day of publication.
    `entities`, `dates` and `quantities` are the ids of those inside the content; `said_on` is the id of the date of saying.
    """

    id: str
    kind: Literal["attributed", "narrated"]
    quote: QuoteKind
    source: Source | None
    cue: Cue | None
    content: Content
    reading: str
    insertions: tuple[Insertion, ...] = ()
    polarity: Polarity
    certainty: Certainty
    time: Time | None = None
    parent: str | None = None
    repeats: str | None = None
    challenges: tuple[Challenge, ...] = ()
    entities: tuple[str, ...] = ()
    dates: tuple[str, ...] = ()
    quantities: tuple[str, ...] = ()
    said_on: str | None = None
    checkable: Checkable | None = None
    rule: str | None = None
    confidence: Share | None = None


class Record(Frozen):
    """One article, worked through: one line of a JSON Lines file."""

    schema_: Literal["reportedly/1"] = Field(SCHEMA, alias="schema")
    id: str
    title: str | None = None
    published: Day | None = None
    url: str | None = None
    publisher: str | None = None
    text: str
    sha256: str
    entities: tuple[Entity, ...] = ()
    dates: tuple[Date, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    speakers: tuple[Speaker, ...] = ()
    claims: tuple[Claim, ...] = ()
    warnings: tuple[str, ...] = ()


class Article(Frozen):
    """An article as read: `text` is exactly what stood there; `published` an ISO date (YYYY-MM-DD) or null."""

    id: str
    text: str
    title: str | None = None
    published: Day | None = None
    url: str | None = None
    publisher: str | None = None
    path: str = ""
    warnings: tuple[str, ...] = ()


def digest(text: str) -> str:
    """SHA-256 of a text in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


def join(text: str, spans: Iterable[Span]) -> str:
    """The `text` of a part: its spans joined by `JOINT`."""
    return JOINT.join([text[span.start : span.end] for span in spans])


def to_json(item: Record | Claim) -> str:
    """One line of JSON without its newline, keys in the order of the contract; those of `ONLY_WHERE_SET` only where they are not null."""
    row = _without_unset(item.model_dump(mode="python", by_alias=True))
    return json.dumps(row, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def _without_unset(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_unset(item) for key, item in value.items() if item is not None or key not in ONLY_WHERE_SET}
    return [_without_unset(item) for item in value] if isinstance(value, list | tuple) else value


def from_json(line: str | dict[str, Any], *, path: str | None = None, number: int | None = None) -> Record:
    """Read a record and check it. Raises RecordError with `path` and line `number` for anything that breaks the contract."""
    try:
        record = Record.model_validate_json(line) if isinstance(line, str) else Record.model_validate(line)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise RecordError(
            f"not a valid record: {where}: {first['msg']}",
            path=path,
            line=number,
            value=first.get("input"),
            remedy="compare with `reportedly schema`",
        ) from None
    for problem in problems(record):
        raise RecordError(problem, path=path, line=number, remedy="make the spans and ids agree with the text")
    return record


def json_schema() -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one record."""
    schema = Record.model_json_schema(by_alias=True)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema}


def problems(record: Record) -> Iterator[str]:
    """Everything in a record that a schema cannot say: slices, ids, references. Yields nothing for a good record."""
    text = record.text
    if record.sha256 != digest(text):
        yield "sha256 is not that of the text"
    for name in ("entities", "dates", "quantities", "speakers", "claims"):
        ids = [item.id for item in getattr(record, name)]
        if len(set(ids)) != len(ids):
            yield f"an id occurs twice in {name}"
    items: tuple[Entity | Date | Quantity, ...] = (*record.entities, *record.dates, *record.quantities)
    for item in items:
        if text[item.start : item.end] != item.text or not item.text:
            yield f"{item.id}: text[{item.start}:{item.end}] is {text[item.start : item.end]!r}, not {item.text!r}"
    yield from _claim_problems(record)


def _claim_problems(record: Record) -> Iterator[str]:
    text = record.text
    known = {
        name: {item.id for item in getattr(record, name)} for name in ("entities", "dates", "quantities", "speakers", "claims")
    }
    names = {speaker.id: speaker.name for speaker in record.speakers}
    for speaker in record.speakers:
        if not all(0 <= span.start < span.end <= len(text) for span in speaker.mentions):
            yield f"{speaker.id}: a mention lies outside the text"
    for claim in record.claims:
        for part in (claim.source, claim.cue, claim.content):
            if part is not None and not _sound(part.spans, text):
                yield f"{claim.id}: spans are empty, overlapping, out of order or outside the text"
            elif part is not None and join(text, part.spans) != part.text:
                yield f"{claim.id}: the text of a part is not its spans joined"
        if (claim.kind == "attributed") != (claim.cue is not None):
            yield f"{claim.id}: an attributed claim has a cue and a narrated one has none"
        if claim.kind == "narrated" and claim.source is not None:
            yield f"{claim.id}: a narrated claim has no source"
        if claim.source and claim.source.speaker and names.get(claim.source.speaker) != claim.source.name:
            yield f"{claim.id}: the source's name is not its speaker's"
        if any(not 0 <= c.start < c.end <= len(text) for c in claim.challenges) or any(
            not 0 <= i.at <= len(text) for i in claim.insertions
        ):
            yield f"{claim.id}: a challenge or an insertion lies outside the text"
        references = [("dates", claim.said_on), ("claims", claim.parent), ("claims", claim.repeats)]
        references.append(("speakers", claim.source.speaker if claim.source else None))
        references += [(name, id_) for name in ("entities", "dates", "quantities") for id_ in getattr(claim, name)]
        for name, id_ in references:
            if id_ is not None and id_ not in known[name]:
                yield f"{claim.id}: refers to {id_!r}, which is not in {name}"
            if name == "claims" and id_ == claim.id:
                yield f"{claim.id}: refers to itself"
    yield from _circles({claim.id: claim.parent for claim in record.claims})


def _circles(parents: dict[str, str | None]) -> Iterator[str]:
    for start in parents:
        steps, id_ = 0, parents[start]
        while id_ is not None and steps <= len(parents):
            steps, id_ = steps + 1, parents.get(id_)
        if id_ is not None:
            yield f"{start}: its parents go round in a circle"


def _sound(spans: Spans, text: str) -> bool:
    ordered = all(a.end <= b.start for a, b in pairwise(spans))
    return bool(spans) and ordered and all(0 <= span.start < span.end <= len(text) for span in spans)
