"""The ratio of two proportions, by the score method."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy.optimize import elementwise

from sendgap.statistics.estimate import USUAL, Estimate, normal_quantile
from sendgap.statistics.inputs import Floats, missing, parts_and_wholes, side_by_side

#: How far, as a factor either way, a limit is looked for.
REACH = 1e12


def ratio_of_proportions(
    *,
    first_numerator: ArrayLike,
    first_denominator: ArrayLike,
    second_numerator: ArrayLike,
    second_denominator: ArrayLike,
    corrected: bool = True,
    confidence: float = USUAL,
) -> Estimate:
    """The first proportion over the second, of different pupils, with its score interval.

    ``corrected`` multiplies the variance by N/(N - 1) (Miettinen OS, Nurminen M (1985),
    Statistics in Medicine 4:213-226); without it the interval is Koopman's (Koopman PAR
    (1984), Biometrics 40:513-517). None in the first group: the lower limit is 0. None in
    the second: the upper limit is infinite and the value missing. None in both: nothing is
    known, 0 to infinity. A ratio turns about with the words ("reached" or "not reached"),
    so the gap comes first and ratios are never ranked. Refuses what
    :func:`~sendgap.statistics.proportions.wilson` refuses.
    """
    x1, n1 = parts_and_wholes(
        numerator=first_numerator, denominator=first_denominator, name="first"
    )
    x2, n2 = parts_and_wholes(
        numerator=second_numerator, denominator=second_denominator, name="second"
    )
    x1, n1, x2, n2 = side_by_side(x1=x1, n1=n1, x2=x2, n2=n2)
    z = normal_quantile(confidence)
    value = (x1 / n1) / np.where(x2 > 0, x2 / n2, np.nan)
    lower = np.where(x1 > 0, _limit(x1, n1, x2, n2, corrected, z), 0.0)
    upper = np.where(x2 > 0, _limit(x1, n1, x2, n2, corrected, -z), np.inf)
    blank = np.where(missing(x1, n1, x2, n2), np.nan, 0.0)
    return Estimate(value, lower + blank, upper + blank)


def _limit(x1: Floats, n1: Floats, x2: Floats, n2: Floats, corrected: bool, z: float) -> Floats:
    """The ratio at which the score equals ``z``; meaningless where the row has none."""
    known = (x1 if z > 0 else x2) > 0
    rows = [np.where(known, array, usual) for array, usual in
            ((x1, 1.0), (n1, 2.0), (x2, 1.0), (n2, 2.0))]  # fmt: skip
    anchor = np.log((rows[0] + 0.5) / (rows[1] + 1.0) * (rows[3] + 1.0) / (rows[2] + 0.5))
    total = rows[1] + rows[3]
    scale = total / np.maximum(total - 1.0, 0.5) if corrected else np.ones(total.shape)
    found = elementwise.find_root(
        lambda log, *row: _score(np.exp(log), *row) - z,
        (anchor - np.log(REACH), anchor + np.log(REACH)),
        args=(*rows, scale),
    )
    return np.asarray(np.exp(found.x))


def _score(ratio: Floats, x1: Floats, n1: Floats, x2: Floats, n2: Floats, scale: Floats) -> Floats:
    """How many standard errors the data lie from a ratio; falls as the ratio rises.

    Only where all of both groups reached it is there no variance, at a ratio of 1: there 0.
    """
    a = (n1 + n2) * ratio
    b = n1 * ratio + x1 + n2 + x2 * ratio
    c = x1 + x2
    q2 = 2.0 * c / (b + np.sqrt(np.maximum(b * b - 4.0 * a * c, 0.0)))
    q1 = np.minimum(ratio * q2, 1.0)
    off = x1 / n1 - ratio * x2 / n2
    variance = scale * (q1 * (1.0 - q1) / n1 + ratio**2 * q2 * np.maximum(1.0 - q2, 0.0) / n2)
    spread = np.sqrt(np.where(variance > 0, variance, 1.0))
    return np.asarray(np.where(variance > 0, off / spread, 0.0))
