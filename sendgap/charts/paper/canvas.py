"""A sheet measured in pixels from its top left: lines, shapes and words in matplotlib.

Matplotlib is used through its objects, never through pyplot, so that threads do not meet.
Its settings for SVG are global; they are set once, here, and always the same: text stays
text (to be searched, read aloud, edited in Word), and equal figures give equal bytes.
"""

from __future__ import annotations

import io
import re
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from html import escape
from threading import Lock
from typing import Any, Literal

import matplotlib
from matplotlib.colors import to_rgba
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties, fontManager
from matplotlib.patches import PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import Affine2D

from sendgap.charts.paper.words import Run

matplotlib.rcParams.update({"svg.fonttype": "none", "svg.hashsalt": "sendgap"})

#: The screen's letter, those of the same widths, and the one that matplotlib brings along.
LETTERS = ("Arial", "Liberation Sans", "Helvetica", "DejaVu Sans")
#: How much narrower DejaVu must be set to take Arial's room.
NARROWER = 0.88
ASCENT, DESCENT = 0.905, 0.212
_ONE_AT_A_TIME = Lock()

Spot = tuple[float, float]
Side = Literal["left", "center", "right"]
Box = tuple[float, float, float, float]


class Canvas:
    """A white sheet of ``width`` by ``height`` pixels with its name and description."""

    def __init__(self, width: float, height: float, *, title: str = "", alt: str = "") -> None:
        self.width, self.height = width, height
        self._title, self._alt = title, alt
        self._figure = Figure(figsize=(width / 72, height / 72), dpi=72, facecolor="#FFFFFF")
        self._pixels = (
            Affine2D().scale(1 / width, -1 / height).translate(0, 1) + self._figure.transFigure
        )
        self._order = 0

    def shape(
        self,
        path: Path,
        *,
        fill: str = "",
        edge: str = "",
        width: float = 1.0,
        dash: str = "",
        opacity: float = 1.0,
        clip: Box | None = None,
        hatch: str = "",
        hatch_colour: str = "",
    ) -> None:
        """A path filled, outlined, or both."""
        patch = PathPatch(
            path,
            transform=self._pixels,
            facecolor=colour(fill, opacity),
            edgecolor=colour(edge, opacity) if edge and width else "none",
            linewidth=width if edge else 0,
            linestyle=dashes(dash, width),
            joinstyle="miter",
            capstyle="butt",
        )
        if hatch:
            patch.set_hatch(hatch)
            patch.set_hatchcolor(colour(hatch_colour, opacity))
            patch.set_hatch_linewidth(1.2)
        self._add(patch, clip)

    def box(self, box: Box, **drawn: Any) -> None:
        """A rectangle from its left, top, right and bottom."""
        left, top, right, bottom = box
        corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        self.shape(Path(corners, closed=True), **drawn)

    def line(self, spots: Sequence[Spot], **drawn: Any) -> None:
        """A line through spots."""
        self.shape(Path(list(spots)), **drawn)

    def text(
        self, runs: Sequence[Run], at: Spot, size: float, ink: str, *, side: Side = "left",
        angle: float = 0.0, opacity: float = 1.0, clip: Box | None = None,
    ) -> None:  # fmt: skip
        """A line of runs whose baseline starts, is centred or ends ``at`` a spot."""
        pieces = [piece for run in runs for piece in _pieces(run)]
        if len(pieces) > 1:
            at, side = _back(at, sum(measure(p, size) for p in pieces), side, angle), "left"
        for run in pieces:
            if run.words.strip():
                drawn = Text(
                    *at, run.words, transform=self._pixels,
                    color=colour(run.colour or ink, opacity),
                    fontproperties=_letter(size, bold=run.bold, italic=run.italic),
                    horizontalalignment=side, verticalalignment="baseline", rotation=-angle,
                    rotation_mode="anchor", parse_math=False,
                )  # fmt: skip
                self._add(drawn, clip)
            if len(pieces) > 1:
                at = _back(at, -measure(run, size), "right", angle)

    def _add(self, artist: Any, clip: Box | None) -> None:
        self._order += 1
        artist.set_zorder(self._order)
        self._figure.add_artist(artist)
        if clip is not None:
            left, top, right, bottom = clip
            artist.set_clip_path(
                Rectangle((left, top), right - left, bottom - top, transform=self._pixels)
            )

    def png(self, scale: float) -> bytes:
        """The sheet as PNG; its description goes with it."""
        said = {"Title": self._title, "Description": self._alt}
        kept = {key: text for key, text in said.items() if text}
        return self._saved("png", dpi=72 * scale, metadata={"Software": None, **kept})

    def svg(self) -> bytes:
        """The sheet as SVG with real text, its name and its description."""
        none = dict.fromkeys(("Date", "Creator", "Format", "Type"))
        drawn = self._saved("svg", metadata=none).decode()
        start = drawn.index("<svg ")
        head, _, rest = drawn[start:].partition(">")
        size = f'width="{self.width:g}pt" height="{self.height:g}pt"'
        head = head.replace(size, f'width="{self.width:g}" height="{self.height:g}" role="img"')
        named = f"<title>{escape(self._title or self._alt)}</title>" if self._alt else ""
        named += f"<desc>{escape(self._alt)}</desc>" if self._alt else ""
        xml = '<?xml version="1.0" encoding="utf-8"?>\n'
        return f"{xml}{head}>{named}{_with_every_letter(rest)}".encode()

    def _saved(self, kind: str, **options: Any) -> bytes:
        written = io.BytesIO()
        with _ONE_AT_A_TIME:
            self._figure.savefig(written, format=kind, facecolor="#FFFFFF", **options)
        return written.getvalue()


