"""Level against gap: a wide gap and a high level can both be true."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.marks import area_points
from sendgap.charts.ranking import hover, look
from sendgap.charts.scale import step, tick_text
from sendgap.charts.theme import Spec
from sendgap.views.compare_model import CompareAreas, RankedArea
from sendgap.views.model import Axis

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 500, 52, 16, 76, 54
#: Lines of one reference level that are drawn at most.
MOST_LINES = 4
#: Room above and below the points, as a part of their span: the corners' two lines of words
#: stand there and cover no area.
CORNERS = 0.14
Span = tuple[float, float]


def level_and_gap(view: CompareAreas) -> go.Figure:
    """Better levels to the right, narrower gaps at the top; England's figures as lines."""
    assert view.gap_axis is not None
    rows = [row for row in view.rows if row.level is not None and row.gap is not None]
    across = _span([row.level or 0.0 for row in rows])
    down = _span([row.gap or 0.0 for row in rows], CORNERS)
    is_low_best = view.polarity.value == "lower_is_better"
    order = ("other", "neighbour", "chosen", "area")
    return theme.figure(
        [*_diagonals(view, across, down), *(_points(view, rows, role) for role in order)],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis=_axis(view.level_axis, across, backwards=is_low_best)
        | {"title": {"text": f"{view.sen_label}: {view.level_axis.title}",
                     "font": {"size": 13, "color": theme.SECONDARY}, "standoff": 8}},
        yaxis=_axis(view.gap_axis, down, backwards=True),
        shapes=_england(view),
        annotations=[*_key(view, rows), _gap_label(view), *_corners(view), *_own_name(view, rows)],
    )  # fmt: skip


def _span(values: Sequence[float], room: float = 0.07) -> Span:
    low, high = min(values), max(values)
    pad = (high - low or 1.0) * room
    return low - pad, high + pad


def _axis(axis: Axis, span: Span, *, backwards: bool) -> Spec:
    low, high = span
    each = step(high - low)
    first, last = int(low // each) + 1, int(high // each)
    ticks = [round(n * each, 9) for n in range(first, last + 1)]
    return {
        "range": [high, low] if backwards else [low, high],
        "tickvals": ticks,
        "ticktext": tick_text(axis, ticks),
        "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
        "gridcolor": theme.GRID,
        "zeroline": False,
        "fixedrange": True,
    }


def _points(view: CompareAreas, rows: Sequence[RankedArea], role: str) -> Spec:
    picked = [row for row in rows if row.role == role]
    return area_points(
        role,
        look(view, role),
        {"area": 15, "neighbour": 11, "chosen": 12}.get(role, 7),
        [(row.level, row.gap) for row in picked],
        [hover(row, has_gap=True) for row in picked],
    )


def _diagonals(view: CompareAreas, across: Span, down: Span) -> Iterator[Spec]:
    """Along each line the reference group has one level, so level and gap trade one for one."""
    sign = 1 if view.polarity.value == "higher_is_better" else -1
    held = [level + sign * gap for level in across for gap in down]
    each = step(max(held) - min(held), MOST_LINES + 1)
    first, last = int(min(held) // each) + 1, int(max(held) // each)
    for reference in (round(n * each, 9) for n in range(first, last + 1)):
        yield {
            "type": "scatter",
            "mode": "lines",
            "meta": "diagonal",
            "x": list(across),
            "y": [sign * (reference - level) for level in across],
            "line": {"color": "#D0D0D0", "width": 1, "dash": "dot"},
            "hoverinfo": "text",
            "hovertext": f"{view.reference_label} {tick_text(view.level_axis, [reference])[0]}",
        }


def _england(view: CompareAreas) -> list[Spec]:
    mark = next((b for b in view.beside if b.role == "england"), None)
    if mark is None or mark.level is None or mark.gap is None:
        return []
    line = {"color": theme.PLACES["england"].colour, "width": 1.5, "dash": "longdash"}
    return [
        {"type": "line", "layer": "below", "xref": "x", "yref": "paper", "x0": mark.level,
         "x1": mark.level, "y0": 0, "y1": 1, "line": line},
        {"type": "line", "layer": "below", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
         "y0": mark.gap, "y1": mark.gap, "line": line},
    ]  # fmt: skip


def _key(view: CompareAreas, rows: Sequence[RankedArea]) -> list[Spec]:
    """Which mark is whom, in two lines above the plot."""
    words = []
    if any(row.role == "neighbour" for row in rows):
        words.append(f"{theme.swatch(look(view, 'neighbour'))} Statistical neighbours")
    if any(row.role == "chosen" for row in rows):
        words.append(f"{theme.swatch(look(view, 'chosen'))} Chosen")
    if any(row.role == "other" for row in rows):
        words.append(f"{theme.swatch(look(view, 'other'))} Others")
    lines = ["   ".join(words)]
    if _england(view):
        lines.append("– – England's level and gap")
    return [
        theme.text(
            line, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            xshift=-LEFT + 4, yshift=48 - 17 * n, align="left", size=13,
        )
        for n, line in enumerate(lines)
        if line
    ]  # fmt: skip


def _gap_label(view: CompareAreas) -> Spec:
    assert view.gap_axis is not None
    label = theme.unit_label(f"{view.gap_axis.title} (narrower at the top)", left=LEFT)
    return label | {"yshift": 8}


def _corners(view: CompareAreas) -> list[Spec]:
    """What each corner means, in words."""
    best, weak = (
        ("higher level", "lower level")
        if view.polarity.value == "higher_is_better"
        else ("lower level", "higher level")
    )
    return [
        theme.text(
            f"{level},<br>{gap} gap", x=x, y=y, xref="paper", yref="paper", size=theme.SMALL,
            xanchor="right" if x else "left", yanchor="top" if y else "bottom",
            align="right" if x else "left", colour=theme.SECONDARY, bgcolor="rgba(255,255,255,0.8)",
        )
        for level, x in ((weak, 0), (best, 1))
        for gap, y in (("narrower", 1), ("wider", 0))
    ]  # fmt: skip


def _own_name(view: CompareAreas, rows: Sequence[RankedArea]) -> list[Spec]:
    own = next((row for row in rows if row.role == "area"), None)
    if own is None or own.level is None or own.gap is None:
        return []
    levels = [row.level or 0.0 for row in rows]
    is_high = own.level > (min(levels) + max(levels)) / 2
    at_right = is_high == (view.polarity.value == "higher_is_better")
    return [
        theme.text(
            f"<b>{own.name}</b>", x=own.level, y=own.gap, size=13, bgcolor="rgba(255,255,255,0.85)",
            xanchor="right" if at_right else "left", xshift=-11 if at_right else 11,
        )
    ]  # fmt: skip
