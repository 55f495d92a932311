"""Writes the database that is shown: cells that passed disclosure control, and nothing else."""

from __future__ import annotations

import os
from pathlib import Path

import duckdb
import pandas as pd

from sendgap.local.alike import Alike
from sendgap.local.disclosure.model import Published
from sendgap.local.places import Places, UnitKind

#: What is told of the audit.
_AUDIT = ("run_id", "shown", "hidden")


def write_database(
    path: Path, published: Published, places: Places, reconciled: pd.DataFrame,
    about: dict[str, object], like: Alike,
) -> None:  # fmt: skip
    """A new file at ``path``, whole or not at all.

    Tables: ``about`` (one row), ``unit``, ``member``, ``cell`` (``CELL_KEYS`` and
    ``CELL_FIGURES``), ``audit`` (one row), ``reconciled``, and who is like whom:
    ``alike``, ``alike_about``, ``alike_used`` and ``alike_printed``.
    """
    trial = path.with_name(path.name + ".part")
    trial.unlink(missing_ok=True)
    tables = {
        "about": pd.DataFrame([about]),
        "unit": _units(places),
        "member": _members(places),
        "cell": published.cells,
        "audit": pd.DataFrame([{name: getattr(published.audit, name) for name in _AUDIT}]),
        "reconciled": reconciled,
        "alike": like.similar,
        "alike_about": like.about,
        "alike_used": like.used,
        "alike_printed": like.printed,
    }
    with duckdb.connect(str(trial)) as connection:
        for name, table in tables.items():
            connection.register("given", table)
            connection.execute(f"create table {name} as select * from given")
            connection.unregister("given")
        connection.execute("checkpoint")
    trial.chmod(0o600)
    os.replace(trial, path)


def _units(places: Places) -> pd.DataFrame:
    rows = []
    for unit in places.units():
        school = places.by_urn.get(unit.unit_id) if unit.kind is UnitKind.SCHOOL else None
        phase = school.phase if school else ""
        rows.append((unit.kind.value, unit.unit_id, unit.name, phase))
    return pd.DataFrame(rows, columns=["unit_kind", "unit_id", "name", "phase"])


def _members(places: Places) -> pd.DataFrame:
    rows = [(m.kind.value, m.unit_id, m.urn, m.first, m.last) for m in places.members]
    return pd.DataFrame(rows, columns=["unit_kind", "unit_id", "urn", "first", "last"])
