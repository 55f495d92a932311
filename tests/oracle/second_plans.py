"""Plans, placements and the steps of their making, held against earlier collections."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tests.oracle.files import (
    BOARD,
    EARLIER,
    SAMPLES,
    SEN2,
    Files,
    Row,
    Value,
    added,
    known,
    named,
    one,
    percent,
    school_year,
    school_year_from,
    total,
)
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind, half_of
from tests.oracle.second_tool import (
    exactly,
)

STOCK, NEW = "raw/sen2_2022/sen2_estab_caseload.csv.gz", "raw/sen2_2022/sen2_estab_new_plans.csv.gz"
Reason = Callable[[Key], str]


def _none(key: Key) -> str:
    return ""


def second(
    indicators: str, title: str, against: str, one_side: Figures, other: Figures,
    within: Callable[[Key], Fraction] = exactly, why: Reason = _none,
) -> Check:  # fmt: skip
    """One comparison of two files."""
    return Check(title, Kind.SECOND, tuple(indicators.split()), against, why).beside(
        one_side, other, within
    )


def plan_checks(files: Files) -> Iterator[Check]:
    """The same statistic of plans in two files."""
    for make in (_plans_held, _placements, _new_plans, _earlier_collection, _officers):
        yield from make(files)


# Plans ---------------------------------------------------------------------------------

COLLECTED = "the collection to 2022"
SAMPLE = "the 2019 sample of the collection"
TYPES = {
    "Mainstream - LA maintained": "mainstream_la_maintained",
    "Mainstream - LA maintained - SEN unit": "mainstream_la_maintained_senunit",
    "Mainstream - LA maintained - Resourced provision":
        "mainstream_la_maintained_resourced_provision",
    "Mainstream - Academy": "mainstream_academy",
    "Mainstream - Academy - SEN unit": "mainstream_academy_senunit",
    "Mainstream - Academy - Resourced Provision": "mainstream_academy_resourced_provision",
    "Mainstream - Free school": "mainstream_free_school",
    "Mainstream - Independent": "mainstream_independent",
    "Special - Non-maintained": "special_non_maintained",
    "Special - Independent": "special_independent",
    "AP/PRU - LA maintained": "ap_pru_la_maintained", "AP/PRU - Academy": "ap_pru_academy",
    "AP/PRU - Free school": "ap_pru_free_school",
    "Non-maintained early years": "nm_early_years",
    "Specialist post-16 institutions": "specialist_post_16_institutions",
    "Permanently excluded": "perm_ex_2022",
    "Other arrangements by parents": "other_arrangements_parents",
    "Elective home education": "elective_home_education",
}  # fmt: skip
GROUPS = {"Mainstream school": "mainstream_total", "Special school": "special_total"}


def _all(files: Files, path: str, value: str, period: Callable[[str], str]) -> dict[Key, Fraction]:
    rows = files.rows(path, establishment_type="Total", establishment_group="Total")
    return files.cells(rows, one(value), "ehc_plan", period)


def _plans_held(files: Files) -> Iterator[Check]:
    now = files.cells(files.sen2("caseload", "All EHC plans"), one("ehcplans"), "ehc_plan")
    then = _all(files, STOCK, "Total_all", school_year)
    yield second("ehcp_caseload", "EHC plans in January: SEN2 against the collection to 2022",
                 COLLECTED, now, then)  # fmt: skip
    sample = files.cells(
        files.rows(f"{SAMPLES}/SEN2_AGE_STOCK.zip", age="Total"), known("Total_ST", "Total_EHC"),
        "ehc_plan", school_year,
    )  # fmt: skip
    yield second("ehcp_caseload", "EHC plans in January: collection to 2022 against its sample",
                 SAMPLE, then, sample, why=_by_age)  # fmt: skip
    bands = [
        files.cells([row], one("Number of EHCPs"), "ehc_plan", school_year)
        for row in files.rows(f"{BOARD}/ehcp_ageprofile.csv.gz")
        if row["Number of EHCPs"] != ""
    ]
    yield second("ehcp_caseload", "EHC plans in January against five age bands added up",
                 "age bands of another file", {**then, **now}, added(bands),
                 why=_by_age)  # fmt: skip


def _by_age(key: Key) -> str:
    if key[0] in ("201516", "201718"):
        return (
            f"{OPEN} In January 2016 and 2018 the tables by age have fewer or more plans than the "
            "tables by place of education; the latter are used."
        )
    return f"{OPEN} The age bands hold one plan more." if key[0] == "202223" else ""


def _by_column(
    files: Files, rows: list[Row], columns: Mapping[str, str], value: Value | None = None
) -> dict[Key, Fraction]:
    """A group for each of several columns."""
    found: dict[Key, Fraction] = {}
    for column in columns.values():
        found |= files.cells(rows, value or one(column), column)
    return found


def _placements(files: Files) -> Iterator[Check]:
    rows = files.sen2("caseload", "All EHC plans")
    then = files.cells(
        files.rows(STOCK, establishment_type=tuple(TYPES)), one("Total_all"),
        named("establishment_type", TYPES), school_year,
    )  # fmt: skip
    yield second(
        "ehcp_placement ehcp_placement_history",
        "Plans by place of education: SEN2 against the collection to 2022", COLLECTED,
        _by_column(files, rows, TYPES), then,
    )  # fmt: skip
    groups = files.rows(STOCK, establishment_type="Total", establishment_group=tuple(GROUPS))
    then = files.cells(groups, one("Total_all"), named("establishment_group", GROUPS), school_year)
    for indicator, column in (("ehcp_mainstream_total", "mainstream_total"),
                              ("ehcp_special_total", "special_total")):  # fmt: skip
        yield second(
            indicator, f"{column.split('_')[0].capitalize()} schools in all: SEN2 against the "
            "collection to 2022", COLLECTED, files.cells(rows, one(column), column), then,
        )  # fmt: skip
    sample = files.rows(f"{SAMPLES}/SEN2_ESTAB_STOCK.zip")
    history = files.rows(STOCK)
    yield second(
        "ehcp_placement_history",
        "Plans by place of education, 2017 to 2019: collection to 2022 against its sample", SAMPLE,
        files.cells(history, one("Total_all"), lambda row: row["establishment_type"], school_year),
        files.cells(
            [row for row in sample if row["estab"] != "Total"], known("Total_ST", "Total_EHC"),
            lambda row: row["estab"], school_year,
        ),
    )  # fmt: skip


def _new_plans(files: Files) -> Iterator[Check]:
    rows = files.sen2("newplans", "New EHC plans")
    now = files.cells(rows, one("new_ehc_plans"), "ehc_plan")
    yield second("ehcp_new", "New EHC plans: SEN2 against the collection to 2022", COLLECTED, now,
                 _all(files, NEW, "Total_new_all", str))  # fmt: skip
    made = files.cells(files.rows(EARLIER), one("new_all_ehc"), "ehc_plan")
    yield second("ehcp_new", "New EHC plans: collection to 2022 against its table of assessments",
                 "another table of the collection", _all(files, NEW, "Total_new_ehc", str),
                 made, why=_made)  # fmt: skip
    then = files.cells(
        files.rows(NEW, establishment_type=tuple(TYPES)), one("Total_new_all"),
        named("establishment_type", TYPES),
    )  # fmt: skip
    yield second(
        "ehcp_new_placement",
        "New plans by place of education: SEN2 against the collection to 2022",
        COLLECTED, _by_column(files, rows, TYPES), then,
    )  # fmt: skip


def _made(key: Key) -> str:
    if key[0] not in ("2015", "2017"):
        return ""
    return f"{OPEN} The two tables of one collection count differently in 2015 and 2017."


def _earlier_collection(files: Files) -> Iterator[Check]:
    earlier = files.rows(EARLIER)
    requests = files.sen2("requests", "All requests for EHC needs assessments")
    weeks = files.sen2("timeliness_20_week", "All EHC plans issued")
    for indicator, title, rows, value, column in (
        ("assessment_requests", "Requests for assessment", requests,
         one("requests_received_in_year"), one("inreq_ehc")),
        ("assessment_requests_refused", "Requests declined", requests,
         one("requests_decided_not_to_assess"), one("ass_refused_ehc")),
        ("ehcp_20_weeks", "Plans within 20 weeks, excluding exceptions", weeks,
         one("plans_issued_20_weeks_ex"), one("no_exc_20week_ehc")),
        ("ehcp_20_weeks_all", "Plans within 20 weeks, all plans", weeks,
         one("plans_issued_within_20_weeks"), one("inc_exc_20week_ehc")),
        ("ceased_plans", "Plans that ceased in 2022",
         files.sen2("ceased_plans", "All ceased EHC plans"), one("total_ceased"),
         one("discontinued_total")),
    ):  # fmt: skip
        yield second(indicator, f"{title}: SEN2 against the earlier collection", COLLECTED,
                     files.cells(rows, value, "ehc_plan"),
                     files.cells(earlier, column, "ehc_plan"))  # fmt: skip
    budgets = files.cells(files.sen2("personal_budgets", "All personal budgets"),
                          one("personal_budget"), "ehc_plan")  # fmt: skip
    yield second("personal_budgets", "Personal budgets: SEN2 against the earlier collection",
                 COLLECTED, budgets, files.cells(earlier, one("personal_budgets"), "ehc_plan",
                                                 school_year_from))  # fmt: skip
    boarders = files.cells(files.sen2("residential_settings", "All residential placements"),
                           total("Res_3851", "Res_52"), "ehc_plan")  # fmt: skip
    then = files.cells(files.rows("raw/sen2_2022/sen2_wbp_residential_dmo.csv.gz"),
                       total("TotMres38weekEHC", "TotMres52weekEHC"), "ehc_plan",
                       school_year)  # fmt: skip
    yield second("ehcp_residential", "Residential placements: SEN2 against the collection to 2022",
                 COLLECTED, boarders, then)  # fmt: skip
    board = files.cells(files.rows(f"{BOARD}/ehcp_timeliness.csv"),
                        one("% of EHCPs issued within 20 weeks"), "ehc_plan")  # fmt: skip
    both = {
        **files.cells(earlier, percent("no_exc_20week_ehc", "tot_no_exc_ehc"), "ehc_plan"),
        **files.cells(weeks, percent("plans_issued_20_weeks_ex", "plans_issued_den_ex"),
                      "ehc_plan"),
    }  # fmt: skip
    yield second("ehcp_20_weeks", "20 weeks excluding exceptions: counts against another file",
                 "the file of a dashboard", board, both, half_of(1))  # fmt: skip


def _officers(files: Files) -> Iterator[Check]:
    now = files.rows(SEN2, "supporting-files/sen2_dmo_dco.csv")
    then = files.rows("raw/sen2_2022/sen2_wbp_residential_dmo.csv.gz")
    sides = [
        {
            **files.cells(rows, _yes(medical), "medical"),
            **files.cells(rows, _yes(clinical), "clinical"),
        }
        for rows, medical, clinical in ((now, "des_med_off", "des_clin_off"), (then, "DMO", "DCO"))
    ]
    yield second("send_officers", "Designated officers in post (1) or not (0): SEN2 against the "
                 "collection to 2022", COLLECTED, sides[0], sides[1])  # fmt: skip


def _yes(column: str) -> Value:
    meant = {"y": 1, "yes": 1, "n": 0, "no": 0}
    return lambda row: (
        Fraction(meant[row[column].casefold()]) if row[column].casefold() in meant else None
    )
