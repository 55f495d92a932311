"""The gate trusts no world that could not be true, and pupils go all the way to cells."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from sendgap.local.aggregate import count_pupils
from sendgap.local.disclosure.audit import audit
from sendgap.local.disclosure.figures import served as cells_of
from sendgap.local.disclosure.grid import System, lay_out
from sendgap.local.disclosure.model import NotSafeError, Published
from sendgap.local.disclosure.publish import publish
from sendgap.local.disclosure.rules import Primary
from sendgap.local.disclosure.state import World
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from tests.local.tables import CATALOGUE, MEASURES
from tests.local.test_served import school_counts


def system_and_target() -> tuple[System, Primary, int]:
    """Five schools with 3, 0, 14, 9 and 21 plans, of which the first and fourth are hidden."""
    given = school_counts([3, 0, 14, 9, 21])
    system = lay_out(given.counts, given.places, MEASURES).system()
    primary = Primary(system, {})
    atoms = system.atoms
    fourth = atoms.find("pupils:roll", ["103"], "202425", ["ehc_plan"])  # type: ignore[list-item]
    for number, row in enumerate(system.rows):
        if row.atoms == tuple(fourth):
            primary.hidden[number] = True
    return system, primary, fourth[0]


def gate(system: System, primary: Primary, worlds: list[World]) -> None:
    cells = cells_of(system, primary.hidden, "run")
    known = np.zeros(len(system.rows), dtype=bool)
    audit(system, cells, primary.targets, worlds, known, "run")


def moved(system: System, fourth: int, first: float, other: float) -> World:
    atom = system.atoms.find("pupils:roll", ["100"], "202425", ["ehc_plan"])  # type: ignore[list-item]
    return World(np.array([atom[0], fourth]), np.array([first, other]))


def small_schools_hidden(primary: Primary, system: System) -> None:
    """Any SEN and all pupils of the two schools as well: they would give the plans away."""
    places = {"100", "103"}
    for number, row in enumerate(system.rows):
        if {system.atoms.atoms[atom].place for atom in row.atoms} <= places:
            primary.hidden[number] = True


def test_two_sound_worlds_open_the_gate() -> None:
    system, primary, fourth = system_and_target()
    small_schools_hidden(primary, system)
    gate(system, primary, [moved(system, fourth, -3, 3), moved(system, fourth, 3, -3)])


@pytest.mark.parametrize(
    ("first", "other"),
    [(3, -2), (3.5, -3.5), (10, -10), (-4, 4)],
    ids=["a total changes", "half a pupil", "fewer than none", "the first below none"],
)
def test_a_world_that_could_not_be_true_opens_nothing(first: float, other: float) -> None:
    system, primary, fourth = system_and_target()
    small_schools_hidden(primary, system)
    with pytest.raises(NotSafeError):
        gate(system, primary, [moved(system, fourth, -3, 3), moved(system, fourth, first, other)])


def test_one_world_of_the_two_is_not_enough() -> None:
    system, primary, fourth = system_and_target()
    small_schools_hidden(primary, system)
    with pytest.raises(NotSafeError):
        gate(system, primary, [moved(system, fourth, 3, -3)])


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    draw = np.random.default_rng(9)
    count = 4000
    group = draw.choice(3, count, p=[0.5, 0.3, 0.2])
    return pd.DataFrame({
        "urn": draw.integers(0, 12, count).astype(str), "time_period": "202425",
        "sen": np.array(["N", "K", "E"])[group],
        "primary_need": np.where(group > 0, draw.choice(["asd", "semh"], count), None),
        "home_dspl": draw.choice(["D0", "D1"], count),
        "possible_sessions": draw.integers(100, 380, count),
        "missed_sessions": draw.integers(0, 100, count),
        "suspensions": draw.poisson(0.8, count),
        "ks4_attainment8": draw.uniform(10, 60, count),
    })  # fmt: skip


@pytest.fixture(scope="module")
def published(rows: pd.DataFrame) -> Published:
    schools = tuple(School(str(n), f"School {n}", "secondary") for n in range(12))
    members = tuple(Member(UnitKind.DSPL, f"D{n // 6}", str(n)) for n in range(12))
    places = Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, members)
    counts = count_pupils(rows, MEASURES, places, "return of pupils")
    return publish(counts, places, MEASURES, CATALOGUE.indicators, run_id="run")


def one(published: Published, indicator: str, unit: str, group: str) -> pd.Series:
    cells = published.cells
    found = cells[(cells["indicator_id"] == indicator) & (cells["unit_id"] == unit)
                  & (cells["sen_group"] == group) & (cells["years"] == 1)]  # fmt: skip
    return found.iloc[0]


def test_absence_of_the_authority_varies_by_schools(
    rows: pd.DataFrame, published: Published
) -> None:
    ours = rows[rows["sen"] == "E"].groupby("urn")[["missed_sessions", "possible_sessions"]].sum()
    missed, possible = ours["missed_sessions"], ours["possible_sessions"]
    rate = missed.sum() / possible.sum()
    error = np.sqrt(12 / 11 * ((missed - rate * possible) ** 2).sum()) / possible.sum()
    row = one(published, "overall_absence", "999", "ehc_plan")
    assert row.value == round(100 * rate, 1) and np.isnan(row.numerator)
    assert row.lower == pytest.approx(100 * (rate - 1.96 * error), abs=0.11)
    assert row.upper == pytest.approx(100 * (rate + 1.96 * error), abs=0.11)


def test_a_mean_score_and_the_pupils_in_it(rows: pd.DataFrame, published: Published) -> None:
    ours = rows[(rows["sen"] == "N") & (rows["urn"].astype(int) < 6)]["ks4_attainment8"]
    row = one(published, "ks4_attainment8", "D0", "no_sen")
    assert (row.pupils, row.value) == (len(ours), round(ours.mean(), 1))
    assert row.upper - row.lower == pytest.approx(3.92 * ours.std() / len(ours) ** 0.5, abs=0.2)


def test_suspensions_are_counted_as_events_over_pupils(
    rows: pd.DataFrame, published: Published
) -> None:
    ours = rows[rows["sen"] == "K"]
    row = one(published, "suspension_rate", "999", "sen_support")
    assert row.numerator == ours["suspensions"].sum()
    assert row.value == pytest.approx(100 * ours["suspensions"].mean(), abs=0.01)


def test_living_and_learning_in_the_same_area(rows: pd.DataFrame, published: Published) -> None:
    ours = rows[rows["home_dspl"] == "D1"]
    row = one(published, "dspl_same_area", "D1", "all_pupils")
    assert (row.pupils, row.numerator) == (len(ours), (ours["urn"].astype(int) >= 6).sum())


def test_needs_are_shown_for_areas(rows: pd.DataFrame, published: Published) -> None:
    cells = published.cells
    found = cells[(cells["indicator_id"] == "ehcp_primary_need") & (cells["unit_id"] == "999")
                  & (cells["sen_group"] == "ehc_plan")]  # fmt: skip
    ours = rows[rows["sen"] == "E"]["primary_need"].value_counts()
    assert dict(zip(found["breakdown"].str[5:], found["numerator"], strict=True)) == dict(ours)
    assert "school" not in set(cells.loc[cells["breakdown"].str.startswith("need:"), "unit_kind"])


def test_the_source_is_named(published: Published) -> None:
    assert published.source == "return of pupils"
