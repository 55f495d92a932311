"""Methods over many areas against plain loops, and what must hold in any table."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb
import numpy as np
import pandas as pd
import pytest
from hypothesis import strategies as st
from hypothesis.extra import numpy as hn

from sendgap.statistics.funnels import (
    funnel_limits,
    gap_funnel,
    overdispersion,
    proportion_limits,
    rate_limits,
)
from sendgap.statistics.multiple import benjamini_hochberg
from sendgap.statistics.proportions import wilson
from sendgap.statistics.ranks import rank, rank_interval
from sendgap.statistics.rates import poisson_exact
from sendgap.statistics.smoothing import smoothed_proportions, smoothed_values
from sendgap.terms import Polarity
from tests.statistics.support import for_any

pytestmark = pytest.mark.filterwarnings("error")

HIGH, LOW = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
SHAPES = hn.array_shapes(min_dims=1, max_dims=3, min_side=1, max_side=9)
#: Tenths, so that ties are common; some missing.
PRINTED = st.one_of(st.integers(0, 40).map(lambda n: n / 10), st.just(float("nan")))
TABLES = hn.arrays(np.float64, SHAPES, elements=PRINTED)


def _random(seed: int = 3, shape: tuple[int, ...] = (6, 40)) -> tuple[np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    value, error = draw.normal(50, 8, shape), draw.uniform(1, 6, shape)
    value[draw.random(shape) < 0.1] = np.nan
    error[draw.random(shape) < 0.1] = np.nan
    return value, error


def test_overdispersion_equals_a_plain_loop() -> None:
    value, error = _random()
    target = np.linspace(48, 53, 6)
    made = overdispersion(values=value, standard_errors=error, target=target)
    for table in range(6):
        known = ~np.isnan(value[table] + error[table])
        z = (value[table][known] - target[table]) / error[table][known]
        low, high = np.quantile(z, [0.1, 0.9])
        squares = [min(max(each, low), high) ** 2 for each in z]
        weight = error[table][known] ** -2
        excess = max(0.0, sum(squares) - (len(z) - 1))
        tau = (excess / (weight.sum() - (weight**2).sum() / weight.sum())) ** 0.5
        assert np.isclose(made.phi[table], np.mean(squares)) and np.isclose(made.tau[table], tau)
        adjusted = (value[table] - target[table]) / np.sqrt(error[table] ** 2 + tau**2)
        assert np.allclose(made.adjusted_z[table], adjusted, equal_nan=True)
        assert np.allclose(made.z[table][known], z)


def test_p_values_are_two_sided() -> None:
    made = overdispersion(values=[-1.96, *[0.0] * 12, 1.96], standard_errors=1.0, target=0.0)
    assert made.tau == 0
    assert np.allclose(made.p_values, [0.05, *[1.0] * 12, 0.05], atol=1e-4)


def test_a_table_without_areas_has_no_spread() -> None:
    made = overdispersion(values=[[np.nan, np.nan]], standard_errors=1.0, target=[0.0])
    assert np.isnan(made.phi).all() and (made.tau == 0).all() and np.isnan(made.p_values).all()


@for_any(st.integers(1, 2000), st.integers(1, 999), st.sampled_from([0.95, 0.998]))
def test_outside_the_funnel_is_where_wilson_excludes_the_target(
    pupils: int, thousandths: int, confidence: float
) -> None:
    target = thousandths / 1000
    part = np.arange(pupils + 1)
    limits = proportion_limits(target=target, denominator=float(pupils), confidence=confidence)
    each = wilson(numerator=part, denominator=float(pupils), confidence=confidence)
    apart = np.abs(each.lower - target) > 1e-9, np.abs(each.upper - target) > 1e-9
    assert np.array_equal((part / pupils > limits.upper)[apart[0]], (each.lower > target)[apart[0]])
    assert np.array_equal((part / pupils < limits.lower)[apart[1]], (each.upper < target)[apart[1]])


@for_any(st.floats(1e-6, 1e6), st.sampled_from([0.95, 0.998]))
def test_a_rate_funnel_ends_where_the_exact_interval_touches(
    expected: float, confidence: float
) -> None:
    made = rate_limits(target=expected, exposure=1.0, per=1.0, confidence=confidence)
    assert np.isclose(poisson_exact(events=made.upper, confidence=confidence).lower, expected)
    if made.lower > 0:
        assert np.isclose(poisson_exact(events=made.lower, confidence=confidence).upper, expected)
    else:
        assert expected <= -np.log((1 - confidence) / 2) + 1e-9


def test_funnels_leave_missing_rows_missing() -> None:
    made = rate_limits(target=[np.nan, 3.0, 3.0], exposure=[10.0, np.nan, 10.0])
    assert np.array_equal(np.isnan(made.lower), [True, True, False])
    assert np.array_equal(np.isnan(made.upper), [True, True, False])
    made = funnel_limits(target=[np.nan, 3.0], standard_error=[1.0, 2.0], tau=[0.0, 1.5])
    assert np.allclose(made.upper, [np.nan, 3 + 1.959963984540054 * 2.5], equal_nan=True)


def test_a_gap_funnel_takes_its_target_from_all_pupils() -> None:
    draw = np.random.default_rng(8)
    n_sen, n_other = draw.integers(20, 400, (3, 30)), draw.integers(300, 4000, (3, 30))
    x_sen, x_other = draw.binomial(n_sen, 0.2), draw.binomial(n_other, 0.7)
    for polarity, sign in ((HIGH, 1), (LOW, -1)):
        made = gap_funnel(
            sen_numerator=x_sen, sen_denominator=n_sen, reference_numerator=x_other,
            reference_denominator=n_other, polarity=polarity, per=100,
        )  # fmt: skip
        p_sen, p_other = x_sen.sum(1) / n_sen.sum(1), x_other.sum(1) / n_other.sum(1)
        assert np.allclose(made.target, sign * 100 * (p_other - p_sen))
        assert np.allclose(made.gap, sign * 100 * (x_other / n_other - x_sen / n_sen))
        assert np.allclose(made.spread.z, (made.gap - made.target[:, None]) / made.standard_error)


@for_any(hn.arrays(np.float64, SHAPES, elements=st.floats(0, 1)))
def test_benjamini_hochberg_equals_its_definition(p: np.ndarray) -> None:
    made = benjamini_hochberg(p_values=p)
    for row in np.ndindex(p.shape[:-1]):
        ordered = np.sort(p[row])
        steps = [min(1.0, len(ordered) * each / place) for place, each in enumerate(ordered, 1)]
        for each, found in zip(p[row], made[row], strict=True):
            places = range(int(np.searchsorted(ordered, each, side="right")) - 1, len(ordered))
            assert np.isclose(found, min(steps[place] for place in places))


@for_any(TABLES, st.sampled_from([HIGH, LOW]))
def test_a_rank_is_one_more_than_the_better_areas(values: np.ndarray, polarity: Polarity) -> None:
    made = rank(values=values, polarity=polarity)
    for row in np.ndindex(values.shape[:-1]):
        for value, place in zip(values[row], made[row], strict=True):
            better = values[row] > value if polarity is HIGH else values[row] < value
            assert np.isnan(place) if np.isnan(value) else place == 1 + better.sum()


def test_ranks_equal_the_databases() -> None:
    values = np.round(_random()[0][0], 0)
    frame = pd.DataFrame({"place": range(values.size), "value": values}).dropna()
    with duckdb.connect() as connection:
        connection.register("frame", frame)
        ranked = connection.execute(
            "select place, rank() over (order by value) from frame order by place"
        ).fetchall()
    made = rank(values=values, polarity=LOW)
    assert [(n, int(place)) for n, place in enumerate(made) if place == place] == ranked


@for_any(TABLES, st.floats(0, 5), st.sampled_from([HIGH, LOW]))
def test_rank_limits_hold_the_rank_and_stay_within_the_table(
    values: np.ndarray, error: float, polarity: Polarity
) -> None:
    made = rank_interval(values=values, standard_errors=error, polarity=polarity, draws=50)
    areas = (~np.isnan(values)).sum(axis=-1, keepdims=True)
    known = ~np.isnan(values)
    assert (((1 <= made.lower) & (made.upper <= areas)) | ~known).all()
    assert (((made.lower <= made.rank) & (made.rank <= made.upper)) | ~known).all()
    assert np.array_equal(np.isnan(made.lower), ~known)
    assert np.array_equal(np.isnan(made.upper), ~known)


def test_neither_the_order_of_areas_nor_other_tables_change_a_rank_interval() -> None:
    value, error = _random()
    whole = rank_interval(values=value, standard_errors=error, polarity=HIGH)
    mixed = np.random.default_rng(1).permutation(value.shape[1])
    for table in range(len(value)):
        alone = rank_interval(
            values=value[table][mixed], standard_errors=error[table][mixed], polarity=HIGH
        )
        for name in ("rank", "lower", "upper"):
            assert np.array_equal(
                getattr(alone, name), getattr(whole, name)[table][mixed], equal_nan=True
            )


def test_the_same_figures_always_give_the_same_rank_interval() -> None:
    made = rank_interval(
        values=[52.0, 49.5, 50.0, 47.0, 55.5, 50.5, 44.0, 51.0],
        standard_errors=[2.0, 3.0, 1.5, 4.0, 2.5, 1.0, 3.5, 2.0],
        polarity=HIGH,
    )
    assert list(made.lower) == [1, 1, 2, 2, 1, 2, 4, 1]
    assert list(made.upper) == [7, 8, 7, 8, 4, 7, 8, 7]


def test_rank_limits_turn_about_with_the_direction() -> None:
    value, error = _random(shape=(1, 60))
    high = rank_interval(values=value, standard_errors=error, polarity=HIGH, draws=4000)
    low = rank_interval(values=value, standard_errors=error, polarity=LOW, draws=4000)
    areas = (~np.isnan(value)).sum()
    assert np.nanmax(np.abs(high.lower - (areas + 1 - low.upper))) <= 3


def test_rank_limits_are_the_percentiles_of_simulated_ranks() -> None:
    value, error = np.arange(12.0), np.linspace(1, 3, 12)
    made = rank_interval(values=value, standard_errors=error, polarity=LOW, draws=20_000)
    noise = np.random.default_rng(99).standard_normal((20_000, 12))
    ranks = np.argsort(np.argsort(value + error * noise, axis=1), axis=1) + 1
    low, high = np.percentile(ranks, [2.5, 97.5], axis=0)
    assert np.abs(made.lower - low).max() <= 1 and np.abs(made.upper - high).max() <= 1
    assert (made.lower < made.rank).sum() > 6 and (made.upper > made.rank).sum() > 6


def test_more_confidence_never_narrows_a_rank_interval() -> None:
    value, error = _random()
    usual, strict = (
        rank_interval(values=value, standard_errors=error, polarity=HIGH, confidence=confidence)
        for confidence in (0.95, 0.998)
    )
    known = ~np.isnan(usual.lower)
    assert (strict.lower <= usual.lower)[known].all() and (strict.upper >= usual.upper)[known].all()
    assert (strict.upper - strict.lower)[known].sum() > (usual.upper - usual.lower)[known].sum()


def _smoothed_by_hand(part: Sequence[float], whole: Sequence[float]) -> list[float]:
    x, n = np.asarray(part, float), np.asarray(whole, float)
    centre = x.sum() / n.sum()
    spread = (n * (x / n - centre) ** 2).sum() / (centre * (1 - centre))
    others = len(n) - 1
    likeness = (spread - others) / (n.sum() - (n**2).sum() / n.sum() - others)
    weight = min(max(1 / likeness - 1, 1), n.sum()) if likeness > 0 else n.sum()
    return [float((a + weight * centre) / (b + weight)) for a, b in zip(x, n, strict=True)]


def test_smoothed_proportions_equal_a_plain_loop() -> None:
    draw = np.random.default_rng(4)
    whole = draw.integers(3, 40, (8, 25))
    part = draw.binomial(whole, draw.beta(4, 6, whole.shape))
    made = smoothed_proportions(numerator=part, denominator=whole)
    for table in range(8):
        assert np.allclose(made.estimate.value[table], _smoothed_by_hand(part[table], whole[table]))
    assert (made.strength > 1).all() and (made.strength < whole.sum(axis=1)).all()


def test_the_tiniest_groups_are_smoothed_by_the_same_rule() -> None:
    made = smoothed_proportions(numerator=[0, 2], denominator=[1, 2])
    assert np.allclose(made.estimate.value, _smoothed_by_hand([0, 2], [1, 2]))
    assert made.strength == 1


@for_any(st.lists(st.integers(1, 60).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))),
                min_size=1, max_size=10))  # fmt: skip
def test_smoothing_draws_every_group_towards_the_centre(counts: list[tuple[int, int]]) -> None:
    part, whole = (np.array(side) for side in zip(*counts, strict=True))
    made = smoothed_proportions(numerator=part, denominator=whole, per=100)
    raw, drawn = 100 * part / whole, made.estimate.value
    assert (np.abs(drawn - made.centre) <= np.abs(raw - made.centre) + 1e-9).all()
    assert ((drawn - made.centre) * (raw - made.centre) >= -1e-6).all()
    assert (made.estimate.lower >= 0).all() and (made.estimate.upper <= 100).all()
    assert 1 <= made.strength <= max(1, whole.sum())


def test_smoothed_proportions_are_nearer_the_truth_than_raw_ones() -> None:
    draw = np.random.default_rng(11)
    truth = draw.beta(20, 30, (200, 40))
    whole = draw.integers(3, 25, truth.shape)
    part = draw.binomial(whole, truth)
    made = smoothed_proportions(numerator=part, denominator=whole).estimate
    raw = np.sqrt(((part / whole - truth) ** 2).mean())
    assert np.sqrt(((made.value - truth) ** 2).mean()) < 0.5 * raw
    inside = (made.lower <= truth) & (truth <= made.upper)
    assert 0.94 < inside.mean() < 0.98


def test_smoothed_values_cover_the_truth_as_often_as_they_say() -> None:
    draw = np.random.default_rng(12)
    truth = draw.normal(40, 5, (400, 60))
    error = draw.uniform(2, 12, truth.shape)
    value = draw.normal(truth, error)
    made = smoothed_values(values=value, standard_errors=error)
    inside = (made.estimate.lower <= truth) & (truth <= made.estimate.upper)
    assert 0.94 < inside.mean() < 0.96
    assert abs(made.strength.mean() - 5) < 0.3


def test_rows_of_many_tables_are_answered_each_for_itself() -> None:
    value, error = _random()
    whole = np.round(np.nan_to_num(error, nan=3.0) * 20)
    part = np.floor(whole * np.where(np.isnan(value), np.nan, 0.4))
    for table in range(len(value)):
        one = smoothed_values(values=value[table], standard_errors=error[table])
        all_ = smoothed_values(values=value, standard_errors=error)
        assert np.allclose(one.estimate.upper, all_.estimate.upper[table], equal_nan=True)
        single = smoothed_proportions(numerator=part[table], denominator=whole[table])
        many = smoothed_proportions(numerator=part, denominator=whole)
        assert np.allclose(single.estimate.lower, many.estimate.lower[table], equal_nan=True)
        assert np.array_equal(np.isnan(single.estimate.value), np.isnan(part[table]))
