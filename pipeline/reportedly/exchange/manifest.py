"""What records were made with, in a small file beside them: `OUT.manifest.json` for `OUT.jsonl`."""

from __future__ import annotations

import hashlib
import json
from importlib.metadata import version
from pathlib import Path
from typing import Any

from .. import __version__
from ..rulebook import Model
from .lines import write_whole


def stamp(model: Model, aliases: Path | None = None) -> dict[str, str]:
    """What a record depends on besides its article: program, parser, language package, digest of the rules, and of the user's aliases."""
    package = model.package
    own = {"aliases": hashlib.sha256(aliases.read_bytes()).hexdigest()[:12]} if aliases else {}
    return {
        "reportedly": __version__,
        "spacy": version("spacy"),
        "language": f"{package.name} {package.version}",
        "rules": model.digest,
        **own,
    }


def manifest_path(output: Path) -> Path:
    """`OUT.manifest.json` for `OUT.jsonl`."""
    return output.with_name(output.name.removesuffix(".jsonl") + ".manifest.json")


def read_manifest(path: Path) -> dict[str, Any]:
    """What a manifest says; nothing where there is none, or none that can be read."""
    try:
        found = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return found if isinstance(found, dict) else {}


def write_manifest(path: Path, entries: dict[str, Any]) -> None:
    """The same entries give the same bytes."""
    write_whole(path, (json.dumps(entries, ensure_ascii=False, indent=1) + "\n").encode())
