"""Figures known from the publications themselves, written here by hand."""

from __future__ import annotations

import pytest

from sendgap.store import Release


@pytest.mark.parametrize(
    ("area", "group", "sen", "reference", "gap", "place", "of", "shared", "neighbours"),
    [
        ("Hertfordshire", "ehc_plan", 10, 75, 65, 60, 151, 14, 65.1),
        ("Southend-on-Sea", "sen_support", 20, 73, 53, 147, 151, 4, 46.2),
    ],
)
def test_key_stage_2_gaps_of_2025_and_their_places(
    release: Release, area: str, group: str, sen: int, reference: int, gap: int, place: int,
    of: int, shared: int, neighbours: float,
) -> None:  # fmt: skip
    row = release.benchmark(
        "ks2_rwm_expected", area=area, sen_group=group, measure="gap", period="202425"
    ).iloc[0]
    assert (row.sen_value, row.reference_value, row.value) == (sen, reference, gap)
    assert (row["rank"], row.rank_of, row.tied) == (place, of, shared)
    assert row.neighbour_mean == pytest.approx(neighbours)
    assert row.neighbour_count == 10


def test_whole_percentages_give_151_authorities_only_23_different_gaps(release: Release) -> None:
    table = release.benchmark(
        "ks2_rwm_expected", sen_group="ehc_plan", measure="gap", period="202425"
    )
    assert table["value"].count() == 151
    assert table["value"].nunique() == 23


def test_hertfordshires_key_stage_2_gap_fell_by_three_points_from_2019(release: Release) -> None:
    gaps = release.gaps("ks2_rwm_expected", area="Hertfordshire", sen_group="ehc_plan")
    rows = gaps.set_index("time_period")
    assert (rows.sen_value["201819"], rows.reference_value["201819"]) == (8, 76)
    assert rows.gap["201819"] == 68
    assert rows.change_baseline["202425"] == -3
    assert rows.baseline_period["202425"] == "201819"
    assert list(rows.symbol[["201920", "202021"]]) == ["covid", "covid"]


def test_a_level_above_englands_can_go_with_one_of_the_widest_gaps(release: Release) -> None:
    row = release.benchmark(
        "ks4_attainment8", area="Hertfordshire", sen_group="ehc_plan", measure="gap",
        period="202425",
    ).iloc[0]  # fmt: skip
    assert (row.sen_value, row.reference_value, row.value) == (15.5, 54.8, 39.3)
    assert (row["rank"], row.rank_of) == (133, 152)
    level = release.benchmark(
        "ks4_attainment8", area="Hertfordshire", sen_group="ehc_plan", period="202425"
    ).iloc[0]
    assert (level.value, level.england, level["rank"], level.rank_of) == (15.5, 14.8, 60, 152)
    england = release.values("ks4_attainment8", area="England", sen_group="no_sen", period="202425")
    assert england["value"].item() == 50.2


def test_a_gap_is_negative_where_pupils_with_sen_do_better(release: Release) -> None:
    row = release.gaps(
        "neet_or_not_known", area="Southend-on-Sea", sen_group="ehc_plan", period="2023"
    ).iloc[0]
    assert (row.sen_value, row.reference_value, row.gap) == (2.1, 2.8, -0.7)


def test_englands_repeated_neet_figures_of_2022_are_withheld(release: Release) -> None:
    rows = release.values("neet_or_not_known", area="England", source="neet_scorecard")
    groups = rows[rows.sen_group != "all_pupils"].set_index(["time_period", "sen_group"])
    assert set(groups.symbol["2022"]) == {"withheld"}
    assert groups["value"]["2021"].to_dict() == {
        "no_sen": 4.2, "ehc_plan": 8.6, "sen_support": 8.4,
    }  # fmt: skip


def test_a_true_zero_is_a_number(release: Release) -> None:
    rows = release.values("eyfs_gld", area="Southend-on-Sea", sen_group="ehc_plan")
    values = rows.set_index("time_period")["value"]
    assert (values["202122"], values["202223"]) == (0.0, 0.0)
    everywhere = release.values("eyfs_gld", sen_group="ehc_plan", period="202122")
    assert (everywhere[everywhere.geographic_level == "Local authority"]["value"] == 0).sum() == 30


def test_a_placeholder_zero_is_no_number(release: Release) -> None:
    rows = release.values(
        "level2_by_19", area="Bournemouth, Christchurch and Poole", sen_group="sen_support",
        source="lait",
    ).set_index("time_period")  # fmt: skip
    assert rows["value"].isna()["201617"]
    assert rows.symbol["201617"] == "x"


def test_the_counts_file_fills_what_the_tool_left_zero(release: Release) -> None:
    rows = release.values(
        "level2_by_19", area="Bournemouth, Christchurch and Poole", sen_group="sen_support"
    ).set_index("time_period")["value"]
    assert rows["201819"] == pytest.approx(60.6, abs=0.05)
    assert rows["202021"] == pytest.approx(66.3, abs=0.05)


