"""Authorities in order: thin bars for all of England, named bars for a few.

In order of level a bar is the level. In order of gap it runs from the group's level to the
reference's, so that no gap stands without the level it belongs to.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Protocol

import plotly.graph_objects as go

from sendgap.charts import theme
from sendgap.charts.scale import Scale, scale, tick_text
from sendgap.charts.theme import Spec, Style
from sendgap.terms import SenGroup
from sendgap.views.compare_model import Beside, CompareAreas, RankedArea

#: More rows than this are drawn without their names.
MOST_NAMED = 30
HEIGHT, KEY_LINE, TOP, BOTTOM, LEFT = 300, 18, 34, 34, 44
ROW, NAME_WIDTH = 34, 18
NAMED_LEFT, NAMED_RIGHT, NAMED_TOP = 128, 128, 40
OTHER = Style("#BFBFBF", "solid", "circle", 1, "●", 4)
NEIGHBOUR = Style("#A285D1", "solid", "diamond", 1, "◆", 7)
#: How a dashed line looks in the key.
DASHES = {"dash": "- - -", "dot": "·····", "longdash": "— —", "dashdot": "— · —"}

Bar = tuple[float, float]


def ranking(view: CompareAreas) -> go.Figure:
    """The chart of the listed authorities that have a figure, in the view's order."""
    rows = [row for row in view.rows if _bar(view, row) is not None]
    return _thin(view, rows) if len(rows) > MOST_NAMED else _named(view, rows)


class Grouped(Protocol):
    """A view about one group of pupils."""

    @property
    def sen_group(self) -> SenGroup: ...


def look(view: Grouped, role: str) -> Style:
    """How an authority is drawn: its own hue, neighbours, chosen ones, others."""
    if role == "area":
        return theme.style("area", view.sen_group)
    return {"neighbour": NEIGHBOUR, "chosen": theme.PLACES["chosen"]}.get(role, OTHER)


def hover(row: RankedArea, *, has_gap: bool) -> str:
    """What a pointer shows; the table says the same."""
    text = f"{row.name}<br>{row.level_printed} · {row.level_place}{_could_be(row.place_range)}"
    if not has_gap:
        return text
    return f"{text}<br>gap {row.gap_printed} · {row.gap_place}{_could_be(row.gap_place_range)}"


def _could_be(places: str) -> str:
    """How far a place could be off, where that is known."""
    return f", could be {places}" if places[:1].isdigit() else ""


def _bar(view: CompareAreas, row: RankedArea) -> Bar | None:
    """Where an authority's bar starts and ends."""
    if view.by == "gap":
        if row.level is None or row.reference is None or row.gap is None:
            return None
        return row.level, row.reference
    return None if row.level is None else (0.0, row.level)


def _beside_bar(view: CompareAreas, mark: Beside) -> Bar | None:
    if mark.level is None or (view.by == "gap" and mark.gap is None):
        return None
    if view.by != "gap":
        return 0.0, mark.level
    higher = view.polarity.value == "higher_is_better"
    return mark.level, mark.level + (mark.gap or 0.0) * (1 if higher else -1)


# All of England ----------------------------------------------------------------------


def _thin(view: CompareAreas, rows: Sequence[RankedArea]) -> go.Figure:
    axis = scale(view.level_axis, HEIGHT - TOP)
    lines = _key(view, rows)
    top = TOP + KEY_LINE * len(lines) + 8
    beside = [b for b in view.beside if _beside_bar(view, b) is not None]
    traces = _thin_bars(view, rows)
    traces += [_mark(view, rows, role) for role in ("neighbour", "chosen", "area")]
    if view.by == "gap":
        traces.append(_beside_bars(view, beside, len(rows)))
    else:
        traces += [_across(b, len(rows)) for b in beside]
    last = len(rows) + (4 * len(beside) if view.by == "gap" else 2)
    places = ((-0.5, "left"), (len(rows) - 0.5, "right"))
    ends = [
        theme.text(
            words, x=x, y=0, yref="paper", yanchor="top", yshift=-8, xanchor=side,
            size=theme.SMALL, colour=theme.SECONDARY,
        )
        for words, (x, side) in zip(view.ends, places, strict=True)
    ]  # fmt: skip
    return theme.figure(
        traces,
        height=HEIGHT + top,
        margin={"l": LEFT, "r": 14, "t": top, "b": BOTTOM},
        bargap=0.25,
        barmode="overlay",
        xaxis={"range": [-1.5, last + 0.5], "showticklabels": False, "showgrid": False,
               "zeroline": False, "fixedrange": True},
        yaxis=_value_axis(view, axis),
        annotations=[*_key_lines(lines), theme.unit_label(_unit(view), left=LEFT), *ends],
    )  # fmt: skip


