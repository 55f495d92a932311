"""Compare areas says its words in every state."""

from __future__ import annotations

from collections.abc import Callable
from urllib.parse import parse_qs

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin
from sendgap.views.compare_areas import compare_areas
from sendgap.views.compare_model import CompareAreas
from sendgap.views.request import Request
from tests.pages.visits import captions, charts, heading, html, links, notice, text, visit

KS2 = "ks2_rwm_expected"
Opened = Callable[..., AppTest]


@pytest.fixture
def opened(release: Release) -> Opened:
    return lambda **query: visit(begin.COMPARE, **query)


def view(release: Release, area: str, indicator: str = KS2, group: str = "ehc_plan",
         among: str = "england", by: str = "level") -> CompareAreas:  # fmt: skip
    request = Request(release.areas.find(area).area_code, indicator, SenGroup(group))
    found = compare_areas(release, request, among=among, by=by)
    assert isinstance(found, CompareAreas)
    return found


def test_without_an_area_it_asks_for_one(opened: Opened) -> None:
    at = opened()
    assert heading(at) == "Choose a local authority to begin."
    assert charts(at) == 0


def test_the_ranking_states_level_and_gap_together(opened: Opened, release: Release) -> None:
    at = opened(area="882", ind=KS2, grp="sen_support")
    assert heading(at) == view(release, "882", group="sen_support").words.finding
    assert "20% on SEN support is =141st of 151 by level" in heading(at)
    assert "the gap, 53 pp, is =147th narrowest" in heading(at)
    assert charts(at) == 1


def test_the_area_comes_first_and_all_can_be_shown(opened: Opened) -> None:
    at = opened(area="882", ind=KS2, grp="sen_support")
    names = [href for href in links(at) if href.startswith("compare?")]
    assert len(names) == 25
    assert "area=882" in names[0]
    assert all("ind=ks2_rwm_expected" in href and "grp=sen_support" in href for href in names)
    at.toggle(key="all-rows-areas").set_value(True).run()
    assert len([href for href in links(at) if href.startswith("compare?")]) == 153


def test_every_cell_of_the_region_is_the_views(opened: Opened, release: Release) -> None:
    at = opened(area="882", ind=KS2, among="region", by="gap")
    said = " ".join(html(at).split())
    found = view(release, "882", among="region", by="gap")
    for row in found.chart.table.rows:
        assert " ".join(" ".join(row).split()) in said


def test_areas_are_found_by_name_region_and_number(opened: Opened) -> None:
    at = opened(area="919", ind=KS2)
    for typed, count in (("norfolk", 1), ("886", 1), ("South West", 15), ("zzz", 0)):
        at.text_input(key="find-area").set_value(typed).run()
        found = [h for h in links(at) if h.startswith("compare?")]
        assert len(found) == count, typed
    assert "No area matches “zzz”." in text(at)


def test_the_table_is_sorted_by_any_column(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, among="neighbours")
    at.selectbox(key="sort-by").set_value("Area").run()
    shown = [line for line in html(at).split() if line in ("Bracknell", "Trafford")]
    assert shown[:2] == ["Bracknell", "Trafford"]
    at.selectbox(key="sort-by").set_value("Place by gap").run()
    assert not at.exception


def test_neighbours_that_do_better_are_links_that_keep_the_keys(opened: Opened) -> None:
    at = opened(area="882", ind=KS2, grp="sen_support")
    found = [h.value for h in at.header]
    assert "Statistical neighbours with a higher level and no wider gap" in found
    bexley = next(li for li in at.get("page_link") if li.proto.label == "Bexley")
    assert "area=303" in bexley.proto.query_string
    assert "grp=sen_support" in bexley.proto.query_string
    assert "39%, gap 40 pp · close" in text(at)


def test_level_and_gap_is_a_view_of_its_own(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, view="level-and-gap")
    assert charts(at) == 1
    assert "A wide gap and a high level can both be true." in captions(at)


def test_an_outcome_without_a_gap_says_so(opened: Opened) -> None:
    at = opened(area="919", ind="ehcp_20_weeks", view="level-and-gap")
    assert "This outcome has a level and no gap: the ranking shows it." in text(at)
    assert charts(at) == 0
    at = opened(area="919", ind="ehcp_20_weeks", by="gap")
    assert "so areas stand in order of level" in text(at)
    assert charts(at) == 1


def test_a_set_of_areas_is_kept_in_the_link(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, set="Kent,881,201", among="set")
    assert "Chosen areas (plain mean of 2 of 3)" in text(at)
    assert "Chosen areas without a figure: City of London." in text(at)
    at.multiselect(key="pick_beside").set_value(["886", "881"]).run()
    assert at.query_params["set"] == "886,881"
    assert "Chosen areas (plain mean of 2 of 2)" in text(at)


def test_a_set_says_what_it_does_not_know(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, set="Kant,England")
    assert "Area “Kant” is not known. Did you mean Kent" in notice(at)
    assert "England is not a local authority" in notice(at)


def test_a_hidden_figure_is_said_and_the_others_stand(opened: Opened) -> None:
    at = opened(area="City of London", ind=KS2)
    assert "no figure for the City of London in 2024/25 (the publisher gives none)" in heading(at)
    assert "Without a figure (2): City of London x; Isles of Scilly x." in text(at)
    assert "There is no figure here to set them beside." in captions(at)
    assert charts(at) == 1


