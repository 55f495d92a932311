"""The Local authority interactive tool held against the files of the same statistics."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tests.oracle.files import (
    BOARD,
    SAMPLES,
    SEN,
    Files,
    Group,
    Row,
    Value,
    mean,
    named,
    one,
    percent,
    school_year,
    school_year_from,
)
from tests.oracle.inputs import ENGLAND
from tests.oracle.own_counts import ROUNDED, could_round
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind, half_of

TOOL = "the Local authority interactive tool"
LEVELS_FILE = "raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz"
KS4_2019, KS4_2018 = (
    "tidy/ks4_la_characteristics_201819.csv.gz",
    f"{SAMPLES}/KS4_2018_LA_Char_Testdata.zip",
)


MORE_PUPILS = (
    "England's own figure is of more pupils without SEN than the file of authorities holds, and "
    "those pupils attain less."
)


def exactly(key: Key) -> Fraction:
    """Equal."""
    return Fraction(0)


def against_tool(
    indicator: str, title: str, tool: Figures, other: Figures, within: Callable[[Key], Fraction],
    why: Callable[[Key], str] = lambda key: "", against: str = TOOL,
) -> Check:  # fmt: skip
    """One comparison with the tool."""
    return Check(title, Kind.SECOND, tuple(indicator.split()), against, why).beside(
        tool, other, within
    )


def tool_checks(files: Files) -> Iterator[Check]:
    """The tool against the file it should agree with."""
    for make in (_ks2, _phonics, _gld, _plans, _appeals, _young_people, _ks4, _prevalence,
                 _levels, _destinations):  # fmt: skip
        yield from make(files)


def _rounding(
    files: Files, rows: list[Row], part: str, whole: str
) -> Callable[[Key, Figures], bool]:
    """Whether a whole percentage can come from a region's counts rounded to ten."""
    above, below = (files.cells(rows, one(c), named("characteristic", SEN)) for c in (part, whole))
    return lambda key, tool: (
        key[1].startswith(("E12", "E13"))
        and could_round(tool[key], above.get(key), below.get(key), 0)
    )


def _ks2(files: Files) -> Iterator[Check]:
    rows = files.rows(f"{BOARD}/ks2_attainment.csv")
    columns = ("t_rwm_met_expected_standard", "t_rwm_eligible_pupils")
    may_round = _rounding(files, rows, *columns)
    tool = files.lait(
        {"NoID_SEN_NEW_KS2_RWM": "no_sen", "NEW_KS2_RWM_Sen_W/Osta": "sen_support",
         "NEW_KS2_RWM_Sen_Withsta": "ehc_plan"}, school_year)  # fmt: skip

    def why(key: Key) -> str:
        if key[0] == "202223":
            return "The counts are of the provisional 2022/23 release, the tool has the final one."
        return ROUNDED if may_round(key, tool) else ""

    counted = files.cells(rows, percent(*columns), named("characteristic", SEN))
    yield against_tool("ks2_rwm_expected", "Key stage 2: tool against counts", tool, counted,
                       half_of(0), why)  # fmt: skip


def _phonics(files: Files) -> Iterator[Check]:
    rows = files.rows(f"{BOARD}/ks1_phonics.csv.gz")
    columns = ("t_phonics_y1_met_expected_standard", "t_phonics_y1_eligible_pupils")
    may_round = _rounding(files, rows, *columns)
    tool = files.lait(
        {"KS1P_NonSEND": "no_sen", "KS1P_SEND": "sen_support", "KS1P_EHCP": "ehc_plan"},
        school_year)  # fmt: skip

    def why(key: Key) -> str:
        if key[2] == "ehc_plan" and key[0] in ("201516", "201617", "201718"):
            return (
                f"{OPEN} For pupils with an EHC plan the tool's figures of these years differ; "
                "the numbers of pupils are used."
            )
        if may_round(key, tool):
            return ROUNDED
        if key[0] == "202223":
            return "The counts are of an earlier release of 2022/23 than the tool's."
        return ""

    counted = files.cells(rows, percent(*columns), named("characteristic", SEN))
    yield against_tool("phonics_year1", "Phonics: tool against counts", tool, counted, half_of(0),
                       why)  # fmt: skip


