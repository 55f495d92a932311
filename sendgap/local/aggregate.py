"""Pupil rows to numbers by school, SEN group, outcome and year, counted in memory.

The pupil rows are a pandas DataFrame, Arrow table or DuckDB relation of checked rows, one a
pupil and school year:

======================== ===========================================================
column                   holds
======================== ===========================================================
``urn``                  the school's number, text
``time_period``          the school year, as ``202425``
``sen``                  a SEN code of ``local.yaml``: N, K, E, and S, A, P until 2014/15
``primary_need``         the value of a ``need:`` breakdown (``asd``), or missing
``home_dspl``            the DSPL area where the pupil lives, or missing
``possible_sessions``,   whole numbers, missed no more than possible; both missing where
``missed_sessions``      the pupil is in no absence return
``suspensions``          a whole number, or missing where there is no return of them
``permanently_excluded`` 0 or 1, or missing likewise
an indicator's id        0 or 1 for a proportion, a number for a score, missing where the
                         pupil is not in the cohort
======================== ===========================================================

Columns that a return has not may be left out, except the first three. Rows are never
written anywhere; what is given back is :class:`~sendgap.local.counts.Counts`.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, cast

import duckdb
import numpy as np
import pandas as pd

from sendgap.errors import Problem, RefusedError
from sendgap.local.counts import FIGURES, KEYS, ROLL, Counts
from sendgap.local.measures import Counting, LocalMeasure, LocalMeasures
from sendgap.local.places import Places, UnitKind
from sendgap.terms import SenGroup

_SQL = Path(__file__).parent / "sql"
_NEEDED = ("urn", "time_period", "sen")

#: The query of each way of counting.
_QUERIES = {
    Counting.SESSIONS: "sessions",
    Counting.SESSIONS_SHARE: "sessions_share",
    Counting.EVENTS: "outcome",
    Counting.ANY: "any",
    Counting.NEED: "cut",
    Counting.HOME: "cut",
    Counting.OUTCOME: "outcome",
    Counting.MEAN: "outcome",
}


@cache
def _sql(name: str) -> str:
    return (_SQL / f"{name}.sql").read_text(encoding="utf-8")


def count_pupils(pupils: Any, measures: LocalMeasures, places: Places, source: str = "") -> Counts:
    """Count every outcome whose columns the return has.

    Raises :class:`~sendgap.errors.RefusedError` where one of the first three columns is not
    there, or a SEN code is not known.
    """
    # Without a folder for what does not fit in memory, no row of a pupil is ever on disk.
    connection = duckdb.connect(":memory:", config={"temp_directory": ""})
    try:
        rows = _relation(connection, pupils)
        absent = [name for name in _NEEDED if name not in rows.columns]
        if absent:
            raise RefusedError(
                Problem("pupils", f"no column {name}", "give it for every pupil") for name in absent
            )
        counted = [_roll(rows)]
        for measure in measures.measures.values():
            if measure.count in _QUERIES and _columns(measure) <= set(rows.columns):
                counted.append(_counted(rows, measure, places))
    finally:
        connection.close()
    return Counts(_in_groups(pd.concat(counted, ignore_index=True), measures), source)


def _relation(connection: duckdb.DuckDBPyConnection, pupils: Any) -> duckdb.DuckDBPyRelation:
    """The rows as a relation; nothing is copied."""
    if isinstance(pupils, duckdb.DuckDBPyRelation):
        return pupils
    if isinstance(pupils, pd.DataFrame):
        return connection.from_df(pupils)
    return connection.from_arrow(pupils)


def _columns(measure: LocalMeasure) -> set[str]:
    """The columns of a return that a measure is counted from."""
    named = {measure.numerator, measure.denominator} - {""}
    return named or {measure.indicator_id}


def _ask(
    rows: duckdb.DuckDBPyRelation, query: str, measure: LocalMeasure | None = None
) -> pd.DataFrame:
    """A named query over the columns that it calls numerator and denominator."""
    picked = [duckdb.ColumnExpression(name) for name in _NEEDED]
    if measure:
        numerator = measure.numerator or measure.indicator_id
        picked.append(duckdb.ColumnExpression(numerator).alias("numerator"))
        picked.append(duckdb.ConstantExpression(measure.least).alias("least"))
    if measure and measure.denominator:
        picked.append(duckdb.ColumnExpression(measure.denominator).alias("denominator"))
    answer = rows.select(*picked).query("counted", _sql(query))
    found: pd.DataFrame = cast(duckdb.DuckDBPyRelation, answer).df()
    return found


def _roll(rows: duckdb.DuckDBPyRelation) -> pd.DataFrame:
    """Everyone on roll."""
    found = _ask(rows, "group").rename(columns={"urn": "place"})
    return found.assign(place_kind="school", indicator_id=ROLL, breakdown="total")


def _counted(rows: duckdb.DuckDBPyRelation, measure: LocalMeasure, places: Places) -> pd.DataFrame:
    """One measure's numbers by school, or by the area where pupils live."""
    found = _ask(rows, _QUERIES[measure.count], measure)
    if measure.count is Counting.NEED:
        return _by_need(found, measure)
    if measure.count is Counting.HOME:
        return _by_home(found, measure, places)
    found = found.rename(columns={"urn": "place"})
    return found.assign(place_kind="school", indicator_id=measure.indicator_id, breakdown="total")


