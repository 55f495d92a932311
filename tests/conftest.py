"""Fixtures that several kinds of test share."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from sendgap.build.release import build, is_current
from sendgap.config import paths
from sendgap.store import Release, open_release


@pytest.fixture(scope="session")
def release() -> Iterator[Release]:
    """The release of the committed figures, built first where it is not there."""
    if not is_current(paths()):
        build(paths())
    opened = open_release()
    yield opened
    opened.close()
