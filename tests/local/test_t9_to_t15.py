"""The other seven attacks, as in ``test_t1_to_t8.py``, and each rule switched off."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from sendgap.local.counts import Counts
from sendgap.local.disclosure import grid, rules
from sendgap.local.disclosure import publish as publishing
from sendgap.local.disclosure.model import CELL_FIGURES, CELL_KEYS, NotSafeError, Published
from sendgap.local.measures import LocalMeasure
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from tests.local.attacker import Attacker
from tests.local.careless import (
    FEW,
    PLAN,
    YEAR,
    could_be_none_or_six,
    open_gate,
    passed,
    plans,
    small_by_percentage,
    some,
    true_cells,
)
from tests.local.tables import RESULT, Table, table
from tests.local.test_attacks import broken, informed, served
from tests.local.test_served import school_counts

# T9, T10: years and vintages -------------------------------------------------------------


def four_years() -> Table:
    """Four schools and school years, a cohort of few pupils with a plan in each."""
    schools = tuple(School(str(100 + n), f"School {n}", "primary") for n in range(4))
    members = tuple(Member(kind, "A", school.urn) for school in schools
                    for kind in (UnitKind.CLUSTER, UnitKind.DSPL))  # fmt: skip
    rows = []
    for number, year in enumerate(("202122", "202223", "202324", YEAR)):
        part = school_counts([40, 45, 50, 55]).counts.rows
        few = [(9, 4), (11, 5), (12, 3), (13, 6)][number]
        for urn, (whole, x) in zip("0123", [few, (14, 7), (15, 6), (16, 8)], strict=True):
            for group, n, reached in (
                (PLAN, whole, x),
                ("sen_support", 12, 6),
                ("no_sen", 60, 40),
            ):
                rows.append(dict(zip(part.columns, (
                    "school", f"10{urn}", year, group, RESULT, "total", n, reached, n, 1, reached,
                    reached, n), strict=True)))  # fmt: skip
        rows += part.assign(time_period=year).to_dict("records")
    places = Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, members)
    return Table(Counts(pd.DataFrame(rows)), places)


def who_reached(attacker: Attacker, year: str) -> tuple[float, float]:
    return attacker.bounds(attacker.total(RESULT, ["100"], [year], PLAN))


def test_t9_three_years_less_two(monkeypatch: pytest.MonkeyPatch) -> None:
    given = four_years()
    small = {"202122": 4, "202223": 5, "202324": 3}
    attacker = informed(given, served(given))
    assert all(could_be_none_or_six(who_reached(attacker, year)) for year in small)
    open_gate(monkeypatch)
    monkeypatch.setattr(LocalMeasure, "years", lambda *_: 1)
    monkeypatch.setattr(rules, "is_small", lambda number: False)
    attacker = informed(given, served(given))
    assert {year: who_reached(attacker, year) for year in small} == {
        year: (x, x) for year, x in small.items()
    }


def moved_between(first: Published, second: Published) -> int:
    """Cells shown twice whose pupils, or those who did or did not reach it, moved by a few."""
    both = first.cells.merge(second.cells, on=list(CELL_KEYS), suffixes=("_before", ""))
    both = both[both["unit_kind"] != "authority"]
    moved = [both[name] - both[f"{name}_before"] for name in ("pupils", "numerator")]
    return int(sum(change.abs().between(1, 5).sum() for change in (*moved, moved[0] - moved[1])))


@pytest.mark.parametrize(
    ("pupils", "reached"),
    [([20, 25, 30, 22], [9, 9, 12, 10]), ([28, 25, 30, 22], [15, 9, 12, 10])],
    ids=["one pupil more reached it", "eight pupils more, one of whom did not"],
)
def test_t10_two_vintages(
    monkeypatch: pytest.MonkeyPatch, pupils: list[int], reached: list[int]
) -> None:
    first, second = school_counts([20, 25, 30, 22], [8, 9, 12, 10]), school_counts(pupils, reached)
    out = served(first)
    try:
        assert moved_between(out, served(second, earlier=out)) == 0
    except NotSafeError:
        pass  # refused: nothing of it is out
    monkeypatch.setattr(publishing, "hold_to", lambda system, primary, before, once: False)
    assert moved_between(out, served(second, earlier=out)) > 0


# T13, T14, T15 ---------------------------------------------------------------------------


def test_t13_the_authoritys_published_figure_less_its_parts(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The total of the authority is out by another's hand, whatever is hidden here."""
    given = school_counts([3, 8, 14, 9, 21])

    def attack() -> tuple[float, float]:
        attacker = informed(given, served(given))
        urns = [school.urn for school in given.places.schools]
        attacker.say(attacker.total("pupils of roll", urns, [YEAR], PLAN), 55, 55)
        return plans(attacker, "100")

    assert could_be_none_or_six(attack())
    open_gate(monkeypatch)
    assert attack() == (3, 3)