def _unit(view: CompareAreas) -> str:
    return f"{view.level_axis.title}: from {view.sen_label} to {view.reference_label}" if (
        view.by == "gap"
    ) else view.level_axis.title  # fmt: skip


def _value_axis(view: CompareAreas, axis: Scale) -> Spec:
    return {
        "range": [min(axis.low, 0.0), axis.high],
        "tickvals": list(axis.ticks),
        "ticktext": tick_text(view.level_axis, axis.ticks),
        "tickfont": {"size": theme.SMALL, "color": theme.SECONDARY},
        "gridcolor": theme.GRID,
        "zeroline": True,
        "zerolinecolor": theme.GREY,
        "fixedrange": True,
    }


def _thin_bars(view: CompareAreas, rows: Sequence[RankedArea]) -> list[Spec]:
    bars = [_bar(view, row) or (0.0, 0.0) for row in rows]
    has_gap = view.gap_axis is not None
    return [
        {
            "type": "bar",
            "meta": "areas",
            "x": list(range(len(rows))),
            "base": [low for low, _ in bars],
            "y": [high - low for low, high in bars],
            "marker": {
                "color": [look(view, row.role).colour for row in rows],
                "line": {"width": 0},
            },
            "hoverinfo": "text",
            "hovertext": [hover(row, has_gap=has_gap) for row in rows],
            "textposition": "none",
        }
    ]


def _mark(view: CompareAreas, rows: Sequence[RankedArea], role: str) -> Spec:
    """A shape at the level of each authority of a role: colour is never the only difference."""
    style = look(view, role)
    picked = [(n, row) for n, row in enumerate(rows) if row.role == role]
    return {
        "type": "scatter",
        "mode": "markers",
        "meta": role,
        "x": [n for n, _ in picked],
        "y": [row.level for _, row in picked],
        "cliponaxis": False,
        "marker": {"color": style.colour, "symbol": style.symbol, "size": style.size,
                   "line": {"color": "#FFFFFF", "width": 1}},
        "hoverinfo": "text",
        "hovertext": [hover(row, has_gap=view.gap_axis is not None) for _, row in picked],
    }  # fmt: skip


def _across(mark: Beside, count: int) -> Spec:
    """A comparator's level as a line across."""
    style = theme.PLACES[mark.role]
    return {
        "type": "scatter",
        "mode": "lines",
        "meta": mark.role,
        "x": [-0.5, count + 1],
        "y": [mark.level, mark.level],
        "line": {"color": style.colour, "width": style.width, "dash": style.dash},
        "cliponaxis": False,
        "hoverinfo": "text",
        "hovertext": f"{mark.label}: {mark.level_printed}",
    }


def _beside_bars(view: CompareAreas, beside: Sequence[Beside], count: int) -> Spec:
    """The comparators' own bars, apart at the right."""
    bars = [_beside_bar(view, b) or (0.0, 0.0) for b in beside]
    return {
        "type": "bar",
        "meta": "beside",
        "x": [count + 3 + 4 * n for n in range(len(beside))],
        "width": 2.4,
        "base": [low for low, _ in bars],
        "y": [high - low for low, high in bars],
        "marker": {"color": [theme.PLACES[b.role].colour for b in beside]},
        "hoverinfo": "text",
        "hovertext": [f"{b.label}: {b.level_printed}, gap {b.gap_printed}" for b in beside],
        "textposition": "none",
    }


