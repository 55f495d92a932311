"""The first eight of the fifteen attacks, each on what is served and beside its counterpart.

An attack that finds nothing proves nothing unless it would have found something: every test
hands what is served to the attacker, who fails, and then what would be served with one
protection off, with which the same attack succeeds. Pages, files and commands are in
``test_artefacts.py``.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest
from numpy.typing import NDArray

from sendgap.local.compare import beside_the_rest, gaps
from sendgap.local.counts import ROLL
from sendgap.local.disclosure import rules, sets
from sendgap.local.disclosure.model import CELL_KEYS, NotSafeError, Published
from sendgap.local.disclosure.sets import publish_set, with_set
from sendgap.local.places import Places
from tests.local.attacker import Attacker
from tests.local.careless import (
    FEW,
    PLAN,
    YEAR,
    could_be_none_or_six,
    grafted,
    open_gate,
    plans,
    small_by_percentage,
    some,
    true_cells,
)
from tests.local.tables import CATALOGUE, EVENTS, MEASURES, Table, table
from tests.local.test_attacks import broken, informed, served
from tests.local.test_knowledge import counted, everyone
from tests.local.test_served import each, school_counts

# T1, T2: sums and chains of sums -------------------------------------------------------


def test_t1_total_less_shown_siblings(monkeypatch: pytest.MonkeyPatch) -> None:
    given = school_counts([3, 0, 14, 9, 21])
    assert could_be_none_or_six(plans(informed(given, served(given)), "100"))
    open_gate(monkeypatch)
    assert plans(informed(given, served(given)), "100") == (3, 3)


def test_t2_chains_of_rows_and_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    """Two hidden in each of two schools and two groups: whoever goes round has them all."""
    given = table(FEW)
    assert broken(given, served(given), most=15) == []
    open_gate(monkeypatch)
    assert len(broken(given, served(given), most=15)) >= 3


def test_t1_the_few_of_a_special_school_without_a_plan(monkeypatch: pytest.MonkeyPatch) -> None:
    """Sixty of sixty-two have a plan: the school's pupils less those give the other two."""
    given = counted(
        {
            ROLL: {
                PLAN: everyone([60, 30, 40, 35]),
                "sen_support": everyone([2, 20, 25, 30]),
                "no_sen": everyone([0, 90, 100, 80]),
            }
        },
        "AAAA",
    )

    def attack() -> tuple[float, float]:
        attacker = informed(given, served(given))
        others = [attacker.total("pupils of roll", ["100"], [YEAR], group)
                  for group in ("sen_support", "no_sen")]  # fmt: skip
        return attacker.bounds(others[0] | others[1])

    assert could_be_none_or_six(attack())
    open_gate(monkeypatch)
    monkeypatch.setattr(rules, "is_small", lambda number: False)
    assert attack() == (2, 2)


# T3: a percentage of so many -----------------------------------------------------------


def test_t3_percentage_times_pupils(monkeypatch: pytest.MonkeyPatch) -> None:
    given, cells = some()
    assert small_by_percentage(cells) == 0
    assert small_by_percentage(true_cells(given, monkeypatch)) > 20


# T4, T5, T6: what is made of two figures ------------------------------------------------


def by_gap(cells: pd.DataFrame, made: pd.DataFrame) -> int:
    """Hidden figures that another group's figure and the gap give."""
    hidden = cells[cells["symbol"] == "c"][list(CELL_KEYS)]
    found = made.merge(hidden, on=list(CELL_KEYS))
    return int((found["gap"].notna() & found["reference_value"].notna()).sum())


def test_t4_gap_and_the_other_groups_percentage(monkeypatch: pytest.MonkeyPatch) -> None:
    given, cells = some()
    assert by_gap(cells, each(gaps, cells)) == 0
    careless = each(gaps, grafted(given, cells, monkeypatch, "value"))
    assert by_gap(cells, careless) > 20