def order_tells(cells: pd.DataFrame, given: Table) -> bool:
    """Whether hidden schools stand in the order of what they hide."""
    rows = cells[(cells["unit_kind"] == "school") & (cells["indicator_id"] == "ehcp_prevalence")]
    hidden = rows[rows["symbol"] == "c"]["unit_id"].tolist()
    true = given.counts.rows.query("indicator_id == 'roll' and sen_group == @PLAN")
    numbers = true.set_index("place")["pupils"].reindex(hidden).fillna(0).tolist()
    return len(numbers) > 2 and numbers == sorted(numbers, reverse=True)


def test_t14_the_order_of_hidden_cells() -> None:
    given = school_counts([2, 4, 1, 5, 3, 40, 30])
    cells = served(given).cells
    assert not order_tells(cells, given)
    assert (
        cells["unit_id"].tolist()
        == served(school_counts([5, 4, 3, 2, 1, 30, 40])).cells["unit_id"].tolist()
    )
    true = given.counts.rows.query("indicator_id == 'roll' and sen_group == @PLAN")
    size = cells["unit_id"].map(true.set_index("place")["pupils"]).fillna(0)
    assert order_tells(cells.iloc[np.argsort(-size.to_numpy(), kind="stable")], given)


def by_smoothing(cells: pd.DataFrame, smoothed: pd.Series, a: float, b: float) -> pd.Series:
    """Who reached it, from a figure drawn towards the mean: (x + a) / (n + a + b)."""
    return smoothed / 100 * (cells["pupils"] + a + b) - a


def test_t15_smoothed_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    """Had hidden cells smoothed figures, each would give its own: so there are none."""
    given, cells = some()
    assert set(cells.columns) == {*CELL_KEYS, *CELL_FIGURES}
    hidden = cells[(cells["symbol"] == "c") & cells["pupils"].notna()]
    own = hidden[["numerator", "value", "lower", "upper"]]
    assert len(hidden) > 10 and own.isna().all().all()
    true = true_cells(given, monkeypatch).loc[hidden.index]
    smoothed = 100 * (true["numerator"] + 2) / (true["pupils"] + 7)
    found = by_smoothing(hidden, smoothed.round(1), 2, 5)
    told = true["numerator"].notna()
    assert ((found - true["numerator"]).abs()[told] < 0.5).all() and told.sum() > 50


# A rule switched off, and a test of it fails --------------------------------------------


def unsafe() -> bool:
    """Whether a number of one to five pupils of a random table is placed."""
    return broken(table(FEW), served(table(FEW)), most=15) != []


def few_schools(cells: pd.DataFrame) -> int:
    """Figures of groups of fewer than three schools, each of which can take itself away."""
    grouped = cells["unit_kind"].isin(["cluster", "dspl", "authority"])
    told = cells[grouped & (cells["schools"] < 3)]
    return int((told["value"].notna() | told["pupils"].notna()).sum())


def pairs() -> Table:
    given = school_counts([30, 40, 50, 60, 70], [12, 14, 20, 25, 30])
    pair = tuple(Member(UnitKind.CLUSTER, "pair", urn) for urn in ("100", "101"))
    return Table(given.counts, replace(given.places, members=given.places.members + pair))


def off_r2(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules, "is_small", lambda number: False)


def off_r3(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(rules.Primary, "_reached", lambda self, cell: None)


def off_r4(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(grid, "FEWEST_SCHOOLS", 0)


RULES = {
    "R2": (off_r2, unsafe),
    "R3": (off_r3, lambda: small_by_percentage(served(table(FEW)).cells) > 0),
    "R4": (off_r4, lambda: few_schools(served(pairs()).cells) > 0),
}


@pytest.mark.parametrize("rule", RULES)
def test_with_a_rule_off_its_attack_succeeds(rule: str, monkeypatch: pytest.MonkeyPatch) -> None:
    off, attack = RULES[rule]
    assert not attack()
    off(monkeypatch)
    assert attack()


def test_with_the_gate_off_a_search_that_found_nothing_is_let_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(publishing, "protect", lambda state, places: None)
    with pytest.raises(NotSafeError):
        unsafe()
    monkeypatch.setattr(publishing, "audit", passed)
    assert unsafe()
