"""Early years to 19: places worked out a second time, and nothing joined that is not."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
import pytest

from sendgap.catalogue.stages import Stage
from sendgap.store import Release
from sendgap.terms import VINTAGES, SenGroup
from sendgap.views import numbers
from sendgap.views.journey import GROUPS, journey, position
from sendgap.views.journey_model import Journey, StageMark
from sendgap.views.journey_words import NOTE
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.standings import standings
from tests.views.test_grid import number
from tests.views.test_wording import check_words

TODAY = date(2026, 11, 22)


def answer(release: Release, area: str, group: str = "ehc_plan", **asked: Any) -> Any:
    request = Request(release.areas.find(area).area_code, "", SenGroup(group))
    return journey(release, replace(request, **asked), TODAY)


def view(release: Release, area: str, group: str = "ehc_plan", **asked: Any) -> Journey:
    found = answer(release, area, group, **asked)
    assert isinstance(found, Journey)
    return found


def mark(found: Journey, indicator_id: str, group: str = "ehc_plan") -> StageMark:
    stage = next(s for s in found.stages if s.indicator_id == indicator_id)
    made = stage.mark(SenGroup(group))
    assert made is not None
    return made


@pytest.fixture(scope="module")
def levels(release: Release) -> dict[tuple[str, str], pd.DataFrame]:
    """The command line's newest levels of every authority, by stage and group."""
    return {
        (stage.indicator_id, group.value): release.benchmark(
            stage.indicator_id, sen_group=group.value
        ).set_index("area_code")
        for stage in release.catalogue.stages
        for group in GROUPS
    }


def by_hand(table: pd.DataFrame, polarity: str) -> pd.Series:
    """Out of 100 from the values alone: the share of the others that are weaker, ties half."""
    held = table[table["rank"].notna()]["value"]
    values = held.to_numpy()
    good = values if polarity == "higher_is_better" else -values
    weaker = (good[:, None] > good[None, :]).sum(axis=1)
    same = (good[:, None] == good[None, :]).sum(axis=1) - 1
    return pd.Series(100 * (weaker + same / 2) / (len(values) - 1), index=held.index)


def test_every_position_is_what_the_values_give(
    release: Release, levels: dict[tuple[str, str], pd.DataFrame]
) -> None:
    seen = 0
    expected = {
        key: by_hand(table, release.catalogue.indicators[key[0]].polarity.value)
        for key, table in levels.items()
    }
    for area in release.areas.local_authorities()[::5]:
        found = answer(release, area.area_code)
        if isinstance(found, NoAnswer):
            continue
        for stage in found.stages:
            for made in stage.marks:
                held = expected[stage.indicator_id, made.group.value]
                if made.position is None:
                    assert made.reason
                    continue
                assert made.position == pytest.approx(held[area.area_code])
                seen += 1
        check_words(found.words)
        assert len(found.words.finding.split()) <= 35
        assert len(found.chart.alt) <= 150
    assert seen > 350


@pytest.mark.parametrize("vintage", VINTAGES)
def test_the_band_is_the_middle_half_of_the_neighbours(
    release: Release, levels: dict[tuple[str, str], pd.DataFrame], vintage: str
) -> None:
    seen = 0
    for area in release.areas.local_authorities()[VINTAGES.index(vintage) :: 12]:
        found = answer(release, area.area_code, vintage=vintage)
        if isinstance(found, NoAnswer):
            continue
        near = [n.area.area_code for n in release.areas.neighbours(area.area_code, vintage)]
        for stage in found.stages:
            polarity = release.catalogue.indicators[stage.indicator_id].polarity.value
            for made in stage.marks:
                places = by_hand(levels[stage.indicator_id, made.group.value], polarity)
                held = places.reindex(near).dropna()
                assert made.neighbours == len(held)
                if made.band is None:
                    assert len(held) < 7 or made.reason
                    continue
                assert made.band == pytest.approx(tuple(np.percentile(held, [25, 75])))
                seen += 1
    assert seen > 100


