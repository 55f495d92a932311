"""Positions that an interval decides, from the recomputed figures."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from tests.oracle import intervals
from tests.oracle.inputs import ENGLAND
from tests.oracle.intervals import Limits
from tests.oracle.recompute import Cell, LineKey, Result


def limits_of(result: Result, key: LineKey, period: str, code: str) -> Limits | None:
    """The limits of a level by its outcome's own method."""
    cell = result.cells[key][period].get(code)
    method = result.inputs.indicators[key[0]].get("interval", "none")
    if cell is None or cell.value is None or method == "none":
        return None
    if method == "published":
        figures = (key[0], cell.source, key[4], key[3], key[5], period)
        row = result.inputs.figures.get(figures, {}).get(code, {})
        lower, upper = row.get("lower"), row.get("upper")
        return None if lower is None or upper is None else (float(row["value"]), lower, upper)
    part, whole = cell.counts[0], cell.counts[1]
    if part is None or whole is None:
        return None
    return intervals.wilson(part, whole) if method == "wilson" else intervals.byar(part, whole)


def cohort_of(result: Result, key: LineKey, period: str, code: str) -> float | None:
    """The figure's own number of pupils or, for a proportion, the newest known before."""
    own = result.cells[key][period][code].counts[1]
    if own is not None or result.inputs.indicators[key[0]].get("interval", "none") != "wilson":
        return own
    for earlier in sorted(result.cells[key], reverse=True):
        cell = result.cells[key][earlier].get(code)
        if earlier < period and cell is not None and cell.value is not None and cell.counts[1]:
            return cell.counts[1]
    return None


def by_interval(
    result: Result, key: LineKey, period: str, code: str, others: Sequence[Fraction | None]
) -> tuple[list[str | None], str] | None:
    """The words against England and the neighbours, and the basis; ``None`` where the level
    has no interval of any kind."""
    cell: Cell = result.cells[key][period][code]
    limits, basis = limits_of(result, key, period, code), "interval"
    if limits is None:
        cohort = cohort_of(result, key, period, code)
        if cohort is None or result.inputs.indicators[key[0]].get("interval") != "wilson":
            return None
        share = (cell.number or 0.0) / 100
        limits, basis = intervals.wilson(share * cohort, cohort), "approximate"
    england = limits_of(result, key, period, ENGLAND)
    indicator = result.inputs.indicators[key[0]]
    least = intervals.floor(cell.decimals, indicator["unit"])
    words: list[str | None] = []
    for other, exact in zip(others, (england, None), strict=True):
        if other is None:
            words.append(None)
            continue
        against = float(other) if exact is None else exact[0]
        words.append(
            intervals.word(
                limits, cell.number or 0.0, float(other), against, least, indicator["polarity"]
            )
        )
    return words, basis
