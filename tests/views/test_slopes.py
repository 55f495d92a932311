"""Baseline to latest: both years are the command line's, and never across a break."""

from __future__ import annotations

from typing import Any

import pytest

from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, SenGroup, ValueType
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.slope_model import BaselineToLatest, Slope
from sendgap.views.slope_years import starts
from sendgap.views.slopes import baseline_to_latest
from tests.views.test_grid import number
from tests.views.test_wording import check_words

KS2 = "ks2_rwm_expected"
SPREAD = ("919", "886", "882", "201", "420", "942", "839", "330")


def answer(
    release: Release, area: str, indicator: str = KS2, group: str = "ehc_plan",
    by: str = "level", **asked: Any,
) -> BaselineToLatest | NoAnswer:  # fmt: skip
    code = release.areas.find(area).area_code
    cut = release.catalogue.indicators[indicator].default_breakdown
    request = Request(code, indicator, SenGroup(group), breakdown=cut, **asked)
    return baseline_to_latest(release, request, by)


def view(release: Release, area: str, indicator: str = KS2, **asked: Any) -> BaselineToLatest:
    found = answer(release, area, indicator, **asked)
    assert isinstance(found, BaselineToLatest)
    return found


def of(found: BaselineToLatest, role: str) -> Slope:
    return next(s for s in found.slopes if s.role == role)


def _check(release: Release, found: BaselineToLatest, indicator_id: str, group: SenGroup) -> int:
    codes = ["E92000001" if s.role == "england" else s.la_code or s.label for s in found.slopes
             if s.role != "neighbours"]  # fmt: skip
    asked = release.gaps if found.by == "gap" else release.values
    table = asked(indicator_id, area=codes, sen_group=group.value)
    column = "gap" if found.by == "gap" else "value"
    indicator = release.catalogue.indicators[indicator_id]
    periods = {p.replace("/", "")[-2:]: p for p in (found.since_label, found.until_label)}
    held = {
        (row["area_code"], row["time_period"][-2:]): row
        for row in table.to_dict("records")
        if row["time_period"][-2:] in periods
    }
    seen = 0
    for slope in found.slopes:
        if slope.role == "neighbours" or not slope.is_joined:
            continue
        code = {"england": "E92000001"}.get(slope.role) or release.areas.find(
            slope.la_code or slope.label
        ).area_code
        rows = [held[code, p.replace("/", "")[-2:]] for p in (found.since_label,
                                                            found.until_label)]  # fmt: skip
        assert rows[0]["basis"] == rows[1]["basis"], indicator.id
        for value, printed, row in zip((slope.before, slope.now),
                                       (slope.before_printed, slope.now_printed), rows,
                                       strict=True):  # fmt: skip
            assert value is not None
            places = len(printed.split(" ")[0].rstrip("%").partition(".")[2])
            assert value == pytest.approx(row[column], abs=0.51 * 10**-places)
            assert number(printed) == pytest.approx(value, abs=0.51 * 10**-places)
            seen += 1
        if found.by == "gap":
            assert [number(text) for text in slope.levels] == [r["sen_value"] for r in rows]
    return seen


@pytest.mark.parametrize("by", ["level", "gap"])
def test_both_years_are_the_command_lines_for_every_outcome(release: Release, by: str) -> None:
    seen = 0
    for turn, indicator in enumerate(release.catalogue.indicators.values()):
        if not indicator.series or indicator.value_type is ValueType.CATEGORY:
            continue
        for group in [g for g in SEN_GROUPS if g in indicator.groups()]:
            area = SPREAD[turn % len(SPREAD)]
            found = answer(release, area, indicator.id, group.value, by)
            if isinstance(found, NoAnswer):
                assert found.message
                continue
            seen += _check(release, found, indicator.id, group)
            assert len(found.chart.alt) <= 150
            assert all(cell for row in found.chart.table.rows for cell in row)
            check_words(found.words)
    assert seen > 500


def test_the_average_is_the_command_lines_in_both_years(release: Release) -> None:
    found = view(release, "919")
    mean = of(found, "neighbours")
    for value, period in ((mean.before, "201819"), (mean.now, "202425")):
        row = release.benchmark(KS2, area="919", sen_group="ehc_plan", period=period)
        assert value == pytest.approx(row["neighbour_mean"].iloc[0])


def test_an_average_of_other_neighbours_is_not_compared(release: Release) -> None:
    mean = of(view(release, "882", "ehcp_20_weeks"), "neighbours")
    assert not mean.is_joined
    assert mean.moved == "not compared: other neighbours have figures"
    assert "(9 of 10)" in mean.before_printed


def test_the_start_is_the_catalogues_baseline(release: Release) -> None:
    assert view(release, "919").since_label == "2018/19"
    assert view(release, "919", since="202223").since_label == "2022/23"


def test_a_break_is_refused_with_its_reason_and_a_way_on(release: Release) -> None:
    found = answer(release, "919", "eyfs_gld", since="201819")
    assert isinstance(found, NoAnswer)
    assert "2018/19 and 2024/25 are not compared" in found.message
    assert "reformed" in found.message
    assert found.offers == (("Start from the usual year", {"since": "", "yr": ""}),)


def test_years_offered_are_all_on_one_basis(release: Release) -> None:
    request = Request(release.areas.find("919").area_code, "eyfs_gld", SenGroup.EHC_PLAN)
    offered = [period for period, _ in starts(release, request, "level")]
    assert offered == ["202324", "202223", "202122"]
    for since in offered:
        assert view(release, "919", "eyfs_gld", since=since)


def test_a_gap_keeps_its_levels(release: Release) -> None:
    own = of(view(release, "919", by="gap"), "area")
    assert (own.before_printed, own.now_printed) == ("68 pp", "65 pp")
    assert own.levels == ("8%", "10%")
    assert own.moved == "narrowed 3 pp"


def test_without_a_gap_the_levels_are_shown(release: Release) -> None:
    assert view(release, "882", "ehcp_20_weeks", by="gap").by == "level"


def test_an_authority_that_began_later_is_told_from_its_first_year(release: Release) -> None:
    assert view(release, "942", "overall_absence").since_label == "2023/24"


def test_one_year_only_says_so(release: Release) -> None:
    found = answer(release, "942", "suspension_rate")
    assert isinstance(found, NoAnswer)
    assert "no earlier year of Cumberland is on the same basis as 2023/24" in found.message


def test_a_hidden_newest_year_is_said(release: Release) -> None:
    found = answer(release, "201")
    assert isinstance(found, NoAnswer)
    assert "no figure for the City of London in 2024/25" in found.message
