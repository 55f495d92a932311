"""One area and outcome over the years: levels with the gap between them, and the gap itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import plotly.graph_objects as go

from sendgap.charts import marks, theme
from sendgap.charts.scale import Scale, scale, tick_text, year_ticks
from sendgap.charts.theme import Spec
from sendgap.views.model import Axis, GapOverTime, Line, Point

HEIGHT = 400
LEFT, RIGHT, TOP, BOTTOM = 44, 126, 44, 46
#: Pixels between the margins on a phone.
NARROWEST = 188
#: Years on either side of the first and the last period.
AROUND = 0.4
#: Roles whose hidden figures are marked; comparators' stand in the table.
OWN = ("sen", "reference", "area")


def levels(view: GapOverTime) -> go.Figure:
    """The group's level and its reference, the gap shaded; without a gap, comparators."""
    axis = _scale(view.level_axis, view.levels)
    lines = (*view.levels, view.targets) if view.targets else view.levels
    view = _since_drawn(view, lines)
    gap = next((line for line in view.gaps if line.role in ("area", "sen")), None)
    sides = [next((n for n in view.levels if n.role == r), None) for r in ("sen", "reference")]
    traces: list[Spec] = []
    brackets: list[Spec] = []
    labels: list[Spec] = []
    if sides[0] and sides[1]:
        pairs = _pairs(sides[0], sides[1])
        traces += [_shade(run, sides[0]) for run in pairs if len(run) > 1]
        if gap:
            brackets, labels = _brackets(pairs, gap, axis, _edges(view))
    return _figure(view, lines, axis, view.level_axis, traces, brackets, labels)


def gaps(view: GapOverTime) -> go.Figure | None:
    """The gap beside those of the comparators; nothing where no gap is defined."""
    if view.gap_axis is None or not view.gaps:
        return None
    words, axis = view.gap_axis, _scale(view.gap_axis, view.gaps)
    view = _since_drawn(view, view.gaps)
    shapes: list[Spec] = []
    if axis.low <= 0 <= axis.high:
        shapes.append(
            {
                "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1, "y0": 0, "y1": 0,
                "line": {"color": theme.INK, "width": 1.5},
            }
        )  # fmt: skip
    drawn = _figure(view, view.gaps, axis, words, [], shapes, [])
    drawn.layout.yaxis.ticktext = [
        text if tick else "no gap"
        for tick, text in zip(axis.ticks, drawn.layout.yaxis.ticktext, strict=True)
    ]
    return drawn


def _since_drawn(view: GapOverTime, lines: Sequence[Line]) -> GapOverTime:
    """The view from the first period in which one of these lines has something to draw."""
    drawn = [p.position for line in lines for p in line.points
             if p.value is not None or (line.role in OWN and marks.is_hidden(p))]  # fmt: skip
    first = min(drawn, default=view.ticks[0][0] if view.ticks else 0.0)
    return replace(
        view,
        ticks=tuple(tick for tick in view.ticks if tick[0] >= first),
        bands=tuple(band for band in view.bands if band.last > first),
        breaks=tuple(each for each in view.breaks if each.position > first - AROUND),
    )


def _scale(axis: Axis, lines: Sequence[Line]) -> Scale:
    hidden = any(marks.is_hidden(p) for n in lines if n.role in OWN for p in n.points)
    return scale(axis, HEIGHT - TOP - BOTTOM, has_hidden=hidden)


def _pairs(sen: Line, reference: Line) -> list[list[tuple[Point, Point]]]:
    """Runs of periods in which both sides have a figure and may be joined."""
    others = {p.time_period: p for p in reference.points if p.value is not None}
    starts = {run[0].time_period for line in (sen, reference) for run in marks.runs(line.points)}
    found: list[list[tuple[Point, Point]]] = []
    for point in sen.points:
        if point.value is None or point.time_period not in others:
            continue
        if point.time_period in starts or not found:
            found.append([])
        found[-1].append((point, others[point.time_period]))
    return found


def _shade(run: list[tuple[Point, Point]], sen: Line) -> Spec:
    """The gap of one unbroken run as a closed shape in the group's hue."""
    forth = [(a.position, a.value) for a, _ in run]
    back = [(b.position, b.value) for _, b in reversed(run)]
    outline = [*forth, *back, forth[0]]
    return {
        "type": "scatter",
        "mode": "lines",
        "name": "gap",
        "meta": "shade",
        "x": [x for x, _ in outline],
        "y": [y for _, y in outline],
        "fill": "toself",
        "fillcolor": _tint(theme.style_of(sen).colour),
        "line": {"width": 0},
        "hoverinfo": "skip",
    }


def _tint(colour: str) -> str:
    red, green, blue = (int(colour[i : i + 2], 16) for i in (1, 3, 5))
    return f"rgba({red},{green},{blue},0.12)"


