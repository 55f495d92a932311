"""Unpublished local figures: the only door to their database.

They lie in a file of their own, never attached to the published one, and hold only what
has passed disclosure control. A person is let in before the file is opened.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd

from sendgap.config import Paths, paths
from sendgap.errors import LocalError
from sendgap.store.release import sql


@dataclass(frozen=True, slots=True)
class Person:
    """Who asks. Until there is a login, only the person at the machine itself may."""

    name: str
    is_at_machine: bool


#: The person who runs the command line, or opens the app on the machine it runs on.
AT_MACHINE = Person("the person at this machine", is_at_machine=True)


class LocalRelease:
    """One local database, opened read-only; every call takes a cursor of its own."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._connection = duckdb.connect(str(path), read_only=True)
            about = self.frame("local_about").iloc[0]
            self.about: dict[str, Any] = {str(key): about[key] for key in about.index}
        except (duckdb.Error, IndexError) as error:
            raise LocalError(
                f"The local database {path.name} cannot be opened: {error}. "
                "'python -m sendgap local undo' goes back to the one before."
            ) from error

    def __repr__(self) -> str:
        """Its file, which tells one state of the local figures from another."""
        return f"LocalRelease({self.path.name})"

    @property
    def is_invented(self) -> bool:
        """Whether it is the demonstration, whose children do not exist."""
        return bool(self.about["invented"])

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()

    def frame(self, name: str, **parameters: object) -> pd.DataFrame:
        """A named query as a DataFrame."""
        with self._connection.cursor() as cursor:
            return cursor.execute(sql(name), parameters or None).df()

    def units(self, kind: str) -> pd.DataFrame:
        """Units of a kind, A to Z: id, name, phase."""
        return self.frame("local_units", kind=kind)

    def names(self, kind: str) -> dict[str, str]:
        """Names of units of a kind by id, A to Z by name."""
        rows = self.units(kind)
        return {str(k): str(n) for k, n in zip(rows["unit_id"], rows["name"], strict=True)}

    def members(self) -> pd.DataFrame:
        """Which schools belong to which cluster and DSPL area, and when."""
        return self.frame("local_members")

    def cells(
        self,
        indicator: str,
        *,
        kinds: list[str] | None = None,
        units: list[str] | None = None,
        breakdown: str | None = "total",
    ) -> pd.DataFrame:
        """Figures of an outcome, or the symbol in their place, units A to Z."""
        return self.frame(
            "local_cells", indicator=indicator, kinds=kinds, units=units, breakdown=breakdown
        )

    def unit_cells(self, units: list[str]) -> pd.DataFrame:
        """Figures of every outcome for units written ``dspl:D1``, outcomes in order of id."""
        return self.frame("local_unit_cells", units=units)

    def all_cells(self) -> pd.DataFrame:
        """Every cell as it was let out."""
        return self.frame("local_all_cells")

    def held(self) -> pd.DataFrame:
        """What is shown and hidden of each outcome, kind of unit and school year."""
        return self.frame("local_held")

    def similar(self, kind: str, unit_id: str) -> pd.DataFrame:
        """The units most like one, nearest first, as worked out when they were loaded."""
        return self._of_similar("local_similar", kind=kind, unit_id=unit_id)

    def similar_about(self, kind: str, unit_id: str) -> pd.DataFrame:
        """What a unit is compared among and how steady its list is: one row."""
        return self._of_similar("local_similar_about", kind=kind, unit_id=unit_id)

    def similar_used(self, compared: str) -> pd.DataFrame:
        """The variables of a comparison with their weights and for how many they are known."""
        return self._of_similar("local_similar_used", compared=compared)

    def similar_printed(self, units: list[str]) -> pd.DataFrame:
        """Published figures of schools' pupils."""
        return self._of_similar("local_similar_printed", units=units)

    def _of_similar(self, name: str, **parameters: object) -> pd.DataFrame:
        """Nothing where the database was made before who is like whom was kept."""
        try:
            return self.frame(name, **parameters)
        except duckdb.CatalogException:
            return pd.DataFrame()

    def reconciled(self) -> pd.DataFrame:
        """Our totals beside the authority's published figures."""
        return self.frame("local_reconciled")


def local_name(where: Paths | None = None) -> str:
    """The name of the local database in force; empty where there is none."""
    folder = (where or paths()).local
    try:
        step = (folder / "CURRENT").read_text(encoding="utf-8").strip()
        content = json.loads((folder / f"step-{step}.json").read_text(encoding="utf-8"))
        return str(content.get("database", ""))
    except (OSError, ValueError, AttributeError):
        return ""


def open_local(person: Person, where: Paths | None = None) -> LocalRelease:
    """The local database in force, for a person who may see it.

    Raises :class:`LocalError` where the person may not, or where nothing is loaded.
    """
    if not person.is_at_machine:
        raise LocalError("Local figures can be opened only on the computer that sendgap runs on.")
    place, name = where or paths(), local_name(where)
    path = place.local / name
    if not name or not path.is_file():
        raise LocalError(
            "No local figures are loaded. 'python -m sendgap local template pupils' writes an "
            "empty return, and 'python -m sendgap local demo' makes an invented authority."
        )
    return LocalRelease(path)
