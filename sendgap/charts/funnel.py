"""Small numbers: authorities by size, and the limits within which chance would keep them."""

from __future__ import annotations

import math
from collections.abc import Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.marks import area_points
from sendgap.charts.ranking import NEIGHBOUR, OTHER
from sendgap.charts.scale import step, tick_text
from sendgap.charts.theme import Spec, Style
from sendgap.views.funnel_model import FAR, FunnelArea, Limits, SmallNumbers

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 516, 48, 20, 92, 70
#: The plot on a phone, and a letter of a name, in pixels.
NARROWEST, LETTER, NAME_HEIGHT = 300, 7, 15
#: Sizes whose largest is this many times the smallest stand on a log axis.
LOG = 20
DASHES = {("95%", False): "dot", ("99.8%", False): "solid", ("95%", True): "dashdot",
          ("99.8%", True): "dash"}  # fmt: skip
SIZES = {"area": 15, "neighbour": 10, "chosen": 11}


def funnel(view: SmallNumbers) -> go.Figure:
    """Points by role; limits of chance alone, and wider ones where areas differ by more."""
    sizes = [row.size for row in view.areas]
    is_log = max(sizes) > LOG * min(sizes)
    low, high = _span(view)
    each = step(high - low)
    ticks = [round(n * each, 9) for n in range(math.ceil(low / each), math.floor(high / each) + 1)]
    traces = [line for limits in view.limits for line in _limit(view, limits, (low, high))]
    traces += [_points(view, role) for role in ("other", "neighbour", "chosen", "area")]
    return theme.figure(
        traces,
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis=_sizes(sizes, is_log=is_log)
        | {"title": {"text": _size_title(view, is_log=is_log),
                     "font": {"size": 13, "color": theme.SECONDARY}, "standoff": 8}},
        yaxis={
            "range": [low, high],
            "tickvals": ticks,
            "ticktext": tick_text(view.axis, ticks),
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "gridcolor": theme.GRID,
            "zeroline": False,
            "fixedrange": True,
        },
        shapes=[_target(view)],
        annotations=[*_key(view), theme.unit_label(view.axis.title, left=LEFT) | {"yshift": 4},
                     *_names(view, is_log=is_log)],
    )  # fmt: skip


def _size_title(view: SmallNumbers, *, is_log: bool) -> str:
    words = view.size_title + (" (log scale)" if is_log else "")
    return "<br>".join(theme.wrapped(words, 40))


def look(view: SmallNumbers, role: str) -> Style:
    """How an authority is drawn."""
    if role == "area":
        return theme.style("area", view.sen_group)
    return {"neighbour": NEIGHBOUR, "chosen": theme.PLACES["chosen"]}.get(role, OTHER)


def _span(view: SmallNumbers) -> tuple[float, float]:
    """From the lowest to the highest point and the target, with a little room."""
    values = [*(row.value for row in view.areas), view.target]
    low, high = min(values), max(values)
    pad = (high - low or 1.0) * 0.08
    floor = 0.0 if low >= 0 else low - pad
    return max(low - pad, floor) if low >= 0 else floor, high + pad


def _sizes(sizes: Sequence[float], *, is_log: bool) -> Spec:
    low, high = min(sizes), max(sizes)
    ticks = _log_ticks(low, high) if is_log else _even_ticks(high)
    span = [math.log10(low) - 0.08, math.log10(high) + 0.08] if is_log else [0, high * 1.04]
    return {
        "type": "log" if is_log else "linear",
        "range": span,
        "tickvals": ticks,
        "ticktext": [f"{tick:,.0f}" for tick in ticks],
        "tickangle": 0,
        "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
        "ticks": "outside",
        "showgrid": False,
        "zeroline": False,
        "linecolor": theme.GREY,
        "fixedrange": True,
    }


def _log_ticks(low: float, high: float) -> list[float]:
    """One, two and five times each power of ten, thinned to what a phone has room for."""
    powers = range(math.floor(math.log10(low)), math.ceil(math.log10(high)) + 1)
    found = [
        m * 10.0**p for p in powers for m in (1, 2, 5) if low * 0.8 <= m * 10.0**p <= high * 1.2
    ]
    return found if len(found) <= 6 else [t for t in found if str(int(t))[0] == "1"]


