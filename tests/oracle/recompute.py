"""Levels, gaps, latest periods and changes of a release worked out again in plain Python.

Printed figures are whole numbers of their last decimal throughout, so nothing here can be
float noise. The program computes the same in SQL; :mod:`tests.oracle.test_release`
compares every cell.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.inputs import (
    ENGLAND,
    LA,
    Inputs,
    before,
    in_units,
    least_settled,
    line_of,
    of_series,
)
from tests.oracle.observed import Observation, Observations, observe

SEN = ("ehc_plan", "sen_support", "any_sen")


@dataclass(slots=True)
class Cell:
    """A level or a gap of one area and period, in units of its last decimal."""

    value: int | None
    symbol: str | None
    decimals: int
    source: str
    line: str
    basis: str | None
    status: str
    sen: Fraction | None = None
    reference: Fraction | None = None
    counts: tuple[float | None, ...] = ()
    ranked: bool = True
    text: str | None = None
    lower: float | None = None
    upper: float | None = None

    @property
    def number(self) -> float | None:
        """The figure as a float."""
        return None if self.value is None else self.value / 10**self.decimals


#: indicator, measure, reference, sen_group, breakdown, time_identifier
LineKey = tuple[str, str, str, str, str, str]
#: period, then area
Table = dict[str, dict[str, Cell]]


@dataclass(slots=True)
class Result:
    """All that is recomputed."""

    inputs: Inputs
    observations: Observations = field(default_factory=dict)
    chosen: dict[tuple[str, str, str, str, str, str], str] = field(default_factory=dict)
    cells: dict[LineKey, Table] = field(default_factory=dict)
    latest: dict[LineKey, str] = field(default_factory=dict)
    baseline: dict[tuple[LineKey, str, str | None], str] = field(default_factory=dict)


def recompute(inputs: Inputs) -> Result:
    """Observations, chosen sources, levels, gaps, latest periods and baselines."""
    result = Result(inputs)
    for indicator_id, indicator in inputs.indicators.items():
        result.observations |= observe(inputs, indicator_id, indicator)
    for indicator_id, indicator in inputs.indicators.items():
        _compare(result, indicator_id, indicator)
    for key, table in result.cells.items():
        _periods(result, key, table)
    return result


# Levels and gaps ---------------------------------------------------------------------


def _compare(result: Result, indicator_id: str, indicator: dict[str, Any]) -> None:
    mine = [key for key in result.observations if key[0] == indicator_id]
    slots = sorted({(key[4], key[2], key[5]) for key in mine})
    has_gap = bool(indicator["references"]) and indicator["polarity"] != "none"
    references = indicator["references"] if has_gap else []
    for slot in slots:
        _levels(result, indicator_id, indicator, slot, references)
        for reference in references:
            for group in SEN:
                _gaps(result, indicator_id, indicator, slot, reference, group)


def _rank(indicator: dict[str, Any], source: str, slot: tuple[str, str, str]) -> int:
    identifier, breakdown, period = slot
    return next(
        place
        for place, entry in enumerate(indicator["series"])
        if entry["source"] == source
        and entry["breakdown"] == breakdown
        and identifier in of_series(entry, indicator)
        and entry["first"] <= period <= entry["last"]
    )


def _best(
    result: Result, indicator_id: str, indicator: dict[str, Any], slot: tuple[str, str, str],
    groups: tuple[str, ...],
) -> str | None:  # fmt: skip
    """The highest-ranked source with all the groups; those with figures go first."""
    identifier, breakdown, period = slot
    offers = []
    for source in dict.fromkeys(entry["source"] for entry in indicator["series"]):
        tables = [
            result.observations.get((indicator_id, source, breakdown, group, identifier, period))
            for group in groups
        ]
        if all(table is not None for table in tables):
            filled = all(any(o.has_figure for o in table.values()) for table in tables if table)
            offers.append((not filled, _rank(indicator, source, slot), source))
    return min(offers)[2] if offers else None


def _group_of(reference: str) -> str:
    return reference.removeprefix("england_")


def _levels(
    result: Result, indicator_id: str, indicator: dict[str, Any], slot: tuple[str, str, str],
    references: list[str],
) -> None:  # fmt: skip
    identifier, breakdown, period = slot
    for group in (*SEN, "no_sen", "all_pupils"):
        source = _best(result, indicator_id, indicator, slot, (group,))
        if source is None:
            continue
        if references:
            against = _group_of(references[0])
            side = group if group in SEN else "ehc_plan" if group == against else ""
            both = side and _best(result, indicator_id, indicator, slot, (side, against))
            source = both or source
        result.chosen[indicator_id, identifier, breakdown, period, group, "none"] = source
        key = (indicator_id, "value", "none", group, breakdown, identifier)
        table = result.observations[indicator_id, source, breakdown, group, identifier, period]
        result.cells.setdefault(key, {})[period] = {
            code: _level(indicator, row, source, slot) for code, row in table.items()
        }


def _entry(indicator: dict[str, Any], source: str, slot: tuple[str, str, str]) -> dict[str, Any]:
    return dict(indicator["series"][_rank(indicator, source, slot)])


def _level(
    indicator: dict[str, Any], row: Observation, source: str, slot: tuple[str, str, str]
) -> Cell:
    return Cell(
        row.printed, row.symbol, row.decimals, source, line_of(indicator, source), row.basis,
        row.status, sen=_shown(row), counts=(row.numerator, row.denominator, None, None),
        ranked=_entry(indicator, source, slot).get("ranked", True), text=row.text,
        lower=row.lower, upper=row.upper,
    )  # fmt: skip


def _shown(row: Observation | None) -> Fraction | None:
    if row is None or row.printed is None:
        return None
    return Fraction(row.printed, 10**row.decimals)


def _gaps(
    result: Result, indicator_id: str, indicator: dict[str, Any], slot: tuple[str, str, str],
    reference: str, group: str,
) -> None:  # fmt: skip
    identifier, breakdown, period = slot
    key = (indicator_id, "gap", reference, group, breakdown, identifier)
    source = _best(result, indicator_id, indicator, slot, (group, _group_of(reference)))
    if source is None:
        _no_common_source(result, key, period)
        return
    result.chosen[indicator_id, identifier, breakdown, period, group, reference] = source
    series = (indicator_id, source, breakdown)
    mine = result.observations[(*series, group, identifier, period)]
    theirs = result.observations[(*series, _group_of(reference), identifier, period)]
    table = result.cells.setdefault(key, {}).setdefault(period, {})
    ranked = _entry(indicator, source, slot).get("ranked", True)
    for code, row in mine.items():
        other = theirs.get(ENGLAND if reference.startswith("england") else code)
        cell = _gap(indicator, row, other)
        cell.source, cell.line, cell.ranked = source, line_of(indicator, source), ranked
        table[code] = cell


def _no_common_source(result: Result, key: LineKey, period: str) -> None:
    """A level is published and no source has both sides."""
    level = (key[0], "value", "none", *key[3:])
    for code, cell in result.cells.get(level, {}).get(period, {}).items():
        symbol = cell.symbol if cell.value is None else "no_common_source"
        result.cells.setdefault(key, {}).setdefault(period, {})[code] = Cell(
            None, symbol, cell.decimals, cell.source, cell.line, cell.basis, cell.status,
            sen=cell.sen, ranked=cell.ranked,
        )  # fmt: skip


def _gap(indicator: dict[str, Any], row: Observation, other: Observation | None) -> Cell:
    places = max(row.decimals, other.decimals if other else 0)
    sen, reference = _shown(row), _shown(other)
    gap = None
    if sen is not None and reference is not None:
        higher = indicator["polarity"] == "higher_is_better"
        gap = in_units(reference - sen if higher else sen - reference, places)
    symbol = row.symbol or (other.symbol if other else "none")
    counts = (row.numerator, row.denominator)
    against = (other.numerator, other.denominator) if other else (None, None)
    return Cell(
        gap, symbol, places, "", "", row.basis,
        least_settled([row.status, *([other.status] if other else [])]),
        sen=sen, reference=reference, counts=(*counts, *against),
    )  # fmt: skip


# Periods -----------------------------------------------------------------------------


def _periods(result: Result, key: LineKey, table: Table) -> None:
    places = result.inputs.places
    for period in sorted(table, reverse=True):
        cells = {
            code: cell for code, cell in table[period].items()
            if places[code].level == LA and places[code].open_in(period)
        }  # fmt: skip
        with_value = sum(c.value is not None or c.text is not None for c in cells.values())
        if with_value and 2 * with_value >= len(cells):
            result.latest[key] = period
            break
    named = result.inputs.indicators[key[0]].get("baseline")
    comparable: dict[tuple[str, str | None], set[str]] = {}
    for period, cells in table.items():
        for cell in cells.values():
            if cell.value is not None:
                comparable.setdefault((cell.line, cell.basis), set()).add(period)
    for (line, basis), found in comparable.items():
        result.baseline[key, line, basis] = named if named in found else min(found)


@dataclass(slots=True)
class Change:
    """What changed since the period before and since the baseline."""

    previous: float | None = None
    reason: str | None = None
    baseline: float | None = None
    baseline_period: str | None = None


def change(result: Result, key: LineKey, period: str, code: str) -> Change:
    """The changes of one cell."""
    table = result.cells[key]
    cell, found = table[period][code], Change()
    earlier = table.get(before(period), {}).get(code)
    if cell.value is not None:
        found.reason = _why_no_change(cell, earlier)
        if found.reason is None:
            found.previous = _difference(cell, earlier)
    first = result.baseline.get((key, cell.line, cell.basis))
    if first is not None and first < period:
        found.baseline_period = first
        start = table.get(first, {}).get(code)
        if start is not None and (start.line, start.basis) == (cell.line, cell.basis):
            found.baseline = _difference(cell, start)
    return found


def _why_no_change(cell: Cell, earlier: Cell | None) -> str | None:
    if earlier is None:
        return "none"
    if (earlier.line, earlier.basis) != (cell.line, cell.basis):
        return "break"
    return earlier.symbol if earlier.value is None else None


def _difference(now: Cell, then: Cell | None) -> float | None:
    if now.value is None or then is None or then.value is None:
        return None
    if now.decimals == then.decimals:
        return float(Fraction(now.value - then.value, 10**now.decimals))
    difference = Fraction(now.value, 10**now.decimals) - Fraction(then.value, 10**then.decimals)
    return float(Fraction(in_units(difference, now.decimals), 10**now.decimals))
