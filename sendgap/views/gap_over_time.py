"""How big is the gap here, and is it closing? One area and outcome over the years."""

from __future__ import annotations

import math
from collections.abc import Sequence

from sendgap.store import Release
from sendgap.targets import Target
from sendgap.views import numbers, over_time_tables, story
from sendgap.views.axes import level_title
from sendgap.views.category import category
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow, point, segments
from sendgap.views.model import (
    Axis,
    Band,
    Chart,
    GapOverTime,
    Line,
    NoAnswer,
    Point,
)
from sendgap.views.nothing import nothing
from sendgap.views.periods import tick_label
from sendgap.views.request import Request
from sendgap.views.target_words import targets_line, targets_of


def gap_over_time(
    release: Release, request: Request, targets: Sequence[Target] = ()
) -> GapOverTime | NoAnswer:
    """The view of one request, or why there is none.

    Levels and gaps are those the release holds; a year without a figure keeps its place
    and its reason. Outcomes without a gap show the level beside its comparators.
    ``targets`` are those of the data folder; the view takes its own.
    """
    frame = Frame.of(release, request)
    if frame.is_category:
        return category(frame)
    own = frame.levels([frame.area.area_code], [frame.group])
    if not any(row.value is not None for row in own):
        return nothing(frame, own)
    wanted = targets_of(frame, targets)
    told = story.over_time(frame, wanted)
    goal = targets_line(frame, wanted, told.decimals)
    levels = _pair(frame, told) if told.gaps else _comparison(frame, told, own)
    gaps = _gap_lines(frame, told)
    points = [p for each in (*levels, *gaps, *([goal] if goal else [])) for p in each.points]
    table = over_time_tables.table(frame, told, own)
    if goal:
        table = over_time_tables.with_targets(frame, table, wanted, told.decimals)
    return GapOverTime(
        words=told.words,
        definition=frame.definition(),
        chart=Chart(
            alt=_alt(frame, levels, told),
            description=_description(frame, [*levels, *gaps]),
            table=table,
            file_name=frame.file_name("over time", *_ends(levels)),
        ),
        levels=levels,
        gaps=gaps,
        level_axis=_level_axis(frame, (*levels, *([goal] if goal else [])), told.decimals),
        gap_axis=_gap_axis(frame, gaps, told.decimals) if gaps else None,
        bands=_bands(levels[0].points) + told.odd_years,
        breaks=told.breaks,
        ticks=_ticks(frame, points),
        gap_alt=_gap_alt(frame, gaps) if gaps else "",
        polarity=frame.indicator.polarity,
        targets=goal,
    )


def _points(frame: Frame, rows: list[GapRow], side: str, numbered: list[int]) -> tuple[Point, ...]:
    unit = frame.indicator.unit
    printer = numbers.gap if side == "gap" else numbers.level
    found = []
    for row, segment in zip(rows, numbered, strict=True):
        value = getattr(row, side)
        printed = printer(value, unit, row.decimals) if value is not None else ""
        found.append(point(frame, row, value, printed, segment))
    return tuple(found)


def _line_points(frame: Frame, rows: list[GapRow], side: str) -> tuple[Point, ...]:
    marks = [(r.time_period, r.basis, r.line, getattr(r, side) is not None) for r in rows]
    return _points(frame, rows, side, segments(marks))


def _pair(frame: Frame, told: story.Story) -> tuple[Line, ...]:
    """The SEN group's line and its reference's, for the area itself."""
    rows = told.gaps[frame.area.area_code]
    reference = frame.reference
    assert reference is not None
    return (
        Line("sen", GROUP_LABELS[frame.group], _line_points(frame, rows, "sen_value"), frame.group),
        Line(
            "reference",
            GROUP_LABELS[reference.group],
            _line_points(frame, rows, "reference_value"),
            reference.group,
        ),
    )


def _comparison(frame: Frame, told: story.Story, own: list[LevelRow]) -> tuple[Line, ...]:
    """The area's line beside its comparators', for outcomes without a gap."""
    codes = {"area": frame.area.area_code, **frame.comparator_codes()}
    lines = []
    for role, code in codes.items():
        rows = own if role == "area" else told.levels.get(code, [])
        if any(row.value is not None for row in rows):
            lines.append(
                Line(role, frame.area_label(role), _level_points(frame, rows), frame.group)
            )
    if frame.indicator.unit == "count":
        # A count grows with the area: England's would flatten the area's own line.
        return tuple(lines[:1])
    mean = _neighbour_line(frame, told, "value", own)
    return tuple(lines[:1] + ([mean] if mean else []) + lines[1:])


def _level_points(frame: Frame, rows: list[LevelRow]) -> tuple[Point, ...]:
    marks = [(r.time_period, r.basis, r.line, r.value is not None) for r in rows]
    unit = frame.indicator.unit
    return tuple(
        point(
            frame,
            row,
            row.value,
            numbers.level(row.value, unit, row.decimals) if row.value is not None else "",
            segment,
        )
        for row, segment in zip(rows, segments(marks), strict=True)
    )


