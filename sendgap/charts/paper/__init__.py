"""Paper: a figure of the screen drawn again without a browser, as SVG or PNG.

The plotly figure stays the one description of a chart. This package reads it and draws
the same marks, colours and words in the same pixels, so that a page, a download and a
document cannot differ. What it does not know it refuses: nothing is left out in silence.

The parts that draw are loaded with the first picture: they take longer to load than a page
takes to show, and most pages are never put on paper.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, TypeAlias

import plotly.graph_objects as go

from sendgap.charts.paper.vocabulary import PaperError, checked

if TYPE_CHECKING:
    from sendgap.charts.paper.canvas import Canvas

__all__ = ["Pictured", "PaperError", "png", "svg"]

WIDTH = 760
#: One figure, or several under each other with their captions.
Pictured: TypeAlias = go.Figure | Sequence[tuple[str, go.Figure]]


def svg(
    figure: Pictured,
    *,
    width: int = WIDTH,
    title: str = "",
    context: str = "",
    alt: str = "",
    foot: Sequence[str] = (),
) -> bytes:
    """The figure as SVG of ``width`` pixels under ``title`` and over the lines of ``foot``.

    ``context`` says what is looked at, in small letters under the title; ``alt`` is the
    picture's description, which screen readers read.
    """
    return _drawn(figure, title, context, alt, foot, width).svg()


def png(
    figure: Pictured,
    *,
    width: int = WIDTH,
    scale: float = 2.0,
    title: str = "",
    context: str = "",
    alt: str = "",
    foot: Sequence[str] = (),
) -> bytes:
    """As :func:`svg`, as PNG with ``scale`` dots to a pixel."""
    return _drawn(figure, title, context, alt, foot, width).png(scale)


def _drawn(
    figure: Pictured, title: str, context: str, alt: str, foot: Sequence[str], width: int
) -> Canvas:
    from sendgap.charts.paper.canvas import Canvas
    from sendgap.charts.paper.frame import frame
    from sendgap.charts.paper.sheet import sheet

    page = sheet(title, context, alt, foot, width)
    panels = [("", figure)] if isinstance(figure, go.Figure) else list(figure)
    specs = [(caption, checked(each.to_plotly_json())) for caption, each in panels]
    down = page.above
    tops = []
    for caption, spec in specs:
        down += page.room_for(caption)
        tops.append(down)
        down += round(spec["layout"]["height"])
    canvas = Canvas(page.width, down + page.below, title=page.title, alt=page.alt)
    page.write_head(canvas)
    for (caption, spec), top in zip(specs, tops, strict=True):
        page.write_caption(canvas, caption, top)
        frame(canvas, spec, page.width, round(spec["layout"]["height"]), top)
    page.write_foot(canvas, down)
    return canvas
