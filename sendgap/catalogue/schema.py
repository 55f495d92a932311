"""Checks YAML entries against the JSON Schemas beside them, in plain words.

A schema's ``description`` is the "write instead" of every problem found under it, so
the schema is the one place that says what an entry may hold.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from sendgap.errors import Problem


def read_yaml(path: Path, problems: list[Problem]) -> Any:
    """The file's content; ``None``, with a problem noted, where it cannot be read."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_Loader)
    except FileNotFoundError:
        problems.append(Problem(path.name, "the file is missing", "restore it from the project"))
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        found = str(getattr(error, "problem", "")) or "not UTF-8 text"
        problems.append(Problem(path.name + line, found, "write it as YAML in UTF-8"))
    return None


#: libyaml's parser where PyYAML carries it: ten times faster, same result.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class Schema:
    """A JSON Schema that reports every misfit of an entry at once."""

    def __init__(self, path: Path) -> None:
        self._validator = Draft202012Validator(json.loads(path.read_text(encoding="utf-8")))

    def check(self, content: Any, name: str, problems: list[Problem]) -> bool:
        """Whether ``content`` fits; every misfit is added to ``problems``."""
        errors = sorted(self._validator.iter_errors(content), key=lambda e: str(e.json_path))
        problems.extend(_problem(error, name) for error in errors)
        return not errors


def _problem(error: ValidationError, name: str) -> Problem:
    place = error.json_path.removeprefix("$").lstrip(".")
    where = f"{name}: {place}" if place else name
    schema = error.schema if isinstance(error.schema, dict) else {}
    advice = str(schema.get("description", "see the schema in data/catalogue"))
    if error.validator in ("required", "additionalProperties"):
        return Problem(where, error.message, f"write {advice}")
    return Problem(where, f"found {_short(error.instance)}", f"write {advice}")


def _short(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 60 else text[:57] + "..."
