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
from functools import cache
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
    table,
)

PROJECT = Path(__file__).resolve().parents[2]
DOCUMENT = PROJECT / "docs" / "verification.md"
BOARD = "tidy/send_ap_dashboard"
SEN2 = "raw/sen2_2025/education-health-and-care-plans_2025.zip"
MOST_LISTED = 12
ENGLAND = "E92000001"
#: How a difference is named whose cause is not known.
OPEN = "Not explained."


@dataclass(frozen=True, slots=True, eq=False)
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
            code, figure = self.names.code("name", name), number(_clean(value))
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


def _clean(text: object) -> str:
    """A number without a float's noise: 64.900000000000006 was printed 64.9."""
    value = number(text)
    return str(text) if value is None else str(round(value, 9))


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

#: Half of the ten that regions' numbers of pupils are rounded to.
ROOM = 5
ROUNDED = "The region's numbers of pupils are published rounded to ten, so they can miss a half."


def could_round(printed: Fraction, part: object, whole: object, decimals: int) -> bool:
    """Whether counts rounded to ten leave room for the percentage printed."""
    above, below = number(part), number(whole)
    if above is None or below is None or above % 10 or below % 10 or below <= ROOM:
        return False
    half = Fraction(1, 2) / 10**decimals
    least, most = (above - ROOM) / (below + ROOM), (above + ROOM) / (below - ROOM)
    return 100 * least <= printed + half and printed - half <= 100 * most


def _why_own(key: Key, rounded: set[Key]) -> str:
    if key[0] == "Regional" and key in rounded:
        return ROUNDED
    if "England total excluding suppressed" in key:
        return (
            "A second national row; its decisions are not those its rate was worked out from. "
            "It is not loaded."
        )
    return ""


def _known(rounded: set[Key]) -> Callable[[Key], str]:
    return lambda key: _why_own(key, rounded)


def own_counts(files: Files) -> Iterator[Check]:
    """Published percentages against the counts in the same row."""
    for item in OWN:
        frame = files.read(item.path, item.member)
        printed: dict[Key, Fraction] = {}
        counted: dict[Key, Fraction] = {}
        rounded: set[Key] = set()
        columns = [list(frame[c]) for c in (item.percent, item.part, item.whole)]
        keys = zip(*(list(frame[c]) for c in item.group), strict=True)
        for key, percent, part, whole in zip(keys, *columns, strict=True):
            value, from_counts = number(percent), share(part, whole)
            if value is not None and from_counts is not None:
                printed.setdefault(key, value)
                counted.setdefault(key, from_counts)
                if could_round(value, part, whole, item.decimals):
                    rounded.add(key)
        check = Check(f"{item.title}: percentage against its own counts", _known(rounded))
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
                 _attainment8_2019, _prevalence, _level2, _destinations):  # fmt: skip
        two = make(files)
        yield Check(two.title, two.why).beside(two.one, two.other, two.within)


def _agree(key: Key) -> str:
    return ""


def _rounding(
    files: Files, frame: pd.DataFrame, part: str, whole: str
) -> Callable[[Key, Figures], bool]:
    """Whether a whole percentage can come from a region's counts rounded to ten."""
    above, below = (
        files.open_file(
            frame, lambda row: SEN.get(row["characteristic"]),
            lambda row, column=column: number(row[column]),
        )
        for column in (part, whole)
    )  # fmt: skip
    return lambda key, tool: (
        key[1].startswith(("E12", "E13"))
        and could_round(tool[key], above.get(key), below.get(key), 0)
    )


