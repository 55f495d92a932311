"""All outcomes grid says its words in every state of its three views."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin
from sendgap.views.grid import grid
from sendgap.views.grid_model import Grid
from sendgap.views.request import Request
from tests.pages.visits import captions, charts, heading, html, links, notice, text, visit

KS2 = "ks2_rwm_expected"
Opened = Callable[..., AppTest]


@pytest.fixture
def opened(release: Release) -> Opened:
    return lambda **query: visit(begin.GRID, **query)


def view(release: Release, area: str, by: str = "level", mark: str = "quarter") -> Grid:
    request = Request(release.areas.find(area).area_code, "", SenGroup.EHC_PLAN)
    found = grid(release, request, by, mark, date.today())
    assert isinstance(found, Grid)
    return found


def test_without_an_area_it_asks_for_one(opened: Opened) -> None:
    at = opened()
    assert heading(at) == "Choose a local authority to begin."
    assert charts(at) == 0


@pytest.mark.parametrize(("by", "mark"), [("level", "quarter"), ("level", "tested"),
                                          ("gap", "quarter")])  # fmt: skip
def test_the_finding_and_every_cell_are_the_views(
    opened: Opened, release: Release, by: str, mark: str
) -> None:
    at, found = opened(area="919", by=by, mark=mark), view(release, "919", by, mark)
    assert heading(at) == found.words.finding
    assert charts(at) == 1
    said = " ".join(html(at).split())
    for row in found.chart.table.rows:
        assert " ".join(" ".join(row).split()) in said
    for sentence in (*found.words.sentences, *found.words.caveats):
        assert sentence in text(at)
    assert not notice(at)


def test_gaps_have_no_test_to_choose(opened: Opened) -> None:
    labels = [g.label for g in opened(area="919").get("button_group")]
    assert "Shapes" in labels
    assert "Shapes" not in [g.label for g in opened(area="919", by="gap").get("button_group")]


def test_area_names_open_this_page_and_outcomes_their_own(opened: Opened) -> None:
    at = opened(area="919", grp="sen_support", by="gap", snv="2021-04")
    own = [href for href in links(at) if href.startswith("grid?")]
    # The list that phones see, and the table.
    assert len(own) == 2 * 11
    assert all("grp=sen_support" in h and "by=gap" in h and "snv=2021-04" in h for h in own)
    assert any(h.startswith("gap?") and "ind=ks2_rwm_expected" in h for h in links(at))


def test_a_phone_lists_one_outcome_in_every_area(opened: Opened, release: Release) -> None:
    at = opened(area="919", ind=KS2)
    pills = next(g for g in at.get("button_group") if g.label == "Outcome")
    assert pills.value == KS2
    for row in view(release, "919").of_outcome(KS2).rows:
        assert " ".join(row) in " ".join(html(at).split())
    pills.set_value("ks4_attainment8").run()
    assert at.query_params["ind"] == "ks4_attainment8"
    assert "Hertfordshire 15.5" in " ".join(html(at).split())


def test_a_followed_link_wins_over_the_outcome_tapped_before(opened: Opened) -> None:
    at = opened(area="919", ind=KS2)
    next(g for g in at.get("button_group") if g.label == "Outcome").set_value("phonics_year1").run()
    at.query_params["ind"] = "level2_by_19"
    at.run()
    pills = next(g for g in at.get("button_group") if g.label == "Outcome")
    assert pills.value == "level2_by_19"
    at.run()
    assert at.query_params["ind"] == "level2_by_19"


def test_a_set_of_areas_has_its_rows(opened: Opened) -> None:
    at = opened(area="919", set="886,201")
    assert "Kent" in html(at) and "City of London" in html(at)
    assert "City of London has so few pupils" in text(at)


def test_hidden_figures_keep_their_letter_and_reason(opened: Opened) -> None:
    at = opened(area="201")
    assert "so few that many figures are hidden, and no quarter is given" in heading(at)
    assert "x: no figure: the publisher gives none" in html(at)
    assert "x: not available; the publisher gives no figure." in text(at)
    assert "so few" in heading(opened(area="420"))


def test_a_new_area_has_its_note(opened: Opened) -> None:
    assert "Formed on 1 April 2023" in text(opened(area="942"))


def test_an_area_that_has_closed_offers_its_successors(opened: Opened) -> None:
    at = opened(area="909")
    offered = [link.proto.label for link in at.get("page_link")]
    assert "See Cumberland" in offered
    assert "No figure for Cumbria in the newest year" in text(at)


def test_stale_outcomes_are_left_out_with_a_line(opened: Opened) -> None:
    at = opened(area="919")
    assert "NEET or not known: the newest figures are of 2023 and two newer editions" in text(at)


def test_a_group_without_current_figures_says_so(opened: Opened) -> None:
    at = opened(area="919", grp="any_sen")
    assert "No headline outcome has a current figure for All SEN" in heading(at)
    assert "See EHC plan" in [link.proto.label for link in at.get("page_link")]


def test_baseline_to_latest_tells_one_outcome_in_two_years(opened: Opened) -> None:
    at = opened(area="919", view="change", ind=KS2)
    assert "8% with an EHC plan in 2018/19, 10% in 2024/25" in heading(at)
    assert charts(at) == 1
    assert "West Berkshire 3% 11% rose 8 pp" in " ".join(html(at).split())
    at = opened(area="919", view="change", ind=KS2, by="gap")
    assert "the gap narrowed 3 pp, 68 pp in 2018/19 to 65 pp in 2024/25" in heading(at)
    assert "West Berkshire 71 pp 59 pp narrowed 12 pp 3% 11%" in " ".join(html(at).split())


def test_a_start_is_chosen_and_written_to_the_link(opened: Opened) -> None:
    at = opened(area="919", view="change", ind=KS2)
    start = next(s for s in at.selectbox if s.label == "From")
    assert start.options[0] == "Usual start"
    start.set_value("202223").run()
    assert at.query_params["since"] == "202223"
    assert "2022/23" in heading(at)


def test_a_change_across_a_break_is_refused_with_the_reason(opened: Opened) -> None:
    at = opened(area="919", view="change", ind="eyfs_gld", since="201819")
    assert "2018/19 and 2024/25 are not compared: The profile" in heading(at)
    assert charts(at) == 0
    assert "Start from the usual year" in [li.proto.label for li in at.get("page_link")]


@pytest.mark.parametrize(("area", "ind", "said"), [
    ("942", "suspension_rate", "no earlier year of Cumberland is on the same basis"),
    ("201", KS2, "no figure for the City of London in 2024/25 (the publisher gives none)"),
    ("919", "stakeholder_confidence", "nobody publishes figures"),
    ("919", "area_send_inspection", "Hertfordshire"),
])  # fmt: skip
def test_what_cannot_be_told_says_why(opened: Opened, area: str, ind: str, said: str) -> None:
    at = opened(area=area, view="change", ind=ind)
    assert said in heading(at) or said in text(at)
    assert charts(at) == 0


def test_an_outcome_without_a_gap_says_so(opened: Opened) -> None:
    at = opened(area="882", view="change", ind="ehcp_20_weeks", by="gap")
    assert "This outcome has a level and no gap, so the levels are shown." in text(at)


def test_sparklines_stand_in_a_table_that_says_the_same(opened: Opened) -> None:
    at = opened(area="919", view="sparklines")
    assert charts(at) == 0
    said = " ".join(html(at).split())
    assert "10.07% in 2018/19" in said and "rose 4.21 pp: the worse way" in said
    bodies = " ".join(element.proto.body for element in at.get("html"))
    assert bodies.count('<img alt="" src="data:image/svg+xml') == 11
    assert "moved the better way" in heading(at)


@pytest.mark.parametrize(("key", "value", "said"), [
    ("mark", "luck", "Kind of mark “luck” is not known"),
    ("view", "sideways", "View “sideways” is not known"),
    ("by", "luck", "Order “luck” is not known"),
    ("area", "Hartfordshire", "Did you mean Hertfordshire"),
])  # fmt: skip
def test_a_bad_link_is_explained(opened: Opened, key: str, value: str, said: str) -> None:
    assert said in notice(opened(**({"area": "919"} | {key: value})))


@pytest.mark.parametrize("key", ["yr", "since"])
def test_a_year_that_is_none_is_explained(opened: Opened, key: str) -> None:
    at = opened(**{"area": "919", "view": "change", "ind": KS2, key: "soon"})
    assert "“soon”" in notice(at)
    assert charts(at) == 1


def test_toggles_are_written_to_the_link(opened: Opened) -> None:
    at = opened(area="919")
    next(g for g in at.get("button_group") if g.label == "Shapes").set_value("tested").run()
    assert at.query_params["mark"] == "tested"
    assert "better than England" in html(at)
    next(g for g in at.get("button_group") if g.label == "View").set_value("sparklines").run()
    assert at.query_params["view"] == "sparklines"


def test_a_view_of_this_page_does_not_follow_to_another(opened: Opened) -> None:
    at = opened(area="919", ind=KS2, view="sparklines")
    at.query_params.clear()
    at.switch_page(begin.OUTCOME).run()
    assert not at.exception and not at.info
    assert charts(at) == 2


def test_nothing_is_said_of_chance_by_a_quarter(opened: Opened) -> None:
    assert "says nothing about chance" in text(opened(area="919"))
    assert "nothing about chance" not in captions(opened(area="919"))
