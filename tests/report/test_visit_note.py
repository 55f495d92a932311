"""The visit note: its numbers are the command line's, and no section is left out."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sendgap.catalogue.reports import Form, ReportFigure
from sendgap.cli import main
from sendgap.errors import NoAnswerError
from sendgap.report.document import Block, Document, Said, TableBlock
from sendgap.report.typed import Typed
from sendgap.report.visit_note import visit_note_document
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.annual_report import annual_report
from sendgap.views.note_changes import changes
from sendgap.views.note_model import Cell, NoteSection, VisitNote
from sendgap.views.visit_note import all_authorities, visit_note

TODAY = date(2026, 7, 1)
SPREAD = ("Kent", "City of London", "Isles of Scilly", "Cumberland", "Southend-on-Sea")
NEVER = (
    "because of", "due to", "significant", "underperform", "failing", "normal pupils",
    "suffers from", "sen kids", "best in england", "worst in england", "% gap", "predict",
    "caused", "average of averages",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _one_release(release: Release, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the command line use the release that is open: it is asked some hundred times."""
    monkeypatch.setattr("sendgap.store.open_release", lambda: release)


def _note(release: Release, name: str) -> VisitNote:
    return visit_note(release, release.areas.find(name).area_code, today=TODAY)


def _cli(capsys: pytest.CaptureFixture[str], *arguments: str) -> list[dict[str, str]]:
    assert main([*arguments, "--format", "csv"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def _asked(figure: ReportFigure, group: SenGroup) -> list[str]:
    asked = ["--indicator", figure.indicator_id, "--sen-group", group.value]
    asked += ["--breakdown", figure.breakdown]
    if figure.time_identifier:
        asked += ["--time-identifier", figure.time_identifier.value]
    return asked


def _same(text: str, number: str) -> bool:
    """Whether a printed figure is the command line's number, rounded to the printed places."""
    found = re.search(r"[−\d][\d,]*\.?\d*", text)
    assert found, text
    printed = found.group().replace("−", "-").replace(",", "")
    places = len(printed.partition(".")[2])
    return float(printed) == pytest.approx(float(number), abs=0.5 * 10.0**-places + 1e-9)


def _check(text: str, number: str) -> None:
    """A cell and what the command line says: the same number, or neither has one."""
    has_none = not re.search(r"\d", text) or text.startswith(("not shown", "no "))
    assert has_none == (number == ""), (text, number)
    assert has_none or _same(text, number), (text, number)


def _rows(section: NoteSection, columns: str) -> Iterator[tuple[Cell, ...]]:
    for table in section.tables:
        if columns in table.columns:
            yield from table.rows


LONG = pytest.mark.long


@pytest.mark.parametrize(
    "name",
    ["Kent", pytest.param("City of London", marks=LONG), pytest.param("Cumberland", marks=LONG)],
)
def test_every_range_is_the_command_lines(
    release: Release, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    note = _note(release, name)
    checked = 0
    for plan, section in zip(
        release.catalogue.reports["visit_note"].sections, note.sections, strict=True
    ):
        asked = [(f, g) for f in plan.figures for g in f.groups if Form.RANGE in f.forms]
        for (figure, group), cells in zip(asked, _rows(section, "England's range"), strict=True):
            found = _cli(capsys, "benchmark", *_asked(figure, group), "--area", name)
            spread = _cli(capsys, "distribution", *_asked(figure, group))[0]
            row = found[0] if found else {}
            is_count = "not compared" in cells[2].text
            for place, column in enumerate(
                ("value", "neighbour_mean", "region_value", "england"), 1
            ):
                if not (is_count and place == 2):
                    if row or place < 3:
                        _check(cells[place].text, row.get(column, ""))
            low, high = re.findall(r"(−?£?[−\d][\d,.]*)[^()]*\(", cells[5].text)
            assert _same(low, spread["minimum"]) and _same(high, spread["maximum"])
            names = spread["minimum_areas"].split("; ")
            assert len(names) > 2 or all(n in cells[5].text for n in names)
            if row.get("rank"):
                assert re.match(rf"=?{int(float(row['rank']))}\D", cells[6].text)
                assert f"of {int(float(row['rank_of']))}" in cells[6].text
            else:
                assert cells[6].text == "not ranked"
            checked += 1
    assert checked > 25


@pytest.mark.parametrize("name", ["Kent", pytest.param("Isles of Scilly", marks=LONG)])
def test_every_figure_that_is_printed_is_the_command_lines(
    release: Release, name: str, capsys: pytest.CaptureFixture[str]
) -> None:
    printed = _note(release, name).printed
    assert len(printed) > 100
    for key in {p.key for p in printed}:
        indicator, group, breakdown, identifier = key
        rows = _cli(
            capsys, "values", "--indicator", indicator, "--sen-group", group, "--breakdown",
            breakdown, "--time-identifier", identifier, "--area", name,
        )  # fmt: skip
        said = {row["time_period"]: row for row in rows}
        for figure in (p for p in printed if p.key == key):
            row = said[figure.time_period]
            _check(figure.text if figure.value is not None else "none", row["value"])
            assert (figure.symbol or "") == row["symbol"] or figure.value is not None


def test_the_years_tables_hold_englands_and_the_neighbours_figures(
    release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    note = _note(release, "Kent")
    tables = [t for section in note.sections for t in section.tables]
    table = next(t for t in tables if t.caption.startswith("EHC plans within 20 weeks:"))
    asked = ("--indicator", "ehcp_20_weeks", "--sen-group", "ehc_plan")
    rows = _cli(capsys, "benchmark", *asked, "--area", "Kent", "--period", "all")
    held = {row["time_period"]: row for row in rows}
    by_name = {row[0].text: row[1:] for row in table.rows}
    for place, year in enumerate(table.columns[1:]):
        _check(by_name["England"][place].text, held[year]["england"])
        _check(by_name["Similar authorities"][place].text, held[year]["neighbour_mean"])
        _check(by_name["Kent"][place].text, held[year]["value"])


def test_the_change_of_a_count_is_worked_out_from_its_two_years(
    release: Release, capsys: pytest.CaptureFixture[str]
) -> None:
    section = next(s for s in _note(release, "Kent").sections if s.number == "1.3")
    cells = next(_rows(section, "Change in Kent"))
    asked = ("values", "--indicator", "ehcp_new", "--period", "all", "--area")
    for name, cell in (("Kent", cells[3]), ("England", cells[4])):
        values = [
            float(r["value"]) for r in _cli(capsys, *asked, name) if r["breakdown"] == "total"
        ]
        share = round(100 * (values[-1] - values[-2]) / values[-2])
        assert cell.text == f"{'rose' if share > 0 else 'fell'} {abs(share)}%"


@pytest.mark.parametrize("name", SPREAD)
def test_no_section_is_left_out_and_all_text_keeps_the_rules(release: Release, name: str) -> None:
    _check_note(release, name)


def _check_note(release: Release, name: str) -> None:
    note = _note(release, name)
    plan = release.catalogue.reports["visit_note"]
    assert [s.number for s in note.sections] == [s.number for s in plan.sections]
    for section, planned in zip(note.sections, plan.sections, strict=True):
        assert section.tables or section.absent or planned.lists, section.number
        for table in section.tables:
            assert table.rows and all(len(row) == len(table.columns) for row in table.rows)
            assert all(c.text for row in table.rows for c in row), "a blank cell"
        is_list = planned.lists or planned.framework  # names, or counts of the note's own measures
        assert not section.tables or section.sources or is_list, section.number
    for text in _texts(visit_note_document(note)):
        lowered = text.lower()
        assert not [word for word in NEVER if word in lowered], text
        assert "{" not in text and "nan" not in lowered.split(), text


def _texts(document: Document) -> Iterator[str]:
    for section in document.sections:
        yield section.heading
        for block in section.blocks:
            yield from _of(block)


def _of(block: Block) -> Iterator[str]:
    for name in ("text", "caption", "alt", "heading"):
        if value := getattr(block, name, ""):
            yield value
    yield from getattr(block, "items", ())
    if isinstance(block, Said):
        yield from block.sentences
    if isinstance(block, TableBlock):
        yield from (cell.text for row in block.rows for cell in row)
        yield from block.notes


@pytest.mark.long
def test_the_note_and_the_report_of_every_authority(release: Release) -> None:
    areas = list(all_authorities(release))
    assert len(areas) > 150
    for area in areas:
        _check_note(release, area.area_code)
        assert len(annual_report(release, area.area_code, today=TODAY).plain) == 10


def test_a_tiny_authority_is_not_judged(release: Release) -> None:
    note = _note(release, "City of London")
    assert note.glance.stronger is None and note.glance.look_into is None
    said = " ".join(sentence for s in note.sections for sentence in s.sentences)
    assert "By level:" not in said


def test_an_old_inspection_goes_in_only_when_confirmed(release: Release) -> None:
    code = release.areas.find("Kent").area_code
    plan = release.catalogue.reports["visit_note"]
    asked = [f for _, f in plan.figures() if f.confirm]
    assert asked

    def told(note: VisitNote) -> str:
        section = next(s for s in note.sections if s.number == "4.2")
        return repr(section.tables)

    outcome = str(release.values(asked[0].indicator_id, area=code).value_text.iloc[-1])
    without = visit_note(release, code, today=TODAY)
    assert outcome not in told(without)
    assert any(s.to_confirm for s in without.sections)
    confirmed = frozenset(f.indicator_id for f in asked)
    assert outcome in told(visit_note(release, code, confirmed=confirmed, today=TODAY))


def test_no_document_for_a_region_or_a_place_that_is_gone(release: Release) -> None:
    for name in ("E12000007", "E92000001", "Cumbria"):
        with pytest.raises(NoAnswerError):
            _note(release, name)


def test_newer_figures_and_revised_ones_are_told_apart(release: Release) -> None:
    now = _note(release, "Kent").printed
    assert not changes(now, now).newer and not changes(now, now).revised
    shared = [p for p in now if sum(q.key == p.key for q in now) > 1]
    newest = max(shared, key=lambda p: (p.key == shared[0].key, p.time_period))
    older = [p for p in now if p is not newest]
    found = changes(older, now)
    assert len(found.newer) == 1 and newest.text in found.newer[0] and not found.revised
    revised = replace(newest, value=(newest.value or 0) + 1, text="another")
    found = changes([*older, revised], now)
    assert len(found.revised) == 1 and "another in the last note" in found.revised[0]
    assert not found.newer and found.unchanged == len(now) - 1


def test_what_is_typed_goes_in_and_edited_words_are_marked(release: Release) -> None:
    note = _note(release, "Kent")
    typed = Typed(commentary={"1.1": "Ours & <theirs>"}, edited={"1.3": "Said by me."})
    sections = {s.heading: s for s in visit_note_document(note, typed).sections}
    first = next(s for h, s in sections.items() if h.startswith("1.1"))
    assert "Ours & <theirs>" in [getattr(b, "text", "") for b in first.blocks]
    third = next(s for h, s in sections.items() if h.startswith("1.3"))
    assert [b.edited for b in third.blocks if isinstance(b, Said)] == ["Said by me."]
