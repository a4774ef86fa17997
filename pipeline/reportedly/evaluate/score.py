"""Gold and predictions in, counts out: one tally an article, measures named `area.measure`."""

from __future__ import annotations

import hashlib
from typing import Literal

from ..errors import RecordError, UsageError
from . import attributions, contents, dates
from .align import Words
from .documents import Document, paired
from .tally import Tally

Half = Literal["dev", "test"]


def half(id_: str) -> Half:
    """To which half of the corpus an article belongs, for good: it depends on its id alone."""
    return "dev" if int(hashlib.sha256(id_.encode()).hexdigest(), 16) % 2 == 0 else "test"


def score(gold: dict[str, Document], found: dict[str, Document]) -> dict[str, Tally]:
    """The tally of each gold article. One without prediction counts as empty; predictions for others are passed over.

    Raises UsageError where the two hold nothing that could be compared.
    """
    tallies = {id_: score_article(wanted, given) for id_, (wanted, given) in paired(gold, found).items()}
    if gold and not any(tally.counts for tally in tallies.values()):
        raise UsageError("gold and predictions hold nothing in common", remedy="give records, or one plain form on both sides")
    return tallies


def score_article(wanted: Document, found: Document) -> Tally:
    """The counts of all areas that both sides hold."""
    areas: dict[str, Tally] = {}
    words = Words(_text(wanted, found))
    if wanted.attributions is not None and found.attributions is not None:
        areas["attributions"] = attributions.score(words, found.attributions, wanted.attributions)
    if wanted.timexes is not None and found.timexes is not None:
        areas["dates"] = dates.score(found.timexes, wanted.timexes)
    if wanted.record and found.record:
        mine, yours = found.record, wanted.record
        areas["entities"] = contents.score_entities(mine, yours)
        areas["quantities"] = contents.score_quantities(mine, yours)
        areas["speakers"] = contents.score_speakers(words, mine, yours)
        areas["claims"] = contents.score_claims(words, mine, yours)
        areas["narrated"] = contents.score_narrated(words, mine, yours)
        areas["challenges"] = contents.score_challenges(words, mine, yours)
    return Tally({name: count for area, tally in areas.items() for name, count in tally.inside(area)})


def _text(wanted: Document, found: Document) -> str:
    text = wanted.text if wanted.text is not None else found.text
    if text is None and wanted.attributions is not None:
        raise RecordError("neither gold nor prediction holds the text", value=wanted.id, remedy="give the gold with its text")
    return text or ""
