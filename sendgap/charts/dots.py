"""Rows of marks on one axis: the area's own figure, its neighbours' average and England's."""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from sendgap.charts import axes, marks, theme
from sendgap.charts.scale import step, tick_text
from sendgap.charts.theme import Spec, Style
from sendgap.views.plans_model import DotRow, Dots, Mark

ROW = 38
LEFT, RIGHT, TOP, BOTTOM = 150, 62, 58, 36
NAME_WIDTH = 22
SIZES = {"area": 12, "neighbours": 11, "england": 20}
#: England is an upright tick, as in a profile, so that it shows behind a mark on the same spot.
TICK = Style("#3D3D3D", "solid", "line-ns-open", 3, "┃")
KEY = {"neighbours": "Neighbours' average"}


def dots(view: Dots) -> go.Figure:
    """Rows from top to bottom; a line runs from the area's mark to England's."""
    high = max(view.axis.highest, 1e-9)
    each = step(high, 4)
    ticks = [n * each for n in range(int(high // each) + 2)]
    count = len(view.rows)
    shown = [t for t in ticks if t <= high * 1.05]
    names = ["<br>".join(theme.wrapped(row.label, NAME_WIDTH)) for row in view.rows]
    return theme.figure(
        _traces(view),
        height=TOP + BOTTOM + ROW * max(count, 1),
        margin={"l": LEFT, "r": RIGHT, "t": TOP, "b": BOTTOM},
        xaxis=axes.across(-high * 0.06, high * 1.05, shown, tick_text(view.axis, shown)),
        yaxis=axes.down(names, room=0.6),
        shapes=_apart(view.rows),
        annotations=[
            _key(view), theme.unit_label(view.axis.title, left=LEFT) | {"yshift": 26},
            *_figures(view),
        ],
    )  # fmt: skip


def _look(role: str, row: DotRow) -> Style:
    return TICK if role == "england" else theme.style(role, row.group)


def _key(view: Dots) -> Spec:
    """Which mark is whose, in one line above the plot."""
    held = {mark.role: KEY.get(mark.role, mark.label) for row in view.rows for mark in row.marks}
    groups = list(dict.fromkeys(row.group for row in view.rows))
    own = "".join(theme.swatch(theme.style("area", group)) for group in groups)
    words = [f"{own} {view.rows[0].own.label}"]
    words += [f"{theme.swatch(_look(role, view.rows[0]))} {held[role]}"
              for role in ("neighbours", "england") if role in held]  # fmt: skip
    return theme.text(
        "   ".join(words), x=0, y=1, xref="paper", yref="paper", xanchor="left",
        yanchor="bottom", xshift=-LEFT + 4, yshift=6, align="left", size=13,
    )  # fmt: skip


def _traces(view: Dots) -> list[Spec]:
    numbered = list(enumerate(view.rows))
    pairs = [(n, row, other) for n, row in numbered for other in row.marks if
             other.role == "england" and row.own.value is not None]  # fmt: skip
    traces: list[Spec] = [
        {
            "type": "scatter",
            "mode": "lines",
            "name": "difference",
            "meta": "difference",
            "x": [x for _, row, other in pairs for x in (row.own.value, other.value, None)],
            "y": [y for n, _, _ in pairs for y in (n, n, None)],
            "line": {"color": theme.GREY, "width": 2},
            "hoverinfo": "skip",
        }
    ]
    for role in ("england", "neighbours", "area"):
        shown = [(n, row, mark) for n, row in numbered for mark in row.marks
                 if mark.role == role and mark.value is not None]  # fmt: skip
        if shown:
            traces.append(_marks(role, shown))
    missing = [(n, row.own) for n, row in numbered if row.own.value is None]
    return [*traces, *([_missing(missing)] if missing else [])]


def _marks(role: str, shown: Sequence[tuple[int, DotRow, Mark]]) -> Spec:
    looks = [_look(role, row) for _, row, _ in shown]
    return {
        "type": "scatter",
        "mode": "markers",
        "name": shown[0][2].label,
        "meta": role,
        "x": [mark.value for _, _, mark in shown],
        "y": [n for n, _, _ in shown],
        "cliponaxis": False,
        "marker": {
            "color": [look.colour for look in looks],
            "symbol": [look.symbol for look in looks],
            "size": SIZES[role],
            "line": {
                "color": TICK.colour if role == "england" else "#FFFFFF",
                "width": TICK.width if role == "england" else 1,
            },
        },
        "hoverinfo": "text",
        "hovertext": [f"{row.label}<br>{mark.label}: {mark.printed}" for _, row, mark in shown],
    }


def _missing(rows: Sequence[tuple[int, Mark]]) -> Spec:
    """A hollow square at the foot of the axis where the area has no figure."""
    return marks.squares(
        [(0.0, n) for n, _ in rows], [f"{mark.label}: {mark.printed}" for _, mark in rows]
    )


def _figures(view: Dots) -> list[Spec]:
    """The area's figure of each row at the right edge, or the word for why there is none."""
    return [
        theme.text(
            f"<b>{row.own.printed}</b>" if row.own.value is not None else row.own.printed,
            x=1, y=n, xref="paper", xanchor="right", xshift=RIGHT - 4, yanchor="middle", size=13,
            colour=theme.INK if row.own.value is not None else theme.SECONDARY,
            name="figure",
        )
        for n, row in enumerate(view.rows)
    ]  # fmt: skip


def _apart(rows: Sequence[DotRow]) -> list[Spec]:
    """A rule above the first row that stands apart."""
    return [
        {
            "type": "line", "xref": "paper", "yref": "y", "x0": -0.5, "x1": 1,
            "y0": n - 0.5, "y1": n - 0.5, "line": {"color": theme.GREY, "width": 1},
        }
        for n, row in enumerate(rows)
        if n and row.is_apart != rows[n - 1].is_apart
    ]  # fmt: skip
