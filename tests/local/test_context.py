"""The published columns of a school list: what is taken, what is named, what is kept."""

from __future__ import annotations

import shutil
from pathlib import Path

import pandas as pd
import pytest

from sendgap.config import PROJECT
from sendgap.errors import CatalogueError, RefusedError
from sendgap.local import lists
from sendgap.local.alike import facts_of
from sendgap.local.context import Context
from sendgap.local.measures import Counting
from sendgap.local.returns.check import Checked
from sendgap.local.returns.template import guide, template
from tests.local.test_returns import SETTING, checked

CONTEXT = SETTING.context
HEAD = "urn,name,phase,youngest,oldest,context_year," + ",".join(CONTEXT.variables)
ROW = "1,A school,primary,4,11,2024/25,212,23.4,0.142,9.1,93,Urban city and town,14.2,4.7,8,9,11,0"


def schools(tmp_path: Path, **changed: str) -> Checked:
    """A list of one school with some cells as given."""
    cells = dict(zip(HEAD.split(","), ROW.split(","), strict=True)) | changed
    return checked(tmp_path, ",".join(cells.values()), head=HEAD)


def test_there_are_eight_to_twelve_and_no_result_is_among_them() -> None:
    assert 8 <= len(CONTEXT.variables) <= 12
    assert sum(v.weight for v in CONTEXT.variables.values()) == pytest.approx(1)
    for variable in CONTEXT.variables.values():
        if variable.served:
            measure = SETTING.measures.measures[variable.served.outcome]
            assert measure.count in (Counting.GROUP, Counting.NEED)


def test_no_figure_of_sen_or_of_pupils_on_roll_is_printed() -> None:
    printed = {name for name, v in CONTEXT.variables.items() if v.is_printed}
    hidden = {CONTEXT.roll, *CONTEXT.sen}
    hidden |= {name for name, v in CONTEXT.variables.items() if v.of or v.served}
    assert printed and not printed & hidden


def test_every_column_says_where_it_is_published() -> None:
    kind = SETTING.kinds.kind("schools")
    heads = template(kind).decode("utf-8-sig").splitlines()[0].split(",")
    assert heads[-len(CONTEXT.variables) :] == list(CONTEXT.variables)
    said = guide(kind)
    assert all(f"Published in: {v.found}." in said for v in CONTEXT.variables.values())


def test_a_row_is_read_as_published(tmp_path: Path) -> None:
    found = schools(tmp_path, fsm="23.4%", rural="Rural village in a sparse setting")
    assert not found.problems
    row = found.rows.iloc[0]
    assert (row["fsm"], row["rural"], row["pupils"]) == (23.4, "rural", 212)
    assert row["context_year"] == "202425"


def test_a_list_without_them_is_taken(tmp_path: Path) -> None:
    found = checked(tmp_path, "1,A school,primary", head="urn,name,phase")
    assert not found.problems and not set(CONTEXT.variables) & set(found.rows)


@pytest.mark.parametrize("mark", ["c", "SUPP", "NE", "x", "..", "Low", ""])
@pytest.mark.parametrize("column", ["fsm", "idaci", "asd", "rural"])
def test_a_mark_is_no_figure_and_no_fault(tmp_path: Path, column: str, mark: str) -> None:
    found = schools(tmp_path, **{column: mark})
    assert not found.problems and pd.isna(found.rows[column].iloc[0])


@pytest.mark.parametrize(
    ("column", "cell", "write"),
    [
        ("pupils", "0", "a whole number from 1 to 6000"),
        ("pupils", "212.5", "a whole number from 1 to 6000"),
        ("fsm", "101", "a percentage from 0 to 100"),
        ("fsm", "-1", "a percentage from 0 to 100"),
        ("fsm", "about 20", "a percentage from 0 to 100"),
        ("idaci", "14.2", "a number from 0 to 1"),
        ("rural", "coast", "a text with urban or rural in it"),
        ("rural", "Rural, once urban", "a text with urban or rural in it"),
        ("sen_places", "-3", "a whole number from 0 to 1000"),
        ("context_year", "2025", "a school year"),
        ("oldest", "eleven", "a whole number from 0 to 25"),
    ],
)
def test_a_bad_cell_is_named(tmp_path: Path, column: str, cell: str, write: str) -> None:
    found = schools(tmp_path, **{column: f'"{cell}"'})
    (problem,) = found.problems
    assert (problem.row, problem.column, problem.found) == (2, column, f"“{cell}”")
    assert write in problem.write and found.left_out == 1


def test_more_pupils_with_a_need_than_pupils_are_named(tmp_path: Path) -> None:
    (problem,) = schools(tmp_path, asd="213").problems
    assert problem.found == "213, above pupils of 212"


def test_shares_in_the_place_of_percentages_are_refused(tmp_path: Path) -> None:
    rows = [f"{n},School {n},primary,{n / 100},{n / 10}" for n in range(1, 13)]
    with pytest.raises(RefusedError, match="fsm: no value above 1 in 12 rows; write percentages"):
        checked(tmp_path, *rows, head="urn,name,phase,fsm,eal")


@pytest.mark.parametrize(
    ("phase", "youngest", "oldest", "stage"),
    [
        ("primary", 4, 11, "primary"),
        ("primary", 2, 7, "infant"),
        ("primary", 4, 8, "infant"),
        ("primary", 7, 11, "junior"),
        ("primary", 9, 13, "junior"),
        ("primary", float("nan"), float("nan"), "primary"),
        ("special", 4, 7, "special"),
        ("secondary", 11, 16, "secondary"),
    ],
)
def test_infant_and_junior_schools_are_told_by_their_ages(
    phase: str, youngest: float, oldest: float, stage: str
) -> None:
    assert CONTEXT.stage(phase, youngest, oldest) == stage


def test_ages_the_wrong_way_round_are_named(tmp_path: Path) -> None:
    (problem,) = schools(tmp_path, youngest="11", oldest="4").problems
    assert (problem.column, problem.found) == ("youngest", "11, above oldest of 4")


def test_what_is_kept_says_the_same(tmp_path: Path) -> None:
    clean = schools(tmp_path, eal="c", rural="Rural village").rows
    kept = pd.read_csv(_file(tmp_path, lists.as_csv(clean)), dtype=str, keep_default_na=False)
    pd.testing.assert_frame_equal(facts_of(CONTEXT, clean), facts_of(CONTEXT, kept))
    facts = facts_of(CONTEXT, kept).loc["1"]
    assert facts["fsm"] == pytest.approx(0.234) and facts["rural"] == 1.0
    assert pd.isna(facts["eal"])
    assert facts["sen"] == pytest.approx(212 * (0.142 + 0.047))


def _file(tmp_path: Path, content: bytes) -> Path:
    path = tmp_path / "kept.csv"
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("written", "instead", "says"),
    [
        ("weight: 0.18", "weight: 0.28", "add up to 1.1"),
        ("scale: log", "scale: cube", "cube"),
        ("roll: pupils", "roll: heads", "names “heads”"),
        ("label: number of pupils", "name: number of pupils", "pupils"),
    ],
)
def test_a_fault_of_the_catalogue_is_named(
    tmp_path: Path, written: str, instead: str, says: str
) -> None:
    shutil.copy(PROJECT / "data" / "catalogue" / "context.yaml", tmp_path)
    path = tmp_path / "context.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace(written, instead), encoding="utf-8")
    with pytest.raises(CatalogueError, match=says):
        Context.load(tmp_path)
