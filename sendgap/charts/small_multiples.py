"""One small chart for each school, cluster or DSPL area, all on the same axes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.marks import hover, is_hidden, runs
from sendgap.charts.scale import scale, tick_text
from sendgap.charts.theme import Spec
from sendgap.views.local_model import LocalAreas, LocalOne, LocalUnit, OneOutcome
from sendgap.views.model import Axis, Line

#: Panels drawn at once, on screens and on phones, and at most; the table has every unit.
MOST_PANELS, FEW_PANELS, ALL_PANELS = 12, 6, 60
#: A panel's height, with the room for its name and its years.
PLOT, NAME, YEARS, TOP = 120, 34, 30, 40
LEFT = 48
#: Between panels as a part of the width: with axes of their own they need more.
GAP, GAP_OWN = 0.05, 0.075

#: The place's own marks are the largest, the authority's lie under them.
SIZES = {"sen": 9, "area": 5}

Ticks = tuple[tuple[float, str], ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One small chart: its name, what is said under it, its lines, and its value axis."""

    name: str
    said: str
    lines: tuple[Line, ...]
    axis: Axis
    is_pale: bool = False
    is_chosen: bool = False


def small_multiples(view: LocalAreas, *, across: int = 3, most: int = MOST_PANELS) -> go.Figure:
    """Panels in the view's order, ``across`` of them in a row, the first ``most``.

    A unit without a figure keeps its place and size and says so, where there are not too many
    units; its panel is pale.
    """
    whole = [view.authority] if view.authority else []
    units = view.drawn
    panels = [
        Panel(unit.name, _of_unit(unit), (*whole, *reversed(unit.lines)), view.axis,
              bool(unit.hidden), is_chosen=unit.unit_id == view.chosen)
        for unit in units[:most]
    ]  # fmt: skip
    key = _key(view.axis.title, view.authority)
    if len(units) > most:
        key += f"{'<br>' if across == 1 else '   '}the first {most} of {len(units)} with a figure"
    return _panels(panels, view.ticks, across, key)


def small_years(view: LocalOne, *, across: int = 3) -> go.Figure:
    """One place's outcomes over the years, a panel and an axis for each that has any."""
    outcomes = [outcome for outcome in view.outcomes if outcome.has_years]
    panels = [
        Panel(o.name, _of_outcome(o), tuple(reversed(o.lines)), o.axis, bool(o.hidden))
        for o in outcomes
    ]
    whole = next((line for o in outcomes for line in o.lines if line.role == "area"), None)
    return _panels(panels, view.ticks, across, _key("", whole, has_figure=False), own_axes=True)


def _panels(
    panels: Sequence[Panel], ticks: Ticks, across: int, key: str, *, own_axes: bool = False
) -> go.Figure:
    rows = max(1, -(-len(panels) // across))
    top = TOP + 15 * key.count("<br>")
    height = top + rows * (PLOT + NAME + YEARS)
    traces: list[Spec] = []
    layout: Spec = {"height": height, "margin": {"l": LEFT, "r": 12, "t": 0, "b": 0}}
    notes: list[Spec] = [theme.unit_label(key, left=LEFT)]
    notes[0] |= {"text": key, "y": 1 - 6 / height, "yanchor": "top", "yshift": 0}
    shapes: list[Spec] = []
    for place, panel in enumerate(panels):
        box = _box(place, across, (top, height), GAP_OWN if own_axes else GAP)
        number = "" if place == 0 else str(place + 1)
        has_values = own_axes or place % across == 0
        layout |= _axes(ticks, panel.axis, box, number, has_values=has_values)
        traces += _panel(panel, number)
        notes += _names(panel, box)
        if panel.is_pale:
            shapes.append(_pale(box))
        if panel.is_chosen:
            shapes.append(_frame(box))
    layout["shapes"], layout["annotations"] = shapes, notes
    return theme.figure(traces, **layout)


def _key(title: str, whole: Line | None, *, has_figure: bool = True) -> str:
    """The unit, and which line is the whole authority."""
    if whole is None or whole.last is None:
        return title
    figure = f" {whole.last.printed}" if has_figure else ""
    name = f"{theme.swatch(theme.PLACES['england'])} dashed: the whole authority{figure}"
    return f"{title}   {name}" if title else name


Box = tuple[float, float, float, float]


def _box(place: int, across: int, pixels: tuple[int, int], between: float) -> Box:
    """Left, right, foot and top of a panel as parts of the figure."""
    column, row = place % across, place // across
    above, height = pixels
    gap = between if across > 1 else 0.0
    width = (1 - gap * (across - 1)) / across
    left = column * (width + gap)
    top = 1 - (above + row * (PLOT + NAME + YEARS) + NAME) / height
    return left, left + width, top - PLOT / height, top


def _axes(ticks: Ticks, words: Axis, box: Box, number: str, *, has_values: bool) -> Spec:
    left, right, foot, top = box
    axis = scale(words, PLOT)
    years = [position for position, _ in ticks]
    ends = [ticks[0], ticks[-1]] if len(ticks) > 1 else list(ticks)
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
            "ticktext": tick_text(words, axis.ticks),
            "showticklabels": has_values,
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "gridcolor": theme.GRID,
            "zeroline": False,
            "fixedrange": True,
        },
    }


