"""Bars: beside each other, stacked or over each other, and the steps of a waterfall."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from sendgap.charts import theme
from sendgap.charts.paper.canvas import Box, Canvas
from sendgap.charts.paper.label import label, place
from sendgap.charts.paper.points import each, errors
from sendgap.charts.paper.space import Axis, Space
from sendgap.charts.paper.vocabulary import PaperError, Spec

#: The screen's share of room between bars, and how patterns are hatched.
GAP = 0.2
HATCHES = {"/": "///", "\\": "\\\\\\", "x": "xxx", "-": "---", "|": "|||", "+": "+++", ".": "..."}


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar in its axes' own numbers: its place with its sides, its foot and its end."""

    n: int
    left: float
    right: float
    foot: float
    end: float


def bars(canvas: Canvas, space: Space, traces: Sequence[Spec], layout: Spec, font: Spec) -> None:
    """All bar traces, those that share axes and a direction set out together."""
    together: dict[tuple[str, str, bool], list[Spec]] = defaultdict(list)
    for trace in traces:
        pair = (trace.get("xaxis") or "x", trace.get("yaxis") or "y")
        together[(*pair, trace.get("orientation") == "h")].append(trace)
    for (x, y, is_level), group in together.items():
        place_axis, value_axis = (space.axes[n] for n in ((y, x) if is_level else (x, y)))
        mode = layout.get("barmode") or "group"
        gap = each(layout.get("bargap"), 0, GAP)
        set_out = _set_out(group, place_axis, mode, gap)
        for trace, drawn in zip(group, set_out, strict=True):
            clip = None if trace.get("cliponaxis") is False else space.box((x, y))
            _draw(canvas, trace, drawn, (place_axis, value_axis), font, clip)
            spots = [_end(bar, place_axis, value_axis) for bar in drawn]
            errors(canvas, space, trace, (x, y), list(spots), clip)


def _values(trace: Spec) -> tuple[list[Any], list[Any]]:
    x, y = trace.get("x") or [], trace.get("y") or []
    places, values = (y, x) if trace.get("orientation") == "h" else (x, y)
    if len(places) != len(values):
        raise PaperError(f"a bar trace has {len(places)} places and {len(values)} values")
    return places, values


def _set_out(group: Sequence[Spec], axis: Axis, mode: str, gap: float) -> list[list[Bar]]:
    """Each trace's bars, on the widths that the screen gives them."""
    apart = [_apart([trace], axis) for trace in group]
    shared = _apart(group, axis)
    reached: dict[tuple[float, bool], float] = defaultdict(float)
    found = []
    for rank, trace in enumerate(group):
        unit = apart[rank] if mode == "overlay" else shared
        width, offset = unit * (1 - gap), -unit * (1 - gap) / 2
        if mode == "group":
            width, offset = width / len(group), offset + rank * width / len(group)
        found.append(_of_trace(trace, axis, width, offset, reached, stacks=mode not in (
            "overlay", "group")))  # fmt: skip
    return found


def _of_trace(
    trace: Spec, axis: Axis, width: float, offset: float,
    reached: dict[tuple[float, bool], float], *, stacks: bool,
) -> list[Bar]:  # fmt: skip
    bars_ = []
    for n, (where, value) in enumerate(zip(*_values(trace), strict=True)):
        if where is None or value is None:
            continue
        middle = axis.number(where)
        wide = each(trace.get("width"), n, width)
        start = each(trace.get("offset"), n, -wide / 2 if "width" in trace else offset)
        foot = float(each(trace.get("base"), n, 0.0))
        if stacks and trace.get("base") is None:
            foot = reached[middle, value < 0]
            reached[middle, value < 0] += value
        bars_.append(Bar(n, middle + start, middle + start + wide, foot, foot + value))
    return bars_


def _apart(group: Sequence[Spec], axis: Axis) -> float:
    """The smallest distance between places; one where there is one place."""
    held = sorted({axis.number(p) for trace in group for p in _values(trace)[0] if p is not None})
    return min((after - before for before, after in pairwise(held)), default=1.0)


def _end(bar: Bar, places: Axis, values: Axis) -> tuple[float, float] | None:
    middle, end = places.at((bar.left + bar.right) / 2), values.pixel(bar.end)
    if end is None:
        return None
    return (middle, end) if places.is_across else (end, middle)


def _box(bar: Bar, places: Axis, values: Axis) -> Box | None:
    sides = sorted((places.at(bar.left), places.at(bar.right)))
    ends = [values.pixel(bar.foot), values.pixel(bar.end)]
    known = sorted(end for end in ends if end is not None)
    if len(known) < 2:
        return None
    if places.is_across:
        return sides[0], known[0], sides[1], known[1]
    return known[0], sides[0], known[1], sides[1]


