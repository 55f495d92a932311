"""Each document in two steps: the view that holds its figures, and the document made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sendgap.catalogue.areas import Area
from sendgap.errors import NoAnswerError
from sendgap.report import kinds
from sendgap.report.annual_report import annual_report_document
from sendgap.report.document import Document
from sendgap.report.meeting_sheet import (
    MeetingSheet,
    Pinned,
    blocks,
    meeting_sheet_document,
)
from sendgap.report.note_file import NoteFile
from sendgap.report.old_note import old_note_document
from sendgap.report.page_documents import (
    framework_document,
    group_document,
    national_document,
)
from sendgap.report.typed import Typed
from sendgap.report.visit_note import ADDRESS, visit_note_document
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.targets import Target
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views.annual_report import annual_report
from sendgap.views.framework import framework_view
from sendgap.views.framework_model import FrameworkView
from sendgap.views.group import group_report
from sendgap.views.group_model import GroupReport
from sendgap.views.local_units import NO_UNITS, units_of
from sendgap.views.model import NoAnswer
from sendgap.views.national import national_position
from sendgap.views.national_model import NationalPosition
from sendgap.views.note_model import AnnualReport, VisitNote
from sendgap.views.old_note import old_note
from sendgap.views.old_note_model import OldNote
from sendgap.views.pins import Pin, answer, label
from sendgap.views.request import Request
from sendgap.views.visit_note import about_area, authority, visit_note


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a document is asked for.

    ``confirmed`` are old outcomes that the writer vouches for; ``before`` is the last note.
    """

    areas: tuple[Area, ...] = ()
    vintage: str = VINTAGES[0]
    years: int = 5
    confirmed: frozenset[str] = frozenset()
    before: NoteFile | None = None
    framework: str = ""
    year: str = "latest"
    group: SenGroup = SenGroup.EHC_PLAN
    targets: tuple[Target, ...] = ()
    pins: tuple[Pin, ...] = ()
    #: The local figures that pins of schools, clusters and DSPL areas are answered from.
    local: LocalRelease | None = None
    today: date | None = None

    @property
    def day(self) -> date:
        return self.today or date.today()


def _visit_note(release: Release, wanted: Wanted) -> VisitNote:
    return visit_note(
        release,
        wanted.areas[0].area_code,
        vintage=wanted.vintage,
        confirmed=wanted.confirmed,
        before=wanted.before.figures if wanted.before else None,
        today=wanted.day,
    )


def _annual(release: Release, wanted: Wanted) -> AnnualReport:
    return annual_report(
        release, wanted.areas[0].area_code, years=wanted.years, vintage=wanted.vintage,
        today=wanted.day,
    )  # fmt: skip


def _framework(release: Release, wanted: Wanted) -> FrameworkView:
    area = authority(release, wanted.areas[0].area_code)
    asked = Request(area.area_code, "", wanted.group, vintage=wanted.vintage)
    name = wanted.framework or next(iter(release.catalogue.frameworks))
    return framework_view(release, asked, name, wanted.targets, wanted.day)


def _national(release: Release, wanted: Wanted) -> NationalPosition:
    view = national_position(release, wanted.year)
    if isinstance(view, NoAnswer):
        raise NoAnswerError(view.message)
    return view


def _group(release: Release, wanted: Wanted) -> GroupReport:
    found = members(release, wanted.areas)
    codes = [authority(release, area.area_code).area_code for area in found]
    return group_report(release, codes, wanted.group, wanted.targets, wanted.day)


def _old_note(release: Release, wanted: Wanted) -> OldNote:
    return old_note(release)


def _meeting_sheet(release: Release, wanted: Wanted) -> MeetingSheet:
    if not wanted.pins:
        raise NoAnswerError("Nothing is pinned: a meeting sheet is made of pinned charts.")
    return MeetingSheet(pinned(release, wanted))


def pinned(release: Release, wanted: Wanted) -> tuple[Pinned, ...]:
    """The views behind the pins, in their order."""
    units = units_of(wanted.local) if wanted.local else NO_UNITS
    return tuple(
        Pinned(
            label(release, pin, units),
            answer(release, pin, targets=wanted.targets, today=wanted.day, local=wanted.local),
            pin.view,
        )
        for pin in wanted.pins
    )


def members(release: Release, areas: Sequence[Area]) -> tuple[Area, ...]:
    """The authorities named, and all those of a region that is named, each once."""
    found: list[Area] = []
    for area in areas:
        held = [a for a in release.areas.local_authorities() if a.region_code == area.area_code]
        found += held or [area]
    return tuple(dict.fromkeys(found))


VIEWS: dict[str, Callable[[Release, Wanted], Any]] = {
    kinds.VISIT_NOTE: _visit_note,
    kinds.ANNUAL: _annual,
    kinds.FRAMEWORK: _framework,
    kinds.NATIONAL: _national,
    kinds.GROUP: _group,
    kinds.MEETING_SHEET: _meeting_sheet,
    kinds.OLD_NOTE: _old_note,
}


def view_of(release: Release, name: str, wanted: Wanted) -> Any:
    """The view behind a document of :data:`kinds.NAMES`."""
    return VIEWS[name](release, wanted)


def document_of(
    release: Release,
    view: Any,
    wanted: Wanted,
    typed: Typed,
    address: str = ADDRESS,
    also: Sequence[Pinned] = (),
) -> Document:
    """The document made of a view and of what a person typed; ``also`` are pinned charts that
    stand under *Other* in a visit note."""
    if isinstance(view, VisitNote):
        return visit_note_document(view, typed, tuple(blocks(also)), address)
    if isinstance(view, MeetingSheet):
        return meeting_sheet_document(
            view.pinned, release.release_id, wanted.day, author=typed.author
        )
    if isinstance(view, AnnualReport):
        return annual_report_document(
            view, author=typed.author, commentary=typed.commentary, address=address
        )
    if isinstance(view, FrameworkView):
        about = about_area(release, wanted.areas[0], wanted.vintage, wanted.day)
        return framework_document(view, about, typed.author)
    if isinstance(view, OldNote):
        return old_note_document(view, release.release_id, wanted.day, typed.author)
    if isinstance(view, NationalPosition):
        return national_document(view, release.release_id, wanted.day)
    return group_document(view, release.release_id, wanted.day, typed.author)
