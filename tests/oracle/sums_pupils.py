"""Percentages, pupils, spending and schools held against the wholes they make up."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from fractions import Fraction

from tests.oracle.files import (
    BOARD,
    SEN,
    Files,
    Row,
    added,
    named,
    one,
    school_year,
    times,
    total,
)
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind, number
from tests.oracle.sums import parts, up_to


def pupil_sum_checks(files: Files) -> Iterator[Check]:
    """Everything else that must add up."""
    for make in (_absence, _pupils, _destinations, _money, _inspections):
        yield from make(files)


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
                    files.cells(table, one(whole), label),
                    files.cells(table, total(*halves), label),
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
