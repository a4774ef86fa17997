"""`reportedly sieves`: how often what each sieve of the speakers stage finds is right, with the gold's sources given. Not part of the pipeline."""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import typer

from .errors import UsageError
from .evaluate.contents import Outcome, same_name
from .evaluate.score import half
from .exchange.lines import read_records, write_whole
from .findings import Attribution
from .records import Article, Record
from .rulebook import Model
from .speakers import Resolver, Tables, find_speakers
from .stages import Pipeline

GOLD = Path("corpus/gold.jsonl")
FILE = "sieves.yaml"
HEAD = """\
# The sieves of the resolver, and how often what each resolved was right, of how many: counted by `reportedly sieves --save` on the gold with its
# sources given, and on the people of hand-made chains (GUM news). These are the precisions that a source carries; no rule depends on them.

"""
PRONOUNS = frozenset(("he", "she", "him", "her", "his", "hers", "himself", "herself"))
LONGEST_TITLE = 4
FORM = 'write `{"id", "text", "mentions": [{"start", "end", "chain", "type", "text"}]}`, one article a line'
Kind = Literal["pronoun", "surname", "title"]


@dataclass(frozen=True)
class Judged:
    """One source or mention: its group (a half of the gold, or a kind of mention), the sieve that resolved or refused it, how that came out."""

    group: str
    sieve: str
    outcome: Outcome


def sieves(
    gold: Annotated[Path, typer.Argument(help="The project's gold: records with speakers.", metavar="GOLD")] = GOLD,
    chains: Annotated[
        Path | None, typer.Option("--chains", help="Articles with chains of mentions, one JSON object a line.", metavar="FILE")
    ] = None,
    model: Annotated[
        Path | None, typer.Option("--model", metavar="DIR", help="A folder of rules instead of the one built in.")
    ] = None,
    save: Annotated[bool, typer.Option("--save", help="Keep the counts in the model.")] = False,
) -> None:
    """Count how often each sieve names the right speaker, with the gold's sources given."""
    pipeline = Pipeline(Model.open(model))
    sources = [judged for record in read_records(gold) for judged in judge_sources(record, pipeline)]
    typer.echo("\n".join([*_totals("gold, sources given", sources), "", *_by_sieve(sources)]))
    mentions: list[Judged] = []
    if chains:
        judgements = [judgement for row in _rows(chains) for judgement in judge_mentions(row, pipeline)]
        mentions = [judged for judged, _ in judgements]
        nearest = [Judged(judged.group, "nearest", outcome) for judged, outcome in judgements]
        typer.echo(
            "\n".join(
                [
                    "",
                    *_totals("chains", mentions),
                    "",
                    *_totals("chains, nearest person instead", nearest),
                    "",
                    *_by_sieve(mentions),
                ]
            )
        )
    if save:
        write_whole(pipeline.model.folder / FILE, _saved([*sources, *mentions], Tables.load(pipeline.model)).encode())


def judge_sources(record: Record, pipeline: Pipeline) -> Iterator[Judged]:
    """How the speaker of each attributed claim of a gold record comes out if the stage is given the gold's spans; what is open on both sides is
    passed over."""
    article = Article(id=record.id, text=record.text, title=record.title, published=record.published)
    values = pipeline.before("speakers", article)
    claims = [claim for claim in record.claims if claim.cue]
    given = tuple(
        Attribution(
            source=claim.source.spans if claim.source else (), cue=claim.cue.spans, content=claim.content.spans,
            lemma=claim.cue.lemma, act=claim.cue.act, stance=claim.cue.stance, rule="gold", confidence=1.0,
        )
        for claim in claims if claim.cue
    )  # fmt: skip
    index = find_speakers(values["parse"], values["layout"], values["entities"], given, Tables.load(pipeline.model))
    names = {speaker.id: speaker.name for speaker in index.speakers}
    for claim, of, sieve in zip(claims, index.of, index.sieves, strict=True):
        wanted, found = claim.source.name if claim.source else None, names.get(of or "")
        if wanted or found:
            right = bool(wanted and found and same_name(found, wanted, record.speakers))
            yield Judged(half(record.id), sieve or "", "unresolved" if not found else "right" if right else "wrong")


