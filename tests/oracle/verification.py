"""Published figures held against each other: ``docs/verification.md`` is written from here.

Run ``python -m tests.oracle.verification`` to write it again. Nothing of sendgap is used:
the publishers' files are read as text, percentages are recomputed from the numbers of
pupils printed beside them, and the same statistic is compared across publications.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import pandas as pd

from tests.oracle.publishers import (
    Check,
    Figures,
    Key,
    Names,
    figures,
    half_of,
    number,
    places,
    share,
    show,
    table,
)

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = PROJECT / "docs" / "verification.md"
BOARD = "tidy/send_ap_dashboard"
SEN2 = "raw/sen2_2025/education-health-and-care-plans_2025.zip"
MOST_LISTED = 12


@dataclass(frozen=True, slots=True)
class Files:
    """The publishers' files and the spellings of areas."""

    data: Path
    names: Names

    def read(self, path: str, member: str = "") -> pd.DataFrame:
        """One file as text."""
        return table(self.data / path, member)

    def lait(self, measures: dict[str, str], period: Callable[[str], str]) -> dict[Key, Fraction]:
        """Figures of the Local authority interactive tool: period, area, group."""
        frame = self.read("lait/bds_long_0.parquet")
        frame = frame[frame["Short Desc"].isin(list(measures))].drop_duplicates()
        found: dict[Key, Fraction] = {}
        for measure, name, year, value in zip(
            frame["Short Desc"], frame["LA and Regions"], frame["Years"], frame["Values"],
            strict=True,
        ):  # fmt: skip
            code, figure = self.names.code("name", name), number(value)
            if code and figure is not None:
                found.setdefault((period(year), code, measures[measure]), figure)
        return found

    def area(self, row: pd.Series) -> str | None:
        """The area of a row in the form that the Department's open files share."""
        if row["geographic_level"] == "National":
            return "E92000001"
        if row["geographic_level"] == "Regional":
            return self.names.code("name", row["region_name"])
        if row.get("old_la_code"):
            return self.names.code("la_code", row["old_la_code"])
        return self.names.code("name", row["la_name"])

    def open_file(
        self, frame: pd.DataFrame, group: Callable[[pd.Series], str | None],
        value: Callable[[pd.Series], Fraction | None],
    ) -> dict[Key, Fraction]:  # fmt: skip
        """Figures of an open file: period, area, group."""

        def key(row: pd.Series) -> Key | None:
            code, name = self.area(row), group(row)
            return (row["time_period"], code, name) if code and name else None

        return figures(frame, key, value)


def school_year(label: str) -> str:
    """The school year that a year label ends in; a note behind the year is left out.

    >>> school_year("2025 (prov)")
    '202425'
    """
    year = int(label[:4])
    return f"{year - 1}{year % 100:02d}"


SEN = {
    "No SEN": "no_sen", "SEN support": "sen_support", "EHC plan": "ehc_plan",
    "EHC plan or Statement": "ehc_plan", "All SEN": "any_sen",
}  # fmt: skip


# Percentages and the counts beside them ----------------------------------------------


@dataclass(frozen=True, slots=True)
class Own:
    """A published percentage, its counts in the same file and the decimals printed."""

    title: str
    path: str
    percent: str
    part: str
    whole: str
    decimals: int
    group: tuple[str, ...]
    member: str = ""


