"""View models as blocks of a document: tables, charts, sections, sources, and its last pages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import partial

from sendgap.charts import over_time
from sendgap.report.document import (
    Block,
    Cell,
    ChartBlock,
    PageBreak,
    Paragraph,
    Plotted,
    Section,
    TableBlock,
)
from sendgap.views.model import GapOverTime, Line, SourceNote, Table
from sendgap.views.note_model import AboutArea, NoteSection, NoteTable

#: Shares of the page for the columns of a range table, with and without a gap.
RANGE = (4.1, 2.1, 1.9, 1.4, 1.5, 3.6, 2.0)
RANGE_WITH_GAP = (2.7, 2.0, 1.8, 1.3, 1.4, 3.0, 1.9, 1.9)
#: A cell that is a figure or stands for one.
_FIGURE = re.compile(
    "[\N{MINUS SIGN}+\N{POUND SIGN}]?[\\d,.]+(%| pp| per 100| points)?( p)?$|[cxz]$|none$|low$"
)
LICENCE = (
    "Contains public sector information licensed under the Open Government Licence v3.0. This "
    "document is not an official statistic and is not endorsed by the publishers."
)


def table(found: NoteTable) -> TableBlock:
    """A table of figures as a block."""
    widths: tuple[float, ...] = ()
    if "England's range" in found.columns:
        widths = RANGE if len(found.columns) == len(RANGE) else RANGE_WITH_GAP
    return TableBlock(found.caption, found.columns, found.rows, found.notes, found.texts, widths)


def view_table(found: Table, texts: Sequence[int] | None = None) -> TableBlock:
    """A page's own table as a block; its cells are words as they are printed."""
    rows = tuple(tuple(Cell(text) for text in row) for row in found.rows)
    if texts is None:
        columns = range(len(found.columns))
        texts = [p for p in columns if p == 0 or not all(_FIGURE.match(r[p]) for r in found.rows)]
    return TableBlock(found.caption, found.columns, rows, texts=tuple(texts))


def chart(view: GapOverTime) -> ChartBlock:
    """Levels over the years as a picture, with their numbers."""
    return ChartBlock(
        caption=view.words.finding.rstrip("."),
        alt=view.chart.alt,
        figure=partial(over_time.levels, view),
        periods=tuple(label for _, label in view.ticks),
        lines=tuple(_plotted(view, line) for line in view.levels),
        axis=view.level_axis.title,
    )


def _plotted(view: GapOverTime, line: Line) -> Plotted:
    held = {point.position: point.value for point in line.points}
    return Plotted(line.label, tuple(held.get(position) for position, _ in view.ticks))


def figures(section: NoteSection) -> Iterable[Block]:
    """Tables and charts of a section, and what has no source."""
    for found in section.tables:
        yield table(found)
    for view in section.charts:
        yield chart(view)
    for line in section.absent:
        yield Paragraph(line, "note")


def sources(section: NoteSection) -> Iterable[Block]:
    """One line for each publication, with the years taken from it."""
    told: dict[tuple[str, str, str], list[str]] = {}
    for note in section.sources:
        key = (note.publication, note.publisher, note.edition)
        told.setdefault(key, []).append(note.periods)
    text = "; ".join(
        f"{publication}, {publisher}, edition of {edition}, figures of "
        f"{', '.join(dict.fromkeys(periods))}"
        for (publication, publisher, edition), periods in told.items()
    )
    if text:
        yield Paragraph(f"Source: {text}.", "source")


def source_list(notes: Iterable[SourceNote]) -> tuple[str, ...]:
    """Each publication once, with its address."""
    found = {
        n.publication: f"{n.publication}, {n.publisher}, edition of {n.edition}. {n.licence}."
        f"{f' {n.url}' if n.url else ''}"
        for n in notes
    }
    return tuple(found.values())


def about_lines(about: AboutArea) -> tuple[tuple[str, str], ...]:
    """What stands in every document about an area: how old its data are and from where."""
    return (
        ("Data as at", f"{about.data_as_at} (the newest publication loaded)"),
        ("Release", about.release_id),
        ("Neighbour list", f"ten statistical neighbours, list of {about.vintage_label}"),
    )


def area_facts(about: AboutArea) -> tuple[tuple[str, str], ...]:
    """The cover's lines about an area."""
    region = f", {about.region}" if about.region else ""
    return (
        ("Authority", f"{about.area.name} ({about.area.la_code}{region})"),
        *about_lines(about),
        ("Compared with", "England, its range over all authorities, the region and ten statistical "
         "neighbours"),
    )  # fmt: skip


def parts(found: Sequence[tuple[str, Section]], *, new: bool = False) -> tuple[Section, ...]:
    """Sections under the headings of their parts, each part on a ``new`` page if asked for."""
    made: list[Section] = []
    for part, section in found:
        if part:
            made.append(Section(part, (PageBreak(),) if new else ()))
        made.append(section)
    return tuple(made)
