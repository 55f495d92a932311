"""The database that is shown, searched to its last page, and the folder round it."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import duckdb

from sendgap.local.load import load_demonstration
from sendgap.store.local import LocalRelease
from tests.local.small import part, setting

TABLES = {
    "about": {"run_id", "made", "authority_id", "la_code", "authority", "invented", "source"},
    "audit": {"run_id", "shown", "hidden"},
    "member": {"unit_kind", "unit_id", "urn", "first", "last"},
    "unit": {"unit_kind", "unit_id", "name", "phase"},
    "reconciled": {"indicator_id", "breakdown", "sen_group", "time_period", "ours", "published",
                   "difference", "source_id", "note"},
    "cell": {"unit_kind", "unit_id", "indicator_id", "breakdown", "sen_group", "time_period",
             "years", "pupils", "schools", "numerator", "value", "lower", "upper", "symbol",
             "rule", "run_id"},
    "alike": {"unit_kind", "unit_id", "position", "similar_id", "closeness"},
    "alike_about": {"unit_kind", "unit_id", "compared", "units", "stability", "leans_on",
                    "without", "withheld", "is_everyone"},
    "alike_used": {"compared", "variable", "label", "weight", "known", "source", "years"},
    "alike_printed": {"unit_id", "variable", "label", "printed"},
}  # fmt: skip


def columns(path: Path) -> dict[str, set[str]]:
    with duckdb.connect(str(path), read_only=True) as held:
        rows = held.execute(
            "select table_name, column_name from duckdb_columns() where not internal"
        ).fetchall()
    found: dict[str, set[str]] = {}
    for table, column in rows:
        found.setdefault(table, set()).add(column)
    return found


def test_r11_the_database_has_the_tables_it_says_and_no_others(local: LocalRelease) -> None:
    """How many numbers were attacked would tell who tries out a hidden one when he is right."""
    assert columns(local.path) == TABLES


def beyond(path: Path) -> list[str]:
    """Smallest and largest values kept beside columns that lie beyond what these hold."""
    found = []
    with duckdb.connect(str(path), read_only=True) as held:
        for column in ("pupils", "numerator", "value", "lower", "upper"):
            low, high = held.execute(
                f"select min({column}), max({column}) from cell where not isnan({column})"
            ).fetchone()
            kept = held.execute(
                "select stats from pragma_storage_info('cell') where column_name = ?", [column]
            ).fetchall()
            for stats in (str(row[0]) for row in kept):
                ends = re.findall(r"(?:Min|Max): (-?[\d.]+)", stats)
                found += [column for end in ends if not low <= float(end) <= high]
    return found


def free_blocks(path: Path) -> int:
    with duckdb.connect(str(path), read_only=True) as held:
        return int(held.execute("select free_blocks from pragma_database_size()").fetchone()[0])


def test_r11_no_page_or_statistic_of_the_database_is_left_from_before(
    local: LocalRelease, tmp_path: Path
) -> None:
    assert free_blocks(local.path) == 0 and beyond(local.path) == []
    copy = tmp_path / "careless.duckdb"
    shutil.copy(local.path, copy)
    copy.chmod(0o600)
    with duckdb.connect(str(copy)) as held:
        held.execute("create table taken as select range as n, random() as x from range(300000)")
        held.execute("checkpoint")
        held.execute("drop table taken")
        held.execute("checkpoint")
    assert free_blocks(copy) > 0


def test_r11_what_is_served_lies_apart_from_true_counts(shown_data: Path) -> None:
    folder = shown_data / "local"
    kinds = {path.suffix for path in folder.iterdir() if path.is_file()}
    assert kinds <= {".duckdb", ".json", ".csv", ""}
    assert not list(folder.glob("**/counts*"))
    if hasattr(Path, "owner"):
        assert all(path.stat().st_mode & 0o077 == 0 for path in folder.iterdir())


def test_r11_the_name_of_a_run_is_not_made_of_what_it_hides(
    shown_data: Path, tmp_path: Path, local: LocalRelease
) -> None:
    """Were it, who tries out what hidden counts could be would know when he is right."""
    again = setting(tmp_path)
    first = local.about
    small = part(["C10"], ["202425"], [])
    names = {str(load_demonstration(again, small).step.database) for _ in range(2)}
    assert len(names) == 2 and str(first["run_id"]) not in " ".join(names)
