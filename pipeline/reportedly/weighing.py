"""`reportedly weigh`: how claims of each form stand in time, and what each reason weighs for looking one up. Not part of the pipeline."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from .attribution.count import fit
from .claims import Assembler, Draft, head_of_all, time_keys
from .evaluate.score import half
from .exchange.lines import read_records, write_whole
from .findings import Attribution
from .records import Article, Claim, Record, Time
from .rulebook import Model
from .stages import Pipeline

GOLD = Path("corpus/gold.jsonl")
TIMES, CHECKABLE = "times.yaml", "checkable.yaml"
RIDGE = 3.0
LEAST_SEEN = 8
"""A reason needs so many claims to have a weight."""
LEAST = 3
"""A form with an act of its own needs so many claims."""
TIMES_HEAD = """\
# How often claims of each form, and act of the cue, spoke of each time: counted by `reportedly weigh` on the development half of the gold.

"""
CHECKABLE_HEAD = """\
# What each reason weighs for (or against) looking a claim up: fitted by `reportedly weigh` on the development half of the gold.

"""


@dataclass(frozen=True)
class Weighed:
    """A claim of the gold, with what its time is looked up by, its reasons, and the gold's answers."""

    time_keys: tuple[str, ...]
    reasons: tuple[str, ...]
    time: Time
    checkable: bool


def weigh(
    gold: Annotated[Path, typer.Argument(help="The project's gold: records with time and checkable.", metavar="GOLD")] = GOLD,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="DIR", help="A folder of rules instead of the one built in.")
    ] = None,
) -> None:
    """Count the times and fit the reasons anew on the development half of the gold, and save both into the model."""
    pipeline = Pipeline(Model.open(model))
    weighed = [one for record in read_records(gold) if half(record.id) == "dev" for one in read_claims(record, pipeline)]
    write_whole(pipeline.model.folder / TIMES, (TIMES_HEAD + "".join(_time_lines(weighed))).encode())
    weights = fit([({"bias": 1.0, **dict.fromkeys(one.reasons, 1.0)}, one.checkable) for one in weighed], LEAST_SEEN, RIDGE)
    lines = (f'- {{id: "{reason}", weight: {weight:.2f}}}\n' for reason, weight in sorted(weights.items()))
    write_whole(pipeline.model.folder / CHECKABLE, (CHECKABLE_HEAD + "".join(lines)).encode())
    typer.echo(f"{len(weighed)} claims, {len(weights)} weights", err=True)


def read_claims(record: Record, pipeline: Pipeline) -> Iterator[Weighed]:
    """The claims of a gold record that have both answers; those of repeated paragraphs are passed over."""
    article = Article(id=record.id, text=record.text, title=record.title, published=record.published)
    parse = pipeline.before("entities", article)["parse"]
    assembler = Assembler.of(pipeline.model)
    dates = {date.id: date for date in record.dates}
    for claim in record.claims:
        if claim.time is None or claim.checkable is None or claim.repeats:
            continue
        draft = Draft(parse, claim.content.spans, "gold", 1.0, attribution=_attribution(claim))
        if claim.cue is None:
            draft.verb = _verb(draft)
        head, own_dates = head_of_all(draft), [dates[id_] for id_ in claim.dates]
        reasons = assembler.checking.reasons(
            draft, head, claim.time, claim.certainty,
            quantities=len(claim.quantities), dates=len(claim.dates), names=len(claim.entities),
        )  # fmt: skip
        keys = time_keys(draft, head, own_dates, record.published)
        yield Weighed(tuple(keys), tuple(dict.fromkeys(reasons)), claim.time, claim.checkable.score > 0.5)


def _verb(draft: Draft) -> int | None:
    """The verb of a narrated relative clause or participle ("a fire that killed two"), None where the main statement has its own."""
    head, parse = head_of_all(draft), draft.parse
    if head is None or parse.pos[head] in ("VERB", "AUX"):
        return None
    clauses = (child for child in parse.children[head] if parse.dep[child] in ("relcl", "acl"))
    return next((verb for verb in clauses if any(first <= verb < last for first, last in draft.pieces)), None)


def _attribution(claim: Claim) -> Attribution | None:
    if claim.cue is None:
        return None
    return Attribution(
        source=claim.source.spans if claim.source else (), cue=claim.cue.spans, content=claim.content.spans,
        lemma=claim.cue.lemma, act=claim.cue.act, stance=claim.cue.stance, rule="gold", confidence=1.0,
    )  # fmt: skip


def _time_lines(weighed: list[Weighed]) -> Iterator[str]:
    """A row for each form, and for a form with an act where that act has another time than the form."""
    counts: dict[str, Counter[Time]] = defaultdict(Counter)
    for one in weighed:
        for key in one.time_keys:
            counts[key][one.time] += 1
    for key, seen in sorted(counts.items()):
        form, _, act = key.partition(" / ")
        if not act or (seen.total() >= LEAST and seen.most_common(1)[0][0] != counts[form].most_common(1)[0][0]):
            yield (
                f'- {{id: "{key}", seen: {{'
                + ", ".join(f"{time}: {seen[time]}" for time in ("past", "present", "future"))
                + "}}\n"
            )
