"""What a page draws: numbers with their printed form, words, a table and where it is from.

Nothing here knows a chart or a page. Every figure carries the text that prints it, so a
chart's label, the table and the sentence cannot differ.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from sendgap.terms import Polarity, SenGroup


@dataclass(frozen=True, slots=True)
class Point:
    """One period's figure of a line, or the reason there is none.

    ``position`` places it on a numeric time axis (the year the period ends in);
    ``printed`` is its text with unit, or the symbol's letter or word. ``lower`` and ``upper``
    are its 95% interval, where a view draws one.
    """

    time_period: str
    position: float
    period_label: str
    value: float | None
    printed: str
    symbol: str | None = None
    provisional: bool = False
    caution: bool = False
    segment: int = 0
    lower: float | None = None
    upper: float | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of points. ``role`` is who it is about: ``sen``, ``reference``, ``area``,
    ``neighbours`` (their mean), ``neighbour`` (one of them), ``region``, ``england`` or
    ``target``.

    Points join only inside one ``segment``: periods next to each other on one basis.
    """

    role: str
    label: str
    points: tuple[Point, ...]
    group: SenGroup | None = None

    @property
    def last(self) -> Point | None:
        """The newest point with a figure."""
        return next((p for p in reversed(self.points) if p.value is not None), None)


@dataclass(frozen=True, slots=True)
class Band:
    """Years without figures for a reason worth a label (COVID-19)."""

    first: float
    last: float
    label: str


@dataclass(frozen=True, slots=True)
class Break:
    """Where the basis changes: figures before and after are not compared."""

    position: float
    label: str
    reason: str


@dataclass(frozen=True, slots=True)
class Axis:
    """The value axis: unit in words, and how a tick or label is written."""

    title: str
    decimals: int
    suffix: str
    lowest: float
    highest: float
    note: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """The chart's numbers as text: caption, column heads, rows (first cell is the head)."""

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    key_columns: tuple[int, ...] = (0, 1)


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Where figures are from: publication, publisher, edition, periods used, licence."""

    publication: str
    publisher: str
    edition: str
    periods: str
    next_update: str
    licence: str
    url: str


@dataclass(frozen=True, slots=True)
class Words:
    """The text about a view, in the order it stands on the page."""

    context: str
    finding: str
    badges: tuple[str, ...]
    sentences: tuple[str, ...]
    caveats: tuple[str, ...]
    sources: tuple[SourceNote, ...]


@dataclass(frozen=True, slots=True)
class Definition:
    """What the outcome is and how to read it."""

    label: str
    definition: str
    why_it_matters: str
    how_to_read: str
    cannot_say: str
    direction: str


@dataclass(frozen=True, slots=True)
class Chart:
    """What every chart needs besides its marks.

    ``alt`` is one sentence of at most 150 characters, ``description`` the long form.
    """

    alt: str
    description: str
    table: Table
    file_name: str


@dataclass(frozen=True, slots=True)
class GapOverTime:
    """One area and outcome over the years: levels, and the gap beside its comparators.

    ``gaps`` is empty for outcomes without a gap; then ``levels`` carries the area and
    its comparators.
    """

    words: Words
    definition: Definition
    chart: Chart
    levels: tuple[Line, ...]
    gaps: tuple[Line, ...]
    level_axis: Axis
    gap_axis: Axis | None
    bands: tuple[Band, ...]
    breaks: tuple[Break, ...]
    ticks: tuple[tuple[float, str], ...]
    gap_alt: str = ""
    polarity: Polarity = Polarity.NONE
    #: The levels that somebody has set as targets, where there are any.
    targets: Line | None = None


@dataclass(frozen=True, slots=True)
class AreaRow:
    """One area in a side-by-side chart: both levels and the gap, or the reason.

    ``role`` is ``area``, ``neighbours``, ``neighbour``, ``chosen`` (put together by a
    person), ``region`` or ``england``.
    ``gap_printed`` is the label between the two marks.
    """

    role: str
    label: str
    area_code: str | None
    sen: Point
    reference: Point | None
    gap: float | None
    gap_printed: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class SideBySide:
    """One outcome in one period for an area, its neighbours, region and England."""

    words: Words
    definition: Definition
    chart: Chart
    rows: tuple[AreaRow, ...]
    axis: Axis
    sen_group: SenGroup
    sen_label: str
    reference_group: SenGroup | None
    reference_label: str
    periods: tuple[tuple[str, str], ...] = field(default=())


@dataclass(frozen=True, slots=True)
class NoAnswer:
    """A state without a chart: what is missing and where to go instead.

    ``offers`` are (label, {URL key: value}) links; ``table`` is what is said in words.
    """

    words: Words
    message: str
    definition: Definition | None = None
    offers: tuple[tuple[str, dict[str, str]], ...] = ()
    table: Table | None = None
