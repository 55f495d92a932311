"""What is served, thing by thing: the attacks of one step, on cells and what is made of them.

``ARTEFACTS`` are the tables and texts that a person can reach. A new way out (a page's text,
a chart's data, a download) is added there and goes through the same tests.
"""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable

import numpy as np
import pandas as pd
import pytest

from sendgap.local.compare import Kind, beside_the_rest, gaps
from sendgap.local.counts import FIGURES, KEYS, ROLL, Counts
from sendgap.local.disclosure import publish as publishing
from sendgap.local.disclosure.model import CELL_FIGURES, CELL_KEYS, NotSafeError, Published, Rule
from sendgap.local.disclosure.sets import publish_set, with_set
from sendgap.local.places import Member, Places, School, Unit, UnitKind
from tests.local.attacker import Attacker
from tests.local.tables import CATALOGUE, MEASURES, SUSPENDED, Table, table
from tests.local.test_attacks import informed, served


def kind_of(indicator: str) -> Kind:
    entry = CATALOGUE.indicators[indicator]
    return Kind(entry.value_type, entry.polarity)


def each(made: Callable[[pd.DataFrame, Kind], pd.DataFrame], cells: pd.DataFrame) -> pd.DataFrame:
    parts = [made(rows, kind_of(str(name))) for name, rows in cells.groupby("indicator_id")]
    return pd.concat(parts, ignore_index=True)


ARTEFACTS: dict[str, Callable[[Published], pd.DataFrame]] = {
    "cells": lambda published: published.cells,
    "gaps": lambda published: each(gaps, published.cells),
    "beside the rest": lambda published: each(beside_the_rest, published.cells),
}

#: Columns that are about the unit or about another cell that is served itself.
NOT_ITS_OWN = {"pupils", "schools", "reference_pupils", "reference_numerator",
               "reference_value", "authority_pupils", "authority_numerator",
               "authority_value", "years"}  # fmt: skip


def school_counts(numbers: list[int], reached: list[int] | None = None) -> Table:
    """One group's pupils in schools of one cluster."""
    schools = tuple(School(str(100 + n), f"School {n}", "primary") for n in range(len(numbers)))
    members = tuple(Member(kind, key, school.urn) for school in schools
                    for kind, key in ((UnitKind.CLUSTER, "C"), (UnitKind.DSPL, "D")))  # fmt: skip
    places = Places(Unit(UnitKind.AUTHORITY, "999", "Authority"), schools, members)
    rows = []
    for n, (count, school) in enumerate(zip(numbers, schools, strict=True)):
        for group, pupils in (("no_sen", 60), ("sen_support", 12), ("ehc_plan", count)):
            part = pupils if reached is None or group != "ehc_plan" else reached[n]
            for name, x in ((ROLL, pupils), (SUSPENDED, part)):
                if pupils and (name == ROLL or reached is not None):
                    rows.append(("school", school.urn, "202425", group, name, "total", pupils, x,
                                 pupils, 1, x, x, pupils))  # fmt: skip
    return Table(Counts(pd.DataFrame(rows, columns=[*KEYS, *FIGURES])), places)


@pytest.fixture(scope="module")
def given() -> Table:
    return table(0)


@pytest.fixture(scope="module")
def published(given: Table) -> Published:
    return served(given)


def hidden(rows: pd.DataFrame) -> pd.DataFrame:
    return rows[rows["symbol"] == "c"]


def test_t1_a_total_less_its_shown_parts_does_not_give_the_hidden_one() -> None:
    """Three, none, fourteen, nine and twenty-one pupils: hiding the three alone gives it away."""
    given = school_counts([3, 0, 14, 9, 21])
    out = served(given)
    attacker = informed(given, out)
    low, high = attacker.bounds(attacker.total("pupils of roll", ["100"], ["202425"], "ehc_plan"))
    assert low == 0 and high >= 6
    roll = out.cells[(out.cells["unit_kind"] == "school") & (out.cells["sen_group"] == "ehc_plan")]
    assert len(hidden(roll)["unit_id"].unique()) >= 2


def test_t3_no_percentage_gives_a_small_numerator(published: Published) -> None:
    told = published.cells[published.cells["value"].notna()]
    counted = told[told["numerator"].notna()]
    least = np.minimum(counted["numerator"], (counted["pupils"] - counted["numerator"]).abs())
    events = counted["indicator_id"] == "suspension_rate"
    assert len(counted) > 50
    assert not least[~events].between(1, 5).any()
    assert not counted["numerator"].between(1, 5).any()
    assert (told["pupils"] >= 6).all()


@pytest.mark.parametrize("name", ARTEFACTS)
def test_t4_t5_t6_t12_nothing_is_made_of_a_hidden_cell(published: Published, name: str) -> None:
    rows = hidden(ARTEFACTS[name](published))
    own = [c for c in rows.select_dtypes("number").columns if c not in NOT_ITS_OWN]
    assert len(rows) > 10 and own
    assert rows[own].isna().all().all()


