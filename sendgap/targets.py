"""Targets that people have set themselves: an optional CSV in the data folder.

One line for each area, outcome, SEN group and period. The file is read and checked whole;
every problem in it is reported at once, and then none of its targets is used.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Indicator
from sendgap.errors import Problem, TargetsError, UnknownNameError
from sendgap.terms import Polarity, SenGroup

NEEDED = ("area", "indicator", "sen_group", "time_period", "target", "source")
OVERRIDE = ("override", "override_by", "override_on")
#: Columns for an outcomes framework: what a board rates an item, and how its work goes.
RATED = ("override_rating", "delivery", "delivery_by", "delivery_on")
RATINGS = ("Green", "Amber", "Red")


@dataclass(frozen=True, slots=True)
class Override:
    """What somebody has entered beside what the figures say: words, name and day.

    ``rating`` is Green, Amber or Red where they rate it, else empty.
    """

    said: str
    by: str
    on: date
    rating: str = ""

    @property
    def reason(self) -> str:
        """The words without a rating that stands before them."""
        return self.said.removeprefix(f"{self.rating}:").strip() if self.rating else self.said


@dataclass(frozen=True, slots=True)
class Delivery:
    """How the work towards a target goes, entered by hand: a rating, a name and a day."""

    rating: str
    by: str
    on: date


@dataclass(frozen=True, slots=True)
class Target:
    """The level that a SEN group of an area is to reach in a period, and who set it.

    There is no ``value`` where only an override or a delivery rating is entered.
    """

    area_code: str
    indicator_id: str
    sen_group: SenGroup
    time_period: str
    value: float | None
    source: str
    override: Override | None = None
    delivery: Delivery | None = None


def read(path: Path, catalogue: Catalogue, areas: Areas) -> tuple[Target, ...]:
    """The file's targets, oldest period first; none where there is no file.

    Raises :class:`TargetsError` naming every problem with its line.
    """
    if not path.is_file():
        return ()
    problems: list[Problem] = []
    found: dict[tuple[str, ...], Target] = {}
    for line, row in _rows(path, problems):
        where = f"{path.name}, line {line}"
        reader = _Line(where, row, problems)
        target = reader.target(catalogue, areas)
        if target is None:
            continue
        key = (target.area_code, target.indicator_id, target.sen_group, target.time_period)
        if key in found:
            problems.append(Problem(where, "the same target stands twice", "keep one of them"))
        found[key] = target
    if problems:
        raise TargetsError(problems)
    return tuple(sorted(found.values(), key=lambda each: each.time_period))


def _rows(path: Path, problems: list[Problem]) -> Iterator[tuple[int, Mapping[str, str]]]:
    """The lines under the heads, each with its number; empty ones are left out."""
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError:
        problems.append(Problem(path.name, "not UTF-8 text", "save it as CSV UTF-8"))
        return
    reader = csv.reader(lines)
    heads = [head.strip() for head in next(reader, [])]
    _check_heads(path.name, heads, problems)
    if problems:
        return
    for row in reader:
        cells = [cell.strip() for cell in row]
        if len(cells) > len(heads):
            where = f"{path.name}, line {reader.line_num}"
            problems.append(
                Problem(where, "more cells than heads", "put text with commas in quotes")
            )
        elif any(cells):
            yield reader.line_num, dict(zip(heads, cells, strict=False))


def _check_heads(name: str, heads: list[str], problems: list[Problem]) -> None:
    """Every head that is needed is there, and no other."""
    for head in NEEDED:
        if head not in heads:
            found = f"no column {head!r}"
            problems.append(Problem(name, found, f"write the heads {', '.join(NEEDED)}"))
    for head in heads:
        if head not in (*NEEDED, *OVERRIDE, *RATED):
            known = ", ".join((*NEEDED, *OVERRIDE, *RATED))
            problems.append(Problem(name, f"column {head!r}", f"use only {known}"))


class _Line:
    """One line of the file, read cell by cell; what is wrong is added to ``problems``."""

    def __init__(self, where: str, row: Mapping[str, str], problems: list[Problem]) -> None:
        self.where, self.row, self.problems = where, row, problems

    def target(self, catalogue: Catalogue, areas: Areas) -> Target | None:
        """The line's target; nothing where a cell cannot be used."""
        before = len(self.problems)
        area = self._area(areas)
        indicator = self._indicator(catalogue)
        group = self._group(indicator)
        period = self._period(indicator)
        override, delivery = self._override(), self._delivery()
        is_said = bool(override or delivery)
        value = None if is_said and not self._cell("target") else self._value(indicator)
        if not self._cell("source"):
            self._add("source", "no source", "write who set the target, such as a plan's name")
        if len(self.problems) > before or indicator is None or group is None:
            return None
        source = self._cell("source")
        return Target(area, indicator.id, group, period, value, source, override, delivery)

    def _cell(self, name: str) -> str:
        return self.row.get(name, "")

    def _add(self, column: str, found: str, write: str) -> None:
        self.problems.append(Problem(f"{self.where}, {column}", found, write))

    def _area(self, areas: Areas) -> str:
        try:
            return areas.find(self._cell("area")).area_code
        except UnknownNameError as error:
            near = ", ".join(error.nearest) or "a name or code of an area"
            self._add("area", f"found {self._cell('area')!r}", f"write {near}")
            return ""

    def _indicator(self, catalogue: Catalogue) -> Indicator | None:
        asked = self._cell("indicator")
        try:
            indicator = catalogue.indicator(asked)
        except UnknownNameError as error:
            near = ", ".join(error.nearest) or "an id that 'python -m sendgap indicators' lists"
            self._add("indicator", f"found {asked!r}", f"write {near}")
            return None
        if indicator.polarity is Polarity.NONE:
            found = f"{asked} is neither better nor worse when it is higher"
            self._add("indicator", found, "set targets for outcomes with a direction")
        return indicator

    def _group(self, indicator: Indicator | None) -> SenGroup | None:
        asked = self._cell("sen_group")
        held = indicator.groups() if indicator else ()
        known = [group.value for group in (held or SenGroup)]
        if asked in known:
            return SenGroup(asked)
        self._add("sen_group", f"found {asked!r}", f"write one of {', '.join(known)}")
        return None

    def _period(self, indicator: Indicator | None) -> str:
        period = self._cell("time_period").replace("/", "")
        digits = 4 if indicator and "Calendar" in indicator.time_identifier else 6
        follows = digits == 4 or (
            period[:4].isdecimal() and period[4:] == f"{(int(period[:4]) + 1) % 100:02}"
        )
        if indicator and not (period.isdecimal() and len(period) == digits and follows):
            example = "2026" if digits == 4 else "2026/27"
            self._add("time_period", f"found {self._cell('time_period')!r}", f"write {example}")
        return period

    def _value(self, indicator: Indicator | None) -> float | None:
        text = self._cell("target").rstrip("%")
        try:
            value = float(text)
        except ValueError:
            value = math.nan
        most = 100.0 if indicator and indicator.unit == "percent" else math.inf
        least = 0.0 if indicator and indicator.unit == "percent" else -math.inf
        if math.isfinite(value) and least <= value <= most:
            return value
        limits = " from 0 to 100" if most == 100.0 else ""
        self._add("target", f"found {self._cell('target')!r}", f"write a number{limits}")
        return None

    def _override(self) -> Override | None:
        said, by, _ = (self._cell(name) for name in OVERRIDE)
        rating = self._rating("override_rating")
        if not (rating or any(self._cell(name) for name in OVERRIDE)):
            return None
        day = self._day("override_on")
        for name, cell in (("override", said), ("override_by", by)):
            if not cell:
                self._add(name, "nothing", "an override needs its words, a name and a day")
        if not rating:
            rating = next((known for known in RATINGS if said.startswith(f"{known}:")), "")
        return Override(said, by, day, rating) if day and said and by else None

    def _delivery(self) -> Delivery | None:
        if not any(self._cell(name) for name in ("delivery", "delivery_by", "delivery_on")):
            return None
        rating, by, day = (
            self._rating("delivery"),
            self._cell("delivery_by"),
            self._day("delivery_on"),
        )
        for name, cell in (("delivery", self._cell("delivery")), ("delivery_by", by)):
            if not cell:
                self._add(name, "nothing", "a delivery rating needs the rating, a name and a day")
        return Delivery(rating, by, day) if rating and by and day else None

    def _rating(self, column: str) -> str:
        """Green, Amber or Red, however it is spelled; empty for nothing."""
        asked = self._cell(column)
        if not asked or asked.capitalize() in RATINGS:
            return asked.capitalize()
        self._add(column, f"found {asked!r}", f"write {', '.join(RATINGS[:-1])} or {RATINGS[-1]}")
        return ""

    def _day(self, column: str) -> date | None:
        try:
            return date.fromisoformat(self._cell(column))
        except ValueError:
            self._add(column, f"found {self._cell(column)!r}", "write the day, such as 2026-07-01")
            return None
