"""One small chart for each school, cluster or DSPL area, all on the same axes."""

from __future__ import annotations

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.marks import hover, is_hidden, runs
from sendgap.charts.scale import Scale, scale, tick_text
from sendgap.charts.theme import Spec
from sendgap.views.local_model import LocalAreas, LocalUnit
from sendgap.views.model import Line

#: Panels drawn at once; the table has every unit.
MOST_PANELS = 12
#: A panel's height, with the room for its name and its years.
PLOT, NAME, YEARS, TOP = 120, 34, 30, 40
LEFT = 48


def small_multiples(view: LocalAreas, *, across: int = 3, most: int = MOST_PANELS) -> go.Figure:
    """Panels in the view's order, ``across`` of them in a row, the first ``most``.

    A unit without a figure keeps its place and size and says so; its panel is pale.
    """
    units = view.units[:most]
    rows = max(1, -(-len(units) // across))
    height = TOP + rows * (PLOT + NAME + YEARS)
    axis = scale(view.axis, PLOT)
    traces: list[Spec] = []
    layout: Spec = {"height": height, "margin": {"l": LEFT, "r": 12, "t": 0, "b": 0}}
    notes: list[Spec] = [theme.unit_label(view.axis.title, left=LEFT)]
    notes[0] |= {"y": 1 - 6 / height, "yanchor": "top", "yshift": 0}
    shapes: list[Spec] = []
    for place, unit in enumerate(units):
        box = _box(place, across, height)
        number = "" if place == 0 else str(place + 1)
        layout |= _axes(view, axis, box, number, first=place % across == 0)
        traces += _panel(view, unit, number)
        notes += _names(unit, box)
        if unit.hidden:
            shapes.append(_pale(box))
    layout["shapes"], layout["annotations"] = shapes, notes
    return theme.figure(traces, **layout)


Box = tuple[float, float, float, float]


def _box(place: int, across: int, height: int) -> Box:
    """Left, right, foot and top of a panel as parts of the figure."""
    column, row = place % across, place // across
    gap = 0.05 if across > 1 else 0.0
    width = (1 - gap * (across - 1)) / across
    left = column * (width + gap)
    top = 1 - (TOP + row * (PLOT + NAME + YEARS) + NAME) / height
    return left, left + width, top - PLOT / height, top


def _axes(view: LocalAreas, axis: Scale, box: Box, number: str, *, first: bool) -> Spec:
    left, right, foot, top = box
    years = [position for position, _ in view.ticks]
    ends = [view.ticks[0], view.ticks[-1]] if len(view.ticks) > 1 else list(view.ticks)
    low, high = (min(years), max(years)) if years else (0.0, 1.0)
    return {
        f"xaxis{number}": {
            "domain": [left, right],
            "anchor": f"y{number}",
            "range": [low - 0.35, high + 0.35],
            "tickvals": [position for position, _ in ends],
            "ticktext": [label for _, label in ends],
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "showgrid": False,
            "zeroline": False,
            "linecolor": theme.GREY,
            "fixedrange": True,
        },
        f"yaxis{number}": {
            "domain": [foot, top],
            "anchor": f"x{number}",
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": tick_text(view.axis, axis.ticks),
            "showticklabels": first,
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "gridcolor": theme.GRID,
            "zeroline": False,
            "fixedrange": True,
        },
    }


def _panel(view: LocalAreas, unit: LocalUnit, number: str) -> list[Spec]:
    """The authority's line behind, then the unit's own lines."""
    lines = [*([view.authority] if view.authority else []), *reversed(unit.lines)]
    own = [line for line in unit.lines if line.role == "sen"]
    return [
        *(_interval(line, number) for line in own),
        *(trace for line in lines for trace in _line(line, number)),
    ]


def _interval(line: Line, number: str) -> Spec:
    """The group's 95% intervals as thin upright strokes behind its points."""
    points = [p for p in line.points if p.value is not None and p.lower is not None]
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": "interval",
        "xaxis": f"x{number}",
        "yaxis": f"y{number}",
        "x": [x for p in points for x in (p.position, p.position, None)],
        "y": [y for p in points for y in (p.lower, p.upper, None)],
        "line": {"color": theme.style("sen", line.group).colour, "width": 2},
        "hoverinfo": "skip",
    }


def _line(line: Line, number: str) -> list[Spec]:
    look = theme.PLACES["england"] if line.role == "area" else theme.style("sen", line.group)
    found: list[Spec] = []
    for run in runs(line.points):
        found.append(
            {
                "type": "scatter",
                "mode": "lines+markers",
                "meta": line.role,
                "xaxis": f"x{number}",
                "yaxis": f"y{number}",
                "x": [point.position for point in run],
                "y": [point.value for point in run],
                "line": {"color": look.colour, "dash": look.dash, "width": max(1, look.width - 1)},
                "marker": {"color": look.colour, "symbol": look.symbol, "size": 7},
                "hoverinfo": "text",
                "hovertext": [hover(line, point) for point in run],
            }
        )
    return found


def _names(unit: LocalUnit, box: Box) -> list[Spec]:
    """The unit's name, and under it the newest figures or why there are none."""
    left, _, _, top = box
    name = theme.wrapped(unit.name, 34)[0]
    letter = "c: " if any(is_hidden(p) for line in unit.lines for p in line.points) else ""
    said = f"{letter}{unit.hidden}" if unit.hidden else _newest(unit)
    return [
        theme.text(
            f"<b>{name}</b><br>{said}", x=left, y=top, xref="paper", yref="paper",
            xanchor="left", yanchor="bottom", align="left", size=theme.SMALL,
        )
    ]  # fmt: skip


def _newest(unit: LocalUnit) -> str:
    parts = []
    for line, printed in zip(unit.lines, (unit.level, unit.reference), strict=False):
        parts.append(f"{theme.swatch(theme.style('sen', line.group))} {line.label} {printed}")
    return " ".join(parts)


def _pale(box: Box) -> Spec:
    left, right, foot, top = box
    return {
        "type": "rect", "xref": "paper", "yref": "paper", "x0": left, "x1": right, "y0": foot,
        "y1": top, "fillcolor": theme.PALE, "line": {"color": theme.GREY, "width": 1},
        "layer": "below",
    }  # fmt: skip
