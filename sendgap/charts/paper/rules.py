"""Axes on the sheet: grid, the line of nought, ticks with their words, titles."""

from __future__ import annotations

from typing import Any

from sendgap.charts import theme
from sendgap.charts.paper.canvas import ASCENT, Canvas, Side
from sendgap.charts.paper.label import label, place
from sendgap.charts.paper.space import Axis, Space
from sendgap.charts.paper.vocabulary import PaperError, Spec

Pairs = list[tuple[str, str]]
#: What the screen draws where a figure does not say.
INK, GRID, TICK = "#444444", "#EEEEEE", 5.0


def _said(spec: Spec, key: str, default: Any) -> Any:
    found = spec.get(key)
    return default if found is None else found


def _ticks(axis: Axis) -> list[tuple[float, str]]:
    """The pixels of ticks inside the range, with their words."""
    values, words = axis.spec.get("tickvals"), axis.spec.get("ticktext")
    if values is None and axis.kind == "category":
        values, words = list(axis.names), list(axis.names)
    if values is None:
        if _shows_ticks(axis):
            raise PaperError(f"axis {axis.name} needs its ticks: paper does not guess them")
        return []
    if words is None:
        words = [str(value) for value in values]
    low, high = axis.edges()
    found = [(axis.pixel(v), str(w)) for v, w in zip(values, words, strict=True)]
    return [(at, word) for at, word in found if at is not None and low - 0.5 <= at <= high + 0.5]


def _shows_ticks(axis: Axis) -> bool:
    spec = axis.spec
    if spec.get("visible") is False:
        return False
    return bool(_said(spec, "showticklabels", True) or spec.get("ticks") or _has_grid(axis))


def _has_grid(axis: Axis) -> bool:
    shown: bool = _said(axis.spec, "showgrid", axis.kind != "category")
    return shown and axis.spec.get("visible") is not False


def grids(canvas: Canvas, where: Space, both: Pairs) -> None:
    """Grid lines, then the lines of nought, over every plot."""
    for pair in both:
        axes = [where.axes[name] for name in pair]
        for axis, other in (axes, axes[::-1]):
            if _has_grid(axis):
                ink = _said(axis.spec, "gridcolor", GRID)
                width = float(_said(axis.spec, "gridwidth", 1))
                dash = axis.spec.get("griddash") or ""
                for at, _ in _ticks(axis):
                    _rule(canvas, axis, other, at, ink, width, dash)
    for pair in both:
        axes = [where.axes[name] for name in pair]
        for axis, other in (axes, axes[::-1]):
            if _has_nought(axis):
                ink = _said(axis.spec, "zerolinecolor", INK)
                width = float(_said(axis.spec, "zerolinewidth", 1))
                _rule(canvas, axis, other, axis.at(0.0), ink, width, "")


def _has_nought(axis: Axis) -> bool:
    shown = _said(axis.spec, "zeroline", axis.kind == "linear")
    inside = axis.kind == "linear" and min(axis.low, axis.high) <= 0 <= max(axis.low, axis.high)
    return bool(shown and inside and axis.spec.get("visible") is not False)


def _rule(
    canvas: Canvas, axis: Axis, other: Axis, at: float, ink: str, width: float, dash: str
) -> None:
    low, high = other.edges()
    spots = [(at, low), (at, high)] if axis.is_across else [(low, at), (high, at)]
    canvas.line(spots, edge=ink, width=width, dash=dash)


def axes(canvas: Canvas, where: Space, both: Pairs, font: Spec) -> None:
    """Each axis once: its line, ticks, words and title."""
    drawn: set[str] = set()
    for pair in both:
        for name, other in (pair, pair[::-1]):
            axis = where.axes[name]
            if name in drawn or axis.spec.get("visible") is False:
                continue
            drawn.add(name)
            anchor = where.axes.get(axis.spec.get("anchor") or other, where.axes[other])
            _axis(canvas, axis, anchor, font)


def _axis(canvas: Canvas, axis: Axis, anchor: Axis, font: Spec) -> None:
    spec = axis.spec
    side = _said(spec, "side", "bottom" if axis.is_across else "left")
    low, high = anchor.edges()
    at = {"bottom": high, "left": low, "top": low, "right": high}[side]
    out = 1 if side in ("bottom", "right") else -1
    line = float(_said(spec, "linewidth", 1))
    has_line = _said(spec, "showline", bool(spec.get("linecolor") or spec.get("linewidth")))
    if has_line:
        ends = axis.edges()
        spots = [(p, at) for p in ends] if axis.is_across else [(at, p) for p in ends]
        canvas.line(spots, edge=_said(spec, "linecolor", INK), width=line)
    edge = at + out * (line / 2 if has_line else 0)
    _marks(canvas, axis, edge, out, spec, [pixel for pixel, _ in _ticks(axis)])
    minor = spec.get("minor") or {}
    _marks(canvas, axis, edge, out, minor, [axis.pixel(v) for v in minor.get("tickvals") or []])
    reach = _words(canvas, axis, edge, out, font, has_line=has_line)
    _title(canvas, axis, reach, out, font)


def _marks(
    canvas: Canvas, axis: Axis, edge: float, out: int, said: Spec, places: list[float | None]
) -> None:
    if not said.get("ticks"):
        return
    way = out if said["ticks"] == "outside" else -out
    end = edge + way * float(_said(said, "ticklen", TICK))
    low, high = axis.edges()
    for pixel in places:
        if pixel is None or not low - 0.5 <= pixel <= high + 0.5:
            continue
        spots = [(pixel, edge), (pixel, end)] if axis.is_across else [(edge, pixel), (end, pixel)]
        width = float(_said(said, "tickwidth", 1))
        canvas.line(spots, edge=_said(said, "tickcolor", INK), width=width)


def _words(
    canvas: Canvas, axis: Axis, edge: float, out: int, font: Spec, *, has_line: bool
) -> float:
    """The tick words; gives the pixel that they reach to."""
    spec = axis.spec
    if not _said(spec, "showticklabels", True):
        return edge
    own = font | {"size": theme.SMALL} | (spec.get("tickfont") or {})
    size = float(own["size"])
    is_out = spec.get("ticks") == "outside"
    start = edge + out * (float(_said(spec, "ticklen", TICK)) if is_out else 0.0)
    start += out * ((0.2 * size if is_out or has_line else 0.0)
                    + float(spec.get("ticklabelstandoff") or 0))  # fmt: skip
    reach = start
    for pixel, text in _ticks(axis):
        words = label(text, size, own["color"], bold=own.get("weight") == "bold")
        if axis.is_across:
            down = start + (1 - ASCENT) * size if out > 0 else start
            place(canvas, words, (pixel, down), down="top" if out > 0 else "bottom")
            extent = words.height
        else:
            side: Side = "left" if out > 0 else "right"
            place(canvas, words, (start, pixel), across=side, align=side)
            extent = words.width
        reach = max(reach, start + extent) if out > 0 else min(reach, start - extent)
    return reach


def _title(canvas: Canvas, axis: Axis, reach: float, out: int, font: Spec) -> None:
    said = axis.spec.get("title") or {}
    if not said.get("text"):
        return
    own = font | (said.get("font") or {})
    words = label(said["text"], float(own["size"]), own["color"])
    middle = sum(axis.edges()) / 2
    away = reach + out * float(_said(said, "standoff", 10))
    if axis.is_across:
        place(canvas, words, (middle, away), down="top" if out > 0 else "bottom")
    else:
        side = "left" if out > 0 else "right"
        place(canvas, words, (away, middle), across=side, angle=-90.0)