def _gap_lines(frame: Frame, told: story.Story) -> tuple[Line, ...]:
    if not told.gaps:
        return ()
    own = told.gaps[frame.area.area_code]
    lines = [Line("area", frame.area.short_name, _line_points(frame, own, "gap"), frame.group)]
    mean = _neighbour_line(frame, told, "gap", own)
    if mean:
        lines.append(mean)
    for role, code in frame.comparator_codes().items():
        rows = told.gaps.get(code, [])
        if any(row.gap is not None for row in rows):
            lines.append(Line(role, frame.area_label(role), _line_points(frame, rows, "gap")))
    return tuple(lines)


def _neighbour_line(
    frame: Frame, told: story.Story, measure: str, own: list[GapRow] | list[LevelRow]
) -> Line | None:
    """The neighbours' average in the periods of the area's own line."""
    if "neighbours" not in frame.request.compare:
        return None
    printer = numbers.gap if measure == "gap" else numbers.level
    rows = []
    for row in own:
        place = told.places.get((measure, row.time_period))
        mean = place.neighbour_mean if place else None
        rows.append((row, mean))
    if all(mean is None for _, mean in rows):
        return None
    marks = [(r.time_period, r.basis, r.line, mean is not None) for r, mean in rows]
    points = tuple(
        point(
            frame,
            row,
            mean,
            printer(mean, frame.indicator.unit, numbers.mean_decimals(row.decimals))
            if mean is not None
            else "",
            segment,
        )
        for (row, mean), segment in zip(rows, segments(marks), strict=True)
    )
    return Line("neighbours", frame.area_label("neighbours"), points)


def _bands(points: tuple[Point, ...]) -> tuple[Band, ...]:
    years = sorted(int(p.position) for p in points if p.symbol == "covid")
    runs: list[list[int]] = []
    for year in years:
        if runs and year - runs[-1][-1] == 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return tuple(Band(run[0] - 0.5, run[-1] + 0.5, "No figures (COVID-19)") for run in runs)


def _ticks(frame: Frame, points: list[Point]) -> tuple[tuple[float, str], ...]:
    style = frame.indicator.period_style
    found = {p.position: tick_label(p.time_period, style) for p in points}
    return tuple(sorted(found.items()))


def _level_axis(frame: Frame, lines: tuple[Line, ...], decimals: int) -> Axis:
    values = [p.value for line in lines for p in line.points if p.value is not None]
    suffix = "%" if frame.indicator.unit == "percent" else ""
    return Axis(level_title(frame.indicator), decimals, suffix, min(0.0, *values), max(values), "")


def _gap_axis(frame: Frame, lines: tuple[Line, ...], decimals: int) -> Axis:
    values = [p.value for line in lines for p in line.points if p.value is not None] or [0.0]
    unit = {"percent": "percentage points", "per_100_pupils": "per 100 pupils", "score": "points"}
    title = f"Gap, {unit.get(frame.indicator.unit, frame.indicator.unit)}"
    lowest, highest = min(0.0, *values), max(0.0, *values)
    start = _raised(min(values), highest)
    if start > 0:
        note = f"axis starts at {numbers.number(start, 0 if start >= 1 else decimals)}"
        return Axis(title, decimals, "", start, highest, note)
    return Axis(title, decimals, "", lowest, highest, "0 is no gap")


def _raised(lowest: float, highest: float) -> float:
    """Where a gap axis starts: at 0, or higher where every gap is far from 0 and the
    lines could not be told apart."""
    spread = highest - lowest
    if lowest <= 0 or spread > highest / 2:
        return 0.0
    step = 10.0 ** math.floor(math.log10(max(spread, highest / 100)))
    return max(0.0, math.floor((lowest - spread / 2) / step) * step)


def _ends(levels: Sequence[Line]) -> tuple[str, ...]:
    """The first and the last period with a figure."""
    filled = sorted(p.time_period for line in levels for p in line.points if p.value is not None)
    return (filled[0], filled[-1]) if filled else ()


def _alt(frame: Frame, lines: tuple[Line, ...], told: story.Story) -> str:
    parts = []
    for line in lines[:2]:
        filled = [p for p in line.points if p.value is not None]
        parts.append(f"{line.label} {filled[0].printed} to {filled[-1].printed}" if filled else "")
    span = [p.period_label for p in lines[0].points if p.value is not None]
    text = (
        f"{frame.short}, {frame.area.short_name}, {span[0]} to {span[-1]}: "
        f"{'; '.join(p for p in parts if p)}."
    )
    return text if len(text) <= 150 else text[:147].rsplit(" ", 1)[0] + "…"


def _gap_alt(frame: Frame, gaps: tuple[Line, ...]) -> str:
    filled = [p for p in gaps[0].points if p.value is not None]
    if not filled:
        return f"No gap can be shown for {frame.area.in_text}."
    others = ", ".join(f"{g.label} {g.last.printed}" for g in gaps[1:] if g.last)
    text = (
        f"Gap in {frame.area.in_text}: {filled[0].printed} in {filled[0].period_label}, "
        f"{filled[-1].printed} in {filled[-1].period_label}" + (f"; {others}." if others else ".")
    )
    return text if len(text) <= 150 else text[:147].rsplit(" ", 1)[0] + "…"


def _description(frame: Frame, lines: list[Line]) -> str:
    """Every line's figures in order, for people who cannot see the chart."""
    said = []
    for line in lines:
        each = ", ".join(f"{p.period_label} {p.printed}" for p in line.points)
        said.append(f"{line.label}: {each}.")
    return f"{frame.indicator.label}, {frame.area.name}. " + " ".join(said)
