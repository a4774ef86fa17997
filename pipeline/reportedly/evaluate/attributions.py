"""Attributions against gold. Counts are of word tokens and summed over articles.

cue         compatible if they share a word that is no stop word (any token of a gold cue that has only stop words); one to one
exact       contents of the same words, one to one
content50   contents with an intersection over union of at least one half, one to one
rel         content50, and the right source: both have none, or they share a telling word as cues do
full        rel, and the cues are compatible
strict      contents and sources of the same words
soft        precision: mean over predicted contents of their best covered share; recall: the same over gold contents
token       words inside any content
span        single contiguous parts of contents, exact
source      a share: right sources among pairs aligned by content50 (of nested contents that overlap the first is taken, right or not)
`/direct`, `/mixed`, `/indirect` are the same by quotation (precision by the prediction's, recall by the gold's kind); `/speech` is
a share, the recall over gold that is quoted or has a cue of saying.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import get_args

from ..records import QuoteKind
from .align import NONE, Range, Tokens, Words, iou, matching
from .documents import Triple
from .lists import names_speech
from .tally import Count, Tally

KINDS: tuple[QuoteKind, ...] = get_args(QuoteKind)
ENOUGH = 0.5
"""The intersection over union from which two contents are the same claim."""


@dataclass(frozen=True)
class Attribution:
    """An attribution as sets of tokens. `telling_*`: what another one must share."""

    triple: Triple
    cue: Tokens
    content: Tokens
    source: Tokens
    telling_cue: Tokens
    telling_source: Tokens
    kind: QuoteKind
    speech: bool
    parts: tuple[Tokens, ...]


def tokenised(words: Words, triples: Iterable[Triple]) -> list[Attribution]:
    """The attributions that have a content or a cue left once they are tokens."""
    seen = (_tokenised(words, triple) for triple in triples)
    return [item for item in seen if item.content or item.cue]


def _tokenised(words: Words, triple: Triple) -> Attribution:
    cue, content, source = (
        words.covered(triple.cue, punctuation=True),
        words.covered(triple.content),
        words.covered(triple.source),
    )
    kind = words.kind(content)
    cue_text = " ".join(words.text[start:end] for start, end in triple.cue)
    parts = (words.covered([span]) for span in words.whole(triple.content))
    return Attribution(
        triple, cue, content, source, words.telling(cue), words.telling(source), kind,
        speech=bool(content) and (kind != "indirect" or names_speech(cue_text)),
        parts=tuple(part for part in parts if part),
    )  # fmt: skip


def right_source(found: Attribution, wanted: Attribution) -> bool:
    return bool(found.source & wanted.telling_source) or not (found.source or wanted.source)


def _cue(found: Attribution, wanted: Attribution) -> bool:
    return bool(found.cue & wanted.telling_cue)


def _content50(found: Attribution, wanted: Attribution) -> bool:
    return iou(found.content, wanted.content) >= ENOUGH


def relation(found: Attribution, wanted: Attribution) -> bool:
    return _content50(found, wanted) and right_source(found, wanted)


Rule = Callable[[Attribution, Attribution], bool]
RULES: dict[str, Rule] = {
    "exact": lambda found, wanted: found.content == wanted.content,
    "content50": _content50,
    "rel": relation,
    "full": lambda found, wanted: relation(found, wanted) and _cue(found, wanted),
    "strict": lambda found, wanted: found.content == wanted.content and found.source == wanted.source,
}


def score(words: Words, found: Sequence[Triple], wanted: Sequence[Triple]) -> Tally:
    """The counts of one article."""
    tally = Tally()
    all_found, all_wanted = tokenised(words, found), tokenised(words, wanted)
    _score_cues(tally, [item for item in all_found if item.cue], [item for item in all_wanted if item.cue])
    with_content = [item for item in all_found if item.content], [item for item in all_wanted if item.content]
    for name, rule in RULES.items():
        _score_rule(tally, name, rule, *with_content)
    _score_soft(tally, *with_content)
    _score_tokens(tally, *with_content)
    return tally


def _score_cues(tally: Tally, found: Sequence[Attribution], wanted: Sequence[Attribution]) -> None:
    tally.pairs("cue", len(matching(found, wanted, _cue)), len(found), len(wanted))


def _score_rule(tally: Tally, name: str, rule: Rule, found: Sequence[Attribution], wanted: Sequence[Attribution]) -> None:
    pairs = matching(found, wanted, rule)
    right, met = [found[i] for i in pairs], [wanted[j] for j in pairs.values()]
    tally.pairs(name, len(pairs), len(found), len(wanted))
    for kind in KINDS:
        tally.add(f"{name}/{kind}", Count(*(sum(item.kind == kind for item in items) for items in (right, found, met, wanted))))
    tally.share(f"{name}/speech", sum(item.speech for item in met), sum(item.speech for item in wanted))
    if name == "content50":
        tally.share("source", sum(right_source(found[i], wanted[j]) for i, j in pairs.items()), len(pairs))


def _score_soft(tally: Tally, found: Sequence[Attribution], wanted: Sequence[Attribution]) -> None:
    for kind in ("", *KINDS):
        mine, yours = ([item for item in items if kind in ("", item.kind)] for items in (found, wanted))
        count = Count(_covered(mine, wanted), len(mine), _covered(yours, found), len(yours))
        tally.add(f"soft/{kind}" if kind else "soft", count)


def _covered(items: Iterable[Attribution], others: Sequence[Attribution]) -> float:
    """The sum over contents of the share that the best of the others covers."""
    return sum(max((len(item.content & other.content) for other in others), default=0) / len(item.content) for item in items)


def _score_tokens(tally: Tally, found: Sequence[Attribution], wanted: Sequence[Attribution]) -> None:
    mine, yours = (NONE.union(*(item.content for item in items)) for items in (found, wanted))
    tally.pairs("token", len(mine & yours), len(mine), len(yours))
    my_parts, your_parts = (Counter(part for item in items for part in item.parts) for items in (found, wanted))
    tally.pairs("span", (my_parts & your_parts).total(), my_parts.total(), your_parts.total())


def hull(triple: Triple) -> Range:
    """From the first to the last character of an attribution."""
    spans = triple.cue + triple.content + triple.source
    return min(start for start, _ in spans), max(end for _, end in spans)
