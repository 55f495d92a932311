"""The served cells: each figure with its interval and rounding, or its symbol.

Nothing here looks at a hidden number: a cell's figures are made only where both its rows
are shown.
"""

from __future__ import annotations

import math

import numpy as np
import pandas as pd

from sendgap.local.disclosure.audit import key_of
from sendgap.local.disclosure.grid import Cell, System
from sendgap.local.disclosure.model import CELL_FIGURES, CELL_KEYS, Rule
from sendgap.local.disclosure.rules import CLASS_SIZE, Flags
from sendgap.local.measures import Counting
from sendgap.statistics.clustered import clustered_ratio
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.proportions import wilson
from sendgap.statistics.rates import least_dispersion, rate
from sendgap.terms import Symbol

#: From this many pupils on a percentage carries a decimal, a rate of events two (R7).
DECIMAL_FROM = 100
TWO_DECIMALS_FROM = 1000
#: From this many schools on they are the units that absence varies between.
SCHOOLS_AS_UNITS = 10

_Figures = tuple[float, float, float, float]


def served(system: System, hidden: Flags, run_id: str) -> pd.DataFrame:
    """One row per cell of the grid, in its order."""
    people = {(*key_of(cell)[:2], cell.measure.indicator_id, *key_of(cell)[3:]): cell
              for cell in system.cells if not cell.measure.is_sum}  # fmt: skip
    rows = [
        (*key_of(cell), *_shown(system, hidden, cell, people), run_id)
        for cell in system.cells
        if cell.rule is not Rule.OTHER_YEARS
    ]
    return pd.DataFrame(rows, columns=[*CELL_KEYS, *CELL_FIGURES])


def _shown(system: System, hidden: Flags, cell: Cell,
           people: dict[tuple[object, ...], Cell]) -> tuple[object, ...]:  # fmt: skip
    """Pupils, schools, figures, symbol and rule of one cell."""
    nothing = (math.nan,) * 4
    if cell.rule is not None:
        return (math.nan, cell.schools, *nothing, str(Symbol.NOT_AVAILABLE), str(cell.rule))
    pupils = math.nan if hidden[cell.whole] else float(system.values[cell.whole])
    if hidden[cell.whole] or (hidden[cell.part] and pupils > 0):
        return (pupils, cell.schools, *nothing, str(Symbol.SUPPRESSED), str(Rule.HIDDEN))
    if pupils == 0:
        return (pupils, cell.schools, *nothing, str(Symbol.NOT_APPLICABLE), str(Rule.NOBODY))
    symbol = str(Symbol.UNRELIABLE) if pupils <= CLASS_SIZE else ""
    return (pupils, cell.schools, *_figures(system, hidden, cell, pupils, people), symbol, "")


def _figures(system: System, hidden: Flags, cell: Cell, pupils: float,
             people: dict[tuple[object, ...], Cell]) -> _Figures:  # fmt: skip
    """Numerator, value and limits as they are shown."""
    part = float(system.values[cell.part])
    count = cell.measure.count
    decimals = 1 if pupils >= DECIMAL_FROM else 0
    if count is Counting.GROUP:
        return part, round(100.0 * part / pupils, decimals), math.nan, math.nan
    if count is Counting.SESSIONS:
        return (math.nan, *absence(system, cell))
    if count is Counting.MEAN:
        return (part, *_rounded(_mean(system, cell, pupils, part), 1))
    if count is Counting.EVENTS:
        key = key_of(cell)
        beside = people.get((*key[:2], cell.measure.people, *key[3:]))
        persons = part if beside is None or hidden[beside.part] else system.values[beside.part]
        spread = least_dispersion(events=part, people=persons)
        found = rate(events=np.array([part]), exposure=pupils, dispersion=spread)
        return (part, *_rounded(found, decimals + (pupils >= TWO_DECIMALS_FROM)))
    found = wilson(numerator=part, denominator=pupils, per=100.0)
    return (part, *_rounded(found, decimals))


def _rounded(found: Estimate, decimals: int) -> tuple[float, float, float]:
    """The value rounded, and its limits rounded outward."""
    value, lower, upper = (float(np.ravel(a)[0]) for a in (found.value, found.lower, found.upper))
    step = 10.0**decimals
    if math.isnan(lower) or math.isnan(upper):
        return round(value, decimals), math.nan, math.nan
    slack = 1e-9
    return (round(value, decimals), math.floor(lower * step + slack) / step,
            math.ceil(upper * step - slack) / step)  # fmt: skip


def _moments(system: System, cell: Cell) -> dict[str, list[float]]:
    """By place: numerator, denominator and the sums of squares and products."""
    found: dict[str, list[float]] = {}
    for atom in system.rows[cell.part].atoms:
        held = found.setdefault(system.atoms.atoms[atom].place, [0.0] * 5)
        figures = (system.atoms.true[atom], *system.atoms.moments[atom])
        found[system.atoms.atoms[atom].place] = [a + b for a, b in zip(held, figures, strict=True)]
    return found


def absence(system: System, cell: Cell) -> tuple[float, float, float]:
    """Sessions missed per 100 possible and limits; schools vary as wholes where there are ten."""
    by_place = np.array([m for m in _moments(system, cell).values() if m[1] > 0])
    a, m, aa, am, mm = by_place.sum(axis=0)
    units = float(system.values[cell.whole])
    if len(by_place) >= SCHOOLS_AS_UNITS:
        units = float(len(by_place))
        aa, am = (by_place[:, 0] ** 2).sum(), (by_place[:, 0] * by_place[:, 1]).sum()
        mm = (by_place[:, 1] ** 2).sum()
    found = clustered_ratio(
        units=units, numerator=a, denominator=m, numerator_squares=aa, products=am,
        denominator_squares=mm,
    )  # fmt: skip
    return _rounded(found, 1)


def _mean(system: System, cell: Cell, pupils: float, total: float) -> Estimate:
    """The mean of a score; pupils vary as wholes."""
    squares = sum(m[2] for m in _moments(system, cell).values())
    return clustered_ratio(
        units=pupils, numerator=total, denominator=pupils, numerator_squares=squares,
        products=total, denominator_squares=pupils, per=1.0,
    )  # fmt: skip
