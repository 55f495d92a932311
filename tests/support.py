"""Helpers that several tests share."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


def shared_data() -> Path:
    """The publishers' files, in ``shared/data`` beside the repository.

    They are not committed. Without them a test that needs them is skipped; where
    ``CI`` is ``true`` it fails, so that nothing goes unchecked unnoticed.
    """
    folder = Path(__file__).resolve().parents[2] / "shared" / "data"
    if not folder.is_dir():
        message = "the publishers' files are not beside the repository"
        if os.environ.get("CI", "").casefold() == "true":
            pytest.fail(message)
        pytest.skip(message)
    return folder
