"""A document as a Word file: styles, real lists, repeated header rows, text for pictures."""

from __future__ import annotations

import io
import struct
from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from docx import Document as new_document
from docx.document import Document as WordDocument
from docx.enum.section import WD_ORIENT
from docx.enum.style import WD_STYLE_TYPE
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Cm, Emu, Pt, RGBColor

from sendgap.report import word_parts as parts
from sendgap.report.document import (
    EDITED,
    SAID,
    Blank,
    Bullets,
    Cell,
    ChartBlock,
    Commentary,
    Document,
    Gallery,
    PageBreak,
    Pane,
    Paragraph,
    Said,
    Section,
    TableBlock,
)
from sendgap.report.pictures import picture
from sendgap.report.plain import clean, lines, shares

#: Centimetres between the margins of A4.
WIDTH, LONG, MARGIN = 17.0, 25.7, 2.0
INK, GREY = RGBColor(0x0B, 0x0C, 0x0C), RGBColor(0x50, 0x5A, 0x5F)
FONT = "Arial"
#: How wide a chart is: its letters are of the size of those in tables.
CHART = 15.0
#: Rows of a table that is small enough to stand on one page.
FEW_ROWS = 12

#: Name, base, size, space before and after, and what else is set.
_STYLES: tuple[tuple[str, str, float, float, float], ...] = (
    ("Lead", "Normal", 12, 2, 8),
    ("Source", "Normal", 8, 3, 6),
    ("Table note", "Normal", 8, 2, 0),
    ("Data say", "Normal", 10, 2, 4),
    ("Data say head", "Normal", 10, 10, 2),
    ("Commentary", "Normal", 10, 0, 0),
    ("Commentary head", "Normal", 10, 0, 0),
    ("Prompt", "Normal", 10, 0, 0),
    ("Fact", "Normal", 10, 0, 2),
    ("Cell", "Normal", 8.5, 1, 1),
    ("Pane head", "Normal", 8.5, 4, 1),
    ("Pane text", "Normal", 8, 0, 1),
    ("Large List Bullet", "List Bullet", 12, 0, 9),
    ("Large List Number", "List Number", 12, 0, 11),
)


def word(document: Document) -> bytes:
    """The document as the bytes of a .docx file."""
    made = new_document()
    _prepare(made, document)
    made.add_paragraph(clean(document.title), style="Title")
    if document.subtitle:
        made.add_paragraph(clean(document.subtitle), style="Subtitle")
    for label, value in document.facts:
        _labelled(made.add_paragraph(style="Fact"), label, value)
    for section in document.sections:
        _section(made, section)
    buffer = io.BytesIO()
    made.save(buffer)
    return buffer.getvalue()


def _prepare(made: WordDocument, document: Document) -> None:
    """Page, language, styles, properties and the foot of every page."""
    page = made.sections[0]
    sides = (Cm(LONG + 2 * MARGIN), Cm(WIDTH + 2 * MARGIN))
    page.page_width, page.page_height = sides if document.landscape else sides[::-1]
    page.orientation = WD_ORIENT.LANDSCAPE if document.landscape else WD_ORIENT.PORTRAIT
    page.left_margin = page.right_margin = Cm(MARGIN)
    page.top_margin, page.bottom_margin = Cm(1.8), Cm(1.8)
    parts.set_language(made)
    _style(made)
    about = made.core_properties
    about.title, about.subject = clean(document.title), clean(document.subject)
    about.author, about.language = clean(document.author), parts.LANGUAGE
    about.comments, about.keywords = "", "SEN, published figures"
    about.created = about.modified = datetime.now().replace(microsecond=0)
    foot = page.footer.paragraphs[0]
    foot.style = made.styles["Footer"]
    foot.add_run(f"{clean(document.footer)} · page ")
    parts.field(foot, "PAGE")
    foot.add_run(" of ")
    parts.field(foot, "NUMPAGES")


