"""What *All outcomes grid* draws: areas by outcomes, each cell a figure with its step."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.views.model import Chart, Definition, Table, Words

#: What a cell's shape and shade say; the first is the usual one.
MARKS = ("quarter", "tested")

#: Steps of a level, best first: their shape and their words. Up is always better.
QUARTERS = {
    "A": ("▲▲", "best quarter"),
    "B": ("▲", "second best quarter"),
    "C": ("▼", "second worst quarter"),
    "D": ("▼▼", "worst quarter"),
}
GAP_QUARTERS = {
    "A": ("▲▲", "narrowest quarter"),
    "B": ("▲", "second narrowest quarter"),
    "C": ("▼", "second widest quarter"),
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


@dataclass(frozen=True, slots=True)
class GridRow:
    """One area. ``role`` is ``area``, ``neighbours``, ``neighbour``, ``chosen``, ``region`` or
    ``england``; ``la_code`` is empty for those that are no authority."""

    role: str
    name: str
    la_code: str
    cells: tuple[GridCell, ...]


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
        place = next(
            (n for n, c in enumerate(self.columns) if c.indicator_id == indicator_id), 0
        )
        column = self.columns[place]
        rows = tuple(
            (row.name, row.cells[place].said, f"{row.cells[place].glyph} {row.cells[place].word}"
             if row.cells[place].glyph else row.cells[place].word or "not an authority")
            for row in self.rows
        )  # fmt: skip
        head = "Against England" if self.mark == "tested" else "Among authorities"
        caption = f"{column.name}, {column.period_label}"
        return Table(caption, ("Area", "Gap and level" if self.by == "gap" else "Level", head), rows,
                     key_columns=(0, 1, 2))  # fmt: skip
