"""Each publisher's layout is read as it is printed: values, counts, symbols, places, periods."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendgap.ingest.periods import fits, time_period
from sendgap.terms import TimeIdentifier
from tests.ingest.conftest import World
from tests.worlds import COLUMNS, csv_file, lait_file, text, zip_file

KS2 = "KS2RWM_Expected_STD"
SOMERSET, NORTH_YORKSHIRE, BUCKINGHAMSHIRE = "E06000066", "E06000065", "E06000060"


def test_the_interactive_tool_is_read_by_name_with_its_one_symbol(
    world: World, tmp_path: Path
) -> None:
    file = lait_file(
        tmp_path / "any_name.parquet",
        [
            (KS2, "2025", "Barnet", "64.900000000000006"),
            (KS2, "2025 (prov)", "Yorkshire and the Humber", "60"),
            (KS2, "2025", "England", "62"),
            (KS2, "2024", "Barnet", "-"),
            (KS2, "2024", "Kent", "0"),
            (KS2, "2024", "Leeds", ""),
            ("NotCatalogued", "nonsense", "Nowhere", "text"),
        ],
    )
    (verdict,) = world.take(file)
    assert (verdict.verdict, verdict.what) == ("taken", "lait: measures")
    assert (verdict.rows_read, verdict.rows_taken) == (6, 6)
    columns = ("time_period", "area_code", "value", "symbol", "symbol_published", "sen_group")
    assert world.figures("lait", *columns) == [
        ("202324", "E08000035", None, "none", None, "all_pupils"),
        ("202324", "E09000003", None, "x", "-", "all_pupils"),
        ("202324", "E10000016", 0.0, None, None, "all_pupils"),
        ("202425", "E09000003", 64.900000000000006, None, None, "all_pupils"),
        ("202425", "E12000003", 60.0, None, None, "all_pupils"),
        ("202425", "E92000001", 62.0, None, None, "all_pupils"),
    ]


@pytest.mark.parametrize(
    ("measure", "label", "kind", "period"),
    [
        (KS2, "2019", "Academic year", "201819"),
        ("TotFixedEx", "2022/23", "Academic year", "202223"),
        ("16-17_not known_NEET", "2024", "Calendar year", "2024"),
    ],
)
def test_each_measure_of_the_tool_has_its_own_kind_of_year(
    world: World, tmp_path: Path, measure: str, label: str, kind: str, period: str
) -> None:
    world.take(lait_file(tmp_path / "l.parquet", [(measure, label, "Barnet", "1")]))
    assert world.figures("lait", "time_identifier", "time_period") == [(kind, period)]


def test_dorset_before_2019_is_the_county_that_was_abolished(world: World, tmp_path: Path) -> None:
    rows = [(KS2, year, "Dorset", "60") for year in ("2018", "2019", "2022")]
    world.take(lait_file(tmp_path / "l.parquet", rows))
    assert world.figures("lait", "time_period", "area_code") == [
        ("201718", "E10000009"),
        ("201819", "E06000059"),
        ("202122", "E06000059"),
    ]


def test_a_file_with_rows_of_the_old_dorset_keeps_both_apart(world: World, tmp_path: Path) -> None:
    rows = [
        {"time_period": "2018", "old_la_code": "838", "la_name": "Dorset"},
        {"time_period": "2018", "old_la_code": "835", "la_name": "Dorset"},
    ]
    world.take(csv_file(tmp_path / "mi.csv", "sen2_mi", rows))
    held = world.figures("sen2_earlier", "area_code", "indicator_id")
    assert {code for code, _ in held} == {"E06000059", "E10000009"}
    assert len(held) == 10


def test_absence_is_read_by_old_and_new_codes_and_its_sen_provision_rows_only(
    world: World, tmp_path: Path
) -> None:
    figure = {"sen_provision": "EHC plan", "sess_overall_percent": "5.74963"}
    rows = [
        {**figure, "new_la_code": "E10000027", "la_name": "Somerset"},
        {**figure, "new_la_code": "E10000023", "time_period": "201819"},
        {**figure, "new_la_code": "E10000002", "education_phase": "Special"},
        {**figure, "new_la_code": "E06000066", "time_period": "202324",
         "sess_overall_percent": "low"},
        {**figure, "new_la_code": "E09000003", "sess_overall_percent": "c"},
        {**figure, "new_la_code": "E09000003", "characteristic_group": "SEN primary need",
         "sess_overall_percent": "99"},
        {**figure, "new_la_code": "E09000003", "time_identifier": "Autumn term",
         "sess_overall_percent": "98"},
    ]  # fmt: skip
    world.take(csv_file(tmp_path / "absence.csv.gz", "absence", rows))
    columns = ("area_code", "time_period", "breakdown", "value", "symbol", "symbol_published")
    overall = [
        row[1:]
        for row in world.figures("absence_characteristics", "indicator_id", *columns)
        if row[0] == "overall_absence"
    ]
    assert overall == [
        (BUCKINGHAMSHIRE, "202425", "phase:special", 5.74963, None, None),
        (NORTH_YORKSHIRE, "201819", "total", 5.74963, None, None),
        (SOMERSET, "202324", "total", None, "low", "low"),
        (SOMERSET, "202425", "total", 5.74963, None, None),
        ("E09000003", "202425", "total", None, "c", "c"),
    ]


def test_terms_are_kept_as_terms(world: World, tmp_path: Path) -> None:
    rows = [
        {"new_la_code": "E09000003", "time_identifier": term, "susp_rate": rate}
        for term, rate in (("Autumn term", "2.985"), ("Summer term", "450"))
    ]
    world.take(csv_file(tmp_path / "e.csv", "exclusions", rows))
    held = world.figures("exclusions_termly", "indicator_id", "time_identifier", "value")
    assert [row for row in held if row[0] == "suspension_rate"] == [
        ("suspension_rate", "Autumn term", 2.985),
        ("suspension_rate", "Summer term", 450.0),
    ]


def test_dashboards_without_codes_name_their_areas(world: World, tmp_path: Path) -> None:
    def row(group: str, value: str, met: str, of: str, **place: str) -> dict[str, str]:
        return {
            "characteristic": group, "pt_rwm_met_expected_standard": value,
            "t_rwm_met_expected_standard": met, "t_rwm_eligible_pupils": of, **place,
        }  # fmt: skip

    rows = [
        row("EHC plan", "7", "700", "10000", geographic_level="National"),
        row("EHC plan", "8", "80", "1000", geographic_level="Regional", region_name="London"),
        row("EHC plan", "9", "9", "100", region_name="London", la_name="Barnet"),
        row("No SEN", "c", "c", "100", la_name="St. Helens"),
        row("All SEN", "x", "x", "x", la_name="Bristol, City of"),
        row("Girls", "50", "5", "10", la_name="Barnet"),
    ]
    world.take(csv_file(tmp_path / "ks2_attainment.csv", "ks2", rows))
    columns = "area_code sen_group value numerator denominator symbol symbol_published".split()
    assert world.figures("ks2_characteristics", *columns) == [
        ("E06000023", "any_sen", None, None, None, "x", "x"),
        ("E08000013", "no_sen", None, None, 100.0, "c", "c"),
        ("E09000003", "ehc_plan", 9.0, 9.0, 100.0, None, None),
        ("E12000007", "ehc_plan", 8.0, 80.0, 1000.0, None, None),
        ("E92000001", "ehc_plan", 7.0, 700.0, 10000.0, None, None),
    ]


def test_phonics_is_worked_out_from_its_counts_up_to_its_last_year(
    world: World, tmp_path: Path
) -> None:
    counts = ("t_phonics_y1_met_expected_standard", "t_phonics_y1_eligible_pupils")
    rows = [
        {"la_name": "Barnet", "characteristic": "No SEN", "time_period": period,
         "pt_phonics_y1_met_expected_standard": "67", **dict(zip(counts, pair, strict=True))}
        for period, pair in (("201516", ("2.0", "3.0")), ("201617", ("0", "0")),
                             ("202223", ("1", "2")))
    ]  # fmt: skip
    world.take(csv_file(tmp_path / "p.csv", "phonics", rows))
    columns = "time_period value numerator denominator symbol".split()
    assert world.figures("phonics_characteristics", *columns) == [
        ("201516", 2 / 3 * 100, 2.0, 3.0, None),
        ("201617", None, 0.0, 0.0, "z"),
    ]


def test_early_years_rows_of_districts_are_dropped(world: World, tmp_path: Path) -> None:
    figures = {"children_number": "4", "gld_number": "3", "gld_percentage": "75.0"}
    rows = [
        {**figures, "geographic_level": "National"},
        {**figures, "geographic_level": "Regional", "region_code": "E12000007"},
        {**figures, "old_la_code": "302", "new_la_code": "E09000003", "region_code": "E12000007"},
        {**figures, "old_la_code": "302", "geographic_level": "Local authority district",
         "lad_code": "E07000001", "lad_name": "Elsewhere"},
        {**figures, "old_la_code": "302", "gender": "Girls"},
        {**figures, "old_la_code": "303", "gld_number": "z", "gld_percentage": "z"},
    ]  # fmt: skip
    world.take(csv_file(tmp_path / "1_eyfsp.csv.gz", "eyfsp", rows))
    columns = "area_code value numerator denominator symbol".split()
    assert world.figures("eyfsp_2022", *columns) == [
        ("E09000003", 75.0, 3.0, 4.0, None),
        ("E09000004", None, None, 4.0, "z"),
        ("E12000007", 75.0, 3.0, 4.0, None),
        ("E92000001", 75.0, 3.0, 4.0, None),
    ]


def test_neet_gives_four_groups_of_a_row_and_drops_the_demonstration_rows(
    world: World, tmp_path: Path
) -> None:
    rows = [
        {"geographic_level": "National"},
        {"geographic_level": "Regional", "region_name": "Region demo"},
        {"region_name": "Region demo", "la_name": "LA demo"},
        {"old_la_code": "302", "new_la_code": "E09000003", "NEET_NK_EHCP_percent": "c",
         "NEET_NK_SENDsupport_percent": ""},
    ]  # fmt: skip
    world.take(csv_file(tmp_path / "neet.csv", "neet", rows))
    columns = "area_code sen_group value symbol symbol_published".split()
    assert world.figures("neet_scorecard", *columns) == [
        ("E09000003", "all_pupils", 5.0, None, None),
        ("E09000003", "ehc_plan", None, "c", "c"),
        ("E09000003", "no_sen", 4.0, None, None),
        ("E09000003", "sen_support", None, "none", None),
        ("E92000001", "all_pupils", 5.0, None, None),
        ("E92000001", "ehc_plan", 9.0, None, None),
        ("E92000001", "no_sen", 4.0, None, None),
        ("E92000001", "sen_support", 8.0, None, None),
    ]


def sen2_members() -> dict[str, str | bytes]:
    """A release of three tables with its guidance and what an archiver leaves in it."""
    requests = [
        {"geographic_level": "National", "requests_received_in_year": "82329",
         "requests_decided_not_to_assess": "18755"},
        {"old_la_code": "933", "new_la_code": "E10000027", "requests_received_in_year": "0",
         "requests_decided_not_to_assess": "0"},
        {"old_la_code": "815", "new_la_code": "E10000023", "requests_received_in_year": "200",
         "requests_decided_not_to_assess": "x"},
    ]  # fmt: skip
    plans = [{"old_la_code": "933", "plans_issued_den_ex": "8", "plans_issued_20_weeks_ex": "5"}]
    return {
        "data/requests.csv": "\ufeff" + text("requests", requests),
        "data/timeliness_20_week.csv": text("timeliness", plans),
        "data/age_stock.csv": "time_identifier,age,Total_ST,Total_EHC\nJanuary,Total,0,5\n",
        "data-guidance/data-guidance.txt": "Words.",
        "__MACOSX/data/._requests.csv": b"\0\1",
    }


def test_a_release_of_plans_is_read_from_its_zip(world: World, tmp_path: Path) -> None:
    verdicts = world.take(zip_file(tmp_path / "ehcp.zip", sen2_members()))
    assert [(v.member.partition("!")[2], v.verdict, v.what) for v in verdicts] == [
        ("data/requests.csv", "taken", "sen2: requests"),
        ("data/timeliness_20_week.csv", "taken", "sen2: timeliness_20_week"),
        ("data/age_stock.csv", "skipped", "SEN2 2019, age"),
        ("data-guidance/data-guidance.txt", "skipped", "documentation"),
        ("__MACOSX/data/._requests.csv", "skipped", "documentation"),
    ]
    columns = "indicator_id area_code value numerator denominator symbol symbol_published".split()
    refused, weeks = "assessment_requests_refused", "ehcp_20_weeks"
    held = [row for row in world.figures("sen2", *columns) if row[0] in (refused, weeks)]
    assert held == [
        (refused, NORTH_YORKSHIRE, None, None, 200.0, "x", "x"),
        (refused, SOMERSET, None, 0.0, 0.0, "z", None),
        (refused, "E92000001", 18755 / 82329 * 100, 18755.0, 82329.0, None, None),
        (weeks, SOMERSET, 62.5, 5.0, 8.0, None, None),
    ]


def test_the_tribunal_file_prints_zero_as_a_dash(world: World, tmp_path: Path) -> None:
    def row(name: str, appeals: str, of: str, rate: str, **rest: str) -> dict[str, str]:
        return {
            "la_name": name, "appeals_registered": appeals, "appealable_decisions": of,
            "appeal_rate": rate, **rest,
        }  # fmt: skip

    rows = [
        row("England", "2,803", "1,200,450", "0.23%", geographic_level="National"),
        row("England total excluding suppressed", "1", "2", "50%", geographic_level="National"),
        row("Darlington", "-", "450", "0.00%"),
        row("Cumberland", "..", " .. ", "..", old_la_code_as_published="942"),
        row("Kent", "~", "5,000", "~"),
        row("Medway", "1", "-", "-"),
        row("Central Bedfordshire", "2", "100", "2%", old_la_code_as_published="873"),
        row("Barnet", "9", "10", "90%", basis="other"),
    ]
    world.take(csv_file(tmp_path / "t.csv", "tribunal", rows))
    columns = "area_code value numerator denominator symbol symbol_published".split()
    assert world.figures("tribunal", *columns) == [
        ("E06000005", 0.0, 0.0, 450.0, None, None),
        ("E06000035", None, 1.0, 0.0, "z", None),
        ("E06000056", 2.0, 2.0, 100.0, None, None),
        ("E06000063", None, None, None, "x", ".."),
        ("E10000016", None, None, 5000.0, "c", "~"),
        ("E92000001", 2803 / 1200450 * 100, 2803.0, 1200450.0, None, None),
    ]


def test_level_2_by_19_writes_all_where_it_says_nothing(world: World, tmp_path: Path) -> None:
    figures = {"number_in_ss_cohort": "8", "l2_by19": "6", "l2_by19_rate": "75.0"}
    rows = [
        figures,
        {**figures, "region": "London"},
        {**figures, "region": "London", "la_code_3": "302", "la_name": "Barnet"},
        {**figures, "la_code_3": "302", "fsm": "Eligible for FSM"},
        {**figures, "la_code_3": "302", "sen": "No SEN", "l2_by19": "", "l2_by19_rate": ""},
        {**figures, "la_code_3": "302", "cohort_19_in": "2005"},
        {**figures, "la_code_3": "302", "cohort_19_in": "2023", "l2_by19": "0"},
    ]
    world.take(csv_file(tmp_path / "l.csv.gz", "level2", rows))
    columns = "area_code time_period sen_group value symbol indicator_id".split()
    held = world.figures("level_2_3_by_19", *columns)
    assert [row[:-1] for row in held if row[-1] == "level2_by_19"] == [
        ("E09000003", "202122", "all_pupils", 75.0, None),
        ("E09000003", "202122", "no_sen", None, "none"),
        ("E12000007", "202122", "all_pupils", 75.0, None),
        ("E92000001", "202122", "all_pupils", 75.0, None),
    ]


def test_spaces_round_column_names_and_a_byte_order_mark_are_set_aside(
    world: World, tmp_path: Path
) -> None:
    columns = [f" {column} " for column in COLUMNS["tribunal"]]
    row = {"la_name": " Kent ", "appeals_registered": " 1", "appealable_decisions": "4 "}
    content = "\ufeff" + text("tribunal", [row], columns=columns).replace("\n", "\r\n")
    (tmp_path / "t.CSV").write_bytes(content.encode())
    world.take(tmp_path / "t.CSV")
    assert world.figures("tribunal", "area_code", "value") == [("E10000016", 25.0)]


def test_signs_in_a_path_are_taken_as_they_stand(tmp_path: Path) -> None:
    folder = tmp_path / "k=v [1]'s"
    folder.mkdir()
    world = World(folder)
    csv_file(folder / "neet 2.csv", "neet", [{"old_la_code": "303"}])
    file = csv_file(folder / "neet [2].csv", "neet", [{"old_la_code": "302"}])
    world.take(file)
    first = world.bytes()
    world.take(file)
    assert world.bytes() == first
    assert {code for (code,) in world.figures("neet_scorecard", "area_code")} == {"E09000003"}


def test_no_figure_of_nobody_is_not_applicable(world: World, tmp_path: Path) -> None:
    row = {"la_name": "Kent", "characteristic": "No SEN", "t_rwm_eligible_pupils": "0"}
    full = {**row, "la_name": "Barnet", "pt_rwm_met_expected_standard": "5"}
    world.take(csv_file(tmp_path / "k.csv", "ks2", [row, full]))
    assert world.figures("ks2_characteristics", "value", "symbol") == [(5.0, None), (None, "z")]


RULES = [
    ("as_published", "202425", "202425"),
    ("as_published", "2024", "2024"),
    ("as_published", "2024/25", None),
    ("as_published", "20245", None),
    ("as_published", "", None),
    ("academic_year_ending", "2025", "202425"),
    ("academic_year_ending", "2025 (prov)", "202425"),
    ("academic_year_ending", "2025 (Revised)", "202425"),
    ("academic_year_ending", "2025(prov.)", "202425"),
    ("academic_year_ending", "2000", "199900"),
    ("academic_year_ending", "2016-17 (OT)", None),
    ("academic_year_ending", "0", None),
    ("academic_year_ending", "0000", None),
    ("academic_year_ending", "２０２５", None),
    ("academic_year_starting", "2021", "202122"),
    ("academic_year_starting", "1999", "199900"),
    ("academic_year_starting", "202122", None),
    ("academic_year_slash", "2021/22", "202122"),
    ("academic_year_slash", "2021/2022", None),
    ("academic_year_slash", "2021-22", None),
    ("calendar_year", "2024", "2024"),
    ("calendar_year", "2024 (prov)", "2024"),
    ("calendar_year", "2024 (guess)", None),
    ("calendar_year", "202425", None),
]


@pytest.mark.parametrize(("rule", "label", "period"), RULES)
def test_a_period_label_is_read_by_its_rule(rule: str, label: str, period: str | None) -> None:
    assert time_period(label, rule) == period


@pytest.mark.parametrize(
    ("period", "kind", "answer"),
    [
        ("2024", TimeIdentifier.CALENDAR_YEAR, True),
        ("202425", TimeIdentifier.CALENDAR_YEAR, False),
        ("202425", TimeIdentifier.ACADEMIC_YEAR, True),
        ("199900", TimeIdentifier.AUTUMN_TERM, True),
        ("202426", TimeIdentifier.ACADEMIC_YEAR, False),
        ("2024", TimeIdentifier.FINANCIAL_YEAR, False),
    ],
)
def test_a_period_has_the_digits_of_its_kind(
    period: str, kind: TimeIdentifier, answer: bool
) -> None:
    assert fits(period, kind) is answer


def test_the_numerator_may_count_some_of_the_rows_that_are_added_up(
    world: World, tmp_path: Path
) -> None:
    """Schools by grade: good and outstanding ones of all; an area without any has zero."""
    file = tmp_path / "any.csv"
    kind = "2023,State-funded special school,{},4,Local authority,London,{},"
    kind += "Overall effectiveness (number of schools),{}\n"
    file.write_text(
        "Year,school_type,Overall effectiveness,grand_total_schools,geographic_level,Region,"
        "la_name,Measure,Value\n"
        + kind.format("Outstanding", "Barnet", "1.0")
        + kind.format("Good", "Barnet", "2.0")
        + kind.format("Inadequate", "Barnet", "1.0")
        + kind.format("Inadequate", "Camden", "4.0"),
        encoding="utf-8",
    )
    (verdict,) = world.take(file)
    assert verdict.what == "school_inspections: schools_by_grade"
    columns = ("area_code", "breakdown", "value", "numerator", "denominator")
    assert world.figures("school_inspections", *columns) == [
        ("E09000003", "setting:special", 75.0, 3.0, 4.0),
        ("E09000007", "setting:special", 0.0, 0.0, 4.0),
    ]


def test_bands_without_a_line_of_names_are_added_up(world: World, tmp_path: Path) -> None:
    file = tmp_path / "any.csv"
    row = 'Academic year,202223,Local authority,E92000001,England,London,E12000007,302,"E09000003  '
    row += '  ",Barnet,{},Eligible,Any special educational need,{},7,6,1,1,1,0,0,0,0,0,0,1\n'
    file.write_text(
        "\ufeff" + row.format("Special", "Male") + row.format("State-funded secondary", "Female"),
        encoding="utf-8",
    )
    world.take(file)
    columns = ("area_code", "breakdown", "sen_group", "numerator", "denominator", "value")
    assert world.figures("absence_bands", *columns) == [
        ("E09000003", "phase:secondary", "any_sen", 3.0, 10.0, 30.0),
        ("E09000003", "phase:special", "any_sen", 3.0, 10.0, 30.0),
        ("E09000003", "total", "any_sen", 6.0, 20.0, 30.0),
    ]


def test_a_half_pupil_rounds_up_though_a_computer_keeps_a_little_less(
    world: World, tmp_path: Path
) -> None:
    """1.15 % of 199,000 is 2,288.5; 1.15 * 199000 / 100 is 2288.4999999999995."""
    file = tmp_path / "any.csv"
    file.write_text(
        "time_period,region_name,geographic_level,la_name,total_pupils,SEN provision,"
        "% of pupils,academic_year\n"
        "201718,West Midlands,Local authority,Birmingham,199000.0,EHC plan,1.15,2017/18\n",
        encoding="utf-8",
    )
    world.take(file)
    assert world.figures("sen_in_england", "value", "numerator", "denominator") == [
        (1.15, 2289.0, 199000.0)
    ]