def test_every_cell_is_the_command_lines(release: Release) -> None:
    for area in ("919", "882", "942", "330"):
        found = view(release, area)
        rows = iter(found.chart.table.rows)
        for stage in found.stages:
            for made in stage.marks:
                said = next(rows)
                asked = {"area": area, "sen_group": made.group.value}
                level = release.benchmark(stage.indicator_id, **asked).iloc[0]
                gap = release.benchmark(stage.indicator_id, measure="gap", **asked).iloc[0]
                assert said[2].replace("/", "")[-2:] == level["time_period"][-2:]
                if level["value"] != level["value"]:
                    assert said[3] == numbers.symbol_word(level["symbol"])
                    continue
                assert number(said[3]) == pytest.approx(level["value"], abs=1e-9)
                assert number(said[4].rsplit(" ", 1)[1]) == gap["reference_value"]
                assert number(said[5]) == pytest.approx(gap["value"], abs=1e-9)
                assert number(said[6]) == pytest.approx(gap["england"], abs=1e-9)
                for cell, row in ((said[7], level), (said[10], gap)):
                    assert cell == numbers.place(
                        int(row["rank"]), int(row["rank_of"]), int(row["tied"])
                    )


def test_the_best_is_100_the_middle_50_and_the_weakest_0(release: Release) -> None:
    area = release.areas.find("919").area_code
    indicator = release.catalogue.indicators["ks2_rwm_expected"]
    found = standings(release, Request(area, "", SenGroup.EHC_PLAN), [indicator], GROUPS)
    row = found.level(area, indicator, SenGroup.EHC_PLAN)
    assert row is not None
    for rank, tied, expected in ((1, 1, 100.0), (151, 1, 0.0), (76, 1, 50.0), (1, 151, 50.0),
                                 (1, 2, 100 * 149.5 / 150)):  # fmt: skip
        assert position(row._replace(rank=rank, rank_of=151, tied=tied)) == pytest.approx(expected)
    assert position(row._replace(rank=1, rank_of=99, tied=1)) is None
    assert position(row._replace(rank=None)) is None


def test_stages_stand_by_age_each_with_its_year_and_reference(release: Release) -> None:
    found = view(release, "919")
    assert [s.indicator_id for s in found.stages] == [
        s.indicator_id for s in release.catalogue.stages
    ]
    ages = [s.age for s in found.stages]
    assert ages == sorted(ages) == [5, 6, 9, 11, 16, 17, 19]
    assert {s.reference for s in found.stages} == {
        "all children", "pupils without SEN", "all pupils", "young people without SEN",
    }  # fmt: skip
    assert NOTE in found.words.caveats
    assert any(c.startswith("Gaps are not to the same group") for c in found.words.caveats)


def test_the_finding_names_the_first_and_last_place(release: Release) -> None:
    found = view(release, "919")
    first, last = mark(found, "eyfs_gld"), mark(found, "level2_by_19")
    assert f"{first.place.partition(' (')[0]} authorities at age 5" in found.words.finding
    assert f"{last.place.partition(' (')[0]} at 19" in found.words.finding


def test_a_hidden_stage_is_empty_with_its_reason(release: Release) -> None:
    found = view(release, "Cumberland")
    stage = found.stages[-1]
    assert stage.reason == "the publisher gives none"
    assert any("Level 2 by 19: empty" in c and "No line crosses it" in c
               for c in found.words.caveats)  # fmt: skip


def test_a_stage_with_few_authorities_is_empty(
    release: Release, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sendgap.views.journey.FEWEST", 152)
    found = view(release, "919")
    reasons = {s.indicator_id: s.reason for s in found.stages}
    assert "only 151 authorities have a figure" in reasons["ks2_rwm_expected"]
    assert not reasons["ks4_attainment8"]


def test_a_stage_that_a_release_does_not_hold_is_left_out(release: Release) -> None:
    catalogue = replace(
        release.catalogue, stages=(Stage("no_such_outcome", 3), *release.catalogue.stages)
    )
    bare = type("Bare", (), {"catalogue": catalogue, "areas": release.areas,
                             "rows": release.rows})()  # fmt: skip
    request = Request(release.areas.find("919").area_code, "", SenGroup.EHC_PLAN)
    found = journey(bare, request, TODAY)
    assert isinstance(found, Journey) and len(found.stages) == len(release.catalogue.stages)


@pytest.mark.parametrize("area", ["City of London", "Isles of Scilly", "Cumbria"])
def test_without_any_place_it_says_so_with_the_figures_there_are(
    release: Release, area: str
) -> None:
    found = answer(release, area)
    assert isinstance(found, NoAnswer)
    name = release.areas.find(area).in_text
    assert f"No stage has a place among authorities for {name}" in found.message
    assert found.table is not None and all(cell for row in found.table.rows for cell in row)
    if area == "Cumbria":
        assert [label for label, _ in found.offers] == [
            "See Cumberland", "See Westmorland and Furness",
        ]  # fmt: skip
