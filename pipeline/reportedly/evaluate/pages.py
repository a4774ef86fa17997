"""The evaluation as a page and as Markdown: scores with their intervals, by kind, article and rule, confusions, errors, and what has changed."""

from __future__ import annotations

import base64
import hashlib
import html
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from ..markdown import markdown_table
from ..records import Claim
from . import signature
from .align import Words, matching
from .attributions import KINDS, relation, tokenised
from .contents import aligned
from .documents import Document, Triple, paired, ranges
from .gate import Changes, item_line
from .items import Items, list_items
from .report import HEADLINES, Report, shown
from .score import half, score_article

STYLE = """
:root { color-scheme: light dark }
body { font: 16px/1.5 system-ui, sans-serif; margin: 1rem auto; max-width: 75rem; padding: 0 1rem; overflow-wrap: anywhere }
table { border-collapse: collapse; font-size: .9rem }
th, td { padding: .1rem .6rem; border-bottom: 1px solid #8886; text-align: right }
th:first-child, td:first-child { text-align: left }
svg { vertical-align: middle; margin-left: .5rem }
rect { fill: #06c8 } line { stroke: currentColor; stroke-width: 2 }
"""
MOST_RULES = 60
INTERVAL = re.compile(r"(\d+\.\d)–(\d+\.\d)")


@dataclass(frozen=True)
class Section:
    """A heading with a table (`header` and `rows`) or with lines; `bars`: the column, counted from 0, that is drawn as a bar of percent."""

    title: str
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    lines: tuple[str, ...] = ()
    bars: int | None = None


def sections(report: Report, gold: dict[str, Document], found: dict[str, Document], changes: Changes | None) -> list[Section]:
    """All sections. Of single articles and items only those of the dev half are shown."""
    seen = {id_: document for id_, document in gold.items() if half(id_) == "dev"}
    items = list_items(seen, {id_: found[id_] for id_ in seen if id_ in found})
    return [
        _scores(report),
        _kinds(report),
        _fields(report),
        _articles(seen, found),
        *_rules(gold, found),
        _confusion("Labels of entities: gold, found", _labels(gold, found)),
        _confusion("Acts of cues: gold, found", _acts(gold, found)),
        *_errors(items),
        *(_changes(changes) if changes else ()),
    ]


def as_markdown(report: Report, parts: Iterable[Section]) -> str:
    """The sections in Markdown."""
    blocks = ["# Evaluation", f"`{signature.line(report.signature)}`"]
    for part in parts:
        blocks.append(f"## {part.title}")
        if part.header:
            blocks.append(markdown_table(part.header, [[_escaped(cell) for cell in row] for row in part.rows]))
        blocks += ["\n".join(f"- {_escaped(line)}" for line in part.lines)] if part.lines else []
    return "\n\n".join(blocks) + "\n"


def as_html(report: Report, parts: Iterable[Section]) -> str:
    """The sections as one page that runs nothing and loads nothing."""
    digest = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'"
    head = f'<meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="{policy}"><title>Evaluation</title><style>{STYLE}</style>'
    body = "".join(_section(part) for part in parts)
    told = html.escape(signature.line(report.signature))
    return f'<!doctype html>\n<html lang="en"><head>{head}</head><body><h1>Evaluation</h1><p><code>{told}</code></p>{body}</body></html>\n'


def _section(part: Section) -> str:
    title = html.escape(part.title)
    if not part.header:
        lines = "".join(f"<li>{html.escape(line)}</li>" for line in part.lines)
        return f"<details><summary><strong>{title}</strong> ({len(part.lines)})</summary><ul>{lines}</ul></details>"
    head = "".join(f"<th>{html.escape(cell)}</th>" for cell in part.header)
    rows = "".join(
        f"<tr>{''.join(_cell(cell, row, number == part.bars) for number, cell in enumerate(row))}</tr>" for row in part.rows
    )
    return f"<h2>{title}</h2><table><tr>{head}</tr>{rows}</table>"


def _cell(cell: str, row: Sequence[str], bar: bool) -> str:
    """A cell; a score is drawn as a bar, with its interval as a line where the row has one."""
    value = html.escape(cell)
    if not bar or not cell.replace(".", "", 1).isdecimal():
        return f"<td>{value}</td>"
    bounds = next((found for other in row if (found := INTERVAL.fullmatch(other))), None)
    line = f'<line x1="{2 * float(bounds[1])}" x2="{2 * float(bounds[2])}" y1="6" y2="6"/>' if bounds else ""
    drawn = f'<svg role="img" aria-label="{value} %" width="200" height="12"><rect width="{2 * float(cell)}" height="12"/>{line}</svg>'
    return f"<td>{value}{drawn}</td>"


def _escaped(text: str) -> str:
    return html.escape(" ".join(text.split()), quote=False).replace("|", "\\|")


# -- what the sections hold ------------------------------------------------------------------------------------------------


def _scores(report: Report) -> Section:
    rows = []
    for name, label in HEADLINES.items():
        if figure := report.figures.get(name):
            halves = [shown(report.halves[one].get(name)) for one in ("dev", "test")]
            bounds = f"{shown(figure['low'])}–{shown(figure['high'])}"
            rows.append((label, shown(figure["F1"]), bounds, shown(figure["P"]), shown(figure["R"]), *halves))
    return Section("Scores", ("", "F1 or share, %", "95 %", "precision", "recall", "dev", "test"), tuple(rows), bars=1)