def _style(made: WordDocument) -> None:
    normal = made.styles["Normal"]
    normal.font.name, normal.font.size, normal.font.color.rgb = FONT, Pt(10), INK
    normal.paragraph_format.space_after = Pt(6)
    usual: tuple[tuple[str, float, float, float], ...] = (
        ("Title", 22, 0, 4), ("Subtitle", 12, 0, 10), ("Heading 1", 15, 20, 6),
        ("Heading 2", 12.5, 16, 4), ("Heading 3", 11, 10, 3), ("Caption", 9, 10, 3),
        ("List Bullet", 10, 0, 3), ("List Number", 10, 0, 5), ("Footer", 8, 0, 0),
    )  # fmt: skip
    for name, size, before, after in usual:
        _shape(made.styles[name], size, before, after)
    for name in ("Title", "Subtitle"):
        parts.plain_heading(made.styles[name])
    for name, base, size, before, after in _STYLES:
        style = made.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
        style.base_style = made.styles[base]
        _shape(style, size, before, after)
    for name in ("Large List Bullet", "Large List Number"):
        parts.space_between(made.styles[name])
        made.styles[name].paragraph_format.left_indent = Cm(1.0)
        made.styles[name].paragraph_format.first_line_indent = Cm(-1.0)
    _boxes(made)
    parts.add_table_style(made)


def _boxes(made: WordDocument) -> None:
    """What keeps together, what is grey, and the frames of what the data say and of boxes."""
    for name in ("Pane head", "Data say head", "Commentary head"):
        made.styles[name].font.bold = True
    for name in ("Caption", "Lead", "Data say head", "Commentary head"):
        made.styles[name].paragraph_format.keep_with_next = True
    made.styles["Commentary head"].paragraph_format.space_before = Pt(12)
    for name in ("Source", "Table note", "Prompt", "Footer"):
        made.styles[name].font.color.rgb = GREY
    for name in ("Data say head", "Data say"):
        parts.frame(made.styles[name], "left", parts.RULE, 24)
        made.styles[name].paragraph_format.left_indent = Cm(0.4)
    for name in ("Commentary head", "Commentary", "Prompt"):
        parts.frame(made.styles[name], "top left bottom right", parts.BOX)
        made.styles[name].paragraph_format.left_indent = Cm(0.3)
        made.styles[name].paragraph_format.right_indent = Cm(0.3)


def _shape(style: Any, size: float, before: float, after: float) -> None:
    style.font.name, style.font.size, style.font.color.rgb = FONT, Pt(size), INK
    style.font.italic = False
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for key in list(fonts.attrib):
        if "Theme" in key or "theme" in key:
            del fonts.attrib[key]
    style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(before), Pt(after)


def _section(made: WordDocument, section: Section) -> None:
    heading = made.add_heading(clean(section.heading), level=section.level)
    for block in section.blocks:
        if isinstance(block, PageBreak):
            heading.paragraph_format.page_break_before = True
        else:
            _WRITERS[type(block)](made, block)


def _labelled(paragraph: Any, label: str, value: str) -> None:
    paragraph.add_run(f"{clean(label)}: ").bold = True
    paragraph.add_run(clean(value))


def _paragraph(made: WordDocument, block: Paragraph) -> None:
    styles = {"body": "Normal", "lead": "Lead", "source": "Source", "note": "Table note"}
    made.add_paragraph(clean(block.text), style=styles[block.kind])


def _bullets(made: WordDocument, block: Bullets) -> None:
    style = "List Number" if block.numbered else "List Bullet"
    name = f"Large {style}" if block.large else style
    list_id = parts.new_numbering(made, style) if block.numbered else 0
    for item in block.items:
        paragraph = made.add_paragraph(clean(item), style=name)
        if list_id:
            parts.number(paragraph, list_id)


def _said(made: WordDocument, block: Said) -> None:
    edited = f" ({EDITED.lower()})" if block.edited else ""
    made.add_paragraph(f"{SAID}{edited}", style="Data say head")
    for sentence in lines(block.edited) or block.sentences:
        made.add_paragraph(clean(sentence), style="Data say")


def _commentary(made: WordDocument, block: Commentary) -> None:
    made.add_paragraph(clean(block.heading), style="Commentary head")
    typed = lines(block.text)
    for text in typed:
        made.add_paragraph(clean(text), style="Commentary")
    for place, text in enumerate(() if typed else block.prompts, start=1):
        paragraph = made.add_paragraph(clean(text), style="Prompt")
        paragraph.paragraph_format.keep_with_next = place < len(block.prompts)


