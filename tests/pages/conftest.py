"""A small invented authority for pages that show local figures."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sendgap.local.load import load_demonstration
from sendgap.store.local import AT_MACHINE, LocalRelease, open_local
from tests.local.small import part, published_alone, setting

COLUMNS = ["possible_sessions", "missed_sessions", "ks2_rwm_expected"]


@pytest.fixture(scope="session")
def practice_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder with the current release and a small invented authority."""
    folder = published_alone(tmp_path_factory.mktemp("practice"))
    demo = part(["C01", "C02", "C10", "C11"], ["202324", "202425"], COLUMNS)
    load_demonstration(setting(folder), demo)
    return folder


@pytest.fixture
def practice(practice_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalRelease]:
    """The invented authority in force, the person looking at the machine itself."""
    monkeypatch.setenv("SENDGAP_DATA", str(practice_data))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: AT_MACHINE)
    held = open_local(AT_MACHINE)
    yield held
    held.close()
