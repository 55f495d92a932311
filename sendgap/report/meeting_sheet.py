"""A meeting sheet: up to twelve pinned charts, each with its sentence, on two pages."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import Any

from sendgap.charts.drawn import Drawn, figures
from sendgap.report import pieces
from sendgap.report.document import (
    Block,
    Bullets,
    ChartBlock,
    Document,
    Gallery,
    Pane,
    Paragraph,
    Plotted,
    Section,
)
from sendgap.views.local_words import PRACTICE
from sendgap.views.model import GapOverTime, NoAnswer, SourceNote, Table
from sendgap.views.periods import day

#: Charts on two pages, and how wide each is drawn: small, so that its letters stay readable.
MOST, PIXELS, WIDE = 12, 430, 700
#: Letters that the sentences under a large chart may take.
LETTERS = 420
#: Up to so many charts: how many beside each other, letters under each, and centimetres that a
#: picture may be tall. Two large ones stand on a page, or three, or six.
SIZES = ((4, 2, LETTERS, 9.6), (6, 3, 240, 8.2), (MOST, 3, 140, 4.8))


@dataclass(frozen=True, slots=True)
class Pinned:
    """A view that was put aside, with its name in words and the key of its chart."""

    label: str
    view: Any
    key: str = ""


@dataclass(frozen=True, slots=True)
class MeetingSheet:
    """What is on a sheet, in the order in which it was pinned."""

    pinned: tuple[Pinned, ...]


def blocks(pinned: Sequence[Pinned]) -> Iterator[Block]:
    """Pinned charts among the sections of another document, each with what it says."""
    for pin in pinned:
        words = pin.view.words
        if (chart := _chart(pin)) is None:
            yield Paragraph(f"{pin.label}: {_finding(pin)}.")
            continue
        yield replace(chart, caption=_finding(pin), pixels=WIDE)
        if said := _fitting(words.sentences, LETTERS):
            yield Bullets(said)


def meeting_sheet_document(
    pinned: Sequence[Pinned], release_id: str, today: date, *, title: str = "", author: str = ""
) -> Document:
    """The sheet; a view that has nothing to draw keeps its place and says why."""
    kept = tuple(pinned[:MOST])
    sources = [note for pin in kept for note in pin.view.words.sources]
    return Document(
        title=title or "Meeting sheet",
        subtitle="",
        facts=(("Release", f"{release_id}; written on {day(today.isoformat())}"),),
        sections=(
            Section(
                "What the figures show",
                (_gallery(kept), *_last(sources)),
                level=2,
            ),
        ),
        author=author,
        subject="Charts for a meeting",
        footer=f"{title or 'Meeting sheet'} · release {release_id} · sendgap",
        about=(
            *((pin.label, sentence) for pin in kept for sentence in pin.view.words.sentences),
            *((pin.label, caveat) for pin in kept for caveat in pin.view.words.caveats),
            ("Licence", pieces.LICENCE),
        ),
        file_name="meeting-sheet",
        landscape=True,
        evidence=tuple(
            (pin.label, pieces.view_table(table)) for pin in kept if (table := _table(pin.view))
        ),
    )


def _gallery(kept: Sequence[Pinned]) -> Gallery:
    """Charts as large as two pages allow."""
    _, columns, letters, tall = next(size for size in SIZES if len(kept) <= size[0])
    return Gallery(tuple(_pane(pin, letters) for pin in kept), columns, tall)


def _pane(pin: Pinned, letters: int) -> Pane:
    """A chart under its finding, and what is most worth saying of it."""
    words = pin.view.words
    if isinstance(pin.view, NoAnswer):
        return Pane(pin.label, None, (pin.view.message,))
    return Pane(_finding(pin), _chart(pin), _fitting(words.sentences, letters))


def _finding(pin: Pinned) -> str:
    """What a chart shows; one of invented figures says that they are."""
    words = pin.view.words
    made_up = " (made-up data for practice)" if PRACTICE in words.caveats else ""
    return f"{words.finding.rstrip('.')}{made_up}"


def _fitting(sentences: Sequence[str], letters: int) -> tuple[str, ...]:
    """The first sentences that fit, whole; the finding above has said the level already."""
    found: list[str] = []
    for sentence in sentences[1:] or sentences:
        if sum(map(len, found)) + len(sentence) <= letters:
            found.append(sentence)
        elif found:
            break
    return tuple(found)


def _chart(pin: Pinned) -> ChartBlock | None:
    drawn = figures(pin.view)
    chosen = next((each for each in drawn if each.key == pin.key), drawn[0] if drawn else None)
    return None if chosen is None else _block(pin, chosen)


def _block(pin: Pinned, drawn: Drawn) -> ChartBlock:
    periods, lines = _numbers(pin.view)
    return ChartBlock(
        pin.label, drawn.alt, partial(getattr, drawn, "figure"), periods, lines, pixels=PIXELS
    )


def _numbers(view: Any) -> tuple[tuple[str, ...], tuple[Plotted, ...]]:
    """The lines of a view over the years, for a workbook's own chart."""
    if not isinstance(view, GapOverTime):
        return (), ()
    block = pieces.chart(view)
    return block.periods, block.lines


def _table(view: Any) -> Table | None:
    chart = getattr(view, "chart", None)
    found: Table | None = chart.table if chart is not None else getattr(view, "table", None)
    return found


def _last(notes: Sequence[SourceNote]) -> tuple[Block, ...]:
    """Publications in a line, and the licence."""
    named = dict.fromkeys(f"{n.publication}, edition of {n.edition}" for n in notes)
    text = f"Source: {'; '.join(named)}. " if named else ""
    return (Paragraph(f"{text}{pieces.LICENCE}", "source"),)
