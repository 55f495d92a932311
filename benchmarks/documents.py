"""How long documents take, and pictures of their pages: ``python -m benchmarks.documents``.

Prints the seconds of each step. With ``--out FOLDER`` the Word files stay there, and where
LibreOffice and pdftoppm are installed also each page as a picture, to be looked at.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sendgap.report import kinds
from sendgap.report.documents import Wanted, document_of, view_of
from sendgap.report.typed import Typed
from sendgap.report.write import WRITERS, rendered, save
from sendgap.store import Release, open_release

#: A large authority, the smallest, and those whose lists the documents follow.
DOCUMENTS = (
    (kinds.VISIT_NOTE, "Kent"),
    (kinds.VISIT_NOTE, "City of London"),
    (kinds.ANNUAL, "Southend-on-Sea"),
    (kinds.FRAMEWORK, "Hertfordshire"),
    (kinds.NATIONAL, ""),
    (kinds.GROUP, "South West"),
)
DOTS = 80
Made = TypeVar("Made")


def main() -> int:
    """Make every document in every format, and its pages."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, help="keep the files here")
    options = parser.parse_args()
    release = open_release()
    with tempfile.TemporaryDirectory() as folder:
        for name, area in DOCUMENTS:
            _document(release, name, area, options.out or Path(folder))
    return 0


def _document(release: Release, name: str, area: str, folder: Path) -> None:
    areas = (release.areas.find(area),) if area else ()
    wanted = Wanted(areas=areas)
    about = f"{name}, {area or 'England'}"
    view = _timed(f"{about}: figures", lambda: view_of(release, name, wanted))
    document = document_of(release, view, wanted, Typed())
    for form in WRITERS:
        content = _timed(f"{about}: {form}", lambda form=form: rendered(document, form))
        save(content, folder / f"{document.file_name}.{form}")
    if shutil.which("soffice") and shutil.which("pdftoppm"):
        pages = _timed(
            f"{about}: pages as pictures", lambda: pictures(folder / f"{document.file_name}.docx")
        )
        print(f"{'':8}    {len(pages)} pages")


def _timed(what: str, make: Callable[[], Made]) -> Made:
    begun = time.perf_counter()
    made = make()
    print(f"{time.perf_counter() - begun:8.2f} s  {what}", flush=True)
    return made


def pictures(word: Path) -> list[Path]:
    """Each page of a Word file as PNG, beside it, by LibreOffice and pdftoppm."""
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            ["soffice", f"-env:UserInstallation=file://{profile}", "--headless", "--convert-to",
             "pdf", "--outdir", str(word.parent), str(word)],
            check=True, capture_output=True, timeout=180,
        )  # fmt: skip
    stem = word.with_suffix("")
    for old in word.parent.glob(f"{word.stem}-page-*.png"):
        old.unlink()
    subprocess.run(
        ["pdftoppm", "-r", str(DOTS), "-png", str(word.with_suffix(".pdf")), f"{stem}-page"],
        check=True, timeout=180,
    )  # fmt: skip
    return sorted(word.parent.glob(f"{word.stem}-page-*.png"))


if __name__ == "__main__":
    sys.exit(main())
