"""Where things are. The only module that reads the environment."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent


@dataclass(frozen=True, slots=True)
class Paths:
    """The data folder's rooms.

    ``SENDGAP_DATA`` moves the data folder. A moved folder that holds no catalogue or
    no reference tables uses those that come with the program.
    """

    data: Path

    def _own_or_shipped(self, name: str) -> Path:
        own = self.data / name
        return own if own.is_dir() else PROJECT / "data" / name

    @property
    def catalogue(self) -> Path:
        return self._own_or_shipped("catalogue")

    @property
    def reference(self) -> Path:
        return self._own_or_shipped("reference")

    @property
    def published(self) -> Path:
        return self.data / "published"

    @property
    def targets(self) -> Path:
        return self.data / "targets.csv"

    @property
    def releases(self) -> Path:
        return self.data / "releases"

    @property
    def local(self) -> Path:
        """Unpublished local data: a database of its own, never beside the published one."""
        return self.data / "local"


def paths() -> Paths:
    """The data folder in force: ``SENDGAP_DATA``, or ``data`` beside the program."""
    moved = os.environ.get("SENDGAP_DATA")
    return Paths(Path(moved).expanduser().resolve() if moved else PROJECT / "data")
