"""Files of one publication held against those of another, or of an earlier collection."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from tests.oracle.files import (
    BOARD,
    SAMPLES,
    SEN,
    Files,
    Group,
    added,
    named,
    one,
    percent,
    school_year,
    school_year_of,
    times,
)
from tests.oracle.inputs import ENGLAND
from tests.oracle.publishers import OPEN, Check, Key, half_of
from tests.oracle.second_plans import second
from tests.oracle.second_tool import (
    KS4_2018,
    LEVEL_GROUPS,
    LEVELS,
    LEVELS_FILE,
    MORE_PUPILS,
    STATUS_2018,
    level_rows,
)


def file_checks(files: Files) -> Iterator[Check]:
    """The same statistic in two files."""
    for make in (_care, _levels, _absence, _exclusions, _tribunal, _pooled):
        yield from make(files)


# Social care ---------------------------------------------------------------------------


LATER = (
    f"{OPEN} The tool holds a later release than the file, and differs more in later years; it "
    "is used."
)


def _care(files: Files) -> Iterator[Check]:
    groups: Group = named("SEN Provision", SEN)
    for indicator, title, who, measures in (
        ("children_in_need_sen", "Children in need", "CINO at 31 March",
         {"CINStatement": "ehc_plan", "CINSEN_SUP": "sen_support", "CINNoSEN": "no_sen"}),
        ("looked_after_sen", "Looked-after children", "CLA 12 months at 31 March",
         {"LAC_SEN_Statement": "ehc_plan", "LAC_SEN": "sen_support"}),
    ):  # fmt: skip
        tool = files.lait(measures, school_year)
        raw = files.rows("raw/cin_outcomes_2022/sen_la.csv.gz", social_care_group=who)
        other: dict[Key, Fraction] = {}
        for column, group in (("pt_no_identified_SEN", "no_sen"), ("pt_SEN_support", "sen_support"),
                              ("pt_statement_or_EHC_plan", "ehc_plan")):  # fmt: skip
            other |= files.cells(raw, one(column), group)
        yield second(
            indicator, f"{title} by SEN: tool against outcomes to 2021/22, within 2 percentage "
            "points", "outcomes of children in need to 2021/22", tool, other,
            lambda key: Fraction(2), lambda key: LATER,
        )  # fmt: skip
        board = files.rows(f"{BOARD}/cin_la.csv.gz", social_care_group=who)
        yield second(indicator, f"{title} by SEN: outcomes to 2021/22 in two files",
                     "the file of a dashboard",
                     files.cells(board, one("Percentage of children"), groups),
                     other)  # fmt: skip


# Levels by 19 --------------------------------------------------------------------------


def _levels(files: Files) -> Iterator[Check]:
    new = level_rows(files.rows(LEVELS_FILE, gender="ALL", fsm="ALL"))
    older = level_rows([
        {**row, "sen": row["sen"][2:]}
        for row in files.rows("raw/level2_3_by_19/UD_L2_3attainment_DASHBOARD_1819.csv.gz",
                              gender="a.ALL", fsm="a.ALL")
    ])  # fmt: skip
    for indicator, title, column, _ in LEVELS:
        sides = [
            files.cells(rows, percent(column, "number_in_ss_cohort"), named("sen", LEVEL_GROUPS),
                        school_year, "cohort_19_in")
            for rows in (new, older)
        ]  # fmt: skip
        yield second(
            indicator, f"{title}: edition of 2022 against that of 2018/19, within 1 percentage "
            "point", "an earlier edition", sides[0], sides[1], lambda key: Fraction(1),
            lambda key: f"{OPEN} An earlier edition; the numbers of pupils are not the same.",
        )  # fmt: skip


# Absence and exclusions ----------------------------------------------------------------

BAND_NAMES = (
    "time_identifier", "time_period", "geographic_level", "country_code", "country_name",
    "region_name", "region_code", "old_la_code", "new_la_code", "la_name", "school_type", "fsm",
    "sen", "gender", "year_group", *(f"band_{lower}" for lower in range(0, 55, 5)),
)  # fmt: skip
PHASES = {"State-funded primary": "primary", "State-funded secondary": "secondary",
          "Special": "special"}  # fmt: skip
BAND_SEN = {"No identified special educational need": "no_sen",
            "Any special educational need": "any_sen"}  # fmt: skip


def bands(files: Files, lowest: int, group: Group) -> dict[Key, Fraction]:
    """Percentages of enrolments in the bands from the lowest up."""
    frame = files.read("raw/absence_bands/absence_bands_distributions.zip",
                       "absence_bands_distributions.csv", BAND_NAMES)  # fmt: skip
    every = [f"band_{lower}" for lower in range(0, 55, 5)]
    columns = ["time_period", "geographic_level", "region_name", "old_la_code", "new_la_code",
               "la_name", "school_type", "sen"]  # fmt: skip
    counts = frame[columns].apply(lambda column: column.str.strip())
    numbers = frame[every].astype(int)
    counts["all"] = numbers.sum(axis=1)
    counts["missed"] = numbers[every[lowest // 5 :]].sum(axis=1)
    rows = counts.groupby(columns, as_index=False).sum().to_dict("records")
    part, whole = (
        added(files.cells([row], lambda r, c=column: Fraction(r[c]), group) for row in rows)  # type: ignore[misc]
        for column in ("missed", "all")
    )
    return {key: 100 * part[key] / figure for key, figure in whole.items() if figure}


def _absence(files: Files) -> Iterator[Check]:
    for indicator, title, lowest, measures in (
        ("persistent_absence", "Persistent absence", 10, {"TotPerAbNew": "all"}),
        ("persistent_absence special_school_persistent_absence", "Persistent absence by phase", 10,
         {"SFPriPerAbNew": "primary", "SFSecPerAbNew": "secondary", "SpecPerAbNew": "special"}),
        ("severe_absence", "Severe absence", 50, {"TotSevPerAbNew": "all"}),
    ):  # fmt: skip
        group: Group = (lambda row: "all") if "all" in measures.values() else named(
            "school_type", PHASES)  # fmt: skip
        yield second(indicator, f"{title}, all pupils: tool against enrolments by band",
                     "numbers of enrolments by band", files.lait(measures, school_year_of),
                     bands(files, lowest, group), half_of(2), _last_place)  # fmt: skip
    rows = files.rows("tidy/absence_by_sen_la.csv.gz", characteristic_group="SEN provision",
                      education_phase="Total", sen_provision="No SEN")  # fmt: skip
    for indicator, title, lowest, column in (
        ("persistent_absence", "Persistent absence", 10, "enrolments_pa_10_exact_percent"),
        ("severe_absence", "Severe absence", 50, "enrolments_pa_50_exact_percent"),
    ):
        yield second(indicator, f"{title} without SEN: publication against enrolments by band",
                     "numbers of enrolments by band", files.cells(rows, one(column), "no_sen"),
                     bands(files, lowest, named("sen", BAND_SEN)), half_of(2),
                     _last_place)  # fmt: skip
    terms = files.rows(f"{SAMPLES}/absence_by_term.zip", term="Total")
    sample = files.cells(terms, one("sess_overall_percent"), named("school_type", PHASES))
    for indicator, title, measures in (
        ("overall_absence", "Absence in primary and secondary schools",
         {"PriTotAbs": "primary", "SecTotAbs": "secondary"}),
        ("special_school_absence", "Absence in special schools",
         {"total_absence_special": "special"}),
    ):  # fmt: skip
        yield second(indicator, f"{title} to 2016/17: tool against the sample of the publication",
                     "a sample of the publication", files.lait(measures, school_year), sample,
                     half_of(1))  # fmt: skip


def _last_place(key: Key) -> str:
    if key[0] == "201819" and key[1] in ("E06000028", "E06000029", "E10000009"):
        return "Schools of the authority that took its place in 2019 are counted apart."
    return f"{OPEN} The tool's last decimal is cut and not rounded."


def _exclusions(files: Files) -> Iterator[Check]:
    sample = files.rows(f"{SAMPLES}/exclusions_by_characteristic.zip", school_type="Total",
                        characteristic_group="SEN provision")  # fmt: skip
    former = files.rows("raw/exclusions_2017/SFR35_2017_National_characteristics.csv.gz",
                        school_type="Total", characteristic_desc="SEN_provision")  # fmt: skip
    local = [
        {**row, "geographic_level": row["level"].replace("Region", "Regional"),
         "region_name": row["la_name"]}
        for row in files.rows("raw/exclusions_2017/clean_la_data.csv.gz")
    ]  # fmt: skip
    schools = {"Total": "all", "Special": "special"}
    for indicator, column, rate, measures in (
        ("suspension_rate special_school_suspension_rate", "fixed_excl", "fixed_excl_rate",
         {"TotFixedEx": "all", "SpecFixedEx": "special"}),
        ("permanent_exclusion_rate", "perm_excl", "perm_excl_rate", {"TotPermEx": "all"}),
        ("pupils_suspended", "one_plus_fixed", "one_or_more_fixed_excl_rate",
         {"Total_ Pup_FixedEx": "all"}),
    ):  # fmt: skip
        title = {"fixed_excl": "Suspensions", "perm_excl": "Permanent exclusions",
                 "one_plus_fixed": "Pupils suspended"}[column]  # fmt: skip
        yield second(
            indicator, f"{title} per 100 to 2016/17, all pupils: tool against the yearly tables",
            "yearly tables to 2016/17", files.lait(measures, school_year_of),
            files.cells(local, one(rate), named("school_type", schools), label="year"), half_of(2),
        )  # fmt: skip
        yield second(
            indicator, f"{title} in England by SEN to 2015/16: two releases",
            "an earlier release",
            files.cells(sample, one(column), lambda row: _status(row["characteristic"])),
            files.cells([{**row, "geographic_level": "National"} for row in former], one(column),
                        lambda row: _status(row["characteristic_1"]), label="year"),
        )  # fmt: skip


def _status(text: str) -> str:
    """The words of a SEN provision in both releases' spelling."""
    return text.casefold().replace("_", " ").replace("sen provision", "").strip()


