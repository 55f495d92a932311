"""Ratios of sums over units that go together: sessions missed of sessions possible."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sendgap.statistics.estimate import USUAL, Estimate, normal_quantile
from sendgap.statistics.inputs import check_denominator, figures, multiplier


def clustered_ratio(
    *,
    units: ArrayLike,
    numerator: ArrayLike,
    denominator: ArrayLike,
    numerator_squares: ArrayLike,
    products: ArrayLike,
    denominator_squares: ArrayLike,
    confidence: float = USUAL,
    per: float = 100.0,
) -> Estimate:
    """A sum over a sum with the interval of a linearised ratio, units varying as wholes.

    The units are pupils, or schools where there are enough of them; squares and products
    are summed over units. With r the ratio, a and m a unit's two numbers, the standard
    error is the root of n/(n - 1) times the sum of (a - r m)², over the sum of m. Missing
    for fewer than two units. The lower limit stops at 0.

    Cochran WG (1977), Sampling techniques, 3rd edition, section 6.3 (without the correction
    for a finite population).
    """
    n, a, m, aa, am, mm = figures(
        units=units, numerator=numerator, denominator=denominator,
        numerator_squares=numerator_squares, products=products,
        denominator_squares=denominator_squares,
    )  # fmt: skip
    check_denominator(m)
    ratio = a / m
    scatter = np.maximum(aa - 2.0 * ratio * am + ratio**2 * mm, 0.0)
    several = np.where(n > 1, n, np.nan)
    error = np.sqrt(several / (several - 1.0) * scatter) / m
    reach = normal_quantile(confidence) * error
    scale = multiplier(per)
    return Estimate(scale * ratio, scale * np.maximum(ratio - reach, 0.0), scale * (ratio + reach))