def _key(view: CompareAreas, rows: Sequence[RankedArea]) -> list[str]:
    """Which shape is whom, each with its figure, one line each."""
    has_gap = view.by == "gap"
    own = next((row for row in rows if row.role == "area"), None)
    lines = []
    if own:
        figure = f"{own.level_printed}, gap {own.gap_printed}" if has_gap else own.level_printed
        lines.append(f"{theme.swatch(look(view, 'area'))} <b>{own.name} {figure}</b>")
    if any(row.role == "neighbour" for row in rows):
        lines.append(f"{theme.swatch(NEIGHBOUR)} Each statistical neighbour")
    for mark in view.beside:
        if mark.level is not None:
            figure = mark.level_printed + (f", gap {mark.gap_printed}" if has_gap else "")
            style = theme.PLACES[mark.role]
            swatch = theme.swatch(style if has_gap else replace(style, glyph=DASHES[style.dash]))
            lines.append(f"{swatch} {mark.label} {figure}")
    return lines


def _key_lines(lines: Sequence[str]) -> list[Spec]:
    return [
        theme.text(
            words, x=0, y=1, xref="paper", yref="paper", xanchor="left", yanchor="bottom",
            xshift=-LEFT + 4, yshift=TOP + KEY_LINE * (len(lines) - 1 - n), align="left", size=13,
        )
        for n, words in enumerate(lines)
    ]  # fmt: skip


# A few, by name ----------------------------------------------------------------------


def _named(view: CompareAreas, rows: Sequence[RankedArea]) -> go.Figure:
    """One row for each authority, then the comparators under a rule."""
    beside = [(b, bar) for b in view.beside if (bar := _beside_bar(view, b)) is not None]
    bars = [*((_bar(view, row) or (0.0, 0.0)) for row in rows), *(bar for _, bar in beside)]
    names = [_name(row.name, is_own=row.role == "area") for row in rows]
    names += [_name(b.label.partition(" (")[0], is_own=False) for b, _ in beside]
    colours = [look(view, row.role).colour for row in rows]
    colours += [theme.PLACES[b.role].colour for b, _ in beside]
    said = [_figures(view, r.level_printed, r.gap_printed, r.level_place) for r in rows]
    said += [_figures(view, b.level_printed, b.gap_printed, "") for b, _ in beside]
    low, high = min(0.0, *(min(b) for b in bars)), max(0.0, *(max(b) for b in bars))
    count = len(bars)
    return theme.figure(
        [
            {
                "type": "bar", "orientation": "h", "meta": "areas", "y": list(range(count)),
                "base": [a for a, _ in bars], "x": [b - a for a, b in bars],
                "marker": {"color": colours, "line": {"color": theme.GREY, "width": 1}},
                "hoverinfo": "text", "hovertext": [f"{n}<br>{s}" for n, s in zip(names, said,
                                                                             strict=True)],
                "textposition": "none",
            }
        ],
        height=NAMED_TOP + 16 + ROW * count,
        bargap=0.45,
        margin={"l": NAMED_LEFT, "r": NAMED_RIGHT, "t": NAMED_TOP, "b": 16},
        xaxis={"range": [low, high + (high - low) * 0.02], "showticklabels": False,
               "showgrid": False, "zeroline": True, "zerolinecolor": theme.GREY,
               "fixedrange": True},
        yaxis={"range": [count - 0.4, -0.6], "tickvals": list(range(count)), "ticktext": names,
               "tickfont": {"size": 13, "color": theme.INK}, "showgrid": False,
               "zeroline": False, "fixedrange": True},
        shapes=[_rule(len(rows) - 0.5)] if beside else [],
        annotations=[
            theme.unit_label(_unit(view), left=NAMED_LEFT),
            *(_beside_words(words, n) for n, words in enumerate(said)),
        ],
    )  # fmt: skip


def _name(label: str, *, is_own: bool) -> str:
    words = "<br>".join(theme.wrapped(label, NAME_WIDTH))
    return f"<b>{words}</b>" if is_own else words


def _figures(view: CompareAreas, level: str, gap: str, place: str) -> str:
    if view.by == "gap":
        return f"gap {gap}, level {level}"
    return f"{level} · {place.split(' ')[0]}" if place and place != "not ranked" else level


def _beside_words(words: str, row: int) -> Spec:
    lines = "<br>".join(theme.wrapped(words, 17))
    return theme.text(
        lines, x=1, y=row, xref="paper", xanchor="left", xshift=6, yanchor="middle", size=13,
        align="left",
    )  # fmt: skip


def _rule(y: float) -> Spec:
    return {"type": "line", "xref": "paper", "yref": "y", "x0": -0.5, "x1": 1.3, "y0": y, "y1": y,
            "line": {"color": theme.GREY, "width": 1}}  # fmt: skip
