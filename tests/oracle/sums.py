"""Parts held against their totals, and authorities against England."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tests.oracle.files import (
    BOARD,
    SEN,
    SEN2,
    Files,
    Row,
    Value,
    added,
    known,
    named,
    one,
    school_year,
    times,
    total,
)
from tests.oracle.inputs import ENGLAND
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind, number
from tests.oracle.second_files import NEW, STOCK

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


def _equal(key: Key) -> Fraction:
    return Fraction(0)


def up_to(room: str) -> Within:
    """No further apart than this: the parts are rounded, each for itself."""
    return lambda key: Fraction(room)


def parts(
    indicators: str, title: str, against: str, whole: Figures, pieces: Figures,
    within: Within = _equal, why: Reason = lambda key: "",
) -> Check:  # fmt: skip
    """Parts added up against their total."""
    return Check(title, Kind.PARTS, tuple(indicators.split()), against, why).beside(
        whole, pieces, within
    )


def sum_checks(files: Files) -> Iterator[Check]:
    """Everything that must add up."""
    for make in (_columns, _breakdowns, _history, _absence, _pupils, _destinations, _money,
                 _inspections, england_checks):  # fmt: skip
        yield from make(files)


# SEN2: columns of one row --------------------------------------------------------------

NO_PLACE = "Not all plans stand under a place of education; what is left is shown as not classified."
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
                    why=lambda key: f"{OPEN} A row of the breakdown is missing or differs.")  # fmt: skip


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


# Percentages that make up others -------------------------------------------------------


def _absence(files: Files) -> Iterator[Check]:
    rows = files.rows("tidy/absence_by_sen_la.csv.gz", characteristic_group="SEN provision")
    by_need = [
        {name: str(value) for name, value in row.items()}
        for row in files.rows("tidy/absence_by_sen_primary_need_la.parquet")
    ]
    this_year = files.rows("tidy/attendance_by_sen_la_202526.csv.gz")
    full = ("sess_authorised_percent", "sess_unauthorised_percent")
    for indicators, title, table, whole, halves, group in (
        ("overall_absence authorised_absence unauthorised_absence",
         "Authorised and unauthorised absence against overall", rows, "sess_overall_percent", full,
         ("education_phase", "sen_provision")),
        ("absence_by_primary_need", "Authorised and unauthorised absence by primary need against "
         "overall", by_need, "sess_overall_percent", full, ("education_phase", "sen_primary_need")),
        ("absence_this_year", "Authorised and unauthorised absence this year against overall",
         this_year, "overall_absence_perc",
         ("authorised_absence_perc", "unauthorised_absence_perc"),
         ("time_identifier", "education_phase", "sen_provision")),
    ):  # fmt: skip
        label = _joined(*group)
        yield parts(indicators, title, "authorised and unauthorised absence",
                    files.cells(table, one(whole), label), files.cells(table, total(*halves), label),
                    up_to("0.0101"))  # fmt: skip
    board = files.rows(f"{BOARD}/absence.csv.gz")
    sides = {
        measure: files.cells([r for r in board if r["Absence measure"] == measure],
                             one("Percentage"), named("characteristic", SEN))
        for measure in ("Overall", "Authorised", "Unauthorised")
    }  # fmt: skip
    yield parts(
        "overall_absence_two_terms", "Authorised and unauthorised absence of two terms against "
        "overall", "authorised and unauthorised absence", sides["Overall"],
        _both(sides["Authorised"], sides["Unauthorised"]), up_to("0.0101"),
    )  # fmt: skip
    tool = [
        files.lait({measure: "all_pupils"}, school_year)
        for measure in ("total_absence_special", "authorised_absence_special",
                        "unauthorised_absence_special")
    ]  # fmt: skip
    yield parts("special_school_absence", "Authorised and unauthorised absence in special schools "
                "against overall", "authorised and unauthorised absence", tool[0],
                _both(tool[1], tool[2]), up_to("0.0101"))  # fmt: skip


def _both(one_side: Figures, other: Figures) -> dict[Key, Fraction]:
    return {key: one_side[key] + other[key] for key in one_side.keys() & other.keys()}


def _joined(*columns: str) -> Callable[[Row], str]:
    return lambda row: ", ".join(row[column] for column in columns)


def _pupils(files: Files) -> Iterator[Check]:
    rows = files.rows(f"{BOARD}/mainstream_with_sen.csv")
    shares = {
        name: files.cells([r for r in rows if r["SEN provision"] == name], one("% of pupils"),
                          "any_sen")
        for name in ("All SEN", "SEN support", "EHC plan")
    }  # fmt: skip
    yield parts("sen_in_mainstream", "SEN support and EHC plan in mainstream against all SEN",
                "its two groups", shares["All SEN"],
                _both(shares["SEN support"], shares["EHC plan"]), up_to("0.0101"))  # fmt: skip
    settings = files.rows(f"{BOARD}/provider_types.csv.gz")
    pieces = added(
        files.cells([row], one("% of pupils (with SEN provision type)"), _joined("Provision type"),
                    label="academic_year")
        for row in settings
    )  # fmt: skip
    yield parts("pupils_by_setting", "Kinds of school against 100", "its seven kinds of school",
                dict.fromkeys(pieces, Fraction(100)), pieces, up_to("0.04"),
                lambda key: f"{OPEN} The shares printed do not make up 100.")  # fmt: skip


def _destinations(files: Files) -> Iterator[Check]:
    for indicator, path, studies in (
        ("ks4_sustained_education", "ks4_destinations.csv.gz",
         ("fe", "ssf", "sfc", "other_edu")),
        ("post16_sustained_destination", "destinations_1618.csv.gz", ("he", "fe", "other_edu")),
    ):  # fmt: skip
        rows = files.rows(f"{BOARD}/{path}")
        by: Mapping[str, Figures] = {
            kind: files.cells([r for r in rows if r["destination_raw"] == kind],
                              one("% of pupils"), _joined("characteristic"))
            for kind in (*studies, "all_work", "appren", "overall")
        }  # fmt: skip
        whole = {**by["overall"]}
        name = "key stage 4" if indicator.startswith("ks4") else "16 to 18 study"
        yield parts(
            f"{indicator} ks4_sustained_destination" if "ks4" in indicator else indicator,
            f"Education, apprenticeship and work after {name} against all sustained",
            "its kinds of destination", whole,
            _every(by, (*studies, "all_work", "appren")), up_to("0.31"),
            lambda key: f"{OPEN} Small figures are left out of the parts.",
        )  # fmt: skip
        if indicator.startswith("ks4"):
            education = files.cells([r for r in rows if r["destination_raw"] == "overall"],
                                    one("education"), _joined("characteristic"))  # fmt: skip
            yield parts(indicator, "Kinds of education after key stage 4 against all education",
                        "its kinds of education", education, _every(by, studies), up_to("0.21"),
                        lambda key: f"{OPEN} Small figures are left out of the parts.")  # fmt: skip


def _every(by: Mapping[str, Figures], kinds: tuple[str, ...]) -> dict[Key, Fraction]:
    places = set.intersection(*(set(by[kind]) for kind in kinds))
    return {key: sum((by[kind][key] for kind in kinds), Fraction(0)) for key in places}


def _money(files: Files) -> Iterator[Check]:
    rows = [
        {**row, "geographic_level": "Local authority"}
        for row in files.rows(f"{BOARD}/specialist_spend.csv")
    ]
    by = {
        kind: files.cells([r for r in rows if r["category"] == kind], one("total_spend"),
                          label="year")
        for kind in ("State", "Independent or non-maintained", "Total")
    }  # fmt: skip
    yield parts("specialist_spend_per_head", "State and independent spending against all",
                "its two kinds of provider", by["Total"],
                _both(by["State"], by["Independent or non-maintained"]), up_to("1"),
                lambda key: f"{OPEN} One of the two is the publisher's own working.")  # fmt: skip
    balances = files.rows(f"{BOARD}/dsg_deficit.csv")
    yield parts(
        "dsg_balance", "Balance against the deficit beside it, its sign turned",
        "the deficit in its own row",
        files.cells(balances, one("DSG cumulative balance as a % of the total income")),
        files.cells(balances, times(-1, "deficit")),
    )  # fmt: skip


def _inspections(files: Files) -> Iterator[Check]:
    rows = [
        {**row, "region_name": row["Region"]}
        for row in files.rows(f"{BOARD}/ap_ofsted_schl.csv.gz")
    ]
    counted = [r for r in rows if r["Measure"] == "Overall effectiveness (number of schools)"]
    kinds = _joined("school_type")
    pieces = added(files.cells([row], one("Value"), kinds, label="Year") for row in counted)
    whole = files.cells(counted, one("grand_total_schools"), kinds, label="Year")
    yield parts("school_inspection_grade", "Schools by grade against all schools graded",
                "its four grades", whole, pieces)  # fmt: skip
    grades = _joined("school_type", "Overall effectiveness")
    shares = files.cells([r for r in rows if r not in counted], one("Value"), grades, label="Year")
    numbers = files.cells(counted, _of_all, grades, label="Year")
    yield Check(
        "Schools by grade: percentage against its own counts", Kind.COUNTS,
        ("school_inspection_grade",), "the counts in its own rows",
    ).beside(shares, numbers, up_to("0.0051"))  # fmt: skip


def _of_all(row: Row) -> Fraction | None:
    part, whole = number(row["Value"]), number(row["grand_total_schools"])
    return None if part is None or not whole else 100 * part / whole


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

    def why(key: Key) -> str:
        if key[0] == "2022" and key[2] == "new_ehc_plans":
            return PRINTED_TWICE
        if key[0] == "202223" and key[2] == "Res_tot":
            return RESIDENT
        if without[key] and pieces[key] < whole[key]:
            some = f"{without[key]} authorities have" if without[key] > 1 else "One authority has"
            return f"{some} no figure in the file; England's figure includes one."
        if key[2] in ("number_sld", "number_spld"):
            return "Surrey's plans under specific instead of severe learning difficulty."
        if abs(pieces[key] - whole[key]) <= 1:
            return f"{OPEN} One plan stands under another need."
        return UNSEEN

    return Check(title, Kind.ENGLAND, (indicator,), "the sum of its authorities", why).beside(
        whole, pieces, _equal
    )


PRINTED_TWICE = (
    "The file prints the region's total as that of each authority of one region; those are "
    "withheld."
)
UNSEEN = f"{OPEN} England's figure has more than its authorities' rows."
