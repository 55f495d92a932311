"""Every authority as a dot at its figure: equal figures are stacked, near ones spread.

Whole numbers stand in columns of dots; other figures are kept apart in sixty narrow strips.
Nothing is left to chance: the same figures give the same picture.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.marks import area_points
from sendgap.charts.ranking import hover, look
from sendgap.charts.scale import step, tick_text
from sendgap.charts.theme import Spec, Style
from sendgap.text import and_list
from sendgap.views.model import Axis
from sendgap.views.spread import Dot, Mark, Spread

STRIPS = 60
#: Pixels from dot to dot, and the room all of them may take.
APART, ROOM = 10, 300
LEFT, RIGHT, BOTTOM, LINE = 16, 16, 48, 18
ROLES = ("area", "neighbour", "chosen", "other")
#: How a line of the chart looks in words.
DASHES = {"england": "— —", "neighbours": "- - -", "q25": "·····", "median": "–––", "q75": "·····"}
QUARTER = Style(theme.SECONDARY, "dot", "line-ns", 1, "·····")
MIDDLE = Style(theme.SECONDARY, "solid", "line-ns", 1, "–––")

Place = tuple[Dot, float]


def beeswarm(view: Spread) -> go.Figure:
    """The chart of every authority that has a figure."""
    places = swarm(view.dots, is_whole=view.is_whole)
    tallest = max((abs(up) for _, up in places), default=0.0) + 1
    each = min(APART, ROOM / (tallest if view.is_whole else 2 * tallest))
    low = -0.7 if view.is_whole else -tallest
    high = tallest + 2.5
    key = _key(view)
    top = LINE * len(key) + 14
    return theme.figure(
        [
            *(_line(view, mark, low, high) for mark in (*view.quarters, *view.beside)),
            *_leader(view, places),
            *(_points(view, places, role, each) for role in reversed(ROLES)),
        ],
        height=round(top + BOTTOM + (high - low) * each),
        margin={"l": LEFT, "r": RIGHT, "t": top, "b": BOTTOM},
        xaxis=_axis(view),
        yaxis={"range": [low, high], "visible": False, "fixedrange": True, "showgrid": False,
               "zeroline": False},
        annotations=[*_key_lines(key), *_names(view, places)],
    )  # fmt: skip


def swarm(dots: Sequence[Dot], *, is_whole: bool) -> list[Place]:
    """How far up each dot stands: in its column from the foot, or from the middle outward.

    The area itself comes first in its column, then neighbours, so that they are met there.
    """
    low = min((dot.value for dot in dots), default=0.0)
    wide = (max((dot.value for dot in dots), default=1.0) - low) / STRIPS or 1.0
    columns: dict[float, list[Dot]] = defaultdict(list)
    for dot in dots:
        columns[dot.value if is_whole else int((dot.value - low) / wide)].append(dot)
    places = []
    for column in columns.values():
        column.sort(key=lambda dot: (ROLES.index(dot.row.role), dot.value, dot.row.name))
        for n, dot in enumerate(column):
            places.append((dot, float(n if is_whole else _outward(n))))
    return places


def _outward(n: int) -> int:
    """0, 1, -1, 2, -2, …"""
    return (n + 1) // 2 * (1 if n % 2 else -1)


def _span(axis: Axis) -> tuple[float, float]:
    pad = (axis.highest - axis.lowest or 1.0) * 0.04
    return axis.lowest - pad, axis.highest + pad


def _axis(view: Spread) -> Spec:
    low, high = _span(view.axis)
    each = step(high - low)
    first, last = int(-(-low // each)), int(high // each)
    ticks = [round(n * each, 9) for n in range(first, last + 1)]
    return {
        "range": [low, high],
        "tickvals": ticks,
        "ticktext": tick_text(view.axis, ticks),
        "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
        "showgrid": False,
        "zeroline": False,
        "showline": True,
        "linecolor": theme.GREY,
        "fixedrange": True,
        "title": {"text": view.axis.title, "standoff": 6,
                  "font": {"size": 13, "color": theme.SECONDARY}},
    }  # fmt: skip


def _style(mark: Mark) -> Style:
    if mark.role == "median":
        return MIDDLE
    return theme.PLACES.get(mark.role, QUARTER)


def _line(view: Spread, mark: Mark, low: float, high: float) -> Spec:
    """A line from top to foot; England's and the neighbours' are wider than the quarters'."""
    style = _style(mark)
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": mark.role,
        "x": [mark.value, mark.value],
        "y": [low, high],
        "line": {"color": style.colour, "width": style.width, "dash": style.dash},
        "hoverinfo": "text",
        "hovertext": f"{mark.label} {mark.text}",
    }


