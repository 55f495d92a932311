"""Every function answers row by row: a missing number stays in its row, and so do errors."""

from __future__ import annotations

import warnings
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from typing import Any

import numpy as np
import pytest

from sendgap.errors import SendgapError
from sendgap.statistics import (
    comparison,
    funnels,
    means,
    movement,
    mover,
    proportions,
    rates,
    ratios,
)
from sendgap.statistics.errors import (
    ComparatorError,
    DenominatorError,
    InputError,
    IntervalError,
    NoDirectionError,
    NotNumbersError,
    NumeratorError,
    SettingError,
    ShapeError,
    StandardErrorError,
)
from sendgap.statistics.estimate import Estimate, normal_quantile, standard_error
from sendgap.statistics.inputs import COUNTABLE, LARGEST, SMALLEST
from sendgap.statistics.multiple import benjamini_hochberg
from sendgap.statistics.pooling import pool
from sendgap.statistics.ranks import rank, rank_interval
from sendgap.statistics.trends import trend
from sendgap.terms import Polarity

pytestmark = pytest.mark.filterwarnings("error")

nan, HIGH = np.nan, Polarity.HIGHER_IS_BETTER
FOUR = {
    "first_numerator": [5.0, 0.0, 9.0], "first_denominator": [10.0, 10.0, 9.0],
    "second_numerator": [3.0, 4.0, 0.0], "second_denominator": [9.0, 9.0, 7.0],
}  # fmt: skip
SIDES = {
    "sen_numerator": [5.0, 0.0, 9.0], "sen_denominator": [10.0, 10.0, 9.0],
    "reference_numerator": [3.0, 4.0, 0.0], "reference_denominator": [9.0, 9.0, 7.0],
}  # fmt: skip


def _sum(**given: Any) -> Estimate:
    terms = [proportions.wilson(numerator=given[f"x{n}"], denominator=9) for n in (1, 2)]
    return mover.mover(terms, weights=(2.0, -1.0))


def _gap(*, sen: Any, reference: Any) -> Estimate:
    levels = [rates.rate(events=events, exposure=100) for events in (sen, reference)]
    return mover.gap(sen=levels[0], reference=levels[1], polarity=Polarity.LOWER_IS_BETTER)


def _position(*, numerator: Any, comparator: Any) -> Any:
    made = proportions.wilson(numerator=numerator, denominator=20)
    return comparison.position(made, comparator=comparator, polarity=HIGH)


#: Functions that answer each row for itself, with three rows to ask about.
BY_ROW: list[tuple[Callable[..., Any], dict[str, Any], dict[str, Any]]] = [
    (proportions.wilson, {"numerator": [0.0, 5.0, 9.0], "denominator": [4.0, 9.0, 9.0]}, {}),
    (proportions.difference_of_proportions, FOUR, {}),
    (proportions.gap_of_proportions, SIDES, {"polarity": HIGH}),
    (ratios.ratio_of_proportions, FOUR, {}),
    (rates.poisson_exact, {"events": [0.0, 1.0, 50.0]}, {}),
    (rates.byar, {"events": [0.0, 1.0, 50.0]}, {}),
    (rates.rate, {"events": [0.0, 5.0, 50.0], "exposure": [9.0, 4.0, 100.0],
                  "dispersion": [1.0, 2.0, 3.0]}, {}),
    (rates.least_dispersion, {"events": [0.0, 5.0, 9.0], "people": [0.0, 2.0, 9.0]}, {}),
    (means.mean_of_pupils, {"mean": [1.0, -5.0, 3.0], "deviation": [2.0, 0.0, 1.0],
                            "pupils": [1.0, 2.0, 30.0]}, {}),
    (_sum, {"x1": [0.0, 3.0, 9.0], "x2": [5.0, 9.0, 0.0]}, {}),
    (_gap, {"sen": [0.0, 3.0, 90.0], "reference": [5.0, 9.0, 0.0]}, {}),
    (_position, {"numerator": [1.0, 10.0, 19.0], "comparator": [0.5, 0.5, 0.5]}, {}),
    (comparison.pupils_to_match, {"numerator": [1.0, 10.0, 19.0], "denominator": [20.0] * 3,
                                  "comparator": [0.5, 0.6, 0.7]}, {"polarity": HIGH}),
    (movement.split_change, {"sen_before": [1.0, 2.0, 3.0], "sen_now": [2.0, 2.0, 2.0],
                             "reference_before": [9.0, 8.0, 9.0],
                             "reference_now": [7.0, 9.0, 3.0]}, {"polarity": HIGH}),
    (movement.share_of_plans, {"ehc_denominator": [1.0, 0.0, 3.0],
                               "support_denominator": [4.0, 5.0, 6.0]}, {}),
    (funnels.proportion_limits, {"target": [0.2, 0.0, 1.0], "denominator": [9.0, 9.0, 9.0],
                                 "tau": [0.0, 0.1, 0.2]}, {}),
    (funnels.funnel_limits, {"target": [0.2, 0.0, 1.0], "standard_error": [9.0, 0.0, 9.0],
                             "tau": [0.0, 0.1, 0.2]}, {}),
    (funnels.rate_limits, {"target": [0.2, 7.0, 50.0], "exposure": [9.0, 50.0, 900.0]}, {}),
]  # fmt: skip
IDS = [function.__name__ for function, _, _ in BY_ROW]


