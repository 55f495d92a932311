"""What would be served with a protection off, for attacks to succeed on."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
import pytest

from sendgap.local.disclosure import publish as publishing
from sendgap.local.disclosure import rules
from sendgap.local.disclosure.model import CELL_KEYS
from tests.local.attacker import Attacker
from tests.local.tables import EVENTS, Table, table
from tests.local.test_attacks import served

YEAR = "202425"
#: Random tables: one of seven schools, and a small one.
SOME, FEW = 8, 11
PLAN = "ehc_plan"


@cache
def some() -> tuple[Table, pd.DataFrame]:
    """A random table and what is served of it."""
    given = table(SOME)
    return given, served(given).cells


def open_gate(patch: pytest.MonkeyPatch) -> None:
    """Switch off R5, and the gate, which has no release pass without it."""
    patch.setattr(publishing, "protect", lambda state, places: None)
    patch.setattr(publishing, "audit", passed)


def passed(system: object, cells: object, targets: object, worlds: object, known: object,
           run_id: str) -> object:  # fmt: skip
    """The gate left open."""
    return None


def true_cells(given: Table, monkeypatch: pytest.MonkeyPatch) -> pd.DataFrame:
    """What would be served if nothing at all were hidden, in the order of what is."""
    with monkeypatch.context() as off:
        open_gate(off)
        off.setattr(rules.Primary, "_hide", lambda *_: None)
        off.setattr(rules.Primary, "_hide_amount", lambda *_: None)
        off.setattr(rules, "CLASS_SIZE", 0)
        return served(given).cells


def grafted(given: Table, cells: pd.DataFrame, monkeypatch: pytest.MonkeyPatch,
            *columns: str) -> pd.DataFrame:  # fmt: skip
    """The served cells with these columns as they would be if nothing were hidden."""
    true = true_cells(given, monkeypatch)
    assert true[list(CELL_KEYS)].equals(cells[list(CELL_KEYS)])
    return cells.assign(**{name: true[name] for name in columns})


def plans(attacker: Attacker, *urns: str) -> tuple[float, float]:
    """The least and the most pupils with a plan in some schools."""
    return attacker.bounds(attacker.total("pupils of roll", urns, [YEAR], PLAN))


def could_be_none_or_six(bounds: tuple[float, float]) -> bool:
    return bounds[0] == 0 and bounds[1] >= 6


def small_by_percentage(cells: pd.DataFrame) -> int:
    """Shown percentages that give one to five pupils who reached it, or who did not."""
    counted = ~cells["indicator_id"].isin([EVENTS])
    told = cells[cells["value"].notna() & cells["pupils"].notna() & counted]
    half = np.where(told["pupils"] < 100, 0.5, 0.05)
    low = np.ceil((told["value"] - half) / 100 * told["pupils"] - 1e-6).clip(lower=0)
    high = np.floor((told["value"] + half) / 100 * told["pupils"] + 1e-6)
    rest_low, rest_high = told["pupils"] - high, told["pupils"] - low
    few = ((low >= 1) & (high <= 5)) | ((rest_low >= 1) & (rest_high <= 5))
    return int(few.sum())