def _table(made: WordDocument, block: TableBlock) -> None:
    made.add_paragraph(clean(block.caption), style="Caption")
    table = made.add_table(rows=1, cols=len(block.columns), style=parts.TABLE_STYLE)
    table.autofit = False
    parts.describe_table(table, clean(block.caption))
    parts.repeat_header(table.rows[0])
    width = _width(made)
    widths = [Emu(round(width * share)) for share in shares(block)]
    for column, wide in zip(table.columns, widths, strict=True):
        column.width = wide
    numbers = [place not in block.texts for place in range(len(block.columns))]
    heads = [Cell(name) for name in block.columns]
    _fill(table.rows[0], heads, numbers, widths, stays=True)
    for count, row in enumerate(block.rows, start=1):
        added = table.add_row()
        parts.keep_whole(added)
        stays = len(block.rows) <= FEW_ROWS and (count < len(block.rows) or bool(block.notes))
        _fill(added, row, numbers, widths, stays=stays)
        if block.blank:
            added.height = Cm(0.9)
    if block.notes:
        made.add_paragraph(clean(" ".join(block.notes)), style="Table note")


def _fill(
    row: Any,
    cells: Sequence[Cell],
    numbers: Sequence[bool],
    widths: Sequence[Emu],
    *,
    stays: bool,
) -> None:
    """A row's cells: words to the left, numbers to the right."""
    for made, cell, is_number, wide in zip(row.cells, cells, numbers, widths, strict=True):
        made.width = wide
        paragraph = made.paragraphs[0]
        paragraph.style = "Cell"
        paragraph.add_run(clean(cell.text))
        paragraph.paragraph_format.keep_with_next = stays
        if is_number:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _chart(made: WordDocument, block: ChartBlock) -> None:
    made.add_paragraph(clean(block.caption), style="Caption")
    paragraph = made.add_paragraph()
    shape = paragraph.add_run().add_picture(io.BytesIO(picture(block)), width=Cm(CHART))
    parts.describe_picture(shape, clean(block.alt), clean(block.caption))


def _gallery(made: WordDocument, block: Gallery) -> None:
    """Panes in a table without rules: it sets things out and holds no data."""
    rows = -(-len(block.panes) // block.columns)
    table = made.add_table(rows=rows, cols=block.columns)
    table.autofit = False
    wide = _width(made) / block.columns
    for column in table.columns:
        column.width = Emu(round(wide))
    for place, pane in enumerate(block.panes):
        _pane(table.cell(*divmod(place, block.columns)), pane, wide, block.tall)
    for row in table.rows:
        parts.keep_whole(row)


def _pane(cell: Any, pane: Pane, wide: float, tall: float) -> None:
    cell.width = Emu(round(wide))
    head = cell.paragraphs[0]
    head.style = "Pane head"
    head.add_run(clean(pane.heading))
    if pane.chart:
        png = picture(pane.chart)
        across, down = struct.unpack(">II", png[16:24])
        width = min(wide - Cm(0.4), Cm(tall) * across / down)
        run = cell.add_paragraph(style="Pane text").add_run()
        shape = run.add_picture(io.BytesIO(png), width=Emu(round(width)))
        parts.describe_picture(shape, clean(pane.chart.alt), clean(pane.heading))
    for sentence in pane.sentences:
        cell.add_paragraph(clean(sentence), style="Pane text")


def _width(made: WordDocument) -> int:
    """The room between the margins."""
    page = made.sections[0]
    sides = (page.page_width, page.left_margin, page.right_margin)
    across, left, right = (int(side or 0) for side in sides)
    return across - left - right


def _blank(made: WordDocument, block: Blank) -> None:
    _labelled(made.add_paragraph(), block.label, block.value or "_" * 30)


_WRITERS: dict[type, Callable[[WordDocument, Any], None]] = {
    Paragraph: _paragraph, Bullets: _bullets, Said: _said, Commentary: _commentary,
    TableBlock: _table, ChartBlock: _chart, Gallery: _gallery, Blank: _blank,
}  # fmt: skip
