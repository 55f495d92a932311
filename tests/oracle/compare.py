"""Sets the recomputed figures beside a release's tables, cell by cell.

Limits are left to ``test_intervals``, which has formulas of its own for them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction
from functools import cache
from pathlib import Path

import duckdb

from tests.oracle.inputs import LA, read
from tests.oracle.positions import position
from tests.oracle.recompute import Cell, LineKey, Result, change, recompute
from tests.oracle.spread import Spread, company, spread

RATIO_TYPES = ("proportion", "share", "session_rate", "event_rate", "amount")
#: References in the order of their names.
REFERENCES = ("all_pupils", "england_all_pupils", "england_no_sen", "no_sen")

#: Far below the last decimal that anybody prints, far above a float's noise.
NOISE = 1e-9

Row = Mapping[str, object]


@dataclass(slots=True)
class Comparison:
    """How many cells of a table were compared and which differ."""

    table: str
    rows: int = 0
    cells: int = 0
    wrong: list[str] = field(default_factory=list)

    def check(self, key: tuple[object, ...], expected: Row, found: Row | None) -> None:
        """Compare one row."""
        self.rows += 1
        if found is None:
            self.wrong.append(f"{key}: no such row")
            return
        for column, value in expected.items():
            self.cells += 1
            if value != found[column] and not same(value, found[column]):
                self.wrong.append(f"{key} {column}: expected {value}, found {found[column]}")


def same(expected: object, found: object) -> bool:
    """Equal, or numbers as near as floats can be."""
    if expected is None or found is None:
        return expected is found
    if isinstance(expected, (int, float, Fraction)) and isinstance(found, (int, float)):
        return abs(float(expected) - found) <= NOISE * max(1.0, abs(found))
    return expected == found


class Tables:
    """A release's tables as rows by key."""

    def __init__(self, path: Path) -> None:
        self._connection = duckdb.connect(str(path), read_only=True)

    def rows(self, table: str, key: str) -> dict[tuple[object, ...], dict[str, object]]:
        """All rows of a table; fails where a key stands twice."""
        cursor = self._connection.cursor()
        cursor.execute(f"select * from {table}")
        names = [column[0] for column in cursor.description or ()]
        places = [names.index(name) for name in key.split()]
        found: dict[tuple[object, ...], dict[str, object]] = {}
        while rows := cursor.fetchmany(20_000):
            for row in rows:
                found[tuple(row[place] for place in places)] = dict(zip(names, row, strict=True))
        counted = self._connection.cursor().execute(f"select count(*) from {table}").fetchall()
        assert len(found) == counted[0][0], f"{table} has duplicate keys"
        return found

    def close(self) -> None:
        """Let go of the file."""
        self._connection.close()


@cache
def recomputed(catalogue: Path, reference: Path, published: Path) -> Result:
    """The recomputation of three folders, done once."""
    return recompute(read(catalogue, reference, published))


def compare_all(result: Result, path: Path) -> list[Comparison]:
    """Every table of a release that holds computed figures."""
    tables = Tables(path)
    try:
        steps = (observations, choices, latest, gaps, distributions, benchmarks)
        return [step(result, tables) for step in steps]
    finally:
        tables.close()


def _leftover(done: Comparison, found: Mapping[tuple[object, ...], object]) -> Comparison:
    """Rows of the release that were not expected are wrong as well."""
    if len(found) > done.rows - sum("no such row" in text for text in done.wrong):
        done.wrong.append(f"{len(found)} rows found, {done.rows} expected")
    return done


