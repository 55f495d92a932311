"""Traps of the database: unfinished results, and files that only grow."""

from __future__ import annotations

import ast
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from sendgap.build.release import build, current_release
from sendgap.catalogue.load import Catalogue
from sendgap.config import PROJECT, Paths
from sendgap.store import open_release
from tests.traps.handling import SHIPPED, Reader
from tests.worlds import lait_file

#: Calls that may leave rows of a result behind.
PARTIAL = {"fetchone", "fetchmany"}


def partial_reads(source: str) -> set[str]:
    """Calls in Python source that read a part of a result."""
    calls = (node.func for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    return {call.attr for call in calls if isinstance(call, ast.Attribute)} & PARTIAL


def test_trap_32_every_result_is_read_to_its_end() -> None:
    files = sorted((PROJECT / "sendgap").rglob("*.py"))
    assert len(files) > 50
    assert not [path.name for path in files if partial_reads(path.read_text(encoding="utf-8"))]
    assert partial_reads("row = connection.execute('from t').fetchone()") == {"fetchone"}


@pytest.fixture
def small(tmp_path: Path, reader: Reader, monkeypatch: pytest.MonkeyPatch) -> Paths:
    """A data folder of one indicator and one figure."""
    shipped = SHIPPED.only("ks2_rwm_expected").years(2024, 2024)
    monkeypatch.setattr(Catalogue, "load", lambda folder: shipped.catalogue)
    _publish(reader, tmp_path, "60")
    return Paths(tmp_path)


def _publish(reader: Reader, folder: Path, value: str) -> None:
    file = lait_file(folder / "l.parquet", [("KS2RWM_Expected_STD", "2025", "Barnet", value)])
    held = reader.read(SHIPPED.only("ks2_rwm_expected"), file)
    (folder / "published").mkdir(exist_ok=True)
    for path in held.folder.glob("*.*"):
        (folder / "published" / path.name).write_bytes(path.read_bytes())


def test_trap_32_a_release_is_built_into_a_new_file(
    small: Paths, reader: Reader, monkeypatch: pytest.MonkeyPatch
) -> None:
    def figure() -> float:
        rows = held.values("ks2_rwm_expected", area="Barnet", sen_group="all_pupils")
        return float(rows["value"].item())

    build(small)
    first = current_release(small)
    assert first is not None
    before = first.read_bytes()
    with closing(open_release(small)) as held:
        assert figure() == 60
        _publish(reader, small.data, "61")
        build(small)
        second = current_release(small)
        assert second is not None and second != first
        assert first.read_bytes() == before
        assert figure() == 60  # a reader keeps the release it opened
    assert abs(second.stat().st_size - len(before)) <= 0.1 * len(before)
    with closing(open_release(small)) as held:
        assert figure() == 61


def test_trap_32_without_it_a_file_grows_each_time_it_is_rebuilt(tmp_path: Path) -> None:
    """What is spared: a table dropped and made again inside its file leaves its room behind."""
    path = tmp_path / "grows.duckdb"
    sizes = []
    with duckdb.connect(str(path)) as connection:
        for _ in range(2):
            connection.execute("create or replace table t as from range(2_000_000)")
            connection.execute("checkpoint")
            sizes.append(path.stat().st_size)
    assert sizes[1] > sizes[0]
