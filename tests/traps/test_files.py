"""Traps about files: headers, codes, labels, editions, and files that are not to be read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from sendgap.catalogue.model import Columns
from sendgap.ingest import extract, stage
from sendgap.ingest.periods import time_period
from tests.traps.handling import SHIPPED, Handling, Reader, needs, selecting, skipped_as
from tests.worlds import Row, csv_file, lait_file

BARNET, HARTLEPOOL = "E09000003", "E06000001"

#: The first lines of files that are known and never read, and the name they go by.
NOT_READ = {
    "test_trap_03": (
        '"SEND Appeal rate table 1: Special Educational Needs - Appeal rate to the SEND Tribunal '
        'based on total appealable decisions1, by local authorities in England 2014-20242,3",,\n'
        "Cambridgeshire,823,85\n",
        "SEND Tribunal appeal rate, presentation table",
    ),
    "test_trap_13": (
        "region_name,year,appealsregistered,totalappealabledecisions,SEND Tribunal Appeal Rate\n"
        "England,2017,498800.0,33886600.0,1.47\n",
        "SEND and AP dashboard, appeals by region",
    ),
    "test_trap_17": (
        "time_period,old_la_code,ehc_assessed_no_plan,statement_assessed_no_plan,"
        "statement_discontinued_needs_met\n2018,302,1,1,1\n",
        "SEN2 2019, process",
    ),
    "test_trap_22": (
        "Measure_code,Topic,Measure,Measure_short,Polarity\n"
        "1,Destinations,Sustained,SusEdOverall_All,High\n"
        "2,Destinations,Sustained,SusEdOverall_All,High\n",
        "LAIT data dictionary",
    ),
}


@pytest.mark.parametrize("trap", NOT_READ)
def test_traps_03_13_17_22_files_that_would_mislead_are_skipped_by_name(
    reader: Reader, tmp_path: Path, trap: str
) -> None:
    content, name = NOT_READ[trap]
    file = tmp_path / "any_name.csv"
    file.write_text(content, encoding="utf-8")

    def skipped(handling: Handling) -> None:
        assert skipped_as(reader.load(handling, file)) == [name]

    needs(skipped, without=SHIPPED.unrecognised(name), fails="refused")


def test_trap_04_a_column_stands_twice_and_another_is_negative(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [{"old_la_code": "926", "review_expected": "10015", "total_review_meeting": "9145",
             "review_decision_outstanding": "-447"}]  # fmt: skip
    file = csv_file(tmp_path / "r.csv", "annual_reviews", rows)
    shipped = SHIPPED.only("annual_reviews_held")

    def norfolk(handling: Handling) -> None:
        held = reader.read(handling, file)
        found = held.cell("annual_reviews_held", "E10000020", "2024")
        assert found == pytest.approx(100 * 9145 / 10015)

    derived = shipped.series(
        "annual_reviews_held", "sen2",
        lambda one: selecting(one, numerator=Columns(((1, "review_decision_outstanding"),))),
    )  # fmt: skip
    needs(norfolk, handled=shipped, without=derived, fails="a count below zero")
    named_once = stage.names_of
    monkeypatch.setattr(
        stage, "names_of", lambda member, table: tuple(dict.fromkeys(named_once(member, table)))
    )
    with pytest.raises(AssertionError, match="17 cells where the first line has 16"):
        norfolk(shipped)


def test_trap_05_labels_differ_between_the_files_of_one_release(
    reader: Reader, tmp_path: Path
) -> None:
    plans = {"time_period": "202425", "ehcplans": "12", "old_la_code": "302"}
    ages = csv_file(
        tmp_path / "c.csv", "caseload",
        [{**plans, "breakdown_topic": "Child or young persons age", "breakdown": "age 10"},
         {**plans, "ehcplans": "90"}],
    )  # fmt: skip
    needs_file = csv_file(
        tmp_path / "n.csv", "needs",
        [{"time_period": "202425", "time_identifier": "Calendar year", "old_la_code": "302",
          "ehc_plans": "40", "number_asd": "10"}],
    )  # fmt: skip
    shipped = SHIPPED.only("ehcp_caseload", "ehcp_new_primary_need")

    def ten_years_old(handling: Handling) -> None:
        held = reader.read(handling, ages)
        assert held.cell("ehcp_caseload", BARNET, "202425", breakdown="age:10") == 12

    def as_in_annual_reviews(handling: Handling) -> Handling:
        def other(one):  # type: ignore[no-untyped-def]
            labels = {("breakdown", ("age 10",)): ("breakdown", ("Aged 10",))}
            groups = {
                group: replace(chosen, where=tuple(labels.get(t, t) for t in chosen.where))
                for group, chosen in one.groups.items()
            }
            return replace(one, groups=groups)

        return handling.series("ehcp_caseload", "sen2", other)

    needs(ten_years_old, handled=shipped, without=as_in_annual_reviews(shipped), fails="no row")

    def calendar_year(handling: Handling) -> None:
        held = reader.read(handling, needs_file)
        share = held.cell("ehcp_new_primary_need", BARNET, "2024", breakdown="need:asd")
        assert share == 25

    as_labelled = shipped.table("sen2", "sen_needs", mislabelled={})
    needs(calendar_year, handled=shipped, without=as_labelled,
          fails="'202425' labelled 'Calendar year'")  # fmt: skip


def test_trap_06_a_file_without_a_header_and_padded_codes(reader: Reader, tmp_path: Path) -> None:
    table = next((t for t in SHIPPED.catalogue.tables() if t.id == "enrolments_by_band"), None)
    if table is None:
        pytest.skip("enrolments_by_band: not catalogued yet")
    places = {"time_identifier": "Academic year", "time_period": "202223",
              "geographic_level": "Local authority", "country_code": "E92000001",
              "country_name": "England", "region_name": "London", "old_la_code": "302",
              "new_la_code": f"{BARNET:<20}", "la_name": "Barnet"}  # fmt: skip
    rows = []
    for status, bands in (("Any special educational need", (60, 10, 30)),
                          ("No identified special educational need", (80, 10, 10))):  # fmt: skip
        row = {**dict.fromkeys(table.columns, "0"), **places, "sen_status": status}
        for column in ("school_type", "fsm_eligible", "gender", "year_group"):
            row[column] = "Total"
        row |= dict(zip(("band_0", "band_5", "band_50"), map(str, bands), strict=True))
        rows.append(row)
    file = tmp_path / "bands.csv"
    file.write_text("".join(",".join(row.values()) + "\n" for row in rows), encoding="utf-8")

    def first_row_counts(handling: Handling) -> None:
        verdict = reader.read(handling, file).verdicts[0]
        assert (verdict.verdict, verdict.rows_read) == ("taken", 2)

    with_header = SHIPPED.table(table.source_id, table.id, headerless=False)
    needs(first_row_counts, without=with_header, fails="refused")


def test_trap_12_a_demonstration_row(reader: Reader, tmp_path: Path) -> None:
    rows: list[Row] = [
        {"old_la_code": "302", "NEET_NK_EHCP_percent": "9"},
        {"geographic_level": "Regional", "region_name": "Region demo",
         "NEET_NK_EHCP_percent": "13.2"},
    ]  # fmt: skip
    file = csv_file(tmp_path / "n.csv", "neet", rows)

    def set_aside(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.cell("neet_or_not_known", BARNET, "2023") == 9
        assert held.cell("neet_or_not_known", "E92000001", "2023") == "no row"

    every_row = SHIPPED.table("neet_scorecard", "neet_la", drop=())
    needs(set_aside, without=every_row, fails="area 'Region demo' is not known|13.2")


def test_trap_18_a_release_comes_again_revised(reader: Reader, tmp_path: Path) -> None:
    row = {"old_la_code": "302", "requests_received_in_year": "100"}
    newer, older = (
        csv_file(tmp_path / f"{number}.csv", "requests",
                 [{**row, "requests_decided_not_to_assess": number}])
        for number in ("25", "40")
    )  # fmt: skip

    def newest_stays(**options: object) -> None:
        held = reader.read(SHIPPED.only("assessment_requests_refused"), newer)
        held = reader.again(held, older, **options)
        assert held.cell("assessment_requests_refused", BARNET, "2024") == 25
        (change,) = held.verdicts[-1].changes
        assert (change.before, change.after) == ("40", "25")

    newest_stays(edition="2025-06-01")
    with pytest.raises(AssertionError, match=r"40\.0 == 25"):
        newest_stays(replace=True)  # taken for the same edition


def _tribunal(tmp_path: Path) -> Path:
    row = {"region_heading": "East Of England", "appealable_decisions": "2,803"}
    return csv_file(
        tmp_path / "t.csv", "tribunal",
        [{**row, "la_name": "Cambridgeshire", "old_la_code_as_published": "823",
          "appeals_registered": "169", "appeal_rate": "6.00%"},
         {**row, "la_name": "Hartlepool", "old_la_code_as_published": "805",
          "appeals_registered": "-", "appeal_rate": "0.00%"},
         {**row, "la_name": "England Total", "geographic_level": "National",
          "appeals_registered": "1,000", "appeal_rate": "35.70%"},
         {**row, "la_name": "England total excluding suppressed", "appeals_registered": "900",
          "geographic_level": "National", "appeal_rate": "32.10%"}],
    )  # fmt: skip


def test_trap_21_the_tribunal_file_is_joined_by_name(reader: Reader, tmp_path: Path) -> None:
    file = _tribunal(tmp_path)

    def by_name(handling: Handling) -> None:
        held = reader.read(handling.only("tribunal_appeal_rate"), file)
        for area, appeals in (("E10000003", 169), (HARTLEPOOL, 0), ("E92000001", 1000)):
            rate = held.cell("tribunal_appeal_rate", area, "2024")
            assert rate == pytest.approx(100 * appeals / 2803)

    source = SHIPPED.catalogue.sources["tribunal"]
    code = replace(source.tables[0].area[0], kind="la_code", column="old_la_code_as_published")
    by_code = SHIPPED.table("tribunal", "appeals", area=(code, *source.tables[0].area))
    needs(by_name, without=by_code, fails="no row")
    needs(by_name, without=SHIPPED.table("tribunal", "appeals", drop=()),
          fails="'England total excluding suppressed' is not known|2 rows for")  # fmt: skip
    dash_missing = SHIPPED.source("tribunal", symbols={**source.symbols, "-": "x"})
    needs(by_name, without=dash_missing, fails="'x'")


def test_trap_21_thousands_have_commas(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = _tribunal(tmp_path)
    shipped = SHIPPED.only("tribunal_appeal_rate")
    assert not reader.load(shipped, file)[0].problems
    monkeypatch.setattr(extract, "NUMBER", extract.NUMBER.replace("(,[0-9]{{3}})+", "x"))
    told = "\n".join(str(problem) for problem in reader.load(shipped, file)[0].problems)
    assert "text '2,803'" in told and "text '1,000'" in told


def test_trap_30_a_symbol_stands_far_down_a_column_of_counts(
    reader: Reader, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    names = [area.name for area in SHIPPED.areas.local_authorities()][:150]
    rows = [
        {"la_name": name, "time_period": period, "characteristic": "EHC plan",
         "pt_rwm_met_expected_standard": "9", "t_rwm_met_expected_standard": "9",
         "t_rwm_eligible_pupils": "100"}
        for period in ("201819", "202122", "202223") for name in names
    ]  # fmt: skip
    for column in [name for name in rows[0] if "rwm" in name]:
        rows[336][column] = "x"
    file = csv_file(tmp_path / "k.csv", "ks2", rows)
    assert file.read_text(encoding="utf-8").splitlines()[337].count(",x,x,x,") == 1
    area = SHIPPED.areas.find(names[36]).area_code

    def symbol() -> None:
        held = reader.read(SHIPPED.only("ks2_rwm_expected"), file)
        assert held.cell("ks2_rwm_expected", area, "202223") == "x"

    symbol()
    as_text: Callable[..., str] = stage._reader

    def as_numbers(*given: object) -> str:
        return as_text(*given).replace("'t_rwm_eligible_pupils': 'varchar'",
                                       "'t_rwm_eligible_pupils': 'bigint'")  # fmt: skip

    monkeypatch.setattr(stage, "_reader", as_numbers)
    with pytest.raises(AssertionError, match="line 338.*cannot be read"):
        symbol()


def test_trap_10_each_measure_of_the_tool_spells_its_years(reader: Reader, tmp_path: Path) -> None:
    file = lait_file(tmp_path / "l.parquet", [
        ("NEW_KS2_RWM_Sen_Withsta", "2025 (prov)", "Barnet", "64.900000000000006"),
        ("NEW_KS2_RWM_Sen_Withsta", "2024", "Barnet", "-"),
        ("SusEdOverall_SEN_Stat_incSpec", "2023", "Barnet", "80"),
    ])  # fmt: skip
    shipped = SHIPPED.only("ks2_rwm_expected", "ks4_sustained_destination")

    def years(handling: Handling) -> None:
        held = reader.read(handling, file)
        assert held.cell("ks2_rwm_expected", BARNET, "202425") == 64.9
        assert held.cell("ks2_rwm_expected", BARNET, "202324") == "x"
        assert held.cell("ks4_sustained_destination", BARNET, "202324") == 80

    def ruled(indicator: str, rule: str) -> Handling:
        return shipped.series(indicator, "lait", lambda one: replace(one, period_rule=rule))

    needs(years, handled=shipped, without=ruled("ks2_rwm_expected", "as_published"),
          fails=r"period '2025 \(prov\)'")  # fmt: skip
    needs(years, handled=shipped, without=shipped.source("lait", symbols={"": "none"}),
          fails="text '-'")  # fmt: skip
    ending = ruled("ks4_sustained_destination", "academic_year_ending")
    needs(years, handled=shipped, without=ending, fails="no row")
    assert time_period("0", "academic_year_ending") is None
    assert time_period("2016-17 (OT)", "financial_year") == "201617"
