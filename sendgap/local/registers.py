"""Surveys and registers: returns about people who answered, or about schools.

They have no SEN group and no table that could be added up by group, so they need no linear
programme. A rule that is plain and safe is enough: the authority's figure where there are
enough answers, and the areas' figures only where every one of them has enough. One area
left out could be found by subtracting the others. What was hidden of a school year stays
hidden, and so does what has moved by a few since it was last shown (R9).
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pandas as pd

from sendgap.local.disclosure.model import CELL_FIGURES, CELL_KEYS, Rule
from sendgap.local.places import Places, UnitKind
from sendgap.local.returns.check import Checked
from sendgap.statistics.proportions import wilson
from sendgap.terms import SenGroup, Symbol

#: Answers that a figure of people needs, and of each kind of answer; schools that one needs.
LEAST_ANSWERS, LEAST_EACH, LEAST_SCHOOLS = 10, 6, 3


@dataclass(frozen=True, slots=True)
class Register:
    """Numbers by DSPL area and school year: ``area`` is empty outside any area."""

    measure: str
    of_people: bool
    rows: pd.DataFrame


def register(checked: Checked, places: Places) -> Register:
    """Count a checked survey or register by area and year."""
    rows, kind = checked.rows, checked.kind
    numerator, denominator = kind.counted
    if numerator:
        counted = pd.DataFrame(
            {"area": rows["dspl_area"], "time_period": rows["time_period"],
             "numerator": rows[numerator], "denominator": rows[denominator]}
        )  # fmt: skip
    else:
        column, reached = kind.reached
        counted = pd.DataFrame(
            {"area": _areas(rows, places), "time_period": rows["time_period"],
             "numerator": rows[column].isin(reached).astype(float), "denominator": 1.0}
        )  # fmt: skip
    summed = counted.fillna({"area": ""}).groupby(["area", "time_period"], as_index=False).sum()
    return Register(kind.measure, bool(numerator), summed)


def _areas(rows: pd.DataFrame, places: Places) -> list[str]:
    """The DSPL area of each row: its own column, else its school's in that year."""
    given = rows["dspl_area"] if "dspl_area" in rows else pd.Series(None, index=rows.index)
    return [
        str(area) if isinstance(area, str) else _area_of(places, urn, period)
        for area, urn, period in zip(given, rows["urn"], rows["time_period"], strict=True)
    ]


def _area_of(places: Places, urn: str, period: str) -> str:
    for member in places.members:
        if member.kind is UnitKind.DSPL and member.urn == urn and member.in_period(period):
            return member.unit_id
    return ""


def cells(
    found: Register, places: Places, run_id: str, earlier: Iterable[pd.DataFrame] = ()
) -> pd.DataFrame:
    """The cells that may be shown, in the columns of every local cell.

    ``earlier`` are the cells of every release that was shown.
    """
    rows: list[tuple[object, ...]] = []
    told = _told(found, earlier)
    for period, year in found.rows.groupby("time_period", sort=True):
        areas = year[year["area"] != ""]
        whole = year[["numerator", "denominator"]].sum()
        before = told[told["time_period"] == period]
        all_shown = _enough(found, whole) and _holds(found, whole, _of_whole(before))
        shown = all_shown and len(areas) > 1 and len(areas) == len(year)
        shown = shown and all(_enough(found, row) for row in areas.itertuples())
        shown = shown and _areas_hold(found, areas, before)
        rows.append(_cell(found, places.authority.kind, places.authority.unit_id, str(period),
                          whole, run_id, is_shown=all_shown))  # fmt: skip
        for unit in places.units([UnitKind.DSPL]):
            mine = areas[areas["area"] == unit.unit_id][["numerator", "denominator"]].sum()
            rows.append(_cell(found, unit.kind, unit.unit_id, str(period), mine, run_id,
                              is_shown=shown and mine["denominator"] > 0))  # fmt: skip
    return pd.DataFrame(rows, columns=[*CELL_KEYS, *CELL_FIGURES])


def _told(found: Register, earlier: Iterable[pd.DataFrame]) -> pd.DataFrame:
    """What was shown or hidden of the measure before, release by release."""
    mine = [cells[cells["indicator_id"] == found.measure] for cells in earlier]
    columns = ["release", "time_period", "unit_kind", "unit_id", "pupils", "numerator"]
    if not mine:
        return pd.DataFrame(columns=columns)
    numbered = [cells.assign(release=number) for number, cells in enumerate(mine)]
    return pd.concat(numbered, ignore_index=True)[columns]


def _of_whole(before: pd.DataFrame) -> pd.DataFrame:
    return before[before["unit_kind"] == UnitKind.AUTHORITY]


def _areas_hold(found: Register, areas: pd.DataFrame, before: pd.DataFrame) -> bool:
    """Whether no release hid the areas, and none has moved by a few."""
    of_areas = before[before["unit_kind"] == UnitKind.DSPL]
    shown = of_areas.groupby("release")["numerator"].count()
    if (shown == 0).any():
        return False
    for unit_id, told in of_areas[of_areas["numerator"].notna()].groupby("unit_id"):
        mine = areas[areas["area"] == unit_id][["numerator", "denominator"]].sum()
        if not _holds(found, mine, told):
            return False
    return True


def _holds(found: Register, sums: pd.Series, told: pd.DataFrame) -> bool:
    """Whether none of the earlier figures was hidden, and each is as it was or far off."""
    few = LEAST_EACH if found.of_people else LEAST_SCHOOLS
    number, total = float(sums["numerator"]), float(sums["denominator"])
    for was_total, was_number in told[["pupils", "numerator"]].to_numpy(dtype=float):
        moved = (total - was_total, number - was_number,
                 (total - number) - (was_total - was_number))  # fmt: skip
        if math.isnan(was_number) or any(0 < abs(by) < few for by in moved):
            return False
    return True


def _enough(found: Register, row: Any) -> bool:
    number, total = float(row.numerator), float(row.denominator)
    if not found.of_people:
        return total >= LEAST_SCHOOLS
    return total >= LEAST_ANSWERS and min(number, total - number) >= LEAST_EACH


def _cell(
    found: Register, kind: UnitKind, unit_id: str, period: str, sums: pd.Series, run_id: str,
    *, is_shown: bool,
) -> tuple[object, ...]:  # fmt: skip
    key = (kind.value, unit_id, found.measure, "total", SenGroup.ALL_PUPILS.value, period, 1)
    if not is_shown:
        return (*key, *(math.nan,) * 6, Symbol.SUPPRESSED.value, Rule.HIDDEN.value, run_id)
    number, total = float(sums["numerator"]), float(sums["denominator"])
    share = wilson(numerator=number, denominator=total, per=100)
    decimals = 0 if total < 100 else 1
    return (
        *key, total, math.nan, number, round(float(share.value), decimals),
        round(float(share.lower), 1), round(float(share.upper), 1), "", "", run_id,
    )  # fmt: skip
