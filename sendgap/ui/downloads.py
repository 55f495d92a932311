"""A view's table as files: CSV, and Excel with the source and the caveats beside it."""

from __future__ import annotations

from collections.abc import Mapping

import pandas as pd

from sendgap.output import as_csv, as_excel
from sendgap.views.model import Definition, Table, Words

CSV_TYPE = "text/csv"
PNG_TYPE, SVG_TYPE = "image/png", "image/svg+xml"
EXCEL_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def plain_cell(cell: str) -> str:
    """A cell that no spreadsheet takes for a formula.

    >>> plain_cell("=60th of 151 (14 areas)")
    'joint 60th of 151 (14 areas)'
    """
    if cell.startswith("="):
        return f"joint {cell[1:]}"
    return f"'{cell}" if cell[:1] in ("+", "-", "@", "\t", "\r") else cell


def frame(table: Table) -> pd.DataFrame:
    """The table as it stands on the page."""
    rows = [[plain_cell(cell) for cell in row] for row in table.rows]
    return pd.DataFrame(rows, columns=list(table.columns))


def csv(table: Table) -> bytes:
    """UTF-8 with a byte order mark, without which Excel garbles dashes and pounds."""
    return as_csv(frame(table)).encode("utf-8-sig")


def workbook(named: Mapping[str, Table]) -> bytes:
    """Tables as they stand on the page, a sheet each."""
    return as_excel({name: frame(table) for name, table in named.items()})


def excel(table: Table, words: Words, definition: Definition) -> bytes:
    """A workbook: the figures, what they say and mean, and where they are from."""
    about = [
        ("Table", table.caption),
        ("Finding", words.finding),
        ("Looked at", words.context),
        *(("In words", sentence) for sentence in words.sentences),
        *(("Caveat", caveat) for caveat in words.caveats),
        ("Outcome", definition.label),
        ("Definition", definition.definition),
        ("How to read it", definition.how_to_read),
        ("What it cannot say", definition.cannot_say),
    ]
    sources = [
        (s.publication, s.publisher, s.edition, s.periods, s.next_update, s.licence, s.url)
        for s in words.sources
    ]
    heads = "Publication, Publisher, Edition, Periods, Next update, Licence, Address".split(", ")
    return as_excel(
        {
            "Figures": frame(table),
            "Source and caveats": pd.DataFrame(
                [(k, plain_cell(v.strip())) for k, v in about], columns=["What", "Text"]
            ),
            "Publications": pd.DataFrame(sources, columns=heads),
        }
    )
