"""The visit note: no section is left out, words keep the rules, changes are told apart."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from sendgap.errors import NoAnswerError
from sendgap.report.document import Block, Document, Said, TableBlock
from sendgap.report.typed import Typed
from sendgap.report.visit_note import visit_note_document
from sendgap.store import Release
from sendgap.terms import VINTAGES
from sendgap.views.annual_report import annual_report
from sendgap.views.note_changes import changes
from sendgap.views.note_model import VisitNote
from sendgap.views.visit_note import all_authorities, visit_note

TODAY = date(2026, 7, 1)
SPREAD = ("Kent", "City of London", "Isles of Scilly", "Cumberland", "Southend-on-Sea")
NEVER = (
    "because of", "due to", "significant", "underperform", "failing", "normal pupils",
    "suffers from", "sen kids", "best in england", "worst in england", "% gap", "predict",
    "caused", "average of averages",
)  # fmt: skip


def _note(release: Release, name: str) -> VisitNote:
    return visit_note(release, release.areas.find(name).area_code, today=TODAY)


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


def test_changes_of_england_are_told_and_another_neighbour_list_is_no_change(
    release: Release,
) -> None:
    now = _note(release, "Kent").printed
    nation = next(p for p in now if p.whose == "england")
    before = replace(nation, value=(nation.value or 0) + 1, text="another")
    found = changes([before], now)
    assert len(found.revised) == 1 and found.revised[0].startswith("England: ")
    code = release.areas.find("Kent").area_code
    other = visit_note(release, code, vintage=VINTAGES[1], today=TODAY).printed
    assert {p.whose for p in other} == {"", "england", VINTAGES[1]}
    assert not changes(other, now).newer and not changes(other, now).revised


def test_what_is_typed_goes_in_and_edited_words_are_marked(release: Release) -> None:
    note = _note(release, "Kent")
    typed = Typed(commentary={"1.1": "Ours & <theirs>"}, edited={"1.3": "Said by me."})
    sections = {s.heading: s for s in visit_note_document(note, typed).sections}
    first = next(s for h, s in sections.items() if h.startswith("1.1"))
    assert "Ours & <theirs>" in [getattr(b, "text", "") for b in first.blocks]
    third = next(s for h, s in sections.items() if h.startswith("1.3"))
    assert [b.edited for b in third.blocks if isinstance(b, Said)] == ["Said by me."]


def test_parents_are_told_which_is_higher_only_where_it_is_clear(release: Release) -> None:
    """Two different figures are never called the same."""
    plan = release.catalogue.reports["annual_report"]
    ways = {"the same": 0, "not clearly different": 0, "higher": 0, "lower": 0}
    for name in ("Southend-on-Sea", "Kent", "Hertfordshire", "Leeds", "Bristol", "Norfolk"):
        said = annual_report(release, release.areas.find(name).area_code, today=TODAY).plain
        for sentence, planned in zip(said, plan.plain, strict=True):
            way = next((w for w in ways if w in sentence.partition("in England")[2]), None)
            if way is None:
                continue
            ways[way] += 1
            asked = planned.figure
            rows = release.benchmark(
                asked.indicator_id, area=name, sen_group=asked.groups[0], breakdown=asked.breakdown
            )
            own, england = float(rows.value.iloc[0]), float(rows.england.iloc[0])
            if way in ("higher", "lower"):
                assert (england > own) == (way == "higher"), sentence
                assert rows.position_england.iloc[0] != "similar"
            else:
                assert (england == own) == (way == "the same"), sentence
    assert ways["higher"] and ways["lower"] and ways["not clearly different"]
