"""Two releases beside each other: what the newer one prints differently. Both are only read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pandas as pd

from sendgap.errors import ReleaseError
from sendgap.store.release import Release, sql


def earlier_releases(release: Release) -> tuple[Path, ...]:
    """The other releases on disk, the newest first."""
    others = [p for p in release.path.parent.glob("sendgap-*.duckdb") if p != release.path]
    return tuple(sorted(others, key=lambda p: p.stat().st_mtime, reverse=True))


def changed_values(release: Release, earlier: Path) -> pd.DataFrame:
    """Every figure that ``release`` prints otherwise than ``earlier``, or one of them alone.

    Raises :class:`ReleaseError` where the earlier file cannot be read.
    """
    with duckdb.connect() as connection:
        try:
            for name, path in (("newer", release.path), ("older", earlier)):
                connection.execute(f"attach {_literal(path)} as {name} (read_only)")
            return connection.execute(sql("changed_values")).df()
        except duckdb.Error as error:
            raise ReleaseError(f"The release {earlier.name} cannot be compared: {error}") from error


def _literal(path: Path) -> str:
    return "'" + str(path).replace("'", "''") + "'"