def _back(at: Spot, length: float, side: Side, angle: float) -> Spot:
    """The spot that lies ``length`` (or half of it) back along a line of words."""
    back = {"left": 0.0, "center": length / 2, "right": length}[side]
    turn = Affine2D().rotate_deg(angle)
    across, down = turn.transform((back, 0.0))
    return at[0] - across, at[1] - down


def _pieces(run: Run) -> list[Run]:
    """A run and the rooms in it apart: readers of SVG would close them up."""
    found = re.split(r"(^ +| {2,}| +$)", run.words)
    return [replace(run, words=words) for words in found if words]


@cache
def letters() -> tuple[str, ...]:
    """The families of :data:`LETTERS` that this machine has."""
    held = {font.name for font in fontManager.ttflist}
    return tuple(name for name in LETTERS if name in held)


@cache
def _letter(size: float, *, bold: bool, italic: bool = False) -> FontProperties:
    narrower = NARROWER if letters() == ("DejaVu Sans",) else 1.0
    return FontProperties(
        family=list(letters()), size=size * narrower, weight="bold" if bold else "normal",
        style="italic" if italic else "normal",
    )  # fmt: skip


@cache
def measure(run: Run, size: float) -> float:
    """How wide a run is, in pixels; between two stops, so that spaces at its ends count."""
    letter = _letter(size, bold=run.bold, italic=run.italic)
    whole, ends = (
        text_to_path.get_text_width_height_descent(words, letter, ismath=False)[0]
        for words in (f".{run.words}.", "..")
    )
    return float(whole - ends)


def _with_every_letter(drawn: str) -> str:
    """SVG names the letters of the screen too, whichever this machine has."""
    ours = ", ".join(repr(name) for name in letters())
    every = ", ".join([*(repr(name) for name in LETTERS), "sans-serif"])
    return drawn.replace(ours, every)


def colour(said: str, opacity: float = 1.0) -> tuple[float, float, float, float]:
    """A colour as CSS writes it; nothing is transparent."""
    if not said:
        return (0.0, 0.0, 0.0, 0.0)
    if said.startswith("rgb"):
        parts = [float(p) for p in said[said.index("(") + 1 : said.index(")")].split(",")]
        alpha = parts[3] if len(parts) > 3 else 1.0
        red, green, blue = (part / 255 for part in parts[:3])
        return (red, green, blue, alpha * opacity)
    red, green, blue, alpha = to_rgba(said)
    return (red, green, blue, alpha * opacity)


#: Dashes as the screen draws them, in widths of a line that is at least three pixels wide.
DASHES = {"dot": (1, 1), "dash": (3, 3), "longdash": (5, 5), "dashdot": (3, 1, 1, 1),
          "longdashdot": (5, 2, 1, 2)}  # fmt: skip


def dashes(name: str, width: float) -> Any:
    """A dash by its name, as matplotlib takes it: in widths of the line itself."""
    if name in ("", "solid") or not width:
        return "solid"
    if name in DASHES:
        lengths = [part * max(width, 3) for part in DASHES[name]]
    else:
        lengths = [float(part.removesuffix("px")) for part in name.replace(" ", "").split(",")]
    return (0, tuple(length / width for length in lengths))