def _parts(answer: Any) -> list[np.ndarray]:
    if is_dataclass(answer):
        return [getattr(answer, field.name) for field in fields(answer)]
    return [answer]


def _same(one: np.ndarray, other: np.ndarray) -> bool:
    if one.dtype.kind == "f":
        return bool(np.allclose(one, other, rtol=1e-12, atol=1e-12, equal_nan=True))
    return bool(np.array_equal(one, other))


@pytest.mark.parametrize(("function", "given", "more"), BY_ROW, ids=IDS)
def test_a_row_is_answered_as_if_it_were_alone(
    function: Callable[..., Any], given: dict[str, Any], more: dict[str, Any]
) -> None:
    together = _parts(function(**given, **more))
    for row in range(3):
        alone = _parts(function(**{name: array[row] for name, array in given.items()}, **more))
        for one, whole in zip(alone, together, strict=True):
            assert one.shape == () and whole.shape == (3,)
            assert _same(one, whole[row])


@pytest.mark.parametrize(("function", "given", "more"), BY_ROW, ids=IDS)
def test_a_missing_number_makes_its_own_row_missing_and_no_other(
    function: Callable[..., Any], given: dict[str, Any], more: dict[str, Any]
) -> None:
    together = _parts(function(**given, **more))
    for name in given:
        holed = {key: np.array(array) for key, array in given.items()}
        holed[name][1] = nan
        for found, whole in zip(_parts(function(**holed, **more)), together, strict=True):
            assert _same(found[[0, 2]], whole[[0, 2]])
        last = _parts(function(**holed, **more))[-1][1]
        assert last in ("not_tested", False) or np.isnan(last)


@pytest.mark.parametrize(("function", "given", "more"), BY_ROW, ids=IDS)
def test_tables_are_answered_in_their_own_shape(
    function: Callable[..., Any], given: dict[str, Any], more: dict[str, Any]
) -> None:
    tables = {name: np.tile(array, (2, 1)) for name, array in given.items()}
    together = _parts(function(**given, **more))
    for found, whole in zip(_parts(function(**tables, **more)), together, strict=True):
        assert found.shape == (2, 3) and _same(found[1], whole)
    for found in _parts(function(**{name: [] for name in given}, **more)):
        assert found.shape == (0,)


@pytest.mark.parametrize(("function", "given", "more"), BY_ROW, ids=IDS)
def test_shapes_that_differ_and_numbers_that_are_none_are_refused(
    function: Callable[..., Any], given: dict[str, Any], more: dict[str, Any]
) -> None:
    first = next(iter(given))
    if len(given) > 1:
        with pytest.raises(ShapeError):
            function(**{**given, first: given[first][:2]}, **more)
    for wrong in ("c", np.inf):
        with pytest.raises(NotNumbersError):
            function(**{**given, first: [given[first][0], wrong, given[first][2]]}, **more)


