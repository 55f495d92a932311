"""Scatter traces: lines, filled outlines, markers with error bars, words beside them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from matplotlib.path import Path

from sendgap.charts import theme
from sendgap.charts.paper.canvas import Box, Canvas, Spot
from sendgap.charts.paper.label import label, place
from sendgap.charts.paper.space import Space
from sendgap.charts.paper.symbols import placed, symbol
from sendgap.charts.paper.vocabulary import PaperError, Spec


def each(value: Any, n: int, default: Any = None) -> Any:
    """The ``n``-th of many, or the one for all."""
    found = value[n] if isinstance(value, list) else value
    return default if found is None else found


def scatter(canvas: Canvas, space: Space, trace: Spec, font: Spec) -> None:
    """One trace, in the screen's order: outline, error bars, line, markers, words."""
    pair = (trace.get("xaxis") or "x", trace.get("yaxis") or "y")
    clip = None if trace.get("cliponaxis") is False else space.box(pair)
    across, down = (space.axes[name] for name in pair)
    x, y = trace.get("x") or [], trace.get("y") or []
    if len(x) != len(y):
        raise PaperError(f"a trace has {len(x)} places and {len(y)} values")
    spots = [_spot(across.pixel(a), down.pixel(b)) for a, b in zip(x, y, strict=True)]
    mode = trace.get("mode") or ("lines+markers" if len(spots) < 20 else "lines")
    opacity = each(trace.get("opacity"), 0, 1.0)
    _line(canvas, trace, spots, mode, opacity, clip)
    errors(canvas, space, trace, pair, spots, clip)
    if "markers" in mode:
        _markers(canvas, trace.get("marker") or {}, spots, opacity, clip)
    if "text" in mode:
        _texts(canvas, trace, spots, font, clip)


def _spot(x: float | None, y: float | None) -> Spot | None:
    return None if x is None or y is None else (x, y)


def _runs(spots: list[Spot | None], *, joined: bool = False) -> Iterator[list[Spot]]:
    run: list[Spot] = []
    for spot in [*spots, None]:
        if spot is not None:
            run.append(spot)
        elif run and not joined:
            yield run
            run = []
    if run:
        yield run


def _line(
    canvas: Canvas, trace: Spec, spots: list[Spot | None], mode: str, opacity: float,
    clip: Box | None,
) -> None:  # fmt: skip
    said = trace.get("line") or {}
    ink = said.get("color") or (trace.get("marker") or {}).get("color") or theme.INK
    width = float(each(said.get("width"), 0, 2))
    runs = list(_runs(spots, joined=bool(trace.get("connectgaps"))))
    if said.get("shape") == "hv":
        runs = [_stepped(run) for run in runs]
    if trace.get("fill") == "toself":
        for run in runs:
            outline = Path([*run, run[0]], closed=True)
            fill = trace.get("fillcolor")
            if fill is None:
                raise PaperError("a filled outline needs its fillcolor")
            canvas.shape(outline, fill=fill, opacity=opacity, clip=clip)
    if "lines" not in mode or not width:
        return
    for run in runs:
        if len(run) > 1:
            dash = said.get("dash") or ""
            canvas.line(run, edge=ink, width=width, dash=dash, opacity=opacity, clip=clip)


def _stepped(run: list[Spot]) -> list[Spot]:
    found = run[:1]
    for spot in run[1:]:
        found += [(spot[0], found[-1][1]), spot]
    return found


def _markers(
    canvas: Canvas, marker: Spec, spots: list[Spot | None], opacity: float, clip: Box | None
) -> None:
    edge = marker.get("line") or {}
    for n, spot in enumerate(spots):
        if spot is None:
            continue
        shape, is_open = symbol(each(marker.get("symbol"), n, "circle"))
        ink = each(marker.get("color"), n, theme.INK)
        if not isinstance(ink, str):
            raise PaperError("markers need colours by name, not numbers on a scale")
        width = float(each(edge.get("width"), n, 0))
        outline = ink if is_open else each(edge.get("color"), n, "#444444")
        canvas.shape(
            placed(shape, float(each(marker.get("size"), n, 6)) / 2, spot),
            fill="" if is_open else ink,
            edge=outline if width or is_open else "",
            width=width or 1.0,
            opacity=opacity * float(each(marker.get("opacity"), n, 1.0)),
            clip=clip,
        )


def _texts(
    canvas: Canvas, trace: Spec, spots: list[Spot | None], font: Spec, clip: Box | None
) -> None:
    marker = trace.get("marker") or {}
    has_markers = "markers" in (trace.get("mode") or "")
    said = font | {k: v for k, v in (trace.get("textfont") or {}).items() if v is not None}
    for n, spot in enumerate(spots):
        words = each(trace.get("text"), n, "")
        if spot is None or not words:
            continue
        size = float(each(said.get("size"), n, theme.SIZE))
        heavy = each(said.get("weight"), n, "") in ("bold", 700)
        room = float(each(marker.get("size"), n, 6)) / 2 / 0.8 + 1 if has_markers else 0.0
        up, _, side = each(trace.get("textposition"), n, "middle center").partition(" ")
        at = (
            spot[0] + {"left": -room, "center": 0.0, "right": room}[side],
            spot[1] + {"top": -room * 0.9, "middle": 0.0, "bottom": room * 0.9}[up],
        )
        place(
            canvas, label(words, size, each(said.get("color"), n, theme.INK), bold=heavy), at,
            across={"left": "right", "center": "center", "right": "left"}[side],
            down={"top": "bottom", "middle": "middle", "bottom": "top"}[up], clip=clip,
        )  # fmt: skip


def errors(
    canvas: Canvas, space: Space, trace: Spec, pair: tuple[str, str], spots: list[Spot | None],
    clip: Box | None,
) -> None:  # fmt: skip
    """Intervals as thin bars with caps."""
    for way, name in zip("xy", pair, strict=True):
        said = trace.get(f"error_{way}") or {}
        if not said.get("array") or said.get("visible") is False:
            continue
        axis = space.axes[name]
        less = said["array"] if said.get("symmetric") else said.get("arrayminus")
        less = less or said["array"]
        ink = said.get("color") or (trace.get("marker") or {}).get("color") or theme.SECONDARY
        width, cap = float(said.get("thickness") or 2), float(each(said.get("width"), 0, 4))
        for spot, value, up, under in zip(spots, trace[way], said["array"], less, strict=True):
            ends = [axis.pixel(value + up), axis.pixel(value - under)] if None not in (
                spot, value, up, under) else []  # fmt: skip
            if spot is None or len(ends) != 2 or None in ends:
                continue
            drawn = {"edge": ink, "width": width, "clip": clip}
            for end in ends:
                assert end is not None
                if way == "x":
                    canvas.line([(spot[0], spot[1]), (end, spot[1])], **drawn)
                    canvas.line([(end, spot[1] - cap), (end, spot[1] + cap)], **drawn)
                else:
                    canvas.line([(spot[0], spot[1]), (spot[0], end)], **drawn)
                    canvas.line([(spot[0] - cap, end), (spot[0] + cap, end)], **drawn)
