"""Similar units: near by who the pupils are, steady, and withheld where they are not."""

from __future__ import annotations

import math

import numpy as np
import pytest

from sendgap.errors import NoAnswerError
from sendgap.local.similar import FEWEST, STEADY, Variable, distances, similar_units

IDS = [f"S{n:02}" for n in range(30)]


def clear(seed: int = 1, copies: int = 6) -> list[Variable]:
    """Units in a line: all variables say the same, so the list cannot depend on one."""
    draw = np.random.default_rng(seed)
    base = np.linspace(0.05, 0.6, len(IDS))
    return [
        Variable(f"v{n}", tuple(np.clip(base + draw.normal(0, 0.001, len(IDS)), 0, 1)))
        for n in range(copies)
    ]


def noise(seed: int = 2, copies: int = 3) -> list[Variable]:
    draw = np.random.default_rng(seed)
    return [Variable(f"v{n}", tuple(draw.uniform(0, 1, len(IDS)))) for n in range(copies)]


def test_the_nearest_are_those_beside_it() -> None:
    found = similar_units("S15", IDS, clear(), most=4)
    assert {unit.unit_id for unit in found.units} == {"S13", "S14", "S16", "S17"}
    assert [unit.position for unit in found.units] == [1, 2, 3, 4]
    assert found.stability >= STEADY and not found.withheld
    assert found.units[0].closeness == "very close"


def test_the_distance_is_worked_out_by_hand() -> None:
    apart = distances([[0.0, 0.0], [3.0, 4.0]], [0.25, 0.75])
    assert apart[0, 1] == pytest.approx(math.sqrt(0.25 * 9 + 0.75 * 16))


def test_weights_are_told_and_sum_to_one() -> None:
    variables = [Variable("a", tuple(np.linspace(0, 1, 30)), weight=3.0),
                 Variable("b", tuple(np.linspace(0, 1, 30)))]  # fmt: skip
    assert similar_units("S15", IDS, variables).used == {"a": 0.75, "b": 0.25}


def test_an_unsteady_list_is_withheld() -> None:
    told = [similar_units(unit, IDS, noise()) for unit in IDS]
    withheld = [found for found in told if found.withheld]
    assert withheld and all(not found.units and found.stability < STEADY for found in withheld)
    assert all(found.stability >= STEADY for found in told if found.units)


def test_few_units_are_set_beside_all_of_them() -> None:
    few = [Variable("a", tuple(np.linspace(0, 1, FEWEST - 1)))]
    assert "all of them" in similar_units("S03", IDS[: FEWEST - 1], few).withheld


def test_a_unit_with_a_hidden_variable_is_neither_placed_nor_listed() -> None:
    values = list(np.linspace(0.1, 0.9, 30))
    values[14] = math.nan
    variables = [*clear(), Variable("hidden", tuple(values))]
    with pytest.raises(NoAnswerError):
        similar_units("S14", IDS, variables)
    assert "S14" not in {unit.unit_id for unit in similar_units("S15", IDS, variables).units}


def test_a_variable_that_most_lack_is_left_out() -> None:
    rare = Variable("rare", tuple([0.5] * 10 + [math.nan] * 20))
    assert "rare" not in similar_units("S20", IDS, [*clear(), rare]).used


def test_the_order_of_the_units_does_not_matter() -> None:
    variables, turned = clear(), list(reversed(IDS))
    back = [Variable(v.label, tuple(reversed(v.values))) for v in variables]
    one = similar_units("S15", IDS, variables).units
    other = similar_units("S15", turned, back).units
    assert {u.unit_id: round(u.distance, 9) for u in one} == {
        u.unit_id: round(u.distance, 9) for u in other
    }


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(NoAnswerError):
        similar_units("X", IDS, clear())
