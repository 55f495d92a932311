"""What stands round a chart on paper: its finding above, its source below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.charts import theme
from sendgap.charts.paper.canvas import Canvas, measure
from sendgap.charts.paper.words import Run

TITLE, CONTEXT, CAPTION, FOOT = 16.0, 12.0, 14.0, 11.0
LINE, EDGE, NEAR = 1.3, 8, 3


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines above and below a chart, and the room they take."""

    title: str
    alt: str
    width: int
    head: tuple[str, ...]
    context: tuple[str, ...]
    foot: tuple[str, ...]

    @property
    def above(self) -> int:
        """Pixels above the first chart."""
        lines = len(self.head) * TITLE + len(self.context) * CONTEXT
        return round(lines * LINE + NEAR + EDGE) if lines else 0

    @property
    def below(self) -> int:
        """Pixels below the last chart."""
        return round(len(self.foot) * FOOT * LINE + EDGE) if self.foot else 0

    def room_for(self, caption: str) -> int:
        """Pixels that a chart's caption takes above it."""
        return round(CAPTION * LINE + EDGE) if caption else 0

    def write_head(self, canvas: Canvas) -> None:
        """Put the lines above the charts."""
        down = 0.0
        for words in self.head:
            down += TITLE * LINE
            canvas.text([Run(words, bold=True)], (EDGE, down), TITLE, theme.INK)
        down += NEAR
        for words in self.context:
            down += CONTEXT * LINE
            canvas.text([Run(words)], (EDGE, down), CONTEXT, theme.SECONDARY)

    def write_foot(self, canvas: Canvas, foot: float) -> None:
        """Put the lines below charts that end at ``foot``."""
        for place, words in enumerate(self.foot):
            at = (EDGE, foot + (place + 1) * FOOT * LINE)
            canvas.text([Run(words)], at, FOOT, theme.SECONDARY)

    def write_caption(self, canvas: Canvas, caption: str, top: float) -> None:
        """Put a chart's caption over its ``top``."""
        if caption:
            canvas.text([Run(caption, bold=True)], (EDGE, top - 2), CAPTION, theme.INK)


def sheet(title: str, context: str, alt: str, foot: Sequence[str], width: int) -> Sheet:
    """The sheet with its lines broken where the width asks for it."""
    room = width - 2 * EDGE
    head = _broken(title, room, TITLE, bold=True)
    under = _broken(context, room, CONTEXT)
    lines = [line for words in foot for line in _broken(words, room, FOOT)]
    return Sheet(title, alt, width, tuple(head), tuple(under), tuple(lines))


def _broken(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(Run(longer, bold=bold), size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
