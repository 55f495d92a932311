"""Which documents there are, and how each is made for what was asked."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.areas import Area
from sendgap.errors import NoAnswerError
from sendgap.report.annual_report import annual_report_document
from sendgap.report.document import Document
from sendgap.report.note_file import NoteFile
from sendgap.report.page_documents import (
    framework_document,
    group_document,
    national_document,
)
from sendgap.report.typed import Typed
from sendgap.report.visit_note import ADDRESS, visit_note_document
from sendgap.store import Release
from sendgap.targets import Target
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views.annual_report import annual_report
from sendgap.views.framework import framework_view
from sendgap.views.group import group_report
from sendgap.views.model import NoAnswer
from sendgap.views.national import national_position
from sendgap.views.note_model import VisitNote
from sendgap.views.request import Request
from sendgap.views.visit_note import about_area, authority, visit_note


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
    framework: str = ""
    year: str = "latest"
    group: SenGroup = SenGroup.EHC_PLAN
    targets: tuple[Target, ...] = ()

    @property
    def day(self) -> date:
        return self.today or date.today()


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


def _framework(release: Release, wanted: Wanted) -> Document:
    area = authority(release, wanted.areas[0].area_code)
    asked = Request(area.area_code, "", wanted.group, vintage=wanted.vintage)
    name = wanted.framework or next(iter(release.catalogue.frameworks))
    view = framework_view(release, asked, name, wanted.targets, wanted.day)
    about = about_area(release, area, wanted.vintage, wanted.day)
    return framework_document(view, about, wanted.typed.author)


def _national(release: Release, wanted: Wanted) -> Document:
    view = national_position(release, wanted.year)
    if isinstance(view, NoAnswer):
        raise NoAnswerError(view.message)
    return national_document(view, release.release_id, wanted.day)


def _group(release: Release, wanted: Wanted) -> Document:
    codes = [
        authority(release, area.area_code).area_code for area in members(release, wanted.areas)
    ]
    view = group_report(release, codes, wanted.group, wanted.targets, wanted.day)
    return group_document(view, release.release_id, wanted.day, wanted.typed.author)


def members(release: Release, areas: Sequence[Area]) -> tuple[Area, ...]:
    """The authorities named, and all those of a region that is named, each once."""
    found: list[Area] = []
    for area in areas:
        held = [a for a in release.areas.local_authorities() if a.region_code == area.area_code]
        found += held or [area]
    return tuple(dict.fromkeys(found))


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
    "framework": Kind("Outcomes framework", "one", _framework),
    "annual": Kind("Annual report", "one", _annual),
    "national": Kind("National position", "none", _national),
    "group": Kind("Group report", "many", _group),
}