def _draw(
    canvas: Canvas, trace: Spec, drawn: Sequence[Bar], axes: tuple[Axis, Axis], font: Spec,
    clip: Box | None,
) -> None:  # fmt: skip
    for bar in drawn:
        box = _box(bar, *axes)
        if box is None:
            raise PaperError("a bar's foot has no place on its axis")
        block(canvas, box, trace.get("marker") or {}, bar.n, each(trace.get("opacity"), 0, 1.0),
              clip)  # fmt: skip
        _words(canvas, trace, bar, box, axes[0].is_across, font)


def block(canvas: Canvas, box: Box, marker: Spec, n: int, opacity: float, clip: Box | None) -> None:
    """One bar with its edge and its pattern."""
    edge, pattern = marker.get("line") or {}, marker.get("pattern") or {}
    ink = each(marker.get("color"), n, theme.GREY)
    hatch = HATCHES.get(each(pattern.get("shape"), n, ""), "")
    overlaid = pattern.get("fillmode") == "overlay"
    behind = ink if not hatch or overlaid else each(pattern.get("bgcolor"), n, "#FFFFFF")
    stroke = each(pattern.get("fgcolor"), n, "#FFFFFF" if overlaid else ink)
    width = float(each(edge.get("width"), n, 0))
    canvas.box(
        box, fill=behind, edge=each(edge.get("color"), n, "#444444") if width else "",
        width=width, opacity=opacity * float(each(marker.get("opacity"), n, 1.0)), clip=clip,
        hatch=hatch, hatch_colour=stroke,
    )  # fmt: skip


def _words(canvas: Canvas, trace: Spec, bar: Bar, box: Box, is_upright: bool, font: Spec) -> None:
    position = each(trace.get("textposition"), bar.n, "auto")
    text = each(trace.get("text"), bar.n, "")
    if not text or position == "none":
        return
    if position not in ("inside", "outside"):
        raise PaperError(f"paper does not set a bar's words {position!r}")
    own = trace.get(f"{position}textfont") or {}
    said = font | (trace.get("textfont") or {}) | own
    words = label(text, float(each(said.get("size"), bar.n, theme.SIZE)),
                  each(said.get("color"), bar.n, theme.INK))  # fmt: skip
    left, top, right, bottom = box
    middle = ((left + right) / 2, (top + bottom) / 2)
    if position == "inside":
        if trace.get("insidetextanchor") != "middle":
            raise PaperError("words inside a bar stand in its middle: insidetextanchor = middle")
        place(canvas, words, middle)
    elif is_upright:
        up = bar.end >= bar.foot
        at = (middle[0], top - 3 if up else bottom + 3)
        place(canvas, words, at, down="bottom" if up else "top")
    else:
        on = bar.end >= bar.foot
        place(canvas, words, (right + 3 if on else left - 3, middle[1]),
              across="left" if on else "right")  # fmt: skip


def waterfall(canvas: Canvas, space: Space, trace: Spec, layout: Spec) -> None:
    """Steps from the height of the one before, totals from nought, thin lines between."""
    pair = (trace.get("xaxis") or "x", trace.get("yaxis") or "y")
    places, values = (space.axes[name] for name in pair)
    clip = None if trace.get("cliponaxis") is False else space.box(pair)
    gap = each(layout.get("waterfallgap"), 0, GAP)
    width = each(trace.get("width"), 0, _apart([trace], places) * (1 - gap))
    drawn, height = [], float(trace.get("base") or 0.0)
    kinds = trace.get("measure") or []
    for n, (where, value) in enumerate(zip(*_values(trace), strict=True)):
        kind = each(kinds, n, "relative") if n < len(kinds) else "relative"
        is_total = kind in ("total", "t", "absolute", "a")
        base = float(trace.get("base") or 0.0) if is_total else height
        if kind in ("relative", "r"):
            height += value or 0.0
        elif kind in ("absolute", "a"):
            height = value or 0.0
        middle = places.number(where)
        bar = Bar(n, middle - width / 2, middle + width / 2, base, height)
        drawn.append((bar, "totals" if is_total else _way(bar)))
    _connect(canvas, trace.get("connector") or {}, [bar for bar, _ in drawn], places, values, clip)
    for bar, way in drawn:
        box = _box(bar, places, values)
        assert box is not None
        block(canvas, box, (trace.get(way) or {}).get("marker") or {}, bar.n, 1.0, clip)


def _way(bar: Bar) -> str:
    return "decreasing" if bar.end < bar.foot else "increasing"


def _connect(
    canvas: Canvas, said: Spec, drawn: Sequence[Bar], places: Axis, values: Axis, clip: Box | None
) -> None:
    line = said.get("line") or {}
    if said.get("visible") is False:
        return
    for before, after in pairwise(drawn):
        height = values.at(before.end)
        spots = [(places.at(before.right), height), (places.at(after.left), height)]
        canvas.line(spots, edge=line.get("color") or theme.GREY,
                    width=float(each(line.get("width"), 0, 2)), dash=line.get("dash") or "",
                    clip=clip)  # fmt: skip