def _even_ticks(high: float) -> list[float]:
    each = step(high, 4)
    return [n * each for n in range(int(high // each) + 1)]


def _limit(view: SmallNumbers, limits: Limits, span: tuple[float, float]) -> list[Spec]:
    """Both sides of a limit, cut where the plot or what is possible ends."""
    least, most = span if view.by == "gap" else (max(span[0], 1e-6), min(span[1], 100 - 1e-6))
    dash = DASHES[limits.label, limits.is_wide]
    return [
        {
            "type": "scatter",
            "mode": "lines",
            "meta": "wide limit" if limits.is_wide else "limit",
            "name": limits.label,
            "x": [size for size, _ in side],
            "y": [value if least <= value <= most else None for _, value in side],
            "line": {
                "color": theme.GREY if limits.is_wide else theme.INK,
                "width": 1.5 if limits.label == "99.8%" else 1,
                "dash": dash,
            },
            "hoverinfo": "skip",
        }
        for side in (limits.lower, limits.upper)
    ]


def _target(view: SmallNumbers) -> Spec:
    style = theme.PLACES["england"]
    return {
        "type": "line", "layer": "below", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
        "y0": view.target, "y1": view.target,
        "line": {"color": style.colour, "width": 2, "dash": style.dash},
    }  # fmt: skip


def _points(view: SmallNumbers, role: str) -> Spec:
    picked = [row for row in view.areas if row.role == role]
    return area_points(
        role,
        look(view, role),
        SIZES.get(role, 7),
        [(row.size, row.value) for row in picked],
        [hover(row) for row in picked],
    )


def hover(row: FunnelArea) -> str:
    """What a pointer shows; the table says the same."""
    where = "outside" if row.plain == FAR else "inside"
    return (
        f"{row.name}<br>{row.printed} · {row.size_printed} counted"
        f"<br>{where} the range expected by chance (99.8%)"
    )


def _key(view: SmallNumbers) -> list[Spec]:
    """Which mark is whom and which line is what, above the plot."""
    roles = {"neighbour": "Statistical neighbours", "chosen": "Chosen", "other": "Others"}
    held = {row.role for row in view.areas}
    marks = [f"{theme.swatch(look(view, role))} {label}" for role, label in roles.items()
             if role in held]  # fmt: skip
    lines = ["   ".join(marks), f"— — {view.target_label}",
             "Limits of chance alone: ···· 95%   —— 99.8%"]  # fmt: skip
    if any(limits.is_wide for limits in view.limits):
        lines.append("Areas' differences allowed for: -·- 95%   - - 99.8%")
    return [
        theme.text(
            line, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            xshift=-LEFT + 4, yshift=22 + 16 * (len(lines) - 1 - n), align="left",
            size=theme.SMALL,
        )
        for n, line in enumerate(lines)
    ]  # fmt: skip


def _names(view: SmallNumbers, *, is_log: bool) -> list[Spec]:
    """The area and those farthest out, beside their points, where names have room."""
    sizes = {row.la_code: math.log10(row.size) if is_log else row.size for row in view.areas}
    low, high = min(sizes.values()), max(sizes.values())
    bottom, top = _span(view)
    taken: list[tuple[float, float, float]] = []
    found = []
    wanted = [row for row in view.areas if row.name in view.named]
    for row in sorted(wanted, key=lambda each: each.role != "area"):
        size = sizes[row.la_code]
        at_left = size > (low + high) / 2
        own = row.role == "area"
        point = (size - low) / (high - low or 1.0) * NARROWEST
        width = len(row.name) * LETTER + 10
        start, end = (point - width, point) if at_left else (point, point + width)
        height = (row.value - bottom) / (top - bottom) * (HEIGHT - TOP - BOTTOM)
        if any(start < e and s < end and abs(height - h) < NAME_HEIGHT for s, e, h in taken):
            continue
        taken.append((start, end, height))
        found.append(
            theme.text(
                f"<b>{row.name}</b>" if own else row.name, x=size, y=row.value,
                size=13 if own else theme.SMALL, bgcolor="rgba(255,255,255,0.6)",
                xanchor="right" if at_left else "left", xshift=-10 if at_left else 10,
            )
        )  # fmt: skip
    return found
