"""Checks every row of a return: clean values, and each problem with its row.

A row with a fault is left out of the clean values; whether the rest may be loaded without
it is for the person to say (:mod:`sendgap.local.load`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

import pandas as pd

from sendgap.errors import Problem, RefusedError
from sendgap.local.returns.kinds import Column, ColumnKind, ReturnKind, ReturnKinds
from sendgap.local.returns.problems import RowProblem
from sendgap.local.returns.read import Cells
from sendgap.local.returns.values import SHORTENED, YEAR, Known, values
from sendgap.text import nearest

#: Words for what stands in a cell that could not be read.
_QUOTED = 40
#: Values from which on a column that is all within 0 to 1 is not taken for percentages.
_MANY = 10


@dataclass(frozen=True, slots=True, eq=False)
class Checked:
    """A return of one kind: ``rows`` are the clean ones, ``total`` how many there were."""

    kind: ReturnKind
    name: str
    rows: pd.DataFrame
    problems: tuple[RowProblem, ...]
    total: int

    @property
    def left_out(self) -> int:
        """How many rows have a fault."""
        return self.total - len(self.rows)


def check(cells: Cells, kinds: ReturnKinds, known: Known, *, kind: str = "") -> Checked:
    """Check a file; raises :class:`RefusedError` where its columns are of no known kind, or
    hold shares and not percentages."""
    asked = _asked(cells, kinds, kind) if kind else _recognised(cells, kinds)
    table = _rows(cells, asked)
    faults: list[RowProblem] = []
    clean = pd.DataFrame(index=table.index)
    for column in asked.columns.values():
        if column.name in table:
            clean[column.name], wrong = values(table[column.name], column, known)
            faults += _wrong(table[column.name], wrong, column)
            faults += _missing(table[column.name], column)
    _percentages(asked, clean, cells.name)
    faults += _across(asked, clean, table)
    bad = {fault.row for fault in faults}
    good = clean[~clean.index.isin(bad)].reset_index(drop=True)
    return Checked(asked, cells.name, good, tuple(sorted(faults, key=_order)), len(table))


def _percentages(kind: ReturnKind, clean: pd.DataFrame, name: str) -> None:
    """Refuse a column of shares in the place of percentages: every value within 0 to 1."""
    given = [
        c.name for c in kind.columns.values() if c.kind is ColumnKind.PERCENT if c.name in clean
    ]
    problems = [
        Problem(f"{name}, column {column}", f"no value above 1 in {filled} rows",
                "write percentages, as 23.4 and not 0.234")
        for column in given
        if (filled := int(clean[column].notna().sum())) >= _MANY and clean[column].max() <= 1
    ]  # fmt: skip
    if problems:
        raise RefusedError(problems)


def _order(fault: RowProblem) -> tuple[int, str, str]:
    return fault.row, fault.column, fault.found


def _asked(cells: Cells, kinds: ReturnKinds, kind: str) -> ReturnKind:
    """The kind that was asked for; refused where the file has the columns of another."""
    asked = kinds.kind(kind)
    found = kinds.of_columns(tuple(cells.table.columns))
    if found and found is not asked and not kinds.fits(asked, tuple(cells.table.columns)):
        raise RefusedError(
            [Problem(cells.name, f"the columns of {found.kind}, not of {kind}",
                     f"leave --kind out, or give a file of {kind}")]
        )  # fmt: skip
    return asked


def _recognised(cells: Cells, kinds: ReturnKinds) -> ReturnKind:
    heads = tuple(cells.table.columns)
    found = kinds.of_columns(heads) or kinds.nearest(heads)
    if found is None:
        kinds_said = "; ".join(f"{k.kind}: {_needed(k)}" for k in kinds.kinds.values())
        raise RefusedError(
            [Problem(cells.name, f"columns {_few(cells.table.columns)} are of no known return",
                     f"give the columns of one of these ({kinds_said})")]
        )  # fmt: skip
    return found


def _needed(kind: ReturnKind) -> str:
    return ", ".join(c.name for c in kind.columns.values() if c.needed)


def _few(names: pd.Index) -> str:
    said = ", ".join(str(name) for name in list(names)[:8])
    return said + (f" and {len(names) - 8} more" if len(names) > 8 else "")


def _rows(cells: Cells, kind: ReturnKind) -> pd.DataFrame:
    """The file's rows by their number, without empty ones and with known columns only."""
    table = cells.table
    problems = [
        Problem(cells.name, f"no column {c.name}", f"give it in every row: {c.says}")
        for c in kind.columns.values()
        if c.needed and c.name not in table
    ]
    problems += [
        Problem(cells.name, f"column {name} is not known",
                _better(name, [c for c in kind.columns if c not in table]))
        for name in table.columns
        if name not in kind.columns
    ]  # fmt: skip
    if problems:
        raise RefusedError(problems)
    table = table.set_axis(range(cells.first, cells.first + len(table)))
    filled = table[(table != "").any(axis=1)]
    if filled.empty:
        raise RefusedError([Problem(cells.name, "no row", "give a row for each record")])
    return filled