def _ks2(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks2_attainment.csv")
    columns = ("t_rwm_met_expected_standard", "t_rwm_eligible_pupils")
    may_round = _rounding(files, frame, *columns)
    counted = files.open_file(
        frame,
        lambda row: SEN.get(row["characteristic"]),
        lambda row: share(*(row[column] for column in columns)),
    )
    tool = files.lait(
        {"NoID_SEN_NEW_KS2_RWM": "no_sen", "NEW_KS2_RWM_Sen_W/Osta": "sen_support",
         "NEW_KS2_RWM_Sen_Withsta": "ehc_plan"}, school_year)  # fmt: skip

    def why(key: Key) -> str:
        if key[0] == "202223":
            return "The counts are of the provisional 2022/23 release, the tool has the final one."
        return ROUNDED if may_round(key, tool) else ""

    return Two("Key stage 2: tool against counts", tool, counted, half_of(0), why)


def _phonics(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks1_phonics.csv.gz")
    columns = ("t_phonics_y1_met_expected_standard", "t_phonics_y1_eligible_pupils")
    may_round = _rounding(files, frame, *columns)
    counted = files.open_file(
        frame,
        lambda row: SEN.get(row["characteristic"]),
        lambda row: share(*(row[column] for column in columns)),
    )
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
    return Two("NEET or not known, all young people: tool against scorecard", tool, found,
               lambda key: Fraction(0), _agree)  # fmt: skip


A8 = {
    "SEN_NoID_AVG_Attain8_Score": "no_sen", "SEN_WoStat_AVG_Attain8_Score": "sen_support",
    "SEN_Stat_AVG_Attain8_Score": "ehc_plan",
}  # fmt: skip


def _attainment8(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks4_attainment.csv")
    board = files.open_file(
        frame, lambda row: "no_sen" if row["SEN provision"] == "No identified SEN" else None,
        lambda row: number(row["avg_att8"]),
    )  # fmt: skip

    def why(key: Key) -> str:
        if key[0] == "202223":
            return "The other file has 2022/23 as provisional."
        return f"{OPEN} England's figure differs by 0.1 to 0.2." if key[1] == ENGLAND else ""

    return Two("Attainment 8 without SEN: tool against performance tables",
               files.lait(A8, school_year), board, lambda key: Fraction(0), why)  # fmt: skip


def _attainment8_2019(files: Files) -> Two:
    frame = files.read("tidy/ks4_la_characteristics_201819.csv.gz")
    frame = frame[(frame["breakdown"] == "SEN status") & (frame["gender"] == "Total")]
    groups = {"No SEN": "no_sen", "SEN Supp": "sen_support", "SEN State EHC": "ehc_plan"}

    def average(row: pd.Series) -> Fraction | None:
        points = share(row["t_att8"], row["t_pupils"])
        return points / 100 if points is not None else None

    counted = files.open_file(frame, lambda row: groups.get(row["sen_status"]), average)

    def why(key: Key) -> str:
        return f"{OPEN} England's figure differs by 0.1 to 0.2." if key[1] == ENGLAND else ""

    return Two("Attainment 8 2018/19: tool against points and pupils",
               files.lait(A8, school_year), counted, half_of(1), why)  # fmt: skip


def _prevalence(files: Files) -> Two:
    frame = files.read(f"{BOARD}/percent_pupils_ehcp.csv")
    board = files.open_file(
        frame, lambda row: SEN.get(row["SEN provision"]), lambda row: number(row["% of pupils"])
    )
    tool = files.lait({"SEN_TotStat": "ehc_plan", "SEN_TotSENSuP": "sen_support"}, school_year)
    return Two("Pupils with SEN: tool (one decimal) against school census (two)", tool, board,
               half_of(1), _agree)  # fmt: skip


def _level2(files: Files) -> Two:
    frame = files.read("raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz")
    frame = frame[(frame["gender"] == "ALL") & (frame["fsm"] == "ALL")
                  & (frame["cohort_19_in"] <= "2022")]  # fmt: skip
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

    def why(key: Key) -> str:
        if tool[key] == 0 and key[2] == "sen_support":
            return "The tool's zero stands for no figure; it is shown as not available."
        return (
            f"{OPEN} The two publications are kept apart: numbers of pupils to 2021/22, the "
            "tool from 2022/23 as a line of its own."
        )

    return Two("Level 2 by 19: tool against counts, within 1 percentage point", tool, counted,
               lambda key: Fraction(1), why)  # fmt: skip


def _destinations(files: Files) -> Two:
    frame = files.read(f"{BOARD}/ks4_destinations.csv.gz")
    frame = frame[frame["Destination"] == "Overall sustained"]
    groups = {"No identified SEN": "no_sen", "SEN support": "sen_support",
              "EHC plan or Statement": "ehc_plan"}  # fmt: skip
    other = files.open_file(
        frame, lambda row: groups.get(row["characteristic"]), lambda row: number(row["pupils"])
    )
    tool = files.lait(
        {"SusEdOverall_NoSEN_incSpec": "no_sen", "SusEdOverall_SEN_NoStat_incSpec": "sen_support",
         "SusEdOverall_SEN_Stat_incSpec": "ehc_plan"},
        lambda year: f"{year}{(int(year) + 1) % 100:02d}")  # fmt: skip

    def why(key: Key) -> str:
        return f"{OPEN} The tool is mostly lower; only the tool is shown, and nothing is spliced."

    return Two("Sustained destinations: tool against destinations file, within 2 percentage points",
               tool, other, lambda key: Fraction(2), why)  # fmt: skip


# All pupils between the groups --------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Between:
    """All pupils' figure, and a file whose groups it must lie between."""

    title: str
    measure: str
    path: str
    column: str
    total: str
    terms: int


BETWEEN = (
    Between("Overall absence", "TotAbs", "tidy/absence_by_sen_la.csv.gz", "sess_overall_percent",
            "Total", 1),
    Between("Persistent absence", "TotPerAbNew", "tidy/absence_by_sen_la.csv.gz",
            "enrolments_pa_10_exact_percent", "Total", 1),
    Between("Suspensions, sum of three terms", "TotFixedEx",
            "tidy/suspensions_exclusions_by_sen_la_termly.csv.gz", "susp_rate", "Total", 3),
    Between("Permanent exclusions, sum of three terms", "TotPermEx",
            "tidy/suspensions_exclusions_by_sen_la_termly.csv.gz", "perm_excl_rate", "Total", 3),
)  # fmt: skip


def between_groups(files: Files) -> Iterator[Check]:
    """The tool's figure for all pupils against the range of the three groups."""
    for item in BETWEEN:
        frame = files.read(item.path)
        frame = frame[(frame["characteristic_group"] == "SEN provision")
                      & (frame["education_phase"] == item.total)]  # fmt: skip
        sides = _ranges(files, frame, item)
        tool = files.lait({item.measure: "all_pupils"}, school_year_of)
        nearest = {
            key: min(max(value, sides[key][0]), sides[key][1])
            for key, value in tool.items() if key in sides
        }  # fmt: skip
        # Two decimals in one publication; the three terms have pupil numbers of their own.
        room = Fraction(5, 1000) if item.terms == 1 else Fraction(2, 100)
        title = f"{item.title}: tool's all pupils within the range of the groups"
        yield Check(title, _why_outside).beside(tool, nearest, _room(room))


def _room(room: Fraction) -> Callable[[Key], Fraction]:
    return lambda key: room


def _why_outside(key: Key) -> str:
    return ""


def school_year_of(label: str) -> str:
    """A school year from "2023/24" or from the year it ends in.

    >>> school_year_of("2023/24"), school_year_of("2024")
    ('202324', '202324')
    """
    return label[:4] + label[5:7] if "/" in label else school_year(label)


def _ranges(
    files: Files, frame: pd.DataFrame, item: Between
) -> dict[Key, tuple[Fraction, Fraction]]:
    sums: dict[tuple[str, str, str], list[Fraction]] = {}
    for _, row in frame.iterrows():
        code, value = files.names.code("gss", row["new_la_code"]), number(row[item.column])
        if code and value is not None:
            sums.setdefault((row["time_period"], code, row["sen_provision"]), []).append(value)
    whole = {key: sum(terms, Fraction(0)) for key, terms in sums.items()
             if len(terms) == item.terms}  # fmt: skip
    found: dict[Key, tuple[Fraction, Fraction]] = {}
    for period, code, _ in whole:
        groups = [whole.get((period, code, g)) for g in ("No SEN", "SEN support", "EHC plan")]
        known = [g for g in groups if g is not None]
        if len(known) == len(groups):
            found[period, code, "all_pupils"] = (min(known), max(known))
    return found


# The document ------------------------------------------------------------------------


@cache
def all_checks(files: Files) -> dict[str, list[Check]]:
    """Every check by part of the document, done once."""
    return {
        "Percentages and the counts beside them": list(own_counts(files)),
        "One statistic in two publications": list(two_sources(files)),
        "All pupils between the groups": list(between_groups(files)),
    }


INTRODUCTION = {
    "Percentages and the counts beside them": (
        "Each published percentage is worked out again from the counts in its own row, for every "
        "area and breakdown in the file, and must agree to the decimals printed."
    ),
    "One statistic in two publications": (
        "The Local authority interactive tool (the tool) against the file it should agree with."
    ),
    "All pupils between the groups": (
        "Suspensions and exclusions by SEN are published by term only; their sum over a year is "
        "not a published figure, and the tool's yearly rate covers all pupils, so the two are not "
        "the same statistic. A rate for all pupils must still lie between those of its groups."
    ),
}


def document(files: Files) -> str:
    """The text of ``docs/verification.md``."""
    parts = [
        "# Verification", "",
        "Written by `python -m tests.oracle.verification` from the publishers' files; none of "
        "sendgap's code is used. A test fails when this page is not current.", "",
        "That a release holds what follows from these figures is checked cell by cell by "
        "`tests/oracle`, which works out every level, gap, change, rank, band, spread and "
        "neighbour figure a second time.", "",
    ]  # fmt: skip
    for title, checks in all_checks(files).items():
        parts += [f"## {title}", "", INTRODUCTION[title], "", *_summary(checks)]
        for check in checks:
            parts += _exceptions(files, check)
    return "\n".join(parts).rstrip() + "\n"


def _summary(checks: list[Check]) -> list[str]:
    lines = ["| check | compared | agree | differ |", "|---|---:|---:|---:|"]
    for check in checks:
        differ = len(check.exceptions)
        lines.append(
            f"| {check.title} | {check.compared:,} | {check.compared - differ:,} | {differ:,} |"
        )
    lines.append(f"| all | {places(checks):,} | | |")
    return [*lines, ""]


def _exceptions(files: Files, check: Check) -> list[str]:
    if not check.exceptions:
        return []
    lines = [f"### {check.title}", ""]
    reasons: dict[str, list[tuple[Key, str, str]]] = {}
    for item in check.exceptions:
        reasons.setdefault(check.explained(item[0]) or "UNEXPLAINED", []).append(item)
    for reason, items in reasons.items():
        lines += [f"{len(items)}: {reason}", ""]
        if len(items) > MOST_LISTED:
            counted = Counter(f"{key[0]} {key[-1]}" for key, *_ in items)
            lines.append(", ".join(f"{name} {count}" for name, count in sorted(counted.items())))
            lines.append("")
            items = sorted(items, key=_distance, reverse=True)[:MOST_LISTED]
            lines += ["The widest:", ""]
        lines += [f"- {_place(files, key)}: {one} against {other}" for key, one, other in items]
        lines.append("")
    return lines


def _distance(item: tuple[Key, str, str]) -> tuple[float, Key]:
    return abs(float(item[1]) - float(item[2])), item[0]


def _place(files: Files, key: Key) -> str:
    return ", ".join(files.names.name(part) for part in key if part)


def main(arguments: list[str]) -> int:
    """Write the document; the folder of publishers' files may be named."""
    data = Path(arguments[0]) if arguments else PROJECT.parent / "shared" / "data"
    if not data.is_dir():
        print(f"{data}: no such folder; name the publishers' files", file=sys.stderr)
        return 1
    files = Files(data, Names.read(PROJECT / "data" / "reference"))
    DOCUMENT.parent.mkdir(exist_ok=True)
    DOCUMENT.write_text(document(files), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