def wilson(n: float, x: NDArray[np.float64]) -> NDArray[np.float64]:
    """The limits of a share in per cent, rounded outward as they are printed."""
    z, step = 1.959963984540054, 1 if n < 100 else 10
    middle = (x + z**2 / 2) / (n + z**2)
    half = z / (n + z**2) * np.sqrt(x * (n - x) / n + z**2 / 4)
    low = np.floor((middle - half).clip(0, 1) * 100 * step + 1e-9) / step
    return np.stack([low, np.ceil((middle + half).clip(0, 1) * 100 * step - 1e-9) / step])


def by_interval(cells: pd.DataFrame) -> pd.Series:
    """Numerators that the limits of hidden cells give, where only one number fits."""
    told = cells[(cells["symbol"] == "c") & cells["lower"].notna() & (cells["pupils"] > 0)]
    told = told[told["indicator_id"] != EVENTS]
    found = {}
    for row in told.itertuples():
        x = np.arange(row.pupils + 1)
        fits = x[np.abs(wilson(row.pupils, x) - [[row.lower], [row.upper]]).max(axis=0) < 0.05]
        if len(fits) == 1:
            found[row.Index] = fits[0]
    return pd.Series(found, dtype=float)


def test_t5_an_interval_turned_back(monkeypatch: pytest.MonkeyPatch) -> None:
    given, cells = some()
    assert len(by_interval(cells)) == 0
    found = by_interval(grafted(given, cells, monkeypatch, "lower", "upper"))
    true = true_cells(given, monkeypatch).loc[found.index, "numerator"]
    assert len(found) > 20 and (found == true).all()


def by_position(cells: pd.DataFrame, made: pd.DataFrame) -> int:
    """Hidden cells that are placed beside the rest."""
    hidden = cells[cells["symbol"] == "c"][list(CELL_KEYS)]
    found = made.merge(hidden, on=list(CELL_KEYS))
    return int((found["position"] != "not tested").sum())


def test_t6_a_place_above_or_below_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    given, cells = some()
    assert by_position(cells, each(beside_the_rest, cells)) == 0
    careless = grafted(given, cells, monkeypatch, "pupils", "numerator", "value", "lower", "upper")
    assert by_position(cells, each(beside_the_rest, careless)) > 3


# T7, T8: sets of schools and filters ----------------------------------------------------


def with_sets(given: Table, picked: list[frozenset[str]]) -> tuple[Places, Published]:
    """What is out after sets were asked for in turn; those refused are not."""
    places, out = given.places, served(given)
    for number, urns in enumerate(picked):
        try:
            more = publish_set(given.counts, places, MEASURES, CATALOGUE.indicators, out,
                               set_id=f"set {number}", urns=urns, run_id="set")  # fmt: skip
        except NotSafeError:
            continue
        places = with_set(places, f"set {number}", f"set {number}", urns)
        out = Published(pd.concat([out.cells, more.cells], ignore_index=True), out.audit)
    return places, out


def test_t7_two_sets_of_schools_one_within_the_other(monkeypatch: pytest.MonkeyPatch) -> None:
    given = school_counts([3, 7, 14, 9, 2, 12, 30, 25])
    picked = [frozenset({"100", "101", "102", "103"}), frozenset({"101", "102", "103"})]

    def attack() -> tuple[float, float]:
        places, out = with_sets(given, picked)
        attacker = Attacker(places, given.counts.periods)
        attacker.learn(out.cells)
        return plans(attacker, "100")

    assert could_be_none_or_six(attack())
    monkeypatch.setattr(sets, "check_apart", lambda *_: None)
    open_gate(monkeypatch)
    assert attack() == (3, 3)


def phases() -> Table:
    """Three secondary schools, of which one has four pupils with a plan, and four primaries."""
    given = school_counts([20, 30, 25, 16, 4, 12, 15])
    schools = tuple(replace(s, phase="secondary") if n > 3 else s
                    for n, s in enumerate(given.places.schools))  # fmt: skip
    return Table(given.counts, replace(given.places, schools=schools))


def test_t8_all_phases_less_one(monkeypatch: pytest.MonkeyPatch) -> None:
    given = phases()
    out = served(given)
    attack = plans(informed(given, out), "104")
    assert could_be_none_or_six(attack)
    assert out.cells["breakdown"].str.startswith("phase:").any()
    open_gate(monkeypatch)
    assert plans(informed(given, served(given)), "104") == (4, 4)
