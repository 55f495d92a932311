"""The evidence book of a document: its tables with typed numbers, its charts as Excel's own."""

from __future__ import annotations

import io
from dataclasses import dataclass
from typing import Any

import xlsxwriter

from sendgap.report.document import Cell, ChartBlock, Document, TableBlock
from sendgap.report.plain import clean

#: Nothing that is written becomes a formula, a link or a number by its look.
_LITERAL = {
    "in_memory": True, "strings_to_formulas": False, "strings_to_urls": False,
    "strings_to_numbers": False,
}  # fmt: skip
_SUFFIX = {"percent": '"%"', "per_100_pupils": '" per 100"'}
#: Lines of a chart in the order of its text; hue and dash both tell them apart.
_LINES = (
    {"color": "#12436D", "width": 3.0}, {"color": "#F46A25", "width": 2.0, "dash_type": "dash"},
    {"color": "#A285D1", "width": 2.0, "dash_type": "square_dot"},
    {"color": "#767676", "width": 1.5, "dash_type": "round_dot"},
    {"color": "#3D3D3D", "width": 2.0, "dash_type": "long_dash"},
)  # fmt: skip
_ABOUT, _CHARTS = "About", "Charts"


@dataclass(slots=True)
class _Book:
    """The open workbook and its formats, each made once."""

    made: Any
    formats: dict[str, Any]

    def form(self, name: str, **wanted: object) -> Any:
        if name not in self.formats:
            self.formats[name] = self.made.add_format({"font_name": "Arial", **wanted})
        return self.formats[name]

    def number(self, cell: Cell) -> Any:
        """The number format that prints a cell's number as its text does."""
        places = "0" if cell.decimals == 0 else "0." + "0" * cell.decimals
        pounds = '"£"' if cell.unit == "pounds" else ""
        pattern = f"{pounds}#,##{places}{_SUFFIX.get(cell.unit, '')}"
        return self.form(f"number {pattern}", num_format=pattern, align="right", valign="top")


def workbook(document: Document) -> bytes:
    """The document's evidence as the bytes of an .xlsx file."""
    buffer = io.BytesIO()
    made = xlsxwriter.Workbook(buffer, _LITERAL)
    made.set_properties({"title": clean(document.title), "author": clean(document.author),
                         "subject": clean(document.subject)})  # fmt: skip
    book = _Book(made, {})
    _about(book, document)
    by_heading: dict[str, list[TableBlock]] = {}
    for heading, table in (*document.tables(), *document.evidence):
        by_heading.setdefault(heading, []).append(table)
    used = {_ABOUT.casefold(), _CHARTS.casefold()}
    for heading, tables in by_heading.items():
        _tables(book, _sheet_name(heading, used), heading, tables)
    if document.charts():
        _charts(book, document)
    made.close()
    return buffer.getvalue()


def _sheet_name(heading: str, used: set[str]) -> str:
    """A sheet's name: no mark that Excel forbids, 31 letters at most, each once."""
    name = (
        "".join("-" if c in "[]:*?/\\" else c for c in clean(heading)).strip("' ")[:28] or "Sheet"
    )
    count, found = 2, name
    while found.casefold() in used:
        found, count = f"{name[:26]} {count}", count + 1
    used.add(found.casefold())
    return found


def _about(book: _Book, document: Document) -> None:
    sheet = book.made.add_worksheet(_ABOUT)
    sheet.set_column(0, 0, 28)
    sheet.set_column(1, 1, 110)
    sheet.write_string(0, 0, clean(document.title), book.form("title", bold=True, font_size=14))
    bold = book.form("bold", bold=True, valign="top")
    wrapped = book.form("wrapped", text_wrap=True, valign="top")
    for place, (label, value) in enumerate((*document.facts, *document.about), start=2):
        sheet.write_string(place, 0, clean(label), bold)
        sheet.write_string(place, 1, clean(value), wrapped)


def _tables(book: _Book, name: str, heading: str, tables: list[TableBlock]) -> None:
    sheet = book.made.add_worksheet(name)
    sheet.set_column(0, 0, 52)
    sheet.set_column(1, 12, 18)
    sheet.write_string(0, 0, clean(heading), book.form("title", bold=True, font_size=14))
    at = 2
    for table in tables:
        at = _table(book, sheet, at, table)


def _table(book: _Book, sheet: Any, at: int, table: TableBlock) -> int:
    """Write a table from row ``at``; the row where the next may begin."""
    bold = book.form("bold", bold=True, valign="top")
    head = book.form("head", bold=True, bg_color="#F3F2F1", bottom=1, text_wrap=True, valign="top")
    text = book.form("text", text_wrap=True, valign="top")
    sheet.write_string(at, 0, clean(table.caption), bold)
    for place, column in enumerate(table.columns):
        sheet.write_string(at + 1, place, clean(column), head)
    at += 2
    for row in table.rows:
        for place, cell in enumerate(row):
            if cell.number is None:
                side = text if place in table.texts else book.form("right", align="right",
                                                                   valign="top")  # fmt: skip
                sheet.write_string(at, place, clean(cell.text), side)
            else:
                sheet.write_number(at, place, cell.number, book.number(cell))
        at += 1
    for note in table.notes:
        sheet.write_string(at, 0, clean(note), book.form("note", font_color="#505A5F"))
        at += 1
    return at + 1


def _charts(book: _Book, document: Document) -> None:
    """The numbers of each chart, and Excel's own line chart of them beside it."""
    sheet = book.made.add_worksheet(_CHARTS)
    sheet.set_column(0, 0, 30)
    at = 0
    for _, block in document.charts():
        if block.lines:
            at = _chart(book, sheet, at, block)


def _chart(book: _Book, sheet: Any, at: int, block: ChartBlock) -> int:
    sheet.write_string(at, 0, clean(block.caption), book.form("bold", bold=True, valign="top"))
    for place, period in enumerate(block.periods, start=1):
        sheet.write_string(at + 1, place, clean(period), book.form("right", align="right",
                                                                   valign="top"))  # fmt: skip
    chart = book.made.add_chart({"type": "line"})
    last = len(block.periods)
    for count, line in enumerate(block.lines):
        row = at + 2 + count
        sheet.write_string(row, 0, clean(line.name), book.form("text", text_wrap=True,
                                                               valign="top"))  # fmt: skip
        for place, value in enumerate(line.values, start=1):
            if value is not None:
                sheet.write_number(row, place, value)
        chart.add_series(
            {
                "name": [_CHARTS, row, 0],
                "categories": [_CHARTS, at + 1, 1, at + 1, last],
                "values": [_CHARTS, row, 1, row, last],
                "line": _LINES[count % len(_LINES)],
                "marker": {"type": ("square", "circle", "diamond", "triangle", "x")[count % 5],
                           "size": 5, "fill": {"color": _LINES[count % 5]["color"]}},
            }
        )  # fmt: skip
    chart.set_title({"name": clean(block.caption)[:255], "name_font": {"size": 11}})
    chart.set_y_axis({"name": clean(block.axis)[:255], "min": 0} if _from_zero(block) else
                     {"name": clean(block.axis)[:255]})  # fmt: skip
    chart.set_legend({"position": "bottom"})
    chart.show_blanks_as("gap")
    chart.set_size({"width": 760, "height": 320})
    first = at + 3 + len(block.lines)
    sheet.insert_chart(first, 0, chart, {"description": clean(block.alt)})
    return int(first + 18)


def _from_zero(block: ChartBlock) -> bool:
    return all(value >= 0 for line in block.lines for value in line.values if value is not None)
