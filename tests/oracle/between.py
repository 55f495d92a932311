"""Figures held against the range that they must lie in: all pupils between the groups, a
part no larger than its whole."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.files import (
    BOARD,
    SEN,
    Files,
    Row,
    added,
    known,
    named,
    one,
    school_year,
    school_year_of,
)
from tests.oracle.publishers import OPEN, Check, Figures, Key, Kind

ABSENCE = "tidy/absence_by_sen_la.csv.gz"
EXCLUSIONS = "tidy/suspensions_exclusions_by_sen_la_termly.csv.gz"
PHASES = ("State-funded primary", "State-funded secondary", "Special", "Total")


@dataclass(frozen=True, slots=True)
class Between:
    """All pupils' figure in the tool, and a file whose groups it must lie between."""

    indicators: str
    title: str
    measure: str
    path: str
    column: str
    phase: str
    terms: int = 1


BETWEEN = (
    Between("overall_absence", "Overall absence", "TotAbs", ABSENCE, "sess_overall_percent",
            "Total"),
    Between("overall_absence", "Overall absence, primary", "PriTotAbs", ABSENCE,
            "sess_overall_percent", PHASES[0]),
    Between("overall_absence", "Overall absence, secondary", "SecTotAbs", ABSENCE,
            "sess_overall_percent", PHASES[1]),
    Between("authorised_absence", "Authorised absence", "TotAuthAbs", ABSENCE,
            "sess_authorised_percent", "Total"),
    Between("authorised_absence", "Authorised absence, primary", "PriAuth", ABSENCE,
            "sess_authorised_percent", PHASES[0]),
    Between("authorised_absence", "Authorised absence, secondary", "SecAuth", ABSENCE,
            "sess_authorised_percent", PHASES[1]),
    Between("unauthorised_absence", "Unauthorised absence", "TotUnAuthAbs", ABSENCE,
            "sess_unauthorised_percent", "Total"),
    Between("unauthorised_absence", "Unauthorised absence, primary", "PriUnauth", ABSENCE,
            "sess_unauthorised_percent", PHASES[0]),
    Between("unauthorised_absence", "Unauthorised absence, secondary", "SecUnauth", ABSENCE,
            "sess_unauthorised_percent", PHASES[1]),
    Between("persistent_absence", "Persistent absence", "TotPerAbNew", ABSENCE,
            "enrolments_pa_10_exact_percent", "Total"),
    Between("severe_absence", "Severe absence", "TotSevPerAbNew", ABSENCE,
            "enrolments_pa_50_exact_percent", "Total"),
    Between("suspension_rate", "Suspensions, sum of three terms", "TotFixedEx", EXCLUSIONS,
            "susp_rate", "Total", 3),
    Between("permanent_exclusion_rate", "Permanent exclusions, sum of three terms", "TotPermEx",
            EXCLUSIONS, "perm_excl_rate", "Total", 3),
)  # fmt: skip


#: The tool's measures: indicator, title, all pupils, the groups, room for rounding.
TOOL = (
    ("ks2_rwm_expected", "Key stage 2", "KS2RWM_Expected_STD",
     ("NoID_SEN_NEW_KS2_RWM", "NEW_KS2_RWM_Sen_W/Osta", "NEW_KS2_RWM_Sen_Withsta"), "1"),
    *((f"ks2_progress_{subject.casefold()}", f"Progress in {subject.casefold()}",
       f"KS2{subject[0]}_Prog_VA", (f"KS2_NonSEN_{subject}_Progress",
       f"KS2_SENSupport_{subject}_Progress", f"KS2_SEN_{subject}_Progress"), "0.1")
      for subject in ("Reading", "Writing", "Maths")),
    ("phonics_year1", "Phonics", "KS1P_all", ("KS1P_NonSEND", "KS1P_SEND", "KS1P_EHCP"), "1"),
    ("ks2_mtc_full_marks", "Tables check, any SEN", "Multiplication_AllSEND",
     ("Multiplication_SENDSupport", "Multiplication_EHCP"), "1"),
    ("ks4_attainment8", "Attainment 8", "AVG_Attain8_Score",
     ("SEN_NoID_AVG_Attain8_Score", "SEN_WoStat_AVG_Attain8_Score", "SEN_Stat_AVG_Attain8_Score"),
     "0.1"),
    ("ks4_progress8", "Progress 8", "AVG_Prog8_Score",
     ("SEN_NoID_AVG_Prog8_Score", "SEN_WoStat_AVG_Prog8_Score", "SEN_Stat_AVG_Prog8_Score"),
     "0.01"),
    ("ks4_ebacc_aps", "EBacc points", "EngBacAvgPointScore",
     ("EngBacAvgPointScoreNonSEN", "EngBacAvgPointScoreSENSupport", "EngBacAvgPointScoreSEN"),
     "0.01"),
    ("ks4_ebacc_entry", "EBacc entry", "EngBacEntries",
     ("EngBacEntriesNonSEN", "EngBacEntriesSENSupport", "EngBacEntriesSEN"), "0.1"),
)  # fmt: skip


