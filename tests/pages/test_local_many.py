"""The pages of many outcomes with a school, cluster or DSPL area chosen."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store.local import LocalRelease
from sendgap.ui import begin
from tests.pages.visits import charts, heading, html, links, notice, text, visit

DSPL, CLUSTER = "practice:dspl:D1", "practice:cluster:C01"
PAGES = (begin.COMPARE, begin.GRID, begin.JOURNEY, begin.PLANS, begin.FRAMEWORK)
PRACTICE = "Made-up data for practice. Not real schools."


def school(local: LocalRelease) -> str:
    return f"practice:school:{local.units('school')['unit_id'].iloc[0]}"


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("area", [DSPL, CLUSTER, "school"])
def test_every_page_draws_a_local_area_and_says_that_it_is_invented(
    practice: LocalRelease, page: str, area: str
) -> None:
    asked = school(practice) if area == "school" else area
    at = visit(page, area=asked)
    assert not at.error and PRACTICE in html(at)
    assert "for whole authorities only" not in heading(at)
    assert at.query_params["area"] == asked and "Practice" in heading(at)


@pytest.mark.parametrize("page", PAGES)
def test_pages_with_figures_say_how_children_are_protected(
    practice: LocalRelease, page: str
) -> None:
    at = visit(page, area=DSPL)
    assert "How children are protected here" in text(at)
    assert "Invented figures" in text(at)
    assert charts(at) or page == begin.FRAMEWORK


def values(chart: Any) -> set[float]:
    found: set[float] = set()
    for trace in json.loads(chart.proto.spec)["data"]:
        if trace.get("meta") != "hidden" and trace["type"] != "heatmap":
            found |= {round(v, 6) for v in trace["y"] if isinstance(v, float)}
    return found


@pytest.mark.parametrize("group", ["sen_support", "any_sen", "ehc_plan"])
def test_siblings_draw_shown_figures_alone_and_the_chosen_one_first(
    practice: LocalRelease, group: str
) -> None:
    at = visit(begin.COMPARE, area=CLUSTER, ind="persistent_absence", grp=group)
    cells = practice.cells("persistent_absence", kinds=["cluster", "authority"])
    served = {round(v, 6) for v in cells[["value", "lower", "upper"]].to_numpy().ravel() if v == v}
    for chart in at.get("plotly_chart"):
        assert values(chart) <= served
    rows = re.findall(r"Practice cluster \d+", html(at))
    assert rows[0] == "Practice cluster 01" and rows[1:4] == sorted(rows[1:4])
    assert any("area=practice:cluster:C02" in href for href in links(at))


def test_siblings_of_a_school_can_be_those_of_its_cluster(practice: LocalRelease) -> None:
    members = practice.members()
    mine = members[members["unit_kind"] == "cluster"].iloc[0]
    at = visit(
        begin.COMPARE, area=f"practice:school:{mine['urn']}", ind="overall_absence",
        within=f"cluster:{mine['unit_id']}", grp="any_sen",
    )  # fmt: skip
    inside = set(members[members["unit_id"] == mine["unit_id"]]["urn"])
    urns = {
        href.partition("school:")[2].partition("&")[0] for href in links(at) if "school:" in href
    }
    assert urns and urns <= inside
    elsewhere = visit(begin.COMPARE, area=DSPL, within="cluster:C01")
    assert "within" not in elsewhere.query_params


def test_an_outcome_that_is_not_counted_gives_a_notice_on_compare(practice: LocalRelease) -> None:
    at = visit(begin.COMPARE, area=DSPL, ind="ehcp_20_weeks")
    assert "is not counted here" in notice(at) and "persistent" not in notice(at).lower()
    assert at.query_params["ind"] != "ehcp_20_weeks"


def test_the_grid_has_two_views_and_links_each_outcome_to_its_page(practice: LocalRelease) -> None:
    at = visit(begin.GRID, area=DSPL)
    assert "of" in heading(at) and "figures can be shown" in heading(at)
    assert any(href.startswith("gap?") and "area=practice:dspl:D1" in href for href in links(at))
    assert not [box for box in at.sidebar.segmented_control if box.label == "Pupils"]
    change = visit(begin.GRID, area=DSPL, view="change", grp="any_sen")
    assert "changes that could be tested" in heading(change)
    assert change.query_params["view"] == "change" and "<img" in _bodies(change)
    lines = visit(begin.GRID, area=DSPL, view="sparklines")
    assert lines.query_params["view"] == "change"


def _bodies(at: AppTest) -> str:
    return " ".join(element.proto.body for element in at.get("html"))


def test_what_no_return_holds_leads_to_the_authority_only_where_there_is_one(
    practice: LocalRelease,
) -> None:
    for view in ("requests", "timeliness"):
        at = visit(begin.PLANS, area=DSPL, view=view)
        assert heading(at).startswith("There are no local figures of this")
        assert "no local return holds them" in text(at)
        labels = [link.proto.label for link in at.get("page_link")]
        assert "The whole authority's published figures" not in labels


def test_the_framework_rates_what_is_counted_and_says_what_is_not(practice: LocalRelease) -> None:
    at = visit(begin.FRAMEWORK, area=DSPL)
    said = html(at)
    assert "Whole authority:" in said and "Statistical neighbours:" not in said
    assert "Not in the local returns" in said and "A local return can tell this" in said
    assert "Local areas are not ranked" in text(at)
