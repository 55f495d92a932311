"""Lines of local figures over the school years, their axis and its years."""

from __future__ import annotations

from collections.abc import Iterable

from sendgap.catalogue.model import Indicator
from sendgap.terms import SenGroup
from sendgap.views import local_figures as figures
from sendgap.views.axes import level_title
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_figures import Cell
from sendgap.views.local_words import period
from sendgap.views.model import Axis, Line, Point
from sendgap.views.periods import ends_in, period_label


def line(
    indicator: Indicator, role: str, cells: Iterable[Cell], group: SenGroup, label: str = ""
) -> Line:
    """A group's figures over single years; where only pooled ones are shown, those."""
    mine = figures.of_group(cells, group)
    singles = [c for c in mine if c.years == 1 and c.symbol != "x"]
    drawn = singles or [c for c in mine if c.years > 1]
    points: list[Point] = []
    segment = 0
    for cell in sorted(drawn, key=lambda c: c.time_period):
        if points and (cell.value is None or points[-1].value is None):
            segment += 1
        points.append(
            Point(
                cell.time_period, float(ends_in(cell.time_period)),
                period(cell.time_period, cell.years), cell.value,
                figures.printed(indicator, cell), cell.symbol or None, segment=segment,
                lower=cell.lower, upper=cell.upper,
            )
        )  # fmt: skip
    return Line(role, label or GROUP_LABELS[group], tuple(points), group)


def axis(indicator: Indicator, lines: Iterable[Line]) -> Axis:
    """One axis for lines, from nothing to the highest figure or limit."""
    drawn = [p for each in lines for p in each.points if p.value is not None]
    values = [v for p in drawn for v in (p.value, p.upper) if v is not None]
    suffix = "%" if indicator.unit == "percent" else ""
    return Axis(level_title(indicator), 0, suffix, 0.0, max(values, default=1.0))


def ticks(cells: Iterable[Cell]) -> tuple[tuple[float, str], ...]:
    """The school years of cells, in order."""
    periods = sorted({cell.time_period for cell in cells})
    return tuple((float(ends_in(p)), period_label(p, "academic_year")) for p in periods)
