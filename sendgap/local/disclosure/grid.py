"""The grid of cells, and the rows of atoms that they show.

Everything that can be shown, and everything that could be asked about, is a sum of atoms
(:mod:`~sendgap.local.disclosure.atoms`): the row of a cell's pupils, and that of those who
reached it. Cells of the same atoms share a row, so what hides one hides the other.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from sendgap.local.counts import Counts
from sendgap.local.disclosure.atoms import WITH_NEED, Atoms, collect, part_subject
from sendgap.local.disclosure.model import Rule
from sendgap.local.measures import PARTS, Counting, LocalMeasure, LocalMeasures
from sendgap.local.places import KINDS, Places, Unit, UnitKind
from sendgap.terms import SenGroup

Numbers = NDArray[np.float64]

#: Fewest schools in a cluster or DSPL area, and in each of its phases, that is shown (R4).
FEWEST_SCHOOLS = 3


@dataclass(slots=True)
class Cell:
    """One figure that may be shown: its pupils (``whole``) and who reached it (``part``).

    Both are numbers of rows. ``rule`` says why it is not shown whatever it holds.
    """

    unit: Unit
    measure: LocalMeasure
    breakdown: str
    group: SenGroup
    time_period: str
    years: int
    whole: int
    part: int
    schools: int
    rule: Rule | None = None


@dataclass(slots=True)
class Row:
    """A sum of atoms; ``what`` is pupils, reached or amount.

    ``offered`` says that a cell shows it unless it is hidden; ``kind`` is the largest kind of
    unit that it belongs to; ``whole_of`` are the kinds of which it is all the schools and not
    one phase. ``wholes`` are the rows of pupils that it is shown over.
    """

    atoms: tuple[int, ...]
    what: str
    offered: bool = False
    kind: UnitKind = UnitKind.SCHOOL
    whole_of: set[UnitKind] = field(default_factory=set)
    wholes: set[int] = field(default_factory=set)

    @property
    def whole_unit(self) -> bool:
        """Whether it is of all the schools of the largest unit it belongs to. The only
        nursery of an authority is one of its phases, not the authority."""
        return self.kind in self.whole_of


@dataclass(slots=True)
class System:
    """Atoms, rows and cells; ``matrix`` adds atoms up to rows, ``values`` are true."""

    atoms: Atoms
    rows: list[Row]
    cells: list[Cell]
    matrix: sparse.csr_array
    values: Numbers


class Grid:
    """Collects rows and cells, each row once however many cells show it."""

    def __init__(self, atoms: Atoms, places: Places, measures: LocalMeasures) -> None:
        self.atoms, self.places, self.measures = atoms, places, measures
        self.rows: list[Row] = []
        self.cells: list[Cell] = []
        self.former: dict[Unit, Mapping[str, frozenset[str]]] = {}
        self._held: dict[tuple[str, tuple[int, ...]], int] = {}
        self._homes = [unit.unit_id for unit in places.units([UnitKind.DSPL])]

    def row(self, unit: Unit, what: str, found: list[int]) -> int:
        """The number of the row that adds up these atoms."""
        key = (what, tuple(sorted(found)))
        if key not in self._held:
            self._held[key] = len(self.rows)
            self.rows.append(Row(key[1], what, kind=unit.kind))
        number = self._held[key]
        if unit not in self.former:
            row = self.rows[number]
            row.kind = max(row.kind, unit.kind, key=KINDS.index)
        return number

    def cell(self, unit: Unit, measure: LocalMeasure, breakdown: str, group: SenGroup,
             periods: tuple[str, ...]) -> None:  # fmt: skip
        """One cell and its rows; none where the unit has no place in the measure."""
        schools = [self._schools(unit, period, breakdown) for period in periods]
        whole: list[int] = []
        part: list[int] = []
        for period, here in zip(periods, schools, strict=True):
            more_whole, more_part = self._atoms(unit, measure, breakdown, group, period, here)
            whole += more_whole
            part += more_part
        if not whole:
            return
        what = "pupils" if measure.count is Counting.GROUP else "reached"
        what = "amount" if measure.is_sum else what
        count = max(len(found) for found in schools)
        rows = self.row(unit, "pupils", whole), self.row(unit, what, part)
        made = Cell(unit, measure, breakdown, group, periods[-1], len(periods), *rows, count)
        self.cells.append(made)
        if unit in self.former:  # it could be asked about, and is never shown
            made.rule = Rule.OTHER_YEARS
            return
        made.rule = self._why_not(made, min(len(found) for found in schools))
        self._offer(made)

    def _atoms(self, unit: Unit, measure: LocalMeasure, breakdown: str, group: SenGroup,
               period: str, schools: frozenset[str]) -> tuple[list[int], list[int]]:  # fmt: skip
        """The atoms of a cell's pupils, and of those who reached it, in one school year."""
        places = sorted(schools)
        if measure.count is Counting.HOME:
            places = [unit.unit_id] if unit.kind is UnitKind.DSPL else self._homes
        pupils = self.atoms.pupils_of(measure)
        if measure.count is Counting.GROUP:
            everyone = self.atoms.find(pupils, places, period, PARTS[SenGroup.ALL_PUPILS])
            return everyone, self.atoms.find(pupils, places, period, PARTS[group])
        whole = self.atoms.find(pupils, places, period, PARTS[group])
        if measure.count is not Counting.NEED:
            part = part_subject(measure)
            return whole, self.atoms.find(part, places, period, PARTS[group])
        blocks = sorted({self.atoms.block[urn, period] for urn in schools})
        part = part_subject(measure, breakdown)
        return whole, self.atoms.find(part, blocks, period, PARTS[group])

    def _schools(self, unit: Unit, period: str, breakdown: str) -> frozenset[str]:
        if unit in self.former:
            return self.former[unit][period]
        found = self.places.schools_of(unit, period)
        if not breakdown.startswith("phase:"):
            return found
        phase = breakdown.removeprefix("phase:")
        return frozenset(urn for urn in found if self.places.by_urn[urn].phase == phase)

    def _why_not(self, cell: Cell, fewest: int) -> Rule | None:
        """Why a cell is not shown whatever it holds."""
        measure, kind = cell.measure, cell.unit.kind
        if not measure.shown_for(kind, cell.group):
            return Rule.LEVEL
        years = measure.years(kind, cell.group, self.measures.pooled_years)
        if cell.years != years and kind is not UnitKind.AUTHORITY:
            return Rule.OTHER_YEARS
        grouped = kind is not UnitKind.SCHOOL and measure.count is not Counting.HOME
        if grouped and fewest < FEWEST_SCHOOLS:
            return Rule.FEW_SCHOOLS
        return None

    def _offer(self, cell: Cell) -> None:
        """Mark the rows that a cell shows."""
        if cell.measure.count is not Counting.GROUP:
            self.rows[cell.part].wholes.add(cell.whole)
        if cell.rule is None:
            for row in (self.rows[cell.whole], self.rows[cell.part]):
                row.offered = True
                if not cell.breakdown.startswith("phase:"):
                    row.whole_of.add(cell.unit.kind)

    def system(self) -> System:
        """The system, with its matrix of rows by atoms."""
        lengths = [len(row.atoms) for row in self.rows]
        columns = np.fromiter((a for row in self.rows for a in row.atoms), np.int64, sum(lengths))
        starts = np.concatenate([[0], np.cumsum(lengths)])
        shape = (len(self.rows), len(self.atoms.atoms))
        matrix = sparse.csr_array((np.ones(len(columns)), columns, starts), shape=shape)
        return System(self.atoms, self.rows, self.cells, matrix, matrix @ np.array(self.atoms.true))


