"""What a score was made with: a number without it cannot be compared with another."""

from __future__ import annotations

import hashlib
from pathlib import Path

from .. import __version__
from ..exchange.manifest import manifest_path, read_manifest
from .bootstrap import RESAMPLES, SEED

UNKNOWN = "unknown"
SHORT = 12
"""Characters of a digest that are shown."""


def signature(gold: Path, found: Path, articles: int) -> dict[str, str]:
    """The version that scored; parser, language package and rules (a shortened digest) that made the predictions, "unknown" where no
    manifest beside them says so; a shortened digest of the gold, and how intervals are drawn."""
    made_with = read_manifest(manifest_path(found))
    return {
        "reportedly": __version__,
        "spacy": str(made_with.get("spacy", UNKNOWN)),
        "language": str(made_with.get("language", UNKNOWN)),
        "rules": str(made_with.get("rules", UNKNOWN))[:SHORT],
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
