"""The Reports page: a draft for every document, words that stay, a note that comes back."""

from __future__ import annotations

import re

import pytest

from sendgap.report import kinds
from sendgap.report.note_file import to_bytes
from sendgap.report.typed import Typed
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin, report_form
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.request import Request
from sendgap.views.visit_note import visit_note
from tests.pages.visits import heading, html, notice, visit

PINS = "over-time.886.ks2_rwm_expected.ehc_plan~ranking.886.ks2_rwm_expected.ehc_plan"


def _open(**query: str):  # type: ignore[no-untyped-def]
    return visit(begin.REPORTS, **{"area": "886", **query})


def test_the_draft_says_how_much_data_fill(release: Release) -> None:
    at = _open()
    sections = release.catalogue.reports["visit_note"].sections
    said = re.fullmatch(
        r"Draft visit note for Kent: (\d+) sections, (\d+) filled from data, (\d+) need your "
        r"words\.",
        heading(at),
    )
    assert said
    count, filled, words = map(int, said.groups())
    assert count == len(sections) and filled + words == count
    # Sections without any figure or list in the plan can only be filled by hand.
    assert words >= sum(not (s.figures or s.lists or s.framework) for s in sections)
    assert len(at.text_area) > count
    assert {b.label for b in at.get("download_button")} == {
        "Download Word", "Download HTML", "Download Markdown", "Download Excel",
        "Save this note to go on later",
    }  # fmt: skip


@pytest.mark.parametrize("name", [name for name in kinds.NAMES if name != kinds.VISIT_NOTE])
def test_each_document_has_a_draft(name: str) -> None:
    at = _open(doc=name, set="919,882", pin=PINS)
    assert heading(at).startswith("Draft ")
    assert len(html(at)) > (200 if name == kinds.MEETING_SHEET else 2000)
    assert len(at.get("download_button")) == 4


def test_pinned_charts_stand_in_the_meeting_sheet_and_in_the_note(release: Release) -> None:
    area = release.areas.find("Kent").area_code
    asked = Request(area, "ks2_rwm_expected", SenGroup.EHC_PLAN)
    view = gap_over_time(release, asked)
    assert heading(_open(doc=kinds.MEETING_SHEET)).startswith("A meeting sheet is made of pinned")
    sheet = _open(doc=kinds.MEETING_SHEET, pin=PINS)
    assert heading(sheet) == "Draft meeting sheet: 2 pinned charts"
    assert view.words.finding.rstrip(".") in html(sheet)
    drawn = f"Chart: {view.words.finding}"
    assert html(_open(pin=PINS)).count(drawn) == html(_open()).count(drawn) + 1


def test_words_stay_and_edited_ones_are_marked(release: Release) -> None:
    at = _open()
    at.text_area(key=next(t.key for t in at.text_area if t.label == "Commentary")).set_value("Ours")
    edited = next(t for t in at.text_area if t.label.startswith("Your words in place"))
    edited.set_value("Mine & <so>")
    at.run()
    assert not at.exception
    assert "Edited by the adviser".lower() in html(at)
    assert "Mine & <so>" in html(at)
    kept = at.session_state[report_form._KEPT]["visit-note-886"].typed
    assert "Ours" in kept.commentary.values() and "Mine & <so>" in kept.edited.values()


def test_an_unknown_document_is_said_and_the_visit_note_shown() -> None:
    at = _open(doc="nonsense")
    assert heading(at).startswith("Draft visit note")
    assert "nonsense" in notice(at)


def test_a_saved_note_is_opened_and_a_damaged_one_changes_nothing(release: Release) -> None:
    area = release.areas.find("Kent").area_code
    content = to_bytes(visit_note(release, area), Typed(author="A & B", commentary={"1.1": "Then"}))
    at = _open()
    at.file_uploader[0].upload("kent.json", content[:50], "application/json").run()
    assert "nothing was changed" in notice(at)
    assert not any(t.value for t in at.text_input)
    at.file_uploader[0].upload("kent.json", content, "application/json").run()
    assert not at.exception
    assert "A & B" in [t.value for t in at.text_input]
    assert "Then" in [t.value for t in at.text_area]
    assert "0 newer figures" in html(at)