def _tribunal(files: Files) -> Iterator[Check]:
    rows = [
        {**row, "geographic_level": "Local authority", "new_la_code": ""}
        for row in files.rows("tidy/send_tribunal_appeals_2014_2024.csv.gz", basis="published")
        if row["la_name"] != "England total excluding suppressed"
    ]
    board = [{**row, "new_la_code": ""} for row in files.rows(f"{BOARD}/tribunals.csv")]
    yield second(
        "tribunal_appeal_rate", "Appeal rate to 2022: publication against an earlier edition",
        "an earlier edition",
        files.cells([{**row, "old_la_code": ""} for row in rows], one("appeal_rate"), "ehc_plan"),
        files.cells(board, times(100, "value"), "ehc_plan", label="year"), half_of(1),
        lambda key: f"{OPEN} Editions of different years.",
    )  # fmt: skip


def _pooled(files: Files) -> Iterator[Check]:
    """England's counts of 2017/18, which the file of areas lacks, against the national file."""
    rows = [
        row for row in files.rows(KS4_2018, breakdown="SEN_status", characteristic_gender="Total")
        if row["geographic_level"] == "Local authority"
    ]  # fmt: skip
    nation = files.rows(
        f"{SAMPLES}/KS4_2018_Nat_Char_Testdata.zip", breakdown="SEN_status",
        school_characteristic="all_state_funded_schools", characteristic_gender="Total",
    )  # fmt: skip
    group = named("characteristic_sen_status", STATUS_2018)
    for indicator, title, column in (
        ("ks4_english_maths_94", "English and maths at grade 4", "t_l2basics_94"),
        ("ks4_english_maths_95", "English and maths at grade 5", "t_l2basics_95"),
    ):
        part, whole = (
            added(
                {(k[0], ENGLAND, k[2]): v for k, v in files.cells([row], one(name), group).items()}
                for row in rows
            )
            for name in (column, "t_pupils")
        )
        pooled = {key: 100 * part[key] / whole[key] for key in whole}
        yield second(
            indicator, f"{title} 2017/18: England pooled from authorities against the national "
            "file", "the national file", pooled,
            files.cells(nation, percent(column, "t_pupils"), group), half_of(1),
            lambda key: MORE_PUPILS if key[2] == "no_sen" else "",
        )  # fmt: skip
