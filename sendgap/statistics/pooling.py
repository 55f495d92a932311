"""Pooling by counts: over years, schools or areas."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from sendgap.statistics.errors import DenominatorError, NumeratorError
from sendgap.statistics.inputs import Floats, missing, refuse, rows_of, setting


@dataclass(frozen=True, slots=True, eq=False)
class Pooled:
    """Sums of numerators and of denominators, and the share of pupils they cover.

    Numerator and denominator count the parts with both; both are missing where the coverage
    is too low or nobody was counted. ``coverage`` is from 0 to 1, missing where a
    denominator is.
    """

    numerator: Floats
    denominator: Floats
    coverage: Floats


def pool(
    *,
    numerator: ArrayLike,
    denominator: ArrayLike,
    axis: int = -1,
    least_coverage: float = 1.0,
) -> Pooled:
    """Sum of numerators over sum of denominators, never the mean of percentages.

    The axis that runs over years, schools or areas is summed away. A part whose numerator is
    hidden counts as missing; the answer is missing unless the others hold at least
    ``least_coverage`` of all pupils. A missing denominator leaves the coverage unknown,
    which is enough only where ``least_coverage`` is 0. A part with nobody in it, 0 of 0,
    changes nothing. Figures of events are taken as well, so a numerator may exceed its
    denominator. Numbers below 0 are refused.
    """
    part, whole = rows_of(numerator=numerator, denominator=denominator)
    least = setting("least_coverage", least_coverage, above=-1e-9, below=1.0 + 1e-9)
    refuse(part < 0, NumeratorError, "numerator", "below 0", "write 0 or more")
    refuse(whole < 0, DenominatorError, "denominator", "below 0", "write 0 or more")
    refuse((whole == 0) & (part > 0), DenominatorError, "denominator", "0", "write who was counted")
    known = ~missing(part, whole)
    top = np.where(known, part, 0.0).sum(axis=axis)
    bottom = np.where(known, whole, 0.0).sum(axis=axis)
    everyone = whole.sum(axis=axis)
    coverage = np.where(everyone == 0, np.nan, bottom / np.where(everyone == 0, 1.0, everyone))
    enough = (bottom > 0) & ((coverage >= least) | (least <= 0))
    return Pooled(
        np.asarray(np.where(enough, top, np.nan)),
        np.asarray(np.where(enough, bottom, np.nan)),
        np.asarray(coverage),
    )
