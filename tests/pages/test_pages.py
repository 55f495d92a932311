"""Each page says a stated thing in each state, and never shows a traceback."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.ui import begin
from sendgap.ui.selection import Selection, request
from sendgap.views.gap_over_time import gap_over_time
from sendgap.views.held import held_view
from sendgap.views.model import GapOverTime, SideBySide
from sendgap.views.side_by_side import side_by_side
from tests.pages.visits import charts, heading, html, notice, text, visit

KS2 = "ks2_rwm_expected"
Opened = Callable[..., AppTest]


@pytest.fixture
def opened(release: Release) -> Opened:
    """Opens a page with URL keys, once there is a release."""
    return visit


def view(release: Release, **chosen: str) -> GapOverTime:
    selection = Selection(area="919", ind=KS2, grp=SenGroup.EHC_PLAN)
    found = gap_over_time(release, request(selection, release))
    assert isinstance(found, GapOverTime)
    return found


def test_start_asks_for_an_area(opened: Opened) -> None:
    at = opened()
    assert "Choose a local authority to begin." in text(at)
    assert len(at.get("page_link")) == 4
    assert at.selectbox[0].value is None


def test_the_outcome_page_asks_for_an_area(opened: Opened) -> None:
    at = opened(begin.OUTCOME)
    assert heading(at) == "Choose a local authority to begin."
    assert charts(at) == 0


def test_a_deep_link_states_the_finding(opened: Opened, release: Release) -> None:
    at = opened(begin.OUTCOME, area="919", ind=KS2, grp="ehc_plan")
    expected = view(release)
    assert heading(at) == expected.words.finding
    assert "65 percentage points" in heading(at)
    assert charts(at) == 2
    assert not at.info


def test_the_table_is_the_views(opened: Opened, release: Release) -> None:
    at = opened(begin.OUTCOME, area="919", ind=KS2, grp="ehc_plan")
    shown = at.table[0].value
    expected = view(release).chart.table
    assert [name.replace("\\", "") for name in shown.columns] == list(expected.columns[1:])
    rows = [
        tuple(str(cell).replace("\\", "") for cell in (year, *cells))
        for year, cells in zip(shown.index, shown.itertuples(index=False), strict=True)
    ]
    assert rows == list(expected.rows)


def test_source_and_caveats_are_on_the_page_unfolded(opened: Opened, release: Release) -> None:
    at = opened(begin.OUTCOME, area="919", ind=KS2)
    assert "Open Government Licence v3.0" in text(at)
    for caveat in view(release).words.caveats:
        assert caveat in text(at)
    folded = "".join(m.value for e in at.expander for m in e.markdown)
    assert "Open Government Licence" not in folded


@pytest.mark.parametrize("area", ["919", "Hertfordshire", "E10000015", "hertfordshire"])
def test_an_area_is_found_by_code_and_name(opened: Opened, area: str) -> None:
    assert "Hertfordshire" in heading(opened(begin.OUTCOME, area=area, ind=KS2))


def test_areas_side_by_side(opened: Opened, release: Release) -> None:
    at = opened(begin.OUTCOME, area="919", ind=KS2, view="side-by-side", yr="202324")
    selection = Selection("919", KS2, SenGroup.EHC_PLAN, yr="202324")
    expected = side_by_side(release, request(selection, release))
    assert isinstance(expected, SideBySide)
    assert heading(at) == expected.words.finding
    assert charts(at) == 1
    assert len(at.table[0].value) == len(expected.rows)


@pytest.mark.parametrize(
    ("key", "value", "said"),
    [
        ("ind", "no_such", "Outcome “no_such” is not known"),
        ("grp", "everyone", "Group “everyone” is not held"),
        ("yr", "1999", "Year “1999” has no figure here"),
        ("cmp", "moon", "Comparison “moon” is not known"),
        ("view", "sideways", "View “sideways” is not known"),
        ("snv", "1999-01", "Neighbour list “1999-01” is not known"),
        ("bd", "phase:moon", "Breakdown “phase:moon” is not held"),
        ("term", "michaelmas", "Term “michaelmas” is not held"),
    ],
)
def test_an_unknown_value_falls_back_and_says_so(
    opened: Opened, key: str, value: str, said: str
) -> None:
    at = opened(begin.OUTCOME, **{"area": "919", "ind": KS2, key: value})
    assert said in notice(at)
    assert "Hertfordshire" in heading(at)
    assert charts(at) > 0


def test_an_unknown_area_says_so_and_asks(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="Hartfordshire", ind=KS2)
    assert "Area “Hartfordshire” is not known. Did you mean Hertfordshire" in notice(at)
    assert heading(at) == "Choose a local authority to begin."


def test_a_region_is_not_an_area(opened: Opened) -> None:
    assert "England is not a local authority" in notice(opened(begin.OUTCOME, area="England"))


def test_an_area_with_nearly_nothing_says_what_is_missing(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="City of London", ind=KS2)
    assert "no figure for the City of London" in heading(at)
    assert "x: not available" in text(at)


def test_an_area_without_any_figure_offers_what_there_is(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="420", ind=KS2, grp="ehc_plan")
    assert "Isles of Scilly" in heading(at)


def test_a_reversed_gap_says_who_does_better(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="882", ind="neet_or_not_known", grp="ehc_plan", yr="2023")
    assert "do better, by 0.7 percentage points" in heading(at)


def test_an_outcome_without_a_gap_has_one_chart(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="919", ind="ehcp_20_weeks")
    assert charts(at) == 1
    assert not any(c.label == "Pupils" for c in at.get("button_group"))


def test_missing_groups_are_said_and_not_offered(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="919", ind="ks4_attainment8")
    assert "All SEN is not published for this outcome." in [c.value for c in at.caption]


def test_choosing_another_outcome_writes_the_link(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="Hertfordshire", ind=KS2)
    at.selectbox(key="pick_ind").set_value("overall_absence").run()
    assert "Overall absence in Hertfordshire" in heading(at)
    assert at.query_params["ind"] == "overall_absence"
    assert at.query_params["area"] == "919"


def test_a_group_the_new_outcome_lacks_gives_way(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="919", ind=KS2, grp="any_sen")
    at.selectbox(key="pick_ind").set_value("ks4_attainment8").run()
    assert at.query_params["grp"] == "ehc_plan"
    assert not at.exception


def test_the_selection_survives_the_menu(opened: Opened) -> None:
    at = opened(begin.OUTCOME, area="919", ind=KS2, grp="sen_support")
    at.query_params.clear()
    at.switch_page(begin.DATA).run()
    at.switch_page(begin.OUTCOME).run()
    assert not at.exception
    assert "on SEN support" in heading(at)
    assert at.query_params["grp"] == "sen_support"


def test_data_says_what_is_held(opened: Opened, release: Release) -> None:
    at = opened(begin.DATA)
    held = [i for i in release.catalogue.indicators.values() if i.series]
    assert f"{len(held)} outcomes are held" in heading(at)
    assert "4 need a local return" in heading(at)
    rows = held_view(release).matrix.rows
    missing = [row for row in rows if "needs a local return" in row[-1]]
    assert len(missing) == 4
    assert not [cell for row in rows for cell in row if ".0 authorities" in cell]
    assert "Open Government Licence v3.0" in text(at)
    assert any("Key stage 2 attainment" in str(t.value.index) for t in at.table)


def test_words_define_every_outcome(opened: Opened, release: Release) -> None:
    at = opened(begin.DATA, view="words")
    for indicator in release.catalogue.indicators.values():
        assert indicator.label in html(at)
        assert " ".join(indicator.definition.split()) in " ".join(html(at).split())
    for term in release.catalogue.glossary.values():
        assert term.means in html(at)
    assert "A positive gap is always disadvantage" in text(at)


PAGES = [begin.START, begin.OUTCOME, begin.COMPARE, begin.GRID, begin.JOURNEY, begin.DATA]


@pytest.mark.parametrize("page", PAGES)
def test_without_a_release_each_page_says_how_to_build_one(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    at = visit(page, area="919")
    assert heading(at) == "There are no figures to show"
    assert "python -m sendgap build" in text(at)


@pytest.mark.parametrize("page", PAGES)
def test_a_release_that_cannot_be_opened_is_told_plainly(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    (tmp_path / "releases").mkdir()
    (tmp_path / "releases" / "CURRENT").write_text("sendgap-x.duckdb\n", encoding="utf-8")
    (tmp_path / "releases" / "sendgap-x.duckdb").write_bytes(b"not a database")
    at = visit(page)
    assert heading(at) == "There are no figures to show"
    assert "sendgap-x.duckdb" in text(at)
