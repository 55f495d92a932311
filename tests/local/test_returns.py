"""A local return: what is taken, and every fault with its row and what to write instead."""

from __future__ import annotations

from pathlib import Path

import pandas as pd
import pytest

from sendgap.config import PROJECT, Paths
from sendgap.errors import RefusedError, UnknownNameError
from sendgap.local.returns.check import Checked, check
from sendgap.local.returns.problems import ReturnError, RowProblem, grouped
from sendgap.local.returns.read import read
from sendgap.local.returns.template import guide, template
from sendgap.local.returns.values import Known
from sendgap.local.setting import Setting

SETTING = Setting.load(Paths(PROJECT / "data"))
KNOWN = Known(frozenset({"117001", "117002"}), {"d1": "D1", "north": "D1"}, SETTING.needs)
HEAD = (
    "pupil,urn,time_period,year_group,sen,as_at,possible_sessions,missed_sessions,ks2_rwm_expected"
)
GOOD = "1,117001,2024/25,6,K,2025-01-16,380,21,1"


def checked(tmp_path: Path, *rows: str, head: str = HEAD, kind: str = "") -> Checked:
    path = tmp_path / "return.csv"
    path.write_text("\n".join([head, *rows]) + "\n", encoding="utf-8")
    return check(read(path), SETTING.kinds, KNOWN, kind=kind)


def only(found: Checked) -> RowProblem:
    (problem,) = found.problems
    return problem


def test_a_clean_row_is_read_as_values(tmp_path: Path) -> None:
    found = checked(tmp_path, GOOD)
    assert not found.problems and found.total == 1 and found.left_out == 0
    row = found.rows.iloc[0]
    assert (row["time_period"], row["sen"], row["missed_sessions"]) == ("202425", "K", 21)
    assert row["as_at"] == pd.Timestamp("2025-01-16")


@pytest.mark.parametrize(
    ("row", "column", "found", "write"),
    [
        ("1,999999,2024/25,6,K,,,,", "urn", "“999999”, a school that is not in", "school list"),
        ("1,117001,2024/25,6,X,,,,", "sen", "“X”, an unknown SEN code", "one of N, K, E"),
        ("1,117001,2024/26,6,K,,,,", "time_period", "“2024/26”", "2024/25 or 202425"),
        ("1,117001,2024/25,15,K,,,,", "year_group", "“15”", "one of N1"),
        ("1,117001,2024/25,6,K,,380,381,", "missed_sessions", "381, above possible", "no larger"),
        ("1,117001,2024/25,6,K,,380,-1,", "missed_sessions", "“-1”", "from 0 to 500"),
        ("1,117001,2024/25,6,K,,501,0,", "possible_sessions", "“501”", "from 0 to 500"),
        ("1,117001,2024/25,6,K,,380,,", "missed_sessions", "nothing beside possible", "both"),
        ("1,117001,2024/25,6,K,2025-09-01,,,", "as_at", "outside the", "31 August 2025"),
        ("1,117001,2024/25,6,K,2024-08-31,,,", "as_at", "outside the", "1 September 2024"),
        ("1,117001,2024/25,6,K,16.1.2025,,,", "as_at", "“16.1.2025”", "2025-01-16"),
        ("1,117001,2024/25,6,K,,,,101", "ks2_rwm_expected", "“101”", "1 for yes, 0 for no"),
        (",117001,2024/25,6,K,,,,", "pupil", "nothing", "any text"),
    ],
)  # fmt: skip
def test_a_bad_row_is_named(tmp_path: Path, row: str, column: str, found: str, write: str) -> None:
    answer = checked(tmp_path, GOOD.replace("1,", "9,", 1), row)
    problem = only(answer)
    assert (problem.row, problem.column) == (3, column)
    assert found in problem.found and write in problem.write
    assert answer.left_out == 1 and len(answer.rows) == 1


def test_days_at_both_ends_of_the_school_year_are_inside_it(tmp_path: Path) -> None:
    rows = (
        f"{n},117001,2024/25,6,K,{day},,," for n, day in enumerate(["01/09/2024", "2025-08-31"])
    )
    assert not checked(tmp_path, *rows).problems


