"""Plans and placements says its words in every state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin
from sendgap.views.plans import VIEWS, plans
from sendgap.views.plans_model import Plans
from sendgap.views.request import Request
from tests.pages.visits import captions, charts, heading, notice, text, visit

Opened = Callable[..., AppTest]
CHARTS = {"prevalence": 5, "needs": 1, "placement": 2, "requests": 4, "timeliness": 3}


@pytest.fixture
def opened() -> Opened:
    return lambda **query: visit(begin.PLANS, **query)


def view(release: Release, area: str, name: str, *asked: str) -> Plans:
    code = release.areas.find(area).area_code
    found = plans(release, Request(code, "", SenGroup.EHC_PLAN), name, *asked)
    assert isinstance(found, Plans)
    return found


def test_without_an_area_it_asks_for_one(opened: Opened) -> None:
    at = opened()
    assert heading(at) == "Choose a local authority to begin."
    assert charts(at) == 0


@pytest.mark.parametrize("name", VIEWS)
def test_each_view_draws_its_figures_and_says_its_words(
    opened: Opened, release: Release, name: str
) -> None:
    at = opened(area="886", view=name)
    found = view(release, "886", name)
    assert heading(at) == found.words.finding
    assert charts(at) == CHARTS[name] == sum(p.figure is not None for p in found.panels)
    said = text(at)
    for line in (*found.words.sentences, *found.words.caveats):
        assert line in said
    assert len(at.table) == sum(p.table is not None for p in found.panels)
    for note in (n for p in found.panels for n in p.notes):
        assert note in captions(at).replace("\\", "")


def test_the_first_view_opens_without_being_asked_for(opened: Opened) -> None:
    at = opened(area="886")
    assert "had an EHC plan" in heading(at)
    assert "view" not in at.query_params


def test_new_plans_and_numbers_are_kept_in_the_link(opened: Opened) -> None:
    at = opened(area="886", view="placement", plans="new", shown="count")
    assert "with a new EHC plan" in heading(at)
    assert not at.info
    kinds = next(g for g in at.get("button_group") if g.label == "Plans")
    kinds.set_value("all").run()
    assert "with an EHC plan" in heading(at)
    assert at.query_params["shown"] == "count"
    assert "plans" not in at.query_params


def test_every_number_of_a_class_is_in_the_table(opened: Opened) -> None:
    at = opened(area="886", view="placement", shown="count")
    years = at.table[0].value if "January 2019" in at.table[0].value.columns else at.table[1].value
    assert years.loc["All plans", "January 2025"] == "20,635"
    assert years.loc["State-funded special school", "January 2025"] == "6,427"


def test_an_authority_that_gave_no_placements_says_so(opened: Opened) -> None:
    at = opened(area="873", view="placement")
    assert "no figures for Cambridgeshire in January 2025 (the publisher gives none)" in heading(at)
    assert charts(at) == 1
    assert "x: not available" in text(at)


def test_what_is_not_published_says_where_else_to_look(opened: Opened) -> None:
    at = opened(area="936", view="needs", plans="new")
    assert "is not published" in heading(at)
    assert charts(at) == 0
    assert [g.label for g in at.get("button_group") if g.label == "Plans"] == ["Plans"]


def test_an_area_that_is_no_more_leads_to_its_successors(opened: Opened) -> None:
    at = opened(area="909", view="needs")
    labels = [link.proto.label for link in at.get("page_link")]
    assert "See Cumberland" in labels and "See Westmorland and Furness" in labels


def test_a_tiny_area_is_not_judged(opened: Opened) -> None:
    at = opened(area="420", view="timeliness")
    assert "too few for a percentage" in heading(at)
    assert "1st being" not in text(at)


def test_the_funnel_of_the_newest_year_is_one_link_away(opened: Opened) -> None:
    at = opened(area="886", view="timeliness")
    link = next(li for li in at.get("page_link") if "more than chance" in li.proto.label)
    assert "view=small-numbers" in link.proto.query_string
    assert "area=886" in link.proto.query_string


def test_the_basis_of_appeals_is_printed(opened: Opened) -> None:
    at = opened(area="919", view="timeliness")
    assert "4.4% of all appealable decisions (613 of 13,889)" in captions(at).replace("\\", "")


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("plans", "old", "Kind of plans “old” is not known"),
        ("shown", "pie", "Kind of figure “pie” is not known"),
        ("view", "sideways", "View “sideways” is not known"),
        ("cmp", "planet", "Comparison “planet” is not known"),
    ],
)
def test_an_unknown_value_falls_back_and_says_so(
    opened: Opened, key: str, value: str, said: str
) -> None:
    at = opened(**{"area": "886", key: value})
    assert said in notice(at)
    assert charts(at) == 5


def test_what_is_compared_follows_the_link(opened: Opened) -> None:
    at = opened(area="886", view="needs", cmp="england")
    assert "Neighbours" not in " ".join(at.table[0].value.columns)
    assert "compared with England" in text(at)


def test_a_view_of_this_page_does_not_follow_to_another(opened: Opened) -> None:
    at = opened(area="886", view="needs")
    at.query_params.clear()
    at.switch_page(begin.OUTCOME).run()
    assert not at.exception and not at.info
    assert charts(at) == 2


def test_the_page_is_on_the_way_from_the_others() -> None:
    labels = [link.proto.label for link in visit(area="886").get("page_link")]
    assert "Plans and placements: how many, where and how fast in Kent" in labels
