"""What moved the gap and small numbers say their words in every state."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from sendgap.config import paths
from sendgap.store import Release
from sendgap.targets import NEEDED
from sendgap.ui import begin
from tests.pages.visits import charts, heading, html, links, notice, text, visit

KS2 = "ks2_rwm_expected"
Opened = Callable[..., AppTest]


@pytest.fixture
def gap(release: Release) -> Opened:
    return lambda **query: visit(begin.OUTCOME, view="what-moved", **query)


@pytest.fixture
def small(release: Release) -> Opened:
    return lambda **query: visit(begin.COMPARE, view="small-numbers", **query)


def test_what_moved_states_the_change_and_the_guard(gap: Opened) -> None:
    at = gap(area="919", ind=KS2, grp="ehc_plan")
    assert "since 2018/19 the gap has narrowed by 3 percentage points" in heading(at)
    assert charts(at) == 1
    assert "Did the group itself change?" in [h.value for h in at.header]
    assert "EHC plans rose from 2.2% to 4.3% of pupils (basis: all pupils" in text(at)
    assert at.table[0].value.index[0] == "EHC plan"


def test_the_years_of_a_change_are_chosen_and_kept_in_the_link(gap: Opened) -> None:
    at = gap(area="919", ind=KS2, grp="ehc_plan")
    names = {s.label: s for s in at.selectbox}
    assert "Usual start (2018/19)" in names["From"].options
    assert "2016/17" not in names["From"].options
    at.selectbox(key="pick_since").set_value("201718").run()
    assert at.query_params["since"] == "201718"
    assert "since 2017/18" in heading(at)
    at.selectbox(key="pick_yr").set_value("202223").run()
    assert at.query_params["yr"] == "202223"
    assert not at.exception


def test_a_change_too_small_to_split_has_no_chart(gap: Opened) -> None:
    at = gap(area="886", ind="phonics_year1", grp="any_sen")
    assert charts(at) == 0
    assert "too small to split: rounding alone can make 2 pp" in text(at)
    assert "a change of this size could be chance" in text(at)


def test_a_break_is_refused_with_a_way_on(gap: Opened) -> None:
    at = gap(area="886", ind="ks4_attainment8", grp="ehc_plan", since="201516")
    assert heading(at).startswith("2015/16 and 2024/25 are not compared: ")
    link = at.get("page_link")[0].proto
    assert link.label == "See 2018/19 to 2024/25" and "since=201819" in link.query_string
    assert charts(at) == 0


def test_a_start_that_is_no_year_falls_back_and_says_so(gap: Opened) -> None:
    at = gap(area="919", ind=KS2, grp="ehc_plan", since="1999")
    assert "Start “1999” is not known here: the usual one is taken." in notice(at)
    assert "since 2018/19" in heading(at)


@pytest.mark.parametrize(("indicator", "said"), [
    ("ehcp_20_weeks", "has a level and no gap"),
    ("area_send_inspection", "These are words and not figures"),
    ("dspl_same_area", "nobody publishes figures"),
])  # fmt: skip
def test_outcomes_without_a_gap_say_so(gap: Opened, indicator: str, said: str) -> None:
    at = gap(area="886", ind=indicator)
    assert charts(at) == 0
    assert said.lower() in (heading(at) + text(at)).lower()


def test_small_numbers_name_no_cause_and_count_flags(small: Opened) -> None:
    at = small(area="882", ind="ehcp_20_weeks")
    assert "outside the range expected by chance (England 46.4%)" in heading(at)
    assert charts(at) == 1
    assert "chance alone would put about 7.6 outside the 95% limits" in text(at)
    assert "Benjamini-Hochberg" in text(at)
    names = [href for href in links(at) if href.startswith("compare?")]
    assert len(names) == 25 and "area=882" in names[0] and "view=small-numbers" in names[0]
    assert "outside 99.8%" in html(at)


def test_without_pupil_numbers_the_sentence_stands_instead(small: Opened) -> None:
    at = small(area="919", ind=KS2)
    assert heading(at) == ("This source gives no pupil numbers, so chance cannot be judged here.")
    assert charts(at) == 0
    link = at.get("page_link")[0].proto
    assert link.label == "See 2022/23, which has pupil numbers"
    at = small(area="919", ind=KS2, yr="202223", by="gap")
    assert charts(at) == 1 and "a gap of" in heading(at)


def test_gaps_without_numbers_of_both_groups_show_levels(small: Opened) -> None:
    at = small(area="919", ind="ehcp_20_weeks", by="gap")
    assert "so the levels are shown and not the gaps" in text(at)
    assert charts(at) == 1


def test_an_area_without_numbers_is_told(small: Opened) -> None:
    at = small(area="201", ind="ehcp_20_weeks")
    assert "no figure with pupil numbers, so chance cannot be judged here" in heading(at)


@pytest.fixture
def data(release: Release, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A data folder with the same release and room for targets."""
    os.symlink(paths().releases, tmp_path / "releases")
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    return tmp_path


def test_targets_stand_beside_the_figures(data: Path) -> None:
    heads = ",".join(NEEDED)
    (data / "targets.csv").write_text(
        f"{heads}\nHertfordshire,{KS2},ehc_plan,2025/26,6.7,the plan\n", encoding="utf-8"
    )
    at = visit(begin.OUTCOME, area="919", ind=KS2, grp="ehc_plan")
    assert "was exceeded in 2024/25 by 3.3 percentage points" in text(at)
    assert at.table[0].value.columns[-1] == "Target"


def test_a_targets_file_with_faults_is_told_and_figures_stay(data: Path) -> None:
    heads = ",".join(NEEDED)
    (data / "targets.csv").write_text(f"{heads}\nNowhere,{KS2},x,1,a,\n", encoding="utf-8")
    at = visit(begin.OUTCOME, area="919", ind=KS2, grp="ehc_plan")
    assert "the targets file has problems, so no target is shown" in notice(at)
    assert "line 2, sen_group" in notice(at)
    assert charts(at) == 2
