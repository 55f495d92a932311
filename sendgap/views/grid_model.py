"""What *All outcomes grid* draws: areas by outcomes, each cell a figure with its step."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.views.model import Chart, Definition, Point, Table, Words

#: What a cell's shape and shade say; the first is the usual one.
MARKS = ("quarter", "tested")

#: Steps of a level, best first: their shape and their words. Up is always better.
QUARTERS = {
    "A": ("▲▲", "best quarter"),
    "B": ("▲", "2nd quarter"),
    "C": ("▼", "3rd quarter"),
    "D": ("▼▼", "worst quarter"),
}
GAP_QUARTERS = {
    "A": ("▲▲", "narrowest quarter"),
    "B": ("▲", "2nd narrowest quarter"),
    "C": ("▼", "2nd widest quarter"),
    "D": ("▼▼", "widest quarter"),
}
TESTED = {
    "better": ("▲", "better than England"),
    "similar": ("●", "no clear difference"),
    "worse": ("▼", "worse than England"),
}
#: A cell without a step says why: nothing is tested, there are too few areas or pupils.
NO_STEP = "○"


@dataclass(frozen=True, slots=True)
class GridColumn:
    """One outcome: its name, year and the unit of its cells, empty where cells carry it."""

    indicator_id: str
    name: str
    period_label: str
    unit: str


@dataclass(frozen=True, slots=True)
class GridCell:
    """One area's figure: ``short`` for the chart, ``under`` a gap its level, ``said`` in full.

    ``step`` is a quarter (A to D), a position, or empty where none is given; ``word`` says
    the step, or why there is none. Averages and figures of larger areas have neither.
    """

    short: str
    under: str
    step: str
    glyph: str
    word: str
    said: str
    has_figure: bool

    @property
    def step_said(self) -> str:
        """The step with its shape, or why there is none; empty for averages and the like."""
        return f"{self.glyph} {self.word}" if self.glyph else self.word


@dataclass(frozen=True, slots=True)
class GridRow:
    """One area. ``role`` is ``area``, ``neighbours``, ``neighbour``, ``chosen``, ``region`` or
    ``england``; ``la_code`` is empty for those that are no authority.

    A grid of one local unit has an ``outcome`` in each row, or a ``group`` of its pupils and
    then the ``authority``'s.
    """

    role: str
    name: str
    la_code: str
    cells: tuple[GridCell, ...]
    indicator_id: str = ""


@dataclass(frozen=True, slots=True)
class Grid:
    """Headline outcomes of an area, its neighbours, its region and England.

    ``key`` are the steps that stand in it as (step, shape, words), best first.
    """

    words: Words
    definition: Definition
    chart: Chart
    columns: tuple[GridColumn, ...]
    rows: tuple[GridRow, ...]
    by: str
    mark: str
    key: tuple[tuple[str, str, str], ...]
    left_out: tuple[str, ...]

    def of_outcome(self, indicator_id: str) -> Table:
        """One outcome in every area: what a phone shows."""
        place = next((n for n, c in enumerate(self.columns) if c.indicator_id == indicator_id), 0)
        column = self.columns[place]
        cells = [(row.name, row.cells[place]) for row in self.rows]
        rows = tuple(
            (name, cell.said, cell.step_said or "not an authority") for name, cell in cells
        )
        head = "Against England" if self.mark == "tested" else "Among authorities"
        caption = f"{column.name}, {column.period_label}"
        figure = "Gap and level" if self.by == "gap" else "Level"
        return Table(caption, ("Area", figure, head), rows, key_columns=(0, 1, 2))


@dataclass(frozen=True, slots=True)
class SparkRow:
    """One outcome of an area over its comparable years, each figure with its year.

    ``trend`` is "better", "worse", "little", "rose", "fell" or empty; ``change`` says it.
    """

    indicator_id: str
    name: str
    period_label: str
    level: str
    first: str
    low: str
    high: str
    change: str
    trend: str
    gap: str
    points: tuple[Point, ...]

    @property
    def cells(self) -> tuple[str, ...]:
        """The row of a table: level, its year, the first, lowest and highest, change, gap."""
        return (self.name, self.level, self.period_label, self.first, self.low, self.high,
                self.change, self.gap)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Sparks:
    """The headline outcomes of one area over the years, for one group of pupils."""

    words: Words
    definition: Definition
    chart: Chart
    rows: tuple[SparkRow, ...]
    left_out: tuple[str, ...]
