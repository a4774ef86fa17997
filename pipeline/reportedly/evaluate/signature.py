"""What a score was made with: a number without it cannot be compared with another."""

from __future__ import annotations

import hashlib
from importlib.metadata import version
from pathlib import Path

from .. import __version__
from ..rulebook import Model
from .bootstrap import RESAMPLES, SEED

SHORT = 12
"""Characters of a digest that are shown."""


def signature(gold: Path, articles: int, model: Model | None = None) -> dict[str, str]:
    """Versions of the program and the language package, shortened digests of rules and gold, and how intervals are drawn."""
    rules = model or Model.open()
    package = rules.settings["package"]
    return {
        "reportedly": __version__,
        "spacy": version("spacy"),
        "language": f"{package['name']} {package['version']}",
        "rules": rules.digest[:SHORT],
        "gold": file_digest(gold)[:SHORT],
        "articles": str(articles),
        "bootstrap": f"{RESAMPLES} over articles, seed {SEED}",
    }


def line(signature: dict[str, str]) -> str:
    """A signature in one line."""
    return "|".join(f"{name}:{value}" for name, value in signature.items())


def file_digest(path: Path) -> str:
    """SHA-256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()
