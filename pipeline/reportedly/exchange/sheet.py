"""Annotation sheets in, gold records out. The form is described in `corpus/GUIDELINES.md`, "The sheet".

Strict: every pointer must be found exactly once, every name and date that is referred to must exist, and an
unknown section, field or value is an error with its line.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from .. import markup, quotation
from ..errors import MarkupError, RecordError
from ..records import SCHEMA, Article, Record, Span, digest, from_json, join

SECTIONS = ("entities", "dates", "quantities", "speakers", "claims")
TARGET = ("<<", ">>")
FOLD = str.maketrans("“”‘’´`–—‑", "\"\"''''---")
"""Typed quotation marks and dashes match any style; one character stays one character, so offsets hold."""
CLAIM_FIELDS = ("speaker", "act", "stance", "polarity", "certainty", "cue", "said_on", "time", "checkable")
YES_OR_NO = {"yes": 1.0, "no": 0.0}
LABELS = frozenset("PERSON ORG GPE NORP LOC FAC EVENT PRODUCT WORK_OF_ART LAW LANGUAGE".split())
Range = tuple[int, int]


@dataclass
class Sheet:
    """What the lines of a sheet say, with spans resolved; dictionaries in the record's form, ids not yet given."""

    entities: list[dict[str, Any]] = field(default_factory=list)
    dates: list[dict[str, Any]] = field(default_factory=list)
    quantities: list[dict[str, Any]] = field(default_factory=list)
    speakers: list[dict[str, Any]] = field(default_factory=list)
    claims: list[dict[str, Any]] = field(default_factory=list)


def compile_sheet(article: Article, sheet: str, *, path: str = "<sheet>") -> Record:
    """The gold record of an article and its sheet. Raises MarkupError or RecordError with `path` and the line."""
    reader = _Reader(article.text, path)
    found = Sheet()
    section = ""
    for number, raw in enumerate(sheet.splitlines(), 1):
        line = raw.strip()
        reader.line = number
        if not line or line.startswith("#"):
            continue
        if match := re.fullmatch(r"\[(\w+)\]", line):
            section = match[1]
            if section not in SECTIONS:
                reader.fail("an unknown section", section, "one of " + ", ".join(SECTIONS))
        elif section:
            reader.read_line(section, line, found)
        else:
            reader.fail("a line before the first section", line, "begin with [entities]")
    _copy_to_repeated(article.text, found)
    return _record(article, found, path)


