"""The traps as they stand in the publishers' own files, read with pandas beside sendgap."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import pandas as pd
import pytest

from sendgap.store import Release
from sendgap.terms import VINTAGES
from tests.oracle.publishers import number, table
from tests.support import shared_data
from tests.traps.handling import SEN2, SHIPPED, Handling, Held, Reader, needs, skipped_as

RECODED = {"Somerset": "E06000066", "North Yorkshire": "E06000065", "Buckinghamshire": "E06000060"}
PLANS = (
    "ehcp_caseload", "ehcp_residential", "ehcp_new", "ehcp_primary_need",
    "ehcp_new_primary_need", "annual_reviews_held", "ehcp_20_weeks", "assessment_requests",
)  # fmt: skip


@pytest.fixture(scope="module")
def data() -> Path:
    return shared_data()


@pytest.fixture(scope="module")
def plans(data: Path, tmp_path_factory: pytest.TempPathFactory) -> Held:
    """The publication of plans, loaded whole."""
    return Reader(tmp_path_factory.mktemp("plans")).read(SHIPPED.only(*PLANS), data / SEN2)


def whole(data: Path, member: str, topic: str) -> pd.DataFrame:
    frame = table(data / SEN2, f"data/{member}.csv")
    return frame[frame.breakdown_topic == topic]


def test_trap_01_three_authorities_keep_one_line_through_their_codes(
    data: Path, plans: Held
) -> None:
    frame = whole(data, "caseload", "All EHC plans")
    for name, code in RECODED.items():
        rows = frame[frame.la_name == name]
        assert len(rows) == 7 and set(rows.new_la_code) != {code}
        for row in rows.itertuples():
            assert plans.cell("ehcp_caseload", code, str(row.time_period)) == float(
                str(row.ehcplans)
            )


def test_trap_03_the_presentation_table_has_wrong_codes(data: Path, reader: Reader) -> None:
    path = "raw/tribunals/SEND_Tribunals_and_appeal_rate_2014-2024.csv"
    assert skipped_as(reader.load(SHIPPED, data / path)) == [
        "SEND Tribunal appeal rate, presentation table"
    ]
    frame = pd.read_csv(data / path, header=None, skiprows=5, dtype=str, encoding="utf-8-sig")
    names = {area.name: area.la_code for area in SHIPPED.areas}
    wrong = {name for name, printed in zip(frame[0], frame[1], strict=True)
             if name in names and names[name] != printed}  # fmt: skip
    assert wrong == {"Cambridgeshire", "Central Bedfordshire", "Nottingham", "Nottinghamshire"}
    assert {"Cumberland8", "Northamptonshire7"} <= set(frame[0].dropna())


def test_trap_04_norfolks_rows_come_in_beside_a_negative_column(data: Path, plans: Held) -> None:
    frame = whole(data, "annual_reviews", "All annual reviews")
    authorities = frame[frame.geographic_level == "Local authority"]
    negative = [n for n in map(number, authorities.review_decision_outstanding) if n and n < 0]
    assert len(negative) == 33 and min(negative) == -447
    norfolk = authorities[authorities.la_name == "Norfolk"].iloc[0]
    share = 100 * int(norfolk.total_review_meeting) / int(norfolk.review_expected)
    assert plans.cell("annual_reviews_held", "E10000020", "2024") == pytest.approx(share)


def test_trap_06_bands_make_englands_persistent_absence(data: Path, reader: Reader) -> None:
    if not any(t.id == "enrolments_by_band" for t in SHIPPED.catalogue.tables()):
        pytest.skip("enrolments_by_band: not catalogued yet")
    held = reader.read(
        SHIPPED.only("persistent_absence").years(2022, 2022),
        data / "raw/absence_bands/absence_bands_distributions.zip",
    )
    for group, percent in (("any_sen", 32.2), ("no_sen", 18.4)):
        found = held.cell("persistent_absence", "E92000001", "202223", group)
        if found == "no row":  # added up over the authorities, in a release
            found = held.shown("persistent_absence", "England", "202223", sen_group=group)
        assert found == pytest.approx(percent, abs=0.05)


def test_trap_07_no_cohort_younger_than_19(data: Path, release: Release) -> None:
    frame = table(data / "raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz")
    later = frame[frame.cohort_19_in > "2022"]
    assert set(later.cohort_19_in) == {"2023", "2024", "2025"} and set(later.l2_by19) == {"0"}
    rows = release.values("level2_by_19", source="level_2_3_by_19")
    assert rows.time_period.max() == "202122"


def test_trap_09_barnets_region_changes_in_print_only(data: Path, release: Release) -> None:
    frame = table(data / "tidy/absence_by_sen_la.csv.gz")
    barnet = frame[frame.la_name == "Barnet"]
    assert barnet.groupby("region_name").time_period.max().to_dict() == {
        "Outer London": "202324", "London": "202425",
    }  # fmt: skip
    regions = release.benchmark("overall_absence", area="Barnet", period="all").region
    assert set(regions) == {"London"}


def test_trap_13_counts_a_hundred_times_too_large(data: Path, reader: Reader) -> None:
    wrong = table(data / "tidy/send_ap_dashboard/tribunals_reg.csv")
    england = wrong[(wrong.region_name == "England") & (wrong.year == "2017")].iloc[0]
    held = reader.read(
        SHIPPED.only("tribunal_appeal_rate"), data / "tidy/send_tribunal_appeals_2014_2024.csv.gz"
    )
    for column, part in (("appealsregistered", "numerator"),
                         ("totalappealabledecisions", "denominator")):  # fmt: skip
        found = held.cell("tribunal_appeal_rate", "E92000001", "2017", column=part)
        assert float(england[column]) == 100 * float(found or 0)


def test_trap_16_six_authorities_keep_their_ten_neighbours() -> None:
    same = [
        area.name for area in SHIPPED.areas
        if (ten := [{n.area.area_code for n in SHIPPED.areas.neighbours(area.area_code, vintage)}
                    for vintage in VINTAGES])[0] == ten[1] and ten[0]
    ]  # fmt: skip
    assert len(same) == 6


def test_trap_17_statement_columns_of_the_sample_hold_plans(data: Path, reader: Reader) -> None:
    path = data / "raw/ees_upload_samples/SEN2_MI.zip"
    assert "SEN2 2019, process" in skipped_as(reader.load(SHIPPED, path))
    frame = table(path, "SEN2_MI.csv")
    england = frame[frame.geographic_level == "National"]
    statements = england.statement_new_statements_including_exception_cases
    assert list(statements) == list(england.ehc_new_plans_including_exception_cases)


def test_trap_18_an_earlier_revision_changes_nothing_and_is_compared(
    data: Path, reader: Reader
) -> None:
    held = reader.read(SHIPPED.only("ehcp_20_weeks"), data / SEN2)
    earlier = data / "raw/sen2_2025_earlier_revision/timeliness_20_week.csv.gz"
    held = reader.again(held, earlier, edition="2025-06-26")
    (change,) = held.verdicts[-1].changes
    assert (change.area_name, change.before, change.after) == ("Lewisham", "x", "94.8187")
    lewisham = held.cell("ehcp_20_weeks", change.area_code, "2024")
    assert lewisham == pytest.approx(94.8187, abs=1e-4)


def test_trap_19_eleven_zeros_are_placeholders(data: Path, release: Release) -> None:
    frame = table(data / "lait/bds_long_0.parquet")
    zeros = frame[(frame["Short Desc"] == "Age19_SENwoS") & (frame["Values"] == "0")]
    assert len(zeros) == 11
    rows = release.values("level2_by_19", sen_group="sen_support", source="lait")
    assert not (rows["value"] == 0).any()
    level = release.values("eyfs_gld", sen_group="ehc_plan", period="202122")
    authorities = level[level.geographic_level == "Local authority"]
    assert (authorities["value"] == 0).sum() == 30


def test_trap_20_seven_rates_of_pupils_suspended_pass_a_hundred(
    data: Path, release: Release
) -> None:
    frame = table(data / "tidy/suspensions_exclusions_by_sen_la_termly.csv.gz")
    printed = [n for n in map(number, frame.one_plus_susp_rate) if n and n > 100]
    assert (len(printed), float(max(printed))) == (7, 450)
    terms = [
        release.values("pupils_suspended", breakdown="phase:special", time_identifier=term)
        for term in ("Autumn term", "Spring term", "Summer term")
    ]
    values = pd.concat(terms)["value"]
    assert sorted(values[values > 100]) == sorted(map(float, printed))


def test_trap_22_a_join_with_the_dictionary_doubles_rows(data: Path, reader: Reader) -> None:
    path = data / "lait/lait_data_dictionary.csv"
    assert skipped_as(reader.load(SHIPPED, path)) == ["LAIT data dictionary"]
    frame = table(path)
    assert (frame.Measure_short == "SusEdOverall_All").sum() == 2


def test_trap_24_two_authorities_have_no_row(data: Path, release: Release) -> None:
    frame = whole(data, "timeliness_20_week", "All EHC plans issued")
    printed = set(frame[frame.time_period == "2023"].la_name)
    assert not {"Leicester", "Isle of Wight"} & printed
    rows = release.values("ehcp_20_weeks", area=["Leicester", "Isle of Wight"], period="2023")
    assert list(rows.symbol) == ["none", "none"]


def test_trap_25_one_row_of_a_county_that_was_about_to_split(data: Path, release: Release) -> None:
    frame = table(data / "tidy/absence_by_sen_la.csv.gz")
    early = frame[(frame.time_period == "201819") & (frame.education_phase == "Total")]
    assert {"Bournemouth", "Poole", "Bournemouth, Christchurch and Poole"} <= set(early.la_name)
    rows = release.values("overall_absence", area=["E06000028", "E06000029", "E06000058"],
                          sen_group="ehc_plan", period="201819")  # fmt: skip
    found = rows.set_index("area_code").symbol
    assert found["E06000058"] == "withheld"
    assert found[["E06000028", "E06000029"]].isna().all()


def test_trap_26_residential_placements_are_the_sum_of_their_parts(data: Path, plans: Held) -> None:
    frame = whole(data, "residential_settings", "All residential placements")
    year = frame[frame.time_period == "202223"]
    england = year[year.geographic_level == "National"].iloc[0]
    authorities = year[year.geographic_level == "Local authority"].Res_tot.map(number)
    assert (int(england.Res_tot), sum(n for n in authorities if n)) == (4488, 2196)
    assert plans.cell("ehcp_residential", "E92000001", "202223") == 2196


def test_trap_29_zero_denominators_are_not_applicable(data: Path, plans: Held) -> None:
    frame = whole(data, "timeliness_20_week", "All EHC plans issued")
    nobody = frame[frame.plans_issued_den_ex == "0"]
    assert len(nobody) == 4
    for row in nobody.itertuples():
        code = SHIPPED.areas.find(str(row.la_name)).area_code
        assert plans.cell("ehcp_20_weeks", code, str(row.time_period)) == "z"


def test_trap_31_two_figures_of_the_deck_of_2018_differ(data: Path, release: Release) -> None:
    deck = data.parent / "documents" / "dfe-national-send-position-2018.txt"
    printed = deck.read_text(encoding="utf-8")
    assert "38 LAs over 90%" in printed and "(78% agreed)" in printed
    assert "64.9% - England average" in printed
    asked: dict[str, Any] = {"period": "2017", "thresholds": (90.0,)}
    row = release.distribution("ehcp_20_weeks", **asked).iloc[0]
    assert (row.above_90, row.at_90, row.england) == (37, 0, 64.9)
    with_exceptions = release.distribution("ehcp_20_weeks_all", **asked).iloc[0]
    assert (with_exceptions.above_90, with_exceptions.england) == (31, 61.3)
    declined = release.values("assessment_requests_refused", area="England", period="2017")
    assert round(100 - declined["value"].item(), 1) == 77.4


def test_trap_33_fifteen_authorities_print_their_regions_total(data: Path) -> None:
    frame = whole(data, "newplans", "New EHC plans")
    same = frame[(frame.time_period == "2022") & (frame.new_ehc_plans == "6078")]
    names = same[same.geographic_level == "Local authority"].la_name
    series = SHIPPED.catalogue.indicators["ehcp_new"].series[0]
    withheld = {item.area_code for item in series.withheld if item.time_period == "2022"}
    assert withheld == {SHIPPED.areas.find(name).area_code for name in names}
    assert len(withheld) == 15


def test_trap_34_656_plans_of_surrey_are_counted_in_two_ways(data: Path) -> None:
    frame = whole(data, "sen_needs_all_plans", "All EHC plans")
    england = frame[frame.geographic_level == "National"].iloc[0]
    authorities = frame[frame.geographic_level == "Local authority"]
    severe, specific = (
        int(england[column]) - sum(n for n in authorities[column].map(number) if n)
        for column in ("number_sld", "number_spld")
    )
    assert (severe, specific) == (656, -656)

    surrey = SHIPPED.areas.find("Surrey").area_code

    def told(handling: Handling) -> None:
        held = {
            one.breakdown
            for one in handling.catalogue.indicators["ehcp_primary_need"].series
            if surrey in [item.area_code for item in one.withheld]
        }
        assert held == {"need:sld", "need:spld"}

    silent = SHIPPED.series("ehcp_primary_need", "sen2", lambda one: replace(one, withheld=()))
    needs(told, without=silent, fails=r"set\(\)")
