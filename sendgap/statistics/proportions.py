"""Proportions of pupils, and the gap between two groups of pupils."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sendgap.statistics.estimate import USUAL, Estimate, normal_quantile
from sendgap.statistics.inputs import Floats, disadvantage, multiplier, parts_and_wholes
from sendgap.statistics.mover import difference
from sendgap.terms import Polarity


def wilson(
    *, numerator: ArrayLike, denominator: ArrayLike, confidence: float = USUAL, per: float = 1.0
) -> Estimate:
    """The proportion with Wilson's score interval, out of ``per`` (100 for percentages).

    Limits stay within 0 and ``per``; none of n starts at exactly 0, all of n ends at exactly
    ``per``. The interval speaks of the chance in one year's pupils, as if they had been
    drawn from all who could have been here; there is no correction for having counted
    everyone. Not for sessions of absence, which cluster in pupils.

    A numerator below 0 or above its denominator, or a denominator of 0 or less, is refused.
    Wilson EB (1927), Journal of the American Statistical Association 22:209-212.
    """
    part, whole = parts_and_wholes(numerator=numerator, denominator=denominator)
    return _score_interval(part, whole, normal_quantile(confidence), multiplier(per))


def _score_interval(part: Floats, whole: Floats, z: float, per: float) -> Estimate:
    """Wilson's interval of counts that have been checked."""
    return Estimate(
        per * (part / whole),
        per * _lower(part, whole, z),
        per * (1.0 - _lower(whole - part, whole, z)),
    )


def _lower(part: Floats, whole: Floats, z: float) -> Floats:
    """Wilson's lower limit, without subtracting numbers near each other.

    The two limits are the roots of (n + z²)p² - (2x + z²)p + x²/n, so the lower one is the
    roots' product over the upper one.
    """
    root = np.sqrt(z * z + 4.0 * part * (1.0 - part / whole))
    return np.asarray(2.0 * part * (part / whole) / (2.0 * part + z * z + z * root))


def difference_of_proportions(
    *,
    first_numerator: ArrayLike,
    first_denominator: ArrayLike,
    second_numerator: ArrayLike,
    second_denominator: ArrayLike,
    confidence: float = USUAL,
    per: float = 1.0,
) -> Estimate:
    """The first proportion minus the second, of different pupils, by Newcombe's method 10.

    Limits never leave -``per`` to ``per``. An area within another (a cluster in its
    authority) is compared with the rest of it, not with the whole. Refuses what
    :func:`wilson` refuses.

    Newcombe RG (1998), Interval estimation for the difference between independent
    proportions, Statistics in Medicine 17:873-890.
    """
    z, per = normal_quantile(confidence), multiplier(per)
    first = parts_and_wholes(numerator=first_numerator, denominator=first_denominator, name="first")
    second = parts_and_wholes(
        numerator=second_numerator, denominator=second_denominator, name="second"
    )
    both = difference(_score_interval(*first, z, per), _score_interval(*second, z, per))
    return Estimate(both.value, np.maximum(both.lower, -per), np.minimum(both.upper, per))


def gap_of_proportions(
    *,
    sen_numerator: ArrayLike,
    sen_denominator: ArrayLike,
    reference_numerator: ArrayLike,
    reference_denominator: ArrayLike,
    polarity: Polarity,
    confidence: float = USUAL,
    per: float = 1.0,
) -> Estimate:
    """How far the SEN group does worse than the reference, by Newcombe's method 10.

    Positive is disadvantage; in percentage points where ``per`` is 100. The two groups are
    different pupils. No direction raises
    :class:`~sendgap.statistics.errors.NoDirectionError`.
    """
    reference, sen = (reference_numerator, reference_denominator), (sen_numerator, sen_denominator)
    first, second = (reference, sen) if disadvantage(polarity) > 0 else (sen, reference)
    return difference_of_proportions(
        first_numerator=first[0],
        first_denominator=first[1],
        second_numerator=second[0],
        second_denominator=second[1],
        confidence=confidence,
        per=per,
    )