def _kinds(report: Report) -> Section:
    rows = []
    for measure in ("rel", "strict", "exact"):
        for kind in KINDS:
            figure = report.figures.get(f"attributions.{measure}/{kind}")
            if figure:
                rows.append(
                    (f"{measure}, {kind}", *(shown(figure[name]) for name in ("F1", "P", "R")), f"{figure['gold'] or 0:.0f}")
                )
    return Section("Attributions by kind of quotation", ("", "F1, %", "precision", "recall", "in the gold"), tuple(rows), bars=1)


def _fields(report: Report) -> Section:
    rows = [
        (
            f"{name}: {row.name}",
            str(row.claims),
            shown(row.share),
            shown(row.constant),
            shown(row.macro),
            shown(row.constant_macro),
            f"{row.kappa:.2f}",
        )
        for name, some in report.fields.items()
        for row in some
    ]
    header = ("", "claims", "agreed, %", "constant answer", "macro-F1", "constant answer", "kappa")
    return Section("Fields of aligned claims", header, tuple(rows), bars=2)


def _articles(gold: dict[str, Document], found: dict[str, Document]) -> Section:
    measures = ("attributions.rel", "attributions.strict", "dates.value", "entities.all", "narrated.all", "speakers.right")
    rows = []
    for id_, (wanted, given) in paired(gold, found).items():
        counts = score_article(wanted, given).counts
        rows.append((id_, *(shown(counts[name].f1) if name in counts else "" for name in measures)))
    return Section("Articles of the dev half, F1 or share", ("", *measures), tuple(rows))


def _rules(gold: dict[str, Document], found: dict[str, Document]) -> list[Section]:
    """By kind of cue, and by rule, how many attributed claims were found, and the share with right content and source."""
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for wanted, given in paired(gold, found).values():
        text = wanted.text if wanted.text is not None else given.text
        if wanted.attributions is None or given.record is None or text is None:
            continue
        words = Words(text)
        rules = {_triple(claim): claim.rule or "" for claim in given.record.claims if claim.cue}
        mine = [item for item in tokenised(words, rules) if item.content]
        yours = [item for item in tokenised(words, wanted.attributions) if item.content]
        right = matching(mine, yours, relation)
        for number, item in enumerate(mine):
            counts[rules[item.triple]][number in right] += 1
    kinds: dict[str, Counter[bool]] = defaultdict(Counter)
    for rule, seen in counts.items():
        kinds[rule.split(" ")[0]] += seen
    return [
        _shares("Kinds of cue (by the first word of the rule): claims found, and the share that is right", kinds),
        _shares("Rules: claims found, and the share that is right", counts),
    ]


def _shares(title: str, counts: dict[str, Counter[bool]]) -> Section:
    ranked = sorted(counts.items(), key=lambda item: (-item[1].total(), item[0]))[:MOST_RULES]
    rows = tuple((name, str(seen.total()), shown(100 * seen[True] / seen.total())) for name, seen in ranked)
    return Section(title, ("", "claims", "right, %"), rows, bars=2)


def _triple(claim: Claim) -> Triple:
    return Triple(ranges(claim.cue), ranges(claim.content), ranges(claim.source))


def _labels(gold: dict[str, Document], found: dict[str, Document]) -> Iterable[tuple[str, str]]:
    for wanted, given in paired(gold, found).values():
        if wanted.record and given.record:
            mine, yours = (
                {(one.start, one.end): one.label for one in record.entities} for record in (given.record, wanted.record)
            )
            yield from ((yours.get(place, "–"), mine.get(place, "–")) for place in sorted(mine.keys() | yours.keys()))


def _acts(gold: dict[str, Document], found: dict[str, Document]) -> Iterable[tuple[str, str]]:
    for wanted, given in paired(gold, found).values():
        if wanted.record and given.record:
            for mine, yours in aligned(Words(wanted.record.text), given.record, wanted.record, "attributed"):
                if mine.cue and yours.cue:
                    yield yours.cue.act, mine.cue.act


def _confusion(title: str, pairs: Iterable[tuple[str, str]]) -> Section:
    """The pairs that differ, the most frequent first."""
    counts = Counter(pair for pair in pairs if pair[0] != pair[1])
    ranked = sorted(counts.items(), key=lambda item: (-item[1], item[0]))
    return Section(title, ("gold", "found", "times"), tuple((*pair, str(times)) for pair, times in ranked))


def _errors(items: Items) -> list[Section]:
    found = []
    for name, some in (("missed", items.missed), ("spurious", items.spurious)):
        for area in sorted({item.area for item in some}):
            lines = tuple(item_line(item) for item in some if item.area == area)
            found.append(Section(f"Dev half, {name}: {area}", lines=lines))
    return found


def _changes(changes: Changes) -> Sequence[Section]:
    """What has changed since the accepted predictions: items of the dev half, of the test half their number."""
    found = []
    for name, some in changes.__dict__.items():
        seen = [item_line(item) for item in some if half(item.article) == "dev"]
        found.append(
            Section(f"{name.title()} since the accepted state", lines=(*seen, f"{len(some) - len(seen)} in the test half"))
        )
    return found