def test_a_pupil_twice_in_a_year_is_named_with_the_first_row(tmp_path: Path) -> None:
    other_year = GOOD.replace("2024/25", "2023/24").replace("2025-01", "2024-01")
    found = checked(tmp_path, GOOD, other_year, GOOD)
    problem = only(found)
    assert problem.row == 4 and problem.found.endswith("as row 2")
    assert len(found.rows) == 2


def test_a_percentage_above_a_hundred_of_counts_is_named(tmp_path: Path) -> None:
    head = "urn,time_period,sen,indicator,numerator,denominator"
    found = checked(tmp_path, "117001,2024/25,K,ks2_rwm_expected,16,15", head=head)
    assert only(found).found == "16, above denominator of 15"


def test_an_unknown_outcome_is_named_with_those_there_are(tmp_path: Path) -> None:
    head = "urn,time_period,sen,indicator,numerator,denominator"
    found = checked(tmp_path, "117001,2024/25,K,gcse,1,15", head=head)
    assert "ks2_rwm_expected" in only(found).write


def test_blank_rows_do_not_count_and_rows_keep_their_numbers(tmp_path: Path) -> None:
    found = checked(tmp_path, GOOD, ",,,,,,,,", "", "2,117001,2024/25,6,Z,,,,")
    assert found.total == 2 and only(found).row == 5


def test_many_faults_of_a_kind_are_one_line(tmp_path: Path) -> None:
    rows = [f"{n},117001,2024/25,6,X,,,," for n in range(8)]
    found = checked(tmp_path, *rows)
    (line,) = grouped("return.csv", found.problems)
    assert str(line).startswith("return.csv, rows 2, 3, 4, 5, 6 and 3 more, sen: “X”")
    assert "(1)" in str(ReturnError("return.csv", found.problems))


@pytest.mark.parametrize("written", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
def test_every_usual_encoding_is_read(tmp_path: Path, written: str) -> None:
    path = tmp_path / "schools.csv"
    path.write_bytes("URN,Name,Phase\n1,École d’été,Primary\n".encode(written))
    found = check(read(path), SETTING.kinds, KNOWN)
    assert found.kind.kind == "schools" and found.rows["name"][0] == "École d’été"


def test_parquet_says_the_same_as_csv(tmp_path: Path) -> None:
    from_csv = checked(tmp_path, GOOD).rows
    table = pd.DataFrame({"pupil": [1], "urn": [117001], "time_period": ["202425"],
                          "year_group": ["6"], "sen": ["K"], "as_at": ["2025-01-16"],
                          "possible_sessions": [380.0], "missed_sessions": [21],
                          "ks2_rwm_expected": [True]})  # fmt: skip
    table.to_parquet(tmp_path / "return.parquet")
    found = check(read(tmp_path / "return.parquet"), SETTING.kinds, KNOWN)
    pd.testing.assert_frame_equal(found.rows, from_csv)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "an empty file"),
        (b"PK\x03\x04rest", "a workbook or zip file"),
        (b"a\x00b\n1\n", "no text"),
        (b"\n", "column"),
        (b"pupil,urn\n1,2,3\n", "row 2: 3 cells under 2 columns"),
        (b"a,b,c\n1,2,3\n", "of no known return"),
    ],
)
def test_a_file_that_is_no_return_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    path = tmp_path / "x.csv"
    path.write_bytes(content)
    with pytest.raises(RefusedError, match=says):
        check(read(path), SETTING.kinds, KNOWN)


def test_unknown_and_missing_columns_are_all_named(tmp_path: Path) -> None:
    with pytest.raises(RefusedError) as refusal:
        checked(tmp_path, "1,117001,x", head="pupil,urn,ethnicity", kind="pupils")
    said = str(refusal.value)
    assert "column ethnicity is not known" in said
    for name in ("time_period", "year_group", "sen"):
        assert f"no column {name}" in said


def test_an_unknown_kind_is_answered_with_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(UnknownNameError, match="pupils"):
        checked(tmp_path, GOOD, kind="children")


