"""A return's file as text cells, whatever program wrote it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass
from datetime import datetime, time
from pathlib import Path

import pandas as pd
import pyarrow as pa
import pyarrow.parquet as pq

from sendgap.errors import Problem, RefusedError

#: Larger files belong to a program that reads them in parts.
MOST_BYTES = 2_000_000_000
#: Rows of a wrong length that are named.
MOST_UNEVEN = 20

#: How other files begin that are given for a CSV, what they are, and what to do.
_OTHERS = (
    (b"pk\x03\x04", "a workbook or zip file", "save the sheet as CSV and give that"),
    (b"\xd0\xcf\x11\xe0", "an old workbook", "save the sheet as CSV and give that"),
    (b"%pdf", "a PDF file", "give the table as CSV"),
    (b"<", "a web page or XML", "save the table as CSV and give that"),
)


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """A file's cells as stripped text; ``first`` is the number of its first row of values
    as a person counts (2 below a header)."""

    name: str
    table: pd.DataFrame
    first: int = 2


def read(path: Path) -> Cells:
    """Read a CSV or Parquet file; raises :class:`RefusedError` where it is neither."""
    try:
        size = path.stat().st_size
    except OSError as error:
        raise _refused(path, error.strerror or str(error), "give the path of a file") from error
    if path.is_dir() or size == 0 or size > MOST_BYTES:
        found = "a folder" if path.is_dir() else "an empty file" if not size else f"{size} bytes"
        raise _refused(path, found, "give a CSV or Parquet file with a row of column names")
    table, first = (_parquet(path), 2) if path.suffix.lower() == ".parquet" else _csv(path)
    return Cells(path.name, _columns(path, table), first)


def _columns(path: Path, table: pd.DataFrame) -> pd.DataFrame:
    """The columns by the names of the templates, each once and none without a name."""
    heads = [_head(str(name)) for name in table.columns]
    filled = [bool(name) or bool((table.iloc[:, at] != "").any()) for at, name in enumerate(heads)]
    table = table.loc[:, filled]
    heads = [name for name, kept in zip(heads, filled, strict=True) if kept]
    if "" in heads:
        at = heads.index("") + 1
        raise _refused(path, f"column {at} has no name",
                       "begin with a row of column names, and nothing above it")  # fmt: skip
    twice = sorted({name for name in heads if heads.count(name) > 1})
    if twice:
        raise _refused(path, f"column {twice[0]} stands twice", "keep one of the two")
    return table.set_axis(heads, axis=1)


def _refused(path: Path, found: str, advice: str) -> RefusedError:
    return RefusedError([Problem(path.name, found, advice)])


def _head(name: str) -> str:
    """A column's name as the templates write it: "Time period" as "time_period"."""
    return re.sub(r"[\s\-]+", "_", name.strip().lstrip("\ufeff").lower())


def _csv(path: Path) -> tuple[pd.DataFrame, int]:
    """The table, and the number of its first row below the names."""
    content = path.read_bytes()
    for begins, found, advice in _OTHERS:
        if content.lstrip()[: len(begins)].lower() == begins:
            raise _refused(path, found, advice)
    text = _text(path, content)
    if "\x00" in text:
        raise _refused(path, "bytes that are no text", "save the file as CSV in UTF-8")
    try:
        given = list(csv.reader(io.StringIO(text, newline=""), delimiter=_mark(text), strict=True))
    except csv.Error as error:
        raise _refused(path, f"no CSV ({error})", "save the file as CSV again") from error
    above = next((at for at, row in enumerate(given) if any(row)), len(given))
    if above == len(given):
        raise _refused(path, "no column names", "begin with a row of column names")
    head, rows, first = given[above], given[above + 1 :], above + 2
    _even(path, head, rows, first)
    empty = [""] * len(head)
    table = pd.DataFrame([row or empty for row in rows], columns=range(len(head)), dtype=str)
    return _stripped(table).set_axis(head, axis=1), first


def _mark(text: str) -> str:
    """What stands between the columns' names: a comma, else a semicolon or tabulator."""
    head = next((line for line in text.splitlines() if line.strip()), "")
    return max(",;\t", key=head.count)


def _even(path: Path, head: list[str], rows: list[list[str]], first: int) -> None:
    """Refuse rows with more or fewer cells than there are columns: a value has moved."""
    wrong = [
        (place, len(row)) for place, row in enumerate(rows, first) if row and len(row) != len(head)
    ]
    if wrong:
        raise RefusedError(
            Problem(f"{path.name}, row {place}", f"{count} cells under {len(head)} columns",
                    "give a cell for each column, and put text with commas in quotation marks")
            for place, count in wrong[:MOST_UNEVEN]
        )  # fmt: skip


def _text(path: Path, content: bytes) -> str:
    """UTF-8 with or without its mark, UTF-16 with one, else the Windows alphabet."""
    encodings = (
        ("utf-16",) if content[:2] in (b"\xff\xfe", b"\xfe\xff") else ("utf-8-sig", "cp1252")
    )
    for encoding in encodings:
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise _refused(path, "bytes that are no text", "save the file as CSV in UTF-8")


def _parquet(path: Path) -> pd.DataFrame:
    try:
        table = pq.read_table(path)
    except (pa.ArrowInvalid, OSError) as error:
        raise _refused(path, "not a Parquet file", "write it again, or give a CSV file") from error
    texts = {}
    for name, column in zip(table.column_names, table.columns, strict=True):
        texts[name] = [_cell(value) for value in column.to_pylist()]
    return _stripped(pd.DataFrame(texts, dtype=str))


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float):
        return "" if value != value else f"{value:.10g}"
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    return str(value)


def _stripped(table: pd.DataFrame) -> pd.DataFrame:
    """Cells without the blanks around them; a row shorter than the header ends in nothing."""
    for name in table.columns:
        table[name] = table[name].fillna("").str.strip()
    return table
