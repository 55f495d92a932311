"""Small publishers' files, made by code in the columns that publishers use.

A row names the columns that matter; all others are blank, or filled as the family fills
them. Nothing here reads the catalogue or the program.
"""

from __future__ import annotations

import csv
import gzip
import io
import zipfile
from collections.abc import Iterable, Mapping
from pathlib import Path

import pandas as pd

Row = Mapping[str, object]

_EES = (
    "time_period time_identifier geographic_level country_code country_name region_code "
    "region_name new_la_code old_la_code la_name"
).split()
_DASHBOARD = ["time_period", "geographic_level", "region_name", "la_name", "characteristic"]
_SCHOOLS = [
    *_EES[:8], "la_name", "education_phase", "characteristic_group", "sen_provision",
]  # fmt: skip
_NEEDS = "asd hi mld msi oth pd pmld semh slcn sld spld vi need_unknown".split()

#: The columns of each file family, in the publisher's order.
COLUMNS: dict[str, list[str]] = {
    "lait": [
        "Short Desc", "Data item", "Years", "LA and Regions", "Values", "LA Number", "Region",
    ],
    "ks2": [
        *_DASHBOARD, "pt_rwm_met_expected_standard", "t_rwm_met_expected_standard",
        "t_rwm_eligible_pupils", "Percent meeting expected standard", "academic_year",
    ],
    "phonics": [
        *_DASHBOARD, "pt_phonics_y1_met_expected_standard", "t_phonics_y1_met_expected_standard",
        "t_phonics_y1_eligible_pupils", "Percent meeting expected standards in Y1",
        "academic_year",
    ],
    "eyfsp": [
        *_EES[:7], "old_la_code", "new_la_code", "la_name", "lad_code", "lad_name",
        "characteristic", "characteristic_type", "gender", "children_number", "average_elgs",
        "elg_number", "elg_percentage", "gld_number", "gld_percentage",
    ],
    "absence": [
        *_SCHOOLS, "enrolments_pa_10_exact_percent", "enrolments_pa_50_exact_percent",
        "sess_auth_illness_rate", "sess_auth_temp_reduced_timetable_rate",
        "sess_authorised_percent", "sess_overall_percent", "sess_unauthorised_percent",
    ],
    "exclusions": [*_SCHOOLS, "one_plus_susp_rate", "perm_excl_rate", "susp_rate"],
    "neet": [
        *_EES[:7], "old_la_code", "new_la_code", "la_name", "Age", "Cohort_DJFavg",
        "NEET_not_known_percent", "NEET_percent", "Notknown_percent", "cohort_noSEN_percent",
        "NEET_NK_noSEN_percent", "cohort_EHCP_percent", "NEET_NK_EHCP_percent",
        "cohort_SENDsupport_percent", "NEET_NK_SENDsupport_percent", "VG_cohort_DJF_avg", "VG",
    ],
    "requests": [
        *_EES, "breakdown_topic", "breakdown", "requests_received_in_year",
        "requests_decided_to_assess", "requests_decided_not_to_assess", "request_not_assess_pc",
        "request_outcome_six_weeks_pc", "mediation_related_request",
    ],
    "timeliness": [
        *_EES, "breakdown_topic", "breakdown", "plans_issued_den", "plans_issued_den_ex",
        "plans_issued_within_20_weeks", "plans_issued_20_weeks_ex",
        "pc_plans_issued_within_20_weeks", "PC_plans_issued_20_weeks_ex",
        "plans_issued_gt_1_year", "pc_plans_issued_gt_1_year",
    ],
    "internships": [
        *_EES, "breakdown_topic", "breakdown", "open_supp_intern", "open_apprentice",
        "open_trainee", "open_wbp",
    ],
    "annual_reviews": [
        *_EES, "breakdown_topic", "breakdown", "review_expected", "review_meeting_prior_24",
        "review_meeting_prior_24", "total_review_meeting", "review_decision_outstanding",
    ],
    "caseload": [
        *_EES, "breakdown_topic", "breakdown", "ehcplans", "mainstream_total", "special_total",
    ],
    "new_plans": [
        *_EES, "breakdown_topic", "breakdown", "new_ehc_plans", "mainstream_total",
        "special_total",
    ],
    "needs": [
        *_EES, "breakdown_topic", "breakdown", "ehc_plans", *(f"number_{need}" for need in _NEEDS),
    ],
    "residential": [*_EES, "breakdown_topic", "breakdown", "Res_3851", "Res_52", "Res_tot"],
    "sen2_mi": [
        *_EES, "ass_refused", "ass_refused_ehc", "ass_refused_ehc_pc", "inc_exc_20week_ehc",
        "inc_exc_20week_rate", "inreq_ehc", "new_all_ehc", "new_all_ehc_ass_none_ehc_sum",
        "new_all_ehc_pc", "no_exc_20week_ehc", "no_exc_20week_rate", "tot_inc_exc_ehc",
        "tot_no_exc_ehc",
    ],
    "tribunal": [
        "time_period", "geographic_level", "region_heading", "old_la_code_as_published",
        "la_name", "appeals_registered", "appealable_decisions", "appeal_rate", "basis",
    ],
    "level2": [
        "cohort_19_in", "number_in_ss_cohort", "region", "la_code_9", "la_code_3", "la_name",
        "gender", "fsm", "sen", "l2_by19", "l2_with_em_by19", "l3_by19", "l2_by19_rate",
        "l2_with_em_by19_rate", "l3_by19_rate",
    ],
}  # fmt: skip