OWN = (
    Own("Key stage 2, reading, writing and maths", f"{BOARD}/ks2_attainment.csv",
        "pt_rwm_met_expected_standard", "t_rwm_met_expected_standard", "t_rwm_eligible_pupils",
        0, ("geographic_level", "time_period", "region_name", "la_name", "characteristic")),
    Own("Phonics in year 1", f"{BOARD}/ks1_phonics.csv.gz",
        "pt_phonics_y1_met_expected_standard", "t_phonics_y1_met_expected_standard",
        "t_phonics_y1_eligible_pupils", 0,
        ("geographic_level", "time_period", "region_name", "la_name", "characteristic")),
    Own("Good level of development, 2021/22",
        "raw/eyfsp_2022/1_eyfsp_headline_measures_2022.csv.gz", "gld_percentage", "gld_number",
        "children_number", 1,
        ("geographic_level", "region_name", "la_name", "lad_name", "characteristic",
         "characteristic_type", "gender")),
    Own("EHC plans within 20 weeks, excluding exceptions", SEN2, "PC_plans_issued_20_weeks_ex",
        "plans_issued_20_weeks_ex", "plans_issued_den_ex", 1,
        ("geographic_level", "time_period", "region_name", "la_name", "breakdown_topic",
         "breakdown"), "data/timeliness_20_week.csv"),
    Own("EHC plans within 20 weeks, all plans", SEN2, "pc_plans_issued_within_20_weeks",
        "plans_issued_within_20_weeks", "plans_issued_den", 1,
        ("geographic_level", "time_period", "region_name", "la_name", "breakdown_topic",
         "breakdown"), "data/timeliness_20_week.csv"),
    Own("Requests declined", SEN2, "request_not_assess_pc", "requests_decided_not_to_assess",
        "requests_received_in_year", 1,
        ("geographic_level", "time_period", "region_name", "la_name", "breakdown_topic",
         "breakdown"), "data/requests.csv"),
    Own("Tribunal appeal rate", "tidy/send_tribunal_appeals_2014_2024.csv.gz", "appeal_rate",
        "appeals_registered", "appealable_decisions", 1,
        ("geographic_level", "time_period", "region_heading", "la_name", "basis")),
    Own("Level 2 by 19", "raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz",
        "l2_by19_rate", "l2_by19", "number_in_ss_cohort", 6,
        ("cohort_19_in", "region", "la_name", "gender", "fsm", "sen")),
    Own("EHC plans within 20 weeks, earlier collection", "raw/sen2_2023/sen2_mi.csv.gz",
        "no_exc_20week_rate", "no_exc_20week_ehc", "tot_no_exc_ehc", 1,
        ("geographic_level", "time_period", "region_name", "la_name")),
    Own("Requests declined, earlier collection", "raw/sen2_2023/sen2_mi.csv.gz",
        "ass_refused_ehc_pc", "ass_refused_ehc", "inreq_ehc", 1,
        ("geographic_level", "time_period", "region_name", "la_name")),
)  # fmt: skip

ROUNDED = "The region's numbers of pupils are published rounded to ten, so they can miss a half."


def _why_own(key: Key) -> str:
    if key[0] == "Regional":
        return ROUNDED
    if "England total excluding suppressed" in key:
        return (
            "A second national row; its decisions are not those its rate was worked out from. "
            "It is not loaded."
        )
    return ""


def own_counts(files: Files) -> Iterator[Check]:
    """Published percentages against the counts in the same row."""
    for item in OWN:
        frame = files.read(item.path, item.member)
        printed: dict[Key, Fraction] = {}
        counted: dict[Key, Fraction] = {}
        columns = [list(frame[c]) for c in (item.percent, item.part, item.whole)]
        keys = zip(*(list(frame[c]) for c in item.group), strict=True)
        for key, percent, part, whole in zip(keys, *columns, strict=True):
            value, from_counts = number(percent), share(part, whole)
            if value is not None and from_counts is not None:
                printed.setdefault(key, value)
                counted.setdefault(key, from_counts)
        check = Check(f"{item.title}: percentage against its own counts", _why_own)
        yield check.beside(printed, counted, half_of(item.decimals))


# One statistic in two publications ---------------------------------------------------


@dataclass(frozen=True, slots=True)
class Two:
    """Two publications' figures and how near they ought to be."""

    title: str
    one: Figures
    other: Figures
    within: Callable[[Key], Fraction]
    why: Callable[[Key], str]


def two_sources(files: Files) -> Iterator[Check]:
    """The same statistic in two publications."""
    for make in (_ks2, _phonics, _gld, _twenty_weeks, _requests, _appeals, _neet, _attainment8,
                 _prevalence, _level2, _destinations):  # fmt: skip
        two = make(files)
        yield Check(two.title, two.why).beside(two.one, two.other, two.within)


def _agree(key: Key) -> str:
    return ""