def test_an_error_says_where_what_and_which_rows() -> None:
    with pytest.raises(SendgapError) as refusal:
        proportions.wilson(numerator=[1, 5, 9, 3], denominator=[2, 4, 3, 3])
    assert str(refusal.value) == (
        "numerator: above its denominator in row 1 and 1 more; a part is never more than its whole"
    )
    assert isinstance(refusal.value, InputError) and refusal.value.rows == ((1,), (2,))
    with pytest.raises(InputError, match=r"^denominator: 0 or less in row \(0, 1\); write more"):
        proportions.wilson(numerator=[[0.0, 0.0]], denominator=[[3.0, 0.0]])
    with pytest.raises(InputError, match=r"^second numerator: below 0; write 0 or more$"):
        proportions.difference_of_proportions(
            first_numerator=1, first_denominator=2, second_numerator=-1, second_denominator=2
        )
    with pytest.raises(InputError, match=r"^confidence: 95; write a number between 0 and 1$"):
        normal_quantile(95)


WRONG: list[tuple[type[InputError], Callable[[], object]]] = [
    (NumeratorError, lambda: rates.byar(events=-1)),
    (NumeratorError, lambda: rates.rate(events=-1, exposure=1)),
    (NumeratorError, lambda: rates.dispersion_of_repeats(people=[1, -1])),
    (NumeratorError, lambda: rates.least_dispersion(events=3, people=-1)),
    (NumeratorError, lambda: rates.least_dispersion(events=3, people=4)),
    (NumeratorError, lambda: rates.least_dispersion(events=1, people=0)),
    (NumeratorError, lambda: pool(numerator=[-1], denominator=[1])),
    (NumeratorError, lambda: ratios.ratio_of_proportions(
        first_numerator=3, first_denominator=2, second_numerator=1, second_denominator=2)),
    (DenominatorError, lambda: pool(numerator=[1], denominator=[-1])),
    (DenominatorError, lambda: pool(numerator=[1], denominator=[0])),
    (DenominatorError, lambda: proportions.wilson(numerator=1, denominator=2 * COUNTABLE)),
    (DenominatorError, lambda: proportions.wilson(numerator=0, denominator=SMALLEST / 2)),
    (DenominatorError, lambda: funnels.rate_limits(target=1, exposure=-5)),
    (DenominatorError, lambda: funnels.proportion_limits(target=0.5, denominator=0)),
    (DenominatorError, lambda: movement.share_of_plans(ehc_denominator=0, support_denominator=0)),
    (NumeratorError, lambda: movement.share_of_plans(ehc_denominator=-1, support_denominator=5)),
    (StandardErrorError, lambda: means.mean_of_pupils(mean=1, deviation=-1, pupils=4)),
    (StandardErrorError, lambda: funnels.funnel_limits(target=1, standard_error=-1)),
    (ComparatorError, lambda: benjamini_hochberg(p_values=[-0.1])),
    (ComparatorError, lambda: benjamini_hochberg(p_values=[1.1])),
    (ComparatorError, lambda: funnels.proportion_limits(target=1.1, denominator=3)),
    (ComparatorError, lambda: comparison.pupils_to_match(
        numerator=1, denominator=2, comparator=1.1, polarity=HIGH)),
    (ComparatorError, lambda: movement.kitagawa(
        ehc_before=1, ehc_now=1, support_before=1, support_now=1, share_before=1.1, share_now=0,
        reference_before=1, reference_now=1, polarity=HIGH)),
    (SettingError, lambda: rates.rate(events=1, exposure=1, dispersion=0.99)),
    (DenominatorError, lambda: means.mean_of_pupils(mean=1, deviation=1, pupils=0.5)),
    (ComparatorError, lambda: funnels.proportion_limits(target=-0.1, denominator=3)),
    (ComparatorError, lambda: comparison.pupils_to_match(
        numerator=1, denominator=2, comparator=-0.1, polarity=HIGH)),
    (ComparatorError, lambda: movement.kitagawa(
        ehc_before=1, ehc_now=1, support_before=1, support_now=1, share_before=-0.1, share_now=0,
        reference_before=1, reference_now=1, polarity=HIGH)),
    (IntervalError, lambda: Estimate(np.array(1.0), np.array(2.0), np.array(3.0))),
    (SettingError, lambda: proportions.wilson(numerator=1, denominator=2, per=0)),
    (SettingError, lambda: proportions.wilson(numerator=1, denominator=2, confidence=0)),
    (SettingError, lambda: mover.mover((Estimate(*[np.array(1.0)] * 3),), weights=(0.0,))),
    (SettingError, lambda: rank_interval(
        values=[1], standard_errors=1, polarity=HIGH, draws=0)),
    (SettingError, lambda: pool(numerator=[1], denominator=[1], least_coverage=1.1)),
    (SettingError, lambda: pool(numerator=[1], denominator=[1], least_coverage=-0.1)),
    (SettingError, lambda: funnels.overdispersion(
        values=[1], standard_errors=1, target=0, winsorised=0.5)),
    (SettingError, lambda: trend(
        years=range(5), values=range(5), standard_errors=1, confidence=1)),
    (ShapeError, lambda: mover.mover((), weights=())),
    (ShapeError, lambda: mover.mover((Estimate(*[np.array(1.0)] * 3),), weights=(1.0, 2.0))),
    (ShapeError, lambda: rank(values=1.0, polarity=HIGH)),
    (ShapeError, lambda: rank(values=[], polarity=HIGH)),
    (ShapeError, lambda: trend(
        years=range(5), values=range(5), standard_errors=1, basis=["a", "b"])),
    (ShapeError, lambda: funnels.overdispersion(
        values=[[1, 2]], standard_errors=1, target=[0, 1])),
    (NotNumbersError, lambda: proportions.wilson(numerator=["c"], denominator=[1])),
    (NotNumbersError, lambda: means.mean_of_pupils(mean=2 * LARGEST, deviation=1, pupils=3)),
    (NotNumbersError, lambda: means.mean_of_pupils(mean=-2 * LARGEST, deviation=1, pupils=3)),
    (NoDirectionError, lambda: movement.split_change(
        sen_before=1, sen_now=1, reference_before=1, reference_now=1, polarity=Polarity.NONE)),
]  # fmt: skip


