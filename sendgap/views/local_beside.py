"""One outcome of a school, cluster or DSPL area beside the places it lies in, and England."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.axes import level_axis
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import definition_of
from sendgap.views.local_figures import Cell
from sendgap.views.local_outcome import England, LocalOutcome, Reading, when
from sendgap.views.local_outcome_tables import caption, letters_in, own_cells, own_heads, read_with
from sendgap.views.local_outcome_words import nothing, shown_last, words
from sendgap.views.local_units import kind_of
from sendgap.views.local_words import practice
from sendgap.views.model import AreaRow, Chart, Point, SideBySide, Table
from sendgap.views.periods import ends_in

#: What stands on a chart for a figure that is not shown.
_SHORT = {"c": "hidden", "x": "not shown", "z": "no one to count"}


def local_beside(
    release: Release, local: LocalRelease, unit: str, indicator_id: str, group: SenGroup
) -> LocalOutcome:
    """The unit, its cluster and DSPL area, and its authority in the unit's newest years shown,
    else in its newest; England's published figure of the year, or its newest."""
    reading = Reading.of(release, local, unit, indicator_id, group)
    england, own = England.of(reading), shown_last(reading) or reading.newest()
    if own is None or own.symbol == "x":
        return LocalOutcome(nothing(reading), reading.disclosure(reading.own()))
    cells = {key: reading.same(key, own) for key in reading.names}
    rows = [_row(reading, key, own, cell) for key, cell in cells.items()]
    published = _published(reading, england, own)
    everyone = (*rows, *([published] if published else []))
    values = [p.value for r in everyone for p in (r.sen, r.reference) if p and p.value is not None]
    table = _table(reading, cells, own, published)
    reference = reading.reference
    view = SideBySide(
        words=words(reading, england, letters_in(table)),
        definition=definition_of(reading.indicator),
        chart=Chart(_alt(reading, everyone, own), _description(reading, everyone, own), table,
                    reading.file_name("side by side")),
        rows=everyone,
        axis=level_axis(reading.indicator, values, 0),
        sen_group=group,
        sen_label=GROUP_LABELS[group],
        reference_group=reference.group if reference else None,
        reference_label=GROUP_LABELS[reference.group] if reference else "",
    )  # fmt: skip
    return LocalOutcome(view, reading.disclosure(cells.values()))


def _row(reading: Reading, key: str, own: Cell, cell: Cell | None) -> AreaRow:
    role = "area" if key == reading.unit else kind_of(key)
    sen = _point(reading, own, cell)
    if reading.reference is None:
        return AreaRow(role, reading.names[key], None, sen, None, None, _short(cell, sen.printed))
    other = reading.same(key, own, reference=True)
    wide = cell.gap if cell else None
    printed = figures.gap(reading.indicator, cell, other)
    if wide is None:
        printed = _short(cell, f"{GROUP_LABELS[reading.reference.group]} not shown")
    reference = _point(reading, own, other)
    return AreaRow(role, reading.names[key], None, sen, reference, wide, printed)


def _short(cell: Cell | None, shown: str) -> str:
    """The word for a figure that is not shown; otherwise what is."""
    if cell is not None and cell.value is not None:
        return shown
    return _SHORT.get(cell.symbol if cell else "x", "not shown")


def _point(reading: Reading, own: Cell, cell: Cell | None) -> Point:
    value = cell.value if cell else None
    symbol = None if value is not None else (cell.symbol if cell else "x") or "x"
    return Point(
        own.time_period, float(ends_in(own.time_period)), when(own), value,
        figures.printed(reading.indicator, cell), symbol,
    )  # fmt: skip


def _published(reading: Reading, england: England, own: Cell) -> AreaRow | None:
    """England's level and gap, with their year where it is another one."""
    level, gap = england.newest(own.time_period)
    if level is None:
        return None
    frame, unit = england.frame, reading.indicator.unit
    label = frame.label(level.time_period)
    is_same = level.time_period == own.time_period and own.years == 1
    name = f"{frame.england}, published" + ("" if is_same else f", {label}")

    def at(value: float | None) -> Point:
        printed = "none" if value is None else numbers.level(value, unit, level.decimals)
        return Point(level.time_period, float(ends_in(level.time_period)), label, value, printed)

    if gap is None or gap.gap is None:
        return AreaRow("england", name, None, at(level.value), None, None, at(level.value).printed)
    printed = numbers.gap(gap.gap, unit, gap.decimals)
    return AreaRow(
        "england", name, None, at(level.value), at(gap.reference_value), gap.gap, printed
    )


def _table(
    reading: Reading, cells: dict[str, Cell | None], own: Cell, england: AreaRow | None
) -> Table:
    """Every place with its level, interval, pupils, reference and gap."""
    rows = []
    for key, cell in cells.items():
        against = figures.against_rest(reading.indicator, cell) if key != reading.authority else "–"
        rows.append((reading.names[key], *own_cells(reading, key, cell), against, read_with(cell)))
    if england:
        level, wide = england.sen.printed, england.gap_printed if england.gap is not None else "–"
        other = england.reference.printed if england.reference else "–"
        beside = [other, wide] if reading.reference else []
        rows.append((england.label, level, "–", "–", *beside, "–", "published"))
    head = ["Place", *own_heads(reading), "Against the rest of the authority", "Read with care"]
    key_columns = (0, 1, 5) if reading.reference else (0, 1)
    return Table(caption(reading, f"places side by side, {when(own)}"), tuple(head), tuple(rows),
                 key_columns=key_columns)  # fmt: skip


def _alt(reading: Reading, rows: Sequence[AreaRow], own: Cell) -> str:
    """One sentence of at most 150 characters."""
    short, label = reading.indicator.phrases.short, reading.label
    text = f"{short}, {label}, {when(own)}: {reading.name} {rows[0].sen.printed}, beside "
    text += "the places it lies in."
    return text if len(text) <= 150 else f"{short}, {label}: {len(rows)} places side by side."


def _description(reading: Reading, rows: Sequence[AreaRow], own: Cell) -> str:
    """Every row in words."""
    said = [f"{reading.indicator.phrases.short}, {when(own)}, {reading.label}."]
    for row in rows:
        if row.sen.value is None:
            said.append(f"{row.label}: {row.gap_printed}.")
            continue
        gap = f", gap {row.gap_printed}" if row.gap is not None else ""
        said.append(f"{row.label}: {row.sen.printed}{gap}.")
    return " ".join([*said, *practice(reading.local)])