class _Reader:
    def __init__(self, text: str, path: str) -> None:
        self.text, self.path, self.line = text, path, 0
        self.folded = text.translate(FOLD)
        self.copies = [copy for _, copies in repeated_paragraphs(text) for copy in copies]
        self.taken: set[int] = set()

    def fail(self, message: str, value: object, remedy: str) -> None:
        raise MarkupError(message, path=self.path, line=self.line, value=value, remedy=remedy)

    def read_line(self, section: str, line: str, found: Sheet) -> None:
        if section == "claims" and line.startswith("!"):
            self.challenge(line[1:], found)
        elif section == "claims":
            self.claim(line, found)
        else:
            fields = [part.strip() for part in line.split(" | ")]
            {"entities": self.entity, "dates": self.date, "quantities": self.quantity, "speakers": self.speaker}[section](
                fields, found
            )

    # -- places in the text ------------------------------------------------------------------------------------------

    def occurrences(self, snippet: str) -> list[Range]:
        """Every place of the snippet outside repeated paragraphs."""
        wanted = snippet.translate(FOLD)
        places = [match.start() for match in re.finditer(f"(?={re.escape(wanted)})", self.folded)]
        return [(at, at + len(wanted)) for at in places if not any(a <= at < b for a, b in self.copies)]

    def place(self, snippet: str) -> Range:
        """The one place of a snippet, or its n-th if it begins with `@n `."""
        match = re.match(r"@(\d+) ", snippet)
        wanted = snippet[match.end() :] if match else snippet
        places = self.occurrences(wanted)
        if not places:
            self.fail("this is not in the article", wanted, "copy the words exactly as they stand there")
        if not match and len(places) > 1:
            self.fail(f"this occurs {len(places)} times in the article", wanted, "lengthen the snippet or put @1 before it")
        index = int(match[1]) - 1 if match else 0
        if not 0 <= index < len(places):
            self.fail(f"this occurs only {len(places)} times", snippet, "lower the number after @")
        return places[index]

    def pointer(self, marked: str) -> Span:
        """The span of the `<<target>>` inside a snippet."""
        before, opener, rest = marked.partition(TARGET[0])
        target, closer, after = rest.partition(TARGET[1])
        if not (opener and closer and target) or TARGET[0] in after:
            self.fail("a pointer needs exactly one <<target>>", marked, "mark the target inside a snippet of the article")
        number = re.match(r"@\d+ ", before)
        start, _ = self.place(before + target + after)
        start += len(before) - (number.end() if number else 0)
        return Span(start=start, end=start + len(target))

    def spanned(self, span: Span, **rest: Any) -> dict[str, Any]:
        return {"start": span.start, "end": span.end, "text": self.text[span.start : span.end], **rest}

    # -- sections ----------------------------------------------------------------------------------------------------

    def entity(self, fields: list[str], found: Sheet) -> None:
        if len(fields) != 2 or fields[0] not in LABELS:
            self.fail(
                "an entity line is LABEL | string [= Name]", " | ".join(fields), "LABEL is one of " + ", ".join(sorted(LABELS))
            )
        label, rest = fields
        only: set[int] = set()
        if match := re.match(r"@([\d,]+) ", rest):
            only, rest = {int(number) for number in match[1].split(",")}, rest[match.end() :]
        string, _, name = (part.strip() for part in rest.partition(" = "))
        bounds = [p for p in self.occurrences(string) if not _inside_word(self.text, *p)]
        if not bounds or (only and max(only) > len(bounds)):
            self.fail(f"this name occurs {len(bounds)} times in the article", rest, "copy it as it stands there")
        for number, (start, end) in enumerate(bounds, 1):
            if not only or number in only:
                found.entities.append(self.spanned(Span(start=start, end=end), label=label, name=name or string))

    def date(self, fields: list[str], found: Sheet) -> None:
        if len(fields) < 3:
            self.fail("a date line is pointer | TYPE | value [| mod=…] [| parts=…]", " | ".join(fields), "give type and value")
        span, options = self.pointer(fields[0]), dict(self.options(fields[3:], ("mod", "parts")))
        row = self.spanned(span, type=fields[1], value=None if fields[2] == "-" else fields[2], mod=options.get("mod"))
        if parts := options.get("parts"):
            row["timexes"] = [self.part(span, part.strip(), fields[1]) for part in parts.split(";")]
        found.dates.append(row)

    def part(self, whole: Span, part: str, type_: str) -> dict[str, Any]:
        words, _, value = part.partition(": ")
        at = self.folded.find(words.translate(FOLD), whole.start, whole.end)
        if at < 0 or not value:
            self.fail("a part of a date is `words: value`", part, "the words must stand inside the target")
        return {"start": at, "end": at + len(words), "type": type_, "value": value.strip()}

    def quantity(self, fields: list[str], found: Sheet) -> None:
        if len(fields) not in (3, 4):
            self.fail("a quantity line is pointer | value | unit [| bound]", " | ".join(fields), "unit is - where there is none")
        low, _, high = fields[1].partition("..")
        unit, bound = None if fields[2] == "-" else fields[2], fields[3] if len(fields) == 4 else None
        found.quantities.append(
            self.spanned(self.pointer(fields[0]), value=_number(low), to=_number(high) if high else None, unit=unit, bound=bound)
        )

    def speaker(self, fields: list[str], found: Sheet) -> None:
        if len(fields) != 2 or any(speaker["name"] == fields[1] for speaker in found.speakers):
            self.fail(
                "a speaker line is kind | name, each name once",
                " | ".join(fields),
                "number those of the same words: `an aide (2)`",
            )
        found.speakers.append({"kind": fields[0], "name": fields[1]})

    def claim(self, line: str, found: Sheet) -> None:
        fields = [part.strip() for part in line.split(" | ")]
        if len(fields) < 2 or fields[0] not in ("A", "N"):
            self.fail("a claim line is A or N | marked snippet [| field=value …]", line, "challenges begin with !")
        spans = self.marked(fields[1])
        options = dict(self.options(fields[2:], CLAIM_FIELDS))
        if not spans["content"] or bool(spans["cue"]) != (fields[0] == "A") or (fields[0] == "N" and spans["source"]):
            self.fail("A takes a [cue] and <content>, N takes <content> alone", fields[1], "check the marks")
        if options.get("cue", "plain") not in ("plain", "negated", "conditional"):
            self.fail("cue= is plain, negated or conditional", options["cue"], "see B3 of the guidelines")
        speaker = options.get("speaker")
        if speaker and (not spans["source"] or all(speaker != known["name"] for known in found.speakers)):
            self.fail("speaker= needs a {source} and a name listed under [speakers]", speaker, "list it there")
        found.claims.append(
            {"kind": fields[0], **spans, "options": options, "challenges": [], "said_on": self.said_on(options, fields[1], found)}
        )

    def marked(self, snippet: str) -> dict[str, list[Range]]:
        spans: dict[str, list[Range]] = {"source": [], "cue": [], "content": []}
        for piece in snippet.split(" // "):
            number = re.match(r"@\d+ ", piece)
            try:
                parsed = markup.read(piece[number.end() :] if number else piece)
            except MarkupError as error:
                raise MarkupError(error.message, path=self.path, line=self.line, value=piece, remedy=error.remedy) from None
            start, _ = self.place((number[0] if number else "") + parsed.text)
            for part in spans:
                spans[part] += [(start + a, start + b) for a, b in getattr(parsed, part)]
        return {part: sorted(ranges) for part, ranges in spans.items()}

    def said_on(self, options: dict[str, str], snippet: str, found: Sheet) -> Range | None:
        """The listed date that has these words and stands nearest to where the snippet begins."""
        words = options.get("said_on")
        if words is None:
            return None
        wanted, start = words.translate(FOLD), min(self.starts(snippet))
        hits = [d for d in found.dates if wanted in d["text"].translate(FOLD) or d["text"].translate(FOLD) in wanted]
        if not hits:
            self.fail("said_on= is no date listed under [dates]", words, "list the date first")
        best = min(hits, key=lambda date: (abs(date["start"] - start), date["start"]))
        return best["start"], best["end"]

    def starts(self, snippet: str) -> Iterator[int]:
        for piece in snippet.split(" // "):
            number = re.match(r"@\d+ ", piece)
            yield self.place((number[0] if number else "") + markup.read(piece[number.end() :] if number else piece).text)[0]

    def challenge(self, line: str, found: Sheet) -> None:
        kind, _, pointer = (part.strip() for part in line.partition(" | "))
        if not found.claims or not pointer:
            self.fail("a challenge is `! kind | pointer` below its claim", line, "put it below the claim that it challenges")
        span = self.pointer(pointer)
        found.claims[-1]["challenges"].append({"kind": kind, "start": span.start, "end": span.end})

    def options(self, fields: Iterable[str], allowed: tuple[str, ...]) -> Iterator[tuple[str, str]]:
        for option in fields:
            name, equals, value = option.partition("=")
            if not equals or name.strip() not in allowed:
                self.fail("an unknown field", option, "allowed here: " + ", ".join(f"{name}=" for name in allowed))
            yield name.strip(), value.strip()


