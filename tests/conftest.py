"""Fixtures that several kinds of test share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from sendgap.build.release import build, is_current
from sendgap.config import paths
from sendgap.store import Release, open_release

#: Folders whose tests share what takes long to make, so that one process runs them all.
SHARING = ("browser", "oracle")


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Keep together, where tests run in several processes, those of a file or of a folder
    that shares much."""
    here = Path(__file__).parent
    for item in items:
        folder = item.path.relative_to(here).parts[0]
        group = folder if folder in SHARING else str(item.path.relative_to(here))
        item.add_marker(pytest.mark.xdist_group(group))


@pytest.fixture(scope="session")
def release() -> Iterator[Release]:
    """The release of the committed figures, built first where it is not there."""
    if not is_current(paths()):
        build(paths())
    opened = open_release()
    yield opened
    opened.close()