def _better(name: str, free: list[str]) -> str:
    """What to do with a column that is not known: the name that may be meant."""
    meant = nearest(name, free, most=1)
    return f"is {meant[0]} meant? Else leave it out" if meant else "leave it out"


def _wrong(cells: pd.Series, wrong: pd.Series, column: Column) -> Iterator[RowProblem]:
    said = {
        ColumnKind.SCHOOL: "a school that is not in the school list",
        ColumnKind.SEN: "an unknown SEN code",
        ColumnKind.DSPL: "a DSPL area that is not in the groups list",
    }.get(column.kind, "")
    write = f"write {column.says}" + ("" if column.needed else ", or leave the cell empty")
    for row, cell in cells[wrong].items():
        quoted = f"“{cell[:_QUOTED]}”"
        found = f"{quoted}, {said}" if said else quoted
        if column.kind is ColumnKind.CODE and re.match(SHORTENED, cell):
            found = f"{quoted}, a number that a spreadsheet has shortened"
        if column.kind is ColumnKind.PERIOD and re.match(YEAR, cell):
            found = f"{quoted}, no school year that has begun"
        yield RowProblem(int(str(row)), column.name, found, write)


def _missing(cells: pd.Series, column: Column) -> Iterator[RowProblem]:
    if column.needed:
        for row in cells.index[cells == ""]:
            yield RowProblem(int(row), column.name, "nothing", f"write {column.says}")


def _across(kind: ReturnKind, clean: pd.DataFrame, table: pd.DataFrame) -> Iterator[RowProblem]:
    """Faults that two cells make together, or a row with another row."""
    for low, high in kind.no_more_than:
        if low in clean and high in clean:
            for row in clean.index[clean[low] > clean[high]]:
                found = f"{clean[low][row]:.0f}, above {high} of {clean[high][row]:.0f}"
                yield RowProblem(int(row), low, found, f"write a number no larger than {high}")
    for one, other in kind.together:
        yield from _together(table, one, other)
    for day in (*kind.within_year, *kind.by_year_end):
        if day in clean:
            yield from _within_year(clean, table, day, can_be_before=day in kind.by_year_end)
    yield from _twice(kind, clean)


def _together(table: pd.DataFrame, one: str, other: str) -> Iterator[RowProblem]:
    if one not in table and other not in table:
        return
    for first, second in ((one, other), (other, one)):
        has = table[first] != "" if first in table else pd.Series(False, index=table.index)
        lacks = table[second] == "" if second in table else pd.Series(True, index=table.index)
        for row in table.index[has & lacks]:
            yield RowProblem(int(row), second, f"nothing beside {first}", "write both or neither")


def _within_year(
    clean: pd.DataFrame, table: pd.DataFrame, day: str, *, can_be_before: bool
) -> Iterator[RowProblem]:
    """Days outside 1 September to 31 August of the row's school year, or only after it."""
    dated = clean[clean[day].notna() & clean["time_period"].notna()]
    began = dated["time_period"].str[:4].astype(int)
    year = dated[day].dt.year - (dated[day].dt.month < 9)
    for row in dated.index[(year > began) | ((year < began) & (not can_be_before))]:
        period = str(dated["time_period"][row])
        where = "after" if can_be_before else "outside"
        found = f"“{table[day][row]}”, {where} the school year {period[:4]}/{period[4:]}"
        since = "until" if can_be_before else f"from 1 September {period[:4]} to"
        write = f"write a date {since} 31 August 20{period[4:]}"
        yield RowProblem(int(row), day, found, write)


def _twice(kind: ReturnKind, clean: pd.DataFrame) -> Iterator[RowProblem]:
    """Rows that say again what an earlier one says of the same thing."""
    keys = [name for name in kind.unique if name in clean]
    whole = clean[clean[[k for k in keys if kind.columns[k].needed]].notna().all(axis=1)]
    again = whole.duplicated(subset=keys, keep="first")
    if not again.any():
        return
    firsts = {tuple(map(str, key)): row for row, *key in whole[~again][keys].itertuples(name=None)}
    for row, *key in whole[again][keys].itertuples(name=None):
        first = firsts[tuple(map(str, key))]
        found = f"the same {' and '.join(keys)} as row {first}"
        yield RowProblem(int(row), keys[0], found, "keep one of the two rows")
