"""The folder of local data: what was loaded, step by step, so that any step can be undone.

A step is a small JSON file that names what is in force after it: the list of schools, the
list of groups, the counted returns and the database that is shown. Files are never written
over; ``CURRENT`` names the step in force and is replaced in one go, so a stop at any moment
leaves the state before or after, never between.

``restricted/counts-*.parquet`` hold true numbers of a few pupils. They are readable by their
owner alone, are needed to pool three years, and are never opened by the app, which works
as well where they are not: a copy of the folder for showing leaves ``restricted`` out.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from pathlib import Path
from typing import Any

from sendgap.errors import LocalError

_CURRENT = "CURRENT"
_RESTRICTED = "restricted"


@dataclass(frozen=True, slots=True)
class Step:
    """What is in force after a step. ``files`` name the lists and counted returns by their
    role (``schools``, ``groups``, ``counts:<kind>``); ``database`` is what the app shows."""

    did: str = "nothing loaded"
    when: str = ""
    previous: str = ""
    authority: str = ""
    invented: bool = False
    files: Mapping[str, str] = field(default_factory=dict)
    sources: Mapping[str, str] = field(default_factory=dict)
    database: str = ""
    #: Outcomes that a person left out because they could not be shown safely.
    withheld: Sequence[str] = ()

    @property
    def step_id(self) -> str:
        """A short name made of what the step says."""
        return _digest(json.dumps(asdict(self), sort_keys=True).encode())


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()[:12]


class LocalFolder:
    """The folder and the step in force."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def current(self) -> Step:
        """The step in force; an empty one before anything was loaded."""
        try:
            name = (self.path / _CURRENT).read_text(encoding="utf-8").strip()
        except OSError:
            return Step()
        return self.step(name)

    def step(self, name: str) -> Step:
        """A step by its id; raises :class:`LocalError` where its file is damaged."""
        if not name:
            return Step()
        try:
            content: dict[str, Any] = json.loads(
                (self.path / f"step-{name}.json").read_text(encoding="utf-8")
            )
            return Step(**content)
        except (OSError, ValueError, TypeError) as error:
            raise LocalError(
                f"The local data folder's step {name} cannot be read ({error}). Put the folder "
                f"back from a copy, or begin again: move {self.path.name} away and load again."
            ) from error

    def history(self) -> list[Step]:
        """Every step from the one in force back to the first."""
        found, step = [], self.current()
        while step.when:
            found.append(step)
            step = self.step(step.previous)
        return found

    def keep(self, role: str, ending: str, content: bytes) -> str:
        """Store a file under a name made of its content, for its owner alone; the name."""
        self._make()
        name = f"{role}-{_digest(content)}.{ending}"
        _write(self.path / name, content)
        return name

    def keep_restricted(self, role: str, ending: str, content: bytes) -> str:
        """Store true numbers apart from what may be shown; the name from the folder on."""
        self._make()
        _own(self.path / _RESTRICTED)
        name = f"{_RESTRICTED}/{role}-{_digest(content)}.{ending}"
        _write(self.path / name, content)
        return name

    def file(self, step: Step, role: str) -> Path | None:
        """The file that a role has in a step."""
        name = step.files.get(role)
        return self.path / name if name else None

    def commit(self, step: Step) -> Step:
        """Put a step in force after the one that is."""
        before = self.current()
        step = replace(step, previous=before.step_id if before.when else "")
        self._make()
        text = json.dumps(asdict(step), sort_keys=True, indent=1).encode()
        _write(self.path / f"step-{step.step_id}.json", text)
        _write(self.path / _CURRENT, f"{step.step_id}\n".encode())
        return step

    def undo(self) -> tuple[Step, Step]:
        """Go back one step; what was undone and what is in force now.

        Raises :class:`LocalError` where nothing has been loaded.
        """
        step = self.current()
        if not step.when:
            raise LocalError("Nothing local has been loaded, so there is nothing to undo.")
        if step.previous:
            _write(self.path / _CURRENT, f"{step.previous}\n".encode())
        else:
            (self.path / _CURRENT).unlink()
        now = self.current()
        self.sweep()
        return step, now

    def sweep(self) -> None:
        """Delete counted returns that neither the step in force nor one before it names."""
        held = {name for step in self.history() for name in step.files.values()}
        for path in self.path.rglob("counts-*.parquet"):
            if path.relative_to(self.path).as_posix() not in held:
                path.unlink(missing_ok=True)

    def _make(self) -> None:
        _own(self.path)


def _own(folder: Path) -> None:
    """A folder that its owner alone can look into."""
    folder.mkdir(parents=True, exist_ok=True)
    with contextlib.suppress(OSError):  # Windows keeps rights in another way
        folder.chmod(0o700)


def _write(path: Path, content: bytes) -> None:
    """Write whole or not at all, for its owner alone."""
    trial = path.with_name(path.name + ".part")
    descriptor = os.open(trial, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as written:
        written.write(content)
        written.flush()
        os.fsync(written.fileno())
    os.replace(trial, path)
