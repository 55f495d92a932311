"""Traps about places: codes, names, regions, neighbours, what exists and what is left out."""

from __future__ import annotations

import csv
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from statistics import mean

import pytest

from sendgap.config import PROJECT
from sendgap.terms import VINTAGES
from tests.traps.handling import NO_ROW, SHIPPED, Handling, Held, Reader, filtering, needs
from tests.worlds import csv_file, lait_file

RECODED = {"E06000066": "E10000027", "E06000065": "E10000023", "E06000060": "E10000002"}
KS2 = "KS2RWM_Expected_STD"
CUMBRIA, CUMBERLAND = "E10000006", "E06000063"
POOLE, BCP = "E06000029", "E06000058"


def test_trap_01_codes_drift(reader: Reader, tmp_path: Path) -> None:
    old = [{"new_la_code": code, "sen_provision": "EHC plan", "sess_overall_percent": "9"}
           for code in RECODED.values()]  # fmt: skip
    absence = csv_file(tmp_path / "a.csv", "absence", old)
    requests = csv_file(
        tmp_path / "r.csv", "requests",
        [{"new_la_code": old, "old_la_code": la_code, "requests_received_in_year": "100",
          "requests_decided_not_to_assess": "20"}
         for old, la_code in zip(RECODED.values(), ("933", "815", "825"), strict=True)],
    )  # fmt: skip

    def stable_codes(handling: Handling) -> None:
        handling = handling.only("overall_absence", "assessment_requests")
        held = reader.read(handling, absence, requests)
        for code in RECODED:
            assert held.cell("overall_absence", code, "202425") == 9
            assert held.cell("assessment_requests", code, "2024") == 100

    forgotten = SHIPPED.forgetting("e10000027", "e10000023", "e10000002")
    needs(stable_codes, without=forgotten, fails="area 'E10000002' is not known")
    by_gss = [column for column in CAREFUL if column.kind == "gss"]
    plain_join = forgotten.table("sen2", "requests", area=tuple(by_gss))
    assert len(by_gss) < len(CAREFUL)

    def by_three_digits(handling: Handling) -> None:
        held = reader.read(handling.only("assessment_requests"), requests)
        assert held.cell("assessment_requests", "E06000066", "2024") == 100

    needs(by_three_digits, handled=forgotten, without=plain_join, fails="is not known")


CAREFUL = next(
    table.area for table in SHIPPED.catalogue.sources["sen2"].tables if table.id == "requests"
)


def test_trap_02_two_codes_and_areas_that_split(reader: Reader, tmp_path: Path) -> None:
    gss = csv_file(
        tmp_path / "mi.csv", "sen2_mi",
        [{"new_la_code": code} for code in ("E08000020", "E06000048")]
        + [{"old_la_code": code, "la_name": "Dorset", "inreq_ehc": number}
           for code, number in (("835", "70"), ("838", "7"))],
    )  # fmt: skip
    split = csv_file(
        tmp_path / "t.csv", "timeliness",
        [{"time_period": period, "old_la_code": code, "plans_issued_20_weeks_ex": "1",
          "plans_issued_den_ex": of}
         for period, code, of in (("2022", "909", "2"), ("2023", "942", "4"))],
    )  # fmt: skip

    def two_codes(handling: Handling) -> None:
        held = reader.read(handling.only("assessment_requests"), gss)
        assert held.cell("assessment_requests", "E08000037", "2018") == 4
        assert held.cell("assessment_requests", "E06000057", "2018") == 4
        assert held.cell("assessment_requests", "E10000009", "2018") == 70
        assert held.cell("assessment_requests", "E06000059", "2018") == 7

    def no_line_across(handling: Handling) -> None:
        held = reader.read(handling.only("ehcp_20_weeks").years(2022, 2023), split)
        assert held.cell("ehcp_20_weeks", CUMBRIA, "2022") == 50
        row = held.benchmark("ehcp_20_weeks", CUMBERLAND, "2023")
        assert (row["value"], row["change_previous"]) == (25, None)

    needs(two_codes, without=SHIPPED.forgetting("e08000020"), fails="'E08000020' is not known")
    needs(two_codes, without=SHIPPED.meaning("835", "E06000059"), fails="2 rows for")
    needs(no_line_across, without=SHIPPED.meaning("942", CUMBRIA), fails="None, None")


