"""Checks YAML entries against the JSON Schemas beside them, in plain words.

A schema's ``description`` is the "write instead" of every problem found under it, so
the schema is the one place that says what an entry may hold.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator
from jsonschema.exceptions import ValidationError

from sendgap.errors import Problem


def read_yaml(path: Path, problems: list[Problem]) -> Any:
    """The file's content; ``None``, with a problem noted, where it cannot be used."""
    try:
        loader = _Loader(path.read_text(encoding="utf-8"))
        node = loader.get_single_node()
        faults = list(_keys(node, path.name, ()))
        if node is None:
            faults = [Problem(path.name, "the file is empty", "restore it from the project")]
        problems.extend(faults)
        return None if faults else loader.construct_document(node)
    except FileNotFoundError:
        problems.append(Problem(path.name, "the file is missing", "restore it from the project"))
    except (yaml.YAMLError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        line = f", line {mark.line + 1}" if mark else ""
        found = str(getattr(error, "problem", "")) or _said(error)
        problems.append(Problem(path.name + line, found, "write it as YAML in UTF-8"))
    return None


#: libyaml's parser where PyYAML carries it: ten times faster, same result.
_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

_TEXT, _MERGE = "tag:yaml.org,2002:str", "tag:yaml.org,2002:merge"


def _said(error: Exception) -> str:
    return "not UTF-8 text" if isinstance(error, UnicodeDecodeError) else str(error)


def _keys(node: Any, name: str, above: tuple[int, ...]) -> Iterator[Problem]:
    """Problems of keys that stand twice or are no text, and of entries inside themselves.

    YAML would let the last of two equal keys win, and reads an unquoted 202425 as a number.
    """
    if id(node) in above:
        where = f"{name}, line {node.start_mark.line + 1}"
        yield Problem(where, "an entry contains itself", "write it out")
        return
    above = (*above, id(node))
    if isinstance(node, yaml.SequenceNode):
        for item in node.value:
            yield from _keys(item, name, above)
    if isinstance(node, yaml.MappingNode):
        seen: set[str] = set()
        for key, value in node.value:
            where = f"{name}, line {key.start_mark.line + 1}"
            if key.tag not in (_TEXT, _MERGE):
                yield Problem(where, f"key {key.value!r} is no text", "write it in quotes")
            elif key.value in seen:
                yield Problem(where, f"{key.value!r} stands twice", "keep one of the two")
            seen.add(str(key.value))
            yield from _keys(value, name, above)


class Schema:
    """A JSON Schema that reports every misfit of an entry at once."""

    def __init__(self, path: Path) -> None:
        self._validator = Draft202012Validator(
            json.loads(path.read_text(encoding="utf-8")),
            format_checker=Draft202012Validator.FORMAT_CHECKER,
        )

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
