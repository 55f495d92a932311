"""Which documents there are, and how each is made for what was asked."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.areas import Area
from sendgap.report.annual_report import annual_report_document
from sendgap.report.document import Document
from sendgap.report.note_file import NoteFile
from sendgap.report.typed import Typed
from sendgap.report.visit_note import ADDRESS, visit_note_document
from sendgap.store import Release
from sendgap.terms import VINTAGES
from sendgap.views.annual_report import annual_report
from sendgap.views.note_model import VisitNote
from sendgap.views.visit_note import visit_note


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a document is asked for; ``before`` is the last note."""

    areas: tuple[Area, ...] = ()
    vintage: str = VINTAGES[0]
    years: int = 5
    typed: Typed = Typed()
    before: NoteFile | None = None
    address: str = ADDRESS
    today: date | None = None


def note_view(release: Release, wanted: Wanted) -> VisitNote:
    """The visit note's figures; the last note's are set beside them."""
    return visit_note(
        release,
        wanted.areas[0].area_code,
        vintage=wanted.vintage,
        confirmed=wanted.typed.confirmed,
        before=wanted.before.figures if wanted.before else None,
        today=wanted.today,
    )


def _visit_note(release: Release, wanted: Wanted) -> Document:
    return visit_note_document(note_view(release, wanted), wanted.typed, address=wanted.address)


def _annual(release: Release, wanted: Wanted) -> Document:
    view = annual_report(
        release, wanted.areas[0].area_code, years=wanted.years, vintage=wanted.vintage,
        today=wanted.today,
    )  # fmt: skip
    return annual_report_document(
        view, author=wanted.typed.author, commentary=wanted.typed.commentary,
        address=wanted.address,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class Kind:
    """A document that can be asked for: its name in words, and of how many areas it is.

    ``areas`` is ``one``, ``many`` or ``none``.
    """

    label: str
    areas: str
    make: Callable[[Release, Wanted], Document]


KINDS: dict[str, Kind] = {
    "visit-note": Kind("Visit note", "one", _visit_note),
    "annual": Kind("Annual report", "one", _annual),
}
