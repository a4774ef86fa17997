"""`reportedly speakers`: who spoke in a run, how often, in which articles, and what they said."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

import typer

from ..exchange.lines import read_records
from ..records import Claim, Record, Speaker
from ..speakers.aliases import NONE, Aliases, Known, key_of, read_aliases
from .terminal import clean

NEVER_MERGED = frozenset(("group", "document", "unnamed"))
"""Kinds that mean others in another article: "residents", "the report", "an official"."""


@dataclass
class Voice:
    """A speaker over all articles. `said`: the claims with their articles, in the order of the run."""

    name: str
    kind: str
    identity: str | None
    said: list[tuple[Record, Claim]] = field(default_factory=list)

    @property
    def articles(self) -> list[str]:
        return list(dict.fromkeys(record.id for record, _ in self.said))

    @property
    def payload(self) -> dict[str, Any]:
        """The voice as JSON values."""
        claims = [
            {
                "article": record.id,
                "published": record.published,
                "claim": claim.id,
                "act": claim.cue.act,
                "reading": claim.reading,
            }
            for record, claim in self.said
            if claim.cue
        ]
        return {"name": self.name, "kind": self.kind, "identity": self.identity, "articles": self.articles, "claims": claims}


def speakers(
    file: Annotated[Path, typer.Argument(help="Records, as `extract` writes them.", metavar="RUN")],
    aliases: Annotated[
        Path | None, typer.Option("--aliases", metavar="FILE", help="Your own names of speakers: a CSV file with alias,name,id.")
    ] = None,
    top: Annotated[int | None, typer.Option(min=1, help="Only the N who spoke most.", metavar="N")] = None,
    claims: Annotated[bool, typer.Option("--claims", help="Also what each said.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="One JSON object a speaker, with the claims.")] = False,
) -> None:
    """List who spoke, how often and in which articles. Two articles' speakers are one only by full name, or by your aliases."""
    for voice in voices(read_records(file), read_aliases(aliases) if aliases else NONE)[:top]:
        if as_json:
            typer.echo(json.dumps(voice.payload, ensure_ascii=False))
            continue
        known = f" [{clean(voice.identity)}]" if voice.identity else ""
        typer.echo(f"{len(voice.said):5d}  {clean(voice.name)}{known} ({voice.kind}): {', '.join(map(clean, voice.articles))}")
        for record, claim in voice.said if claims else ():
            typer.echo(f"         {clean(record.id)} {claim.id}: {clean(claim.reading)}")


def voices(records: Iterable[Record], aliases: Aliases = NONE) -> list[Voice]:
    """Everybody who is the source of a claim, who spoke most first, then by name. Repeated claims count once."""
    found: dict[tuple[str, ...], Voice] = {}
    for record in records:
        of = {speaker.id: speaker for speaker in record.speakers}
        for claim in record.claims:
            speaker = of.get(claim.source.speaker or "") if claim.source else None
            if speaker is None or claim.repeats:
                continue
            known = aliases.get(key_of(speaker.name))
            voice = found.setdefault(speaker_key(speaker, record, known), _voice(speaker, known))
            voice.said.append((record, claim))
    return sorted(found.values(), key=lambda voice: (-len(voice.said), voice.name, voice.articles))


def _voice(speaker: Speaker, known: Known | None) -> Voice:
    return Voice(known.name, speaker.kind, known.id) if known else Voice(speaker.name, speaker.kind, speaker.identity)


def speaker_key(speaker: Speaker, record: Record, known: Known | None) -> tuple[str, ...]:
    """What two articles' speakers must have in common: the user's id, an alias's name, or a full proper name of the same kind; else they are two."""
    if known:
        return ("known", known.id or "", known.name)
    if speaker.identity:
        return ("known", speaker.identity, speaker.name)
    if is_full_name(speaker):
        return ("name", speaker.kind, key_of(speaker.name))
    return ("article", record.id, speaker.id)


def is_full_name(speaker: Speaker) -> bool:
    """Whether a name means the same in every article: a person's with more than a surname, a body's proper name."""
    words = key_of(speaker.name).split()
    if speaker.kind == "person":
        return len(words) > 1
    return speaker.kind not in NEVER_MERGED and any(word[0].isupper() for word in speaker.name.removeprefix("the ").split())