def range_checks(files: Files) -> Iterator[Check]:
    """Every figure that has a range to lie in."""
    yield from _between(files)
    for indicator, title, inner, outer, room in TOOL:
        yield _inside(
            indicator, f"{title}: between the groups in the tool",
            files.lait({inner: "inner"}, school_year),
            [files.lait({name: "inner"}, school_year) for name in outer], Fraction(room),
        )  # fmt: skip
    yield from _any_sen(files)
    yield from _reasons(files)


def _inside(
    indicators: str, title: str, inner: Figures, outer: list[dict[Key, Fraction]], room: Fraction
) -> Check:
    places = set(inner).intersection(*outer)
    nearest = {
        key: min(max(inner[key], min(o[key] for o in outer)), max(o[key] for o in outer))
        for key in places
    }
    return Check(
        title, Kind.RANGE, tuple(indicators.split()), "the range of its groups", _why_outside
    ).beside(inner, nearest, lambda key: room)  # fmt: skip


def _why_outside(key: Key) -> str:
    if key[:2] == ("201819", "E06000058"):
        return "Only a few schools of the new authority stand in that row, which is withheld."
    return f"{OPEN} All pupils also count those whose SEN is not known."


def _between(files: Files) -> Iterator[Check]:
    """The tool's figure for all pupils against the range of the three groups."""
    for item in BETWEEN:
        rows = files.rows(item.path, characteristic_group="SEN provision",
                          education_phase=item.phase)  # fmt: skip
        sides = [_year(files, rows, item, group) for group in ("No SEN", "SEN support", "EHC plan")]
        tool = files.lait({item.measure: "all_pupils"}, school_year_of)
        # Two decimals in one publication; the three terms have pupil numbers of their own.
        room = Fraction(5, 1000) if item.terms == 1 else Fraction(2, 100)
        yield _inside(item.indicators, f"{item.title}: tool's all pupils within the range of the "
                      "groups", tool, sides, room)  # fmt: skip


def _year(files: Files, rows: list[Row], item: Between, group: str) -> dict[Key, Fraction]:
    mine = [row for row in rows if row["sen_provision"] == group]
    if item.terms == 1:
        return files.cells(mine, one(item.column))
    terms = [files.cells([row], one(item.column)) for row in mine]
    counts = added({key: Fraction(1) for key in term} for term in terms)
    return {key: figure for key, figure in added(terms).items() if counts[key] == item.terms}


def _any_sen(files: Files) -> Iterator[Check]:
    """Pupils with any SEN against SEN support and EHC plan in the same file."""
    for indicator, title, path, column, characteristic, where, room in (
        ("overall_absence_two_terms", "Absence of two terms", "absence.csv.gz", "Percentage",
         "characteristic", {"Absence measure": "Overall"}, "0.01"),
        ("ks4_sustained_destination", "Sustained destinations", "ks4_destinations.csv.gz",
         "% of pupils", "characteristic", {"destination_raw": "overall"}, "0.1"),
        ("ks4_sustained_education", "Sustained education", "ks4_destinations.csv.gz", "education",
         "characteristic", {"destination_raw": "overall"}, "0.1"),
    ):  # fmt: skip
        rows = files.rows(f"{BOARD}/{path}", **where)
        cells: Mapping[Key, Fraction] = files.cells(rows, one(column), named(characteristic, SEN))
        by: dict[str, dict[Key, Fraction]] = {
            group: {(k[0], k[1], "any_sen"): v for k, v in cells.items() if k[2] == group}
            for group in ("any_sen", "sen_support", "ehc_plan")
        }
        outer = [by["sen_support"], by["ehc_plan"]]
        yield _inside(indicator, f"{title}: any SEN between SEN support and EHC plan",
                      by["any_sen"], outer, Fraction(room))  # fmt: skip


def _reasons(files: Files) -> Iterator[Check]:
    """Reasons for absence against the authorised absence that they are part of."""
    rows = files.rows(ABSENCE, characteristic_group="SEN provision")

    def label(row: Row) -> str:
        return f"{row['education_phase']}, {row['sen_provision']}"

    whole = files.cells(rows, one("sess_authorised_percent"), label)
    pieces = files.cells(rows, known(
        "sess_auth_illness_rate", "sess_auth_appointments_rate", "sess_auth_excluded_rate",
        "sess_auth_temp_reduced_timetable_rate"), label)  # fmt: skip
    nothing = dict.fromkeys(pieces, Fraction(0))
    check = _inside(
        "absence_illness absence_reduced_timetable",
        "Illness, appointments, exclusion and reduced timetables: no more than authorised absence",
        pieces, [nothing, whole], Fraction(1, 100),
    )  # fmt: skip
    check.against = "authorised absence, which it is part of"
    yield check