def observations(result: Result, tables: Tables) -> Comparison:
    """Values, symbols, counts and status of every published figure."""
    done = Comparison("observation")
    found = tables.rows(
        "observation",
        "indicator_id source_id breakdown sen_group time_identifier time_period area_code",
    )
    for key, table in result.observations.items():
        for code, row in table.items():
            expected = {
                "value": row.value, "value_text": row.text, "symbol": row.symbol,
                "numerator": row.numerator, "denominator": row.denominator,
                "counts_source_id": row.counts_source,
                "status": row.status, "basis": row.basis, "decimals": row.decimals,
                "pooled_from": row.pooled_from, "pooled_of": row.pooled_of,
                "shown": None if row.printed is None else row.printed / 10**row.decimals,
            }  # fmt: skip
            done.check((*key, code), expected, found.get((*key, code)))
    return _leftover(done, found)


def choices(result: Result, tables: Tables) -> Comparison:
    """The source used for each period, group and reference."""
    done = Comparison("choice")
    found = tables.rows(
        "choice", "indicator_id time_identifier breakdown time_period sen_group reference"
    )
    for key, source in result.chosen.items():
        done.check(key, {"source_id": source}, found.get(key))
    return _leftover(done, found)


def latest(result: Result, tables: Tables) -> Comparison:
    """The newest period in which half of the authorities have a figure."""
    done = Comparison("latest")
    found = tables.rows(
        "latest", "indicator_id measure reference sen_group breakdown time_identifier"
    )
    for key, period in result.latest.items():
        done.check(key, {"time_period": period}, found.get(key))
    return _leftover(done, found)


def gaps(result: Result, tables: Tables) -> Comparison:
    """Both sides, sign, rounding, ratio, changes and reasons of every gap."""
    done = Comparison("gap")
    found = tables.rows(
        "gap",
        "indicator_id reference sen_group breakdown time_identifier time_period area_code",
    )
    for key, period, code, cell in _cells(result, "gap"):
        row = (key[0], *key[2:], period, code)
        done.check(row, _gap_row(result, key, period, code, cell), found.get(row))
    return _leftover(done, found)


def _cells(result: Result, measure: str) -> Iterator[tuple[LineKey, str, str, Cell]]:
    for key, table in result.cells.items():
        if key[1] == measure:
            for period, cells in table.items():
                for code, cell in cells.items():
                    yield key, period, code, cell


def _float(value: Fraction | None) -> float | None:
    return None if value is None else float(value)


def _gap_row(result: Result, key: LineKey, period: str, code: str, cell: Cell) -> Row:
    moved = change(result, key, period, code)
    ratio = None
    value_type = result.inputs.indicators[key[0]]["value_type"]
    if value_type in RATIO_TYPES and cell.sen is not None and cell.reference:
        ratio = float(cell.sen / cell.reference)
    return {
        "sen_value": _float(cell.sen), "reference_value": _float(cell.reference),
        "gap": cell.number, "ratio": ratio, "symbol": cell.symbol, "status": cell.status,
        "basis": cell.basis,
        "source_id": cell.source, "decimals": cell.decimals, "change_previous": moved.previous,
        "change_previous_reason": moved.reason, "change_baseline": moved.baseline,
        "baseline_period": moved.baseline_period,
    }  # fmt: skip


def distributions(result: Result, tables: Tables) -> Comparison:
    """Quartiles, extremes with their names, and England's figure."""
    done = Comparison("distribution")
    key_of = "indicator_id measure reference sen_group breakdown time_identifier time_period"
    found = tables.rows("distribution", key_of)
    for key, period in _benchmarked(result):
        spreading = spread(result, key, period)
        if spreading is not None:
            expected = _spread_row(result, key, period, spreading)
            done.check((*key, period), expected, found.get((*key, period)))
    return _leftover(done, found)


def _benchmarked(result: Result) -> Iterator[tuple[LineKey, str]]:
    for key, table in result.cells.items():
        if key[4] in result.inputs.indicators[key[0]].get("benchmarked", ["total"]):
            for period in table:
                yield key, period


def _number(result: Result, key: LineKey, period: str, code: str) -> float | None:
    cell = result.cells[key][period].get(code)
    return cell.number if cell else None