def _ks2(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks2_attainment.csv")
    counted = files.open_file(
        frame,
        lambda row: SEN.get(row["characteristic"]),
        lambda row: share(row["t_rwm_met_expected_standard"], row["t_rwm_eligible_pupils"]),
    )
    tool = files.lait(
        {"NoID_SEN_NEW_KS2_RWM": "no_sen", "NEW_KS2_RWM_Sen_W/Osta": "sen_support",
         "NEW_KS2_RWM_Sen_Withsta": "ehc_plan"}, school_year)  # fmt: skip

    def why(key: Key) -> str:
        if key[0] == "202223":
            return "The counts are of the provisional 2022/23 release, the tool has the final one."
        return ROUNDED if key[1].startswith(("E12", "E13")) else ""

    return Two("Key stage 2: tool against counts", tool, counted, half_of(0), why)


def _phonics(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks1_phonics.csv.gz")
    counted = files.open_file(
        frame,
        lambda row: SEN.get(row["characteristic"]),
        lambda row: share(
            row["t_phonics_y1_met_expected_standard"], row["t_phonics_y1_eligible_pupils"]
        ),
    )
    tool = files.lait(
        {"KS1P_NonSEND": "no_sen", "KS1P_SEND": "sen_support", "KS1P_EHCP": "ehc_plan"},
        school_year)  # fmt: skip

    def why(key: Key) -> str:
        if key[1].startswith(("E12", "E13")):
            return ROUNDED
        if key[0] == "202223":
            return "The counts are of an earlier release of 2022/23 than the tool's."
        return ""

    return Two("Phonics: tool against counts", tool, counted, half_of(0), why)


def _gld(files: Files) -> Two:
    frame = files.read("raw/eyfsp_2022/1_eyfsp_headline_measures_2022.csv.gz")
    frame = frame[(frame["gender"] == "Total") & (frame["lad_code"] == "")]
    groups = {
        "No identified SEN": "no_sen", "SEN support": "sen_support", "EHC plan": "ehc_plan",
        "Total": "all_pupils",
    }  # fmt: skip
    frame = frame[frame["characteristic"].isin(["SEN provision", "Total"])]
    published = files.open_file(
        frame, lambda row: groups.get(row["characteristic_type"]),
        lambda row: share(row["gld_number"], row["children_number"]),
    )  # fmt: skip
    tool = files.lait(
        {"FSP_NEW_GOODDEV": "all_pupils", "FSP_Gooddev_Without_SENSTATE": "sen_support",
         "FSP_Gooddev_With_SENSTATE": "ehc_plan"}, school_year)  # fmt: skip
    return Two("Good level of development 2021/22: tool against counts", tool, published,
               half_of(1), _agree)  # fmt: skip


def _twenty_weeks(files: Files) -> Two:
    frame = files.read(SEN2, "data/timeliness_20_week.csv")
    frame = frame[frame["breakdown_topic"] == "All EHC plans issued"]
    counted = files.open_file(
        frame, lambda row: "ehc_plan",
        lambda row: share(row["plans_issued_20_weeks_ex"], row["plans_issued_den_ex"]),
    )  # fmt: skip
    tool = files.lait({"SEN_EHC_Excpt_20wks": "ehc_plan"}, lambda year: year)
    return Two("20 weeks excluding exceptions: tool against SEN2", tool, counted, half_of(1),
               _agree)  # fmt: skip


def _requests(files: Files) -> Two:
    frame = files.read(SEN2, "data/requests.csv")
    frame = frame[frame["breakdown_topic"] == "All requests for EHC needs assessments"]
    counted = files.open_file(
        frame, lambda row: "ehc_plan",
        lambda row: share(
            row["requests_decided_not_to_assess"], row["requests_received_in_year"]
        ),
    )  # fmt: skip
    tool = files.lait({"EHCP_Initial_req_refused": "ehc_plan"}, lambda year: year)
    return Two("Requests declined: tool against SEN2", tool, counted, half_of(1), _agree)


def _appeals(files: Files) -> Two:
    frame = files.read("tidy/send_tribunal_appeals_2014_2024.csv.gz")
    frame = frame[(frame["basis"] == "published")
                  & (frame["la_name"] != "England total excluding suppressed")]  # fmt: skip

    def key(row: pd.Series) -> Key | None:
        code = files.names.code("name", row["la_name"])
        return (row["time_period"], code, "ehc_plan") if code else None

    counted = figures(
        frame, key, lambda row: share(row["appeals_registered"].replace("-", "0"),
                                      row["appealable_decisions"]))  # fmt: skip
    tool = files.lait({"SEN_AppealableDec": "ehc_plan"}, lambda year: year)
    return Two("Appeal rate: tool against appeals and decisions", tool, counted, half_of(1),
               _agree)  # fmt: skip


def _neet(files: Files) -> Two:
    found: dict[Key, Fraction] = {}
    for name in ("2021_vg_removed", "2022_final", "2023_final"):
        frame = files.read(f"raw/neet/UD_NEETNK_LA_dashboard_{name}.csv")
        frame = frame[frame["region_name"] != "Region demo"]
        found |= files.open_file(
            frame, lambda row: "all_pupils", lambda row: number(row["NEET_not_known_percent"])
        )
    tool = files.lait({"16-17_not known_NEET": "all_pupils"}, lambda year: year)
    return Two("NEET or not known, all young people: scorecard against tool", found, tool,
               lambda key: Fraction(0), _agree)  # fmt: skip


def _attainment8(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks4_attainment.csv")
    groups = {"No identified SEN": "no_sen", "SEN support": "sen_support",
              "SEN with a statement or EHC plan": "ehc_plan", "SEN Support": "sen_support",
              "EHC plan": "ehc_plan"}  # fmt: skip
    board = files.open_file(
        frame, lambda row: groups.get(row["SEN provision"]), lambda row: number(row["avg_att8"])
    )
    tool = files.lait(
        {"SEN_NoID_AVG_Attain8_Score": "no_sen", "SEN_WoStat_AVG_Attain8_Score": "sen_support",
         "SEN_Stat_AVG_Attain8_Score": "ehc_plan"}, school_year)  # fmt: skip

    def why(key: Key) -> str:
        return "The other file has 2022/23 as provisional." if key[0] == "202223" else ""

    return Two("Attainment 8: tool against performance tables", tool, board,
               lambda key: Fraction(0), why)  # fmt: skip


def _prevalence(files: Files) -> Two:
    frame = files.read(f"{BOARD}/percent_pupils_ehcp.csv")
    board = files.open_file(
        frame, lambda row: SEN.get(row["SEN provision"]), lambda row: number(row["% of pupils"])
    )
    tool = files.lait({"SEN_TotStat": "ehc_plan", "SEN_TotSENSuP": "sen_support"}, school_year)
    # One has one decimal, the other two.
    return Two("Pupils with SEN: tool against school census", tool, board, half_of(1), _agree)


def _level2(files: Files) -> Two:
    frame = files.read("raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz")
    frame = frame[(frame["gender"] == "ALL") & (frame["fsm"] == "ALL")]
    groups = {"ALL": "all_pupils", "No SEN": "no_sen",
              "SEN without statements or EHC plans": "sen_support",
              "SEN with statements or EHC plans": "ehc_plan"}  # fmt: skip

    def key(row: pd.Series) -> Key | None:
        code = files.names.code("la_code", row["la_code_3"])
        group = groups.get(row["sen"])
        return (school_year(row["cohort_19_in"]), code, group) if code and group else None

    counted = figures(frame, key, lambda row: share(row["l2_by19"], row["number_in_ss_cohort"]))
    tool = files.lait(
        {"Level2Age19": "all_pupils", "Age19_NoNSEN": "no_sen", "Age19_SENwoS": "sen_support",
         "Age19_SEN-S": "ehc_plan"}, school_year)  # fmt: skip
    return Two("Level 2 by 19: tool against counts, to 0.1", tool, counted, half_of(1), _agree)


def _destinations(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks4_destinations.csv.gz")
    frame = frame[(frame["institution_group"] == "State-funded mainstream & special schools")
                  & (frame["data_type"] == "Percentage")]  # fmt: skip
    return Two("Sustained destinations: not compared", {}, {}, half_of(1), _agree)
