"""Columns and rows of the tables of plans held against their totals."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from fractions import Fraction

from tests.oracle.files import (
    Files,
    Value,
    added,
    known,
    one,
    school_year,
    total,
)
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind
from tests.oracle.second_plans import STOCK

PLACES = (
    "mainstream_la_maintained", "mainstream_la_maintained_resourced_provision",
    "mainstream_la_maintained_senunit", "mainstream_academy",
    "mainstream_academy_resourced_provision", "mainstream_academy_senunit",
    "mainstream_free_school", "mainstream_free_school_resourced_provision",
    "mainstream_free_school_senunit", "mainstream_independent", "special_la_maintained",
    "special_academy_free", "special_independent", "special_non_maintained", "ap_pru_academy",
    "ap_pru_free_school", "ap_pru_la_maintained", "general_fe_tertiary_colleges",
    "specialist_post_16_institutions", "ukrlp_provider", "elective_home_education",
    "other_arrangements_la", "other_arrangements_parents", "online_provider", "w_settings",
    "other_schools", "other_placement_settings", "neet", "neet_ntci", "neet_other",
    "neet_other_csa", "nm_early_years", "placement_unknown", "await_prov_2022", "perm_ex_2022",
)  # fmt: skip
NEEDS = tuple(f"number_{need}" for need in (
    "asd", "hi", "mld", "msi", "oth", "pd", "pmld", "semh", "slcn", "sld", "spld", "vi",
    "need_unknown",
))  # fmt: skip
REASONS = ("max_age", "needs_met", "he", "employ", "transfer", "no_engage",
           "moved_outside_eng", "deceased", "not_rec", "other")  # fmt: skip

Reason = Callable[[Key], str]
Within = Callable[[Key], Fraction]


def equal(key: Key) -> Fraction:
    return Fraction(0)


def up_to(room: str) -> Within:
    """No further apart than this: the parts are rounded, each for itself."""
    return lambda key: Fraction(room)


def parts(
    indicators: str, title: str, against: str, whole: Figures, pieces: Figures,
    within: Within = equal, why: Reason = lambda key: "",
) -> Check:  # fmt: skip
    """Parts added up against their total."""
    return Check(title, Kind.PARTS, tuple(indicators.split()), against, why).beside(
        whole, pieces, within
    )


def sum_checks(files: Files) -> Iterator[Check]:
    """Everything about plans that must add up."""
    for make in (_columns, _breakdowns, _history):
        yield from make(files)


# SEN2: columns of one row --------------------------------------------------------------

NO_PLACE = (
    "Not all plans stand under a place of education; what is left is shown as not classified."
)
RESIDENT = "England's total of 2022/23 is not that of its parts; the parts are used."
DECIDED = (
    f"{OPEN} In most areas the decisions of a year counted by time are not as many as those "
    "counted by outcome."
)
UNTIMED = f"{OPEN} A few plans stand under no time."
UNDECIDED = f"{OPEN} A few assessments stand under no outcome."
UNREASONED = f"{OPEN} A few plans that ceased in one authority stand under no reason."

#: Indicators, title, member, topic, total, parts, reason for a difference.
COLUMNS: tuple[tuple[str, str, str, str, Value, Value, str], ...] = (
    ("ehcp_placement", "35 columns of places of education: plans held", "caseload",
     "All EHC plans", one("ehcplans"), known(*PLACES), NO_PLACE),
    ("ehcp_new_placement", "35 columns of places of education: new plans", "newplans",
     "New EHC plans", one("new_ehc_plans"), known(*PLACES), NO_PLACE),
    ("ehcp_mainstream_total", "Mainstream columns", "caseload", "All EHC plans",
     one("mainstream_total"), known(*(p for p in PLACES if p.startswith("mainstream"))), ""),
    ("ehcp_special_total", "Special columns", "caseload", "All EHC plans", one("special_total"),
     known(*(p for p in PLACES if p.startswith("special") and "post_16" not in p)), ""),
    ("ehcp_primary_need", "Primary needs: plans held", "sen_needs_all_plans", "All EHC plans",
     one("ehc_plans"), known(*NEEDS), ""),
    ("ehcp_new_primary_need", "Primary needs: new plans", "sen_need_newplans", "All EHC plans",
     one("ehc_plans"), known(*NEEDS), ""),
    ("ehcp_residential", "38 to 51 weeks and 52 weeks", "residential_settings",
     "All residential placements", one("Res_tot"), total("Res_3851", "Res_52"), RESIDENT),
    ("ehcp_20_weeks_all ehcp_over_one_year", "Within 20 weeks, within a year and later",
     "timeliness_20_week", "All EHC plans issued", one("plans_issued_den"),
     total("plans_issued_within_20_weeks", "plans_issued_gt20weeks_ltYear",
           "plans_issued_gt_1_year"), UNTIMED),
    ("assessment_requests assessment_refused_of_decided", "Requests by outcome", "requests",
     "All requests for EHC needs assessments", one("requests_received_in_year"),
     total("requests_decided_to_assess", "requests_decided_not_to_assess",
           "requests_decision_not_made", "requests_withdrawn"), ""),
    ("requests_decided_6_weeks", "Decisions within six weeks and later", "requests",
     "All requests for EHC needs assessments",
     total("requests_decided_to_assess", "requests_decided_not_to_assess"),
     total("request_outcome_six_weeks", "request_outcome_over_6_weeks"), DECIDED),
    ("assessments_plan_issued", "Assessments by outcome", "assessments",
     "All EHC needs assessments", one("assess_in_year"),
     known("assess_issued", "assess_not_issued", "assess_not_made", "assess_withdrawn"),
     UNDECIDED),
    ("annual_reviews_held", "Plans with a review due and not due", "annual_reviews",
     "All annual reviews", one("total_ehc_plans"), total("review_expected", "review_not_expected"),
     ""),
    ("ceased_plans", "Reasons why plans ceased", "ceased_plans", "All ceased EHC plans",
     one("total_ceased"), known(*REASONS), UNREASONED),
    ("supported_internships", "Internships, apprenticeships and traineeships",
     "work_based_placements", "All work based placements", one("open_wbp"),
     total("open_supp_intern", "open_apprentice", "open_trainee"), ""),
)  # fmt: skip


def _columns(files: Files) -> Iterator[Check]:
    for indicators, title, member, topic, whole, pieces, reason in COLUMNS:
        rows = files.sen2(member, topic)
        yield parts(
            indicators, f"{title} against their total", "columns of its own rows",
            files.cells(rows, whole, "ehc_plan"), files.cells(rows, pieces, "ehc_plan"),
            why=lambda key, reason=reason: reason,  # type: ignore[misc]
        )  # fmt: skip


# SEN2: rows of a breakdown -------------------------------------------------------------

#: Indicators, title, member, topic of the total, topic of the parts, column.
BREAKDOWNS = (
    ("ehcp_caseload", "Plans by single year of age", "caseload", "All EHC plans",
     "Child or young persons age", "ehcplans"),
    ("ehcp_caseload", "Plans by sex", "caseload", "All EHC plans", "Sex", "ehcplans"),
    ("ehcp_caseload", "Plans by ethnicity", "caseload", "All EHC plans", "Ethnicity", "ehcplans"),
    ("ehcp_new", "New plans by sex", "newplans", "New EHC plans", "Sex", "new_ehc_plans"),
    ("ehcp_neet", "Plan holders not in education, employment or training by age", "caseload",
     "All EHC plans", "Child or young persons age", "neet"),
    ("ehcp_no_education_csa", "Plan holders of school age without education by age", "caseload",
     "All EHC plans", "Child or young persons age", "neet_other_csa"),
    ("mediation_requests", "Requests with mediation by sex", "requests",
     "All requests for EHC needs assessments", "Sex", "mediation_related_request"),
    ("personal_budgets", "Personal budgets by sex", "personal_budgets", "All personal budgets",
     "Sex", "personal_budget"),
    ("supported_internships", "Supported internships by age", "work_based_placements",
     "All work based placements", "Young persons age", "open_supp_intern"),
    ("ceased_plans", "Plans that ceased by age", "ceased_plans", "All ceased EHC plans",
     "Age plan ceased", "total_ceased"),
    ("annual_reviews_held", "Reviews held by sex", "annual_reviews", "All annual reviews", "Sex",
     "total_review_meeting"),
)  # fmt: skip


def _breakdowns(files: Files) -> Iterator[Check]:
    for indicator, title, member, topic, breakdown, column in BREAKDOWNS:
        whole = files.cells(files.sen2(member, topic), one(column), "ehc_plan")
        rows = files.sen2(member, breakdown)
        pieces = added(files.cells([row], one(column), "ehc_plan") for row in rows)
        yield parts(indicator, f"{title} against all", "rows of a breakdown", whole, pieces,
                    why=lambda key: f"{OPEN} A row is missing or differs.")  # fmt: skip


def _history(files: Files) -> Iterator[Check]:
    rows = files.rows(STOCK)
    whole = [r for r in rows if r["establishment_type"] == r["establishment_group"] == "Total"]
    pieces = [
        row for row in rows
        if row["establishment_type"] == "Total" and row["establishment_group"] != "Total"
    ]  # fmt: skip
    yield parts(
        "ehcp_placement_history ehcp_caseload", "Groups of places of education, 2010 to 2022, "
        "against all plans", "rows of its own table",
        files.cells(whole, one("Total_all"), "ehc_plan", school_year),
        added(files.cells([row], one("Total_all"), "ehc_plan", school_year) for row in pieces),
        why=lambda key: NO_PLACE,
    )  # fmt: skip
