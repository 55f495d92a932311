"""Writes tables for people and programs: text, CSV, JSON, Parquet and Excel."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd

FORMATS = ("table", "csv", "json", "parquet")

#: Columns a screen has room for first; the others follow where they hold anything.
_NO_NUMBER = ""


def as_text(table: pd.DataFrame) -> str:
    """A table to read in a terminal: empty columns left out, numbers as they are stored."""
    if table.empty:
        return "(no rows)"
    filled = table.loc[:, table.notna().any()]
    return str(filled.to_string(index=False, na_rep=_NO_NUMBER))


def as_csv(table: pd.DataFrame) -> str:
    """Comma-separated text with every column of the contract."""
    return str(table.to_csv(index=False, lineterminator="\n"))


def as_json(table: pd.DataFrame) -> str:
    """A list of objects; a missing cell is ``null``."""
    records = json.loads(table.to_json(orient="records", date_format="iso"))
    return json.dumps(records, ensure_ascii=False, indent=1)


def as_parquet(table: pd.DataFrame) -> bytes:
    """Parquet bytes."""
    buffer = io.BytesIO()
    table.to_parquet(buffer, index=False)
    return buffer.getvalue()


def as_excel(sheets: dict[str, pd.DataFrame]) -> bytes:
    """A workbook with one sheet per table, header row frozen and columns wide enough."""
    buffer = io.BytesIO()
    with pd.ExcelWriter(buffer, engine="openpyxl") as writer:
        for name, table in sheets.items():
            table.to_excel(writer, sheet_name=name[:31], index=False)
            sheet = writer.sheets[name[:31]]
            sheet.freeze_panes = "A2"
            for place, column in enumerate(table.columns):
                longest = max([len(str(column)), *(len(str(v)) for v in table[column].head(200))])
                letter = sheet.cell(row=1, column=place + 1).column_letter
                sheet.column_dimensions[letter].width = min(longest + 2, 80)
    return buffer.getvalue()


def render(table: pd.DataFrame, form: str) -> str | bytes:
    """The table in one of :data:`FORMATS`."""
    writers = {"table": as_text, "csv": as_csv, "json": as_json}
    return as_parquet(table) if form == "parquet" else writers[form](table)


def write(content: str | bytes, path: Path) -> None:
    """Write text as UTF-8, bytes as they are."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode("utf-8") if isinstance(content, str) else content)
