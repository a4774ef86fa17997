"""The lines of a page and what each of them is: headline, byline, caption, body; dateline and transcript label; repeats."""

from __future__ import annotations

import re
from dataclasses import replace

from ..findings import Paragraph, ParagraphKind
from ..records import Span

LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
BLANK = re.compile(r"[\s\x00]*")
MONTH = r"(?:Jan|Feb|March|April|May|June|July|Aug|Sept?|Oct|Nov|Dec)[a-z]*\.?"
TOWN = r"(?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]+(?: (?:[A-ZÀ-Þ][A-ZÀ-Þ.'’\-]*|[a-zà-ÿ]{1,3})){0,3})"
PLACE = r"(?:, [A-ZÀ-Þ][\w.'’\-]*(?: [A-ZÀ-Þ][\w.'’\-]*){0,3})"
DAY = rf"(?:,? {MONTH} \d{{1,2}}(?:, \d{{4}})?)"
AGENCY = r"(?:,? \([^()\n]{2,30}\))"
DASH = r"(?:\s?(?:--|—|–|_)\s?|\s-\s)"
CAPITAL = r"[A-ZÀ-Þ][\w.'’\-]"
MIXED_TOWN = rf"(?:{CAPITAL}+(?: {CAPITAL}+){{0,2}})"
DATELINE = re.compile(
    rf"(?P<all>{TOWN}{PLACE}?{DAY}?{AGENCY}?|{MIXED_TOWN}{PLACE}?{DAY}?{AGENCY}|\([A-Z][A-Za-z /.]{{1,20}}\)){DASH}(?=\S)"
)
BYLINE = re.compile(r"(?:By|BY|Reported by|Written by|Posted by) [A-ZÀ-Þ][^.!?]*$|By [A-ZÀ-Þ][\w.'’\- ]+$")
CAPTION = re.compile(
    r"(?i)^(?:photo|image|file photo|picture|video|caption|watch|listen|credit)s?\s*[:|]|\([^()]*\b(?:photo|image)s?\b[^()]*\)\s*$"
)
IMAGE_LABEL = re.compile(r"[^:.!?]{0,60}(?:Image|Photo|Picture):\s")
LABEL = re.compile(r"[\"“]?(?P<name>[A-ZÀ-Þ][A-ZÀ-Þ.'’\- ]{1,40}[A-ZÀ-Þ.])(?:\s?\([^()\n]{1,30}\))?(?P<colon>:)\s+(?=\S)")
TITLE = r"(?:(?:Mr|Ms|Mrs|Dr|Sen|Rep|Gov|Gen)\. )?"
NAME_LABEL = re.compile(rf"(?P<name>{TITLE}{CAPITAL}*(?: (?:{CAPITAL}*|de|la|van|der|von|bin|al)){{0,4}})(?P<colon>:)\s+(?=\S)")
BRACKET_LABEL = re.compile(rf"(?:\(\(|\[)(?P<name>{CAPITAL}*(?: {CAPITAL}*){{0,4}})(?P<colon>(?:\)\)|\])\s?:?)\s+(?=\S)")
"""A name in brackets that opens an answer: "[Ada Okoro]  No.", "((Ada Okoro)) No."."""
LEAST_LABELLED = 3
"""From so many lines with a name before a colon, or in brackets, on they are an interview."""
BULLET = re.compile(r"(?:[•·*‣▪–—-]|\d{1,2}[.)])\s+(?=\S)")
SENTENCE_END = re.compile(r"[.!?…:;,][\"”’')\]]*$")
DAY_ALONE = re.compile(rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?(?:{MONTH} \d{{1,2}},?|\d{{1,2}} {MONTH}) \d{{4}}")
NOT_A_NAME = frozenset(
    (
        "update updated correction note editor question answer related source sources more also advertisement "
        "claim verdict rating fact check exclusive breaking watch video photo"
    ).split()
)


def find_paragraphs(text: str, title: str | None) -> tuple[Paragraph, ...]:
    """The paragraphs of a text: its lines that are not blank. `title` helps to know the headline."""
    lines = [_trimmed(text, match.start(), match.end()) for match in LINE.finditer(text) if not BLANK.fullmatch(match[0])]
    interview = [
        label for label in (NAME_LABEL, BRACKET_LABEL) if sum(bool(label.match(text, *line)) for line in lines) >= LEAST_LABELLED
    ]
    seen: dict[str, int] = {}
    paragraphs = []
    for number, (start, end) in enumerate(lines):
        line = text[start:end]
        kind = _kind(line, number, lines, text, title)
        dateline = DATELINE.match(text, start, end) if kind == "body" else None
        labels = (LABEL, *interview) if kind == "body" and not dateline else ()
        label = next((match for label in labels if (match := label.match(text, start, end))), None)
        if label and label["name"].split()[0].lower() in NOT_A_NAME:
            label = None
        repeats = seen.setdefault(line, number) if len(line.split()) > 5 else number
        paragraphs.append(
            Paragraph(
                start=start,
                end=end,
                kind=kind,
                dateline=Span(start=dateline.start("all"), end=dateline.end("all")) if dateline else None,
                label=Span(start=label.start("name"), end=label.end("name")) if label else None,
                pieces=_pieces(text, start, end, dateline or label),
                repeats=repeats if repeats != number else None,
            )
        )
    return _with_turns(paragraphs)


def _with_turns(paragraphs: list[Paragraph]) -> tuple[Paragraph, ...]:
    """In an interview, a paragraph without a label goes on with the words of the one before it, up to the last label."""
    labelled = [number for number, paragraph in enumerate(paragraphs) if paragraph.label]
    if len(labelled) < LEAST_LABELLED or 2 * len(labelled) < labelled[-1] - labelled[0]:
        return tuple(paragraphs)
    turn = labelled[0]
    for number in range(labelled[0], labelled[-1]):
        if paragraphs[number].label:
            turn = number
        elif paragraphs[number].kind == "body":
            paragraphs[number] = replace(paragraphs[number], turn=turn)
    return tuple(paragraphs)


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    line = text[start:end]
    return start + len(line) - len(line.lstrip()), start + len(line.rstrip())


def _kind(line: str, number: int, lines: list[tuple[int, int]], text: str, title: str | None) -> ParagraphKind:
    if IMAGE_LABEL.match(line):
        return "caption"
    if BYLINE.fullmatch(line) and len(line.split()) <= 14:
        return "byline"
    if len(line.split()) <= 60 and CAPTION.search(line):
        return "caption"
    if DAY_ALONE.fullmatch(line) or LABEL.match(line):
        return "body"
    if number == 0 and title and line.strip() == title.strip():
        return "headline"
    apart = number + 1 < len(lines) and text[lines[number][1] : lines[number + 1][0]].count("\n") >= (1 if number == 0 else 2)
    return "headline" if apart and _looks_like_headline(line, first=number == 0) else "body"


def _looks_like_headline(line: str, *, first: bool) -> bool:
    words = line.split()
    if first and 4 <= len(words) <= 25 and line.endswith((".", ".’", ".'", ".”", '."')) and is_title_case(line):
        return True
    if (
        not 2 <= len(words) <= (25 if first else 14)
        or SENTENCE_END.search(line)
        or BULLET.match(line)
        or not any(c.islower() for c in line)
    ):
        return first and 2 <= len(words) <= 25 and bool(re.search(r"[?!][\"”’']?$", line))
    return first or is_title_case(line)


def is_title_case(line: str) -> bool:
    """Most of the longer words begin with a capital, in a line of four words and more."""
    longer = [word for word in re.findall(r"[^\W\d_][\w'’\-]*", line) if len(word) > 3]
    return len(longer) >= 3 and sum(word[0].isupper() for word in longer) >= 0.8 * len(longer)


def _pieces(text: str, start: int, end: int, opening: re.Match[str] | None) -> tuple[Span, ...]:
    """What is parsed apart: a dateline, or a label with its colon, and the rest; a list item without its bullet."""
    if opening:
        stop = opening.end("colon" if "colon" in opening.re.groupindex else "all")
        return (Span(start=opening.start(), end=stop), Span(start=opening.end(), end=end))
    bullet = BULLET.match(text, start, end)
    return (Span(start=bullet.end() if bullet else start, end=end),)