def test_a_gap_needs_both_its_sides(published: Published) -> None:
    rows = ARTEFACTS["gaps"](published)
    lacking = rows["value"].isna() | rows["reference_value"].isna()
    assert rows.loc[lacking, ["gap", "gap_lower", "gap_upper"]].isna().all().all()
    assert (rows.loc[lacking, "gap_symbol"] == "c").all() and (~lacking).any()


def test_a_rest_needs_both_the_part_and_the_authority(published: Published) -> None:
    rows = ARTEFACTS["beside the rest"](published)
    lacking = rows["value"].isna() | rows["authority_value"].isna()
    assert rows.loc[lacking, ["rest_value", "rest_difference"]].isna().all().all()
    assert (rows.loc[lacking, "position"] == "not tested").all()


def test_the_rule_never_tells_a_small_number_from_one_hidden_for_it(published: Published) -> None:
    assert set(hidden(published.cells)["rule"]) == {str(Rule.HIDDEN)}


def test_t7_a_set_one_school_away_from_another_is_refused() -> None:
    given = school_counts([8, 9, 14, 9, 21, 12])
    out = served(given)
    with pytest.raises(NotSafeError, match="one school more or less"):
        publish_set(
            given.counts, given.places, MEASURES, CATALOGUE.indicators, out, set_id="mine",
            urns=frozenset({"100", "101", "102", "103", "104"}), run_id="set",
        )  # fmt: skip


def test_t7_sets_chosen_by_turns_give_nothing_away_together() -> None:
    given = school_counts([3, 7, 14, 9, 2, 12], [1, 3, 4, 0, 2, 6])
    places, out = given.places, served(given)
    urns = [school.urn for school in places.schools]
    let_out = 0
    for number, picked in enumerate(itertools.combinations(urns, 4)):
        try:
            more = publish_set(
                given.counts, places, MEASURES, CATALOGUE.indicators, out,
                set_id=f"set {number}", urns=frozenset(picked), run_id="set",
            )  # fmt: skip
        except NotSafeError:
            continue
        let_out += 1
        places = with_set(places, f"set {number}", f"set {number}", frozenset(picked))
        cells = pd.concat([out.cells, more.cells], ignore_index=True)
        out = Published(cells, out.audit)
        if let_out == 3:
            break
    assert let_out >= 1
    attacker = Attacker(places, given.counts.periods)
    attacker.learn(out.cells)
    for urn in ("100", "104"):
        asked = attacker.total("pupils of roll", [urn], ["202425"], "ehc_plan")
        low, high = attacker.bounds(asked)
        assert low == 0 and high >= 6


def test_t10_a_cell_hidden_once_stays_hidden(given: Table, published: Published) -> None:
    again = served(given, earlier=published)
    before = hidden(published.cells)[list(CELL_KEYS)]
    after = again.cells.merge(before, on=list(CELL_KEYS))
    assert len(after) == len(before) and after["value"].isna().all()


def test_t10_a_figure_that_moved_by_one_pupil_is_not_shown_again() -> None:
    first = school_counts([20, 25, 30, 22], [8, 9, 12, 10])
    second = school_counts([20, 25, 30, 22], [9, 9, 12, 10])
    out = served(first)
    again = served(second, earlier=out)

    def value(cells: pd.DataFrame, kind: str) -> float:
        asked = {"indicator_id": SUSPENDED, "unit_kind": kind, "sen_group": "ehc_plan"}
        rows = cells[(cells[list(asked)] == pd.Series(asked)).all(axis=1)]
        return float(rows.iloc[0]["value"])

    assert value(out.cells, "school") == 40
    assert np.isnan(value(again.cells, "school"))


def test_t11_a_refusal_names_no_unit_and_no_number(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(publishing, "protect", lambda state, places: None)
    with pytest.raises(NotSafeError) as caught:
        served(school_counts([3, 0, 14, 9, 21]))
    said = re.sub(r"\(\d+\)|202425", "", str(caught.value))
    assert not re.search(r"\d", said) and "School" not in said


def test_t12_what_is_served_holds_the_stated_columns_and_nothing_else(published: Published) -> None:
    assert list(published.cells.columns) == [*CELL_KEYS, *CELL_FIGURES]
    text = json.loads(published.cells.to_json(orient="records"))
    for row in text:
        if row["symbol"] == "c":
            assert row["numerator"] is row["value"] is row["lower"] is row["upper"] is None
    assert not published.cells.attrs and not hasattr(published, "system")


def test_t14_the_order_of_cells_does_not_depend_on_their_numbers() -> None:
    one = served(school_counts([3, 0, 14, 9, 21], [1, 0, 7, 4, 9])).cells
    other = served(school_counts([21, 9, 14, 2, 3], [9, 4, 7, 0, 1])).cells
    assert one[list(CELL_KEYS)].equals(other[list(CELL_KEYS)])
