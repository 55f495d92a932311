"""The parts of a local unit's page about plans: lines over the years, marks in rows, no answer."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.catalogue.model import Indicator
from sendgap.terms import SenGroup
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.frame import definition_of
from sendgap.views.local_figures import Cell
from sendgap.views.local_lines import axis, line, ticks
from sendgap.views.local_unit import OneUnit, stem_of
from sendgap.views.local_words import captioned, period
from sendgap.views.model import Axis, Chart, GapOverTime, Table, Words
from sendgap.views.plans_model import DotRow, Dots, Mark, Panel
from sendgap.views.plans_parts import described, shortened


def not_shown(cells: Sequence[Cell]) -> tuple[int, int]:
    """How many of a view's cells are hidden, and of how many."""
    return sum(cell.value is None for cell in cells), len(cells)


def unit_mark(found: OneUnit, indicator: Indicator, cell: Cell) -> Mark:
    """The unit's own mark, or the letter in its place."""
    return Mark("area", found.name, cell.value, figures.printed(indicator, cell))


def lines_panel(found: OneUnit, indicator: Indicator, key: str) -> Panel:
    """One share of all pupils over the years beside the authority's."""
    own = _singles(found.own[indicator.id])
    whole = _singles(found.whole.get(indicator.id, ()))
    group = SenGroup(own[0].sen_group)
    lines = [line(indicator, "area", own, group, found.name)]
    if whole:
        lines.append(line(indicator, "authority", whole, group, found.authority))
    table = _years_table(found, indicator, own, whole)
    name = stem_of(found, indicator.id)
    newest = figures.printed(indicator, own[-1] if own else None)
    view = GapOverTime(
        words=Words("", "", (), (), (), ()),
        definition=definition_of(indicator),
        chart=Chart(
            shortened(f"{indicator.phrases.short}, {found.name} beside {found.authority}: "
                      f"{newest} in the newest year."),
            described(table), table, name,
        ),
        levels=tuple(lines),
        gaps=(),
        level_axis=axis(indicator, lines),
        gap_axis=None,
        bands=(),
        breaks=(),
        ticks=ticks((*own, *whole)),
        polarity=indicator.polarity,
    )  # fmt: skip
    return Panel(key, indicator.phrases.short, view, table, name, is_half=True)


def _singles(cells: Sequence[Cell]) -> list[Cell]:
    return sorted(
        (c for c in cells if c.years == 1 and c.symbol != "x"), key=lambda c: c.time_period
    )


def _years_table(
    found: OneUnit, indicator: Indicator, own: Sequence[Cell], whole: Sequence[Cell]
) -> Table:
    others = {c.time_period: c for c in whole}
    rows = tuple(
        (
            period(cell.time_period, cell.years),
            figures.printed(indicator, cell),
            "c" if cell.numerator is None else numbers.number(cell.numerator, 0),
            "c" if cell.pupils is None else numbers.number(cell.pupils, 0),
            figures.printed(indicator, others.get(cell.time_period)),
        )
        for cell in own
    )
    heads = ("Year", found.name, "Number", "All pupils", found.authority)
    return Table(captioned(found.local, f"{indicator.phrases.short}, {found.name}"), heads, rows,
                 key_columns=(0, 1, 4))  # fmt: skip


def dots_panel(
    found: OneUnit, key: str, head: str, caption: str, first: str, rows: tuple[DotRow, ...],
    axis: Axis, *columns: tuple[str, Sequence[str]],
) -> Panel:  # fmt: skip
    """Marks in rows with their table; ``columns`` stand after the unit's own."""
    cells = tuple(
        (row.label, row.own.printed, *(values[n] for _, values in columns), _of_authority(row))
        for n, row in enumerate(rows)
    )
    heads = (first, found.name, *(name for name, _ in columns), found.authority)
    table = Table(captioned(found.local, caption), heads, cells, key_columns=(0, 1, len(heads) - 1))
    name = stem_of(found, key)
    own = ", ".join(f"{row.label} {row.own.printed}" for row in rows[:3])
    figure = Dots(Chart(shortened(f"{caption}: {own}."), described(table), table, name), rows, axis)
    return Panel(key, head, figure, table, name)


def _of_authority(row: DotRow) -> str:
    return next((mark.printed for mark in row.marks if mark.role == "england"), "c")
