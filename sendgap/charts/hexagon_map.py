"""England as equal hexagons: each authority where it lies, in its quarter's fill."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.theme import Spec
from sendgap.charts.verdict import CLASSES
from sendgap.views.area_map import AreaMap, MapCell
from sendgap.views.quarters import HIDDEN, UNCLASSED

HEIGHT = 580
#: From a cell's middle to its corners, in widths of a cell.
CORNER = 1 / 3**0.5
#: Symbols of figures that do not fit in a cell whole.
MOST_LETTERS = 4
#: A map is as wide as its cells allow; the rest of a wide page stays white beside it.
EDGE = 0.8
WHITE = "#FFFFFF"
#: Whose outline is whose.
OUTLINES = {
    "area": "━ the area itself",
    "neighbour": "┈ its statistical neighbours",
    "chosen": "╌ areas chosen",
}


def hexagon_map(view: AreaMap, *, has_key: bool = True) -> go.Figure:
    """The map; a page that has the key as text of its own leaves it out here."""
    across = [cell.x for cell in view.cells]
    up = [cell.y for cell in view.cells]
    order = [line.step.key for line in view.key]
    return theme.figure(
        [
            *(_class(view.cells, key) for key in order),
            *_outlines(view.cells),
            _letters(view.cells),
        ],
        height=HEIGHT,
        margin={"l": 4, "r": 4, "t": 4, "b": 4},
        xaxis=_axis(across)
        | {"scaleanchor": "y", "constrain": "domain"}
        | ({"constraintoward": "right"} if has_key else {}),
        yaxis=_axis(up)
        | {"constrain": "domain", "constraintoward": "bottom" if has_key else "top"},
        clickmode="event+select",
        annotations=_key(view) if has_key else [],
    )


def _key(view: AreaMap) -> list[Spec]:
    """Each class with its patch, and whose outline is whose, at the top left."""
    lines = [
        f'<span style="color:{CLASSES[line.step.key].fill}">⬢</span> {line.said}'
        if line.step.key not in (HIDDEN, UNCLASSED)
        else f"⬡ {line.said}"
        for line in view.key
    ]
    roles = {cell.row.role for cell in view.cells}
    lines += [words for role, words in OUTLINES.items() if role in roles]
    return [
        theme.text(
            words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="top",
            xshift=4, yshift=-18 * n, align="left", size=theme.SMALL,
        )
        for n, words in enumerate(lines)
    ]  # fmt: skip


def _axis(values: Sequence[float]) -> Spec:
    low, high = (min(values), max(values)) if values else (0.0, 1.0)
    return {
        "range": [low - EDGE, high + EDGE],
        "visible": False,
        "showgrid": False,
        "zeroline": False,
        "fixedrange": True,
    }


def _corners(cell: MapCell, size: float = CORNER) -> tuple[list[float], list[float]]:
    turns = [math.radians(90 + 60 * n) for n in range(7)]
    return (
        [round(cell.x + size * math.cos(turn), 4) for turn in turns],
        [round(cell.y + size * math.sin(turn), 4) for turn in turns],
    )


def _class(cells: Sequence[MapCell], key: str) -> Spec:
    """All hexagons of one class as one trace of closed outlines."""
    x: list[float | None] = []
    y: list[float | None] = []
    for cell in cells:
        if cell.step.key == key:
            across, up = _corners(cell, CORNER * 0.97)
            x += [*across, None]
            y += [*up, None]
    is_hidden = key == HIDDEN
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": key,
        "x": x[:-1],
        "y": y[:-1],
        "fill": "toself",
        "fillcolor": CLASSES[key].fill,
        "line": {"color": theme.GREY, "width": 1, "dash": "dot" if is_hidden else "solid"},
        "hoverinfo": "skip",
    }


def _outlines(cells: Sequence[MapCell]) -> Iterator[Spec]:
    """Neighbours and chosen areas dotted and dashed, then the area itself in a thick line, each
    over a white one, without which ink is lost on a dark fill."""
    looks = {"neighbour": (2, "dot"), "chosen": (2, "dash"), "area": (4, "solid")}
    for role, (width, dash) in looks.items():
        x: list[float | None] = []
        y: list[float | None] = []
        for cell in cells:
            if cell.row.role == role:
                across, up = _corners(cell, CORNER * 0.88)
                x += [*across, None]
                y += [*up, None]
        under = {"color": WHITE, "width": width + 3, "dash": "solid"}
        over = {"color": theme.INK, "width": width, "dash": dash}
        for meta, line in ((f"under {role}", under), (role, over)):
            if x:
                yield {
                    "type": "scatter", "mode": "lines", "meta": meta, "x": x[:-1], "y": y[:-1],
                    "line": line, "hoverinfo": "skip",
                }  # fmt: skip


def _letters(cells: Sequence[MapCell]) -> Spec:
    """Who is who: letters to read, and a mark under them to point at and to choose."""
    return {
        "type": "scatter",
        "mode": "markers+text",
        "meta": "letters",
        "x": [cell.x for cell in cells],
        "y": [cell.y for cell in cells],
        "marker": {"color": "rgba(255,255,255,0)", "size": 18, "symbol": "circle",
                   "line": {"width": 0}},
        "text": [_written(cell) for cell in cells],
        "textposition": "middle center",
        "textfont": {"family": theme.FONT, "size": 10,
                     "color": [CLASSES[cell.step.key].ink for cell in cells]},
        "customdata": [cell.row.la_code for cell in cells],
        "hoverinfo": "text",
        "hovertext": [_hover(cell) for cell in cells],
        "selected": {"marker": {"color": WHITE, "opacity": 1}, "textfont": {"color": theme.INK}},
        "unselected": {"marker": {"opacity": 1}},
    }  # fmt: skip


def _written(cell: MapCell) -> str:
    """The letters; where there is no figure, the letter that says why."""
    return (
        cell.printed
        if cell.step.key == HIDDEN and len(cell.printed) <= MOST_LETTERS
        else (cell.letters)
    )


def _hover(cell: MapCell) -> str:
    return f"{cell.row.name}, {cell.row.region}<br>{cell.printed} · {cell.step.said}"
