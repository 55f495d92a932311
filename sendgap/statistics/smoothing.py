"""Empirical Bayes: small groups drawn towards all groups together.

For ordering and maps, labelled as smoothed; never in place of the reported figure, for a
target, or for a figure that is suppressed.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sendgap.statistics.estimate import USUAL, Estimate, normal_quantile, tail
from sendgap.statistics.inputs import (
    Flags,
    Floats,
    check_standard_error,
    missing,
    multiplier,
    parts_and_wholes,
    rows_of,
)


@dataclass(frozen=True, slots=True, eq=False)
class Smoothed:
    """Smoothed values with intervals, what they are drawn to, and how strongly.

    ``centre`` and ``strength`` have one entry for each table. For proportions the strength is
    how many pupils the centre weighs; for normal values the standard deviation between
    groups, so that less is stronger.
    """

    estimate: Estimate
    centre: Floats
    strength: Floats


def smoothed_proportions(
    *, numerator: ArrayLike, denominator: ArrayLike, confidence: float = USUAL, per: float = 1.0
) -> Smoothed:
    """Proportions of groups, the last axis, drawn to the pooled proportion (beta-binomial).

    The prior's weight comes from moments: the likeness r within groups makes the
    pupil-weighted squared distances from the pooled proportion as large as they are, and the
    centre weighs 1/r - 1 pupils: at least one, at most as many as there are in all. The
    interval is the posterior's with r a standard error larger than found, and holds the
    value; with r as found it would leave out the truth up to four times too often. Groups
    missing a count stay missing and do not count. A table of none (or of all) takes half a
    pupil more (or fewer) for its centre. Kleinman JC (1973), Journal of the American
    Statistical Association 68:46-54.
    """
    part, whole = parts_and_wholes(numerator=numerator, denominator=denominator)
    part, whole = rows_of(numerator=part, denominator=whole)
    alpha, per = tail(confidence), multiplier(per)
    known = ~missing(part, whole)
    x, n = (np.where(known, array, 0.0) for array in (part, whole))
    centre = _inside(x.sum(axis=-1), n.sum(axis=-1))
    weight, lighter = _weights(x, n, centre)
    a, b = _posterior(x, n, centre, weight)
    value = a / (a + b)
    a, b = _posterior(x, n, centre, lighter)
    lower = np.minimum(special.betaincinv(a, b, alpha), value)
    upper = np.maximum(special.betainccinv(a, b, alpha), value)
    made = (np.where(known, per * array, np.nan) for array in (value, lower, upper))
    some = known.any(axis=-1)
    return Smoothed(
        Estimate(*made),
        np.asarray(np.where(some, per * centre, np.nan)),
        np.asarray(np.where(some, weight, np.nan)),
    )


def _inside(events: Floats, pupils: Floats) -> Floats:
    """The pooled proportion, kept off 0 and 1."""
    extreme = (events <= 0) | (events >= pupils)
    pooled = events / np.where(extreme, 1.0, pupils)
    return np.where(extreme, (events + 0.5) / (pupils + 1.0), pooled)


def _posterior(x: Floats, n: Floats, centre: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The parameters of each group's beta posterior."""
    prior = (weight * centre)[..., None], (weight * (1.0 - centre))[..., None]
    return x + prior[0], n - x + prior[1]


def _weights(x: Floats, n: Floats, centre: Floats) -> tuple[Floats, Floats]:
    """How many pupils the centre weighs: by the likeness found, and by a larger one."""
    size = np.maximum(n.sum(axis=-1), 1.0)
    others = np.maximum((n > 0).sum(axis=-1) - 1.0, 0.0)
    off = x / np.where(n > 0, n, 1.0) - centre[..., None]
    spread = (n * off**2).sum(axis=-1) / (centre * (1.0 - centre))
    room = size - (n**2).sum(axis=-1) / size - others
    found = np.where(room > 0, np.maximum(spread - others, 0.0), 0.0)
    likeness = [
        np.clip(excess / np.where(room > 0, room, 1.0), np.finfo(np.float64).eps, 1.0)
        for excess in (found, found + np.sqrt(2.0 * others))
    ]
    weight, lighter = (np.clip(1.0 / each - 1.0, 1.0, size) for each in likeness)
    return weight, lighter


def smoothed_values(
    *, values: ArrayLike, standard_errors: ArrayLike, confidence: float = USUAL
) -> Smoothed:
    """Values of groups, the last axis, drawn to their weighted mean (normal, by moments).

    For gaps and means. The variance between groups is DerSimonian and Laird's (Controlled
    Clinical Trials 1986, 7:177-188). The interval takes it a standard error larger than
    found, allows for not knowing the mean and holds the value. Groups without a value or
    standard error stay missing. A standard error of 0 or less raises
    :class:`~sendgap.statistics.errors.StandardErrorError`.
    """
    value, error = rows_of(values=values, standard_errors=standard_errors)
    check_standard_error(error)
    z = normal_quantile(confidence)
    known = ~missing(value, error)
    y, variance = np.where(known, value, 0.0), np.where(known, error, 1.0) ** 2
    between, larger = _between(y, np.where(known, 1.0 / variance, 0.0))
    drawn, centre, _ = _drawn(y, variance, known, between)
    middle, _, deviation = _drawn(y, variance, known, larger)
    return Smoothed(
        Estimate(
            drawn,
            np.minimum(middle - z * deviation, drawn),
            np.maximum(middle + z * deviation, drawn),
        ),
        centre,
        np.asarray(np.where(np.isnan(centre), np.nan, np.sqrt(between))),
    )


def _drawn(
    y: Floats, variance: Floats, known: Flags, between: Floats
) -> tuple[Floats, Floats, Floats]:
    """Values drawn to their mean for a variance between groups, the mean, and deviations."""
    apart = between[..., None]
    weight = np.where(known, 1.0 / (variance + apart), 0.0)
    total = np.where(known.any(axis=-1), weight.sum(axis=-1), np.nan)
    centre = np.asarray((weight * y).sum(axis=-1) / total)
    pull = variance / (variance + apart)
    drawn = np.where(known, y + pull * (centre[..., None] - y), np.nan)
    return drawn, centre, np.sqrt(apart * pull + pull**2 / total[..., None])


def _between(y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """DerSimonian and Laird's variance between groups, and one a standard error larger."""
    total = np.maximum(weight.sum(axis=-1), np.finfo(np.float64).tiny)
    mean = (weight * y).sum(axis=-1) / total
    q = (weight * (y - mean[..., None]) ** 2).sum(axis=-1)
    others = np.maximum((weight > 0).sum(axis=-1) - 1.0, 0.0)
    room = np.where(others > 0, total - (weight**2).sum(axis=-1) / total, 1.0)
    found = np.where(others > 0, np.maximum(q - others, 0.0), 0.0)
    return np.asarray(found / room), np.asarray((found + np.sqrt(2.0 * others)) / room)
