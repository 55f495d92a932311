"""Schools, clusters and DSPL areas in the area chooser of every page."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.store.local import AT_MACHINE, LocalRelease, Person
from sendgap.terms import SenGroup
from sendgap.ui import begin, choosers
from sendgap.ui.selection import Selection, from_query, to_query
from sendgap.views.local_units import Units, units_of
from tests.local.small import published_alone
from tests.pages.visits import charts, heading, html, links, notice, text, visit

PAGES = (begin.START, begin.OUTCOME, begin.COMPARE, begin.GRID, begin.JOURNEY, begin.PLANS,
         begin.FRAMEWORK, begin.REPORTS)  # fmt: skip
HELD = Units(
    "Hertfordshire", "919", False,
    {"dspl:D1": "North", "cluster:C1": "Hill", "school:117001": "Hill Primary School"},
    {"dspl:D1": "D1", "cluster:C1": "C1", "school:117001": "117001, primary"},
)  # fmt: skip


def _options(at: AppTest) -> list[str]:
    return [label.partition("\t")[0] for label in at.sidebar.selectbox(key="pick_area").options]


# Links --------------------------------------------------------------------------------


@pytest.mark.parametrize("asked", [
    {"area": "dspl:D1"}, {"area": "919:dspl:D1"}, {"unit": "dspl:D1"},
    {"area": "882", "unit": "dspl:D1"},
])  # fmt: skip
def test_a_link_to_a_local_area_opens_it_with_sen_support(
    release: Release, asked: dict[str, str]
) -> None:
    chosen, said = from_query(asked, release, units=HELD)
    assert (chosen.area, chosen.unit, chosen.loc, said) == ("919", "dspl:D1", "dspl", ())
    assert chosen.grp is SenGroup.SEN_SUPPORT
    assert to_query(chosen)["area"] == "919:dspl:D1"


@pytest.mark.parametrize("unit", HELD.names)
@pytest.mark.parametrize("group", [SenGroup.SEN_SUPPORT, SenGroup.ANY_SEN, SenGroup.EHC_PLAN])
def test_a_link_to_a_local_area_reopens_it(release: Release, unit: str, group: SenGroup) -> None:
    chosen = Selection("919", "eyfs_gld", group, unit=unit, loc=unit.partition(":")[0])
    assert from_query(to_query(chosen), release, units=HELD) == (chosen, ())
    other = to_query(chosen, unit="", grp="")
    assert from_query(other, release, units=HELD)[0].place == "919"


def test_another_authority_s_area_of_the_same_code_is_not_taken_for_ours(release: Release) -> None:
    chosen, said = from_query({"area": "886:dspl:D1"}, release, units=HELD)
    assert (chosen.place, len(said)) == ("886", 1)
    assert "no place of the local returns" in said[0] and "North" not in said[0]


def test_where_nothing_is_loaded_the_authority_stands_in(release: Release) -> None:
    chosen, said = from_query({"area": "919:school:117001"}, release)
    assert chosen.place == "919" and chosen.grp is SenGroup.EHC_PLAN
    assert said == (
        "This is a link to a school, cluster or DSPL area: no local figures are loaded here.",
    )
    for invented in ("practice:dspl:D1", "dspl:D1"):
        assert from_query({"area": invented}, release) == (from_query({}, release)[0], said)


# The chooser --------------------------------------------------------------------------


def test_units_stand_under_their_authority_with_their_kind(release: Release) -> None:
    known = {a.la_code or "": a for a in release.areas.local_authorities()}
    listed = [
        t.partition(choosers.ASIDE)[0] for t in choosers.places(release, known, HELD).values()
    ]
    start = listed.index("Hertfordshire (919)")
    assert listed[start + 1 : start + 4] == [
        "North (DSPL area)", "Hill (cluster)", "Hill Primary School (school)",
    ]  # fmt: skip


@pytest.mark.parametrize("said", ["hill primary", "117001"])
def test_a_school_is_found_by_name_and_number(release: Release, said: str) -> None:
    labels = choosers.places(release, {}, HELD)
    assert [c for c, label in labels.items() if said in label.casefold()] == ["school:117001"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_lists_local_areas_and_says_they_are_invented(
    practice: LocalRelease, page: str
) -> None:
    at = visit(page, area="919")
    names = units_of(practice).names
    assert _options(at)[-len(names) :][0] == "Practice DSPL area 1 (DSPL area, invented)"
    assert len(names) > 10 and all("invented" in each for each in _options(at)[-len(names) :])


@pytest.mark.parametrize("page", PAGES)
def test_each_page_of_a_local_area_says_what_it_is(practice: LocalRelease, page: str) -> None:
    at = visit(page, area="practice:dspl:D1")
    assert not at.error
    assert "Made-up data for practice. Not real schools." in html(at)
    assert "Practice DSPL area 1" in text(at) + heading(at)
    assert at.query_params["area"] == "practice:dspl:D1"
    labels = [link.proto.label for link in at.get("page_link")]
    assert "Schools and DSPL areas: Practice DSPL area 1" in labels


def test_a_local_area_is_kept_from_page_to_page(practice: LocalRelease) -> None:
    at = visit(begin.START, area="919")
    at.sidebar.selectbox(key="pick_area").set_value("cluster:C01").run()
    assert at.query_params["area"] == "practice:cluster:C01"
    assert at.query_params["grp"] == "sen_support"
    for page in (begin.GRID, begin.LOCAL, begin.OUTCOME, begin.REPORTS):
        at.switch_page(page).run()
        assert not at.exception and at.query_params["area"] == "practice:cluster:C01"
        assert "Practice cluster 01" in text(at) + heading(at)
    at.sidebar.selectbox(key="pick_area").set_value("886").run()
    assert at.query_params["area"] == "886" and "Kent" in text(at) + heading(at)


def test_on_the_local_page_another_kind_is_compared(practice: LocalRelease) -> None:
    at = visit(begin.LOCAL, area="practice:dspl:D1")
    assert heading(at).startswith("Practice DSPL area 1")
    at.sidebar.selectbox(key="pick_loc").set_value("cluster").run()
    assert "clusters" in heading(at) and "area" not in at.query_params


# Who may see --------------------------------------------------------------------------


@pytest.mark.parametrize("page", [*PAGES, begin.LOCAL, begin.DATA])
@pytest.mark.parametrize("area", ["practice:dspl:D1", "school:900001"])
def test_who_is_not_at_the_machine_gets_what_stands_where_nothing_is_loaded(
    practice_data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, page: str, area: str
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(practice_data))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: Person("x", is_at_machine=False))
    away = visit(page, area=area)
    monkeypatch.setenv("SENDGAP_DATA", str(published_alone(tmp_path)))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: AT_MACHINE)
    bare = visit(page, area=area)
    assert "no local figures are loaded here" in notice(away)
    if page != begin.LOCAL:  # which says to whom local figures are open
        assert _said(away) == _said(bare)
    assert charts(away) == charts(bare) == 0
    assert not re.search(r"Practice (DSPL|cluster|Primary)", _said(away))


def _said(at: AppTest) -> str:
    options = [str(box.options) for box in at.selectbox]
    return "\n".join([heading(at), notice(at), text(at), html(at), *options])


def test_a_place_that_is_no_longer_held_is_let_go(
    practice: LocalRelease, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    at = visit(begin.START, area="practice:dspl:D1")
    monkeypatch.setenv("SENDGAP_DATA", str(published_alone(tmp_path)))
    at.run()
    assert not at.exception and "no local figures are loaded here" in notice(at)
    assert heading(at) == "How do children with special educational needs fare in your area?"


# Our area -----------------------------------------------------------------------------


def test_our_area_of_a_local_area_has_its_shown_outcomes_and_says_what_is_hidden(
    practice: LocalRelease,
) -> None:
    at = visit(begin.START, area="practice:dspl:D1")
    assert heading(at).startswith("Practice DSPL area 1, SEN support: ")
    said = text(at)
    assert "What is not shown, and why" in said and "How children are protected here" in said
    assert "Look into" in [h.value for h in at.header] and charts(at) == 2  # screens and phones
    shown = practice.unit_cells(["dspl:D1"])
    shown = shown[(shown["sen_group"] == "sen_support") & shown["value"].notna()]
    names = [link.proto.label for link in at.get("page_link")]
    assert "Overall absence" in names and "overall_absence" in set(shown["indicator_id"])
    assert any("gap?area=practice:dspl:D1" in href for href in links(at))


# One outcome --------------------------------------------------------------------------


@pytest.mark.parametrize("view", ["over-time", "side-by-side", "what-moved"])
def test_one_outcome_of_a_local_area(practice: LocalRelease, view: str) -> None:
    at = visit(begin.OUTCOME, area="practice:dspl:D1", ind="overall_absence", view=view)
    assert charts(at) == {"over-time": 2, "side-by-side": 1, "what-moved": 0}[view]
    boxed = "How children are protected here" in text(at)
    assert boxed == (view != "what-moved")


def test_an_outcome_that_is_not_counted_gives_way_to_one_that_is_shown(
    practice: LocalRelease,
) -> None:
    at = visit(begin.OUTCOME, area="practice:dspl:D1", ind="ehcp_20_weeks")
    assert "is not counted here for DSPL areas and SEN support" in notice(at)
    assert charts(at) == 2 and "no figure" not in heading(at)


def test_who_asks_for_no_outcome_gets_one_that_is_shown(practice: LocalRelease) -> None:
    at = visit(begin.OUTCOME, area="practice:cluster:C01", grp="any_sen")
    assert charts(at) == 2 and "no figure" not in heading(at)


def test_a_hidden_outcome_says_so_and_where_to_go_on(practice: LocalRelease) -> None:
    cells = practice.cells("overall_absence", kinds=["school"])
    mine = cells[cells["sen_group"] == "sen_support"].groupby("unit_id")["value"].count()
    unit = str(mine.index[mine == 0][0])
    at = visit(begin.OUTCOME, area=f"practice:school:{unit}", ind="overall_absence")
    assert "hidden to protect children" in heading(at) and charts(at) == 0
    labels = [link.proto.label for link in at.get("page_link")]
    assert any(label.startswith("Areas side by side: Practice") for label in labels)


# Pins ---------------------------------------------------------------------------------


def test_a_local_view_is_pinned_and_found_again_from_another_page(
    practice: LocalRelease,
) -> None:
    at = visit(begin.OUTCOME, area="practice:dspl:D1", ind="overall_absence")
    at.button(key="pin").click().run()
    assert at.query_params["pin"] == "over-time.practice:dspl:D1.overall_absence.sen_support"
    at.sidebar.selectbox(key="pick_area").set_value("886").run()
    named = [link.proto.label for link in at.get("page_link")]
    assert any(
        label.startswith("1. Overall absence · Practice DSPL area 1 (DSPL area, invented)")
        for label in named
    )


def test_a_pin_in_a_link_names_no_one_where_nothing_may_be_seen(
    practice_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(practice_data))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: Person("x", is_at_machine=False))
    pin = "over-time.practice:dspl:D1.overall_absence.sen_support"
    at = visit(begin.REPORTS, area="886", doc="meeting-sheet", pin=pin)
    assert "Pin 1 is left out" in notice(at)
    assert "Practice DSPL" not in _said(at) + str([x.proto.label for x in at.get("page_link")])


def test_a_meeting_sheet_of_a_local_pin_says_that_it_is_made_up(practice: LocalRelease) -> None:
    pin = "over-time.practice:dspl:D1.overall_absence.sen_support"
    at = visit(begin.REPORTS, area="886", doc="meeting-sheet", pin=pin)
    assert not notice(at) and "made-up data for practice" in text(at) + html(at)
    assert "Made-up data for practice. Not real schools." in html(at)
