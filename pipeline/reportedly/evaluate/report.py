"""Scores as a table, as JSON, and as the tables of the README."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pandas as pd

from ..markdown import markdown_table
from . import baseline, signature
from .bootstrap import intervals
from .calibration import Bin, calibration
from .documents import Document
from .fields import Field, fields
from .score import half, score
from .tally import Count, Tally, total

Figures = dict[str, dict[str, float | None]]
"""By measure: P, R, F1 (percent, None for n/a), the 95 % interval `low` and `high` of F1, and the numbers `found` and `gold`."""

HEADLINES = {
    "attributions.rel": "attributions: content and source",
    "attributions.strict": "attributions, exact",
    "attributions.cue": "cues",
    "attributions.exact": "contents, exact",
    "attributions.token": "contents, by word",
    "dates.relaxed": "dates found",
    "dates.value": "dates with right value",
    "entities.all": "entities",
    "quantities.all": "quantities",
    "narrated.all": "narrated claims",
    "speakers.right": "speakers right",
    "speakers.wrong": "speakers wrong",
    "claims.act": "act",
    "claims.polarity": "polarity",
    "claims.certainty": "certainty",
    "challenges.all": "challenges",
}
"""The measures that are shown first, and what they are called there."""


SURE = ("confidence", "claims", "stated, %", "right, %")


@dataclass(frozen=True)
class Report:
    """The scores of one set of articles. `halves`: F1 by measure of the dev and of the test half; `baseline`: of the forty-line baseline;
    `calibration`: the confidence of claims against the share that is right; `fields`: the fields of claims as wholes, by half."""

    signature: dict[str, str]
    figures: Figures
    halves: dict[str, dict[str, float | None]]
    baseline: Figures
    calibration: list[Bin]
    fields: dict[str, list[Field]]

    @property
    def payload(self) -> dict[str, Any]:
        """The report as JSON values."""
        return {
            "signature": self.signature,
            "figures": self.figures,
            "halves": self.halves,
            "baseline": self.baseline,
            "calibration": [row._asdict() for row in self.calibration],
            "fields": {name: [row._asdict() for row in rows] for name, rows in self.fields.items()},
        }


def report(gold: dict[str, Document], found: dict[str, Document], gold_path: Path, found_path: Path) -> Report:
    """Score predictions and the baseline. The paths are of the files that hold gold and predictions: what these are is in the signature."""
    tallies = score(gold, found)
    texts = {
        id_: document.text for id_, document in gold.items() if document.attributions is not None and document.text is not None
    }
    simple = score({id_: gold[id_] for id_ in texts}, {id_: baseline.predict(id_, text) for id_, text in texts.items()})
    halves = {name: [tally for id_, tally in tallies.items() if half(id_) == name] for name in ("dev", "test")}
    return Report(
        signature.signature(gold_path, found_path, len(gold)),
        figures(list(tallies.values())),
        {name: {measure: _rounded(count.f1) for measure, count in total(some).counts.items()} for name, some in halves.items()},
        figures([Tally({"attributions.rel": tally.counts["attributions.rel"]}) for tally in simple.values()]),
        calibration(gold, found),
        {name: fields(total(some).counts) for name, some in halves.items()},
    )


def figures(tallies: Sequence[Tally]) -> Figures:
    """The figures of each measure, over all articles."""
    bounds, counts = intervals(tallies), total(tallies).counts
    return {name: _figure(counts[name], *bounds.get(name, (None, None))) for name in _in_order(counts)}


def _in_order(names: Collection[str]) -> list[str]:
    """Areas and measures as they were scored, what comes after a slash by the alphabet."""
    place = {name.partition("/")[0]: number for number, name in reversed(list(enumerate(names)))}
    areas = {name.partition(".")[0]: number for name, number in place.items()}
    return sorted(names, key=lambda name: (areas[name.partition(".")[0]], place[name.partition("/")[0]], name))


def _figure(count: Count, low: float | None, high: float | None) -> dict[str, float | None]:
    scores = {"P": count.precision, "R": count.recall, "F1": count.f1, "low": low, "high": high}
    return {name: _rounded(score) for name, score in scores.items()} | {"found": count.found, "gold": count.wanted}


def _rounded(score: float | None) -> float | None:
    return None if score is None else round(score, 1)


def table(report: Report, *, headlines_only: bool = False) -> pd.DataFrame:
    """A row a measure: P, R, F1, its 95 % interval, the numbers found and in the gold, F1 of the halves."""
    names = [name for name in HEADLINES if name in report.figures] if headlines_only else list(report.figures)
    rows = [{"measure": name, **_row(report.figures[name]), **_halves(report, name)} for name in names]
    return pd.DataFrame(rows).set_index("measure")


def _row(figure: dict[str, float | None]) -> dict[str, str]:
    return {
        **{name: shown(figure[name]) for name in ("P", "R", "F1")},
        "95 %": f"{shown(figure['low'])}–{shown(figure['high'])}",
        **{name: f"{figure[name] or 0:.0f}" for name in ("found", "gold")},
    }


def _halves(report: Report, name: str) -> dict[str, str]:
    return {half: shown(scores.get(name)) for half, scores in report.halves.items()}


def shown(score: float | None) -> str:
    """A score with one decimal, `n/a` where there is none."""
    return "n/a" if score is None else f"{score:.1f}"


def as_text(report: Report) -> str:
    """The table for a terminal, with the baseline and the signature below it."""
    simple = report.baseline.get("attributions.rel")
    below = [f"baseline attributions.rel F1 {shown(simple['F1'])}"] if simple else []
    bins = [
        f"  {_range(row)}  {row.claims:5d} claims  stated {row.stated:5.1f}  right {row.right:5.1f}" for row in report.calibration
    ]
    sure = ["", "confidence of attributed claims, %", *bins, ""] if bins else [""]
    return "\n".join([table(report).to_string(), *_field_lines(report), *sure, *below, signature.line(report.signature)])


def _field_lines(report: Report) -> list[str]:
    """The fields of claims in each half, beside the constant answer."""
    rows = [
        f"  {half:<5}{row.name:<11}{row.claims:6d}{row.share:8.1f} ({row.constant:5.1f}){row.macro:9.1f} ({row.constant_macro:5.1f}){row.kappa:8.2f}"
        for half, some in report.fields.items()
        for row in some
    ]
    head = "fields of aligned claims: claims, share agreed (of the constant answer), macro-F1 (of the constant answer), kappa"
    return ["", head, *rows] if rows else []


def results_tables(results: dict[str, Any], published: dict[str, Any]) -> str:
    """The README's tables in Markdown: our figures on each set, then those of other systems beside ours.

    `results` is what `reportedly evaluate --results` wrote, by the name of the set; `published` is `docs/published.json`.
    """
    parts = [_own(results)] if results else []
    return "\n\n".join([*parts, *(_beside(part, results) for part in published["tables"]), *_calibrations(results)])


def _calibrations(results: dict[str, Any]) -> list[str]:
    """For the first set with attributions how far stated confidence holds."""
    for name, entry in results.items():
        bins = [Bin(**row) for row in entry.get("calibration", ())]
        if bins:
            rows = [[_range(row), str(row.claims), shown(row.stated), shown(row.right)] for row in bins]
            return [
                f"Confidence on {name}: what claims state, and the share with right content and source\n\n"
                + markdown_table(SURE, rows)
            ]
    return []


def _range(row: Bin) -> str:
    return f"{row.low:.1f}–{row.high:.1f}"


def _own(results: dict[str, Any]) -> str:
    rows = []
    for name, label in HEADLINES.items():
        cells = [_cell(entry["figures"].get(name)) for entry in results.values()]
        if any(cells):
            rows.append([label, *cells])
    below = [f"`{name}`: {signature.line(entry['signature'])}" for name, entry in results.items()]
    return markdown_table(["F1 or share, % (95 % interval)", *results], rows) + "\n\n" + "  \n".join(below)


def _cell(figure: dict[str, float | None] | None) -> str:
    if figure is None or figure["F1"] is None:
        return ""
    return f"{shown(figure['F1'])} ({shown(figure['low'])}–{shown(figure['high'])})"


def _beside(part: dict[str, Any], results: dict[str, Any]) -> str:
    columns: dict[str, str] = part["columns"]
    rows = [[system["name"], *(_number(system["F1"].get(column)) for column in columns)] for system in part["systems"]]
    ours = results.get(part["set"], {}).get("figures")
    if ours:
        rows.append(["**reportedly**", *(f"**{shown(ours[measure]['F1'])}**" for measure in columns.values())])
    return f"{part['title']}\n\n" + markdown_table(["F1, %", *columns], rows) + f"\n\n{part['source']}"


def _number(score: float | None) -> str:
    return "–" if score is None else shown(score)