def _gld(files: Files) -> Iterator[Check]:
    rows = files.rows("raw/eyfsp_2022/1_eyfsp_headline_measures_2022.csv.gz", gender="Total",
                      lad_code="", characteristic=("SEN provision", "Total"))  # fmt: skip
    groups = {
        "No identified SEN": "no_sen", "SEN support": "sen_support", "EHC plan": "ehc_plan",
        "Total": "all_pupils",
    }  # fmt: skip
    tool = files.lait(
        {"FSP_NEW_GOODDEV": "all_pupils", "FSP_Gooddev_Without_SENSTATE": "sen_support",
         "FSP_Gooddev_With_SENSTATE": "ehc_plan"}, school_year)  # fmt: skip
    counted = files.cells(
        rows, percent("gld_number", "children_number"), named("characteristic_type", groups)
    )
    yield against_tool("eyfs_gld", "Good level of development 2021/22: tool against counts", tool,
                       counted, half_of(1))  # fmt: skip
    older = files.rows(f"{SAMPLES}/EYFSP_APS_GLD_ELG_underlying_data_2013_2018.zip",
                       characteristic="Total")  # fmt: skip
    yield against_tool(
        "eyfs_gld", "Good level of development to 2017/18, all children: tool against the profile",
        tool, files.cells(older, one("gld_percent")), exactly,
    )  # fmt: skip


#: Title, the tool's measure, member, topic, the figure in the file, whether January.
PLANS: tuple[tuple[str, str, str, str, str, Value, int, bool], ...] = (
    ("ehcp_20_weeks", "20 weeks excluding exceptions", "SEN_EHC_Excpt_20wks", "timeliness_20_week",
     "All EHC plans issued", percent("plans_issued_20_weeks_ex", "plans_issued_den_ex"), 1, False),
    ("ehcp_20_weeks_all", "20 weeks, all plans", "SEN_EHC_All_20wks", "timeliness_20_week",
     "All EHC plans issued", percent("plans_issued_within_20_weeks", "plans_issued_den"), 1, False),
    ("assessment_requests_refused", "Requests declined", "EHCP_Initial_req_refused", "requests",
     "All requests for EHC needs assessments",
     percent("requests_decided_not_to_assess", "requests_received_in_year"), 1, False),
    ("assessment_requests", "Requests for assessment", "SEN_INIT_REQ", "requests",
     "All requests for EHC needs assessments", one("requests_received_in_year"), 0, False),
    ("assessments_plan_issued", "Assessments in the year", "SEN_ASSESSMENT", "assessments",
     "All EHC needs assessments", one("assess_in_year"), 0, False),
    ("assessments_plan_issued", "Assessments that led to a plan", "SEN_PLAN_ISSUED", "assessments",
     "All EHC needs assessments", one("assess_issued_pc"), 1, False),
    ("not_to_issue_16_weeks", "Decisions not to issue within 16 weeks", "SEN_NOT_ISSUE_PLAN_16WKS",
     "assessments", "All EHC needs assessments", one("outcome_decision_within_time_pc"), 1, False),
    ("annual_reviews_held", "Annual reviews due", "SEN_AN_REVIEW_EXPECTED", "annual_reviews",
     "All annual reviews", one("review_expected"), 0, False),
    ("annual_reviews_held", "Annual review meetings", "SEN_AN_REVIEW_MEET_REC", "annual_reviews",
     "All annual reviews", one("total_review_meeting"), 0, False),
    ("annual_review_decision_4_weeks", "Review decisions within four weeks",
     "SEN_PEC_OUTCOME_COM_4WKS", "annual_reviews", "All annual reviews", one("pc_decsion_4weeks"),
     1, False),
    ("ceased_plans", "Plans that ceased", "SEN_TOT_CEASED_EHC_PLAN", "ceased_plans",
     "All ceased EHC plans", one("total_ceased"), 0, False),
    ("ehcp_caseload", "EHC plans in January", "SEN_CASES_JAN", "caseload", "All EHC plans",
     one("ehcplans"), 0, True),
    ("ehcp_new", "New EHC plans", "SEN_CASES_DUR_YEAR", "newplans", "New EHC plans",
     one("new_ehc_plans"), 0, False),
)  # fmt: skip


def _plans(files: Files) -> Iterator[Check]:
    for indicator, title, measure, member, topic, value, decimals, january in PLANS:
        tool = files.lait({measure: "ehc_plan"}, school_year if january else str)
        other = files.cells(files.sen2(member, topic), value, "ehc_plan")
        yield against_tool(indicator, f"{title}: tool against SEN2", tool, other,
                           half_of(decimals))  # fmt: skip


