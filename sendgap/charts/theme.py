"""One look for every chart: who and where a mark is about decides how it is drawn.

Colours keep 3:1 on white and are never the only difference: dash, symbol or width differ
too, and each line carries its name. Text is ink, never a hue.
"""

from __future__ import annotations

import textwrap
from dataclasses import dataclass
from typing import Any

import plotly.graph_objects as go

from sendgap.terms import SenGroup
from sendgap.views.model import Line

INK, SECONDARY, GREY, GRID, PALE = "#0B0C0C", "#505A5F", "#767676", "#E3E3E3", "#F2F2F2"
FONT = "Arial, sans-serif"
SIZE, SMALL = 14, 12

Spec = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Style:
    """How a role is drawn; ``glyph`` is the marker's shape as text, for labels."""

    colour: str
    dash: str
    symbol: str
    width: int
    glyph: str
    size: int = 9


GROUPS = {
    SenGroup.EHC_PLAN: Style("#12436D", "solid", "square", 4, "■"),
    SenGroup.SEN_SUPPORT: Style("#28A197", "solid", "diamond", 4, "◆", 11),
    SenGroup.ANY_SEN: Style("#801650", "solid", "triangle-up", 4, "▲", 11),
    SenGroup.NO_SEN: Style("#F46A25", "dash", "circle", 3, "●"),
    SenGroup.ALL_PUPILS: Style("#2073BC", "dot", "circle-open", 3, "○", 10),
}

PLACES = {
    "neighbours": Style("#A285D1", "dash", "diamond", 3, "◆", 10),
    "region": Style(GREY, "dot", "triangle-up", 2, "▲"),
    "england": Style("#3D3D3D", "longdash", "square", 2, "■", 7),
    "neighbour": Style("#BFBFBF", "solid", "circle", 1, "●", 4),
    "authority": Style(GREY, "dashdot", "triangle-up", 3, "▲", 10),
    "target": Style(INK, "dot", "cross", 2, "✚", 10),
    "chosen": Style(INK, "dashdot", "star", 2, "★", 10),
}

#: Places that a school, cluster or DSPL area lies in, and England, beside its own figure.
AROUND = {
    "authority": Style("#3D3D3D", "solid", "line-ns", 3, "┃", 22),
    "england": Style("#FFFFFF", "solid", "triangle-down", 1, "▽", 12),
    "dspl": Style(GREY, "solid", "triangle-up", 1, "▲", 12),
    "cluster": Style("#A285D1", "solid", "circle", 1, "●", 11),
}

#: An area's own line where no group gives it a hue.
AREA = Style("#12436D", "solid", "square", 4, "■")


def style(role: str, group: SenGroup | None) -> Style:
    """The look of a role: places have their own, areas and groups take the group's."""
    if role in PLACES:
        return PLACES[role]
    if group is None:
        return AREA
    found = GROUPS[group]
    if role == "area" and found.width < AREA.width:
        return Style(found.colour, "solid", found.symbol, AREA.width, found.glyph, found.size)
    return found


def style_of(line: Line) -> Style:
    """The look of a line."""
    return style(line.role, line.group)


def swatch(look: Style) -> str:
    """The mark's shape in its colour, to stand before a label."""
    return f'<span style="color:{look.colour}">{look.glyph}</span>'


def wrapped(text: str, width: int) -> list[str]:
    """A label's lines, broken between words or at hyphens."""
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=True) or [""]


def text(
    words: str, *, x: float, y: float, size: int = SIZE, colour: str = INK, **placing: Any
) -> Spec:
    """A label: an annotation without an arrow."""
    return {
        "text": words,
        "x": x,
        "y": y,
        "showarrow": False,
        "font": {"family": FONT, "size": size, "color": colour},
        **placing,
    }


def unit_label(title: str, *, left: int) -> Spec:
    """The value axis's unit, level, at the top left above the plot."""
    words = "<br>".join(wrapped(title, 44))
    return text(
        words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
        xshift=-left + 4, yshift=10, align="left", colour=SECONDARY, size=13,
    )  # fmt: skip


def figure(traces: list[Spec], **layout: Any) -> go.Figure:
    """A figure with the house layout, the same wherever it is built."""
    base: Spec = {
        "template": {"layout": {"colorway": [INK]}},
        "paper_bgcolor": "#FFFFFF",
        "plot_bgcolor": "#FFFFFF",
        "font": {"family": FONT, "size": SIZE, "color": INK},
        "showlegend": False,
        "hovermode": "closest",
        "hoverlabel": {"bgcolor": "#FFFFFF", "bordercolor": INK, "font": {"color": INK}},
        "dragmode": False,
    }
    return go.Figure({"data": traces, "layout": base | layout})
