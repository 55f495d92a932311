"""Our area says its words in every state."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin, shell
from sendgap.views.area_model import OurArea
from sendgap.views.our_area import our_area
from sendgap.views.request import Request
from tests.pages.visits import captions, charts, heading, html, links, notice, text, visit

Opened = Callable[..., AppTest]


@pytest.fixture
def opened(release: Release) -> Opened:
    return visit


def view(release: Release, area: str, group: str = "ehc_plan") -> OurArea:
    found = our_area(release, Request(release.areas.find(area).area_code, "", SenGroup(group)))
    assert isinstance(found, OurArea)
    return found


def test_without_an_area_it_asks_for_one(opened: Opened) -> None:
    at = opened()
    assert "Choose a local authority to begin." in text(at)
    assert not html(at).count("statistical neighbours:")


def test_the_finding_and_every_cell_are_the_views(opened: Opened, release: Release) -> None:
    at, found = opened(area="Hertfordshire"), view(release, "919")
    assert heading(at) == found.words.finding
    said = " ".join(html(at).split())
    for row in found.chart.table.rows:
        assert all(" ".join(cell.split()) in said for cell in row)
    for sentence in (*found.words.sentences, *found.words.caveats):
        assert sentence in text(at)


def test_tiles_and_lists_link_to_one_outcome_with_the_keys_kept(
    opened: Opened, release: Release
) -> None:
    at, found = opened(area="882", grp="sen_support", snv="2021-04"), view(release, "882")
    queries = [
        link.proto.query_string for link in at.get("page_link") if "ind=" in link.proto.query_string
    ]
    assert len(queries) >= len(found.outcomes)
    assert all("area=882" in q and "grp=sen_support" in q for q in queries)
    rows = [href for href in links(at) if href.startswith("gap?")]
    # Each outcome once, the ten of this group again in the table and in the profile's list.
    assert len(rows) == len(release.catalogue.indicators) + 2 * 10
    assert all("snv=2021-04" in href for href in rows)


def test_look_into_says_the_rule_and_what_it_rests_on(opened: Opened) -> None:
    at = opened(area="816")
    assert "No outcome meets the rule." in text(at)
    assert "worse than statistical neighbours', first those that have not improved" in captions(at)
    assert "The label under each says how that was tested." in captions(at)
    assert "3 years running, not tested for chance" in html(at)
    assert "tested for chance" in html(at).replace("not tested for chance", "")


def test_every_figure_has_its_year_and_source(opened: Opened, release: Release) -> None:
    at = opened(area="919")
    for outcome in view(release, "919").outcomes:
        assert f"{outcome.name} {outcome.period_label}" in text(at)
    assert "Open Government Licence v3.0" in text(at)


def test_a_hidden_figure_keeps_its_tile_and_reason(opened: Opened) -> None:
    at = opened(area="City of London")
    assert "so few that many figures are hidden" in heading(at)
    assert "No figure: the publisher gives none." in html(at)
    assert "x: not available; the publisher gives no figure." in text(at)
    assert "Look into" not in [h.value for h in at.header]


def test_a_partly_missing_average_says_who_is_missing(opened: Opened) -> None:
    at = opened(area="942", grp="sen_support")
    assert "(9 of 10)" in html(at)
    assert "Westmorland and Furness has no figure" in text(at)


def test_a_new_area_says_when_it_began(opened: Opened) -> None:
    at = opened(area="Cumberland")
    assert "Formed on 1 April 2023" in text(at)
    assert "not tested against statistical neighbours" in html(at).lower()


def test_an_area_that_has_closed_offers_its_successors(opened: Opened) -> None:
    at = opened(area="Cumbria")
    offered = [link.proto.label for link in at.get("page_link")]
    assert "See Cumberland" in offered and "See Westmorland & Furness" in [
        label.replace(" and ", " & ") for label in offered
    ]
    assert "No figure for Cumbria in the newest year" in text(at)
    assert heading(at).startswith("Cumbria has closed. Split into Cumberland and Westmorland")
    assert "Doing better than" not in text(at) and "1st of" not in html(at)


def test_provisional_figures_are_marked(opened: Opened) -> None:
    at = opened(area="Kent")
    assert "provisional" in html(at)
    assert "Provisional (p) and may change: Phonics in year 1" in text(at)


def test_stale_figures_are_left_out_with_a_line(opened: Opened) -> None:
    at = opened(area="919")
    assert "NEET or not known: the newest figures are of 2023 and two newer editions" in text(at)
    labels = [link.proto.label for link in at.get("page_link")]
    assert "NEET or not known" not in labels


def test_a_break_is_said(opened: Opened) -> None:
    at = opened(area="919")
    assert "Good level of development: figures before 2021/22 are on another basis" in text(at)


def test_where_england_has_no_figure_it_says_so(opened: Opened) -> None:
    assert "No published England figure; median" in html(opened(area="919"))


def test_a_group_without_current_figures_says_so(opened: Opened) -> None:
    at = opened(area="919", grp="any_sen")
    assert "No headline outcome has a current figure for All SEN" in heading(at)
    assert "are too old to be set beside this year's: Good level of development (20" in text(at)
    links = {link.proto.label: link.proto for link in at.get("page_link")}
    assert "See EHC plan" in links
    old = next(links[label] for label in links if label.startswith("Phonics in year 1: figures of"))
    assert old.page == "gap" and "grp=any_sen" in old.query_string


def test_a_group_that_one_outcome_lacks_is_kept_here(opened: Opened) -> None:
    at = opened(area="919", grp="sen_support", ind="ehcp_20_weeks")
    assert "on SEN support" in heading(at)
    assert not at.info


def test_a_bad_link_is_explained(opened: Opened) -> None:
    at = opened(area="Hartfordshire", snv="1999-01")
    assert "Did you mean Hertfordshire" in notice(at)
    assert "Neighbour list “1999-01” is not known" in notice(at)


def test_another_group_is_written_to_the_link(opened: Opened) -> None:
    at = opened(area="919")
    group = next(g for g in at.get("button_group") if g.label == "Pupils")
    group.set_value("sen_support").run()
    assert "on SEN support" in heading(at)
    assert at.query_params["grp"] == "sen_support"


def test_a_followed_link_to_another_area_offers_the_way_back(opened: Opened) -> None:
    at = opened(area="919")
    at.query_params["area"] = "882"
    at.run()
    assert "Southend-on-Sea" in heading(at)
    back = next(li for li in at.get("page_link") if li.proto.label == "Back to Hertfordshire")
    assert "area=919" in back.proto.query_string
    at.query_params["area"] = "919"
    at.run()
    assert not any(li.proto.label.startswith("Back to") for li in at.get("page_link"))


def test_next_links_carry_the_names_of_the_menu(opened: Opened) -> None:
    titles = {script: title for pages in shell.MENU.values() for script, title, _ in pages}
    at = opened(area="919")
    labels = [li.proto.label for li in at.main.get("page_link")]
    others = [title for title in titles.values() if title != titles[begin.START]]
    assert all(any(label.startswith(f"{title}: ") for label in labels) for title in others)


def test_the_start_page_lists_the_headline_and_folds_the_rest(release: Release) -> None:
    at = visit(begin.START)
    held = release.catalogue.indicators
    assert sum(len(e.markdown[0].value.splitlines()) for e in at.expander) == len(held)
    (needing,) = [e for e in at.expander if e.label.endswith(": need a local file")]
    unpublished = {i.phrases.short for i in held.values() if not i.series}
    assert {line[2:] for line in needing.markdown[0].value.splitlines()} == unpublished
    first = [held[i].phrases.short for i in release.catalogue.headline]
    assert "\n".join(f"- {name}" for name in first) in text(at)


def test_the_menu_opens_with_our_area(opened: Opened) -> None:
    at = opened(begin.COMPARE, area="919")
    at.switch_page(begin.START).run()
    assert "Pupils with an EHC plan in Hertfordshire" in heading(at)


def test_the_profile_is_drawn_and_told_as_a_list_for_phones(release: Release) -> None:
    at = visit(area="882", grp="sen_support")
    assert charts(at) == 1
    found = our_area(release, Request("E06000033", "", SenGroup.SEN_SUPPORT))
    assert isinstance(found, OurArea)
    said = " ".join(html(at).split())
    for row in found.spine.rows:
        if row.outcome.has_level:
            assert f"{row.outcome.level} in {row.outcome.period_label} ·" in said
            assert row.said in said
    assert "Rows have different units and are not compared with each other." in captions(at)
    assert any(found.chart.description[:60] in m for m in text(at).splitlines())
