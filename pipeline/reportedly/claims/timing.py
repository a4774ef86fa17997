"""Of which time a claim speaks, seen from the day of publication: by the form of its verb and what its cue does, counted."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from ..parse import Parse
from ..records import Date, Time
from ..rulebook import Rule
from .draft import Draft

WILL = frozenset(("will", "shall", "'ll", "wo", "'d"))
MODALS = frozenset(("may", "might", "can", "could", "should", "must", "ca"))
HAVE = frozenset(("have", "has", "'ve", "having"))
BE_PAST = frozenset(("was", "were"))
VERBAL = frozenset(("VERB", "AUX"))
HELPERS = frozenset(("aux", "auxpass"))
LASTING = frozenset(("since", "for"))


class TimeRow(Rule):
    """How often claims of one form (and, behind a slash, of one act of the cue) spoke of each time in the gold."""

    id: str
    seen: dict[Time, int]

    @property
    def time(self) -> Time:
        """The time that most had; of equal numbers the first in the order past, present, future."""
        times: tuple[Time, ...] = ("past", "present", "future")
        return max(times, key=lambda time: self.seen.get(time, 0))


class Timing:
    """The counted rows, ready to judge claims."""

    def __init__(self, rows: Iterable[TimeRow]) -> None:
        self.times: Mapping[str, Time] = {row.id: row.time for row in rows}

    def judge(self, draft: Draft, head: int | None, dates: Iterable[Date], published: str | None) -> Time:
        """The time of a draft whose main statement has its head at the token `head` (None: nothing was parsed)."""
        for key in time_keys(draft, head, dates, published):
            if key in self.times:
                return self.times[key]
        return "present"


def time_keys(draft: Draft, head: int | None, dates: Iterable[Date], published: str | None) -> Iterator[str]:
    """What the time of a claim is looked up by, from the most telling to the least: form and act, form."""
    act = draft.attribution.act if draft.attribution else "narrated"
    form = "nothing" if head is None else form_of(draft.parse, head)
    when = _dated(dates, published)
    if when:
        yield f"{form}, {when} date / {act}"
        yield f"{form}, {when} date"
    yield f"{form} / {act}"
    yield form


def form_of(parse: Parse, head: int) -> str:
    """The form of a main statement: of its verb with its helpers, or that it has none."""
    if parse.pos[head] not in VERBAL:
        verb = next((child for child in parse.children[head] if parse.dep[child] == "cop"), None)
        return "noun" if verb is None else form_of(parse, verb)
    helpers = [
        parse.lower[child].replace("’", "'") for child in parse.children[head] if parse.dep[child] in HELPERS and child < head
    ]
    tag, perfect = parse.tag[head], bool(HAVE.intersection(helpers))
    if "to" in helpers:
        return "to have done" if perfect else "to do"
    if "would" in helpers:
        return "would have done" if perfect else "would do"
    if WILL.intersection(helpers) and "had" not in helpers:
        return "will do"
    if MODALS.intersection(helpers):
        return "may have done" if perfect else "may do"
    if "had" in helpers:
        return "had done"
    if perfect:
        lasting = any(parse.lower[child] in LASTING for child in parse.children[head] if parse.dep[child] in ("prep", "mark"))
        return "has done for long" if lasting else "has done"
    if BE_PAST.intersection(helpers) or "did" in helpers or tag == "VBD":
        return "was doing" if tag == "VBG" else "did"
    if tag == "VBG":
        return _going(parse, head) if helpers else "doing"
    if tag == "VBN":
        return "is done" if helpers else "done"
    return "do" if tag == "VB" and not helpers else "does"


def _going(parse: Parse, head: int) -> str:
    """ "Is going to close" looks ahead; "is closing" may."""
    ahead = parse.lemma[head] == "go" and any(parse.dep[child] == "xcomp" for child in parse.children[head])
    return "will do" if ahead else "is doing"


def _dated(dates: Iterable[Date], published: str | None) -> str:
    """Whether the content's dates all lie behind or ahead of publication: "past", "future", or nothing."""
    if published is None:
        return ""
    days = [(date.first, date.last) for date in dates if date.first and date.last]
    if days and all(last < published[:10] for _, last in days):
        return "past"
    return "future" if days and all(first > published[:10] for first, _ in days) else ""
