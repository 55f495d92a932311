"""The map of equal hexagons as committed: which cell and letters each authority has."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from sendgap.catalogue.place import Area
from sendgap.errors import Problem

FILE = "hexagons.csv"
COLUMNS = ("authorities_since", "la_code", "area_code", "letters", "q", "r")
Cell = tuple[int, int]
#: The six cells round a cell.
STEPS = ((1, 0), (0, 1), (-1, 1), (-1, 0), (0, -1), (1, -1))
#: How far one row lies above the one before it, in widths of a cell.
ROW = 3**0.5 / 2
#: Three-digit codes of islands, which may lie apart from their region.
ISLANDS = ("420", "921")


@dataclass(frozen=True, slots=True)
class Hexagon:
    """One authority's place on the map, and the three letters written there."""

    area_code: str
    letters: str
    cell: Cell

    @property
    def centre(self) -> tuple[float, float]:
        return centre(self.cell)


def read(reference: Path, areas: Mapping[str, Area], problems: list[Problem]) -> dict[str, Hexagon]:
    """The newest layout by area code; empty where there is no file of it."""
    path = reference / FILE
    if not path.is_file():
        return {}
    with path.open(encoding="utf-8-sig", newline="") as file:
        reader = csv.DictReader(file)
        if missing := [c for c in COLUMNS if c not in (reader.fieldnames or ())]:
            found = f"no column {', '.join(missing)}"
            problems.append(Problem(FILE, found, f"write the header {','.join(COLUMNS)}"))
            return {}
        rows = list(reader)
    newest = max((row["authorities_since"] for row in rows), default="")
    found_at: dict[str, Hexagon] = {}
    for row in rows:
        if row["authorities_since"] != newest:
            continue
        where = f"{FILE} {row['la_code']}"
        if fault := _fault(row, areas, found_at):
            problems.append(Problem(where, *fault))
        else:
            cell = int(row["q"]), int(row["r"])
            found_at[row["area_code"]] = Hexagon(row["area_code"], row["letters"], cell)
    return found_at


def _fault(
    row: Mapping[str, str], areas: Mapping[str, Area], taken: Mapping[str, Hexagon]
) -> tuple[str, str] | None:
    """What is wrong with a row, and what to write instead."""
    area = areas.get(row["area_code"])
    if area is None or area.la_code != row["la_code"]:
        return f"area_code {row['area_code']!r}", "write the codes of one authority of areas.csv"
    try:
        cell = int(row["q"]), int(row["r"])
    except ValueError:
        return f"cell {row['q']!r}, {row['r']!r}", "write two whole numbers"
    for other in taken.values():
        if cell == other.cell:
            return f"has the cell of {other.letters}", "give each authority a cell of its own"
        if row["letters"] == other.letters:
            return f"letters {other.letters} stand twice", "give each authority its own"
    return None


def centre(cell: Cell) -> tuple[float, float]:
    """Where a cell's middle lies, one width apart from its neighbours; north is up.

    >>> centre((2, 0))
    (2.0, 0.0)
    """
    q, r = cell
    return q + r / 2, r * ROW


def pieces(cells: set[Cell]) -> int:
    """In how many pieces cells lie that touch each other.

    >>> pieces({(0, 0), (1, 0), (5, 5)})
    2
    """
    left, count = set(cells), 0
    while left:
        count += 1
        edge = [left.pop()]
        while edge:
            q, r = edge.pop()
            touched = {(q + dq, r + dr) for dq, dr in STEPS} & left
            left -= touched
            edge.extend(touched)
    return count
