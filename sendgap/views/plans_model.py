"""What the page about plans and placements draws: marks in rows, stacked bars, steps."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import SenGroup
from sendgap.views.model import Axis, Chart, Definition, GapOverTime, Table, Words


@dataclass(frozen=True, slots=True)
class Mark:
    """One figure in a row: whose it is, or the reason there is none."""

    role: str
    label: str
    value: float | None
    printed: str


@dataclass(frozen=True, slots=True)
class DotRow:
    """A row of figures of the same thing; the area's own comes first.

    A row that stands apart from the ranked ones says so, and one with a ``group`` is
    about that SEN group.
    """

    label: str
    marks: tuple[Mark, ...]
    is_apart: bool = False
    group: SenGroup = SenGroup.EHC_PLAN

    @property
    def own(self) -> Mark:
        return self.marks[0]


@dataclass(frozen=True, slots=True)
class Dots:
    """Rows of marks on one axis."""

    chart: Chart
    rows: tuple[DotRow, ...]
    axis: Axis


@dataclass(frozen=True, slots=True)
class Segment:
    """A class's part of a bar, with its share of all and its number."""

    share: float
    share_printed: str
    count: float | None
    count_printed: str


@dataclass(frozen=True, slots=True)
class Bar:
    """One stacked bar, a segment for each class; without segments the reason stands there."""

    label: str
    role: str
    position: float
    total_printed: str
    segments: tuple[Segment, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """Where what a class counts changes; ``letter`` is explained under the chart."""

    position: float
    letter: str


@dataclass(frozen=True, slots=True)
class Bars:
    """Stacked bars: over the years upright, areas side by side lying."""

    chart: Chart
    classes: tuple[str, ...]
    bars: tuple[Bar, ...]
    by_count: bool
    is_upright: bool
    axis_title: str
    rules: tuple[Rule, ...] = ()


@dataclass(frozen=True, slots=True)
class Step:
    """A step on the way to a plan: how many, and what share of the step before they are.

    ``start`` marks steps that begin a new count instead of following from the one before.
    """

    label: str
    count: float | None
    printed: str
    said: str
    start: bool = False


@dataclass(frozen=True, slots=True)
class Steps:
    """The steps of one year in one area."""

    chart: Chart
    steps: tuple[Step, ...]


Figure = Dots | Bars | Steps | GapOverTime


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a view under its own head: a figure and its table, or a table alone.

    ``is_half`` panels that follow each other stand side by side where there is room. A table
    ``with_figure`` stands under its figure; others come after the view's words.
    """

    key: str
    head: str
    figure: Figure | None
    table: Table | None
    file_name: str
    notes: tuple[str, ...] = ()
    is_half: bool = False
    with_figure: bool = False


@dataclass(frozen=True, slots=True)
class Onward:
    """A link to another page: its words and the keys it changes."""

    page: str
    label: str
    keys: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Plans:
    """One view of the page: its words, its parts and what each outcome means."""

    words: Words
    definitions: tuple[Definition, ...]
    panels: tuple[Panel, ...]
    onward: tuple[Onward, ...] = ()

    @property
    def chart(self) -> Chart:
        """The first figure's name and table, by which the view is filed."""
        first = self.panels[0]
        figure = first.figure
        if figure is not None:
            return figure.chart
        assert first.table is not None
        return Chart("", "", first.table, first.file_name)
