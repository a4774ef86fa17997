"""The seam: the ordered stages, what each requires and assigns; an article in, a record out.

A stage is a plain function. The names of its parameters say what it requires, `assigns` says what its result is called
for the stages after it; it is given those values and nothing else, so what it declares is what it reads.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from importlib.util import find_spec
from itertools import islice
from typing import TYPE_CHECKING, Any

from . import __version__, attribution, claims, dates, entities, layout, speakers
from .cache import Page, ParseCache
from .errors import RecordError
from .parse import Parse
from .records import Article, Record, problems
from .rulebook import Model
from .speakers.aliases import NONE, Aliases

if TYPE_CHECKING:
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


def parsed_by(model: Model) -> str:
    """What a parse depends on besides its text: the language package with its weights, spaCy, and this program, which mends lemmas."""
    package = model.package
    return f"{package.name} {package.version} {package.sha256} spacy {version('spacy')} reportedly {__version__}"


class Pipeline:
    """Articles to records. Loading takes a second or two; keep one and use it for many articles. `cache` keeps parses between runs."""

    def __init__(
        self, model: Model | None = None, *, nlp: Language | None = None, aliases: Aliases = NONE, cache: ParseCache | None = None
    ) -> None:
        self.model, self.cache = model or Model.open(), cache
        if nlp is not None:
            self.nlp = nlp
        elif cache is None or not _is_there(self.model):
            self.load()
        self.stages = stages(self.model, aliases)
        check_order(self.stages)

    def load(self) -> Language:
        """Load the language package now. Raises UsageError where it is not installed."""
        return self.nlp

    @cached_property
    def nlp(self) -> Language:
        """The language package; a run whose parses are all in the cache never loads it."""
        from . import language

        return language.load(self.model.package)

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
        return list(zip(begun, self._parses(pages), strict=True))

    def _parses(self, pages: Sequence[Page]) -> list[Parse]:
        """The parse of each page, from the cache where it has it."""
        if self.cache is None:
            return self._parsed(pages)
        known = [self.cache.get(page) for page in pages]
        new = [page for page, parse in zip(pages, known, strict=True) if parse is None]
        made = self._parsed(new) if new else []
        if new:
            self.cache.put(new, made)
        fresh = iter(made)
        return [next(fresh) if parse is None else parse for parse in known]

    def _parsed(self, pages: Sequence[Page]) -> list[Parse]:
        from . import language

        return language.parse(self.nlp, pages)

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


def _is_there(model: Model) -> bool:
    """Whether a language package of the model's is installed, as far as that can be told without loading it."""
    return any(find_spec(name) for name in (model.package.name, *model.package.same_weights))


def _run(stage: Stage, values: dict[str, Any]) -> dict[str, Any]:
    values[stage.assigns] = stage.run(**{name: values[name] for name in stage.requires})
    return values


def _guarded(work: Callable[..., Record], *arguments: Any) -> Record | Exception:
    try:
        return work(*arguments)
    except Exception as error:
        return error
