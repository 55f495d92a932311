"""Words on the sheet with the room they take, as the screen sets them."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sendgap.charts.paper.canvas import ASCENT, DESCENT, Box, Canvas, Side, Spot, measure
from sendgap.charts.paper.words import Run, lines

LINE = 1.3


@dataclass(frozen=True, slots=True)
class Label:
    """Lines of words of one size."""

    lines: list[list[Run]]
    size: float
    ink: str

    @property
    def width(self) -> float:
        """Pixels from left to right."""
        return max((sum(measure(run, self.size) for run in line) for line in self.lines), default=0)

    @property
    def height(self) -> float:
        """Pixels from the top of the first line to the foot of the last."""
        return (len(self.lines) - 1) * LINE * self.size + (ASCENT + DESCENT) * self.size

    def baselines(self) -> list[float]:
        """Where each line stands, from the top."""
        return [(ASCENT + LINE * place) * self.size for place in range(len(self.lines))]


def label(text: object, size: float, ink: str, *, bold: bool = False) -> Label:
    """A label of marked-up text."""
    marked = f"<b>{text}</b>" if bold else str(text)
    return Label(lines(marked), size, ink)


def place(
    canvas: Canvas, words: Label, at: Spot, *, across: str = "center", down: str = "middle",
    align: Side = "center", angle: float = 0.0, opacity: float = 1.0, clip: Box | None = None,
    pad: float = 0.0, fill: str = "", edge: str = "", edge_width: float = 1.0,
) -> None:  # fmt: skip
    """Put words so that their box's ``across`` and ``down`` stand ``at`` a spot.

    The box is that of the turned words, with ``pad`` round it.
    """
    turn = math.radians(angle)
    cos, sin = math.cos(turn), math.sin(turn)
    width, height = words.width + 2 * pad, words.height + 2 * pad
    wide, high = abs(width * cos) + abs(height * sin), abs(width * sin) + abs(height * cos)
    x = at[0] + {"left": wide / 2, "center": 0.0, "right": -wide / 2}[across]
    y = at[1] + {"top": high / 2, "middle": 0.0, "bottom": -high / 2}[down]
    if fill or edge:
        box = (x - wide / 2, y - high / 2, x + wide / 2, y + high / 2)
        canvas.box(box, fill=fill, edge=edge, width=edge_width, opacity=opacity, clip=clip)
    along = {"left": -words.width / 2, "center": 0.0, "right": words.width / 2}[align]
    for line, base in zip(words.lines, words.baselines(), strict=True):
        off = base - words.height / 2
        spot = (x + along * cos - off * sin, y + along * sin + off * cos)
        canvas.text(
            line, spot, words.size, words.ink, side=align, angle=angle, opacity=opacity, clip=clip
        )
