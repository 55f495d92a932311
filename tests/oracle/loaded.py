"""Publishers' files read a second time, to hold every cell of ``data/published`` against.

Only the catalogue's own words are shared with the program: which file, which rows, which
columns. Reading, areas, periods and symbols are done again here.
"""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

import pandas as pd
import yaml

from tests.oracle.inputs import ENGLAND, Inputs, SeriesKey, of_series
from tests.oracle.publishers import Names, number, table

#: Value, numerator, denominator, and the symbol where there is no value.
Cell = tuple[Fraction | None, Fraction | None, Fraction | None, str | None]


@dataclass(frozen=True, slots=True)
class Use:
    """One group of one series: where its figures stand in a table."""

    indicator_id: str
    source: str
    breakdown: str
    group: str
    identifiers: tuple[str, ...]
    rule: str
    first: str
    last: str
    where: Mapping[str, str]
    columns: tuple[str | None, str | None, str | None]
    from_counts: bool
    percent: bool


def read_again(
    inputs: Inputs, names: Names, catalogue: Path, published: Path, data: Path
) -> dict[SeriesKey, dict[str, Cell]]:
    """Every figure catalogued: value, numerator and denominator by series and area."""
    sources = yaml.safe_load((catalogue / "sources.yaml").read_text(encoding="utf-8"))
    found: dict[SeriesKey, dict[str, Cell]] = {}
    for source, table_id, frame in _files(published, data):
        entry, uses = sources[source]["tables"][table_id], list(_uses(inputs, source, table_id))
        meant = dict(sources[source]["symbols"])
        frame = _wanted(frame, entry, uses)
        rows = list(_rows(frame, entry, names))
        for use in uses:
            for key, code, cell in _cells(rows, entry, use, meant):
                found.setdefault(key, {}).setdefault(code, cell)
    _to_predecessors(inputs, found)
    return found


def _files(published: Path, data: Path) -> Iterator[tuple[str, str, pd.DataFrame]]:
    with (published / "loads.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            name, _, member = row["file_name"].partition("!")
            paths = sorted(data.rglob(name))
            assert paths, f"{name} is not among the publishers' files"
            yield row["source_id"], row["table_id"], table(paths[0], member)


def _uses(inputs: Inputs, source: str, table_id: str) -> Iterator[Use]:
    for indicator_id, indicator in inputs.indicators.items():
        for entry in indicator["series"]:
            if (entry["source"], entry.get("table")) == (source, table_id):
                for group, selector in entry["groups"].items():
                    yield _use(indicator_id, indicator, entry, group, selector)


def _use(
    indicator_id: str, indicator: dict[str, Any], entry: dict[str, Any], group: str,
    selector: dict[str, Any],
) -> Use:  # fmt: skip
    part, whole, value = (
        selector.get(name, entry.get(name)) for name in ("numerator", "denominator", "value")
    )
    return Use(
        indicator_id, entry["source"], entry.get("breakdown", "total"), group,
        tuple(of_series(entry, indicator)), entry.get("period_rule", "as_published"),
        entry["first"], entry["last"], {**entry.get("where", {}), **selector.get("where", {})},
        (value, part, whole), entry.get("value_from_counts", False),
        indicator["unit"] == "percent",
    )  # fmt: skip


def _wanted(frame: pd.DataFrame, entry: dict[str, Any], uses: Iterable[Use]) -> pd.DataFrame:
    """Rows that some series asks for, less those the catalogue drops."""
    for column, values in entry.get("drop", {}).items():
        frame = frame[~frame[column].isin(values)]
    shared = {column for use in uses for column in use.where}
    for column in shared:
        asked = [use.where.get(column) for use in uses]
        if None not in asked:
            frame = frame[frame[column].isin(set(asked))]
    return frame


def _rows(
    frame: pd.DataFrame, entry: dict[str, Any], names: Names
) -> Iterator[tuple[dict[str, Any], str | None]]:
    for row in frame.drop_duplicates().to_dict("records"):
        yield row, _area(row, entry, names)


def _area(row: dict[str, Any], entry: dict[str, Any], names: Names) -> str | None:
    blank = {"", "None", "nan", *entry.get("blank_area", ())}
    for pair in entry["area"]:
        for kind, column in pair.items():
            spelling = str(row.get(column, ""))
            if spelling not in blank and (code := names.code(kind, spelling)):
                return code
    national = entry.get("england", {})
    if any(row[column] == value for column, value in national.items()):
        return ENGLAND
    return None


def period_of(label: str, rule: str) -> str | None:
    """The period a label stands for.

    >>> period_of("2025 (prov)", "academic_year_ending"), period_of("2016-17", "calendar_year")
    ('202425', None)
    """
    head, tail = label[:4], label[4:].strip()
    if not head.isdigit():
        return None
    year = int(head)
    if rule == "as_published":
        return label if label.isdigit() and len(label) in (4, 6) else None
    if rule == "academic_year_slash":
        return head + label[5:] if label[4:5] == "/" and len(label) == 7 else None
    if tail and not tail.startswith("("):
        return None
    years = {
        "calendar_year": head, "academic_year_starting": f"{year}{(year + 1) % 100:02d}",
        "academic_year_ending": f"{year - 1}{year % 100:02d}",
    }  # fmt: skip
    return years[rule]


def _cells(
    rows: list[tuple[dict[str, Any], str | None]],
    entry: dict[str, Any],
    use: Use,
    meant: dict[str, str],
) -> Iterator[tuple[SeriesKey, str, Cell]]:
    for row, code in rows:
        if code is None or any(row[column] != value for column, value in use.where.items()):
            continue
        identifier = row[entry["time_identifier"]] if "time_identifier" in entry else None
        if identifier is not None and identifier not in use.identifiers:
            continue
        period = period_of(str(row[entry["period"]]), use.rule)
        if period is None or not use.first <= period <= use.last:
            continue
        key = (
            use.indicator_id, use.source, use.breakdown, use.group,
            identifier or use.identifiers[0], period,
        )  # fmt: skip
        yield key, code, _cell(row, use, meant)


def _cell(row: dict[str, Any], use: Use, meant: dict[str, str]) -> Cell:
    printed = ["" if column is None else str(row[column]) for column in use.columns]
    value, part, whole = (Fraction(0) if meant.get(p) == "0" else number(p) for p in printed)
    if use.from_counts:
        value = None
        if whole and part is not None:
            value = part / whole * (100 if use.percent else 1)
    if value is not None:
        return value, part, whole, None
    if use.from_counts and whole == 0:
        return None, part, whole, "z"
    signs = [meant[p] for p in printed if p and meant.get(p, "0") != "0"]
    return None, part, whole, signs[0] if signs else "none"


def _to_predecessors(inputs: Inputs, found: dict[SeriesKey, dict[str, Cell]]) -> None:
    """Figures named like an area that had not begun are its namesake's from before."""
    for key, cells in found.items():
        for code in list(cells):
            place = inputs.places[code]
            earlier = [
                p.code for p in inputs.places.values()
                if p.name.startswith(f"{place.name} (") and p.open_in(key[5])
            ]  # fmt: skip
            if earlier and not place.open_in(key[5]) and earlier[0] not in cells:
                cells[earlier[0]] = cells.pop(code)