@pytest.mark.parametrize("number", range(len(WRONG)))
def test_what_cannot_be_true_is_refused_by_name(number: int) -> None:
    error, call = WRONG[number]
    with pytest.raises(error):
        call()


def test_the_largest_and_smallest_figures_pass_without_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        made = proportions.wilson(
            numerator=[0, COUNTABLE, SMALLEST], denominator=[SMALLEST, COUNTABLE, COUNTABLE]
        )
        assert (made.lower <= made.upper).all()
        funnels.overdispersion(values=[LARGEST, -LARGEST], standard_errors=SMALLEST, target=0)
        trend(years=range(5), values=[LARGEST, 0, 0, 0, -LARGEST], standard_errors=SMALLEST)
        ratios.ratio_of_proportions(
            first_numerator=1, first_denominator=COUNTABLE, second_numerator=COUNTABLE,
            second_denominator=COUNTABLE,
        )  # fmt: skip


def test_none_and_pandas_missing_values_are_missing() -> None:
    import pandas as pd

    made = proportions.wilson(numerator=[None, 1], denominator=[3, 3])
    assert np.array_equal(np.isnan(made.value), [True, False])
    column = pd.array([1, None], dtype="Int64")
    made = proportions.wilson(numerator=column, denominator=[3, 3])
    assert np.array_equal(np.isnan(made.upper), [False, True])


def test_a_single_number_stands_beside_an_array() -> None:
    made = proportions.wilson(numerator=[1, 2], denominator=10)
    assert np.allclose(made.value, [0.1, 0.2]) and made.value.shape == (2,)


def test_an_infinite_limit_gives_an_infinite_standard_error() -> None:
    ratio = Estimate(np.array(2.0), np.array(1.0), np.array(np.inf))
    assert standard_error(ratio) == np.inf
    made = mover.difference(ratio, Estimate(*[np.array(1.0)] * 3))
    assert made.upper == np.inf and made.lower == 0.0


def test_quantiles_are_not_rounded() -> None:
    assert abs(normal_quantile(0.95) - 1.959963984540054) < 1e-14
    assert abs(normal_quantile(0.998) - 3.090232306167813) < 1e-14
