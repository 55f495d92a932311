"""What stands round a chart on paper: its finding above, its source below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.charts import theme
from sendgap.charts.paper.canvas import Canvas, measure
from sendgap.charts.paper.words import Run

TITLE, FOOT, LINE, EDGE = 16.0, 11.0, 1.3, 8


@dataclass(frozen=True, slots=True)
class Sheet:
    """The lines above and below a chart, and the room they take."""

    title: str
    alt: str
    width: int
    head: tuple[str, ...]
    foot: tuple[str, ...]

    @property
    def above(self) -> int:
        """Pixels above the chart."""
        return round(len(self.head) * TITLE * LINE + EDGE) if self.head else 0

    @property
    def below(self) -> int:
        """Pixels below the chart."""
        return round(len(self.foot) * FOOT * LINE + EDGE) if self.foot else 0

    def write(self, canvas: Canvas, height: int) -> None:
        """Put the lines on the sheet round a chart of ``height``."""
        for place, words in enumerate(self.head):
            run = Run(words, bold=True)
            canvas.text([run], (EDGE, (place + 1) * TITLE * LINE), TITLE, theme.INK)
        for place, words in enumerate(self.foot):
            down = self.above + height + (place + 1) * FOOT * LINE
            canvas.text([Run(words)], (EDGE, down), FOOT, theme.SECONDARY)


def sheet(title: str, alt: str, foot: Sequence[str], width: int) -> Sheet:
    """The sheet with its lines broken where the width asks for it."""
    room = width - 2 * EDGE
    head = _broken(title, room, TITLE, bold=True)
    lines = [line for words in foot for line in _broken(words, room, FOOT)]
    return Sheet(title, alt, width, tuple(head), tuple(lines))


def _broken(words: str, room: float, size: float, *, bold: bool = False) -> list[str]:
    lines: list[str] = []
    for word in words.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and measure(Run(longer, bold=bold), size) <= room:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines
