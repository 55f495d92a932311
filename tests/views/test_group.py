"""The group report: every number a second way's, and no example of few pupils."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.targets import read
from sendgap.terms import GeographicLevel, SenGroup
from sendgap.views.group import group_report, region_codes
from sendgap.views.group_model import GroupReport, GroupRow
from sendgap.views.standing import floor
from tests.views.test_framework import number
from tests.views.test_wording import check_words

TODAY = date(2026, 11, 22)
KS2, A8 = "ks2_rwm_expected", "ks4_attainment8"


def view(release: Release, region: str, group: str = "ehc_plan", **asked: object) -> GroupReport:
    codes = region_codes(release, region)
    return group_report(release, codes, SenGroup(group), today=TODAY, **asked)  # type: ignore[arg-type]


def row(found: GroupReport, indicator: str) -> GroupRow:
    return next(r for r in found.rows if r.indicator_id == indicator)


def test_every_region_and_group_builds_and_its_words_are_safe(release: Release) -> None:
    regions = [a for a in release.areas if a.level is GeographicLevel.REGIONAL]
    seen = 0
    for turn, region in enumerate(regions):
        if not region_codes(release, region.area_code):
            continue
        found = view(release, region.area_code, ("ehc_plan", "sen_support")[turn % 2])
        check_words(found.words)
        assert found.title == region.name
        for table in (found.chart.table, *found.tables):
            assert all(cell for cells in table.rows for cell in cells)
        seen += bool(found.rows)
    assert seen >= 9


@pytest.mark.parametrize("group", ["ehc_plan", "sen_support"])
@pytest.mark.parametrize("indicator", [KS2, A8, "persistent_absence", "ks4_sustained_destination"])
def test_moves_and_means_are_those_of_benchmark(
    release: Release, indicator: str, group: str
) -> None:
    shown = row(view(release, "South East", group), indicator)
    codes = set(region_codes(release, "South East"))
    level = release.benchmark(indicator, sen_group=group)
    level = level[level.area_code.isin(codes)].dropna(subset=["value", "change_baseline"])
    assert shown.of == len(level)
    places = 1 if indicator != "persistent_absence" else 2
    if "plain mean" in shown.made:
        assert number(shown.now) == pytest.approx(level.value.mean(), abs=0.51 * 10**-places)
    definition = release.catalogue.indicators[indicator]
    sign = 1 if definition.polarity == "higher_is_better" else -1
    least = floor(0 if indicator == KS2 else 2 if places == 2 else 1, definition.unit) + 1e-9
    assert shown.better == (sign * level.change_baseline > least).sum()
    assert shown.worse == (sign * level.change_baseline < -least).sum()
    gap = release.benchmark(indicator, sen_group=group, measure="gap")
    gap = gap[gap.area_code.isin(codes)].dropna(subset=["value", "change_baseline"])
    limit = 2.0 if indicator == KS2 else 2 * 10.0 ** (-places) + 1e-9
    assert shown.narrowed == (gap.change_baseline < -limit).sum()
    assert number(shown.gap_now) == pytest.approx(gap.value.mean(), abs=0.51 * 10**-places)
    best = level.assign(ahead=sign * level.change_baseline).sort_values("ahead", ascending=False)
    if shown.moved_most:
        assert shown.moved_most[0].area_code in set(best.area_code[:3])


def test_those_to_learn_from_are_better_than_similar_authorities(release: Release) -> None:
    found = view(release, "London", "sen_support")
    names = 0
    for shown in found.rows:
        said = release.benchmark(shown.indicator_id, sen_group="sen_support")
        said = said.set_index("area_code")
        for area in shown.learn_from:
            names += 1
            assert said.position_neighbours[area.area_code] == "better"
            assert area.trend != "worse" and area.name != "City of London"
    assert names > 5


def test_the_baseline_is_the_first_year_with_two_thirds(release: Release) -> None:
    """In 2014, the first year of plans, few authorities had any to issue."""
    shown = row(view(release, "South West"), "ehcp_20_weeks")
    codes = set(region_codes(release, "South West"))
    held = release.values("ehcp_20_weeks")
    held = held[held.area_code.isin(codes)].dropna(subset=["value"])
    number_of = held.groupby("time_period").area_code.nunique()
    newest = set(held[held.time_period == held.time_period.max()].area_code)
    full = [p for p, n in number_of.items() if n >= 2 * len(newest) / 3]
    assert shown.baseline_label == full[0] != number_of.index[0]
    if "pooled" in shown.made:
        both = (
            held[held.time_period == full[0]]
            .set_index("area_code")
            .index.intersection(list(newest))
        )
        for period, printed in ((full[0], shown.before), (shown.period_label, shown.now)):
            part = held[(held.time_period == period) & held.area_code.isin(both)]
            pooled = 100 * part.numerator.sum() / part.denominator.sum()
            assert number(printed) == pytest.approx(pooled, abs=0.051)


def test_targets_of_the_group_are_counted(release: Release, tmp_path: Path) -> None:
    said = release.benchmark(KS2, sen_group="ehc_plan").set_index("area_name").value
    lines = [
        "area,indicator,sen_group,time_period,target,source",
        f"Kent,{KS2},ehc_plan,2024/25,{said['Kent']:.0f},plan",
        f"Surrey,{KS2},ehc_plan,2027/28,{said['Surrey'] + 5:.0f},plan",
    ]
    path = tmp_path / "targets.csv"
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    targets = read(path, release.catalogue, release.areas)
    shown = row(view(release, "South East", targets=targets), KS2)
    assert (shown.targets_met, shown.targets) == (1, 2)
    by_name = {area.name: area.target for area in shown.areas}
    assert by_name["Kent"].endswith("by 2024/25") and by_name["Surrey"].endswith("by 2027/28")


def test_a_set_of_ones_own_and_an_unknown_code(release: Release) -> None:
    codes = [release.areas.find(n).area_code for n in ("919", "882", "201")]
    found = group_report(release, codes, SenGroup.EHC_PLAN, today=TODAY)
    assert found.title == "3 authorities"
    assert not any(a.name == "City of London" for r in found.rows for a in r.moved_most)
    with pytest.raises(UnknownNameError):
        group_report(release, ["E99999999"], SenGroup.EHC_PLAN)
