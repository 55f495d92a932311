"""One outcome of a school, cluster or DSPL area over the school years."""

from __future__ import annotations

from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.axes import gap_axis, level_axis
from sendgap.views.frame import definition_of, point, segments
from sendgap.views.local_figures import Cell
from sendgap.views.local_lines import line, ticks
from sendgap.views.local_outcome import England, LocalOutcome, Reading, when
from sendgap.views.local_outcome_tables import letters_in, over_time_table
from sendgap.views.local_outcome_words import nothing, words
from sendgap.views.local_words import practice
from sendgap.views.model import Chart, GapOverTime, Line, Point
from sendgap.views.periods import ends_in


def local_over_time(
    release: Release, local: LocalRelease, unit: str, indicator_id: str, group: SenGroup
) -> LocalOutcome:
    """The unit's level with its reference, the authority's and England's; and the gaps."""
    reading = Reading.of(release, local, unit, indicator_id, group)
    england, own = England.of(reading), reading.own()
    if not any(cell.value is not None for cell in own):
        return LocalOutcome(nothing(reading), reading.disclosure(own))
    drawn = _drawn(own)
    near = england.between(drawn[0].time_period, drawn[-1].time_period)
    levels, gaps = _levels(reading, near, drawn), _gaps(reading, near, drawn)
    table = over_time_table(reading, near)
    indicator = reading.indicator
    view = GapOverTime(
        words=words(reading, near if near.levels else england, letters_in(table)),
        definition=definition_of(indicator),
        chart=Chart(_alt(reading, levels), _description(reading, (*levels, *gaps)), table,
                    reading.file_name("over time")),
        levels=levels,
        gaps=gaps,
        level_axis=level_axis(indicator, _values(levels), 0),
        gap_axis=gap_axis(indicator, _values(gaps), 0) if gaps else None,
        bands=(),
        breaks=(),
        ticks=ticks(drawn),
        gap_alt=_gap_alt(reading, gaps),
        polarity=indicator.polarity,
    )  # fmt: skip
    return LocalOutcome(view, reading.disclosure(own))


def _drawn(own: list[Cell]) -> list[Cell]:
    """Single years; where only years together are shown, those; oldest first."""
    singles = [c for c in own if c.years == 1]
    is_shown = any(c.value is not None for c in singles)
    found = singles if is_shown else [c for c in own if c.years > 1]
    return sorted(found, key=lambda c: c.time_period)


def _levels(reading: Reading, england: England, drawn: list[Cell]) -> tuple[Line, ...]:
    """The group and its reference here, then the group in the authority and in England."""
    years = {c.years for c in drawn}
    mine, whole = (
        [c for c in reading.cells[key] if c.years in years]
        for key in (reading.unit, reading.authority)
    )
    lines = [line(reading.indicator, "sen", mine, reading.group)]
    if reading.reference:
        lines.append(line(reading.indicator, "reference", mine, reading.reference.group))
    name = f"{reading.names[reading.authority]}, {reading.label}"
    lines.append(line(reading.indicator, "authority", whole, reading.group, name))
    rows = england.levels
    marks = [(r.time_period, r.basis, r.line, True) for r in rows]
    unit = reading.indicator.unit
    points = tuple(
        point(england.frame, r, r.value, numbers.level(r.value or 0.0, unit, r.decimals), segment)
        for r, segment in zip(rows, segments(marks), strict=True)
    )
    published = Line("england", f"{england.frame.england}, {reading.label}", points, reading.group)
    return (*lines, *([published] if points else []))


def _gaps(reading: Reading, england: England, drawn: list[Cell]) -> tuple[Line, ...]:
    """The gap here, in the authority and in England; nothing where none is shown here."""
    if reading.reference is None:
        return ()
    periods = {(c.time_period, c.years) for c in drawn}
    found = []
    for role, key in (("area", reading.unit), ("authority", reading.authority)):
        cells = [c for c in reading.own(key) if (c.time_period, c.years) in periods]
        found.append(_gap_line(reading, role, key, cells))
    if found[0].last is None:
        return ()
    marks = [(r.time_period, r.basis, r.line, True) for r in england.gaps]
    unit = reading.indicator.unit
    points = tuple(
        point(england.frame, r, r.gap, numbers.gap(r.gap or 0.0, unit, r.decimals), segment)
        for r, segment in zip(england.gaps, segments(marks), strict=True)
    )
    published = Line("england", england.frame.england, points, reading.group)
    return (*found, *([published] if points else []))


def _gap_line(reading: Reading, role: str, key: str, cells: list[Cell]) -> Line:
    points: list[Point] = []
    segment = 0
    for cell in sorted(cells, key=lambda c: c.time_period):
        printed = figures.gap(reading.indicator, cell, reading.same(key, cell, reference=True))
        segment += bool(points) and (cell.gap is None or points[-1].value is None)
        symbol = None if cell.gap is not None else cell.symbol or "c"
        points.append(
            Point(cell.time_period, float(ends_in(cell.time_period)), when(cell), cell.gap,
                  printed if cell.gap is not None else symbol or "", symbol, segment=segment)
        )  # fmt: skip
    return Line(role, reading.names[key], tuple(points), reading.group)


def _values(lines: tuple[Line, ...]) -> list[float]:
    return [p.value for each in lines for p in each.points if p.value is not None]


def _alt(reading: Reading, lines: tuple[Line, ...]) -> str:
    """One sentence of at most 150 characters."""
    last = lines[0].last
    newest = f": {last.printed} in {last.period_label}" if last else ""
    short = f"{reading.indicator.phrases.short} over the years"
    text = f"{short}, {reading.name}, {reading.label}{newest}, beside the authority."
    return text if len(text) <= 150 else f"{short}, {reading.label}{newest}."[:150]


def _gap_alt(reading: Reading, gaps: tuple[Line, ...]) -> str:
    last = gaps[0].last if gaps else None
    if last is None:
        return ""
    short = reading.indicator.phrases.short
    text = f"Gap in {short} over the years, {reading.name}: {last.printed} in {last.period_label}."
    return text if len(text) <= 150 else f"Gap over the years: {last.printed}."


def _description(reading: Reading, lines: tuple[Line, ...]) -> str:
    """Every line in words, oldest year first."""
    said = [f"{reading.indicator.phrases.short} in {reading.name}."]
    for each in lines:
        points = "; ".join(f"{p.period_label} {p.printed}" for p in each.points)
        said.append(f"{each.label}: {points}.")
    return " ".join([*said, *practice(reading.local)])
