"""Similar units: near by who the pupils are, steady, and withheld where they are not."""

from __future__ import annotations

import math
import statistics

import numpy as np
import pytest
from scipy.spatial.distance import cdist

from sendgap.errors import NoAnswerError
from sendgap.local.context import Scale
from sendgap.local.similar import (
    CLOSENESS,
    EDGE,
    FEWEST,
    LEAST_KNOWN,
    NEAREST,
    STEADY,
    Comparison,
    Variable,
    distances,
)  # fmt: skip

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


def with_holes(seed: int) -> list[Variable]:
    """Variables of every scale and weight that go together loosely, some values unknown."""
    draw = np.random.default_rng(seed)
    middle = draw.normal(0, 1, len(IDS))
    found = []
    for place, scale in enumerate([*Scale, *Scale, Scale.SHARE]):
        moved = middle + draw.normal(0, 0.6, len(IDS))
        values = {Scale.LOG: np.exp(5 + moved), Scale.SHARE: 1 / (1 + np.exp(2 - moved)),
                  Scale.PLAIN: (moved > 0.5).astype(float)}[scale]  # fmt: skip
        values = np.where(draw.random(len(IDS)) < 0.06, math.nan, values)
        found.append(Variable(f"v{place}", tuple(values), float(draw.uniform(0.5, 2)), scale))
    return found


def test_the_nearest_are_those_beside_it() -> None:
    found = Comparison.of(IDS, clear()).nearest("S15", 4)
    assert {unit.unit_id for unit in found.units} == {"S13", "S14", "S16", "S17"}
    assert [unit.position for unit in found.units] == [1, 2, 3, 4]
    assert found.stability >= STEADY and not found.withheld
    assert found.units[0].closeness == "very close"


def test_the_distance_is_worked_out_by_hand() -> None:
    apart = distances([[0.0, 0.0], [3.0, 4.0]], [0.25, 0.75])
    assert apart[0, 1] == pytest.approx(math.sqrt(0.25 * 9 + 0.75 * 16))


def test_the_distance_is_over_what_is_known_of_both() -> None:
    apart = distances([[0.0, math.nan], [3.0, 4.0]], [0.25, 0.75])
    assert apart[0, 1] == pytest.approx(3.0)


def test_distances_are_those_of_scipy() -> None:
    draw = np.random.default_rng(3)
    table, weights = draw.normal(0, 1, (40, 12)), draw.uniform(0, 1, 12)
    weights = weights / weights.sum()
    np.testing.assert_allclose(
        distances(table, weights), cdist(table, table, "euclidean", w=weights)
    )


def test_weights_are_told_and_sum_to_one() -> None:
    variables = [Variable("a", tuple(np.linspace(0, 1, 30)), weight=3.0),
                 Variable("b", tuple(np.linspace(0, 1, 30)))]  # fmt: skip
    assert Comparison.of(IDS, variables).used == {"a": 0.75, "b": 0.25}


def test_an_unsteady_list_is_withheld() -> None:
    told = [Comparison.of(IDS, noise()).nearest(unit) for unit in IDS]
    withheld = [found for found in told if found.withheld]
    assert withheld and all(not found.units and found.stability < STEADY for found in withheld)
    assert all(found.stability >= STEADY for found in told if found.units)


def test_few_units_are_all_shown_without_a_word_for_closeness() -> None:
    few = [Variable("a", tuple(np.linspace(0, 1, FEWEST - 1)))]
    found = Comparison.of(IDS[: FEWEST - 1], few).nearest("S03")
    assert found.is_everyone and not found.withheld
    assert [unit.unit_id for unit in found.units] == [u for u in IDS[: FEWEST - 1] if u != "S03"]
    assert {unit.closeness for unit in found.units} == {""}


def test_a_unit_of_which_too_little_is_known_is_neither_placed_nor_listed() -> None:
    values = list(np.linspace(0.1, 0.9, 30))
    values[14] = math.nan
    variables = [*clear(), Variable("hidden", tuple(values), weight=6.0 / LEAST_KNOWN - 6.0 + 0.1)]
    comparison = Comparison.of(IDS, variables)
    with pytest.raises(NoAnswerError):
        comparison.nearest("S14")
    listed = comparison.nearest("S15").units
    assert listed and "S14" not in {unit.unit_id for unit in listed}


def test_a_unit_that_lacks_little_is_listed_by_the_rest() -> None:
    values = list(np.linspace(0.1, 0.9, 30))
    values[14] = math.nan
    comparison = Comparison.of(IDS, [*clear(), Variable("hidden", tuple(values))])
    assert "S14" in {unit.unit_id for unit in comparison.nearest("S15").units}
    assert {unit.unit_id for unit in comparison.nearest("S14", 2).units} == {"S13", "S15"}


