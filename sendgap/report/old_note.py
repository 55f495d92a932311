"""The tables of older documents as a document: figures as they stood, and what they derive."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from sendgap.report import pieces
from sendgap.report.document import Block, Bullets, Document, Paragraph, Section, TableBlock
from sendgap.views.model import Table
from sendgap.views.old_note_model import OldDocument, OldNote, OldTable
from sendgap.views.periods import day

#: The columns of a table of derived figures that hold words.
DERIVED_TEXTS = (0, 3)
#: The columns of a table of figures that hold words, and their shares of the page.
TEXTS, WIDE, NARROW = (0, 1), (4.6, 2.4), 1.6


def old_note_document(view: OldNote, release_id: str, today: date, author: str = "") -> Document:
    """Every kept table of every older document, in the documents' own order."""
    return Document(
        title="Older documents, drawn again",
        subtitle=view.words.finding,
        facts=(
            ("Documents", "; ".join(f"{d.title} ({d.dated})" for d in view.documents)),
            ("Checks", "; ".join(view.words.badges)),
        ),
        sections=(
            _read(view),
            *(section for document in view.documents for section in _document(document)),
            _about(view, release_id, today),
        ),
        author=author,
        subject="Figures of older documents on SEN",
        footer="Older documents, drawn again · figures as printed · sendgap",
        about=(*(("Caveat", text) for text in view.words.caveats), ("Licence", pieces.LICENCE)),
        file_name="older-documents",
        landscape=True,
    )


def _read(view: OldNote) -> Section:
    blocks: list[Block] = [Paragraph(view.words.caveats[0])]
    if view.words.sentences:
        blocks.append(Paragraph("Where a document and its own figures disagree:"))
        blocks.append(Bullets(view.words.sentences))
    return Section("How to read these tables", tuple(blocks))


def _document(document: OldDocument) -> Iterable[Section]:
    about = f"{document.publisher}, {document.dated}; about {document.area}."
    yield Section(document.title, (Paragraph(about, "lead"),))
    for table in document.tables:
        yield Section(f"{table.place}: {table.title}", tuple(_blocks(table)), level=2)


def _blocks(table: OldTable) -> Iterable[Block]:
    """The figures, what is worked out from them, and what has taken their place."""
    yield _table("As the document prints it", table.figures)
    if table.derived is not None:
        block = pieces.view_table(table.derived, DERIVED_TEXTS)
        yield TableBlock("Worked out from these figures", block.columns, block.rows,
                         texts=DERIVED_TEXTS, widths=(9.0, 2.4, 2.4, 2.4))  # fmt: skip
    for note in table.notes:
        yield Paragraph(note, "note")
    if table.no_source:
        yield Paragraph(f"Today: {table.no_source}", "note")
    elif table.today:
        yield Paragraph(f"Today's outcomes in its place: {'; '.join(table.today)}.", "note")


def _table(caption: str, found: Table) -> TableBlock:
    block = pieces.view_table(found, TEXTS)
    widths = (*WIDE, *(NARROW,) * (len(block.columns) - len(WIDE)))
    return TableBlock(caption, block.columns, block.rows, texts=TEXTS, widths=widths)


def _about(view: OldNote, release_id: str, today: date) -> Section:
    sources = tuple(f"{s.publication}, {s.publisher}, {s.edition}. {s.licence}."
                    for s in view.words.sources)  # fmt: skip
    made = Paragraph(f"Release {release_id}; written on {day(today.isoformat())}.")
    return Section("About this document", (Bullets(sources), made))
