"""Limits of levels, gaps and changes, by the method that belongs to the outcome.

Each function reads the table that a numbered SQL file has laid out and writes the table that
the next file joins. Limits are in the figure's unit and stand round its ``estimate``: the
figure from its counts, unrounded, or the published one where the limits are published.
"""

from __future__ import annotations

from pathlib import Path

import duckdb
import numpy as np

from sendgap.build.columns import Columns, read, rows_where, stacked, write
from sendgap.errors import FiguresError, Problem
from sendgap.statistics.errors import InputError
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.mover import difference, gap
from sendgap.statistics.proportions import gap_of_proportions, wilson
from sendgap.statistics.rates import rate
from sendgap.terms import IntervalType, Polarity

#: Most faulty figures that are named at once.
EXAMPLES = 10

_NONE: Columns = {
    "row_id": np.empty(0, np.int64), "estimate": np.empty(0), "lower": np.empty(0),
    "upper": np.empty(0),
}  # fmt: skip
_NAMED = Path(__file__).parent / "sql" / "named_figures.sql"


def of_levels(connection: duckdb.DuckDBPyConnection) -> None:
    """``counted`` to ``level_limits``: Wilson's, a rate's or the published limits.

    Counts that cannot be true, or published limits the wrong way round or beside their own
    value, raise :class:`~sendgap.errors.FiguresError` with each figure's name.
    """
    counted = read(connection, "counted")
    made = [_NONE]
    for method in IntervalType:
        rows = rows_where(counted, counted["method"] == method.value)
        if not rows["row_id"].size:
            continue
        try:
            made.append(_limits("row_id", rows, _level(method, rows)))
        except InputError as fault:
            raise FiguresError(_named(connection, rows, fault)) from fault
    write(connection, "level_limits", stacked(made))


def _level(method: IntervalType, rows: Columns) -> Estimate:
    if method is IntervalType.PUBLISHED:
        return Estimate(rows["value"], rows["lower"], rows["upper"])
    scale = float(rows["scale"][0])
    part, whole = rows["numerator"], rows["denominator"]
    if method is IntervalType.RATE:
        return rate(events=part, exposure=whole, per=scale)
    return wilson(numerator=part, denominator=whole, per=scale)


def of_gaps(connection: duckdb.DuckDBPyConnection) -> None:
    """``gap_sides`` to ``gap_limits``: Newcombe's limits, which are MOVER of the two sides'.

    The SEN group as a part w of its own reference: the gap is 1 - w times the gap to the
    rest, who are different pupils, and so are its limits.
    """
    sides = read(connection, "gap_sides")
    made = []
    for polarity in (Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER):
        mine = sides["polarity"] == polarity.value
        apart = rows_where(sides, mine & ~sides["is_part"])
        made.append(_limits("slice_id area_id", apart, _gap(apart, polarity)))
        part = rows_where(sides, mine & sides["is_part"])
        made.append(_limits("slice_id area_id", part, _gap_to_whole(part, polarity)))
    write(connection, "gap_limits", stacked(made))
    connection.execute("drop table gap_sides")


def _gap(rows: Columns, polarity: Polarity) -> Estimate:
    sen, reference = (
        Estimate(*(rows[f"{side}_{name}"] for name in ("estimate", "lower", "upper")))
        for side in ("sen", "reference")
    )
    return gap(sen=sen, reference=reference, polarity=polarity)


def _gap_to_whole(rows: Columns, polarity: Polarity) -> Estimate:
    to_rest = gap_of_proportions(
        sen_numerator=rows["sen_numerator"],
        sen_denominator=rows["sen_denominator"],
        reference_numerator=rows["rest_numerator"],
        reference_denominator=rows["rest_denominator"],
        polarity=polarity,
    )
    rest = rows["rest_denominator"] / (rows["rest_denominator"] + rows["sen_denominator"])
    times = rest * rows["scale"]
    return Estimate(times * to_rest.value, times * to_rest.lower, times * to_rest.upper)


def of_changes(connection: duckdb.DuckDBPyConnection) -> None:
    """``change_sides`` to ``change_limits``: of a level or a gap since the period before and
    since the baseline, by MOVER. The two periods' pupils are taken to be different ones:
    where they recur the limits are wider than they need be."""
    sides = read(connection, "change_sides")
    now = Estimate(sides["estimate"], sides["lower"], sides["upper"])
    columns = {name: sides[name] for name in ("slice_id", "area_id")}
    for since in ("previous", "baseline"):
        before = Estimate(*(sides[f"{since}_{name}"] for name in ("estimate", "lower", "upper")))
        moved = difference(now, before)
        columns |= {f"{since}_lower": moved.lower, f"{since}_upper": moved.upper}
    write(connection, "change_limits", columns)
    connection.execute("drop table change_sides")


def _limits(keys: str, rows: Columns, made: Estimate) -> Columns:
    return {key: rows[key] for key in keys.split()} | {
        "estimate": made.value, "lower": made.lower, "upper": made.upper,
    }  # fmt: skip


def _named(
    connection: duckdb.DuckDBPyConnection, rows: Columns, fault: InputError
) -> list[Problem]:
    """The figures that a fault was found in, by the names they are published under."""
    ids = [int(rows["row_id"][row[0]]) for row in fault.rows[:EXAMPLES]]
    found = connection.execute(_NAMED.read_text(encoding="utf-8"), {"rows": ids}).fetchall()
    more = len(fault.rows) - len(ids)
    problems = [Problem(where, f"{what}: {fault.found}", fault.write) for where, what in found]
    if more > 0:
        problems.append(Problem("and", f"{more} more", fault.write))
    return problems
