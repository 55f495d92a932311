"""Change over years against plain loops: trends, movements, decompositions, ratios."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import strategies as st
from scipy import optimize, stats

from sendgap.statistics.comparison import movement, position, position_of_gap
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.movement import kitagawa, share_of_plans, split_change
from sendgap.statistics.pooling import pool
from sendgap.statistics.ratios import ratio_of_proportions
from sendgap.statistics.trends import trend
from sendgap.terms import Polarity
from tests.statistics.support import for_any

pytestmark = pytest.mark.filterwarnings("error")

HIGH, LOW = Polarity.HIGHER_IS_BETTER, Polarity.LOWER_IS_BETTER
LEVEL = st.floats(0, 100)
SHARE = st.floats(0, 1)
YEARS = np.array([2016, 2017, 2018, 2019, 2022, 2023, 2024, 2025])


def _lines(seed: int = 7, lines: int = 300) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    draw = np.random.default_rng(seed)
    slope = draw.normal(0, 1, (lines, 1))
    value = 40 + slope * (YEARS - 2020) + draw.normal(0, 2, (lines, YEARS.size))
    error = draw.uniform(0.5, 3, value.shape)
    value[draw.random(value.shape) < 0.15] = np.nan
    error[draw.random(value.shape) < 0.05] = np.nan
    basis = np.where(draw.random(value.shape) < 0.1, "old", "new")
    return value, error, basis


def _plain(value: np.ndarray, error: np.ndarray, basis: np.ndarray) -> tuple[str, float, float]:
    known = [n for n in range(YEARS.size) if value[n] == value[n] and error[n] == error[n]]
    known = [n for n in known if basis[n] == basis[known[-1]]][-5:]
    if len(known) < 5:
        return "not_tested", np.nan, np.nan
    fits = []
    for left_out in (None, *known):
        kept = [n for n in known if n != left_out]
        line, cov = np.polyfit(
            YEARS[kept] - 2020, value[kept], 1, w=1 / error[kept], cov="unscaled"
        )
        fits.append((line[0], cov[0, 0]))
    slope, variance = fits[0]
    same = len({np.sign(each) for each, _ in fits}) == 1
    clear = same and stats.chi2.sf(slope**2 / variance, 1) < 0.002
    word = ("rising" if slope > 0 else "falling") if clear else "no_clear_trend"
    return word, slope, variance**0.5


def test_trends_equal_plain_weighted_fits() -> None:
    value, error, basis = _lines()
    made = trend(years=YEARS, values=value, standard_errors=error, basis=basis)
    seen = set()
    for line in range(len(value)):
        word, slope, deviation = _plain(value[line], error[line], basis[line])
        assert made.direction[line] == word
        assert np.isclose(made.slope[line], slope, equal_nan=True)
        assert np.isclose(made.standard_error[line], deviation, equal_nan=True)
        seen.add(word)
    assert seen == {"rising", "falling", "no_clear_trend", "not_tested"}


def test_a_trend_turns_about_with_its_values_and_does_not_care_when_it_was() -> None:
    value, error, _ = _lines()
    here = trend(years=YEARS, values=value, standard_errors=error)
    there = trend(years=YEARS + 100, values=100 - value, standard_errors=error)
    assert np.allclose(here.slope, -there.slope, equal_nan=True)
    turned = {"rising": "falling", "falling": "rising"}
    assert [turned.get(word, word) for word in here.direction] == list(there.direction)
    assert np.allclose(here.first_year + 100, there.first_year, equal_nan=True)


def test_one_basis_serves_all_lines_and_no_usable_point_is_not_tested() -> None:
    basis = np.array(["old"] * 3 + ["new"] * 5)
    value = np.array([[9.0, 9, 9, 1, 2, 3, 4, 5], [np.nan] * 8])
    made = trend(years=YEARS, values=value, standard_errors=0.1, basis=basis)
    assert list(made.direction) == ["rising", "not_tested"]
    assert made.first_year[0] == 2019 and np.isnan(made.first_year[1])


def test_the_newest_five_points_are_used() -> None:
    made = trend(years=range(6), values=[100, 1, 2, 3, 4, 5], standard_errors=0.1)
    assert made.direction == "rising" and made.first_year == 1 and np.isclose(made.slope, 1)


def test_a_trend_needs_more_than_the_usual_confidence() -> None:
    given_ = {"years": range(5), "values": [0, 1, 2, 3, 4.0], "standard_errors": 1.2}
    assert trend(**given_).direction == "no_clear_trend"
    assert trend(**given_, confidence=0.95).direction == "rising"


MOVES = st.lists(LEVEL, min_size=4, max_size=4)


@for_any(MOVES, st.sampled_from([HIGH, LOW]))
def test_the_two_movements_add_up_to_the_change(levels: list[float], polarity: Polarity) -> None:
    sen_before, sen_now, before, now = levels
    made = split_change(
        sen_before=sen_before, sen_now=sen_now, reference_before=before, reference_now=now,
        polarity=polarity,
    )  # fmt: skip
    sign = 1 if polarity is HIGH else -1
    assert np.isclose(made.change, sign * ((now - sen_now) - (before - sen_before)), atol=1e-9)
    assert np.isclose(made.change, made.sen + made.reference, atol=1e-9)
    if made.narrowed_because_others_fell:
        assert (
            made.change < 0 and sign * (now - before) < 0 and sign * (sen_now - sen_before) <= 1e-9
        )


@for_any(MOVES, st.lists(LEVEL, min_size=2, max_size=2), SHARE, SHARE, st.sampled_from([HIGH, LOW]))
def test_kitagawas_parts_leave_no_rest(
    rates: list[float], other: list[float], before: float, now: float, polarity: Polarity
) -> None:
    e0, e1, s0, s1 = rates
    made = kitagawa(
        ehc_before=e0, ehc_now=e1, support_before=s0, support_now=s1, share_before=before,
        share_now=now, reference_before=other[0], reference_now=other[1], polarity=polarity,
    )  # fmt: skip
    sign = 1 if polarity is HIGH else -1
    gaps = [
        sign * (n - (w * e + (1 - w) * s))
        for n, w, e, s in ((other[0], before, e0, s0), (other[1], now, e1, s1))
    ]
    assert np.isclose(made.change, gaps[1] - gaps[0], atol=1e-9)
    assert np.isclose(made.change, made.reference + made.ehc_plan + made.sen_support + made.mix)
    back = kitagawa(
        ehc_before=e1, ehc_now=e0, support_before=s1, support_now=s0, share_before=now,
        share_now=before, reference_before=other[1], reference_now=other[0], polarity=polarity,
    )  # fmt: skip
    for name in ("change", "reference", "ehc_plan", "sen_support", "mix"):
        assert np.isclose(getattr(made, name), -getattr(back, name), atol=1e-9)


def test_the_share_of_plans_comes_from_the_same_cohort() -> None:
    made = share_of_plans(ehc_denominator=[20, 0], support_denominator=[80, 7])
    assert np.array_equal(made, [0.2, 0.0])


@for_any(st.floats(0, 40), st.floats(0, 20), st.floats(0, 20), st.floats(0, 60))
def test_a_position_turns_about_with_the_direction(
    value: float, below: float, above: float, comparator: float
) -> None:
    made = Estimate(np.array(value), np.array(value - below), np.array(value + above))
    words = {p: str(position(made, comparator=comparator, polarity=p)) for p in Polarity}
    assert words[LOW] == {"better": "worse", "worse": "better"}.get(words[HIGH], words[HIGH])
    plain = {"higher": "better", "lower": "worse", "similar": "similar"}
    assert words[HIGH] == plain[words[Polarity.NONE]]
    assert str(position_of_gap(made, comparator=comparator)) == words[LOW]
    moved = {"better": "narrowed", "worse": "widened", "similar": "no_clear_change"}
    change = Estimate(*(np.array(n - comparator) for n in (value, value - below, value + above)))
    near = min(abs(value - below - comparator), abs(value + above - comparator)) < 1e-9
    assert near or str(movement(change)) == moved[words[LOW]]


def _score_by_likelihood(ratio: float, x1: int, n1: int, x2: int, n2: int) -> float:
    """The score's size with the constrained proportions found by climbing the likelihood."""

    def unlikely(q2: float) -> float:
        first = stats.binom.logpmf(x1, n1, min(ratio * q2, 1.0))
        return -float(first + stats.binom.logpmf(x2, n2, q2))

    top = min(1.0, 1.0 / ratio)
    found = optimize.minimize_scalar(unlikely, bounds=(0, top), method="bounded",
                                     options={"xatol": 1e-12})  # fmt: skip
    q2 = found.x
    q1 = ratio * q2
    variance = q1 * (1 - q1) / n1 + ratio**2 * q2 * (1 - q2) / n2
    return abs(x1 / n1 - ratio * x2 / n2) / variance**0.5