def lay_out(counts: Counts, places: Places, measures: LocalMeasures,
            former: Mapping[Unit, Mapping[str, frozenset[str]]] | None = None,
            withheld: Collection[tuple[str, str]] = ()) -> Grid:  # fmt: skip
    """Every cell of every unit, measure, group and period, shown or not.

    ``former`` are units as they were when something was told of them. No cell is made of
    ``withheld`` outcomes, by id and school year, which is empty for all years.
    """
    grid = Grid(collect(counts, places, measures), places, measures)
    grid.former = dict(former or {})
    for unit in (*places.units(KINDS), *grid.former):
        add_unit(grid, unit, counts.periods, withheld)
    return grid


def add_unit(grid: Grid, unit: Unit, periods: list[str],
             withheld: Collection[tuple[str, str]] = ()) -> None:  # fmt: skip
    """Every cell of one unit."""
    for measure in grid.atoms.measures:
        name = measure.indicator_id
        left_out = {p for p in periods if {(name, p), (name, "")} & set(withheld)}
        for breakdown in _breakdowns(measure, unit, grid):
            for group in _groups(measure):
                for window in _windows(measure, unit, group, periods, grid.measures.pooled_years):
                    if not left_out & set(window):
                        grid.cell(unit, measure, breakdown, group, window)


def _breakdowns(measure: LocalMeasure, unit: Unit, grid: Grid) -> Iterator[str]:
    """All together; by phase for measures of everyone on roll; by need for needs."""
    if unit in grid.former:
        yield from () if measure.count in (Counting.NEED, Counting.HOME) else ("total",)
        return
    large = unit.kind in (UnitKind.DSPL, UnitKind.AUTHORITY)
    if measure.count is Counting.NEED:
        yield from grid.atoms.cuts if large else ()
        return
    if large or measure.count is not Counting.HOME:
        yield "total"
    of_roll = measure.count not in (Counting.OUTCOME, Counting.MEAN, Counting.HOME)
    if of_roll and unit.kind is not UnitKind.SCHOOL:
        for phase in sorted({school.phase for school in grid.places.schools}):
            yield f"phase:{phase}"


def _groups(measure: LocalMeasure) -> list[SenGroup]:
    if measure.count is Counting.GROUP:
        return [group for group in SenGroup if group is measure.group]
    if measure.count is Counting.NEED:
        return [*WITH_NEED, SenGroup.ANY_SEN]
    return list(SenGroup)


def _windows(
    measure: LocalMeasure, unit: Unit, group: SenGroup, periods: list[str], pooled: int
) -> Iterator[tuple[str, ...]]:
    """Each single year, which could be asked about, and the years shown together.

    The authority shows both, so that a part's years can be set beside the same of its rest.
    """
    for period in periods:
        yield (period,)
    if group in measure.pooled and measure.shown_for(unit.kind, group):
        for last in range(pooled - 1, len(periods)):
            yield tuple(periods[last - pooled + 1 : last + 1])
