"""Published percentages and rates held against the counts in their own rows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from tests.oracle.files import BOARD, EARLIER, SAMPLES, SEN2, Files, Row, total
from tests.oracle.publishers import HALF, Check, Key, Kind, half_of, number

TOPIC = ("geographic_level", "time_period", "region_name", "la_name", "breakdown_topic",
         "breakdown")  # fmt: skip
PLACE = ("geographic_level", "time_period", "region_name", "la_name")


@dataclass(frozen=True, slots=True)
class Own:
    """Published percentages with their counts in the same row, and the decimals printed."""

    indicators: tuple[str, ...]
    title: str
    path: str
    #: (percentage, the columns of its numerator)
    pairs: tuple[tuple[str, tuple[str, ...]], ...]
    whole: tuple[str, ...]
    decimals: int
    place: tuple[str, ...]
    member: str = ""
    where: Mapping[str, str] = field(default_factory=dict)
    scale: int = 100
    #: What the counts are rounded to, in every row or (nothing) in regions' rows alone.
    rounded_to: int = 0
    #: Percentages that make up 100 where the counts beside them are all there are.
    together: tuple[str, ...] = ()


def sen2(
    indicators: str, title: str, member: str, pairs: Mapping[str, str], *whole: str,
    topic: str = "", together: tuple[str, ...] = (),
) -> Own:  # fmt: skip
    """Percentages of the newest collection of plans."""
    return Own(
        tuple(indicators.split()), title, SEN2, tuple((p, (n,)) for p, n in pairs.items()), whole,
        1, TOPIC, f"data/{member}.csv", {"breakdown_topic": topic} if topic else {},
        together=together,
    )  # fmt: skip


NEEDS = {f"{need}_pc": f"number_{need}" for need in (
    "asd", "hi", "mld", "msi", "oth", "pd", "pmld", "semh", "slcn", "sld", "spld", "vi",
)} | {"unknown_pc": "number_need_unknown"}  # fmt: skip
GROUPS = {
    "mainstream_total_pc": "mainstream_total", "special_total_pc": "special_total",
    "AP_PRU_total_pc": "ap_pru_total", "fe_total_pc": "fe_total",
    "ed_elsewhere_pc": "ed_elsewhere", "nm_early_years_pc": "nm_early_years",
    "placement_unknown_pc": "placement_unknown",
}  # fmt: skip
LEVELS = ("cohort_19_in", "region", "la_name", "gender", "fsm", "sen")
RATES = {"perm_excl_rate": "perm_excl", "fixed_excl_rate": "fixed_excl",
         "one_plus_fixed_rate": "one_plus_fixed"}  # fmt: skip

OWN = (
    Own(("ks2_rwm_expected",), "Key stage 2, reading, writing and maths",
        f"{BOARD}/ks2_attainment.csv",
        (("pt_rwm_met_expected_standard", ("t_rwm_met_expected_standard",)),),
        ("t_rwm_eligible_pupils",), 0, (*PLACE, "characteristic")),
    Own(("phonics_year1",), "Phonics in year 1", f"{BOARD}/ks1_phonics.csv.gz",
        (("pt_phonics_y1_met_expected_standard", ("t_phonics_y1_met_expected_standard",)),),
        ("t_phonics_y1_eligible_pupils",), 0, (*PLACE, "characteristic")),
    Own(("eyfs_gld",), "Good level of development, 2021/22",
        "raw/eyfsp_2022/1_eyfsp_headline_measures_2022.csv.gz",
        (("gld_percentage", ("gld_number",)),), ("children_number",), 1,
        ("geographic_level", "region_name", "la_name", "lad_name", "characteristic",
         "characteristic_type", "gender")),
    sen2("ehcp_20_weeks", "EHC plans within 20 weeks, excluding exceptions", "timeliness_20_week",
         {"PC_plans_issued_20_weeks_ex": "plans_issued_20_weeks_ex"}, "plans_issued_den_ex"),
    sen2("ehcp_20_weeks_all", "EHC plans within 20 weeks, all plans", "timeliness_20_week",
         {"pc_plans_issued_within_20_weeks": "plans_issued_within_20_weeks"}, "plans_issued_den"),
    sen2("ehcp_over_one_year", "EHC plans that took over a year", "timeliness_20_week",
         {"pc_plans_issued_gt_1_year": "plans_issued_gt_1_year"}, "plans_issued_den"),
    sen2("assessment_requests_refused", "Requests declined", "requests",
         {"request_not_assess_pc": "requests_decided_not_to_assess"}, "requests_received_in_year"),
    sen2("requests_decided_6_weeks", "Requests decided within six weeks", "requests",
         {"request_outcome_six_weeks_pc": "request_outcome_six_weeks"},
         "request_outcome_six_weeks", "request_outcome_over_6_weeks",
         together=("request_outcome_six_weeks_pc", "request_outcome_over_6_weeks_pc")),
    sen2("assessments_plan_issued", "Assessments that led to a plan", "assessments",
         {"assess_issued_pc": "assess_issued"}, "assess_in_year"),
    sen2("not_to_issue_16_weeks", "Decisions not to issue within 16 weeks", "assessments",
         {"outcome_decision_within_time_pc": "outcome_decision_within_time"},
         "outcome_decision_within_time", "outcome_decision_over_time"),
    sen2("annual_review_decision_4_weeks", "Review decisions within four weeks", "annual_reviews",
         {"pc_decsion_4weeks": "number_decsion_4weeks"}, "number_decsion_4weeks",
         "number_decision_gt_4weeks"),
    sen2("ehcp_mainstream_total ehcp_special_total ehcp_placement", "Placements of EHC plans",
         "caseload", GROUPS, "ehcplans", topic="All EHC plans"),
    sen2("ehcp_new_placement", "Placements of new EHC plans", "newplans", GROUPS,
         "new_ehc_plans", topic="New EHC plans"),
    sen2("ehcp_primary_need", "EHC plans by primary need", "sen_needs_all_plans", NEEDS,
         "ehc_plans", topic="All EHC plans"),
    sen2("ehcp_new_primary_need", "New EHC plans by primary need", "sen_need_newplans", NEEDS,
         "ehc_plans", topic="All EHC plans"),
    Own(("ehcp_20_weeks",), "EHC plans within 20 weeks, earlier collection", EARLIER,
        (("no_exc_20week_rate", ("no_exc_20week_ehc",)),), ("tot_no_exc_ehc",), 1, PLACE),
    Own(("ehcp_20_weeks_all",), "EHC plans within 20 weeks, all plans, earlier collection",
        EARLIER, (("inc_exc_20week_rate", ("inc_exc_20week_ehc",)),), ("tot_inc_exc_ehc",), 1,
        PLACE),
    Own(("assessment_requests_refused",), "Requests declined, earlier collection", EARLIER,
        (("ass_refused_ehc_pc", ("ass_refused_ehc",)),), ("inreq_ehc",), 1, PLACE),
    Own(("assessments_plan_issued",), "Assessments that led to a plan, earlier collection",
        EARLIER, (("new_all_ehc_pc", ("new_all_ehc",)),), ("new_all_ehc_ass_none_ehc_sum",), 1,
        PLACE),
    *(Own((indicator,), f"Appeal rate, basis {basis.replace('_', ' ')}",
          "tidy/send_tribunal_appeals_2014_2024.csv.gz",
          (("appeal_rate", ("appeals_registered",)),), ("appealable_decisions",), 1,
          ("geographic_level", "time_period", "region_heading", "la_name", "basis"),
          where={"basis": basis})
      for indicator, basis in (("tribunal_appeal_rate", "published"),
                               ("tribunal_appeal_rate_in_development", "in development"))),
    *(Own((indicator,), title, "raw/level2_3_by_19/LA_Dashboard_2022_without_Scilly.csv.gz",
          ((f"{column}_rate", (column,)),), ("number_in_ss_cohort",), 6, LEVELS)
      for indicator, title, column in (
          ("level2_by_19", "Level 2 by 19", "l2_by19"),
          ("level2_english_maths_by_19", "Level 2 with English and maths by 19",
           "l2_with_em_by19"),
          ("level3_by_19", "Level 3 by 19", "l3_by19"))),
    *(Own((indicator,), f"{title}, 2018/19", "tidy/ks4_la_characteristics_201819.csv.gz",
          ((percentage, (part,)),), ("t_pupils",), 1,
          (*PLACE, "breakdown", "gender", "ethnic_major", "free_school_meals", "sen_status",
           "sen_description", "disadvantage", "first_language"))
      for indicator, title, percentage, part in (
          ("ks4_english_maths_94", "English and maths at grade 4", "pt_l2basics_94",
           "t_l2basics_94"),
          ("ks4_english_maths_95", "English and maths at grade 5", "pt_l2basics_95",
           "t_l2basics_95"))),
    Own(("suspension_rate", "permanent_exclusion_rate", "pupils_suspended"),
        "Suspensions and exclusions in England to 2016/17",
        f"{SAMPLES}/exclusions_by_characteristic.zip",
        tuple((rate, (count,)) for rate, count in RATES.items()), ("headcount",), 2,
        ("time_period", "school_type", "characteristic_group", "characteristic"), rounded_to=5),
    Own(("absence_this_year",), "Attendance this school year, absence's other side",
        "tidy/attendance_by_sen_la_202526.csv.gz",
        (("attendance_perc", ("attendance_sessions",)),), ("possible_sessions",), 4,
        ("time_period", "time_identifier", "la_name", "education_phase", "sen_provision")),
    Own(("specialist_spend_per_head",), "Spending per head", f"{BOARD}/specialist_spend.csv",
        (("Spend per head", ("total_spend",)),), ("pop_est",), 3,
        ("year", "region", "la_name", "category"), scale=1),
)  # fmt: skip

#: What regions' numbers of pupils are rounded to.
TEN = 10
ROUNDED = "The region's numbers of pupils are published rounded to ten, so they can miss a half."
FEWER = (
    "The row's two published percentages add up to less than 100: they are of more decisions than "
    "the two counts beside them hold."
)
WITHOUT = (
    "The percentages of England and its regions are of the plans that stand under some place of "
    "education; the count beside them has plans that stand under none."
)
REGION_S = (
    "The file prints the region's total as every authority's; the figures of these authorities "
    "are withheld."
)
FEWER_NEW = (
    "Wakefield gave no places of education for 2022; the percentages of its region and of England "
    "leave its new plans out."
)
SURREY = (
    "656 of Surrey's plans stand under specific instead of severe learning difficulty: its own "
    "percentages, the region and England have them under severe."
)
SECOND_ROW = (
    "A second national row; its decisions are not those its rate was worked out from. It is not "
    "loaded."
)


def could_round(
    printed: Fraction, part: object, whole: object, decimals: int, to: int = TEN, scale: int = 100
) -> bool:
    """Whether counts rounded to ten (or five) leave room for the percentage printed."""
    above, below = number(part), number(whole)
    if above is None or below is None or above % to or below % to or below <= to:
        return False
    half, room = HALF / 10**decimals, Fraction(to, 2)
    least, most = (above - room) / (below + room), (above + room) / (below - room)
    return bool(scale * least <= printed + half and printed - half <= scale * most)


@dataclass(slots=True)
class Room:
    """Places whose counts are rounded, or hold less than their percentages are of."""

    rounded: set[Key] = field(default_factory=set)
    fewer: set[Key] = field(default_factory=set)

    def why(self, key: Key) -> str:
        """Why a percentage is not that of its counts."""
        if key in self.rounded:
            return ROUNDED
        if key in self.fewer:
            return FEWER
        facts = (
            (SECOND_ROW, {"England total excluding suppressed"}),
            (SURREY, {"Surrey", "202425"}),
            (REGION_S, {"Local authority", "2022", "Yorkshire and The Humber", "New EHC plans"}),
        )
        said = [reason for reason, words in facts if words <= set(key)]
        if said:
            return said[0]
        if key[0] == "Local authority" or len(key) <= len(TOPIC):
            return ""
        if key[1] == "2022" and "New EHC plans" in key:
            return FEWER_NEW
        return WITHOUT if key[1] == "202324" and "All EHC plans" in key else ""


def own_counts(files: Files) -> Iterator[Check]:
    """Published percentages against the counts in the same row."""
    for item in OWN:
        printed: dict[Key, Fraction] = {}
        counted: dict[Key, Fraction] = {}
        room = Room()
        rows = files.rows(item.path, item.member, **item.where)
        for percentage, columns in item.pairs:
            for row in rows:
                _take(item, row, percentage, columns, printed, counted, room)
        half = half_of(item.decimals)
        free = room.rounded if item.rounded_to else set()
        title = f"{item.title}: percentage against its own counts"
        yield Check(
            title + (f", which are rounded to {item.rounded_to}" if item.rounded_to else ""),
            Kind.COUNTS, item.indicators, "the counts in its own rows", room.why,
        ).beside(
            printed, counted,
            lambda key, free=free, half=half: Fraction(100) if key in free else half(key),  # type: ignore[misc]
        )  # fmt: skip


def _take(
    item: Own, row: Row, percentage: str, columns: tuple[str, ...], printed: dict[Key, Fraction],
    counted: dict[Key, Fraction], room: Room,
) -> None:  # fmt: skip
    value, part, whole = number(row[percentage]), total(*columns)(row), total(*item.whole)(row)
    if value is None or part is None or not whole:
        return
    key = tuple(row[column] for column in item.place)
    key = (*key, percentage) if len(item.pairs) > 1 else key
    printed.setdefault(key, value)
    counted.setdefault(key, item.scale * part / whole)
    to = item.rounded_to or (TEN if key[0] == "Regional" else 0)
    if to and could_round(value, part, whole, item.decimals, to):
        room.rounded.add(key)
    if item.together and (total(*item.together)(row) or 100) < 100:
        room.fewer.add(key)
