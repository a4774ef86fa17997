"""`reportedly repeats`: the same claim again in another article of a run, word for word or nearly so, by the same speaker."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Annotated, NamedTuple

import typer
from rapidfuzz import fuzz

from ..claims.repeats import LEAST_WORDS, NEAR, RECENT, without_opening
from ..exchange.lines import read_records
from ..records import Claim, Record
from ..speakers.aliases import NONE, Aliases, key_of, read_aliases
from .speakers import speaker_key
from .terminal import clean

WORD = re.compile(r"\w+(?:['’]\w+)*")


class Repeat(NamedTuple):
    """A claim, the first claim of the run that says the same, and how alike they are (0 to 100)."""

    record: Record
    claim: Claim
    first_record: Record
    first: Claim
    alike: int


def repeats(
    file: Annotated[Path, typer.Argument(help="Records, as `extract` writes them.", metavar="RUN")],
    aliases: Annotated[
        Path | None, typer.Option("--aliases", metavar="FILE", help="Your own names of speakers: a CSV file with alias,name,id.")
    ] = None,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a repeat.")] = False,
) -> None:
    """List the claims that an earlier article of the run has already, by the same speaker. Within an article, see `repeats` in the record."""
    for found in find_repeats(read_records(file), read_aliases(aliases) if aliases else NONE):
        if as_json:
            first = {"article": found.first_record.id, "claim": found.first.id}
            row = {"article": found.record.id, "claim": found.claim.id, "first": first, "alike": found.alike}
            typer.echo(json.dumps(row, ensure_ascii=False))
        else:
            place = f"{clean(found.record.id)} {found.claim.id} = {clean(found.first_record.id)} {found.first.id}"
            typer.echo(f"{found.alike:3d}  {place}: {clean(found.claim.reading)}")


def find_repeats(records: Iterable[Record], aliases: Aliases = NONE) -> Iterator[Repeat]:
    """The repeats in the order of the run. Speakers are compared as `reportedly speakers` does, polarity and numbers must agree."""
    met: dict[tuple[object, ...], list[tuple[str, Record, Claim]]] = defaultdict(list)
    for record in records:
        of = {speaker.id: speaker for speaker in record.speakers}
        new: list[tuple[tuple[object, ...], str, Claim]] = []
        for claim in record.claims:
            speaker = of.get(claim.source.speaker or "") if claim.source else None
            words = without_opening([word.lower() for word in WORD.findall(claim.content.text)])
            if claim.repeats or len(words) < LEAST_WORDS or (claim.cue and speaker is None):
                continue
            teller = speaker_key(speaker, record, aliases.get(key_of(speaker.name))) if speaker else ("the reporter",)
            numbers = tuple(word for word in words if word[0].isdigit())
            key: tuple[object, ...] = (teller, claim.polarity, numbers, max(words, key=len))
            said = " ".join(words)
            found = max(
                ((round(fuzz.ratio(said, other)), -place) for place, (other, _, _) in enumerate(met[key][-RECENT:])),
                default=(0, 0),
            )
            if found[0] >= NEAR:
                _, first_record, first = met[key][-RECENT:][-found[1]]
                yield Repeat(record, claim, first_record, first, found[0])
            else:
                new.append((key, said, claim))
        for key, said, claim in new:  # within one article `repeats` of the record says it
            met[key].append((said, record, claim))