def _appeals(files: Files) -> Iterator[Check]:
    rows = [
        {**row, "geographic_level": "Local authority",
         "appeals_registered": row["appeals_registered"].replace("-", "0")}
        for row in files.rows("tidy/send_tribunal_appeals_2014_2024.csv.gz", basis="published")
        if row["la_name"] != "England total excluding suppressed"
    ]  # fmt: skip
    counted = files.cells(
        [{**row, "new_la_code": "", "old_la_code": ""} for row in rows],
        percent("appeals_registered", "appealable_decisions"), "ehc_plan",
    )  # fmt: skip
    tool = files.lait({"SEN_AppealableDec": "ehc_plan"}, str)
    yield against_tool("tribunal_appeal_rate", "Appeal rate: tool against appeals and decisions",
                       tool, counted, half_of(1))  # fmt: skip


def _young_people(files: Files) -> Iterator[Check]:
    rows = [
        row
        for name in ("2021_vg_removed", "2022_final", "2023_final")
        for row in files.rows(f"raw/neet/UD_NEETNK_LA_dashboard_{name}.csv")
        if row["region_name"] != "Region demo"
    ]
    for indicator, title, measure, column in (
        ("neet_or_not_known", "NEET or not known, all young people", "16-17_not known_NEET",
         "NEET_not_known_percent"),
        ("neet_16_17", "NEET", "16-17 NEET", "NEET_percent"),
        ("participation_16_17", "Participation, all young people", "16-17Ed&Training",
         "TOTAL_participating_in_education_and_training_percent"),
    ):  # fmt: skip
        yield against_tool(
            indicator, f"{title}: tool against scorecard", files.lait({measure: "all_pupils"}, str),
            files.cells(rows, one(column)), half_of(1),
        )  # fmt: skip


A8 = {"SEN_NoID_AVG_Attain8_Score": "no_sen", "SEN_WoStat_AVG_Attain8_Score": "sen_support",
      "SEN_Stat_AVG_Attain8_Score": "ehc_plan"}  # fmt: skip
P8 = {"SEN_NoID_AVG_Prog8_Score": "no_sen", "SEN_WoStat_AVG_Prog8_Score": "sen_support",
      "SEN_Stat_AVG_Prog8_Score": "ehc_plan"}  # fmt: skip
APS = {"EngBacAvgPointScoreNonSEN": "no_sen", "EngBacAvgPointScoreSENSupport": "sen_support",
       "EngBacAvgPointScoreSEN": "ehc_plan"}  # fmt: skip
ENTRIES = {"EngBacEntriesNonSEN": "no_sen", "EngBacEntriesSENSupport": "sen_support",
           "EngBacEntriesSEN": "ehc_plan"}  # fmt: skip
STATUS_2019 = {"No SEN": "no_sen", "SEN Supp": "sen_support", "SEN State EHC": "ehc_plan"}
STATUS_2018 = {"No_Sen": "no_sen", "Sen_Supp": "sen_support", "SenStateEhc": "ehc_plan"}


def _ks4(files: Files) -> Iterator[Check]:
    board = files.rows(f"{BOARD}/ks4_attainment.csv")
    no_sen: Group = named("SEN provision", {"No identified SEN": "no_sen"})

    def why(key: Key) -> str:
        if key[0] == "202223":
            return "The other file has 2022/23 as provisional."
        return MORE_PUPILS if key[1:] == (ENGLAND, "no_sen") else ""

    for indicator, title, measures, column in (
        ("ks4_attainment8", "Attainment 8", A8, "avg_att8"),
        ("ks4_progress8", "Progress 8", P8, "avg_p8score"),
    ):
        yield against_tool(
            indicator, f"{title} without SEN: tool against performance tables",
            files.lait(measures, school_year), files.cells(board, one(column), no_sen), exactly,
            why,
        )  # fmt: skip
    yield from _ks4_by_status(files, why)


def _ks4_by_status(files: Files, why: Callable[[Key], str]) -> Iterator[Check]:
    rows_2019 = files.rows(KS4_2019, breakdown="SEN status", gender="Total")
    rows_2018 = files.rows(KS4_2018, breakdown="SEN_status", characteristic_gender="Total")
    for year, rows, group in (
        ("2018/19", rows_2019, named("sen_status", STATUS_2019)),
        ("2017/18", rows_2018, named("characteristic_sen_status", STATUS_2018)),
    ):
        for indicator, title, measures, value, decimals in (
            ("ks4_attainment8", "Attainment 8", A8, mean("t_att8", "t_pupils"), 1),
            ("ks4_progress8", "Progress 8", P8, mean("t_p8score", "t_inp8calc"), 2),
            ("ks4_ebacc_aps", "EBacc points", APS, mean("t_ebaccaps", "t_pupils"), 2),
            ("ks4_ebacc_entry", "EBacc entry", ENTRIES, percent("t_ebacc_e_ptq_ee", "t_pupils"),
             1),
        ):  # fmt: skip
            yield against_tool(
                indicator, f"{title} {year}: tool against sums and pupils",
                files.lait(measures, school_year), files.cells(rows, value, group),
                half_of(decimals), why,
            )  # fmt: skip


