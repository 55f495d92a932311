"""The profile's figures are the command line's, and stand where their arithmetic puts them."""

from __future__ import annotations

import math
from datetime import date

import pytest

from sendgap import Release
from sendgap.terms import Polarity, SenGroup
from sendgap.views.area_model import NOT_TESTED, OurArea, SpineRow
from sendgap.views.model import NoAnswer
from sendgap.views.our_area import our_area
from sendgap.views.request import Request
from tests.views.test_views_match_the_command_line import _number

TODAY = date(2026, 6, 1)
AREAS = ("882", "919", "886", "201", "420", "330", "942", "838")
GROUPS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT, SenGroup.ANY_SEN)


def view(release: Release, area: str, group: SenGroup = SenGroup.EHC_PLAN) -> OurArea | NoAnswer:
    return our_area(release, Request(release.areas.find(area).area_code, "", group), TODAY)


def rows(release: Release, area: str, group: SenGroup = SenGroup.EHC_PLAN) -> tuple[SpineRow, ...]:
    found = view(release, area, group)
    assert isinstance(found, OurArea)
    return found.spine.rows


def _at(value: float, worst: float, middle: float, best: float) -> float:
    """The place on the row worked out the other way round: by fractions of each side."""
    if math.isclose(value, middle):
        return 0.0
    ahead = (value > middle) == (best > worst)
    return (
        abs(value - middle) / abs(best - middle)
        if ahead
        else -abs(value - middle) / abs(worst - middle)
    )


@pytest.mark.parametrize("group", [g for g in GROUPS if g is not SenGroup.ANY_SEN])
def test_every_number_is_the_command_lines(release: Release, group: SenGroup) -> None:
    checked = 0
    for area in AREAS:
        found = view(release, area, group)
        if isinstance(found, NoAnswer):
            continue
        for row in found.spine.rows:
            indicator = release.catalogue.indicators[row.outcome.indicator_id]
            table = release.benchmark(indicator.id, area=area, sen_group=group.value)
            said = table.iloc[0]
            if not row.outcome.has_level:
                assert said["value"] != said["value"]
                assert row.own is None
                continue
            assert _number(row.outcome.level) == pytest.approx(said["value"])
            is_low_best = indicator.polarity is Polarity.LOWER_IS_BETTER
            ends = [said["maximum"], said["minimum"]]
            worst, best = ends if is_low_best else ends[::-1]
            assert _number(row.low) == pytest.approx(worst)
            assert _number(row.high) == pytest.approx(best)
            is_england = said["england"] == said["england"]
            assert row.is_england == is_england
            middle = said["england"] if is_england else said["median"]
            printed = _number(row.middle.removeprefix("median "))
            assert printed == pytest.approx(middle, abs=0.0500001)
            assert row.own == pytest.approx(_at(said["value"], worst, middle, best))
            if row.neighbours is not None:
                at = _at(said["neighbour_mean"], worst, middle, best)
                assert row.neighbours == pytest.approx(at)
            if row.half:
                limits = sorted(_at(said[q], worst, middle, best) for q in ("q25", "q75"))
                assert row.half == pytest.approx(limits)
                assert said["rank_of"] >= 20
            if row.word != NOT_TESTED:
                assert said["position_england"] == row.word
            checked += 1
    assert checked > 20


def test_nothing_lies_beyond_the_ends(release: Release) -> None:
    for area in AREAS:
        for row in rows(release, area):
            places = [row.own, row.neighbours, *(row.half or ())]
            assert all(-1 <= p <= 1 for p in places if p is not None)


def test_stages_follow_life_and_each_stands_together(release: Release) -> None:
    stages = [row.stage for row in rows(release, "919")]
    once = list(dict.fromkeys(stages))
    assert stages == sorted(stages, key=once.index)
    assert once[:4] == ["Early years", "Key stage 1", "Key stage 2", "Key stage 4"]
    assert {"Attendance", "Exclusions", "16 to 19"} <= set(once)


def test_the_name_counts_the_words_beside_england(release: Release) -> None:
    found = view(release, "882", SenGroup.SEN_SUPPORT)
    assert isinstance(found, OurArea)
    held = [row for row in found.spine.rows if row.outcome.has_level]
    worse = sum(row.word == "worse" for row in held)
    untested = sum(row.word == NOT_TESTED for row in held)
    assert found.chart.alt == found.spine.alt
    assert f"worse on {worse}, " in found.chart.alt
    assert found.chart.alt.endswith(f"not tested on {untested}.")
    for area in AREAS:
        for group in GROUPS:
            other = view(release, area, group)
            if isinstance(other, OurArea):
                assert len(other.chart.alt) <= 150


def test_so_few_pupils_are_called_neither_better_nor_worse(release: Release) -> None:
    found = view(release, "420")
    assert isinstance(found, OurArea)
    assert found.too_few
    assert {row.word for row in found.spine.rows} == {NOT_TESTED}
    assert "too few pupils to call any better or worse" in found.chart.alt


def test_the_description_has_every_row_in_words(release: Release) -> None:
    found = view(release, "201")
    assert isinstance(found, OurArea)
    for row in found.spine.rows:
        assert row.outcome.name in found.chart.description
        assert row.outcome.has_level or row.outcome.reason in found.chart.description


def test_where_england_has_no_figure_the_median_stands_under_its_own_name(
    release: Release,
) -> None:
    median = [row for row in rows(release, "919") if not row.is_england]
    assert median
    for row in median:
        assert row.middle.startswith("median ")
        assert row.word == NOT_TESTED


def test_numbers_of_pupils_are_those_of_the_figure(release: Release) -> None:
    for row in rows(release, "919"):
        values = release.values(
            row.outcome.indicator_id, area="919", sen_group="ehc_plan", period="latest"
        )
        count = values["denominator"].iloc[0]
        if row.children:
            assert float(row.children.split(" ")[0].replace(",", "")) == count
        else:
            assert count != count or count < 2
