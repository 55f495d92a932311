"""The meeting sheet: twelve charts on two pages at most, each with its finding and its text."""

from __future__ import annotations

import io
from datetime import date

from docx import Document as open_word
from openpyxl import load_workbook

from sendgap.charts.drawn import figures
from sendgap.report.document import Gallery
from sendgap.report.meeting_sheet import MOST, Pinned, meeting_sheet_document
from sendgap.report.write import rendered
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.compare_areas import compare_areas
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.request import Request

TODAY = date(2026, 7, 1)


def _pins(release: Release, name: str, count: int) -> list[Pinned]:
    code = release.areas.find(name).area_code
    held = [i for i in release.catalogue.headline if SenGroup.EHC_PLAN in
            release.catalogue.indicators[i].groups()]  # fmt: skip
    return [
        Pinned(indicator, gap_over_time(release, Request(code, indicator, SenGroup.EHC_PLAN)))
        for indicator in (held * 2)[:count]
    ]


def _gallery(document) -> Gallery:  # type: ignore[no-untyped-def]
    found = [b for s in document.sections for b in s.blocks if isinstance(b, Gallery)]
    assert len(found) == 1
    return found[0]


def test_no_more_than_twelve_charts_are_kept_each_under_its_finding(release: Release) -> None:
    pins = _pins(release, "Kent", MOST + 2)
    document = meeting_sheet_document(pins, release.release_id, TODAY)
    panes = _gallery(document).panes
    assert len(panes) == MOST
    for pane, pin in zip(panes, pins, strict=False):
        assert pane.heading == pin.view.words.finding.rstrip(".")
        assert pane.chart and 0 < len(pane.chart.alt) <= 150
        assert all(said in pin.view.words.sentences for said in pane.sentences)


def test_a_pin_without_a_figure_keeps_its_place_and_says_why(release: Release) -> None:
    code = release.areas.find("City of London").area_code
    indicator = "dspl_same_area"
    answer = gap_over_time(release, Request(code, indicator, SenGroup.EHC_PLAN))
    document = meeting_sheet_document([Pinned("x", answer)], release.release_id, TODAY)
    pane = _gallery(document).panes[0]
    assert pane.chart is None and pane.sentences


def test_the_chart_is_the_one_that_was_pinned(release: Release) -> None:
    code = release.areas.find("Kent").area_code
    asked = Request(code, release.catalogue.headline[2], SenGroup.EHC_PLAN)
    view = compare_areas(release, asked, among="england", by="level")
    document = meeting_sheet_document(
        [Pinned("x", view, "level-and-gap")], release.release_id, TODAY
    )
    chart = _gallery(document).panes[0].chart
    wanted = next(each for each in figures(view) if each.key == "level-and-gap")
    assert chart and chart.alt == wanted.alt


def test_word_has_every_picture_with_its_text_and_the_workbook_the_figures(
    release: Release,
) -> None:
    pins = _pins(release, "Kent", 3)
    document = meeting_sheet_document(pins, release.release_id, TODAY)
    made = open_word(io.BytesIO(rendered(document, "docx")))
    assert len(made.element.xpath(".//wp:docPr[@descr]")) == 3
    book = load_workbook(io.BytesIO(rendered(document, "xlsx")))
    cells = {str(c.value) for sheet in book for row in sheet.iter_rows() for c in row if c.value}
    for pin in pins:
        table = pin.view.chart.table
        assert {cell for row in table.rows for cell in row} <= cells
