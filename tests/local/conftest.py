"""A release whose true counts have been moved away, and what it hides, for every search."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pandas as pd
import pytest

from sendgap.local.load import load_demonstration
from sendgap.local.measures import LocalMeasures
from sendgap.store.local import AT_MACHINE, LocalRelease, open_local
from tests.local.attacker import ADDED
from tests.local.small import CATALOGUE, part, published_alone, setting

COLUMNS = ["possible_sessions", "missed_sessions", "ks2_rwm_expected"]
SMALL = part(["C01", "C10"], ["202425"], COLUMNS)


@pytest.fixture(scope="session")
def shown_data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder whose true counts have been moved out of it."""
    folder = published_alone(tmp_path_factory.mktemp("data"))
    load_demonstration(setting(folder), SMALL)
    shutil.move(folder / "local" / "restricted", folder.with_name("counts"))
    return folder


@pytest.fixture
def local(shown_data: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[LocalRelease]:
    monkeypatch.setenv("SENDGAP_DATA", str(shown_data))
    monkeypatch.setattr("sendgap.ui.door.person", lambda: AT_MACHINE)
    held = open_local(AT_MACHINE)
    yield held
    held.close()


@pytest.fixture(scope="session")
def true(shown_data: Path) -> pd.DataFrame:
    """The true figure of every hidden cell of a unit as a whole, counted by pandas."""
    path = next(shown_data.with_name("counts").glob("counts-pupils-*.parquet"))
    counts = pd.read_parquet(path)
    measures = LocalMeasures.load(CATALOGUE).measures
    held = open_local(AT_MACHINE, setting(shown_data).where)
    cells, members = held.all_cells(), held.members()
    held.close()
    of: dict[tuple[str, str], set[str]] = {}
    for kind, unit, urn in members[["unit_kind", "unit_id", "urn"]].itertuples(index=False):
        of.setdefault((kind, unit), set()).add(urn)
    found = []
    for cell in cells[(cells["symbol"] == "c") & (cells["breakdown"] == "total")].itertuples():
        mine = of.get((cell.unit_kind, cell.unit_id), {cell.unit_id})
        prevalence = measures[cell.indicator_id].group
        name = "roll" if prevalence else cell.indicator_id
        rows = counts[(counts["indicator_id"] == name) & counts["place"].isin(mine)]
        part_of = rows[rows["sen_group"].isin(ADDED[str(prevalence or cell.sen_group)])]
        whole = rows if prevalence else part_of
        if whole["denominator"].sum():
            x = part_of["numerator"].sum()
            found.append((*cell[1:6], x, 100 * x / whole["denominator"].sum()))
    columns = ["unit_kind", "unit_id", "indicator_id", "breakdown", "sen_group", "x", "value"]
    return pd.DataFrame(found, columns=columns)


@pytest.fixture(scope="session")
def secrets(true: pd.DataFrame) -> set[str]:
    """True percentages to the fourth decimal, which no figure that is shown has."""
    odd = true[((true["value"] * 100) % 1).between(0.01, 0.99)]
    found = {f"{int(value * 10_000) / 10_000:.4f}" for value in odd["value"]}
    assert len(found) > 50
    return found


@pytest.fixture
def careless(monkeypatch: pytest.MonkeyPatch, true: pd.DataFrame) -> None:
    """A database that held the true figures of hidden cells."""
    frame = LocalRelease.frame
    keys = ["unit_kind", "unit_id", "indicator_id", "breakdown", "sen_group"]

    def filled(self: LocalRelease, name: str, **parameters: object) -> pd.DataFrame:
        found = frame(self, name, **parameters)
        if "symbol" not in found:
            return found
        beside = found.merge(true.rename(columns={"value": "known"}), how="left", on=keys)
        hidden = (beside["symbol"] == "c") & beside["known"].notna()
        for column in ("value", "lower", "upper"):
            found.loc[hidden.to_numpy(), column] = beside.loc[hidden, "known"].to_numpy()
        found.loc[hidden.to_numpy(), "symbol"] = ""
        return found

    monkeypatch.setattr(LocalRelease, "frame", filled)
