"""Traps about figures: zeros, symbols, impossible values, totals that are not their parts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from sendgap.catalogue.model import Columns
from sendgap.ingest import observe
from sendgap.terms import IntervalType, ValueType
from tests.traps.handling import NO_ROW, SHIPPED, Handling, Reader, all_rows, needs, selecting
from tests.worlds import Row, csv_file, lait_file

BARNET, ENGLAND, KENT = "E09000003", "E92000001", "E10000016"
BCP, WAKEFIELD = "E06000058", "E08000036"


def test_trap_07_zeros_that_mean_not_yet(reader: Reader, tmp_path: Path) -> None:
    plan = {"la_code_3": "302", "la_name": "Barnet", "sen": "SEN with statements or EHC plans",
            "number_in_ss_cohort": "80"}  # fmt: skip
    rows = [{**plan, "cohort_19_in": "2022", "l2_by19": "23", "l2_by19_rate": "28.75"},
            {**plan, "cohort_19_in": "2023", "l2_by19": "0", "l2_by19_rate": "0"}]  # fmt: skip
    file = csv_file(tmp_path / "l.csv", "level2", rows)
    shipped = SHIPPED.only("level2_by_19")

    def not_yet(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.cell("level2_by_19", BARNET, "202122") == pytest.approx(28.75)
        assert held.cell("level2_by_19", BARNET, "202223") == NO_ROW

    to_the_end = shipped.series(
        "level2_by_19", "level_2_3_by_19", lambda one: replace(one, last="202425")
    )
    needs(not_yet, handled=shipped, without=to_the_end, fails="0.0 == 'no row'")


def test_trap_08_two_rows_without_sen(reader: Reader, tmp_path: Path) -> None:
    row = {"new_la_code": BARNET, "sen_provision": "No SEN"}
    rows = [
        {**row, "characteristic_group": group, "sess_overall_percent": percent}
        for group, percent in (("SEN primary need", "5.34"), ("SEN provision", "5.32"))
    ]
    file = csv_file(tmp_path / "a.csv", "absence", rows)
    shipped = SHIPPED.only("overall_absence")

    def no_sen(handling: Handling) -> None:
        found = reader.read(handling, file).cell("overall_absence", BARNET, "202425", "no_sen")
        assert found == 5.32

    either = shipped.series(
        "overall_absence", "absence_characteristics",
        lambda one: all_rows(one, "characteristic_group"),
    )  # fmt: skip
    needs(no_sen, handled=shipped, without=either, fails="2 rows for overall_absence")


def test_trap_11_a_sign_means_what_its_publication_says(reader: Reader, tmp_path: Path) -> None:
    appeals = csv_file(
        tmp_path / "t.csv", "tribunal",
        [{"la_name": name, "appeals_registered": sign, "appealable_decisions": "401",
          "appeal_rate": "0.00%"}
         for name, sign in (("Hartlepool", "-"), ("Barnet", ".."), ("Kent", "9"))],
    )  # fmt: skip
    tool = lait_file(tmp_path / "l.parquet", [
        ("NEW_KS2_RWM_Sen_Withsta", "2025", name, value)
        for name, value in (("Barnet", "-"), ("Kent", "9"))
    ])  # fmt: skip
    absence = [csv_file(
        tmp_path / f"{number}.csv", "absence",
        [{"new_la_code": BARNET, "sen_provision": "EHC plan", "sess_overall_percent": sign},
         {"new_la_code": KENT, "sen_provision": "EHC plan", "sess_overall_percent": "9"}],
    ) for number, sign in enumerate(("c", "k", "SUPP"))]  # fmt: skip
    shipped = SHIPPED.only("tribunal_appeal_rate", "ks2_rwm_expected", "overall_absence")

    def signs(handling: Handling) -> None:
        held = reader.read(handling, appeals, tool)
        assert held.cell("tribunal_appeal_rate", "E06000001", "2024") == 0
        assert held.cell("tribunal_appeal_rate", BARNET, "2024") == "x"
        assert held.cell("ks2_rwm_expected", BARNET, "202425") == "x"
        for file, meant in zip(absence[:2], ("c", "low"), strict=True):
            assert reader.read(handling, file).cell("overall_absence", BARNET, "202425") == meant

    of_the_tool = SHIPPED.catalogue.sources["lait"].symbols
    of_appeals = SHIPPED.catalogue.sources["tribunal"].symbols
    needs(signs, handled=shipped, fails="'x' == 0",
          without=shipped.source("tribunal", symbols={"..": "x", **of_the_tool}))  # fmt: skip
    needs(signs, handled=shipped, without=shipped.source("lait", symbols=of_appeals),
          fails="0.0 == 'x'")  # fmt: skip
    (unknown,) = reader.load(shipped, absence[2])
    assert unknown.verdict == "refused" and "text 'SUPP'" in str(unknown.problems[0])


def test_trap_15_impossible_values(reader: Reader, tmp_path: Path) -> None:
    file = csv_file(
        tmp_path / "m.csv", "sen2_mi",
        [{"time_period": "2021", "old_la_code": "384", "new_all_ehc": "462",
          "new_all_ehc_ass_none_ehc_sum": "407", "new_all_ehc_pc": "113.51"}],
    )  # fmt: skip
    shipped = SHIPPED.only("assessments_plan_issued").years(2021, 2021)

    def impossible(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.shown("assessments_plan_issued", WAKEFIELD, "2021") == "impossible"

    no_bounds = shipped.indicator(
        "assessments_plan_issued", value_type=ValueType.EVENT_RATE, interval=IntervalType.NONE
    )
    needs(impossible, handled=shipped, without=no_bounds, fails="113.5")


@pytest.mark.parametrize(
    ("trap", "indicator", "column", "printed"),
    [("15", "suspension_rate", "susp_rate", "400"),
     ("20", "pupils_suspended", "one_plus_susp_rate", "450")],
)  # fmt: skip
def test_traps_15_and_20_a_rate_may_pass_a_hundred(
    reader: Reader, tmp_path: Path, trap: str, indicator: str, column: str, printed: str
) -> None:
    file = csv_file(tmp_path / "e.csv", "exclusions", [{"new_la_code": BARNET, column: printed}])
    shipped = SHIPPED.only(indicator).years(2023, 2023)

    def rate(handling: Handling) -> None:
        held = reader.read(handling, file)
        found = held.shown(indicator, BARNET, "202324", time_identifier="Autumn term")
        assert found == float(printed)

    proportion = shipped.indicator(indicator, value_type=ValueType.PROPORTION)
    needs(rate, handled=shipped, without=proportion, fails="'impossible'")


def test_trap_19_a_zero_may_stand_for_no_figure(reader: Reader, tmp_path: Path) -> None:
    name = "Bournemouth, Christchurch and Poole"
    file = lait_file(tmp_path / "l.parquet", [
        ("Age19_SENwoS", "2023", name, "0"), ("Age19_SEN-S", "2023", name, "-"),
        ("Age19_NoNSEN", "2023", name, "-"), ("Level2Age19", "2023", name, "-"),
        ("Age19_SEN-S", "2023", "Kent", "0"), ("Age19_NoNSEN", "2023", "Kent", "80"),
    ])  # fmt: skip
    shipped = SHIPPED.only("level2_by_19").years(2022, 2022)

    def zeros(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.shown("level2_by_19", KENT, "202223") == 0
        assert held.shown("level2_by_19", BCP, "202223", sen_group="sen_support") == "x"

    as_printed = shipped.series(
        "level2_by_19", "lait", lambda one: replace(one, placeholder_zeros=False)
    )
    needs(zeros, handled=shipped, without=as_printed, fails="0.0 == 'x'")


def test_trap_22_decimals_belong_to_a_source_and_a_period(reader: Reader, tmp_path: Path) -> None:
    file = lait_file(tmp_path / "l.parquet", [
        ("FSP_Gooddev_With_SENSTATE", year, "Kent", value)
        for year, value in (("2019", "5"), ("2022", "5.0999999999999996"))
    ])  # fmt: skip
    shipped = SHIPPED.only("eyfs_gld").years(2018, 2021)

    def as_printed(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.benchmark("eyfs_gld", KENT, "201819")["value"] == 5
        assert held.benchmark("eyfs_gld", KENT, "202122")["value"] == 5.1

    whole = shipped.series("eyfs_gld", "lait", lambda one: replace(one, decimals=(("0", 0),)))
    needs(as_printed, handled=shipped, without=whole, fails="5.0 == 5.1")


def test_trap_26_a_total_that_is_not_its_parts(reader: Reader, tmp_path: Path) -> None:
    england = {"geographic_level": "National", "country_code": ENGLAND, "time_period": "202223"}
    homes = csv_file(
        tmp_path / "r.csv", "residential",
        [{**england, "Res_3851": "1415", "Res_52": "781", "Res_tot": "4488"}],
    )  # fmt: skip
    plans = csv_file(tmp_path / "c.csv", "caseload", [{**england, "ehcplans": "517048"}])
    shipped = SHIPPED.only("ehcp_residential", "ehcp_caseload").years(2022, 2022)

    def parts(handling: Handling) -> None:
        held = reader.read(handling, homes, plans)
        assert held.cell("ehcp_residential", ENGLAND, "202223") == 2196
        share = held.shown("ehcp_residential", ENGLAND, "202223")
        assert share == pytest.approx(100 * 2196 / 517048)

    total = shipped.series(
        "ehcp_residential", "sen2",
        lambda one: selecting(one, value=Columns(((1, "Res_tot"),))),
    )  # fmt: skip
    needs(parts, handled=shipped, without=total, fails="4488.0 == 2196")


def test_trap_27_englands_neet_figures_repeat_the_year_before(
    reader: Reader, tmp_path: Path
) -> None:
    england = {"geographic_level": "National", "country_code": ENGLAND,
               "NEET_NK_noSEN_percent": "4.2", "NEET_NK_EHCP_percent": "8.6",
               "NEET_NK_SENDsupport_percent": "8.4"}  # fmt: skip
    file = csv_file(tmp_path / "n.csv", "neet",
                    [{**england, "time_period": year} for year in ("2021", "2022")])  # fmt: skip
    shipped = SHIPPED.only("neet_or_not_known").years(2021, 2022)

    def once(handling: Handling) -> None:
        held = reader.read(handling, file)
        for group, percent in (("no_sen", 4.2), ("ehc_plan", 8.6), ("sen_support", 8.4)):
            years = [held.shown("neet_or_not_known", ENGLAND, year, sen_group=group)
                     for year in ("2021", "2022")]  # fmt: skip
            assert years == [percent, "withheld"]

    shown = shipped.series(
        "neet_or_not_known", "neet_scorecard", lambda one: replace(one, withheld=())
    )
    needs(once, handled=shipped, without=shown, fails=r"\[4.2, 4.2\]")


def test_trap_29_nobody_to_count(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows: list[Row] = [
        {"old_la_code": "420", "plans_issued_20_weeks_ex": "0", "plans_issued_den_ex": "0"}
    ]
    file = csv_file(tmp_path / "t.csv", "timeliness", rows)
    shipped = SHIPPED.only("ehcp_20_weeks")

    def not_applicable() -> None:
        assert reader.read(shipped, file).cell("ehcp_20_weeks", "E06000053", "2024") == "z"

    with pytest.raises(AssertionError, match="refused|no figure"):
        not_applicable()  # a file of nothing but zero denominators is refused whole
    rows.append({"old_la_code": "302", "plans_issued_20_weeks_ex": "1", "plans_issued_den_ex": "4"})
    csv_file(file, "timeliness", rows)
    not_applicable()
    for name in ("_PARSED", "_OBSERVED"):
        without = getattr(observe, name).replace("d_number = 0", "d_number is not distinct from -1")
        assert without != getattr(observe, name)
        monkeypatch.setattr(observe, name, without)
    with pytest.raises(AssertionError, match="'x' == 'z'"):
        not_applicable()


def test_trap_33_a_regions_total_is_printed_for_its_authorities(
    reader: Reader, tmp_path: Path
) -> None:
    region = {"region_code": "E12000003", "region_name": "Yorkshire and The Humber",
              "new_ehc_plans": "6078"}  # fmt: skip
    file = csv_file(
        tmp_path / "n.csv", "new_plans",
        [{**region, "geographic_level": "Regional"},
         {**region, "old_la_code": "384", "la_name": "Wakefield"}],
    )  # fmt: skip
    shipped = SHIPPED.only("ehcp_new").years(2022, 2022)

    def kept_back(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.shown("ehcp_new", "E12000003", "2022") == 6078
        assert held.shown("ehcp_new", WAKEFIELD, "2022") == "withheld"

    shown = shipped.series("ehcp_new", "sen2", lambda one: replace(one, withheld=()))
    needs(kept_back, handled=shipped, without=shown, fails="6078.0 == 'withheld'")