def test_trap_09_london_rows_change_their_region(reader: Reader, tmp_path: Path) -> None:
    barnet, outer = "E09000003", "E13000002"
    file = csv_file(
        tmp_path / "a.csv", "absence",
        [{"new_la_code": barnet, "time_period": period, "region_name": region,
          "sen_provision": "EHC plan", "sess_overall_percent": "9"}
         for period, region in (("202324", "Outer London"), ("202425", "London"))],
    )  # fmt: skip

    def one_region(handling: Handling) -> None:
        held = reader.read(handling.only("overall_absence").years(2023, 2024), file)
        regions = {held.benchmark("overall_absence", barnet, period)["region"]
                   for period in ("202324", "202425")}  # fmt: skip
        assert regions == {"London"}

    needs(one_region, without=SHIPPED.in_region(barnet, outer), fails="Outer London")


def _neighbours(vintage: str, code: str) -> list[str]:
    with (PROJECT / "data/reference/neighbours.csv").open(encoding="utf-8", newline="") as file:
        return [row["neighbour_code"] for row in csv.DictReader(file)
                if (row["vintage"], row["area_code"]) == (vintage, code)]  # fmt: skip


@pytest.fixture
def everywhere(tmp_path: Path) -> tuple[Path, dict[str, int]]:
    """A figure for every authority that exists, and what it is."""
    authorities = [area for area in SHIPPED.areas.local_authorities()]
    values = {area.area_code: number % 90 for number, area in enumerate(authorities)}
    rows = [("NEW_KS2_RWM_Sen_Withsta", "2025", area.name, str(values[area.area_code]))
            for area in authorities]  # fmt: skip
    return lait_file(tmp_path / "l.parquet", rows), values


def test_trap_16_neighbours_have_a_vintage(
    reader: Reader, everywhere: tuple[Path, dict[str, int]]
) -> None:
    file, values = everywhere
    hertfordshire = "E10000015"

    def each_its_own(handling: Handling) -> None:
        held = reader.read(handling.only("ks2_rwm_expected").years(2024, 2024), file)
        for vintage in VINTAGES:
            row = held.benchmark("ks2_rwm_expected", hertfordshire, "202425", neighbours=vintage)
            expected = mean(values[code] for code in _neighbours(vintage, hertfordshire))
            assert (row["vintage"], row["neighbour_mean"]) == (vintage, pytest.approx(expected))

    newest = SHIPPED.with_neighbours(lambda vintage, code: (VINTAGES[0], code))
    needs(each_its_own, without=newest, fails="2021-04")


def test_trap_28_two_authorities_without_neighbours(
    reader: Reader, everywhere: tuple[Path, dict[str, int]]
) -> None:
    file, _ = everywhere

    def none_then_ten(handling: Handling) -> None:
        held = reader.read(handling.only("ks2_rwm_expected").years(2024, 2024), file)
        asked = ("ks2_rwm_expected", CUMBERLAND, "202425")
        counts = {vintage: held.benchmark(*asked, neighbours=vintage)["neighbour_count"]
                  for vintage in VINTAGES}  # fmt: skip
        assert counts == {"2025-05": 10, "2021-04": 0}

    lent = SHIPPED.with_neighbours(
        lambda vintage, code: (vintage, "E06000057" if code == CUMBERLAND else code)
    )
    needs(none_then_ten, without=lent, fails="2021-04")


def test_trap_14_districts_repeat_the_authority(reader: Reader, tmp_path: Path) -> None:
    plan = {"characteristic": "SEN provision", "characteristic_type": "EHC plan",
            "children_number": "100", "old_la_code": "886", "la_name": "Kent"}  # fmt: skip
    rows = [{**plan, "gld_number": "5", "gld_percentage": "5.1"},
            {**plan, "geographic_level": "Local authority district", "lad_code": "E07000105",
             "gld_number": "2", "gld_percentage": "2"}]  # fmt: skip
    file = csv_file(tmp_path / "e.csv", "eyfsp", rows)

    def kent(handling: Handling) -> None:
        assert reader.read(handling, file).cell("eyfs_gld", "E10000016", "202122") == 5.1

    every_row = SHIPPED.table("eyfsp_2022", "headline_measures", drop=())
    needs(kent, without=every_row, fails="2 rows for eyfs_gld")