def _pupils_only(found: pd.DataFrame) -> pd.DataFrame:
    """The figures of rows that count pupils, from ``pupils`` and ``numerator``."""
    part, whole = found["numerator"], found["pupils"]
    return found.assign(
        denominator=whole, largest=1.0, numerator_squares=part, products=part,
        denominator_squares=whole,
    )  # fmt: skip


def _by_need(found: pd.DataFrame, measure: LocalMeasure) -> pd.DataFrame:
    """Pupils by primary need, of the group's pupils; without one the need is not recorded."""
    found = found.rename(columns={"urn": "place", "pupils": "numerator"})
    together = ["place", "time_period", "sen"]
    found["pupils"] = found.groupby(together)["numerator"].transform("sum")
    found["breakdown"] = "need:" + found.pop("cut").replace("", "unknown")
    found = found.assign(place_kind="school", indicator_id=measure.indicator_id)
    return _pupils_only(found)


def _by_home(found: pd.DataFrame, measure: LocalMeasure, places: Places) -> pd.DataFrame:
    """Pupils by the DSPL area they live in, and those of them at a school in it."""
    own = {
        (urn, period, unit.unit_id)
        for unit in places.units([UnitKind.DSPL])
        for period in found["time_period"].unique()
        for urn in places.schools_of(unit, period)
    }
    areas = {unit.unit_id for unit in places.units([UnitKind.DSPL])}
    found = found[found["cut"].isin(areas)]
    same = [
        key in own for key in zip(found["urn"], found["time_period"], found["cut"], strict=True)
    ]
    found = found.assign(numerator=found["pupils"] * np.asarray(same, dtype=float)).rename(
        columns={"cut": "place"}
    )
    together = ["place", "time_period", "sen"]
    found = found.groupby(together, as_index=False)[["pupils", "numerator"]].sum()
    found = found.assign(place_kind="home", indicator_id=measure.indicator_id, breakdown="total")
    return _pupils_only(found)


def _in_groups(found: pd.DataFrame, measures: LocalMeasures) -> pd.DataFrame:
    """SEN codes to groups, rows of codes of one group added up."""
    unknown = sorted(set(found["sen"].dropna().astype(str)) - measures.sen_codes.keys())
    if unknown or found["sen"].isna().any():
        known = ", ".join(measures.sen_codes)
        raise RefusedError(
            [Problem("sen", f"codes {', '.join(unknown) or 'missing'}", f"write one of {known}")]
        )
    groups = {code: str(group) for code, group in measures.sen_codes.items()}
    found = found.assign(sen_group=found["sen"].astype(str).map(groups))
    if (found.groupby("sen_group")["sen"].nunique() > 1).any():
        how = dict.fromkeys(FIGURES, "sum") | {"largest": "max"}
        found = found.groupby(list(KEYS), as_index=False).agg(how)
    needs = [m.indicator_id for m in measures.measures.values() if m.count is Counting.NEED]
    without = found["indicator_id"].isin(needs) & (found["sen_group"] == SenGroup.NO_SEN)
    found = found.loc[~without, [*KEYS, *FIGURES]]
    return found.sort_values(list(KEYS), kind="stable").reset_index(drop=True)