def _edges(view: GapOverTime) -> list[float]:
    """Where a printed gap must end: at breaks, bands and both ends."""
    years = [position for position, _ in view.ticks]
    bands = [edge for band in view.bands for edge in (band.first, band.last)]
    rules = [b.position for b in view.breaks]
    return [min(years) - 0.5, *bands, *rules, max(years) + 0.5]


def _room(printed: str, edges: list[float]) -> float:
    """The years a printed gap takes up where the chart is narrowest."""
    return (max(edges) - min(edges)) * (len(printed) * 7 + 10) / NARROWEST


Pair = tuple[Point, Point]


def _brackets(
    pairs: list[list[Pair]], gap: Line, axis: Scale, edges: list[float]
) -> tuple[list[Spec], list[Spec]]:
    """The gap written between the lines in the last and the first period, where there is
    room beside the rules and bands that stand at ``edges``."""
    both = [pair for run in pairs for pair in run]
    printed = {p.time_period: p.printed for p in gap.points if p.value is not None}
    shapes: list[Spec] = []
    labels: list[Spec] = []
    taken: list[tuple[float, float]] = []
    ends = ((both[-1], -1), (both[0], 1)) if both[1:] else [(pair, -1) for pair in both]
    for pair, way in ends:
        sen, reference = pair
        words = printed.get(sen.time_period, "")
        near, far = sorted((sen.position, sen.position + way * _room(words, edges)))
        overlaps = any(near < end and start < far for start, end in taken)
        if not words or overlaps or not _is_clear(pair, (near, far), both, axis, edges):
            continue
        taken.append((near, far))
        shapes.append(
            {
                "type": "line", "x0": sen.position, "x1": sen.position,
                "y0": sen.value, "y1": reference.value,
                "line": {"color": theme.SECONDARY, "width": 1},
            }
        )  # fmt: skip
        labels.append(
            theme.text(
                words, x=sen.position, y=axis.value(_middle(pair, axis)), xshift=5 * way, size=13,
                xanchor="right" if way < 0 else "left",
            )
        )  # fmt: skip
    return shapes, labels


def _middle(pair: Pair, axis: Scale) -> float:
    """The height in pixels half way between both sides."""
    return sum(axis.pixel(point.value or 0.0) for point in pair) / 2


def _is_clear(
    pair: Pair, span: tuple[float, float], both: list[Pair], axis: Scale, edges: list[float]
) -> bool:
    """Whether the words between a pair touch neither a line nor anything upright."""
    near, far = span
    if any(near < edge < far for edge in edges) or min(edges) > near or max(edges) < far:
        return False
    beside = [pair, *(p for p in both if near - 0.5 <= p[0].position <= far + 0.5)]
    middle = _middle(pair, axis)
    return all(
        min(sides) + 15 <= middle <= max(sides) - 15
        for sides in ([axis.pixel(point.value or 0.0) for point in p] for p in beside)
    )


def _figure(
    view: GapOverTime,
    lines: Sequence[Line],
    axis: Scale,
    words: Axis,
    under: list[Spec],
    shapes: list[Spec],
    labels: list[Spec],
) -> go.Figure:
    ordered = sorted(lines, key=lambda line: line.role in ("area", "sen"))
    traces = under + [marks.line_trace(line, view.bands) for line in ordered if line.last]
    hidden = marks.hidden_trace([n for n in lines if n.role in OWN], axis)
    last = max((p for p, _ in view.ticks), default=0.0)
    first = min((p for p, _ in view.ticks), default=0.0)
    bands, band_labels = marks.band_marks(view.bands, lines, axis)
    breaks, break_labels = marks.break_marks(view.breaks, view.bands, lines, axis)
    named = [line for line in ordered if line.role != "neighbour"]
    ends = marks.end_labels(named[::-1], axis)
    note = f" ({words.note})" if words.note else ""
    unit = theme.unit_label(words.title + note, left=LEFT)
    year = year_ticks(view.ticks)
    return theme.figure(
        traces + ([hidden] if hidden else []),
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis={
            "range": [first - AROUND, last + AROUND],
            "tickvals": list(year),
            "ticktext": [label.replace(" ", "<br>") for label in year.values()],
            "tickangle": 0,
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "ticks": "outside",
            "minor": {"tickvals": [p for p, _ in view.ticks], "ticks": "outside", "ticklen": 3},
            "showgrid": False,
            "zeroline": False,
            "linecolor": theme.GREY,
            "fixedrange": True,
        },
        yaxis={
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": tick_text(words, axis.ticks),
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "gridcolor": theme.GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=bands + breaks + shapes,
        annotations=[unit, *band_labels, *break_labels, *labels, *ends],
    )
