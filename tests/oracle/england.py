"""England's own figures held against the sum of its authorities."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tests.oracle.files import (
    Files,
    Row,
    one,
)
from tests.oracle.inputs import ENGLAND
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind, number
from tests.oracle.second_plans import NEW, STOCK
from tests.oracle.sums import NEEDS, REASONS, RESIDENT, equal

# England -------------------------------------------------------------------------------

#: Indicator, title, member, topic, columns.
NATION = (
    ("ehcp_caseload", "EHC plans", "caseload", "All EHC plans", ("ehcplans",)),
    ("ehcp_mainstream_total", "Plans in mainstream", "caseload", "All EHC plans",
     ("mainstream_total",)),
    ("ehcp_special_total", "Plans in special schools", "caseload", "All EHC plans",
     ("special_total",)),
    ("ehcp_primary_need", "Plans by primary need", "sen_needs_all_plans", "All EHC plans", NEEDS),
    ("ehcp_new_primary_need", "New plans by primary need", "sen_need_newplans", "All EHC plans",
     NEEDS),
    ("ehcp_new", "New EHC plans", "newplans", "New EHC plans", ("new_ehc_plans",)),
    ("assessment_requests", "Requests", "requests", "All requests for EHC needs assessments",
     ("requests_received_in_year",)),
    ("assessment_refused_of_decided", "Requests decided", "requests",
     "All requests for EHC needs assessments",
     ("requests_decided_to_assess", "requests_decided_not_to_assess")),
    ("mediation_requests", "Requests with mediation", "requests",
     "All requests for EHC needs assessments", ("mediation_related_request",)),
    ("assessments_plan_issued", "Assessments and plans issued", "assessments",
     "All EHC needs assessments", ("assess_in_year", "assess_issued")),
    ("annual_reviews_held", "Reviews due and held", "annual_reviews", "All annual reviews",
     ("review_expected", "total_review_meeting")),
    ("ceased_plans", "Plans that ceased", "ceased_plans", "All ceased EHC plans",
     ("total_ceased", *REASONS)),
    ("personal_budgets", "Personal budgets", "personal_budgets", "All personal budgets",
     ("personal_budget",)),
    ("ehcp_residential", "Residential placements", "residential_settings",
     "All residential placements", ("Res_3851", "Res_52", "Res_tot")),
    ("supported_internships", "Supported internships", "work_based_placements",
     "All work based placements", ("open_supp_intern",)),
    ("ehcp_neet", "Plan holders not in education, employment or training", "caseload",
     "All EHC plans", ("neet",)),
    ("ehcp_no_education_csa", "Plan holders of school age without education", "caseload",
     "All EHC plans", ("neet_other_csa",)),
)  # fmt: skip


def england_checks(files: Files) -> Iterator[Check]:
    """Authorities added up against England's own row."""
    for indicator, title, member, topic, columns in NATION:
        rows = files.sen2(member, topic)
        yield _nation(files, indicator, f"{title}: England against its authorities", rows, columns)
    for indicator, path, column, title in (
        ("ehcp_caseload", STOCK, "Total_all", "EHC plans to January 2022"),
        ("ehcp_new", NEW, "Total_new_all", "New plans to 2021"),
    ):
        rows = files.rows(path, establishment_type="Total", establishment_group="Total")
        yield _nation(files, indicator, f"{title}: England against its authorities", rows,
                      (column,))  # fmt: skip


def _nation(
    files: Files, indicator: str, title: str, rows: list[Row], columns: tuple[str, ...]
) -> Check:
    whole: dict[Key, Fraction] = {}
    pieces: dict[Key, Fraction] = {}
    without: dict[Key, int] = {}
    local = [row for row in rows if row["geographic_level"] == "Local authority"]
    for column in columns:
        found = files.cells(rows, one(column), column)
        whole |= {key: figure for key, figure in found.items() if key[1] == ENGLAND}
        for row in local:
            key, figure = (row["time_period"], ENGLAND, column), number(row[column])
            pieces[key] = pieces.get(key, Fraction(0)) + (figure or 0)
            without[key] = without.get(key, 0) + (figure is None)

    return Check(
        title,
        Kind.ENGLAND,
        (indicator,),
        "the sum of its authorities",
        _why(whole, pieces, without),
    ).beside(whole, pieces, equal)


PRINTED_TWICE = (
    "The file prints the region's total as that of each authority of one region; those are "
    "withheld."
)
UNSEEN = f"{OPEN} England's figure has more than its authorities' rows."
KNOWN = {("2022", "new_ehc_plans"): PRINTED_TWICE, ("202223", "Res_tot"): RESIDENT}


def _why(whole: Figures, pieces: Figures, without: Mapping[Key, int]) -> Callable[[Key], str]:
    def why(key: Key) -> str:
        if (key[0], key[2]) in KNOWN:
            return KNOWN[key[0], key[2]]
        if without[key] and pieces[key] < whole[key]:
            some = f"{without[key]} authorities have" if without[key] > 1 else "One authority has"
            return f"{some} no figure in the file; England's figure includes one."
        if key[2] in ("number_sld", "number_spld"):
            return "Surrey's plans under specific instead of severe learning difficulty."
        if abs(pieces[key] - whole[key]) <= 1:
            return f"{OPEN} One plan stands under another need."
        return UNSEEN

    return why