def _points(view: Spread, places: Sequence[Place], role: str, each: float) -> Spec:
    picked = [(dot, up) for dot, up in places if dot.row.role == role]
    size = {"area": 14.0, "neighbour": each, "chosen": each + 1}.get(role, max(each - 3, 3.0))
    return area_points(
        role,
        look(view, role),
        size,
        [(dot.value, up) for dot, up in picked],
        [hover(dot.row, has_gap=view.by == "gap") for dot, _ in picked],
    )


def _key(view: Spread) -> list[str]:
    """Which mark is whom, each with its figure."""
    own = next((dot for dot in view.dots if dot.row.role == "area"), None)
    lines = []
    if own:
        place = f", {own.place}" if own.place != "not ranked" else ""
        lines.append(f"{theme.swatch(look(view, 'area'))} <b>{own.row.name} {own.text}</b>{place}")
    roles = {dot.row.role for dot in view.dots}
    names = {"neighbour": "Each statistical neighbour", "chosen": "Chosen", "other": "Others"}
    shown = [f"{theme.swatch(look(view, r))} {name}" for r, name in names.items() if r in roles]
    lines.append("   ".join(shown))
    for mark in view.beside:
        swatch = f'<span style="color:{_style(mark).colour}">{DASHES[mark.role]}</span>'
        lines.append(f"{swatch} {mark.label} {mark.text}")
    if view.quarters:
        said = and_list([mark.text for mark in view.quarters])
        lines.append(f"{DASHES['q25']} Quarters of authorities end at {said}")
    return [line for line in lines if line]


def _key_lines(lines: Sequence[str]) -> list[Spec]:
    return [
        theme.text(
            words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            yshift=6 + LINE * (len(lines) - 1 - n), align="left", size=13,
        )
        for n, words in enumerate(lines)
    ]  # fmt: skip


def _names(view: Spread, places: Sequence[Place]) -> list[Spec]:
    """The area and both ends by name, each over the dots beside it."""
    low, high = _span(view.axis)
    own = next((dot for dot in view.dots if dot.row.role == "area"), None)
    found = []
    ends = [end for end in view.named if own is None or end.value != own.value]
    if own:
        up = _over(places, own.value, high - low)
        found.append(_name(f"<b>{own.row.name}</b>", own.value, up + 0.9, low, high))
    for end in ends:
        words = "<br>".join([*theme.wrapped(end.label, 20), end.text])
        up = _over(places, end.value, high - low)
        near = own is not None and abs(own.value - end.value) < 0.3 * (high - low)
        if near and own is not None and up + 4 > _over(places, own.value, high - low):
            continue
        found.append(_name(words, end.value, up + 0.4, low, high))
    return found


def _leader(view: Spread, places: Sequence[Place]) -> Iterator[Spec]:
    """A thin line from the area's dot to its name."""
    low, high = _span(view.axis)
    for dot, up in places:
        if dot.row.role == "area":
            yield {
                "type": "scatter",
                "mode": "lines",
                "meta": "leader",
                "x": [dot.value, dot.value],
                "y": [up, _over(places, dot.value, high - low) + 0.9],
                "line": {"color": theme.INK, "width": 1},
                "hoverinfo": "skip",
            }


def _over(places: Sequence[Place], value: float, wide: float) -> float:
    """The height of the tallest column near a value."""
    return max((up for dot, up in places if abs(dot.value - value) < 0.12 * wide), default=0.0)


def _name(words: str, value: float, up: float, low: float, high: float) -> Spec:
    share = (value - low) / (high - low)
    side = "left" if share < 0.25 else "right" if share > 0.75 else "center"
    return theme.text(
        words, x=value, y=up, xanchor=side, yanchor="bottom", align=side, size=13,
        bgcolor="rgba(255,255,255,0.85)",
    )  # fmt: skip