def test_suppression_is_named_with_its_letter(opened: Opened) -> None:
    at = opened(area="Surrey", ind="neet_or_not_known", grp="sen_support")
    assert "hidden by the publisher to protect children" in heading(at)
    assert at.table[0].value.loc["Surrey"].iloc[0] == "c"
    assert "c: hidden by the publisher" in text(at)


def test_a_partly_missing_average_names_who_is_missing(opened: Opened) -> None:
    at = opened(area="302", ind="annual_review_decision_4_weeks")
    assert "6 have a figure; not " in text(at)
    assert "not shown\\: fewer than 7" in at.table[0].value.to_numpy().ravel()


def test_a_group_without_figures_says_what_there_is(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, grp="any_sen", yr="202425")
    assert "has no figure here: the newest year is shown" in notice(at)
    assert "2022/23" in heading(at)


def test_a_new_area_has_its_note(opened: Opened) -> None:
    at = opened(area="942", ind="overall_absence")
    assert "Formed on 1 April 2023" in text(at)
    assert "not tested" in html(opened(area="942", ind="ks4_sustained_destination"))


def test_a_provisional_figure_is_marked(opened: Opened) -> None:
    at = opened(area="919", ind="phonics_year1")
    assert "Provisional" in text(at)
    assert "22% p" in html(at)


def test_a_stale_figure_keeps_its_page_and_year(opened: Opened) -> None:
    at = opened(area="882", ind="neet_or_not_known")
    assert "2023" in heading(at)
    assert "No figures newer than 2023 have been published." in text(at)


def test_a_year_on_another_basis_is_shown_by_itself(opened: Opened) -> None:
    at = opened(area="919", ind="eyfs_gld", yr="201819")
    assert "2018/19" in heading(at)
    assert "since" not in text(at).lower().split("source:")[0]


def test_without_an_england_figure_none_is_made_up(opened: Opened) -> None:
    at = opened(area="919", ind="overall_absence")
    assert at.table[0].value.loc["England"].iloc[0] == "No published England figure"
    assert "Against England" not in html(at)
    assert "England" not in heading(at)


def test_context_outcomes_have_no_better_or_worse(opened: Opened) -> None:
    at = opened(area="919", ind="ehcp_prevalence")
    assert "Highest first; there are no places where no way is better." in text(at)
    assert " better " not in html(at) and " worse " not in html(at)


def test_an_area_that_is_no_more_says_so(opened: Opened) -> None:
    at = opened(area="909", ind=KS2)
    assert "no figure for Cumbria" in heading(at)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("among", "planet", "Group of areas “planet” is not known"),
        ("by", "luck", "Order “luck” is not known"),
        ("view", "sideways", "View “sideways” is not known"),
    ],
)
def test_an_unknown_value_falls_back_and_says_so(
    opened: Opened, key: str, value: str, said: str
) -> None:
    at = opened(**{"area": "919", "ind": KS2, key: value})
    assert said in notice(at)
    assert charts(at) == 1


def test_choosing_the_region_is_written_to_the_link(opened: Opened) -> None:
    at = opened(area="919", ind=KS2)
    areas = next(g for g in at.get("button_group") if g.label == "Areas")
    areas.set_value("region").run()
    assert at.query_params["among"] == "region"
    assert "authorities of the region" in text(at)


def test_a_view_of_one_page_does_not_follow_to_the_other(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, view="level-and-gap")
    at.query_params.clear()
    at.switch_page(begin.OUTCOME).run()
    assert not at.exception and not at.info
    assert charts(at) == 2


@pytest.mark.parametrize(("indicator", "offered"), [("ehcp_20_weeks", False), (KS2, True)])
def test_level_or_gap_is_asked_only_where_there_is_a_gap(
    opened: Opened, indicator: str, offered: bool
) -> None:
    at = opened(area="882", ind=indicator)
    assert ("In order of" in [group.label for group in at.get("button_group")]) is offered


def test_a_link_of_the_table_keeps_the_way_back() -> None:
    at = visit(begin.COMPARE, area="886")
    barnet = next(parse_qs(li.partition("?")[2]) for li in links(at) if "area=302" in li)
    assert barnet["from"] == ["886"]
    there = visit(begin.COMPARE, **{key: values[0] for key, values in barnet.items()})
    back = next(li for li in there.get("page_link") if li.proto.label == "Back to Kent")
    assert "area=886" in back.proto.query_string and "from=" not in back.proto.query_string
    # Links go on saying Kent, and a link to Kent itself has nothing to go back to.
    ways = [parse_qs(li.partition("?")[2]) for li in links(there) if li.startswith("compare?")]
    assert len(ways) > 10
    assert all(w.get("from") == (None if w["area"] == ["886"] else ["886"]) for w in ways)
    there.sidebar.selectbox[0].set_value("919").run()
    assert "from" not in there.query_params and there.query_params["area"] == "919"
    assert not any(li.proto.label.startswith("Back to") for li in there.get("page_link"))


@pytest.mark.parametrize("origin", ["302", "nowhere", "E92000001"])
def test_a_way_back_to_no_other_area_is_not_offered(origin: str) -> None:
    at = visit(begin.COMPARE, area="302", **{"from": origin})
    assert not any(li.proto.label.startswith("Back to") for li in at.get("page_link"))
