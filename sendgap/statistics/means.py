"""Means of pupils' scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sendgap.statistics.errors import DenominatorError, StandardErrorError
from sendgap.statistics.estimate import USUAL, Estimate, tail
from sendgap.statistics.inputs import figures, refuse


def mean_of_pupils(
    *, mean: ArrayLike, deviation: ArrayLike, pupils: ArrayLike, confidence: float = USUAL
) -> Estimate:
    """A mean with Student's t interval, in the score's unit.

    ``deviation`` is the standard deviation over the pupils with n - 1 below the line. A
    single pupil gives a value without limits. Means with published intervals need no
    function: they are an :class:`~sendgap.statistics.estimate.Estimate` as they stand, and
    :func:`~sendgap.statistics.mover.gap` takes them. A deviation below 0 raises
    :class:`~sendgap.statistics.errors.StandardErrorError`, fewer than one pupil
    :class:`~sendgap.statistics.errors.DenominatorError`.
    """
    value, spread, n = figures(mean=mean, deviation=deviation, pupils=pupils)
    refuse(spread < 0, StandardErrorError, "deviation", "below 0", "write 0 or more")
    refuse(n < 1, DenominatorError, "pupils", "fewer than 1", "write 1 or more")
    freedom = np.where(n > 1, n - 1.0, np.nan)
    reach = -special.stdtrit(freedom, tail(confidence)) * spread / np.sqrt(n)
    return Estimate(value, value - reach, value + reach)