def repeated_paragraphs(text: str) -> list[tuple[Range, list[Range]]]:
    """Each paragraph (line) that occurs again word for word, with the ranges of its later copies."""
    seen: dict[str, list[Range]] = {}
    for match in re.finditer(r"[^\n]+", text):
        if len(match[0].split()) > 5:
            seen.setdefault(match[0].strip(), []).append(match.span())
    return [(places[0], places[1:]) for places in seen.values() if len(places) > 1]


def _copy_to_repeated(text: str, found: Sheet) -> None:
    """What lies in a repeated paragraph is annotated once; its copies get the same, claims marked as repeats."""
    for (start, end), copies in repeated_paragraphs(text):
        for copy, _ in copies:
            shift = copy - start
            for rows in (found.entities, found.dates, found.quantities):
                rows += [_shifted(row, shift) for row in rows if start <= row["start"] < end]
            for index, claim in enumerate(list(found.claims)):
                if all(start <= a and b <= end for part in ("source", "cue", "content") for a, b in claim[part]):
                    moved = {part: [(a + shift, b + shift) for a, b in claim[part]] for part in ("source", "cue", "content")}
                    found.claims.append({**claim, **moved, "challenges": [], "said_on": None, "repeats": index})


def _shifted(row: dict[str, Any], shift: int) -> dict[str, Any]:
    moved = {**row, "start": row["start"] + shift, "end": row["end"] + shift}
    if row.get("timexes"):
        moved["timexes"] = [_shifted(part, shift) for part in row["timexes"]]
    return moved


