"""MOVER: an interval for sums and differences of values that have intervals.

Zou GY, Donner A (2008), Construction of confidence limits about effect measures: a general
approach, Statistics in Medicine 27:1693-1702. Newcombe's method 10 is the case of two
proportions.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from sendgap.statistics.errors import SettingError, ShapeError
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.inputs import disadvantage, side_by_side
from sendgap.terms import Polarity


def mover(estimates: Sequence[Estimate], *, weights: Sequence[float]) -> Estimate:
    """The weighted sum of independent estimates, with its interval.

    The distance from the sum to its lower limit is the root of the summed squares of the
    terms' own distances: to the lower limit where the weight is positive, to the upper one
    where it is negative; the upper limit likewise. All terms have one unit and one
    confidence; the answer has them too. A term without limits leaves the answer a value
    without limits. Independent means different pupils: intervals of figures on the same
    pupils come out too wide where they rise and fall together.

    A weight of 0 raises :class:`~sendgap.statistics.errors.SettingError`; numbers of
    weights and estimates that differ, or none, raise
    :class:`~sendgap.statistics.errors.ShapeError`.
    """
    if not estimates or len(estimates) != len(weights):
        found = f"{len(estimates)} estimates, {len(weights)} weights"
        raise ShapeError("weights", found, "give each estimate its weight")
    if not all(abs(weight) > 0 for weight in weights):
        raise SettingError("weights", f"{list(weights)}", "write numbers other than 0")
    values = side_by_side(**{f"term {n}": each.value for n, each in enumerate(estimates)})
    total, below, above = (np.zeros(values[0].shape) for _ in range(3))
    for value, term, weight in zip(values, estimates, weights, strict=True):
        near, far = (term.lower, term.upper) if weight > 0 else (term.upper, term.lower)
        total = total + weight * value
        below = below + (weight * (value - near)) ** 2
        above = above + (weight * (far - value)) ** 2
    return Estimate(total, total - np.sqrt(below), total + np.sqrt(above))


def difference(first: Estimate, second: Estimate) -> Estimate:
    """``first`` minus ``second``, which rest on different pupils.

    The change of a gap is the later gap minus the earlier, positive where it widened; two
    areas' gaps compare the same way. Both equal the four-term sum of the levels.
    """
    return mover((first, second), weights=(1.0, -1.0))


def gap(*, sen: Estimate, reference: Estimate, polarity: Polarity) -> Estimate:
    """How far the SEN group does worse than the reference, in their unit.

    Positive is disadvantage: reference minus SEN where higher is better, SEN minus
    reference where lower is. For rates, and for means with published intervals; for
    proportions from counts :func:`~sendgap.statistics.proportions.gap_of_proportions`
    gives the same and keeps within what a proportion can be. No direction raises
    :class:`~sendgap.statistics.errors.NoDirectionError`.
    """
    sign = disadvantage(polarity)
    return mover((reference, sen), weights=(sign, -sign))
