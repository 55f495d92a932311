"""What a release is built from, read a second time without any code of sendgap's."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from functools import cache
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import yaml

LA, REGION, NATION = "Local authority", "Regional", "National"
ENGLAND = "E92000001"

#: indicator, source, breakdown, sen_group, time_identifier, time_period
SeriesKey = tuple[str, str, str, str, str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """An area as the reference table has it."""

    code: str
    name: str
    level: str
    region: str
    opened: date | None
    closed: date | None

    def open_in(self, period: str) -> bool:
        """Whether it existed on any day of the calendar or school year."""
        return _was_open(self.opened, self.closed, period)


@dataclass(slots=True)
class Inputs:
    """The catalogue's entries as they stand in their files, the areas and the figures."""

    indicators: dict[str, dict[str, Any]]
    places: dict[str, Place]
    neighbours: dict[tuple[str, str], list[str]]
    figures: dict[SeriesKey, dict[str, dict[str, Any]]]

    @property
    def vintages(self) -> list[str]:
        """The neighbour models that name anybody."""
        return sorted({vintage for vintage, _ in self.neighbours})


@cache
def _was_open(opened: date | None, closed: date | None, period: str) -> bool:
    year = int(period[:4])
    if len(period) == 4:
        first, last = date(year, 1, 1), date(year, 12, 31)
    else:
        first, last = date(year, 9, 1), date(year + 1, 8, 31)
    begun = opened is None or opened <= last
    return begun and (closed is None or closed > first)


def read(catalogue: Path, reference: Path, published: Path) -> Inputs:
    """Read the three folders."""
    return Inputs(
        indicators={
            path.stem: _indicator(yaml.safe_load(path.read_text(encoding="utf-8")))
            for path in sorted((catalogue / "indicators").glob("*.yaml"))
        },
        places=_places(reference / "areas.csv"),
        neighbours=_neighbours(reference / "neighbours.csv"),
        figures=_figures(published),
    )


def _indicator(entry: dict[str, Any]) -> dict[str, Any]:
    """An indicator's entry with one series for each cut; one that nobody publishes has none."""
    return {**entry, "series": [cut for item in entry.get("series", ()) for cut in _cuts(item)]}


def _cuts(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A series of several cuts written as one: each with its own words over the shared ones."""
    shared = {name: value for name, value in entry.items() if name != "breakdowns"}
    for breakdown, own in entry.get("breakdowns", {entry.get("breakdown", "total"): {}}).items():
        where = {**shared.get("where", {}), **own.get("where", {})}
        yield {**shared, **own, "where": where, "breakdown": breakdown}


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file))


def _places(path: Path) -> dict[str, Place]:
    return {
        row["area_code"]: Place(
            row["area_code"], row["name"], row["geographic_level"], row["region_code"],
            _day(row["opened"]), _day(row["closed"]),
        )
        for row in _rows(path)
    }  # fmt: skip


def _day(text: str) -> date | None:
    return date.fromisoformat(text) if text else None


def _neighbours(path: Path) -> dict[tuple[str, str], list[str]]:
    found: dict[tuple[str, str], list[str]] = {}
    for row in sorted(_rows(path), key=lambda r: int(r["position"])):
        found.setdefault((row["vintage"], row["area_code"]), []).append(row["neighbour_code"])
    return found


def _figures(folder: Path) -> dict[SeriesKey, dict[str, dict[str, Any]]]:
    found: dict[SeriesKey, dict[str, dict[str, Any]]] = {}
    for path in sorted(folder.glob("*.parquet")):
        for row in pq.read_table(path).to_pylist():
            key = (
                row["indicator_id"], path.stem, row["breakdown"], row["sen_group"],
                row["time_identifier"], row["time_period"],
            )  # fmt: skip
            cells = found.setdefault(key, {})
            assert row["area_code"] not in cells, f"{key} {row['area_code']} is published twice"
            cells[row["area_code"]] = row
    return found


def periods(first: str, last: str) -> list[str]:
    """Every period from first to last.

    >>> periods("201819", "202021")
    ['201819', '201920', '202021']
    """
    found: list[str] = []
    year = int(first[:4])
    while not found or found[-1] != last:
        found.append(str(year) if len(first) == 4 else f"{year}{str(year + 1)[2:]}")
        year += 1
    return found


def before(period: str) -> str:
    """The period exactly one before.

    >>> before("200001"), before("2024")
    ('199900', '2023')
    """
    year = int(period[:4]) - 1
    return str(year) if len(period) == 4 else f"{year}{str(year + 1)[2:]}"


def exact(number: float | int) -> Fraction:
    """The decimal number that was printed; what a float adds past nine decimals is noise."""
    return Fraction(str(round(float(number), 9)))


def in_units(number: Fraction, decimals: int) -> int:
    """The printed number in units of its last decimal; halves go away from zero.

    >>> in_units(Fraction("64.5"), 0), in_units(Fraction("-1.005"), 2)
    (65, -101)
    """
    scaled = abs(number) * 10**decimals
    whole = int(scaled + Fraction(1, 2))
    return whole if number >= 0 else -whole


def listed(entry: Any) -> list[str]:
    """One text or several."""
    return [entry] if isinstance(entry, str) else list(entry)


def of_series(entry: Mapping[str, Any], indicator: Mapping[str, Any]) -> list[str]:
    """A series' kinds of period."""
    return list(entry.get("time_identifiers", [indicator["time_identifier"]]))


def decimals(entry: Mapping[str, Any], group: str, period: str) -> int:
    """Decimals that the publisher prints for a group in a period."""
    own = entry["groups"][group].get("decimals")
    if own is not None:
        return int(own)
    steps = entry["decimals"]
    if isinstance(steps, int):
        return steps
    return int(steps[max(first for first in steps if first <= period)])


def line_of(indicator: Mapping[str, Any], source: str) -> str:
    """The source, or all sources spliced with it."""
    for splice in indicator.get("splices", ()):
        if source in splice["sources"]:
            return " + ".join(sorted(splice["sources"]))
    return source


def status_of(entry: Mapping[str, Any], period: str) -> str:
    """How settled a period's figures are."""
    if period in entry.get("provisional", ()):
        return "provisional"
    return "revised" if period in entry.get("revised", ()) else "final"


def basis_of(entry: Mapping[str, Any], period: str) -> str | None:
    """The id of the basis in force."""
    if not entry.get("basis"):
        return "all"
    held = [b["id"] for b in entry["basis"] if b["first"] <= period <= b["last"]]
    return held[0] if held else None


def least_settled(statuses: Iterable[str]) -> str:
    """The status of a figure made of several."""
    found = set(statuses)
    return next(s for s in ("provisional", "revised", "final") if s in found)
