"""Early years to 19 says its words in every state."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin
from sendgap.views.journey import journey
from sendgap.views.journey_model import Journey
from sendgap.views.journey_words import NOTE
from sendgap.views.request import Request
from tests.pages.visits import charts, heading, html, links, notice, text, visit

Opened = Callable[..., AppTest]


@pytest.fixture
def opened(release: Release) -> Opened:
    return lambda **query: visit(begin.JOURNEY, **query)


def view(release: Release, area: str, group: str = "ehc_plan") -> Journey:
    request = Request(release.areas.find(area).area_code, "", SenGroup(group))
    found = journey(release, request, date.today())
    assert isinstance(found, Journey)
    return found


def test_without_an_area_it_asks_for_one(opened: Opened) -> None:
    at = opened()
    assert heading(at) == "Choose a local authority to begin."
    assert charts(at) == 0


@pytest.mark.parametrize("group", ["ehc_plan", "sen_support"])
def test_the_finding_and_every_cell_are_the_views(
    opened: Opened, release: Release, group: str
) -> None:
    at, found = opened(area="919", grp=group), view(release, "919", group)
    assert heading(at) == found.words.finding
    assert charts(at) == 2  # one for wide screens, one for phones
    said = " ".join(html(at).split())
    for row in found.chart.table.rows:
        assert " ".join(" ".join(row).split()) in said
    for sentence in (*found.words.sentences, *found.words.caveats):
        assert sentence in text(at)
    assert not notice(at)


def test_the_note_stands_above_the_chart(opened: Opened) -> None:
    said = [m.value.replace("\\", "") for m in opened(area="919").markdown]
    assert f"**{NOTE}**" in said


def test_each_stage_opens_its_outcome(opened: Opened) -> None:
    rows = [h for h in links(opened(area="919", grp="sen_support")) if h.startswith("gap?")]
    assert sum("ind=ks2_mtc_full_marks" in h and "grp=sen_support" in h for h in rows) >= 2


def test_an_empty_stage_has_its_reason(opened: Opened) -> None:
    at = opened(area="942")
    assert "Formed on 1 April 2023" in text(at)
    assert "Level 2 by 19: empty, the publisher gives none. No line crosses it." in text(at)


@pytest.mark.parametrize("area", ["201", "420", "909"])
def test_without_a_place_there_is_no_chart(opened: Opened, area: str) -> None:
    at = opened(area=area)
    assert "No stage has a place among authorities" in heading(at)
    assert charts(at) == 0
    offers = [link.proto.label for link in at.get("page_link")]
    assert ("See Cumberland" in offers) == (area == "909")


def test_a_group_without_a_line_is_explained(opened: Opened) -> None:
    at = opened(area="919", grp="any_sen")
    assert "“any_sen” is not held" in notice(at)
    assert "with an EHC plan" in heading(at)


def test_another_group_is_written_to_the_link(opened: Opened) -> None:
    at = opened(area="919")
    group = next(g for g in at.get("button_group") if g.label == "Pupils")
    group.set_value("sen_support").run()
    assert "on SEN support" in heading(at)
    assert at.query_params["grp"] == "sen_support"


def test_other_pages_lead_here_and_this_one_on(opened: Opened) -> None:
    labels = [link.proto.label for link in visit(begin.START, area="919").get("page_link")]
    assert "Early years to 19: Hertfordshire at each stage" in labels
    labels = [link.proto.label for link in opened(area="919").get("page_link")]
    assert "All outcomes grid: Hertfordshire and its neighbours" in labels
    assert "Early years to 19: Hertfordshire at each stage" not in labels