@pytest.mark.parametrize(
    ("area", "printed"),
    [
        ("England", (49.2, 50.3, 46.4)),
        ("Hertfordshire", (32.6, 40.2, 56.3)),
        ("Kent", (41.1, 18.0, 33.3)),
        ("Southend-on-Sea", (72.5, 3.8, 16.1)),
    ],
)
def test_plans_within_20_weeks_without_exceptions(
    release: Release, area: str, printed: tuple[float, float, float]
) -> None:
    rows = release.values("ehcp_20_weeks", area=area).set_index("time_period")["value"]
    assert tuple(rows[["2022", "2023", "2024"]].round(1)) == printed


def test_plans_within_20_weeks_run_from_3_2_to_100_in_2024(release: Release) -> None:
    row = release.distribution("ehcp_20_weeks", period="2024").iloc[0]
    assert (row.minimum, row.maximum, row.england) == (3.2, 100.0, 46.4)
    assert row.minimum_areas == "Devon"


def test_37_authorities_issued_more_than_90_percent_within_20_weeks_in_2017(
    release: Release,
) -> None:
    row = release.distribution("ehcp_20_weeks", period="2017", thresholds=(90.0,)).iloc[0]
    assert row.above_90 == 37


def test_hertfordshires_appeals_of_2024(release: Release) -> None:
    row = release.values("tribunal_appeal_rate", area="Hertfordshire", period="2024").iloc[0]
    assert (row.numerator, row.denominator, round(row.value, 1)) == (613, 13889, 4.4)


@pytest.mark.parametrize(
    ("group", "printed"),
    [("no_sen", (75, 69, 70)), ("sen_support", (25, 21, 24)), ("ehc_plan", (9, 7, 8))],
)
def test_englands_key_stage_2_is_the_same_in_both_publications(
    release: Release, group: str, printed: tuple[int, int, int]
) -> None:
    rows = release.values("ks2_rwm_expected", area="England", sen_group=group, source="all")
    for source in ("lait", "ks2_characteristics"):
        values = rows[rows.source_id == source].set_index("time_period")["value"]
        assert tuple(values[["201819", "202122", "202223"]]) == printed


def test_key_stage_2_of_2023_takes_the_final_figure_and_not_the_provisional_one(
    release: Release,
) -> None:
    asked = {"area": "Redcar and Cleveland", "sen_group": "no_sen", "period": "202223"}
    final = release.values("ks2_rwm_expected", **asked).iloc[0]
    earlier = release.values("ks2_rwm_expected", **asked, source="ks2_characteristics").iloc[0]
    assert (final["value"], final.source_id) == (77, "lait")
    assert (earlier["value"], earlier.status) == (74, "provisional")


def test_phonics_takes_numbers_of_pupils_before_the_tool_where_the_two_differ(
    release: Release,
) -> None:
    rows = release.values(
        "phonics_year1", area="Hammersmith and Fulham", sen_group="ehc_plan", source="all",
        period="201516",
    ).set_index("source_id")  # fmt: skip
    assert rows["value"]["phonics_characteristics"] == pytest.approx(100 / 3)
    assert rows["value"]["lait"] == 60
    chosen = release.values(
        "phonics_year1", area="Hammersmith and Fulham", sen_group="ehc_plan", period="201516"
    )
    assert chosen.source_id.item() == "phonics_characteristics"


def test_attainment_8_of_2023_is_compared_with_2019_and_not_with_2022(release: Release) -> None:
    rows = release.gaps("ks4_attainment8", area="Kent", sen_group="ehc_plan")
    row = rows.set_index("time_period").loc["202223"]
    assert row.change_previous_reason == "break"
    assert row.baseline_period == "201819"


@pytest.mark.parametrize("code", ["E06000066", "E10000027", "933", "Somerset", "somerset"])
def test_an_area_is_found_by_every_code_and_name_it_has_had(release: Release, code: str) -> None:
    rows = release.values("ehcp_20_weeks", area=code, period="2024")
    assert list(rows.area_code) == ["E06000066"]
    assert rows["value"].notna().all()


def test_successors_start_when_they_start(release: Release) -> None:
    rows = release.values("ehcp_20_weeks", area="West Northamptonshire").set_index("time_period")
    assert set(rows.symbol[rows.index < "2021"]) == {"no_area"}
    assert rows["value"]["2024"] >= 0


def test_neighbours_of_a_closed_authority_are_known_for_its_years(release: Release) -> None:
    row = release.benchmark(
        "ehcp_20_weeks", area="Northamptonshire", period="2019", neighbours="2021-04"
    ).iloc[0]
    assert row.neighbour_count == 10
    assert row.neighbour_mean > 0


def test_a_half_from_counts_rounds_up_though_a_computer_keeps_a_little_less(
    release: Release,
) -> None:
    """23 of 80 is 28.75 %; 100 * (23 / 80) is 28.749999999999996."""
    row = release.values(
        "level2_by_19", area="E06000008", sen_group="ehc_plan", period="201213"
    ).iloc[0]
    assert row.numerator / row.denominator == 0.2875
    gap = release.gaps("level2_by_19", area="E06000008", sen_group="ehc_plan", period="201213")
    assert gap.sen_value.item() == 28.8
