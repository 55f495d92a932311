"""The figures of one area and outcome over the years as a table."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.targets import Target
from sendgap.views import story
from sendgap.views.cells import count_cell, gap_cell, interval_cell, level_cell, mean_cell
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.model import Table
from sendgap.views.target_words import cell


def table(frame: Frame, told: story.Story, own: list[LevelRow]) -> Table:
    """Both sides and the gap where there is one, else the level beside its comparators."""
    return _gap_table(frame, told) if told.gaps else _level_table(frame, told, own)


def _gap_table(frame: Frame, told: story.Story) -> Table:
    reference = frame.reference
    assert reference is not None
    roles = frame.comparator_codes()
    with_mean = "neighbours" in frame.request.compare
    own, group, held = frame.area.area_code, GROUP_LABELS[frame.group], told.held
    head = ["Year", group, *([f"{group}, 95% interval"] if held.has("value") else [])]
    head += [GROUP_LABELS[reference.group], "Gap"]
    key = len(head) - 1
    head += ["Gap, 95% interval"] if held.has("gap") else []
    head += (["Neighbours' average gap"] if with_mean else []) + [
        f"{frame.area_label(role)} gap" for role in roles
    ]
    rows = []
    for row in told.gaps[frame.area.area_code]:
        cells = [frame.label(row.time_period)]
        limits = (held.level(own, row.time_period), held.gap(own, row.time_period))
        cells.append(gap_cell(frame, row, "sen_value"))
        cells += [interval_cell(frame, limits[0], row)] if held.has("value") else []
        cells += [gap_cell(frame, row, side) for side in ("reference_value", "gap")]
        cells += [interval_cell(frame, limits[1], row, is_gap=True)] if held.has("gap") else []
        if with_mean:
            cells.append(mean_cell(frame, told.places, "gap", row))
        for code in roles.values():
            match = next(
                (r for r in told.gaps.get(code, []) if r.time_period == row.time_period), None
            )
            cells.append(gap_cell(frame, match, "gap"))
        rows.append(tuple(cells))
    return Table(_caption(frame), tuple(head), tuple(reversed(rows)), key_columns=(0, 1, key))


def _level_table(frame: Frame, told: story.Story, own: list[LevelRow]) -> Table:
    roles = frame.comparator_codes()
    with_mean = "neighbours" in frame.request.compare
    counts = any(row.denominator is not None for row in own)
    has_limits = told.held.has("value")
    head = ["Year", frame.area.short_name] + (["95% interval"] if has_limits else [])
    head += ["Number"] if counts else []
    head += (["Neighbours' average"] if with_mean else []) + [frame.area_label(r) for r in roles]
    rows = []
    for row in own:
        cells = [frame.label(row.time_period), level_cell(frame, row)]
        if has_limits:
            limits = told.held.level(row.area_code, row.time_period)
            cells.append(interval_cell(frame, limits, row))
        if counts:
            cells.append(count_cell(row))
        if with_mean:
            cells.append(mean_cell(frame, told.places, "value", row))
        for code in roles.values():
            match = next(
                (r for r in told.levels.get(code, []) if r.time_period == row.time_period), None
            )
            cells.append(level_cell(frame, match))
        rows.append(tuple(cells))
    return Table(_caption(frame), tuple(head), tuple(reversed(rows)))


def with_targets(frame: Frame, shown: Table, targets: Sequence[Target], decimals: int) -> Table:
    """The table with the targets; years still to come stand on top."""
    labels = {frame.label(target.time_period): target.time_period for target in targets}
    held = {row[0] for row in shown.rows}
    ahead = [
        (label, *["not yet"] * (len(shown.columns) - 1), cell(frame, targets, period, decimals))
        for label, period in reversed(labels.items())
        if label not in held
    ]
    rows = tuple(
        (*row, cell(frame, targets, labels.get(row[0], ""), decimals)) for row in shown.rows
    )
    return Table(shown.caption, (*shown.columns, "Target"), (*ahead, *rows), shown.key_columns)


def _caption(frame: Frame) -> str:
    """The outcome, the area and the pupils; an outcome of one group names it in its label."""
    group = f", {GROUP_LABELS[frame.group]}" if len(frame.indicator.groups()) > 1 else ""
    return f"{frame.indicator.label}, {frame.area.name}{group}"
