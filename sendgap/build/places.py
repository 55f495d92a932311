"""Where authorities stand, as far as chance allows: positions by interval, ranges of ranks."""

from __future__ import annotations

import duckdb
import numpy as np

from sendgap.build.columns import Columns, read, rows_where, stacked, write
from sendgap.statistics.comparison import position
from sendgap.statistics.estimate import Estimate, standard_error
from sendgap.statistics.inputs import Floats
from sendgap.statistics.proportions import wilson
from sendgap.statistics.ranks import rank_interval
from sendgap.terms import Polarity

_KEYS = ("slice_id", "area_id", "comparator")


def of_positions(connection: duckdb.DuckDBPyConnection) -> None:
    """``testable`` to ``tested``: the word of every comparison that an interval decides.

    Approximate limits are Wilson's round the published percentage, as if an earlier year's
    number of pupils had had it.
    """
    testable = read(connection, "testable")
    words = np.empty(testable["slice_id"].size, dtype=object)
    for polarity in Polarity:
        mine = testable["polarity"] == polarity.value
        rows = rows_where(testable, mine)
        words[mine] = position(
            _interval(rows), comparator=rows["tested_against"], polarity=polarity
        )
    write(connection, "tested", {key: testable[key] for key in _KEYS} | {"word": words})


def _interval(rows: Columns) -> Estimate:
    """The limits held, and approximate ones where there are none."""
    value, lower, upper = (rows[name].copy() for name in ("estimate", "lower", "upper"))
    few = np.isnan(lower)
    pupils, share = rows["cohort"][few], rows["value"][few] / rows["scale"][few]
    near = wilson(numerator=share * pupils, denominator=pupils)
    for array, made in ((value, near.value), (lower, near.lower), (upper, near.upper)):
        array[few] = made * rows["scale"][few]
    return Estimate(value, lower, upper)


def of_ranks(connection: duckdb.DuckDBPyConnection) -> None:
    """``rank_sides`` to ``rank_limits``: how far each rank of the latest period could turn.

    Figures are ranked as printed; their standard errors are what their limits imply. An area
    without limits keeps its figure in every draw and has no range.
    """
    sides = read(connection, "rank_sides")
    error = standard_error(Estimate(sides["estimate"], sides["lower"], sides["upper"]))
    made = []
    for polarity in (Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER):
        mine = sides["polarity"] == polarity.value
        rows = rows_where(sides, mine)
        if rows["slice_id"].size:
            made.append(_ranges(rows, error[mine], polarity))
    none: Columns = {name: np.empty(0, np.int32) for name in ("slice_id", "area_id")}
    none |= {name: np.empty(0) for name in ("rank_lower", "rank_upper")}
    write(connection, "rank_limits", stacked([*made, none]), whole=("rank_lower", "rank_upper"))
    connection.execute("drop table rank_sides")


def _ranges(rows: Columns, error: Floats, polarity: Polarity) -> Columns:
    """One table for each slice, an area in a column of its own."""
    slices, at_slice = np.unique(rows["slice_id"], return_inverse=True)
    areas, at_area = np.unique(rows["area_id"], return_inverse=True)
    values, errors = (np.full((slices.size, areas.size), np.nan) for _ in range(2))
    values[at_slice, at_area], errors[at_slice, at_area] = rows["value"], error
    ranges = rank_interval(values=values, standard_errors=errors, polarity=polarity)
    return {
        "slice_id": rows["slice_id"],
        "area_id": rows["area_id"],
        "rank_lower": ranges.lower[at_slice, at_area],
        "rank_upper": ranges.upper[at_slice, at_area],
    }
