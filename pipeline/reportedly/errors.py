"""Every error that a user can meet: it names the place, the value and the remedy."""

from __future__ import annotations

import reprlib


class ReportedlyError(Exception):
    """The root of all errors raised on purpose.

    `message` says what is wrong, `path` and `line` (1-based) say where, `value` shows the offending value (shortened),
    `remedy` says what to do. `str(error)` joins them in one line.
    """

    def __init__(
        self, message: str, *, path: str | None = None, line: int | None = None, value: object = None, remedy: str = ""
    ) -> None:
        self.message = message
        self.path = path
        self.line = line
        self.value = None if value is None else shorten(value)
        self.remedy = remedy
        super().__init__(message)

    def __str__(self) -> str:
        place = "" if self.path is None else f"{self.path}:{self.line}: " if self.line else f"{self.path}: "
        value = "" if self.value is None else f" (got {self.value})"
        remedy = f" -- {self.remedy}" if self.remedy else ""
        return f"{place}{self.message}{value}{remedy}"


class InputError(ReportedlyError):
    """An article that cannot be read or used; the others go on. `id` is the article's, where it is known."""

    id: str | None = None


class TimeLimitError(ReportedlyError):
    """An article that takes longer than it may; the others go on."""


class UsageError(ReportedlyError):
    """The run cannot start: a missing path, an output in the way, contradictory options."""


class RuleError(ReportedlyError):
    """A rule file that says something the loader does not understand."""


class MarkupError(ReportedlyError):
    """Inline markup or an annotation sheet that does not fit its text."""


class RecordError(ReportedlyError):
    """A record that breaks the contract: a wrong slice, an unknown id, a value out of its list."""


def shorten(value: object, most: int = 80) -> str:
    """`repr` of a value, at most `most` characters; what is not shown is not built either."""
    brief = reprlib.Repr()
    brief.maxlevel, brief.maxstring, brief.maxother = 3, most, most
    shown = brief.repr(value)
    return shown if len(shown) <= most else shown[: most - 1] + "…"
