"""The authority's schools and groups: from checked returns to Places, and kept as CSV."""

from __future__ import annotations

import io
from dataclasses import dataclass

import pandas as pd

from sendgap.errors import LocalError, Problem, RefusedError
from sendgap.local.folder import LocalFolder, Step
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from sendgap.local.returns.check import Checked

SCHOOLS, GROUPS, SETS = "schools", "groups", "sets"


@dataclass(frozen=True, slots=True, eq=False)
class Lists:
    """The two lists in force, as the tables they were given in."""

    schools: pd.DataFrame
    groups: pd.DataFrame

    @property
    def dspls(self) -> dict[str, str]:
        """DSPL areas by lower-case id and name."""
        areas = self.groups[self.groups["group_kind"] == UnitKind.DSPL]
        found = {}
        for key, name in zip(areas["group_id"], areas["group_name"], strict=True):
            found[key.lower()] = found[name.lower()] = key
        return found


def texts(table: pd.DataFrame, *columns: str) -> list[list[str]]:
    """The rows of some columns, as text."""
    return [[str(cell) for cell in row] for row in table[list(columns)].to_numpy()]


def as_csv(table: pd.DataFrame) -> bytes:
    """A list as it is kept."""
    return str(table.to_csv(index=False, lineterminator="\n")).encode()


def read(folder: LocalFolder, step: Step) -> Lists:
    """The lists in force; empty tables before they are loaded."""
    heads = {SCHOOLS: ["urn", "name", "phase", "type"],
             GROUPS: ["group_kind", "group_id", "group_name", "urn", "from", "to"]}  # fmt: skip
    tables = {}
    for role, columns in heads.items():
        path = folder.file(step, role)
        text = path.read_text(encoding="utf-8") if path else ""
        table = pd.read_csv(io.StringIO(text), dtype=str, keep_default_na=False) if text else None
        tables[role] = pd.DataFrame(columns=columns) if table is None else table
        for name in columns:
            if name not in tables[role]:
                tables[role][name] = ""
    return Lists(tables[SCHOOLS], tables[GROUPS])


def places(lists: Lists, authority: Unit) -> Places:
    """The schools and groups as disclosure control takes them."""
    schools = [School(*row) for row in texts(lists.schools, "urn", "name", "phase", "type")]
    rows = texts(lists.groups, "group_kind", "group_id", "group_name", "urn", "from", "to")
    members = [Member(UnitKind(kind), key, urn, *span) for kind, key, _, urn, *span in rows]
    names = {(UnitKind(kind), key): name for kind, key, name, *_ in rows}
    called = tuple((kind, key, name) for (kind, key), name in names.items())
    return Places(authority, tuple(schools), tuple(members), called)


def read_sets(folder: LocalFolder, step: Step) -> pd.DataFrame:
    """The groups of schools that people chose: a row for each school of each."""
    path = folder.file(step, SETS)
    if path is None:
        return pd.DataFrame(columns=["set_id", "name", "urn"])
    return pd.read_csv(path, dtype=str, keep_default_na=False, encoding="utf-8")


def need_schools(lists: Lists) -> None:
    """Raises :class:`LocalError` where no list of schools is loaded yet."""
    if lists.schools.empty:
        raise LocalError(
            "No list of schools is loaded. Load it first: 'python -m sendgap local template "
            "schools' writes an empty one, 'python -m sendgap local groups FILE' loads it."
        )


def checked_groups(checked: Checked) -> pd.DataFrame:
    """The groups list; raises :class:`RefusedError` where it contradicts itself.

    A school is in one DSPL area at a time, a group has one name, and no stay ends before
    it begins.
    """
    table = checked.rows.copy()
    for name in ("from", "to"):
        table[name] = table[name].fillna("") if name in table else ""
    problems = [*_names(table, checked.name), *_backwards(table, checked.name)]
    problems += _two_areas(table, checked.name)
    if problems:
        raise RefusedError(problems)
    return table


def _names(table: pd.DataFrame, name: str) -> list[Problem]:
    called: dict[str, list[str]] = {}
    for key, said in texts(table, "group_id", "group_name"):
        called.setdefault(key, [])
        if said not in called[key]:
            called[key].append(said)
    return [
        Problem(f"{name}, group {key}", f"has the names {' and '.join(said)}",
                "give one name in all its rows")
        for key, said in called.items() if len(said) > 1
    ]  # fmt: skip


def _backwards(table: pd.DataFrame, name: str) -> list[Problem]:
    return [
        Problem(f"{name}, school {urn} in {key}",
                f"ends in {last} before it begins", "write to as the last school year of it")
        for urn, key, first, last in texts(table, "urn", "group_id", "from", "to")
        if first and last and first > last
    ]  # fmt: skip


def _two_areas(table: pd.DataFrame, name: str) -> list[Problem]:
    areas = table[table["group_kind"] == UnitKind.DSPL]
    both = areas.merge(areas, on="urn")
    last = both[["to_x", "to_y"]].replace("", "999999")
    clash = (both["group_id_x"] < both["group_id_y"]) & (both["from_x"] <= last["to_y"])
    clash &= both["from_y"] <= last["to_x"]
    return [
        Problem(f"{name}, school {urn}", f"is in {one} and {other} at the same time",
                "end the one before the other begins")
        for urn, one, other in texts(both[clash], "urn", "group_id_x", "group_id_y")
    ]  # fmt: skip
