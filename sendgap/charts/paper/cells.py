"""Heat maps: cells in steps of colour, each with its words."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

from sendgap.charts import theme
from sendgap.charts.paper.canvas import Canvas, colour
from sendgap.charts.paper.label import label, place
from sendgap.charts.paper.points import each
from sendgap.charts.paper.space import Axis, Space
from sendgap.charts.paper.vocabulary import PaperError, Spec


def heatmap(canvas: Canvas, space: Space, trace: Spec, font: Spec) -> None:
    """Cells between the lines half way to their neighbours."""
    pair = (trace.get("xaxis") or "x", trace.get("yaxis") or "y")
    clip = space.box(pair)
    rows = trace.get("z") or []
    across = _edges(space.axes[pair[0]], trace.get("x"), max(map(len, rows), default=0))
    down = _edges(space.axes[pair[1]], trace.get("y"), len(rows))
    gaps = float(trace.get("xgap") or 0) / 2, float(trace.get("ygap") or 0) / 2
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            left, right = sorted(across[c])
            top, bottom = sorted(down[r])
            fill = "" if value is None else _fill(trace, value)
            if fill:
                box = (left + gaps[0], top + gaps[1], right - gaps[0], bottom - gaps[1])
                canvas.box(box, fill=fill, clip=clip)
            if trace.get("texttemplate") and trace.get("text"):
                words = _words(trace, r, c, fill, font)
                place(canvas, words, ((left + right) / 2, (top + bottom) / 2), clip=clip)


def _edges(axis: Axis, said: list[Any] | None, count: int) -> list[tuple[float, float]]:
    places = [axis.number(p) for p in said] if said else [float(n) for n in range(count)]
    if len(places) != count:
        raise PaperError(f"a heat map has {count} cells and {len(places)} places")
    steps = [after - before for before, after in pairwise(places)] or [1.0]
    starts = [steps[0], *steps]
    ends = [*steps, steps[-1]]
    return [
        (axis.at(place - start / 2), axis.at(place + end / 2))
        for place, start, end in zip(places, starts, ends, strict=False)
    ]


def _fill(trace: Spec, value: float) -> str:
    scale = trace.get("colorscale")
    if not isinstance(scale, list) or trace.get("zmin") is None or trace.get("zmax") is None:
        raise PaperError("a heat map needs its colours and both ends of its scale")
    low, high = float(trace["zmin"]), float(trace["zmax"])
    share = min(max((value - low) / (high - low), 0.0), 1.0) if high > low else 0.0
    return _blend(scale, share)


def _blend(scale: Sequence[Sequence[Any]], share: float) -> str:
    for (start, first), (end, second) in pairwise(scale):
        if start <= share <= end and end > start:
            part = (share - start) / (end - start)
            mixed = [a + (b - a) * part for a, b in zip(colour(first), colour(second), strict=True)]
            red, green, blue = (round(255 * channel) for channel in mixed[:3])
            return f"rgba({red},{green},{blue},{mixed[3]})"
    return str(scale[-1][1])


def _words(trace: Spec, r: int, c: int, fill: str, font: Spec) -> Any:
    own = trace.get("textfont") or {}
    ink = own.get("color")
    if ink is None:
        ink = theme.INK if not fill or _is_light(fill) else "#FFFFFF"
    size = float(each(own.get("size") or font.get("size"), 0, theme.SIZE))
    return label(trace["text"][r][c] or "", size, ink)


def _is_light(fill: str) -> bool:
    red, green, blue, _ = colour(fill)
    return (299 * red + 587 * green + 114 * blue) / 1000 >= 0.5
