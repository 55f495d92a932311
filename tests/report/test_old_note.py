"""Older documents drawn again: every table and every kept figure stands in the document."""

from __future__ import annotations

import csv
import io
from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_word
from openpyxl import load_workbook

from sendgap.cli import main
from sendgap.config import paths
from sendgap.report.document import Document, TableBlock
from sendgap.report.old_note import old_note_document
from sendgap.report.write import rendered
from sendgap.store import Release
from sendgap.views.old_note import old_note

TODAY = date(2026, 7, 1)


@pytest.fixture(scope="module")
def document(release: Release) -> Document:
    return old_note_document(old_note(release), release.release_id, TODAY)


def _kept() -> list[dict[str, str]]:
    """The kept figures, read by no part of the program."""
    with (paths().published / "historic.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _tables(document: Document) -> list[TableBlock]:
    return [b for s in document.sections for b in s.blocks if isinstance(b, TableBlock)]


def test_every_kept_figure_is_printed_in_its_table(document: Document) -> None:
    kept = _kept()
    per_table = Counter({row["table_id"]: 0 for row in kept})
    per_table.update(row["table_id"] for row in kept if row["value"])
    figures = [t for t in _tables(document) if t.caption == "As the document prints it"]
    assert len(figures) == len(per_table) > 20
    printed = sorted(
        sum(any(map(str.isdigit, cell.text)) for row in table.rows for cell in row[2:])
        for table in figures
    )
    assert printed == sorted(per_table.values())


def test_the_note_says_what_is_history_and_what_differs(document: Document) -> None:
    text = rendered(document, "md").decode()
    assert "never ranked or set beside today" in text
    assert "the document prints 2.7%" in text
    assert text.count("Today: ") + text.count("Today's outcomes in its place: ") > 20


def test_the_command_writes_it_in_every_format(
    tmp_path: Path, release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sendgap.store.open_release", lambda: release)
    for form in ("docx", "html", "md", "xlsx"):
        assert main(["report", "old-note", "--format", form, "--out", str(tmp_path)]) == 0
        content = (tmp_path / f"older-documents.{form}").read_bytes()
        if form == "docx":
            said = [c.text for t in open_word(io.BytesIO(content)).tables for c in t._cells]
        elif form == "xlsx":
            book = load_workbook(io.BytesIO(content))
            said = [str(c.value) for sheet in book for row in sheet.iter_rows() for c in row]
        else:
            said = content.decode().replace("\\", "")
        assert "£53,864,868" in said, form
