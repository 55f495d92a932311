"""Areas by outcomes: each cell its figure with a shape under it, shaded by its step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.theme import Spec
from sendgap.charts.verdict import SHADES
from sendgap.views.grid_model import Grid, GridCell, GridRow

LEFT, RIGHT, BOTTOM = 160, 2, 34
LINE, CELL = 15, 42
#: Letters of an outcome's name in a line, at least, at most and in all columns together; and
#: of an area's.
HEAD_WIDTH, WIDEST_HEAD, ALL_HEADS, NAME_WIDTH = 11, 30, 90, 24
#: Rows of different blocks are parted by a rule.
BLOCKS = {
    "area": 0, "neighbours": 1, "neighbour": 1, "chosen": 2, "region": 3, "england": 3,
    "outcome": 0, "group": 0, "authority": 1,
}  # fmt: skip
_STEPS = list(SHADES)


def heat(view: Grid) -> go.Figure:
    """Rows and columns in the view's order, from the top left."""
    heads = [_head(view, n) for n in range(len(view.columns))]
    top = 12 + LINE * max(head.count("<br>") + 1 for head in heads)
    row = CELL + (LINE if any(cell.under for each in view.rows for cell in each.cells) else 0)
    return theme.figure(
        [_fills(view), *_texts(view)],
        height=top + BOTTOM + row * len(view.rows),
        margin={"l": LEFT, "r": RIGHT, "t": top, "b": BOTTOM},
        # What shows between the cells is their edge.
        plot_bgcolor=theme.GREY,
        xaxis=_axis(len(view.columns), heads) | {"side": "top", "tickangle": 0},
        yaxis=_axis(len(view.rows), [_name(r) for r in view.rows])
        | {
            "range": [len(view.rows) - 0.5, -0.5],
            "ticks": "outside",
            "ticklen": 6,
            "tickcolor": "#FFFFFF",
        },
        shapes=[*_rules(view.rows), *_outline(view)],
        annotations=[_key(view)],
    )


def _head(view: Grid, place: int) -> str:
    """An outcome's name, its year and the unit of its cells."""
    column = view.columns[place]
    width = max(HEAD_WIDTH, min(WIDEST_HEAD, ALL_HEADS // len(view.columns)))
    name = "<br>".join(theme.wrapped(column.name, width))
    unit = f"<br>{column.unit}" if column.unit else ""
    period = f"<br><b>{column.period_label}</b>" if column.period_label else ""
    return f"{name}{period}{unit}"


def _name(row: GridRow) -> str:
    words = "<br>".join(theme.wrapped(row.name, NAME_WIDTH))
    return f"<b>{words}</b>" if row.role == "area" else words


def _axis(count: int, labels: Sequence[str]) -> Spec:
    return {
        "range": [-0.5, count - 0.5],
        "tickvals": list(range(count)),
        "ticktext": list(labels),
        "tickfont": {"size": theme.SMALL, "color": theme.INK},
        "ticks": "",
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _fills(view: Grid) -> Spec:
    """The cells' shades: a heat map whose scale is the list of steps."""
    last = len(_STEPS) - 1
    return {
        "type": "heatmap",
        "meta": "cells",
        "x": list(range(len(view.columns))),
        "y": list(range(len(view.rows))),
        "z": [[_STEPS.index(cell.step) for cell in row.cells] for row in view.rows],
        "zmin": 0,
        "zmax": last,
        "colorscale": [[n / last, SHADES[step].fill] for n, step in enumerate(_STEPS)],
        "showscale": False,
        "xgap": 1,
        "ygap": 1,
        "hoverinfo": "text",
        "hovertext": [
            [_hover(view, row, n) for n in range(len(view.columns))] for row in view.rows
        ],
    }


def _hover(view: Grid, row: GridRow, place: int) -> str:
    """What a pointer shows; the table says the same."""
    cell, column = row.cells[place], view.columns[place]
    word = f"<br>{cell.glyph} {cell.word}" if cell.word else ""
    return f"{row.name}<br>{column.name}, {column.period_label}: {cell.said}{word}"


def _texts(view: Grid) -> Iterator[Spec]:
    """The figures, one trace for each ink: white stands on the darkest shade only."""
    for ink in dict.fromkeys(shade.ink for shade in SHADES.values()):
        found = [
            (x, y, cell)
            for y, row in enumerate(view.rows)
            for x, cell in enumerate(row.cells)
            if SHADES[cell.step].ink == ink
        ]
        if found:
            yield {
                "type": "scatter",
                "mode": "text",
                "meta": "figures",
                "x": [x for x, _, _ in found],
                "y": [y for _, y, _ in found],
                "text": [_words(cell) for _, _, cell in found],
                "textposition": "middle center",
                "textfont": {"size": theme.SMALL, "color": ink},
                "hoverinfo": "skip",
                "cliponaxis": False,
            }


def _words(cell: GridCell) -> str:
    """The figure, under it in brackets what stands beside, and the shape of the step."""
    lines = [cell.short, f"({cell.under})" if cell.under else "", cell.glyph]
    return "<br>".join(line for line in lines if line)


def _rules(rows: Sequence[GridRow]) -> Iterator[Spec]:
    for n, (row, following) in enumerate(zip(rows, rows[1:], strict=False)):
        if BLOCKS[row.role] != BLOCKS[following.role]:
            yield {
                "type": "line", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
                "y0": n + 0.5, "y1": n + 0.5, "line": {"color": theme.INK, "width": 2},
            }  # fmt: skip


def _outline(view: Grid) -> Iterator[Spec]:
    """A frame round the area's own row."""
    for n, row in enumerate(view.rows):
        if row.role == "area":
            yield {
                "type": "rect", "xref": "paper", "yref": "y", "x0": 0, "x1": 1,
                "y0": n - 0.5, "y1": n + 0.5, "line": {"color": theme.INK, "width": 3},
                "fillcolor": "rgba(0,0,0,0)",
            }  # fmt: skip


def _key(view: Grid) -> Spec:
    """What the shapes stand for, in a line below."""
    words = [f"{glyph} {word}" for _, glyph, word in view.key]
    words[:0] = ["gap (level)"] if view.by == "gap" else []
    if any(cell.short.endswith(" p") for row in view.rows for cell in row.cells):
        words.append("p provisional")
    return theme.text(
        "   ".join(words), x=0, y=0, xref="paper", yref="paper", xanchor="left", yanchor="top",
        xshift=-LEFT + 4, yshift=-10, align="left", size=13,
    )  # fmt: skip
