"""The figures held against publishers' own files, read without the program."""

from __future__ import annotations

from pathlib import Path

import pytest

from sendgap.config import paths
from tests.oracle.compare import same
from tests.oracle.inputs import read
from tests.oracle.loaded import COLUMNS, read_again
from tests.oracle.publishers import Names
from tests.oracle.verification import DOCUMENT, Files, all_checks, document
from tests.support import shared_data


@pytest.fixture(scope="module")
def data() -> Path:
    return shared_data()


@pytest.fixture(scope="module")
def files(data: Path) -> Files:
    return Files(data, Names.read(paths().reference))


def test_every_published_cell_is_what_its_publisher_printed(data: Path, files: Files) -> None:
    place = paths()
    inputs = read(place.catalogue, place.reference, place.published)
    again = read_again(inputs, files.names, place.catalogue, place.published, data)
    wrong = []
    for key in again.keys() | inputs.figures.keys():
        printed, loaded = again.get(key, {}), inputs.figures.get(key, {})
        wrong += [(key, code, "in one only") for code in printed.keys() ^ loaded.keys()]
        for code in printed.keys() & loaded.keys():
            row = loaded[code]
            held = tuple(row[column] for column in COLUMNS)
            if not all(same(p, h) for p, h in zip(printed[code], held, strict=True)):
                wrong.append((key, code, f"{printed[code]} printed, {held} loaded"))
    assert not wrong, wrong[:10]
    assert sum(map(len, again.values())) > 100_000


def test_percentages_recompute_from_their_counts_and_publications_agree_or_it_is_said_why(
    files: Files,
) -> None:
    for checks in all_checks(files).values():
        for check in checks:
            assert check.compared > 400, f"{check.title}: only {check.compared} compared"
            assert not check.unexplained, f"{check.title}: {check.unexplained[:10]}"


def test_the_page_on_verification_is_current(files: Files) -> None:
    """Write it again with ``python -m tests.oracle.verification``."""
    assert DOCUMENT.read_text(encoding="utf-8") == document(files)
