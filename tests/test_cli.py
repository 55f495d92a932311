"""The command line from end to end: exit statuses, formats, files and plain refusals."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pandas as pd
import pytest

from sendgap.cli import main
from sendgap.store import Release

pytestmark = pytest.mark.usefixtures("release")

ONE = ["--indicator", "ks2_rwm_expected", "--area", "Hertfordshire", "--sen-group", "ehc_plan"]
Out = pytest.CaptureFixture[str]


def test_a_question_is_answered_in_csv_with_every_column_of_the_table(
    capsys: Out, release: Release
) -> None:
    assert main(["gaps", *ONE, "--format", "csv"]) == 0
    table = pd.read_csv(io.StringIO(capsys.readouterr().out), dtype={"time_period": str})
    same = release.gaps("ks2_rwm_expected", area="Hertfordshire", sen_group="ehc_plan")
    assert list(table.columns) == list(same.columns)
    assert table.gap.tolist()[-1] == same.gap.tolist()[-1] == 65


def test_a_missing_number_is_null_in_json(capsys: Out) -> None:
    assert main(["gaps", *ONE, "--format", "json", "--period", "201920"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert (row["gap"], row["symbol"], row["time_period"]) == (None, "covid", "201920")


def test_the_screens_table_leaves_empty_columns_out(capsys: Out) -> None:
    assert main(["gaps", *ONE, "--period", "latest"]) == 0
    printed = capsys.readouterr().out
    assert "gap_lower" not in printed
    assert "65.0" in printed


def test_a_file_is_written_and_its_rows_are_told(capsys: Out, tmp_path: Path) -> None:
    target = tmp_path / "new" / "gaps.parquet"
    assert main(["gaps", *ONE, "--format", "parquet", "--out", str(target)]) == 0
    assert len(pd.read_parquet(target)) == 10
    told = capsys.readouterr()
    assert (told.out, "(10 rows)" in told.err) == ("", True)


def test_a_question_without_rows_gives_an_empty_answer_and_no_failure(capsys: Out) -> None:
    by_phase_and_year = ["values", "--indicator", "suspension_rate", "--breakdown", "phase:primary"]
    assert main(by_phase_and_year) == 0
    assert capsys.readouterr().out == "(no rows)\n"
    assert main([*by_phase_and_year, "--format", "json"]) == 0
    assert json.loads(capsys.readouterr().out) == []


def test_a_period_that_an_outcome_does_not_reach_is_refused_with_its_span(capsys: Out) -> None:
    assert main(["values", *ONE, "--period", "199900"]) == 1
    assert "201516 to 202425" in capsys.readouterr().err


def test_thresholds_of_the_spread_are_counted(capsys: Out) -> None:
    asked = ["distribution", "--indicator", "ehcp_20_weeks", "--period", "2017"]
    assert main([*asked, "--thresholds", "90", "--format", "json"]) == 0
    (row,) = json.loads(capsys.readouterr().out)
    assert row["above_90"] == 37


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (["values", "--indicator", "ks2_rwm"], "ks2_rwm_expected"),
        (["values", "--indicator", "eyfs_gld", "--area", "Hertfordshre"], "Hertfordshire"),
        (["gaps", "--indicator", "ehcp_20_weeks"], "ask 'values'"),
        (["benchmark", "--indicator", "suspension_rate", "--breakdown", "phase:primary"],
         "not compared between areas"),
    ],
)  # fmt: skip
def test_a_refusal_is_one_plain_message_and_status_1(
    capsys: Out, arguments: list[str], words: str
) -> None:
    assert main(arguments) == 1
    told = capsys.readouterr()
    assert told.out == ""
    assert words in told.err
    assert "Traceback" not in told.err


@pytest.mark.parametrize(
    "arguments", [[], ["gap"], ["values"], ["values", *ONE, "--format", "xml"]]
)
def test_a_command_that_cannot_be_read_is_status_2(arguments: list[str]) -> None:
    with pytest.raises(SystemExit) as left:
        main(arguments)
    assert left.value.code == 2


def test_without_a_release_a_question_says_how_to_build_one(
    capsys: Out, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SENDGAP_DATA", str(tmp_path))
    assert main(["values", *ONE]) == 1
    assert "python -m sendgap build" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["areas", "indicators", "sources", "status"])
def test_what_there_is_can_be_listed(capsys: Out, command: str) -> None:
    assert main([command, "--format", "csv"]) == 0
    assert len(capsys.readouterr().out.splitlines()) > 5