def test_a_variable_that_most_lack_or_that_never_differs_is_left_out() -> None:
    rare = Variable("rare", tuple([0.5] * 5 + [0.4] * 5 + [math.nan] * 20))
    same = Variable("same", (0.5,) * 30)
    comparison = Comparison.of(IDS, [*clear(), rare, same])
    assert not {"rare", "same"} & set(comparison.used)
    assert comparison.known["rare"] == 10 and comparison.known["same"] == 30
    without = Comparison.of(IDS, clear()).nearest("S20")
    assert comparison.nearest("S20") == without


def test_the_order_of_the_units_does_not_matter() -> None:
    variables, turned = clear(), list(reversed(IDS))
    back = [Variable(v.label, tuple(reversed(v.values))) for v in variables]
    one = Comparison.of(IDS, variables).nearest("S15")
    other = Comparison.of(turned, back).nearest("S15")
    assert [u.unit_id for u in one.units] == [u.unit_id for u in other.units]


def test_an_unknown_unit_is_refused() -> None:
    with pytest.raises(NoAnswerError):
        Comparison.of(IDS, clear()).nearest("X")


@pytest.mark.parametrize("seed", range(6))
def test_every_list_is_that_of_a_plain_second_way(seed: int) -> None:
    variables = with_holes(seed)
    comparison = Comparison.of(IDS, variables)
    plain = Plain(variables)
    shown = 0
    for place, unit in enumerate(IDS):
        if not plain.is_placed(place):
            with pytest.raises(NoAnswerError):
                comparison.nearest(unit)
            continue
        found, weights = comparison.nearest(unit), [v.weight for v in variables]
        nearest = plain.order(place, weights)[:NEAREST]
        left_out, changed, without = [], [], {}
        for at, weight in enumerate(weights):
            for factor, kept in ((0.0, left_out), (0.5, changed), (2.0, changed)):
                other = [*weights[:at], weight * factor, *weights[at + 1 :]]
                kept.append(len({*nearest} & {*plain.order(place, other)[:NEAREST]}) / NEAREST)
            without[variables[at].label] = left_out[-1]
        stability = min(statistics.mean(left_out), statistics.mean(changed))
        assert found.stability == pytest.approx(stability)
        assert found.without == min(left_out) == without[found.leans_on]
        assert bool(found.units) is (stability >= STEADY - 1e-12)
        if found.units:
            shown += 1
            assert [u.unit_id for u in found.units] == [IDS[n] for n in nearest]
            words = [plain.word(place, n) for n in nearest]
            assert [u.closeness for u in found.units] == words
    assert shown


class Plain:
    """The same by lists and loops, from the words of docs/disclosure.md."""

    def __init__(self, variables: list[Variable]) -> None:
        self.weights = [v.weight for v in variables]
        self.columns = [self._scaled(v, self._here(variables)) for v in variables]

    def _here(self, variables: list[Variable]) -> list[int]:
        total = sum(v.weight for v in variables)
        self.placed = [
            unit for unit in range(len(IDS))
            if sum(v.weight for v in variables if not math.isnan(v.values[unit]))
            >= LEAST_KNOWN * total
        ]  # fmt: skip
        return self.placed

    def is_placed(self, unit: int) -> bool:
        return unit in self.placed

    @staticmethod
    def _scaled(variable: Variable, placed: list[int]) -> dict[int, float]:
        moved = {}
        for unit in placed:
            value = variable.values[unit]
            if math.isnan(value):
                continue
            if variable.scale is Scale.SHARE:
                value = min(max(value, EDGE), 1 - EDGE)
                value = math.log(value / (1 - value))
            moved[unit] = math.log(value) if variable.scale is Scale.LOG else value
        middle = statistics.median(moved.values())
        spread = 1.4826 * statistics.median(abs(value - middle) for value in moved.values())
        spread = spread or statistics.pstdev(moved.values())
        return {unit: (value - middle) / spread for unit, value in moved.items()}

    def apart(self, one: int, other: int, weights: list[float]) -> float:
        pairs = [
            (weight, column[one] - column[other])
            for weight, column in zip(weights, self.columns, strict=True)
            if one in column and other in column
        ]
        return math.sqrt(sum(w * d * d for w, d in pairs) / sum(w for w, _ in pairs))

    def order(self, one: int, weights: list[float]) -> list[int]:
        others = [unit for unit in self.placed if unit != one]
        return sorted(others, key=lambda other: self.apart(one, other, weights))

    def word(self, one: int, other: int) -> str:
        pairs = [self.apart(a, b, self.weights) for a in self.placed for b in self.placed if a < b]
        nearer = sum(pair < self.apart(one, other, self.weights) - 1e-12 for pair in pairs)
        return next(word for limit, word in CLOSENESS if nearer / len(pairs) <= limit)
