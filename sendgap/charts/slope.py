"""Baseline to latest: a line for each area between two years, its figures at both ends."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.scale import Scale, scale, spread, tick_text
from sendgap.charts.theme import Spec, Style
from sendgap.views.slope_model import BaselineToLatest, Slope

HEIGHT, LEFT, RIGHT, TOP, BOTTOM = 460, 92, 158, 52, 40
LINE = 15
NAME_WIDTH = 20
#: Drawn in this order, the area's own line last and on top.
ORDER = ("neighbour", "chosen", "region", "england", "neighbours", "area")
#: Lines that carry their name; neighbours stand in the table and under a pointer.
NAMED = ("area", "neighbours", "chosen", "region", "england")
#: More chosen areas than this are drawn without their names.
MOST_CHOSEN = 4


def slope(view: BaselineToLatest) -> go.Figure:
    """The slopes that may be drawn, in one scale."""
    axis = scale(view.axis, HEIGHT - TOP - BOTTOM)
    drawn = [s for role in ORDER for s in view.slopes if s.role == role and s.is_joined]
    named = _named(view, drawn)
    gap = view.by == "gap"
    return theme.figure(
        [_line(view, each) for each in drawn],
        height=HEIGHT,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis={
            "range": [-0.04, 1.04],
            "tickvals": [0, 1],
            "ticktext": [f"<b>{view.since_label}</b>", f"<b>{view.until_label}</b>"],
            "tickfont": {"size": theme.SIZE, "color": theme.INK},
            "gridcolor": theme.GREY,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": tick_text(view.axis, axis.ticks),
            "showticklabels": False,
            "gridcolor": theme.GRID,
            "zeroline": gap,
            "zerolinecolor": theme.INK,
            "fixedrange": True,
        },
        annotations=[*_unit(view, drawn), *_labels(view, named, axis)],
    )


def _look(view: BaselineToLatest, each: Slope) -> Style:
    return theme.style(each.role, view.sen_group)


def _named(view: BaselineToLatest, drawn: Sequence[Slope]) -> list[Slope]:
    """The lines that carry a name: the area and its comparators, and a few chosen areas."""
    chosen = [s for s in drawn if s.role == "chosen"]
    roles = NAMED if len(chosen) <= MOST_CHOSEN else tuple(r for r in NAMED if r != "chosen")
    return [s for s in drawn if s.role in roles]


def _line(view: BaselineToLatest, each: Slope) -> Spec:
    look = _look(view, each)
    symbols = [look.symbol, look.symbol]
    if each.provisional and not look.symbol.endswith("-open"):
        symbols[1] = f"{look.symbol}-open"
    return {
        "type": "scatter",
        "mode": "lines+markers",
        "name": each.label,
        "meta": each.role,
        "x": [0, 1],
        "y": [each.before, each.now],
        "cliponaxis": False,
        "line": {"color": look.colour, "width": look.width, "dash": look.dash},
        "marker": {
            "color": look.colour,
            "symbol": symbols,
            "size": look.size,
            "line": {"color": look.colour, "width": 2 if look.size > 4 else 0},
        },
        "hoverinfo": "text",
        "hovertext": [
            f"{each.label}<br>{when}: {said}<br>{each.moved}"
            for when, said in (
                (view.since_label, each.before_printed), (view.until_label, each.now_printed),
            )
        ],
    }  # fmt: skip


def _unit(view: BaselineToLatest, drawn: Sequence[Slope]) -> Iterator[Spec]:
    """The unit at the top left, and under it who the thin lines are."""
    label = theme.unit_label(view.axis.title + _note(view), left=LEFT)
    yield label | {"yshift": 28}
    if any(s.role == "neighbour" for s in drawn):
        words = f"{theme.swatch(theme.PLACES['neighbour'])} Thin lines: statistical neighbours"
        yield theme.text(
            words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            xshift=-LEFT + 4, yshift=8, align="left", size=13,
        )  # fmt: skip


def _note(view: BaselineToLatest) -> str:
    return " (up is wider)" if view.by == "gap" else ""


def _labels(view: BaselineToLatest, named: Sequence[Slope], axis: Scale) -> Iterator[Spec]:
    """At the left each figure then; at the right the name and the figure now, kept apart."""
    for right in (False, True):
        words = [_words(view, each, right=right) for each in named]
        wanted = [axis.pixel((s.now if right else s.before) or 0.0) for s in named]
        heights = [float(LINE * len(lines) + 3) for lines in words]
        placed = spread(wanted, heights, low=-20, high=axis.pixels + 16)
        for each, lines, centre in zip(named, words, placed, strict=True):
            swatch = theme.swatch(_look(view, each))
            said = "<br>".join(lines)
            yield theme.text(
                f"{swatch} {said}" if right else f"{said} {swatch}",
                x=1 if right else 0, y=centre / axis.pixels, yref="paper",
                xanchor="left" if right else "right", yanchor="middle",
                xshift=12 if right else -12, align="left" if right else "right",
                size=theme.SMALL, name="end label",
            )  # fmt: skip


def _words(view: BaselineToLatest, each: Slope, *, right: bool) -> list[str]:
    own = each.role == "area"
    printed = each.now_printed if right else each.before_printed
    figure = [f"<b>{printed}</b>" if own else printed]
    if view.by == "gap":
        figure.append(f"level {each.levels[1 if right else 0]}")
    if not right:
        return [" · ".join(figure)] if view.by != "gap" else figure
    name = theme.wrapped(each.label, NAME_WIDTH)
    return [*(f"<b>{n}</b>" if own else n for n in name), " · ".join(figure)]
