"""Figures of publishers' files by period, area and group, to be held against each other."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from functools import cache
from pathlib import Path

import pandas as pd

from tests.oracle.inputs import ENGLAND, listed
from tests.oracle.publishers import Key, Names, number, share, table

BOARD = "tidy/send_ap_dashboard"
SEN2 = "raw/sen2_2025/education-health-and-care-plans_2025.zip"
EARLIER = "raw/sen2_2023/sen2_mi.csv.gz"
LAIT = "lait/bds_long_0.parquet"
SAMPLES = "raw/ees_upload_samples"

Row = Mapping[str, str]
Value = Callable[[Row], Fraction | None]
Group = Callable[[Row], str | None]
Label = Callable[[str], str]


@dataclass(frozen=True, slots=True, eq=False)
class Files:
    """The publishers' files and the spellings of areas."""

    data: Path
    names: Names

    def read(self, path: str, member: str = "", names: tuple[str, ...] = ()) -> pd.DataFrame:
        """One file as text; the one member of an uploaded sample is called like its zip."""
        if path.startswith(SAMPLES) and not member:
            member = f"{Path(path).stem}.csv"
        return table(self.data / path, member, names)

    def rows(self, path: str, member: str = "", **where: str | Iterable[str]) -> list[Row]:
        """The rows of a file whose columns hold one of the values asked for."""
        frame = self.read(path, member)
        for column, values in where.items():
            frame = frame[frame[column].isin(listed(values))]
        return frame.to_dict("records")  # type: ignore[return-value]

    def sen2(self, member: str, topic: str, **where: str | Iterable[str]) -> list[Row]:
        """The rows of a topic of the newest collection of plans."""
        return self.rows(SEN2, f"data/{member}.csv", breakdown_topic=topic, **where)

    def lait(self, measures: Mapping[str, str], period: Label) -> dict[Key, Fraction]:
        """Figures of the Local authority interactive tool: period, area, group."""
        frame = self.read(LAIT)
        frame = frame[frame["Short Desc"].isin(list(measures))].drop_duplicates()
        found: dict[Key, Fraction] = {}
        for measure, name, year, value in zip(
            frame["Short Desc"], frame["LA and Regions"], frame["Years"], frame["Values"],
            strict=True,
        ):  # fmt: skip
            code, figure = self.names.code("name", name), number(_clean(value))
            if code and figure is not None:
                found.setdefault((period(year), code, measures[measure]), figure)
        return found

    def area(self, row: Row) -> str | None:
        """The area of a row in the form that the Department's open files share."""
        if row["geographic_level"] == "National":
            return ENGLAND
        if row["geographic_level"] == "Regional":
            return self.names.code("name", row["region_name"])
        if row.get("old_la_code"):
            return self.names.code("la_code", row["old_la_code"])
        return self.names.code("gss", row.get("new_la_code", "")) or self.names.code(
            "name", row["la_name"]
        )

    def cells(
        self, rows: Iterable[Row], value: Value, group: Group | str = "all_pupils",
        period: Label = str, label: str = "time_period",
    ) -> dict[Key, Fraction]:  # fmt: skip
        """Figures of an open file: period, area, group; a place printed twice keeps the first."""
        found: dict[Key, Fraction] = {}
        for row in rows:
            code, name = self.area(row), group if isinstance(group, str) else group(row)
            figure = value(row) if code and name else None
            if code and name and figure is not None:
                found.setdefault((period(row[label]), code, name), figure)
        return found


def _clean(text: object) -> str:
    """A number without a float's noise: 64.900000000000006 was printed 64.9."""
    value = number(text)
    return str(text) if value is None else str(round(value, 9))


# What a row says -----------------------------------------------------------------------


def one(column: str) -> Value:
    """The figure in a column."""
    return lambda row: number(row[column])


def times(factor: int | Fraction, column: str) -> Value:
    """The figure in a column, in another unit."""
    return lambda row: None if (figure := number(row[column])) is None else figure * factor


def total(*columns: str) -> Value:
    """Columns added up; one with a minus is taken away. No figure where one is missing."""

    def value(row: Row) -> Fraction | None:
        figures = [number(row[column.removeprefix("-")]) for column in columns]
        signs = [-1 if column.startswith("-") else 1 for column in columns]
        known = [sign * f for sign, f in zip(signs, figures, strict=True) if f is not None]
        return sum(known, Fraction(0)) if len(known) == len(columns) else None

    return value


def known(*columns: str) -> Value:
    """Columns added up, those without a figure left out; none where none has one."""

    def value(row: Row) -> Fraction | None:
        figures = [figure for column in columns if (figure := number(row[column])) is not None]
        return sum(figures, Fraction(0)) if figures else None

    return value


def percent(part: str, whole: str) -> Value:
    """A percentage from two counts."""
    return lambda row: share(row[part], row[whole])


def mean(part: str, whole: str) -> Value:
    """A sum over its number."""
    return lambda row: None if (found := share(row[part], row[whole])) is None else found / 100


def named(column: str, groups: Mapping[str, str]) -> Group:
    """The group that a column names."""
    return lambda row: groups.get(row[column])


def added(items: Iterable[Mapping[Key, Fraction]]) -> dict[Key, Fraction]:
    """Figures of one place in several tables added up."""
    found: dict[Key, Fraction] = {}
    for figures in items:
        for key, figure in figures.items():
            found[key] = found.get(key, Fraction(0)) + figure
    return found


SEN = {
    "No SEN": "no_sen", "SEN support": "sen_support", "EHC plan": "ehc_plan",
    "EHC plan or Statement": "ehc_plan", "All SEN": "any_sen",
    "No identified SEN": "no_sen", "Identified SEN": "any_sen", "EHCP or Statement": "ehc_plan",
}  # fmt: skip

# Periods -------------------------------------------------------------------------------


@cache
def school_year(label: str) -> str:
    """The school year that a year label ends in; a note behind the year is left out.

    >>> school_year("2025 (prov)")
    '202425'
    """
    year = int(label[:4])
    return f"{year - 1}{year % 100:02d}"


@cache
def school_year_from(label: str) -> str:
    """The school year that a year label begins.

    >>> school_year_from("2021")
    '202122'
    """
    return f"{label[:4]}{(int(label[:4]) + 1) % 100:02d}"


@cache
def school_year_of(label: str) -> str:
    """A school year from "2023/24" or from the year it ends in.

    >>> school_year_of("2023/24"), school_year_of("2024")
    ('202324', '202324')
    """
    return label[:4] + label[5:7] if "/" in label else school_year(label)