def test_ratio_limits_lie_where_the_score_reaches_its_quantile() -> None:
    draw = np.random.default_rng(2)
    for _ in range(40):
        n1, n2 = (int(n) for n in draw.integers(5, 300, 2))
        x1, x2 = int(draw.integers(1, n1)), int(draw.integers(1, n2))
        for corrected in (False, True):
            made = ratio_of_proportions(
                first_numerator=x1, first_denominator=n1, second_numerator=x2,
                second_denominator=n2, corrected=corrected,
            )  # fmt: skip
            scale = ((n1 + n2) / (n1 + n2 - 1)) ** 0.5 if corrected else 1.0
            for limit in (float(made.lower), float(made.upper)):
                score = _score_by_likelihood(limit, x1, n1, x2, n2)
                assert np.isclose(score, scale * 1.959963984540054, rtol=1e-4)


def test_a_pool_of_hidden_parts_says_what_it_covers() -> None:
    part, whole = np.array([[3.0, np.nan, 2.0]]), np.array([[10.0, 5.0, 20.0]])
    made = pool(numerator=part, denominator=whole, least_coverage=30 / 35)
    assert made.numerator == 5 and made.denominator == 30 and np.isclose(made.coverage, 30 / 35)
    assert np.isnan(pool(numerator=part, denominator=whole, least_coverage=0.86).numerator)
    unknown = pool(numerator=[3.0, 1.0], denominator=[10.0, np.nan], least_coverage=0.1)
    assert np.isnan(unknown.numerator) and np.isnan(unknown.coverage)
    free = pool(numerator=[3.0, 1.0], denominator=[10.0, np.nan], least_coverage=0.0)
    assert free.numerator == 3 and free.denominator == 10
    columns = pool(numerator=[[1, 2], [3, 4]], denominator=[[5, 6], [7, 8]], axis=0)
    assert np.array_equal(columns.numerator, [4, 6]) and np.array_equal(
        columns.denominator, [12, 14]
    )


def test_fewer_than_five_years_are_not_tested() -> None:
    made = trend(years=[2023, 2024], values=[[1.0, 2.0]] * 3, standard_errors=0.1, basis=["a", "b"])
    assert list(made.direction) == ["not_tested"] * 3 and np.isnan(made.slope).all()
    assert made.chi_square.shape == (3,) and np.isnan(made.first_year).all()
