"""The map and the spread on Compare areas say their words in every state."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin, england
from sendgap.views.area_map import APPROXIMATE, AreaMap, area_map
from sendgap.views.request import Request
from sendgap.views.spread import Spread, spread
from tests.pages.visits import captions, charts, heading, html, links, notice, text, visit

KS2 = "ks2_rwm_expected"


def the_map(release: Release, by: str = "level") -> AreaMap:
    found = area_map(release, Request("E06000033", KS2, SenGroup.SEN_SUPPORT), by=by)
    assert isinstance(found, AreaMap)
    return found


def test_the_map_states_finding_key_words_and_table(release: Release) -> None:
    at = visit(begin.COMPARE, area="882", ind=KS2, grp="sen_support", view="map")
    view = the_map(release)
    assert heading(at) == view.words.finding
    assert charts(at) == 1
    said = html(at)
    for line in view.key:
        assert line.said in said
    assert APPROXIMATE in captions(at)
    assert "Southend-on-Sea is in the worst quarter of authorities by level: 20%." in text(at)
    assert view.chart.table.caption in text(at)
    assert "▼▼ worst quarter" in said
    names = [href for href in links(at) if href.startswith("compare?")]
    assert "area=882" in names[0]
    assert all("view=map" in href for href in names)


def test_the_map_by_gap_keeps_the_level_in_the_row(release: Release) -> None:
    at = visit(begin.COMPARE, area="882", ind=KS2, grp="sen_support", view="map", by="gap")
    said = " ".join(html(at).split())
    assert "Southend-on-Sea East of England 20% 53 pp ▇ widest quarter" in said
    assert "best quarter" not in said


def test_controls_ask_for_figures_and_not_for_a_list_of_areas() -> None:
    at = visit(begin.COMPARE, area="882", ind=KS2, view="map")
    labels = [group.label for group in at.get("button_group")] or [
        s.label for s in at.segmented_control
    ]
    assert "Figures" in labels and "Areas" not in labels


def test_the_spread_states_where_half_of_the_authorities_lie(release: Release) -> None:
    at = visit(begin.COMPARE, area="882", ind=KS2, grp="sen_support", view="spread")
    found = spread(release, Request("E06000033", KS2, SenGroup.SEN_SUPPORT), by="level")
    assert isinstance(found, Spread)
    assert heading(at) == found.words.finding
    assert charts(at) == 1
    assert found.words.sentences[0] in text(at)
    tables = [t.value.to_csv() for t in at.table]
    assert any("Middle (median)" in t and "29%" in t for t in tables)
    names = [href for href in links(at) if href.startswith("compare?")]
    assert "area=882" in names[0]


@pytest.mark.parametrize("view", ["map", "spread"])
def test_an_outcome_without_a_gap_says_that_levels_are_shown(view: str) -> None:
    at = visit(begin.COMPARE, area="919", ind="ehcp_20_weeks", view=view, by="gap")
    assert england.ONLY_LEVEL in text(at)


@pytest.mark.parametrize("view", ["map", "spread"])
@pytest.mark.parametrize("area", ["201", "420"])
def test_an_area_whose_figure_is_hidden_still_has_its_page(view: str, area: str) -> None:
    at = visit(begin.COMPARE, area=area, ind=KS2, view=view)
    assert "no figure for" in heading(at)
    assert charts(at) == 1


@pytest.mark.parametrize("view", ["map", "spread"])
def test_words_instead_of_numbers_have_no_chart(view: str) -> None:
    at = visit(begin.COMPARE, area="919", ind="area_send_inspection", view=view)
    assert charts(at) == 0


def test_a_view_that_is_not_known_gives_a_notice() -> None:
    at = visit(begin.COMPARE, area="919", ind=KS2, view="globe")
    assert "View “globe” is not known" in notice(at)


def test_a_chosen_hexagon_offers_only_to_open_its_area(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    offered: list[tuple[str, dict[str, str]]] = []
    monkeypatch.setattr(
        england.st,
        "page_link",
        lambda page, *, label, query_params: offered.append((label, query_params)),
    )
    monkeypatch.setattr(england, "to_query", lambda chosen, **changed: changed)
    view = the_map(release)
    for code in ("330", "882", "000", ""):
        england._open(view, code, None)  # type: ignore[arg-type]
    assert offered == [("Open Birmingham", {"area": "330"})]


@pytest.mark.parametrize(
    ("points", "code"),
    [([], ""), ([{"customdata": "330"}], "330"), ([{"customdata": ["330"]}], "330"), ([{}], "")],
)
def test_what_is_chosen_is_read_from_the_event(points: list[dict[str, object]], code: str) -> None:
    event = SimpleNamespace(selection=SimpleNamespace(points=points))
    assert england._picked(event) == code
    assert england._picked(None) == ""
