"""A column's text cells as values, with a mark on those that cannot be."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from sendgap.local.returns.kinds import Column, ColumnKind

YEAR = r"^(?:20)([0-9]{2})[/\-\u2013]?(?:20)?([0-9]{2})$"
#: A day, and the midnight that spreadsheets put behind it.
_MIDNIGHT = r"[ T]00?:00(?::00(?:\.0+)?)?$"
_DAYS = (
    (r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "%Y-%m-%d"),
    (r"^[0-9]{1,2}/[0-9]{1,2}/[0-9]{4}$", "%d/%m/%Y"),
)
_MONTHS = {name: f"{number:02d}" for number, name in enumerate(
    "jan feb mar apr may jun jul aug sep oct nov dec".split(), 1)}  # fmt: skip
_NAMED_DAY = r"^([0-9]{1,2})[ -]([A-Za-z]{3})[a-z]*[ -](?:20)?([0-9]{2})$"
#: A long number as spreadsheets shorten it: digits are lost.
SHORTENED = r"^[0-9](?:\.[0-9]+)?[eE]\+?[0-9]+$"
_FLAGS = {"1": 1.0, "1.0": 1.0, "yes": 1.0, "y": 1.0, "true": 1.0,
          "0": 0.0, "0.0": 0.0, "no": 0.0, "n": 0.0, "false": 0.0}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Known:
    """What cells may name: schools by URN, DSPL areas by lower-case id or name, and needs by
    lower-case spelling."""

    schools: frozenset[str]
    dspls: Mapping[str, str]
    needs: Mapping[str, str]


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
    whole = cells.where(cells.str.len() <= most)
    if column.kind is ColumnKind.CODE:
        whole = whole.where(~whole.str.match(SHORTENED, na=False))
    return whole


def _school(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    numbers = cells.str.replace(r"\.0+$", "", regex=True)
    return numbers.where(numbers.isin(known.schools))


def _named(cells: pd.Series, names: Mapping[str, str]) -> pd.Series:
    return cells.str.lower().map(names).astype(object)


def _dspl(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return _named(cells, known.dspls)


def _need(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return _named(cells, known.needs)


def _choice(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    return _named(cells, {value.lower(): value for value in column.values})


def _period(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    """School years; one that has not begun is none."""
    parts = cells.str.extract(YEAR)
    first, last = (pd.to_numeric(parts[place]) for place in (0, 1))
    follows = (last == (first + 1) % 100) & (first + 2000 <= date.today().year)
    return ("20" + parts[0] + parts[1]).where(follows)


def _day(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    days = cells.str.replace(_MIDNIGHT, "", regex=True)
    named = days.str.extract(_NAMED_DAY)
    by_name = "20" + named[2] + "-" + named[1].str.lower().map(_MONTHS) + "-"
    days = (by_name + named[0].str.zfill(2)).fillna(days)
    found = pd.Series(pd.NaT, index=cells.index, dtype="datetime64[ns]")
    for pattern, written in _DAYS:
        matched = days.where(days.str.match(pattern, na=False))
        found = found.fillna(pd.to_datetime(matched, format=written, errors="coerce"))
    return found


def _whole(cells: pd.Series, column: Column, known: Known) -> pd.Series:
    numbers = pd.to_numeric(cells.where(cells.str.match(r"^[0-9]{1,9}(?:\.0+)?$", na=False)))
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
    return cells.str.lower().map(_FLAGS).astype(float)


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
}