@pytest.mark.parametrize("mark", [";", "\t"])
def test_other_marks_between_columns_are_read(tmp_path: Path, mark: str) -> None:
    found = checked(tmp_path, GOOD.replace(",", mark), head=HEAD.replace(",", mark))
    assert not found.problems and len(found.rows) == 1


@pytest.mark.parametrize(
    ("cell", "day"),
    [("2025-01-16 00:00:00", 16), ("16/01/2025 00:00", 16), ("9-Jan-2025", 9), ("16-Jan-25", 16)],
)
def test_days_as_spreadsheets_write_them(tmp_path: Path, cell: str, day: int) -> None:
    found = checked(tmp_path, GOOD.replace("2025-01-16", cell))
    assert not found.problems and found.rows["as_at"][0] == pd.Timestamp(2025, 1, day)


def test_yes_and_no_as_people_write_them(tmp_path: Path) -> None:
    given = ["1", "1.0", "Yes", "TRUE", "0", "0.0", "n", "False"]
    rows = [f"{n},117001.0,2024/25,6,K,,,,{cell}" for n, cell in enumerate(given)]
    found = checked(tmp_path, *rows)
    assert not found.problems and found.rows["ks2_rwm_expected"].tolist() == [1.0] * 4 + [0.0] * 4


@pytest.mark.parametrize(
    ("row", "column", "found"),
    [
        ("1.23E+09,117001,2024/25,6,K,,,,", "pupil", "shortened"),
        ("1,117001,2098/99,6,K,,,,", "time_period", "no school year that has begun"),
        ("1,117001,2024/25,6,K,,٣,1,", "possible_sessions", "٣"),
        ("1,117001,2024/25,6,K,45673,,,", "as_at", "45673"),
    ],
)
def test_what_a_spreadsheet_made_of_a_number_is_named(
    tmp_path: Path, row: str, column: str, found: str
) -> None:
    problem = next(p for p in checked(tmp_path, row).problems if p.column == column)
    assert found in problem.found


def test_blank_lines_above_and_empty_columns_beside_do_no_harm(tmp_path: Path) -> None:
    path = tmp_path / "return.csv"
    path.write_text(f"\n\n{HEAD},\n{GOOD},\n2{GOOD[1:]},\n9,1,,,,,,,,\n", encoding="utf-8")
    found = check(read(path), SETTING.kinds, KNOWN)
    assert found.total == 3 and {problem.row for problem in found.problems} == {6}


@pytest.mark.parametrize(
    ("head", "says"),
    [
        (HEAD.replace("time_period", "time_perod"), "is time_period meant"),
        (HEAD + ",sen", "column sen stands twice"),
        ("Return of pupils" + "," * HEAD.count(","), "column 2 has no name"),
    ],
)
def test_a_head_that_is_not_right_is_told_with_the_way_out(
    tmp_path: Path, head: str, says: str
) -> None:
    with pytest.raises(RefusedError, match=says):
        checked(tmp_path, GOOD + ",K" if head.endswith(",sen") else GOOD, head=head)


def test_a_file_of_another_kind_is_told_once(tmp_path: Path) -> None:
    with pytest.raises(RefusedError, match="the columns of pupils, not of survey") as refusal:
        checked(tmp_path, GOOD, kind="survey")
    assert len(refusal.value.problems) == 1


def test_a_register_s_date_after_its_year_is_named(tmp_path: Path) -> None:
    head = "time_period,urn,senco_status,appointed_on"
    found = checked(tmp_path, "2024/25,117001,holds,2025-09-01", head=head)
    assert "after the school year" in only(found).found
    assert not checked(tmp_path, "2024/25,117001,holds,2019-09-01", head=head).problems


@pytest.mark.parametrize("kind", SETTING.kinds.kinds)
def test_every_template_passes_its_own_check(tmp_path: Path, kind: str) -> None:
    asked = SETTING.kinds.kind(kind)
    path = tmp_path / f"{kind}.csv"
    path.write_bytes(template(asked))
    found = check(read(path), SETTING.kinds, KNOWN)
    assert found.kind.kind == kind and not found.problems and len(found.rows) == 1
    assert all(name in guide(asked) for name in asked.columns)