def _spread_row(result: Result, key: LineKey, period: str, found: Spread) -> Row:
    return {
        "areas": found.areas, "minimum": found.minimum, "q25": found.q25,
        "median": found.median, "q75": found.q75, "maximum": found.maximum,
        "minimum_areas": found.minimum_areas, "maximum_areas": found.maximum_areas,
        "england": _number(result, key, period, "E92000001"),
    }  # fmt: skip


def benchmarks(result: Result, tables: Tables) -> Comparison:
    """Rank, ties, bands, comparators and neighbours of every authority in both models."""
    done = Comparison("benchmark")
    key_of = (
        "indicator_id measure reference sen_group breakdown time_identifier time_period "
        "area_code vintage"
    )
    found = tables.rows("benchmark", key_of)
    for key, period in _benchmarked(result):
        spreading = spread(result, key, period)
        for code, cell in result.cells[key][period].items():
            place = result.inputs.places[code]
            if place.level == LA and (place.open_in(period) or cell.value is not None):
                shared = _place_row(result, key, period, code, spreading)
                for vintage in result.inputs.vintages:
                    row = (*key, period, code, vintage)
                    beside = _company_row(result, key, period, code, vintage)
                    done.check(row, {**shared, **beside}, found.get(row))
    return _leftover(done, found)


def _place_row(
    result: Result, key: LineKey, period: str, code: str, spreading: Spread | None
) -> Row:
    cell, place = result.cells[key][period][code], result.inputs.places[code]
    moved = change(result, key, period, code)
    row: dict[str, object] = {
        "value": cell.number, "symbol": cell.symbol,
        "sen_value": _float(cell.sen),
        "reference_value": _float(cell.reference), "region_code": place.region,
        "england": _number(result, key, period, "E92000001"),
        "region_value": _number(result, key, period, place.region),
        "change_previous": moved.previous, "change_baseline": moved.baseline,
        "baseline_period": moved.baseline_period, "status": cell.status, "basis": cell.basis,
        "source_id": cell.source, "is_open": place.open_in(period),
        "is_latest": result.latest.get(key) == period,
        **_against(result, key, period, code),
    }  # fmt: skip
    if spreading is not None:
        row |= {
            "rank": spreading.rank.get(code), "tied": spreading.tied.get(code),
            "rank_of": len(spreading.rank) or None, "quartile": spreading.band.get(code),
            "minimum": spreading.minimum, "q25": float(spreading.q25),
            "median": float(spreading.median), "q75": float(spreading.q75),
            "maximum": spreading.maximum,
        }  # fmt: skip
    else:
        row |= dict.fromkeys(
            ("rank", "tied", "rank_of", "quartile", "minimum", "q25", "median", "q75", "maximum")
        )
    return row


def _against(result: Result, key: LineKey, period: str, code: str) -> Row:
    """The figures that gaps of the level's own source set it against."""
    source = result.cells[key][period][code].source
    found: dict[str, object] = {f"against_{reference}": None for reference in REFERENCES}
    held = []
    for reference in REFERENCES if key[1] == "value" else ():
        gap_key = (key[0], "gap", reference, *key[3:])
        cells = result.cells.get(gap_key, {}).get(period, {})
        if any(cell.source == source for cell in cells.values()):
            held.append(reference)
            if code in cells:
                found[f"against_{reference}"] = _float(cells[code].reference)
    return {**found, "gap_references": held or None}


def _company_row(result: Result, key: LineKey, period: str, code: str, vintage: str) -> Row:
    found = company(result, key, period, code, vintage)
    placed = position(result, key, period, code, vintage)
    return {
        "position_england": placed.england, "position_neighbours": placed.neighbours,
        "position_basis": placed.basis,
        "neighbour_count": found.count, "neighbour_mean": _float(found.mean),
        "neighbour_pooled": _float(found.pooled), "neighbour_min": found.low,
        "neighbour_max": found.high,
    }  # fmt: skip
