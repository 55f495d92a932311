"""Cells of the local database as records, and what can be derived from shown ones alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import pandas as pd

from sendgap.catalogue.model import Indicator
from sendgap.local.compare import (
    FEWEST_JUDGED,
    FEWEST_JUDGED_POOLED,
    Kind,
    beside_the_rest,
    gaps,
    periods_to,
)
from sendgap.terms import Polarity, Reference, SenGroup
from sendgap.views import numbers

_KEY = ["unit_kind", "unit_id", "sen_group", "breakdown", "time_period", "years"]

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
    gap: float | None = None
    position: str = ""


def cells(frame: pd.DataFrame, indicator: Indicator) -> list[Cell]:
    """Rows of ``LocalRelease.cells`` of one outcome as records, each with its gap to the
    outcome's reference and its position against the rest of the authority."""
    kind = Kind(indicator.value_type, indicator.polarity)
    reference = reference_of(indicator)
    wide: dict[tuple[object, ...], float] = {}
    if reference is not None:
        paired = gaps(frame, kind, reference.group)
        wide = dict(zip(_keys(paired), paired["gap"].astype(float), strict=True))
    part = beside_the_rest(frame, kind)
    places = dict(zip(_keys(part), part["position"], strict=True))
    figures = ("pupils", "numerator", "value", "lower", "upper")
    found = []
    for key, row in zip(_keys(frame), frame.to_dict("records"), strict=True):
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
                gap=_number(wide.get(key)),
                position=str(places.get(key, "")),
            )
        )
    return found


def reference_of(indicator: Indicator) -> Reference | None:
    """What a group is set against in local figures. Where the catalogue takes all pupils,
    because no publication tells of those without SEN, a return does."""
    found = indicator.default_reference
    return Reference.NO_SEN if found is Reference.ALL_PUPILS else found


def _keys(frame: pd.DataFrame) -> list[tuple[object, ...]]:
    return list(frame[_KEY].itertuples(index=False, name=None))


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
    level = numbers.level(cell.value, indicator.unit, decimals(indicator, cell.pupils))
    return f"{level} {cell.symbol}" if cell.symbol else level


def interval(indicator: Indicator, cell: Cell | None) -> str:
    """Between which figures a level may lie by chance, as it is served: "24% to 41%"."""
    if cell is None or cell.value is None or cell.lower is None or cell.upper is None:
        return "–"
    return between(indicator, (cell.lower, cell.upper), decimals(indicator, cell.pupils))


def between(indicator: Indicator, limits: tuple[float, float], places: int) -> str:
    """From one figure to another, a unit in words once: "24% to 41%", "0 to 7 per 100"."""
    low, high = (numbers.level(limit, indicator.unit, places) for limit in limits)
    return f"{low.removesuffix(' per 100')} to {high}"


def gap(indicator: Indicator, cell: Cell | None, reference: Cell | None) -> str:
    """A cell's gap as it is printed: the difference of the two printed figures."""
    if cell is None or cell.gap is None:
        return "–"
    beside = reference.pupils if reference else None
    places = max(decimals(indicator, cell.pupils), decimals(indicator, beside))
    return numbers.gap(cell.gap, indicator.unit, places)


def against_rest(indicator: Indicator, cell: Cell | None) -> str:
    """Better, similar or worse than the rest of the authority, or why it is not said."""
    if cell is None or cell.value is None:
        return "–"
    if cell.position != "not tested":
        return cell.position
    if indicator.polarity is Polarity.NONE:
        return "not tested: neither way is better"
    if not _is_testable(indicator):
        return "not tested: a rate, and not a share of pupils"
    fewest = FEWEST_JUDGED if cell.years == 1 else FEWEST_JUDGED_POOLED
    if (cell.pupils or 0) < fewest:
        return f"not tested: fewer than {fewest} pupils"
    return "not tested: the authority's figure is not shown"


def _is_testable(indicator: Indicator) -> bool:
    kind = Kind(indicator.value_type, indicator.polarity)
    return kind.counts_pupils or kind.varies_by_pupil


def flag(cell: Cell | None) -> str:
    """What to mind in one figure."""
    if cell is None or cell.value is None:
        return ""
    pupils = cell.pupils or 0
    parts = []
    if cell.years > 1:
        parts.append(POOLED)
    if pupils < FEWEST_JUDGED_POOLED:
        parts.append(f"u: fewer than {FEWEST_JUDGED_POOLED} pupils, too few to lean on")
    elif pupils < FEWEST_JUDGED:
        parts.append(f"fewer than {FEWEST_JUDGED} pupils: one child changes it much")
    return "; ".join(parts)


def newest(found: Iterable[Cell]) -> Cell | None:
    """The newest of a unit's cells of one group: a single year where there is one."""
    ordered = sorted(found, key=lambda c: (c.time_period, -c.years))
    shown = [c for c in ordered if c.symbol != "x"]
    return next(reversed(shown or ordered), None)


def same_years(
    indicator: Indicator, found: Iterable[Cell], group: SenGroup | None, own: Cell | None
) -> Cell | None:
    """A group's cell of the school years of ``own``, or its single years of them added up where
    all are shown; none where either is not there."""
    if group is None or own is None:
        return None
    years = (own.time_period, own.years)
    mine = of_group(found, group)
    return next((c for c in mine if (c.time_period, c.years) == years), None) or _together(
        indicator, mine, own
    )


def _together(indicator: Indicator, mine: Sequence[Cell], own: Cell) -> Cell | None:
    """Single years added up to those of a cell, where all of them are shown."""
    periods = periods_to(own.time_period, own.years) if own.years > 1 else []
    span = [c for c in mine if c.years == 1 and c.time_period in periods]
    numbers = [(c.numerator, c.pupils) for c in span]
    known = [(n, p) for n, p in numbers if n is not None and p]
    if not span or len(known) < own.years:
        return None
    number, pupils = sum(n for n, _ in known), sum(p for _, p in known)
    value = Kind(indicator.value_type, indicator.polarity).of(number, pupils)
    return replace(
        span[-1], time_period=own.time_period, years=own.years, pupils=pupils, numerator=number,
        value=value, lower=None, upper=None, symbol="", gap=None,
    )  # fmt: skip


def of_group(found: Iterable[Cell], group: SenGroup | str) -> list[Cell]:
    """The cells of one group."""
    return [cell for cell in found if cell.sen_group == group]
