"""A document apart from any file format: sections of paragraphs, tables, charts and boxes.

Views give the figures, composers put them into these blocks, and one writer per format
prints them. Text is plain: every writer makes sure that nothing in it is taken for markup.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sendgap.views.note_model import Cell

__all__ = ["Cell"]

#: What stands above generated sentences, and what marks a person's in their place.
SAID, EDITED = "What the data say", "Edited by the adviser"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; ``kind`` is ``body``, ``lead`` (larger), ``source`` or ``note`` (smaller)."""

    text: str
    kind: str = "body"


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list of points, numbered where their order matters, in larger letters if ``large``."""

    items: tuple[str, ...]
    numbered: bool = False
    large: bool = False


@dataclass(frozen=True, slots=True)
class Said:
    """What the data say: generated sentences, apart from a person's words.

    ``edited`` are the adviser's words in their place, and are marked so.
    """

    sentences: tuple[str, ...]
    edited: str = ""


@dataclass(frozen=True, slots=True)
class Commentary:
    """A box for a person's words; ``prompts`` stand in it while it is empty."""

    heading: str
    prompts: tuple[str, ...]
    text: str = ""


@dataclass(frozen=True, slots=True)
class TableBlock:
    """A table with one header row.

    ``texts`` are the columns of words, set to the left; the others hold numbers, set to the
    right. ``notes`` say what the letters in it mean. ``widths`` are shares of the page.
    """

    caption: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()
    texts: tuple[int, ...] = (0,)
    widths: tuple[float, ...] = ()
    blank: bool = False


@dataclass(frozen=True, slots=True)
class Plotted:
    """One line of a chart as numbers, for a workbook's own charts."""

    name: str
    values: tuple[float | None, ...]


@dataclass(frozen=True, slots=True)
class ChartBlock:
    """A picture of a chart with its text, and its numbers.

    ``figure`` makes the chart when a writer asks for its picture; ``pixels`` is how wide it is
    drawn, the fewer the larger its letters.
    """

    caption: str
    alt: str
    figure: Callable[[], Any]
    periods: tuple[str, ...] = ()
    lines: tuple[Plotted, ...] = ()
    axis: str = ""
    pixels: int = 700


@dataclass(frozen=True, slots=True)
class Pane:
    """A chart with its finding above and sentences below; without a chart, words alone."""

    heading: str
    chart: ChartBlock | None
    sentences: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Gallery:
    """Charts beside each other: so many to a row, none taller than ``tall`` centimetres."""

    panes: tuple[Pane, ...]
    columns: int = 2
    tall: float = 9.0


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows begins a page."""


@dataclass(frozen=True, slots=True)
class Blank:
    """A line to be filled by hand: a label and room, or what is known."""

    label: str
    value: str = ""


Block = (
    Paragraph
    | Bullets
    | Said
    | Commentary
    | TableBlock
    | ChartBlock
    | Gallery
    | PageBreak
    | Blank
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Section:
    """A heading of a level and what stands under it."""

    heading: str
    blocks: tuple[Block, ...] = ()
    level: int = 1


@dataclass(frozen=True, slots=True)
class Document:
    """A whole document; ``facts`` are the cover's lines, ``footer`` stands on every page."""

    title: str
    subtitle: str
    facts: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    author: str = ""
    subject: str = ""
    footer: str = ""
    #: What a spreadsheet holds besides the tables.
    about: tuple[tuple[str, str], ...] = field(default=())
    file_name: str = "document"
    #: Wide tables are printed across the page's long side.
    landscape: bool = False
    #: Tables behind charts, for the workbook alone: (heading, table).
    evidence: tuple[tuple[str, TableBlock], ...] = ()

    def tables(self) -> tuple[tuple[str, TableBlock], ...]:
        """Every table that holds figures, with the heading it stands under."""
        return tuple(
            (section.heading, block)
            for section in self.sections
            for block in section.blocks
            if isinstance(block, TableBlock) and not block.blank
        )

    def charts(self) -> tuple[tuple[str, ChartBlock], ...]:
        """Every chart with the heading it stands under."""
        return tuple(
            (section.heading, chart)
            for section in self.sections
            for block in section.blocks
            for chart in _charts_of(block)
        )


def _charts_of(block: Block) -> Iterator[ChartBlock]:
    if isinstance(block, ChartBlock):
        yield block
    elif isinstance(block, Gallery):
        yield from (pane.chart for pane in block.panes if pane.chart)