def judge_mentions(row: dict[str, Any], pipeline: Pipeline) -> Iterator[tuple[Judged, Outcome]]:
    """For each he, she, surname and "the mayor" in a chain that has a proper name: how it comes out, and how it would by the nearest name before it.

    Right: the figure has another mention by name in the same chain. Wrong: it is named elsewhere only.
    """
    article = Article(id=str(row["id"]), text=row["text"], title=row.get("title"), published=row.get("published"))
    values = pipeline.before("speakers", article)
    parse = values["parse"]
    resolver = Resolver(parse, values["layout"], values["entities"], values["attributions"], Tables.load(pipeline.model))
    chains: dict[int, set[str]] = defaultdict(set)
    for mention in row["mentions"]:
        for at in range(mention["start"], mention["end"]):
            chains[at].add(mention["chain"])
    for mention, kind in _asked(row["mentions"]):
        tokens = [
            index for index in parse.tokens(mention["start"], mention["end"]) if parse.lower[index] not in ("'s", "’s", "'")
        ]
        if not tokens:
            continue
        head = tokens[0] if kind == "pronoun" else tokens[-1]
        finding = resolver.meant(head)
        member = resolver.cast.members.get(finding.figure.name) if finding.figure else None
        others = [token for token in member.heads if token != head] if member else []
        met = any(mention["chain"] in chains[parse.start[token]] for token in others)
        before = [naming for naming in resolver.cast.namings if naming.entity.label == "PERSON" and naming.last <= tokens[0]]
        near = bool(before) and mention["chain"] in chains[parse.start[before[-1].head]]
        yield (
            Judged(kind, finding.sieve, "right" if met else "wrong" if others else "unresolved"),
            "right" if near else "wrong" if before else "unresolved",
        )


def _asked(mentions: list[dict[str, Any]]) -> Iterator[tuple[dict[str, Any], Kind]]:
    """The mentions to be resolved, with their kind."""
    by_chain: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for mention in mentions:
        by_chain[mention["chain"]].append(mention)
    for chain in by_chain.values():
        names = [mention["text"].split() for mention in chain if mention["type"] == "person" and _is_name(mention["text"])]
        surnames = {words[-1].removesuffix("'s") for words in names if len(words) > 1}
        for mention in chain if names else ():
            words = mention["text"].split()
            if mention["text"].lower() in PRONOUNS:
                yield mention, "pronoun"
            elif len(words) == 1 and words[0].removesuffix("'s") in surnames:
                yield mention, "surname"
            elif words[0].lower() == "the" and len(words) <= LONGEST_TITLE and words[-1].islower():
                yield mention, "title"


def _is_name(text: str) -> bool:
    """Whether a person's mention is by proper name: it ends with a capitalised word, and does not begin with an article."""
    words = text.split()
    return bool(re.match(r"[A-ZÀ-Þ]", words[-1])) and words[0].lower() not in ("the", "a", "an", "i", *PRONOUNS)


def _rows(path: Path) -> list[dict[str, Any]]:
    try:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").split("\n") if line.strip()]
        return [{**row, "text": row["text"], "mentions": row["mentions"]} for row in rows]
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise UsageError(f"no articles with chains: {error}", path=str(path), remedy=FORM) from None


def _totals(title: str, judged: Iterable[Judged]) -> list[str]:
    groups: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for one in judged:
        groups[one.group][one.outcome] += 1
        groups["all"][one.outcome] += 1
    lines = [f"{title:<32}{'of':>6}{'right':>9}{'wrong':>9}{'open':>9}"]
    for group in sorted(groups, key=lambda group: (group == "all", group)):
        of = groups[group].total()
        shares = (f"{100 * groups[group][outcome] / of:>7.1f} %" for outcome in ("right", "wrong", "unresolved"))
        lines.append(f"  {group:<30}{of:>6}" + "".join(shares))
    return lines


def _by_sieve(judged: Iterable[Judged]) -> list[str]:
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for one in judged:
        counts[one.sieve][one.outcome] += 1
    lines = [f"{'sieve':<38}{'right':>7}{'wrong':>7}{'open':>7}"]
    return lines + [f"{sieve:<38}{n['right']:>7}{n['wrong']:>7}{n['unresolved']:>7}" for sieve, n in sorted(counts.items())]


def _saved(judged: Iterable[Judged], tables: Tables) -> str:
    """The file of sieves with new counts; a sieve that met nothing keeps its row."""
    counts: dict[str, Counter[Outcome]] = defaultdict(Counter)
    for one in judged:
        counts[one.sieve][one.outcome] += 1
    seen = {
        sieve: (counts[sieve]["right"], counts[sieve]["right"] + counts[sieve]["wrong"]) for sieve in sorted(tables.precision)
    }
    return HEAD + "".join(f'- {{id: "{sieve}", seen: [{right}, {of}]}}\n' for sieve, (right, of) in seen.items())
