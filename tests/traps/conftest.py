"""Where trap tests load files."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.traps.handling import Reader


@pytest.fixture
def reader(tmp_path: Path) -> Reader:
    folder = tmp_path / "reader"
    folder.mkdir()
    return Reader(folder)
