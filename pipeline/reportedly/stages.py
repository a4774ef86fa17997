"""The seam: the ordered stages, what each requires and assigns; an article in, a record out.

A stage is a plain function. The names of its parameters say what it requires, `assigns` says what its result is called
for the stages after it; it is given those values and nothing else, so what it declares is what it reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import attribution, claims, dates, entities, language, layout, speakers
from .errors import RecordError
from .parse import Parse
from .records import Article, Record, problems
from .rulebook import Model
from .speakers.aliases import NONE, Aliases

if TYPE_CHECKING:  # `language` sets the number of threads before spaCy, and numpy with it, loads
    from spacy.language import Language

GIVEN = ("article", "parsed")
"""What the pipeline itself brings: the article as read, and the language model's view of it."""
TOGETHER = 16
"""Articles parsed in common batches; the result does not depend on it."""


@dataclass(frozen=True)
class Stage:
    """One step: `run(**{name: value for name in requires})` gives the value called `assigns`."""

    name: str
    assigns: str
    run: Callable[..., Any]

    @cached_property
    def requires(self) -> tuple[str, ...]:
        return tuple(inspect.signature(self.run).parameters)


def stages(model: Model, aliases: Aliases = NONE) -> tuple[Stage, ...]:
    """The stages in their order. The layout stage comes before the parser, all others after it."""
    return (
        Stage("layout", "layout", layout.stage),
        Stage("sentences", "parse", layout.sentences_stage),
        Stage("entities", "entities", entities.stage(model)),
        Stage("dates", "dates", dates.stage(model)),
        Stage("warnings", "warnings", dates.warnings),
        Stage("attribution", "attributions", attribution.stage(model)),
        Stage("speakers", "speakers", speakers.stage(model, aliases)),
        Stage("quantities", "quantities", claims.quantities_stage(model)),
        Stage("claims", "record", claims.stage(model)),
    )


def check_order(ordered: Iterable[Stage]) -> None:
    """Raises ValueError where a stage requires what no earlier one assigns, or assigns what is there already."""
    known = set(GIVEN)
    for stage in ordered:
        missing = [name for name in stage.requires if name not in known]
        if missing:
            raise ValueError(f"stage {stage.name} requires {missing} before they are assigned")
        if stage.assigns in known:
            raise ValueError(f"stage {stage.name} assigns {stage.assigns} twice")
        known.add(stage.assigns)


class Pipeline:
    """Articles to records. Loading takes a second or two; keep one and use it for many articles."""

    def __init__(self, model: Model | None = None, *, nlp: Language | None = None, aliases: Aliases = NONE) -> None:
        self.model = model or Model.open()
        self.nlp = nlp or language.load(self.model.package)
        self.stages = stages(self.model, aliases)
        check_order(self.stages)

    def record(self, article: Article) -> Record:
        """The record of one article. Raises whatever a stage raises, and RecordError for a record that breaks the contract."""
        return self.finish(*self.parse([article])[0])

    def records(self, articles: Iterable[Article]) -> Iterator[Record | Exception]:
        """One result an article, in their order: its record, or the exception that it met. One bad article costs no other."""
        waiting = iter(articles)
        while batch := list(islice(waiting, TOGETHER)):
            try:
                parsed = self.parse(batch)
            except Exception:  # one of them broke the common batch: each alone
                yield from (_guarded(self.record, article) for article in batch)
                continue
            yield from (_guarded(self.finish, *begun) for begun in parsed)

    def parse(self, articles: Sequence[Article]) -> list[tuple[dict[str, Any], Parse]]:
        """The first half: each article's values so far (with its layout) and its parse. Articles share the parser's batches."""
        begun = [_run(self.stages[0], {"article": article}) for article in articles]
        pages = [
            (values["layout"].reading, [piece for paragraph in values["layout"].paragraphs for piece in paragraph.pieces])
            for values in begun
        ]
        return list(zip(begun, language.parse(self.nlp, pages), strict=True))

    def before(self, stage: str, article: Article) -> dict[str, Any]:
        """The values of an article that a stage finds: those of all stages before it, by name. For counting and explaining, not for records."""
        values, parsed = self.parse([article])[0]
        values = {**values, "parsed": parsed}
        for earlier in self.stages[1 : [each.name for each in self.stages].index(stage)]:
            _run(earlier, values)
        return values

    def finish(self, values: dict[str, Any], parsed: Parse) -> Record:
        """The second half: all stages after the parser."""
        values = {**values, "parsed": parsed}
        for stage in self.stages[1:]:
            _run(stage, values)
        record: Record = values["record"]
        for problem in problems(record):
            raise RecordError(problem, path=record.id, remedy="report the article: the pipeline made an unsound record of it")
        return record


def _run(stage: Stage, values: dict[str, Any]) -> dict[str, Any]:
    values[stage.assigns] = stage.run(**{name: values[name] for name in stage.requires})
    return values


def _guarded(work: Callable[..., Record], *arguments: Any) -> Record | Exception:
    try:
        return work(*arguments)
    except Exception as error:
        return error
