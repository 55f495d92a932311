"""Areas side by side: each group's level as a mark, the gap as the line between them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import plotly.graph_objects as go

from sendgap.charts import axes, marks, theme
from sendgap.charts.marks import HIDDEN
from sendgap.charts.scale import step, tick_text
from sendgap.charts.theme import Spec, Style
from sendgap.terms import SenGroup
from sendgap.views.model import AreaRow, Point, SideBySide

ROW = 44
LEFT, RIGHT, TOP, BOTTOM = 138, 22, 62, 40
#: The right margin where figures stand beside their marks.
LABELLED = 74
NAME_WIDTH = 20
MARK = 13
#: Rows of different blocks are parted by a rule.
BLOCKS = {"area": 0, "neighbours": 1, "neighbour": 1, "chosen": 2, "region": 3, "england": 3}


def side_by_side(view: SideBySide) -> go.Figure:
    """The dumbbell: rows in the view's order, from top to bottom."""
    low, high = view.axis.lowest, max(view.axis.highest, view.axis.lowest + 1e-9)
    pad = (high - low) * 0.03
    each = step(high - low)
    ticks = [n * each for n in range(round(low / each), round(high / each) + 1)]
    ticks = [t for t in ticks if low - 1e-9 <= t <= high + 1e-9]
    count = len(view.rows)
    labels = [_key(view), theme.unit_label(_unit(view), left=LEFT), *_row_words(view)]
    labels[1]["yshift"] = 30
    right = RIGHT if all(_both(row) or _level(row) is None for row in view.rows) else LABELLED
    return theme.figure(
        _traces(view, low),
        height=TOP + BOTTOM + ROW * max(count, 1),
        margin={"l": LEFT, "r": right, "t": TOP, "b": BOTTOM},
        xaxis=axes.across(low - pad, high + pad * 2, ticks, tick_text(view.axis, ticks)),
        yaxis=axes.down([_name(row) for row in view.rows], room=0.6, size=13),
        shapes=_dividers(view.rows),
        annotations=labels,
    )


def _unit(view: SideBySide) -> str:
    return view.axis.title + (f" ({view.axis.note})" if view.axis.note else "")


def _name(row: AreaRow) -> str:
    words = "<br>".join(theme.wrapped(row.label, NAME_WIDTH))
    return f"<b>{words}</b>" if row.role == "area" else words


def _key(view: SideBySide) -> Spec:
    """Which mark is whom, in one line above the plot."""
    words = [f"{theme.swatch(_look(view.sen_group))} {view.sen_label}"]
    if view.reference_group:
        words.append(f"{theme.swatch(_look(view.reference_group))} {view.reference_label}")
    return theme.text(
        "   ".join(words), x=0, y=1, xref="paper", yref="paper", xanchor="left",
        yanchor="bottom", xshift=-LEFT + 4, yshift=8, align="left", size=13,
    )  # fmt: skip


def _look(group: SenGroup) -> Style:
    return theme.GROUPS[group]


def _traces(view: SideBySide, low: float) -> list[Spec]:
    numbered = list(enumerate(view.rows))
    joined = [(n, r) for n, r in numbered if _both(r) is not None]
    line: Spec = {
        "type": "scatter",
        "mode": "lines",
        "name": "gap",
        "meta": "gap",
        "x": [x for _, r in joined for x in (*(_both(r) or ()), None)],
        "y": [y for n, _ in joined for y in (n, n, None)],
        "line": {"color": theme.GREY, "width": 3},
        "hoverinfo": "skip",
    }
    traces = [line]
    if view.reference_group:
        points = [(n, r, r.reference) for n, r in numbered if r.reference]
        traces.append(_dots(points, view.reference_group, view.reference_label, "reference"))
    points = [(n, r, r.sen) for n, r in numbered]
    traces.append(_dots(points, view.sen_group, view.sen_label, "sen"))
    hidden = [(n, r) for n, r in numbered if _hides(r)]
    if hidden:
        traces.append(_hidden(hidden, low))
    return traces


def _both(row: AreaRow) -> tuple[float, float] | None:
    if row.sen.value is None or row.reference is None or row.reference.value is None:
        return None
    return row.sen.value, row.reference.value


def _dots(
    points: Sequence[tuple[int, AreaRow, Point]], group: SenGroup, label: str, role: str
) -> Spec:
    shown = [(n, row, p) for n, row, p in points if p.value is not None]
    look = _look(group)
    symbols = [
        f"{look.symbol}-open" if p.provisional and not look.symbol.endswith("-open")
        else look.symbol
        for _, _, p in shown
    ]  # fmt: skip
    return {
        "type": "scatter",
        "mode": "markers",
        "name": label,
        "meta": role,
        "x": [p.value for _, _, p in shown],
        "y": [n for n, _, _ in shown],
        "cliponaxis": False,
        "marker": {
            "color": look.colour,
            "symbol": symbols,
            "size": MARK,
            "line": {"color": look.colour, "width": 2},
        },
        "hoverinfo": "text",
        "hovertext": [
            f"{row.label} · {label}<br>{p.period_label}: {p.printed}" for _, row, p in shown
        ],
    }


def _hides(row: AreaRow) -> bool:
    return any(p is not None and p.value is None and p.symbol in HIDDEN for p in _sides(row))


def _sides(row: AreaRow) -> tuple[Point | None, Point | None]:
    return row.sen, row.reference


def _level(row: AreaRow) -> Point | None:
    """The one figure of a row without a line, if it has one."""
    return next((p for p in _sides(row) if p is not None and p.value is not None), None)


def _hidden(rows: Sequence[tuple[int, AreaRow]], low: float) -> Spec:
    return marks.squares(
        [(low, n) for n, _ in rows], [f"{row.label}: {row.gap_printed}" for _, row in rows]
    )


def _row_words(view: SideBySide) -> list[Spec]:
    """The gap on its line; without a line, the figure beside its mark or the reason."""
    low = view.axis.lowest
    return [_words(number, row, low) for number, row in enumerate(view.rows)]


def _words(number: int, row: AreaRow, low: float) -> Spec:
    placing: dict[str, Any] = {"y": number, "size": 13, "yanchor": "middle"}
    both = _both(row)
    if both:
        printed = f"<b>{row.gap_printed}</b>" if row.role == "area" else row.gap_printed
        return theme.text(printed, x=sum(both) / 2, y=number, size=13, yanchor="bottom", yshift=6)
    shown = _level(row)
    if shown is not None and shown.value is not None:
        words = shown.printed if row.reference is None else f"{shown.printed} · {row.gap_printed}"
        return theme.text(words, x=shown.value, xanchor="left", xshift=12, **placing)
    reason = row.note if row.gap_printed in ("", "none") and row.note else row.gap_printed
    shift = 12 if _hides(row) else 2
    return theme.text(
        reason or row.sen.printed, x=low, xanchor="left", xshift=shift,
        colour=theme.SECONDARY, **placing,
    )  # fmt: skip


def _dividers(rows: Sequence[AreaRow]) -> list[Spec]:
    pairs = zip(enumerate(rows), rows[1:], strict=False)
    return [
        {
            "type": "line", "xref": "paper", "yref": "y", "x0": -0.5, "x1": 1,
            "y0": number + 0.5, "y1": number + 0.5,
            "line": {"color": theme.GREY, "width": 1},
        }
        for (number, row), following in pairs
        if BLOCKS.get(row.role) != BLOCKS.get(following.role)
    ]  # fmt: skip
