"""An article's claims, readable in the terminal: source → cue → content, nested claims indented, with dates, challenges and repeats."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from ..records import Claim, Date, Record

INDENT = 4
NOT_CERTAIN = {"probable": "probably", "possible": "possibly", "conditional": "on a condition"}
CHALLENGES = {
    "no-evidence": "no evidence",
    "denied": "denied",
    "contradicted": "contradicted",
    "corrected": "corrected",
    "scare-quote": "distanced",
}
CONTROLS = dict.fromkeys([*range(0x20), *range(0x7F, 0xA0)], "\ufffd") | {ord("\n"): " ", ord("\r"): " ", ord("\t"): " "}
"""Control characters of an article never reach the terminal."""


def show(records: Iterable[Record], console: Console) -> None:
    """Print the claims of each record, repeats folded into their first.

    Colour is the console's affair: without a terminal, or with NO_COLOR, the same text comes out plain.
    """
    for record in records:
        _show_head(record, console)
        _Claims(record, console).show()
        for warning in record.warnings:
            console.print(Text.assemble(("warning: ", "bold yellow"), clean(warning)))
        console.print()


def show_top(records: Iterable[Record], console: Console, top: int) -> None:
    """Print the claims of a whole run that can best be checked, the best first, with the reasons; repeats are passed over."""
    ranked = [
        (claim.checkable.score, record, claim)
        for record in records
        for claim in record.claims
        if claim.checkable and not claim.repeats
    ]
    ranked.sort(key=lambda item: -item[0])  # of equal ones the first in the run comes first
    for score, record, claim in ranked[:top]:
        console.print(Text(f"{score:.2f}  {clean(record.id)}", style="bold"), soft_wrap=True)
        _Claims(record, console).show_alone(claim)


def _show_head(record: Record, console: Console) -> None:
    published = record.published or "no publication date"
    console.print(Text.assemble((clean(record.title or record.id), "bold"), f"  ({clean(record.id)}, {published})"))
    counts = f"{len(record.claims)} claims, {len(record.speakers)} speakers, {len(record.dates)} dates, {len(record.quantities)} quantities"
    console.print(Text(counts, style="dim"))


class _Claims:
    """The claims of one record as a tree: nested ones below the claim that holds them, repeats folded into their first."""

    def __init__(self, record: Record, console: Console) -> None:
        self.record, self.console = record, console
        self.repeats: dict[str, list[Claim]] = defaultdict(list)
        self.nested: dict[str, list[Claim]] = defaultdict(list)
        for claim in record.claims:
            if claim.repeats:
                self.repeats[claim.repeats].append(claim)
            elif claim.parent:
                self.nested[claim.parent].append(claim)
        self.dates = {date.id: date for date in record.dates}

    def show(self) -> None:
        for claim in self.record.claims:
            if not claim.parent and not claim.repeats:
                self._show(claim, 0)

    def show_alone(self, claim: Claim) -> None:
        """One claim without those inside it, and what speaks for and against looking it up."""
        for line in (self._line(claim), *self._notes(claim), *self._reasons(claim)):
            self._print(line, INDENT)

    @staticmethod
    def _reasons(claim: Claim) -> list[Text]:
        if claim.checkable is None:
            return []
        told = [f"+ {reason}" for reason in claim.checkable.reasons] + [f"- {reason}" for reason in claim.checkable.objections]
        return [Text(" " * INDENT + ", ".join(told), style="dim")] if told else []

    def _show(self, claim: Claim, depth: int) -> None:
        for line in (self._line(claim), *self._notes(claim)):
            self._print(line, INDENT * depth)
        for inner in self.nested[claim.id]:
            self._show(inner, depth + 1)
        for copy in self.repeats[claim.id]:  # what is nested in a copy only is not lost
            for inner in self.nested[copy.id]:
                self._show(inner, depth + 1)

    def _print(self, line: Text, indent: int) -> None:
        """On a terminal wrapped below itself; elsewhere a line stays one line."""
        if self.console.is_terminal:
            self.console.print(Padding(line, (0, 0, 0, indent), expand=False))
        else:
            self.console.print(Text(" " * indent).append_text(line), soft_wrap=True)

    def _line(self, claim: Claim) -> Text:
        line = Text(f"{claim.id:<4}")
        if claim.cue is None:
            line.append("the article", style="cyan")
            line.append(" → ")
        else:
            line.append(self._source(claim), style="bold cyan" if claim.source else "dim")
            line.append(" → ")
            line.append(
                clean(claim.cue.text), style={"doubting": "magenta", "endorsing": "green"}.get(claim.cue.stance, "yellow")
            )
            line.append(" → ")
        line.append(clean(claim.reading))
        return line

    @staticmethod
    def _source(claim: Claim) -> str:
        """The source as the text has it, with the speaker's name where it says more."""
        if claim.source is None:
            return "(nobody named)"
        words, name = claim.source.text, claim.source.name
        return clean(words if name is None or name in words else f"{words} [{name}]")

    def _notes(self, claim: Claim) -> list[Text]:
        """What is said about a claim, a line each."""
        text = self.record.text
        notes = [("dim", ", ".join(self._attributes(claim)))]
        notes += [
            ("blue", f"{date.text} = {_interval(date.value, date.first, date.last)}") for date in self._dates(claim) if date.value
        ]
        notes += [("bold red", f"{CHALLENGES[c.kind]}: {text[c.start : c.end]}") for c in claim.challenges]
        if self.repeats[claim.id]:
            notes.append(("dim", "said again: " + ", ".join(copy.id for copy in self.repeats[claim.id])))
        return [Text(" " * INDENT + clean(words), style=style) for style, words in notes if words]

    def _dates(self, claim: Claim) -> list[Date]:
        return [self.dates[id_] for id_ in claim.dates]

    def _attributes(self, claim: Claim) -> list[str]:
        said: list[str] = []
        if claim.cue and claim.cue.act != "assert":
            said.append(claim.cue.act)
        if claim.cue and claim.cue.negated:
            said.append("not said")
        if claim.cue and claim.cue.conditional:
            said.append("if said")
        if claim.polarity == "negative":
            said.append("negative")
        if claim.certainty != "certain":
            said.append(NOT_CERTAIN[claim.certainty])
        if claim.said_on:
            date = self.dates[claim.said_on]
            said.append(f"said {date.text}" + (f" = {date.value}" if date.value else ""))
        return said


def _interval(value: str, first: str | None, last: str | None) -> str:
    """A date's value, with its days where the value does not show them."""
    if first is None or last is None or (first == last == value):
        return value
    return f"{value} ({first} to {last})" if first != last else f"{value} ({first})"


def clean(words: str) -> str:
    """The words without control characters."""
    return words.translate(CONTROLS)