def test_trap_23_regions_are_spelled_in_many_ways(reader: Reader, tmp_path: Path) -> None:
    spelled = {"Yorkshire and the Humber": "E12000003", "Yorkshire and The Humber": "E12000003",
               "London (Inner)": "E13000001", "London (Outer)": "E13000002",
               "London": "E12000007"}  # fmt: skip
    files = {name: lait_file(tmp_path / f"{number}.parquet", [(KS2, "2025", name, "60")])
             for number, name in enumerate(spelled)}  # fmt: skip

    def each_a_region(handling: Handling) -> None:
        for name, code in spelled.items():
            held = reader.read(handling.only("ks2_rwm_expected"), files[name])
            assert held.cell("ks2_rwm_expected", code, "202425", "all_pupils") == 60

    needs(each_a_region, without=SHIPPED.forgetting("london (inner)"), fails="is not known")
    one_london = SHIPPED.meaning("london (outer)", "E12000007")
    needs(each_a_region, without=one_london, fails=NO_ROW)


def test_trap_24_rows_vanish_without_a_symbol(reader: Reader, tmp_path: Path) -> None:
    leicester = "E06000016"
    plans = csv_file(
        tmp_path / "t.csv", "timeliness",
        [{"time_period": "2023", "old_la_code": "330", "plans_issued_20_weeks_ex": "1",
          "plans_issued_den_ex": "4"}],
    )  # fmt: skip
    held = reader.read(SHIPPED.only("ehcp_20_weeks").years(2023, 2023), plans)

    def said(look: Callable[[str, str, str], object]) -> None:
        assert look("ehcp_20_weeks", leicester, "2023") == "none"

    said(held.shown)
    with pytest.raises(AssertionError, match=NO_ROW):
        said(held.cell)

    phase = csv_file(
        tmp_path / "e.csv", "exclusions",
        [{"new_la_code": "E09000003", "education_phase": label, "susp_rate": rate}
         for label, rate in (("State-funded special", "7"), ("Total", "2"))],
    )  # fmt: skip

    def special(handling: Handling) -> None:
        held: Held = reader.read(handling.only("suspension_rate"), phase)
        rate = held.cell("suspension_rate", "E09000003", "202324", breakdown="phase:special")
        assert rate == 7

    as_in_absence = SHIPPED.series(
        "suspension_rate", "exclusions_termly",
        lambda one: filtering(one, "education_phase", "Special")
        if one.breakdown == "phase:special" else one,
    )  # fmt: skip
    needs(special, without=as_in_absence, fails=NO_ROW)


def test_trap_25_an_area_has_figures_only_while_it_exists(reader: Reader, tmp_path: Path) -> None:
    rows = [{"new_la_code": code, "time_period": "201819", "sen_provision": "EHC plan",
             "sess_overall_percent": value}
            for code, value in ((POOLE, "8.5"), (BCP, "7.7"))]  # fmt: skip
    absence = csv_file(tmp_path / "a.csv", "absence", rows)
    tool = lait_file(tmp_path / "l.parquet", [
        ("NEW_KS2_RWM_Sen_Withsta", year, "Poole (Pre LG)", value)
        for year, value in (("2018", "9"), ("2025", "-"))
    ])  # fmt: skip

    def one_of_the_two(handling: Handling) -> None:
        absences = reader.read(handling.only("overall_absence").years(2018, 2018), absence)
        assert absences.shown("overall_absence", POOLE, "201819") == 8.5
        assert absences.shown("overall_absence", BCP, "201819") == "withheld"
        results = reader.read(handling.only("ks2_rwm_expected").years(2016, 2024), tool)
        assert results.shown("ks2_rwm_expected", POOLE, "201718") == 9
        assert results.shown("ks2_rwm_expected", CUMBERLAND, "201718") == "no_area"
        assert results.shown("ks2_rwm_expected", POOLE, "202425") == NO_ROW

    both = SHIPPED.series(
        "overall_absence", "absence_characteristics", lambda one: replace(one, withheld=())
    )
    needs(one_of_the_two, without=both, fails="7.7")
    never_closed = Handling(SHIPPED.catalogue, replace(SHIPPED.areas, _by_code={
        area.area_code: replace(area, opened=None, closed=None) for area in SHIPPED.areas
    }))  # fmt: skip
    needs(one_of_the_two, without=never_closed, fails="no_area|no row")
