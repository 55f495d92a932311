"""What must hold for any counts, values and years."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import strategies as st

from sendgap.statistics.comparison import pupils_to_match
from sendgap.statistics.estimate import Estimate, standard_error
from sendgap.statistics.mover import difference, gap, mover
from sendgap.statistics.pooling import pool
from sendgap.statistics.proportions import difference_of_proportions, gap_of_proportions, wilson
from sendgap.statistics.rates import byar, least_dispersion, poisson_exact, rate
from sendgap.statistics.ratios import ratio_of_proportions
from sendgap.terms import Polarity
from tests.statistics.support import for_any

pytestmark = pytest.mark.filterwarnings("error")

WHOLES = st.integers(1, 100_000)
COUNTS = WHOLES.flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))
DIRECTED = st.sampled_from([Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER])
CONFIDENCE = st.sampled_from([0.5, 0.9, 0.95, 0.998])
NOISE = 1e-12


def _two(one: tuple[int, int], other: tuple[int, int], **more: object) -> Estimate:
    return difference_of_proportions(
        first_numerator=one[0], first_denominator=one[1],
        second_numerator=other[0], second_denominator=other[1], **more,  # type: ignore[arg-type]
    )  # fmt: skip


@for_any(COUNTS, CONFIDENCE)
def test_wilson_keeps_its_order_within_0_and_1(count: tuple[int, int], confidence: float) -> None:
    made = wilson(numerator=count[0], denominator=count[1], confidence=confidence)
    assert 0 <= made.lower <= made.value <= made.upper <= 1
    assert (made.lower == 0) == (count[0] == 0)
    assert (made.upper == 1) == (count[0] == count[1])


@for_any(COUNTS)
def test_wilson_of_those_who_did_not_mirrors_those_who_did(count: tuple[int, int]) -> None:
    reached = wilson(numerator=count[0], denominator=count[1])
    missed = wilson(numerator=count[1] - count[0], denominator=count[1])
    assert np.isclose(reached.lower, 1 - missed.upper, rtol=0, atol=NOISE)
    assert np.isclose(reached.upper, 1 - missed.lower, rtol=0, atol=NOISE)


@for_any(COUNTS, st.integers(2, 50))
def test_more_pupils_of_the_same_share_narrow_the_interval(
    count: tuple[int, int], times: int
) -> None:
    few = wilson(numerator=count[0], denominator=count[1])
    many = wilson(numerator=times * count[0], denominator=times * count[1])
    assert many.upper - many.lower < few.upper - few.lower


@for_any(COUNTS)
def test_one_more_pupil_reaching_it_lifts_both_limits(count: tuple[int, int]) -> None:
    here = wilson(numerator=count[0], denominator=count[1] + 1)
    more = wilson(numerator=count[0] + 1, denominator=count[1] + 1)
    assert more.lower > here.lower and more.upper > here.upper


@for_any(COUNTS, COUNTS)
def test_swapping_the_groups_negates_the_difference(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    here, there = _two(one, other), _two(other, one)
    assert np.isclose(here.value, -there.value, rtol=0, atol=NOISE)
    assert np.isclose(here.lower, -there.upper, rtol=0, atol=NOISE)
    assert -1 <= here.lower <= here.value <= here.upper <= 1


@for_any(COUNTS, COUNTS)
def test_percentage_points_are_a_hundred_times_the_difference(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    here, points = _two(one, other), _two(one, other, per=100.0)
    for name in ("value", "lower", "upper"):
        assert np.isclose(100 * getattr(here, name), getattr(points, name), rtol=0, atol=1e-10)


@for_any(COUNTS, COUNTS, DIRECTED)
def test_a_gap_is_positive_where_sen_does_worse(
    sen: tuple[int, int], reference: tuple[int, int], polarity: Polarity
) -> None:
    made = gap_of_proportions(
        sen_numerator=sen[0], sen_denominator=sen[1],
        reference_numerator=reference[0], reference_denominator=reference[1], polarity=polarity,
    )  # fmt: skip
    ahead = Fraction(*reference) - Fraction(*sen)
    worse = ahead if polarity is Polarity.HIGHER_IS_BETTER else -ahead
    assert np.isclose(made.value, float(worse), rtol=0, atol=NOISE)
    levels = [wilson(numerator=x, denominator=n) for x, n in (sen, reference)]
    same = gap(sen=levels[0], reference=levels[1], polarity=polarity)
    for name in ("value", "lower", "upper"):
        assert np.isclose(getattr(made, name), getattr(same, name), rtol=0, atol=NOISE)


@for_any(st.tuples(COUNTS, COUNTS, COUNTS, COUNTS))
def test_a_change_of_gaps_is_the_sum_of_four_levels(counts: tuple[tuple[int, int], ...]) -> None:
    levels = [wilson(numerator=x, denominator=n) for x, n in counts]
    nested = difference(difference(levels[0], levels[1]), difference(levels[2], levels[3]))
    flat = mover(levels, weights=(1, -1, -1, 1))
    for name in ("value", "lower", "upper"):
        assert np.isclose(getattr(nested, name), getattr(flat, name), rtol=0, atol=NOISE)


@for_any(COUNTS, COUNTS, st.floats(0.01, 100), st.floats(0.01, 100))
def test_a_weighted_sum_turns_about_with_its_weights(
    one: tuple[int, int], other: tuple[int, int], left: float, right: float
) -> None:
    levels = [wilson(numerator=x, denominator=n) for x, n in (one, other)]
    here, there = mover(levels, weights=(left, -right)), mover(levels, weights=(-left, right))
    assert np.isclose(here.value, -there.value) and np.isclose(here.lower, -there.upper)
    doubled = mover(levels, weights=(2 * left, -2 * right))
    assert np.isclose(doubled.upper, 2 * here.upper)


@for_any(st.integers(0, 5000), CONFIDENCE)
def test_exact_poisson_limits_leave_their_tails(events: int, confidence: float) -> None:
    from scipy import stats

    made, tail = poisson_exact(events=events, confidence=confidence), (1 - confidence) / 2
    assert np.isclose(stats.poisson.cdf(events, made.upper), tail, rtol=1e-7)
    if events:
        assert np.isclose(stats.poisson.sf(events - 1, made.lower), tail, rtol=1e-7)


@for_any(st.integers(10, 100_000))
def test_byar_is_near_the_exact_interval_from_ten_on(events: int) -> None:
    near, exact = byar(events=events), poisson_exact(events=events)
    assert abs(near.lower / exact.lower - 1) < 1.7e-3
    assert abs(near.upper / exact.upper - 1) < 6.1e-5


@for_any(st.integers(0, 60), st.integers(1, 10_000), st.floats(1, 50), CONFIDENCE)
def test_a_rate_keeps_its_order_and_repeats_widen_it(
    events: int, exposure: int, dispersion: float, confidence: float
) -> None:
    plain = rate(events=events, exposure=exposure, confidence=confidence)
    wide = rate(events=events, exposure=exposure, confidence=confidence, dispersion=dispersion)
    assert 0 <= wide.lower <= plain.lower <= plain.value <= plain.upper <= wide.upper
    grown = (wide.upper - wide.value) / (plain.upper - plain.value)
    assert np.isclose(grown, np.sqrt(dispersion))
    thousand = rate(events=events, exposure=exposure, confidence=confidence, per=1000.0)
    assert np.isclose(thousand.upper, 10 * plain.upper)


@for_any(st.lists(st.integers(0, 30), min_size=1, max_size=8))
def test_the_least_dispersion_is_never_above_the_true_one(people: list[int]) -> None:
    from sendgap.statistics.rates import dispersion_of_repeats

    events = sum(times * count for times, count in enumerate(people, 1))
    least = least_dispersion(events=events, people=sum(people))
    assert 1 <= least <= dispersion_of_repeats(people=people) + NOISE


@for_any(COUNTS, COUNTS, st.booleans())
def test_swapping_the_groups_turns_the_ratio_over(
    one: tuple[int, int], other: tuple[int, int], corrected: bool
) -> None:
    def ratio(a: tuple[int, int], b: tuple[int, int]) -> Estimate:
        return ratio_of_proportions(
            first_numerator=a[0], first_denominator=a[1], second_numerator=b[0],
            second_denominator=b[1], corrected=corrected,
        )  # fmt: skip

    here, there = ratio(one, other), ratio(other, one)
    assert here.lower <= here.upper
    assert np.isinf(here.upper) == (other[0] == 0) and (here.lower == 0) == (one[0] == 0)
    if other[0]:
        assert np.isclose(here.upper * there.lower, 1, rtol=1e-6)
        assert here.lower <= here.value <= here.upper


@for_any(st.lists(COUNTS, min_size=1, max_size=12), st.randoms())
def test_the_order_of_pooling_is_irrelevant(counts: list[tuple[int, int]], dice: object) -> None:
    mixed = list(counts)
    dice.shuffle(mixed)  # type: ignore[attr-defined]
    for order in (counts, mixed):
        part, whole = zip(*order, strict=True)
        pooled = pool(numerator=part, denominator=whole)
        assert pooled.numerator == sum(x for x, _ in counts)
        assert pooled.denominator == sum(n for _, n in counts)
        assert pooled.coverage == 1


@for_any(COUNTS, st.integers(0, 1000), DIRECTED)
def test_pupils_to_match_is_the_fewest_that_do(
    count: tuple[int, int], thousandths: int, polarity: Polarity
) -> None:
    part, whole = count
    target = Fraction(thousandths, 1000)
    found = int(
        pupils_to_match(
            numerator=part, denominator=whole, comparator=thousandths / 10,
            polarity=polarity, per=100,
        )
    )  # fmt: skip
    sign = 1 if polarity is Polarity.HIGHER_IS_BETTER else -1

    def matched(more: int) -> bool:
        return sign * (Fraction(part + sign * more, whole) - target) >= 0

    assert matched(found) and (found == 0 or not matched(found - 1))


@for_any(st.floats(-1e6, 1e6), st.floats(1e-3, 1e6), CONFIDENCE)
def test_a_standard_error_comes_back_from_its_interval(
    value: float, error: float, confidence: float
) -> None:
    from scipy import stats

    reach = stats.norm.ppf((1 + confidence) / 2) * error
    made = Estimate(np.asarray(value), np.asarray(value - reach), np.asarray(value + reach))
    assert np.isclose(standard_error(made, confidence=confidence), error, rtol=1e-6)