def _record(article: Article, found: Sheet, path: str) -> Record:
    text = article.text
    entities = _longest(found.entities)
    for rows, letter in ((entities, "e"), (found.dates, "d"), (found.quantities, "q")):
        rows.sort(key=lambda row: (row["start"], row["end"]))
        for number, row in enumerate(rows, 1):
            row["id"] = f"{letter}{number}"
    speakers: dict[str, dict[str, Any]] = {}
    for speaker in found.speakers:
        mentions = sorted(
            {span for claim in found.claims if claim["options"].get("speaker") == speaker["name"] for span in claim["source"]}
        )
        if mentions:  # settling can leave a speaker without claims
            speakers[speaker["name"]] = {**speaker, "id": f"s{len(speakers) + 1}", "mentions": [_span(span) for span in mentions]}
    order = sorted(range(len(found.claims)), key=lambda i: (_hull(found.claims[i]), found.claims[i]["kind"]))
    ids = {index: f"c{number}" for number, index in enumerate(order, 1)}
    flags = quotation.inside(text)
    claims = []
    for index in order:
        claims.append(_claim(text, found, index, ids, flags, speakers, entities))
    row = {
        "schema": SCHEMA, "id": article.id, "title": article.title, "published": article.published,
        "url": article.url, "publisher": article.publisher, "text": text, "sha256": digest(text),
        "entities": entities, "dates": found.dates, "quantities": found.quantities,
        "speakers": list(speakers.values()), "claims": claims, "warnings": [],
    }  # fmt: skip
    try:
        return from_json(row)
    except RecordError as error:
        raise RecordError(error.message, path=path, value=error.value, remedy=error.remedy) from None


def _claim(
    text: str,
    found: Sheet,
    index: int,
    ids: dict[int, str],
    flags: bytearray,
    speakers: dict[str, dict[str, Any]],
    entities: list[dict[str, Any]],
) -> dict[str, Any]:
    claim = found.claims[index]
    options = claim["options"]
    spans = tuple(Span(start=a, end=b) for a, b in claim["content"])

    def part(name: str) -> dict[str, Any]:
        ranges = tuple(Span(start=a, end=b) for a, b in claim[name])
        return {"spans": [span.model_dump() for span in ranges], "text": join(text, ranges)}

    def within(rows: list[dict[str, Any]]) -> list[str]:
        return [row["id"] for row in rows if any(a <= row["start"] and row["end"] <= b for a, b in claim["content"])]

    source = cue = None
    if claim["source"]:
        name = options.get("speaker")
        source = {**part("source"), "speaker": speakers[name]["id"] if name else None, "name": name}
    if claim["cue"]:
        kind = options.get("cue", "plain")
        cue = {
            **part("cue"),
            "act": options.get("act", "assert"),
            "stance": options.get("stance", "neutral"),
            "negated": kind == "negated",
            "conditional": kind == "conditional",
        }
        cue["lemma"] = cue["text"].lower()
    said_on = next((date["id"] for date in found.dates if (date["start"], date["end"]) == claim["said_on"]), None)
    return {
        "id": ids[index], "kind": "attributed" if cue else "narrated", "quote": quotation.kind(text, spans, flags), "source": source, "cue": cue,
        "content": part("content"), "reading": join(text, spans), "insertions": [], "polarity": options.get("polarity", "positive"),
        "certainty": options.get("certainty", "certain"), "time": options.get("time"),
        "checkable": {"score": YES_OR_NO[options["checkable"]]} if "checkable" in options else None, "parent": _parent(found.claims, index, ids),
        "repeats": ids[claim["repeats"]] if "repeats" in claim else None, "challenges": claim["challenges"], "entities": within(entities),
        "dates": within(found.dates), "quantities": within(found.quantities), "said_on": said_on,
    }  # fmt: skip


def _parent(claims: list[dict[str, Any]], index: int, ids: dict[int, str]) -> str | None:
    """The smallest attributed claim whose content holds this one's cue, or all its content if it has no cue."""
    inner = claims[index]
    probe = inner["cue"] or inner["content"]
    holders = []
    for other, claim in enumerate(claims):
        if other != index and claim["kind"] == "A" and all(any(a <= x and y <= b for a, b in claim["content"]) for x, y in probe):
            holders.append((sum(b - a for a, b in claim["content"]), ids[other]))
    return min(holders)[1] if holders else None


def _longest(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Of overlapping entities the longest."""
    kept: list[dict[str, Any]] = []
    for row in sorted(rows, key=lambda row: (row["start"] - row["end"], row["start"])):
        if all(row["end"] <= other["start"] or other["end"] <= row["start"] for other in kept):
            kept.append(row)
    return kept


def _hull(claim: dict[str, Any]) -> Range:
    spans = claim["source"] + claim["cue"] + claim["content"]
    return min(a for a, _ in spans), max(b for _, b in spans)


def _inside_word(text: str, start: int, end: int) -> bool:
    before, after = text[start - 1 : start], text[end : end + 1]
    return (before.isalnum() and text[start].isalnum()) or (after.isalnum() and text[end - 1].isalnum())


def _span(span: Range) -> dict[str, int]:
    return {"start": span[0], "end": span[1]}


def _number(text: str) -> int | float:
    value = float(text.replace(",", ""))
    return int(value) if value.is_integer() else value
