"""The counts of a run, in one line."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass
class Summary:
    """Counts of a run: records + errors = articles. `reused` of the records are an earlier run's; `kept` more belong to no article of this run."""

    articles: int = 0
    records: int = 0
    errors: int = 0
    reused: int = 0
    kept: int = 0

    def __str__(self) -> str:
        text = f"{_count(self.articles, 'article')}: {_count(self.records, 'record')}, {_count(self.errors, 'error')}"
        if self.reused:
            text += f"; {_count(self.reused, 'record')} finished before"
        return text + (f"; {_count(self.kept, 'earlier record')} kept of articles not in this input" if self.kept else "")


def _count(number: int, noun: str) -> str:
    return f"{number:,} {noun}" if number == 1 else f"{number:,} {noun}s"
