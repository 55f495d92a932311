"""A visit note's own file: what was typed and the figures that it printed, to be reopened.

The file is JSON with a version. It is checked whole before anything is taken from it: a
damaged one gives every problem at once and changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from sendgap.catalogue.schema import Schema
from sendgap.errors import NoteFileError, Problem
from sendgap.report.typed import Action, Typed
from sendgap.views.note_model import Printed, VisitNote

FORMAT, VERSION = "sendgap visit note", 1
#: Larger than any note; a file of another kind is not read into memory.
MOST_BYTES = 5_000_000
_SCHEMA = Path(__file__).parent / "note_file.schema.json"


@dataclass(frozen=True, slots=True)
class NoteFile:
    """A note as it was saved."""

    area_code: str
    release_id: str
    written: str
    typed: Typed
    figures: tuple[Printed, ...]


def to_bytes(view: VisitNote, typed: Typed) -> bytes:
    """The note file of a view and what was typed into it."""
    content = {
        "format": FORMAT,
        "version": VERSION,
        "area": view.about.area.area_code,
        "release": view.about.release_id,
        "written": view.about.today.isoformat(),
        "typed": {
            **asdict(typed),
            "commentary": dict(typed.commentary),
            "edited": dict(typed.edited),
            "confirmed": sorted(typed.confirmed),
        },
        "figures": [asdict(printed) for printed in view.printed],
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()


def read(path: Path, area_code: str | None = None) -> NoteFile:
    """The note at ``path``; raises :class:`NoteFileError` naming every problem."""
    try:
        if path.stat().st_size > MOST_BYTES:
            raise NoteFileError([_problem(path.name, "larger than any note", "name a saved note")])
        content = path.read_bytes()
    except OSError as error:
        found = error.strerror or str(error)
        raise NoteFileError([_problem(path.name, found, "name a saved note")]) from error
    return from_bytes(content, path.name, area_code)


def from_bytes(content: bytes, name: str, area_code: str | None = None) -> NoteFile:
    """The note in ``content``; of ``area_code`` where one is given."""
    if len(content) > MOST_BYTES:
        raise NoteFileError([_problem(name, "larger than any note", "open a saved note")])
    try:
        found: Any = json.loads(content.decode("utf-8-sig"), parse_constant=_no_constant)
    except (UnicodeDecodeError, ValueError, RecursionError) as error:
        problem = _problem(name, "it is damaged, or no saved note", "open another copy of it")
        raise NoteFileError([problem]) from error
    problems: list[Problem] = []
    if Schema(_SCHEMA).check(found, name, problems):
        problems += _checks(found, name, area_code)
    if problems:
        raise NoteFileError(problems)
    return _made(found)


def _no_constant(text: str) -> float:
    raise ValueError(f"{text} is no number")


def _problem(where: str, found: str, write: str) -> Problem:
    return Problem(where, found, write)


def _checks(found: dict[str, Any], name: str, area_code: str | None) -> Iterable[Problem]:
    try:
        date.fromisoformat(found["written"])
    except ValueError:
        yield _problem(f"{name}: written", f"found {found['written']!r}", "write a date")
    if area_code is not None and found["area"] != area_code:
        yield _problem(
            f"{name}: area", f"the note is of {found['area']}", f"open a note of {area_code}"
        )


def _made(found: dict[str, Any]) -> NoteFile:
    typed = dict(found["typed"])
    typed["actions"] = tuple(Action(**action) for action in typed.get("actions", ()))
    typed["confirmed"] = frozenset(typed.get("confirmed", ()))
    typed["sections"] = tuple(typed.get("sections", ()))
    return NoteFile(
        found["area"],
        found["release"],
        found["written"],
        Typed(**typed),
        tuple(Printed(**figure) for figure in found["figures"]),
    )
