"""What moved the gap: the change as steps from 0, each with its word."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.scale import Scale, step, tick_text
from sendgap.charts.theme import Spec
from sendgap.views.moved_model import Step, WhatMoved

PLOT, LEFT, RIGHT, TOP = 270, 48, 16, 46
LINE = 15
WIDENS, NARROWS, TOTAL = "#F46A25", "#12436D", "#3D3D3D"
#: Letters of a step's name in a line, by how many steps stand beside each other on a phone.
WIDTHS = {3: 14, 5: 9}
#: Pixels that the words of a bar take above or below it.
WORDS, FREE = 42, 8


def waterfall(view: WhatMoved) -> go.Figure:
    """Bars of the change only: widening up, narrowing down, the whole change at the end."""
    axis = _scale(view)
    places = list(range(len(view.steps)))
    width = WIDTHS.get(len(view.steps), min(WIDTHS.values()))
    names = [_name(each, width) for each in view.steps]
    bottom = 16 + LINE * max(name.count("<br>") + 1 for name in names)
    return theme.figure(
        [_bars(view.steps)],
        height=TOP + PLOT + bottom,
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": bottom},
        bargap=0.5,
        xaxis={
            "range": [-0.5, len(places) - 0.5],
            "tickvals": places,
            "ticktext": names,
            "tickangle": 0,
            "tickfont": {"size": theme.SMALL, "color": theme.INK},
            "showgrid": False,
            "zeroline": False,
            "fixedrange": True,
        },
        yaxis={
            "range": [axis.low, axis.high],
            "tickvals": list(axis.ticks),
            "ticktext": tick_text(view.axis, axis.ticks),
            "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
            "gridcolor": theme.GRID,
            "zeroline": True,
            "zerolinecolor": theme.INK,
            "zerolinewidth": 1.5,
            "fixedrange": True,
        },
        annotations=[
            theme.unit_label(f"{view.axis.title} ({view.axis.note})", left=LEFT),
            *_words(view.steps),
        ],
    )


def _scale(view: WhatMoved) -> Scale:
    """Room for the bars and for the words above and below them."""
    low, high = view.axis.lowest, max(view.axis.highest, view.axis.lowest + 1e-9)
    above = WORDS if any(s.value >= 0 for s in view.steps) else FREE
    below = WORDS if any(s.value < 0 for s in view.steps) else FREE
    unit = (high - low) / (PLOT - above - below)
    each = step(high - low)
    ticks = tuple(
        round(n * each, 9) for n in range(int(low // each), int(high // each) + 2)
        if low - below * unit < n * each < high + above * unit
    )  # fmt: skip
    return Scale(low - below * unit, high + above * unit, ticks, PLOT)


def _name(each: Step, width: int) -> str:
    words = "<br>".join(theme.wrapped(each.label, width))
    words = f"<b>{words}</b>" if each.role == "total" else words
    moved = "<br>".join(theme.wrapped(each.moved, width)) if each.moved else ""
    return f"{words}<br>{moved}" if moved else words


def _bars(steps: Sequence[Step]) -> Spec:
    return {
        "type": "waterfall",
        "meta": "steps",
        "x": list(range(len(steps))),
        "y": [each.value for each in steps],
        "measure": ["total" if each.role == "total" else "relative" for each in steps],
        "increasing": {"marker": {"color": WIDENS}},
        "decreasing": {"marker": {"color": NARROWS}},
        "totals": {"marker": {"color": TOTAL}},
        "connector": {"line": {"color": theme.GREY, "width": 1}},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": [f"{each.label}<br>{each.printed}, {each.word}" for each in steps],
    }


def _words(steps: Sequence[Step]) -> list[Spec]:
    """Each bar's part and word: above a widening bar, below a narrowing one."""
    found, height = [], 0.0
    for place, each in enumerate(steps):
        start = 0.0 if each.role == "total" else height
        end = each.value if each.role == "total" else height + each.value
        up = end >= start
        found.append(
            theme.text(
                f"<b>{each.printed}</b><br>{each.word}", x=place, y=end, size=theme.SMALL,
                yanchor="bottom" if up else "top", yshift=3 if up else -3,
            )
        )  # fmt: skip
        height = end
    return found
