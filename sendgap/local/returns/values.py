"""A column's text cells as values, with a mark on those that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pandas as pd

from sendgap.local.returns.kinds import Column, ColumnKind

_YEAR = r"^(?:20)(\d{2})[/\-\u2013]?(?:20)?(\d{2})$"


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may name: schools by URN, DSPL areas by lower-case id or name, needs by
    lower-case spelling, and breakdowns."""

    schools: frozenset[str]
    dspls: Mapping[str, str]
    needs: Mapping[str, str]
    breakdowns: frozenset[str]


def values(cells: pd.Series, column: Column, known: Known) -> tuple[pd.Series, pd.Series]:
    """The values, missing where a cell is empty, a mark or wrong, and which are wrong.

    Whole numbers and numbers come as floats, school years as ``202425``, dates as
    timestamps, everything else as text.
    """
    filled = cells != ""
    if column.marks:
        filled &= ~cells.str.lower().isin([mark.lower() for mark in column.marks])
    found = _READERS[column.kind](cells.where(filled), column, known)
    return found, filled & found.isna()


def _text(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    most = 40 if column.kind is ColumnKind.CODE else 120
    return cells.where(cells.str.len() <= most)


def _school(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return cells.where(cells.isin(known.schools))


def _named(cells: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return cells.str.lower().map(names).astype(object)


def _dspl(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return _named(cells, known.dspls)


def _need(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return _named(cells, known.needs)


def _choice(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return _named(cells, {value.lower(): value for value in column.values})


def _period(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    parts = cells.str.extract(_YEAR)
    first, last = (pd.to_numeric(parts[place]) for place in (0, 1))
    follows = last == (first + 1) % 100
    return ("20" + parts[0] + parts[1]).where(follows)


def _day(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    iso = pd.to_datetime(cells.where(cells.str.match(r"^\d{4}-\d\d-\d\d$", na=False)),
                         format="%Y-%m-%d", errors="coerce")  # fmt: skip
    british = pd.to_datetime(cells.where(cells.str.match(r"^\d\d?/\d\d?/\d{4}$", na=False)),
                             format="%d/%m/%Y", errors="coerce")  # fmt: skip
    return iso.fillna(british)


def _whole(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    numbers = pd.to_numeric(cells.where(cells.str.match(r"^\d{1,9}(?:\.0+)?$", na=False)))
    return _within(numbers, column)


def _number(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    numbers = pd.to_numeric(cells, errors="coerce")
    return _within(numbers.where(np.isfinite(numbers)), column)


def _percent(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    numbers = pd.to_numeric(cells.str.removesuffix("%").str.strip(), errors="coerce")
    return numbers.where((numbers >= 0) & (numbers <= 100))


def _word(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    """The one of the words that stands in a text."""
    lower = cells.str.lower()
    found = pd.DataFrame({word: lower.str.contains(word, regex=False) for word in column.values})
    found = found.fillna(False).astype(bool)
    return found.idxmax(axis=1).where(found.sum(axis=1) == 1)


def _within(numbers: pd.Series, column: Column) -> pd.Series:
    return numbers.where((numbers >= column.least) & (numbers <= column.most))


def _flag(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return cells.map({"0": 0.0, "1": 1.0}).astype(float)


def _breakdown(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return cells.where(cells.isin(known.breakdowns))


_READERS = {
    ColumnKind.CODE: _text,
    ColumnKind.NAME: _text,
    ColumnKind.SCHOOL: _school,
    ColumnKind.PERIOD: _period,
    ColumnKind.DAY: _day,
    ColumnKind.WHOLE: _whole,
    ColumnKind.NUMBER: _number,
    ColumnKind.PERCENT: _percent,
    ColumnKind.WORD: _word,
    ColumnKind.FLAG: _flag,
    ColumnKind.CHOICE: _choice,
    ColumnKind.DSPL: _dspl,
    ColumnKind.SEN: _choice,
    ColumnKind.NEED: _need,
    ColumnKind.INDICATOR: _choice,
    ColumnKind.BREAKDOWN: _breakdown,
}
