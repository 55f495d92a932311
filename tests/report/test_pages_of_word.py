"""Word files of five authorities are made; two are turned into pages where LibreOffice is."""

from __future__ import annotations

import io
import os
import shutil
from datetime import date
from pathlib import Path

import pytest
from docx import Document as open_word

from benchmarks.documents import pictures
from sendgap.report import kinds
from sendgap.report.documents import Wanted, document_of, view_of
from sendgap.report.typed import Typed
from sendgap.report.write import rendered, save
from sendgap.store import Release

FIVE = ("Kent", "City of London", "Isles of Scilly", "Cumberland", "Southend-on-Sea")


def _word(release: Release, name: str, kind: str = kinds.VISIT_NOTE) -> bytes:
    wanted = Wanted(areas=(release.areas.find(name),), today=date(2026, 7, 1))
    view = view_of(release, kind, wanted)
    return rendered(document_of(release, view, wanted, Typed()), "docx")


@pytest.mark.long
@pytest.mark.parametrize("name", FIVE)
def test_the_word_file_holds_every_section_and_its_figures(release: Release, name: str) -> None:
    made = open_word(io.BytesIO(_word(release, name)))
    said = [p.text for p in made.paragraphs]
    for section in release.catalogue.reports["visit_note"].sections:
        assert f"{section.number} {section.heading}" in said
    assert len(made.tables) > 20
    assert all(p.text.strip() or p._p.xpath(".//pic:pic") for p in made.paragraphs)


@pytest.mark.long
@pytest.mark.parametrize(
    ("name", "kind", "fewest", "most"),
    [("City of London", kinds.VISIT_NOTE, 10, 30), ("Southend-on-Sea", kinds.ANNUAL, 20, 45)],
)
def test_a_word_file_becomes_pages(
    release: Release, name: str, kind: str, fewest: int, most: int, tmp_path: Path
) -> None:
    if not (shutil.which("soffice") and shutil.which("pdftoppm")):
        message = "LibreOffice or pdftoppm is not on this machine"
        if os.environ.get("CI", "").casefold() == "true":
            pytest.fail(message)
        pytest.skip(message)
    save(_word(release, name, kind), tmp_path / "made.docx")
    assert fewest <= len(pictures(tmp_path / "made.docx")) <= most
