"""The figures held against publishers' own files, read without the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendgap.config import paths
from tests.oracle.files import Files
from tests.oracle.publishers import Names
from tests.oracle.reread import reread
from tests.oracle.verification import DOCUMENT, all_checks, document
from tests.support import shared_data


@pytest.fixture(scope="module")
def data() -> Path:
    return shared_data()


@pytest.fixture(scope="module")
def files(data: Path) -> Files:
    return Files(data, Names.read(paths().reference))


def test_every_published_cell_is_what_its_publisher_printed(files: Files) -> None:
    again = reread(files)
    wrong = [text for texts in again.wrong.values() for text in texts]
    assert not wrong, f"{len(wrong)}: {wrong[:10]}"
    assert sum(again.figures.values()) > 400_000
    published = {name for name, entry in again.inputs.indicators.items() if entry["series"]}
    assert published == {name for name, figures in again.figures.items() if figures}


def test_figures_agree_with_what_they_are_held_against_or_it_is_said_why(files: Files) -> None:
    for check in all_checks(files):
        assert check.compared, f"{check.title}: nothing compared"
        assert not check.unexplained, f"{check.title}: {check.unexplained[:10]}"
    assert sum(check.compared for check in all_checks(files)) > 450_000


def test_checks_name_indicators_of_the_catalogue(files: Files) -> None:
    known = set(reread(files).inputs.indicators)
    assert {name for check in all_checks(files) for name in check.indicators} <= known


def test_the_page_on_verification_is_current(files: Files) -> None:
    """Write it again with ``python -m tests.oracle.verification``."""
    assert DOCUMENT.read_text(encoding="utf-8") == document(files)
