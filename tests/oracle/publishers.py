"""Publishers' files read as text with pandas, and percentages held against their counts."""

from __future__ import annotations

import csv
import zipfile
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pandas as pd

#: A figure's place: period, area and group in a spelling both sides share.
Key = tuple[str, ...]
Figures = Mapping[Key, Fraction]

HALF = Fraction(1, 2)


@cache
def table(path: Path, member: str = "", names: tuple[str, ...] = ()) -> pd.DataFrame:
    """A file, or a member of a zip, with every cell as text; ``names`` are those of the
    columns of a file without a first line of names."""
    header: dict[str, Any] = {"header": None, "names": list(names)} if names else {}
    if member:
        with zipfile.ZipFile(path) as archive, archive.open(member) as file:
            inside: pd.DataFrame = pd.read_csv(file, dtype=str, keep_default_na=False, **header)
            return inside
    if path.suffix == ".parquet":
        return pd.read_parquet(path)
    frame: pd.DataFrame = pd.read_csv(
        path, dtype=str, keep_default_na=False, encoding="utf-8-sig", **header
    )
    return frame


@cache
def number(text: object) -> Fraction | None:
    """The number printed, or nothing for a symbol or blank.

    >>> number("2,803"), number("4.40%"), number("c")
    (Fraction(2803, 1), Fraction(22, 5), None)
    """
    try:
        return Fraction(str(text).replace(",", "").replace("%", "").strip())
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Names:
    """Area codes by every spelling of the reference table."""

    by_spelling: Mapping[tuple[str, str], str]
    names: Mapping[str, str]

    @classmethod
    def read(cls, reference: Path) -> Names:
        """From ``areas.csv`` and ``area_alias.csv``."""
        found: dict[tuple[str, str], str] = {}
        names: dict[str, str] = {}
        with (reference / "areas.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                names[row["area_code"]] = row["name"]
                found["name", _fold(row["name"])] = row["area_code"]
                found["gss", _fold(row["area_code"])] = row["area_code"]
                found["la_code", _fold(row["la_code"])] = row["area_code"]
        with (reference / "area_alias.csv").open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                found[row["kind"], _fold(row["alias"])] = row["area_code"]
        return cls(found, names)

    def code(self, kind: str, spelling: object) -> str | None:
        """The area, if the spelling is known."""
        return self.by_spelling.get((kind, _fold(spelling))) if str(spelling) else None

    def name(self, code: str) -> str:
        """The name of an area's code; other text as it is."""
        return self.names.get(code, code)


def _fold(text: object) -> str:
    return " ".join(str(text).replace("&", " and ").split()).casefold()


class Kind(StrEnum):
    """What a figure is held against."""

    COUNTS = "its own counts"
    SECOND = "a second source"
    PARTS = "its parts"
    ENGLAND = "the sum of its authorities"
    RANGE = "the range it must lie in"


#: How a difference is named whose cause is not known.
OPEN = "Not explained."


@dataclass(slots=True)
class Check:
    """One comparison of two published figures, cell by cell.

    ``indicators`` are those whose figures are held against something; ``against`` names
    what in a few words; ``explained`` gives the reason for a difference, if one is known.
    """

    title: str
    kind: Kind
    indicators: tuple[str, ...]
    against: str
    explained: Callable[[Key], str] = field(default=lambda key: "")
    compared: int = 0
    exceptions: list[tuple[Key, str, str]] = field(default_factory=list)

    def beside(self, printed: Figures, other: Figures, within: Callable[[Key], Fraction]) -> Check:
        """Compare where both have a figure: no further apart than ``within``."""
        for key in sorted(printed.keys() & other.keys()):
            self.compared += 1
            if abs(printed[key] - other[key]) > within(key):
                self.exceptions.append((key, show(printed[key]), show(other[key])))
        return self

    @property
    def unexplained(self) -> list[Key]:
        """Exceptions that are neither explained nor named as not explained."""
        return [key for key, *_ in self.exceptions if not self.explained(key)]

    @property
    def named_open(self) -> int:
        """Exceptions whose cause is named as not known."""
        return sum(self.explained(key).startswith(OPEN) for key, *_ in self.exceptions)


def show(value: Fraction) -> str:
    """A number to read."""
    return f"{float(value):.4f}".rstrip("0").rstrip(".")


def half_of(decimals: int) -> Callable[[Key], Fraction]:
    """Half of the last decimal printed."""
    return lambda key: HALF / 10**decimals


def share(part: object, whole: object) -> Fraction | None:
    """A percentage from two printed counts."""
    above, below = number(part), number(whole)
    return None if above is None or not below else 100 * above / below
