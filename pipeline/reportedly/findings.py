"""What stages hand to later stages: frozen, without spaCy, offsets in code points of the article's text, end exclusive."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from .records import Act, Span, Spans, Speaker, Stance

ParagraphKind = Literal["headline", "byline", "caption", "body"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A line of the text that is not blank, without the white space around it.

    `dateline`: the town (and date, agency) that opens it, without the dash. `label`: the speaker's name of a transcript line, without
    its colon. `pieces`: what is parsed apart, in order (dateline, label, rest). `repeats`: the number of the paragraph that it repeats word for word.
    `turn`: in an interview, the number of the paragraph whose label's words go on here.
    """

    start: int
    end: int
    kind: ParagraphKind
    dateline: Span | None = None
    label: Span | None = None
    pieces: Spans = ()
    repeats: int | None = None
    turn: int | None = None


@dataclass(frozen=True, slots=True)
class Quotation:
    """What stands between quotation marks, marks included. `closed` is false where the closing mark is missing: it then runs to the end of
    its paragraph.

    `level` is 1 for an outer quotation, 2 for one inside another. `continues`: it goes on in the next paragraph, which opens with a mark again.
    """

    start: int
    end: int
    closed: bool
    level: int
    continues: bool = False

    @property
    def inner(self) -> tuple[int, int]:
        """Without the marks (a doubled single mark counts as two characters)."""
        return self.start + 1, self.end - 1 if self.closed else self.end


@dataclass(frozen=True, slots=True)
class Layout:
    """The page: its paragraphs and its quotations, both in the order of the text, and the words to be parsed.

    `reading` is the text with title-case headlines put in sentence case, of the same length: what the parser sees.
    """

    paragraphs: tuple[Paragraph, ...]
    quotations: tuple[Quotation, ...]
    reading: str


@dataclass(frozen=True, slots=True)
class Attribution:
    """A cue with its content and source, as found; `source` is empty where the text names none.

    `lemma`, `act` and `stance` are the cue's; `rule` is the rule that found it, `confidence` the share of right ones among those counted for it.
    """

    source: Spans
    cue: Spans
    content: Spans
    lemma: str
    act: Act
    stance: Stance
    rule: str
    confidence: float
    negated: bool = False
    conditional: bool = False


@dataclass(frozen=True, slots=True)
class SpeakerIndex:
    """The speakers of an article, and for each attribution (in order) the id of its source's speaker, None where that is left open.

    `sieves`: the rule that found it, or that refused; `precisions`: how often what that rule found has proved right (0 to 1, None for an open one);
    `candidates`: the names between which an open one was not decided. All go by attribution.
    """

    speakers: tuple[Speaker, ...]
    of: tuple[str | None, ...]
    sieves: tuple[str | None, ...] = ()
    precisions: tuple[float | None, ...] = ()
    candidates: tuple[tuple[str, ...], ...] = ()
