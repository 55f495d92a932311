"""The figures of one outcome of a school, cluster or DSPL area as tables."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.local_figures import Cell
from sendgap.views.local_outcome import England, Reading, when
from sendgap.views.local_words import captioned, why_hidden
from sendgap.views.model import Table


def letters_in(table: Table) -> tuple[str, ...]:
    """The symbols that stand in a table, alone or after a figure."""
    return tuple({cell.split()[-1] for row in table.rows for cell in row if cell.strip()})


def over_time_table(reading: Reading, england: England) -> Table:
    """Each school year, and the years taken together, newest first."""
    whole = reading.authority
    rows = []
    for cell in sorted(reading.own(), key=lambda c: (c.time_period, -c.years), reverse=True):
        rows.append(
            (
                when(cell), *own_cells(reading, reading.unit, cell),
                *_beside(reading, whole, cell), *_published(reading, england, cell),
                figures.against_rest(reading.indicator, cell), read_with(cell),
            )
        )  # fmt: skip
    name = reading.names[whole]
    head = ["Year", *own_heads(reading), f"{name}, {reading.label}"]
    head += [f"{name}, gap"] if reading.reference else []
    head += _published_heads(reading, england)
    head += ["Against the rest of the authority", "Read with care"]
    key = (0, 1, 5) if reading.reference else (0, 1)
    return Table(caption(reading, "over the years"), tuple(head), tuple(rows), key_columns=key)


def caption(reading: Reading, what: str) -> str:
    """What a table is of; invented figures say so."""
    whole = f"{reading.indicator.label}, {reading.name}, {reading.label}, {what}"
    return captioned(reading.local, whole)


def own_heads(reading: Reading) -> list[str]:
    """The heads of :func:`own_cells`."""
    head = [reading.label, "95% interval", "Pupils"]
    return head + ([GROUP_LABELS[reading.reference.group], "Gap"] if reading.reference else [])


def own_cells(reading: Reading, key: str, cell: Cell | None) -> list[str]:
    """A unit's level with its interval and pupils; its reference and gap where there is one."""
    indicator = reading.indicator
    pupils = "c" if cell is None or cell.pupils is None else numbers.number(cell.pupils, 0)
    cells = [figures.printed(indicator, cell), figures.interval(indicator, cell), pupils]
    if reading.reference:
        beside = reading.same(key, cell, reference=True)
        cells += [figures.printed(indicator, beside), figures.gap(indicator, cell, beside)]
    return cells


def _beside(reading: Reading, key: str, cell: Cell) -> list[str]:
    """Another unit's level and gap in the years of a cell."""
    other = reading.same(key, cell)
    found = [figures.printed(reading.indicator, other)]
    if reading.reference:
        beside = reading.same(key, cell, reference=True)
        found.append(figures.gap(reading.indicator, other, beside))
    return found


def _published_heads(reading: Reading, england: England) -> list[str]:
    if not england.levels:
        return []
    name = england.frame.england
    return [f"{name}, {reading.label}", *([f"{name}, gap"] if england.gaps else [])]


def _published(reading: Reading, england: England, cell: Cell) -> Sequence[str]:
    """England's published level and gap of a single year."""
    if not england.levels:
        return ()
    unit, period = reading.indicator.unit, cell.time_period if cell.years == 1 else ""
    levels = [r for r in england.levels if r.time_period == period]
    gaps = [r for r in england.gaps if r.time_period == period]
    level = numbers.level(levels[0].value or 0.0, unit, levels[0].decimals) if levels else "none"
    wide = numbers.gap(gaps[0].gap or 0.0, unit, gaps[0].decimals) if gaps else "none"
    return (level, *([wide] if england.gaps else []))


def read_with(cell: Cell | None) -> str:
    """Why there is no figure, or what to mind in it."""
    if cell is None or cell.value is None:
        return why_hidden(cell)
    return figures.flag(cell) or "–"