def _prevalence(files: Files) -> Iterator[Check]:
    rows = files.rows(f"{BOARD}/percent_pupils_ehcp.csv")
    board = files.cells(rows, one("% of pupils"), named("SEN provision", SEN))
    for indicator, title, measure, group in (
        ("ehcp_prevalence", "Pupils with an EHC plan", "SEN_TotStat", "ehc_plan"),
        ("sen_support_prevalence", "Pupils on SEN support", "SEN_TotSENSuP", "sen_support"),
    ):
        yield against_tool(
            indicator, f"{title}: tool (one decimal) against school census (two)",
            files.lait({measure: group}, school_year), board, half_of(1),
        )  # fmt: skip


LEVEL_GROUPS = {
    "ALL": "all_pupils", "No SEN": "no_sen", "SEN without statements or EHC plans": "sen_support",
    "SEN with statements or EHC plans": "ehc_plan",
}  # fmt: skip
LEVELS = (
    ("level2_by_19", "Level 2 by 19", "l2_by19", ("Level2Age19", "")),
    ("level2_english_maths_by_19", "Level 2 with English and maths by 19", "l2_with_em_by19",
     ("Level2Age19_E&M", "_L2EM")),
    ("level3_by_19", "Level 3 by 19", "l3_by19", ("Level3Age19", "_L3")),
)  # fmt: skip


def level_rows(rows: list[Row]) -> list[Row]:
    """Rows of the level 2 and 3 files with the level of their area in so many words."""
    return [
        {**row, "geographic_level": "Local authority", "old_la_code": row["la_code_3"],
         "new_la_code": ""}
        for row in rows if row["la_code_3"] not in ("", "ALL")
    ]  # fmt: skip


def _levels(files: Files) -> Iterator[Check]:
    rows = [
        row
        for row in files.rows(LEVELS_FILE, gender="ALL", fsm="ALL")
        if row["cohort_19_in"] <= "2022"
    ]
    for indicator, title, column, (every, suffix) in LEVELS:
        counted = files.cells(
            level_rows(rows), percent(column, "number_in_ss_cohort"), named("sen", LEVEL_GROUPS),
            school_year, "cohort_19_in",
        )  # fmt: skip
        tool = files.lait(
            {every: "all_pupils", f"Age19_NoNSEN{suffix}": "no_sen",
             f"Age19_SENwoS{suffix}": "sen_support", f"Age19_SEN-S{suffix}": "ehc_plan"},
            school_year)  # fmt: skip
        yield against_tool(
            indicator, f"{title}: tool against counts, within 1 percentage point", tool, counted,
            lambda key: Fraction(1), _why_level(tool),
        )  # fmt: skip


def _why_level(tool: Mapping[Key, Fraction]) -> Callable[[Key], str]:
    def why(key: Key) -> str:
        if tool[key] == 0 and key[2] == "sen_support":
            return "The tool's zero stands for no figure; it is shown as not available."
        return (
            f"{OPEN} The two publications are kept apart: numbers of pupils to 2021/22, the "
            "tool from 2022/23 as a line of its own."
        )

    return why


def _destinations(files: Files) -> Iterator[Check]:
    rows = files.rows(f"{BOARD}/ks4_destinations.csv.gz", Destination="Overall sustained")
    other = files.cells(rows, one("pupils"), named("characteristic", SEN))
    tool = files.lait(
        {"SusEdOverall_NoSEN_incSpec": "no_sen", "SusEdOverall_SEN_NoStat_incSpec": "sen_support",
         "SusEdOverall_SEN_Stat_incSpec": "ehc_plan"}, school_year_from)  # fmt: skip
    yield against_tool(
        "ks4_sustained_destination",
        "Sustained destinations: tool against destinations file, within 2 percentage points", tool,
        other, lambda key: Fraction(2),
        lambda key: f"{OPEN} The tool is mostly lower; the tool is shown, and nothing is spliced.",
    )  # fmt: skip