#: What a family's cells hold where a row does not say otherwise.
USUAL: dict[str, Row] = {
    "ks2": {"time_period": "201819", "geographic_level": "Local authority"},
    "phonics": {"time_period": "201819", "geographic_level": "Local authority"},
    "eyfsp": {
        "time_period": "202122", "time_identifier": "Academic year",
        "geographic_level": "Local authority", "country_code": "E92000001", "gender": "Total",
        "characteristic": "Total", "characteristic_type": "Total",
    },
    "absence": {
        "time_period": "202425", "time_identifier": "Academic year",
        "geographic_level": "Local authority", "country_code": "E92000001",
        "education_phase": "Total", "characteristic_group": "SEN provision",
        "enrolments_pa_10_exact_percent": "20.5",
    },
    "exclusions": {
        "time_period": "202324", "time_identifier": "Autumn term",
        "geographic_level": "Local authority", "education_phase": "Total",
        "characteristic_group": "SEN provision", "sen_provision": "EHC plan",
        "perm_excl_rate": "0.1", "susp_rate": "2.5",
    },
    "neet": {
        "time_period": "2023", "time_identifier": "Calendar year", "Age": "16-17",
        "geographic_level": "Local authority", "country_code": "E92000001",
        "NEET_not_known_percent": "5", "NEET_NK_noSEN_percent": "4",
        "NEET_NK_EHCP_percent": "9", "NEET_NK_SENDsupport_percent": "8",
    },
    "requests": {
        "time_period": "2024", "time_identifier": "Calendar year",
        "geographic_level": "Local authority", "country_code": "E92000001",
        "breakdown_topic": "All requests for EHC needs assessments",
        "request_outcome_six_weeks_pc": "x", "mediation_related_request": "x",
        "requests_decided_to_assess": "x",
    },
    "timeliness": {
        "time_period": "2024", "time_identifier": "Calendar year",
        "geographic_level": "Local authority", "country_code": "E92000001",
        "breakdown_topic": "All EHC plans issued", "PC_plans_issued_20_weeks_ex": "x",
        "plans_issued_den": "x", "plans_issued_within_20_weeks": "x",
        "pc_plans_issued_within_20_weeks": "x", "plans_issued_gt_1_year": "x",
        "pc_plans_issued_gt_1_year": "x",
    },
    "internships": {"breakdown_topic": "All work based placements"},
    "annual_reviews": {
        "time_period": "2024", "time_identifier": "Calendar year",
        "breakdown_topic": "All annual reviews",
    },
    "caseload": {"time_identifier": "Academic year", "breakdown_topic": "All EHC plans"},
    "new_plans": {
        "time_period": "2022", "time_identifier": "Calendar year",
        "breakdown_topic": "New EHC plans",
    },
    "needs": {
        "breakdown_topic": "All EHC plans", **dict.fromkeys((f"number_{n}" for n in _NEEDS), "0"),
    },
    "residential": {
        "time_identifier": "Academic year", "breakdown_topic": "All residential placements",
    },
    "sen2_mi": {
        "time_period": "2018", "time_identifier": "Calendar year",
        "geographic_level": "Local authority", "country_code": "E92000001",
        "ass_refused_ehc": "1", "inreq_ehc": "4", "no_exc_20week_ehc": "3", "tot_no_exc_ehc": "4",
        "ass_refused_ehc_pc": "25", "no_exc_20week_rate": "75", "inc_exc_20week_ehc": "3",
        "inc_exc_20week_rate": "60", "tot_inc_exc_ehc": "5", "new_all_ehc": "9",
        "new_all_ehc_ass_none_ehc_sum": "10", "new_all_ehc_pc": "90",
    },
    "tribunal": {
        "time_period": "2024", "geographic_level": "Local authority", "basis": "published",
    },
    "level2": {
        "cohort_19_in": "2022", "region": "ALL", "la_code_9": "ALL", "la_code_3": "ALL",
        "la_name": "ALL", "gender": "ALL", "fsm": "ALL", "sen": "ALL",
    },
}  # fmt: skip


def text(family: str, rows: Iterable[Row], *, columns: list[str] | None = None) -> str:
    """The file's text; ``columns`` takes the place of the publisher's header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(columns or COLUMNS[family])
    for row in rows:
        unknown = set(row) - set(COLUMNS[family])
        assert not unknown, unknown
        filled = {**USUAL[family], **row}
        writer.writerow([filled.get(column, "") for column in COLUMNS[family]])
    return out.getvalue()


def csv_file(path: Path, family: str, rows: Iterable[Row]) -> Path:
    """A CSV file, compressed where the name ends in ``.gz``."""
    content = text(family, rows).encode()
    path.write_bytes(gzip.compress(content, mtime=0) if path.suffix == ".gz" else content)
    return path


def lait_file(path: Path, rows: Iterable[tuple[str, str, str, str]]) -> Path:
    """The tool's Parquet file from (measure, year, area, value)."""
    cells = [
        dict(zip(COLUMNS["lait"], (short, None, year, area, value, 301.0, "NA"), strict=True))
        for short, year, area, value in rows
    ]
    pd.DataFrame(cells, columns=COLUMNS["lait"]).to_parquet(path, index=False)
    return path


def zip_file(path: Path, members: Mapping[str, str | bytes]) -> Path:
    """A zip with the members in the order given."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path
