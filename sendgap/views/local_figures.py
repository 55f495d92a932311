"""Cells of the local database as records, and what can be derived from shown ones alone."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sendgap.catalogue.model import Indicator
from sendgap.statistics.proportions import difference_of_proportions
from sendgap.terms import PROPORTIONS, Polarity, SenGroup
from sendgap.views import numbers

#: Fewest pupils for a word about better or worse, and fewest for reading one year by itself.
TESTED_FROM, ONE_YEAR_FROM = 30, 11

POOLED = "three years together"


@dataclass(frozen=True, slots=True)
class Cell:
    """One published cell; ``value`` is missing where ``symbol`` stands in its place."""

    unit_id: str
    name: str
    sen_group: str
    breakdown: str
    time_period: str
    years: int
    pupils: float | None
    numerator: float | None
    value: float | None
    lower: float | None
    upper: float | None
    symbol: str


def cells(frame: pd.DataFrame) -> list[Cell]:
    """Rows of ``LocalRelease.cells`` as records."""
    figures = ("pupils", "numerator", "value", "lower", "upper")
    found = []
    for row in frame.to_dict("records"):
        pupils, numerator, value, lower, upper = (_number(row[name]) for name in figures)
        found.append(
            Cell(
                unit_id=str(row["unit_id"]),
                name=str(row["name"]),
                sen_group=str(row["sen_group"]),
                breakdown=str(row["breakdown"]),
                time_period=str(row["time_period"]),
                years=int(row["years"]),
                pupils=pupils,
                numerator=numerator,
                value=value,
                lower=lower,
                upper=upper,
                symbol=str(row["symbol"] or ""),
            )
        )
    return found


def _number(value: Any) -> float | None:
    return None if value is None or math.isnan(value) else float(value)


def decimals(indicator: Indicator, pupils: float | None) -> int:
    """Decimals a local figure is shown with: none below a hundred pupils."""
    if indicator.value_type.value in ("session_rate", "score"):
        return 1
    if indicator.value_type.value == "event_rate":
        return 2 if (pupils or 0) >= 1000 else 1 if (pupils or 0) >= 100 else 0
    return 1 if (pupils or 0) >= 100 else 0


def printed(indicator: Indicator, cell: Cell | None) -> str:
    """A cell's figure with its unit, or the symbol's letter."""
    if cell is None:
        return "x"
    if cell.value is None:
        return cell.symbol or "none"
    return numbers.level(cell.value, indicator.unit, decimals(indicator, cell.pupils))


def gap(indicator: Indicator, sen: Cell | None, reference: Cell | None) -> tuple[float | None, int]:
    """How far the group does worse, from two shown figures, at the coarser of their decimals."""
    if sen is None or reference is None or sen.value is None or reference.value is None:
        return None, 0
    places = min(decimals(indicator, sen.pupils), decimals(indicator, reference.pupils))
    forth = round(reference.value, places) - round(sen.value, places)
    if indicator.polarity is Polarity.NONE:
        return None, 0
    signed = forth if indicator.polarity is Polarity.HIGHER_IS_BETTER else -forth
    return round(signed, places), places


def against_rest(indicator: Indicator, unit: Cell | None, whole: Cell | None) -> str:
    """Better, similar or worse than the rest of the authority, or why it is not said.

    The rest is the authority less the unit, both shown: a part is never compared with a
    whole that holds it. Newcombe's interval at 95%.
    """
    if unit is None or unit.value is None:
        return ""
    if indicator.value_type not in PROPORTIONS or unit.numerator is None:
        return "not tested: pupils' sessions or events go together"
    if (unit.pupils or 0) < TESTED_FROM:
        return f"not tested: fewer than {TESTED_FROM} pupils"
    if whole is None or whole.numerator is None or whole.pupils is None:
        return "not tested: the authority's number is not shown"
    rest = (whole.numerator - unit.numerator, whole.pupils - (unit.pupils or 0))
    if rest[1] < TESTED_FROM or not 0 <= rest[0] <= rest[1]:
        return "not tested: too few pupils in the rest of the authority"
    found = difference_of_proportions(
        first_numerator=unit.numerator, first_denominator=unit.pupils or 0,
        second_numerator=rest[0], second_denominator=rest[1], per=100,
    )  # fmt: skip
    low, high = float(found.lower), float(found.upper)
    if low <= 0 <= high:
        return "similar"
    if indicator.polarity is Polarity.NONE:
        return "higher" if low > 0 else "lower"
    good = (low > 0) == (indicator.polarity is Polarity.HIGHER_IS_BETTER)
    return "better" if good else "worse"


def flag(cell: Cell | None) -> str:
    """What to mind in one figure."""
    if cell is None or cell.value is None:
        return ""
    pupils = cell.pupils or 0
    parts = []
    if cell.years > 1:
        parts.append(POOLED)
    if pupils < ONE_YEAR_FROM:
        parts.append("fewer than 11 pupils: read with care")
    elif pupils < TESTED_FROM:
        parts.append("fewer than 30 pupils: one child changes it much")
    return "; ".join(parts)


def newest(found: Iterable[Cell]) -> Cell | None:
    """The newest of a unit's cells of one group: a single year where there is one."""
    ordered = sorted(found, key=lambda c: (c.time_period, -c.years))
    shown = [c for c in ordered if c.symbol != "x"]
    return next(reversed(shown or ordered), None)


def of_group(found: Iterable[Cell], group: SenGroup | str) -> list[Cell]:
    """The cells of one group."""
    return [cell for cell in found if cell.sen_group == group]
