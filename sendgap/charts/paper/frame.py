"""A whole figure in the screen's order: ground, grid, traces, axes, shapes, labels."""

from __future__ import annotations

from typing import Any

from matplotlib.path import Path

from sendgap.charts import theme
from sendgap.charts.paper import rules
from sendgap.charts.paper.bars import bars, waterfall
from sendgap.charts.paper.canvas import Canvas
from sendgap.charts.paper.cells import heatmap
from sendgap.charts.paper.label import label, place
from sendgap.charts.paper.outlines import outline
from sendgap.charts.paper.points import scatter
from sendgap.charts.paper.space import Space, pairs, space
from sendgap.charts.paper.vocabulary import Spec


def frame(canvas: Canvas, spec: Spec, width: float, height: float, above: float) -> None:
    """Draw a checked figure, its top ``above`` pixels down the sheet."""
    layout = spec["layout"]
    font = {"size": theme.SIZE, "color": theme.INK} | layout.get("font", {})
    where = space(spec, width, height, above)
    both = pairs(spec)
    shapes = [s for s in layout.get("shapes") or [] if s.get("visible") is not False]
    for pair in both:
        canvas.box(where.box(pair), fill=layout.get("plot_bgcolor") or "#FFFFFF")
    _shapes(canvas, where, [s for s in shapes if s.get("layer") in ("below", "between")])
    rules.grids(canvas, where, both)
    _traces(canvas, where, spec, font)
    rules.axes(canvas, where, both, font)
    _shapes(canvas, where, [s for s in shapes if s.get("layer") not in ("below", "between")])
    for note in layout.get("annotations") or []:
        if note.get("visible") is not False:
            _annotation(canvas, where, note, font)


def _traces(canvas: Canvas, where: Space, spec: Spec, font: Spec) -> None:
    """Cells under bars under points, whatever order they are given in."""
    seen = [trace for trace in spec["data"] if trace.get("visible") in (None, True)]
    kinds: dict[str, list[Spec]] = {k: [] for k in ("heatmap", "bar", "waterfall", "scatter")}
    for trace in seen:
        kinds[trace.get("type") or "scatter"].append(trace)
    for trace in kinds["heatmap"]:
        heatmap(canvas, where, trace, font)
    bars(canvas, where, kinds["bar"], spec["layout"], font)
    for trace in kinds["waterfall"]:
        waterfall(canvas, where, trace, spec["layout"])
    for trace in kinds["scatter"]:
        scatter(canvas, where, trace, font)


def _shapes(canvas: Canvas, where: Space, shapes: list[Spec]) -> None:
    for shape in shapes:
        line = shape.get("line") or {}
        width = 2.0 if line.get("width") is None else float(line["width"])
        path: Path = outline(where, shape)
        is_line = shape.get("type") == "line"
        canvas.shape(
            path,
            fill="" if is_line else shape.get("fillcolor") or "",
            edge=(line.get("color") or "#444444") if width else "",
            width=width,
            dash=line.get("dash") or "",
            opacity=1.0 if shape.get("opacity") is None else float(shape["opacity"]),
        )


def _annotation(canvas: Canvas, where: Space, note: Spec, font: Spec) -> None:
    own = font | {k: v for k, v in (note.get("font") or {}).items() if v is not None}
    xref, yref = note.get("xref") or "x", note.get("yref") or "y"
    at = (
        where.across(xref, note["x"], is_label=True) + float(note.get("xshift") or 0),
        where.down(yref, note["y"], is_label=True) - float(note.get("yshift") or 0),
    )
    across = _anchor(note.get("xanchor"), xref, note["x"], ("left", "center", "right"))
    down = _anchor(note.get("yanchor"), yref, note["y"], ("bottom", "middle", "top"))
    border, pad = (
        1.0 if note.get(key) is None else float(note[key]) for key in ("borderwidth", "borderpad")
    )
    place(
        canvas,
        label(note["text"], float(own["size"]), own["color"], bold=own.get("weight") == "bold"),
        at,
        across=across,
        down=down,
        align=note.get("align") or "center",
        angle=float(note.get("textangle") or 0),
        opacity=1.0 if note.get("opacity") is None else float(note["opacity"]),
        pad=pad + border,
        fill=note.get("bgcolor") or "",
        edge=note.get("bordercolor") or "",
        edge_width=border,
    )


def _anchor(said: str | None, ref: str, value: Any, ends: tuple[str, str, str]) -> str:
    """Where no anchor is given: thirds of the plot, or the middle."""
    if said and said != "auto":
        return said
    if ref == "paper" or ref.endswith("domain"):
        return ends[0] if value <= 1 / 3 else ends[2] if value >= 2 / 3 else ends[1]
    return ends[1]
