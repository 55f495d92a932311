"""Paper: a figure of the screen drawn again without a browser, as SVG or PNG.

The plotly figure stays the one description of a chart. This package reads it and draws
the same marks, colours and words in the same pixels, so that a page, a download and a
document cannot differ. What it does not know it refuses: nothing is left out in silence.
"""

from __future__ import annotations

from collections.abc import Sequence

import plotly.graph_objects as go

from sendgap.charts.paper.canvas import Canvas
from sendgap.charts.paper.frame import frame
from sendgap.charts.paper.sheet import Sheet, sheet
from sendgap.charts.paper.vocabulary import PaperError, checked

__all__ = ["PaperError", "png", "svg"]

WIDTH = 760


def svg(
    figure: go.Figure,
    *,
    width: int = WIDTH,
    title: str = "",
    alt: str = "",
    foot: Sequence[str] = (),
) -> bytes:
    """The figure as SVG of ``width`` pixels under ``title`` and over the lines of ``foot``.

    ``alt`` is the picture's description; screen readers read it.
    """
    return _drawn(figure, sheet(title, alt, foot, width)).svg()


def png(
    figure: go.Figure,
    *,
    width: int = WIDTH,
    scale: float = 2.0,
    title: str = "",
    alt: str = "",
    foot: Sequence[str] = (),
) -> bytes:
    """As :func:`svg`, as PNG with ``scale`` dots to a pixel."""
    return _drawn(figure, sheet(title, alt, foot, width)).png(scale)


def _drawn(figure: go.Figure, page: Sheet) -> Canvas:
    spec = checked(figure.to_plotly_json())
    height = round(spec["layout"]["height"])
    canvas = Canvas(page.width, page.above + height + page.below, title=page.title, alt=page.alt)
    page.write(canvas, height)
    frame(canvas, spec, page.width, height, page.above)
    return canvas
