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
AHEAD = "looking ahead"
ACTS_AHEAD = frozenset(("promise", "intend", "demand", "wish", "predict"))
"""What such a cue tells of lies ahead of the cue."""
STATES = frozenset(
    "be have believe know think want hope need like love hate own owe doubt fear feel understand see mean belong contain cost deserve lie".split()
)
EVENTS = frozenset(
    "accident arrest attack blow bombing claim collapse crash crime cut death defeat delay error failure fall fire flood fraud gift hit injury "
    "killing leak loss mistake murder raid rape rescue rise robbery sale shooting sinking spill strike theft victory vote war win wound".split()
)
EVENT_ENDINGS = ("tion", "sion", "ment", "ing")
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
    if head is not None and (kind := _kind(draft.parse, head, form)):
        yield f"{form}, {kind} / {act}"
        yield f"{form}, {kind} / {AHEAD if act in ACTS_AHEAD else 'other'}"
        yield f"{form}, {kind}"
    yield f"{form} / {act}"
    yield f"{form} / {AHEAD if act in ACTS_AHEAD else 'other'}"
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
    if parse.lemma[head] == "be" and tag in ("VBZ", "VBP") and _is_to(parse, head):
        return "will do"
    if tag == "VBG":
        return _going(parse, head) if helpers else "doing"
    if tag == "VBN":
        return "is done" if helpers else "done"
    return "do" if tag == "VB" and not helpers else "does"


def _kind(parse: Parse, head: int, form: str) -> str:
    """What the head is beyond its form: a verb of a state, which "said it was" puts into the past though it goes on; a noun of an event."""
    lemma = parse.lemma[head].lower()
    if form in ("did", "does"):
        return "a state" if lemma in STATES else ""
    return "an event" if form == "noun" and (lemma in EVENTS or lemma.endswith(EVENT_ENDINGS)) else ""


def _going(parse: Parse, head: int) -> str:
    """ "Is going to close" looks ahead; "is closing" may."""
    ahead = parse.lemma[head] == "go" and any(parse.dep[child] == "xcomp" for child in parse.children[head])
    return "will do" if ahead else "is doing"


def _is_to(parse: Parse, head: int) -> bool:
    """ "Is to hear the mayor"."""
    infinitives = (child for child in parse.children[head] if parse.dep[child] == "xcomp" and child > head)
    return any(parse.lower[child - 1] == "to" for child in infinitives)


def _dated(dates: Iterable[Date], published: str | None) -> str:
    """Whether the content's dates all lie behind or ahead of publication: "past", "future", or nothing."""
    if published is None:
        return ""
    days = [(date.first, date.last) for date in dates if date.first and date.last]
    if days and all(last < published[:10] for _, last in days):
        return "past"
    return "future" if days and all(first > published[:10] for first, _ in days) else ""
