"""The same work on pandas frames, for tools that share frames out over a cluster: articles in, a row for each out."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from .. import sources
from ..errors import InputError
from ..records import Article
from .work import SECONDS, Failure, Load, Pipe, Result, process

if TYPE_CHECKING:
    import pandas as pd

COLUMNS = {
    "id": "string", "path": "string", "line": "Int64", "record": "string", "error": "string", "value": "string", "remedy": "string",
}  # fmt: skip
"""What comes out, with pandas types: the record as its line of JSON, or what a line of the errors' file says."""


def frame(
    articles: pd.DataFrame, load: Callable[[], Pipe] | None = None, *, published: str | None = None, seconds: float = SECONDS
) -> pd.DataFrame:
    """A row for each article, in their order, with the columns `COLUMNS`; what failed has an `error` and no `record`.

    `articles` has the columns `id` and `text`, and may have `title`, `published`, `url`, `publisher`; others are left alone. `published`
    (YYYY-MM-DD) dates the articles that carry no date. `load` loads the pipeline, once a process; by default the English one. Ids are the
    caller's affair: whether one occurs twice in other frames cannot be seen here. Raises whatever `load` raises.
    """
    rows = articles.astype(object).where(articles.notna(), None).to_dict("records")
    items = list(sources.from_rows([{str(name): value for name, value in row.items()} for row in rows], published))
    results = iter(process(load or Load(), [item for item in items if isinstance(item, Article)], seconds))
    return rows_of(
        (item, Failure.of(item, item.id, item.path) if isinstance(item, InputError) else next(results)) for item in items
    )


def rows_of(results: Iterable[tuple[Any, Result]]) -> pd.DataFrame:
    """The frame of results; each comes with its article, failures with anything."""
    import pandas as pd

    rows = [
        (result.id, result.path, result.line, None, result.error, result.value, result.remedy)
        if isinstance(result, Failure)
        else (article.id, article.path or None, None, result, None, None, None)
        for article, result in results
    ]
    return pd.DataFrame(rows, columns=list(COLUMNS)).astype(COLUMNS)