def _panel(panel: Panel, number: str) -> list[Spec]:
    """The authority's line behind, then the unit's own lines."""
    own = [line for line in panel.lines if line.role == "sen"]
    return [
        *(_interval(line, number) for line in own),
        *(trace for line in panel.lines for trace in _line(line, number)),
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
                "marker": {
                    "color": look.colour,
                    "symbol": look.symbol,
                    "size": SIZES.get(line.role, 7),
                },
                "hoverinfo": "text",
                "hovertext": [hover(line, point) for point in run],
            }
        )
    return found


def _names(panel: Panel, box: Box) -> list[Spec]:
    """The panel's name, and under it the newest figures or why there are none."""
    left, _, _, top = box
    name = theme.wrapped(panel.name, 34)[0]
    return [
        theme.text(
            f"<b>{name}</b><br>{panel.said}", x=left, y=top, xref="paper", yref="paper",
            xanchor="left", yanchor="bottom", align="left", size=theme.SMALL,
        )
    ]  # fmt: skip


def _of_unit(unit: LocalUnit) -> str:
    """A unit's newest figures, or why there are none."""
    letter = "c: " if any(is_hidden(p) for line in unit.lines for p in line.points) else ""
    if unit.hidden:
        return f"{letter}{unit.hidden}"
    return _newest(zip(unit.lines, (unit.level, unit.reference), strict=False))


def _of_outcome(outcome: OneOutcome) -> str:
    """An outcome's newest figures, or why there are none."""
    if outcome.hidden:
        return f"{outcome.own.printed}: {outcome.hidden}"
    own, *others = outcome.lines
    beside = [(line, outcome.reference) for line in others if line.role == "reference"]
    return _newest([(own, outcome.own.printed), *beside])


def _newest(figures: Iterable[tuple[Line, str]]) -> str:
    """Over a narrow panel: a unit in words stands once, after the last of the figures."""
    held = list(figures)
    held[:-1] = [(line, printed.removesuffix(" per 100")) for line, printed in held[:-1]]
    return " ".join(
        f"{theme.swatch(theme.style('sen', line.group))} {line.label} {printed}"
        for line, printed in held
    )


def _pale(box: Box) -> Spec:
    left, right, foot, top = box
    return {
        "type": "rect", "xref": "paper", "yref": "paper", "x0": left, "x1": right, "y0": foot,
        "y1": top, "fillcolor": theme.PALE, "line": {"color": theme.GREY, "width": 1},
        "layer": "below",
    }  # fmt: skip


def _frame(box: Box) -> Spec:
    """A frame round the unit looked at."""
    left, right, foot, top = box
    return {
        "type": "rect", "xref": "paper", "yref": "paper", "x0": left, "x1": right, "y0": foot,
        "y1": top, "fillcolor": "rgba(0,0,0,0)", "line": {"color": theme.INK, "width": 3},
    }  # fmt: skip
