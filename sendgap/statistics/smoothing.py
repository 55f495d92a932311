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
    Floats,
    check_standard_error,
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
    interval is the posterior's. Groups missing a count stay missing and do not count. A
    table of none (or of all) takes half a pupil more (or fewer) for its centre. Kleinman JC
    (1973), Journal of the American Statistical Association 68:46-54.
    """
    part, whole = parts_and_wholes(numerator=numerator, denominator=denominator)
    part, whole = rows_of(numerator=part, denominator=whole)
    alpha, per = tail(confidence), multiplier(per)
    known = ~np.isnan(part + whole)
    x, n = (np.where(known, array, 0.0) for array in (part, whole))
    pupils = n.sum(axis=-1)
    centre = _inside(x.sum(axis=-1), pupils)
    weight = np.clip(1.0 / _likeness(x, n, centre) - 1.0, 1.0, np.maximum(pupils, 1.0))
    prior = [share[..., None] for share in (weight * centre, weight * (1.0 - centre))]
    a, b = x + prior[0], n - x + prior[1]
    value, lower, upper = (
        a / (a + b),
        special.betaincinv(a, b, alpha),
        special.betainccinv(a, b, alpha),
    )
    limits = (value, np.minimum(lower, value), np.maximum(upper, value))
    estimate = Estimate(*(np.where(known, per * array, np.nan) for array in limits))
    some = known.any(axis=-1)
    return Smoothed(
        estimate,
        np.asarray(np.where(some, per * centre, np.nan)),
        np.asarray(np.where(some, weight, np.nan)),
    )


def _inside(events: Floats, pupils: Floats) -> Floats:
    """The pooled proportion, kept off 0 and 1."""
    extreme = (events <= 0) | (events >= pupils)
    return np.where(
        extreme, (events + 0.5) / (pupils + 1.0), events / np.where(extreme, 1.0, pupils)
    )


def _likeness(x: Floats, n: Floats, centre: Floats) -> Floats:
    """How alike pupils of one group are, by moments; tiny where groups differ as by chance."""
    size = np.maximum(n.sum(axis=-1), 1.0)
    others = (n > 0).sum(axis=-1) - 1.0
    off = x / np.where(n > 0, n, 1.0) - centre[..., None]
    spread = (n * off**2).sum(axis=-1) / (centre * (1.0 - centre))
    room = size - (n**2).sum(axis=-1) / size - others
    likeness = np.where(room > 0, spread - others, 0.0) / np.where(room > 0, room, 1.0)
    return np.clip(likeness, np.finfo(np.float64).eps, 1.0)


def smoothed_values(
    *, values: ArrayLike, standard_errors: ArrayLike, confidence: float = USUAL
) -> Smoothed:
    """Values of groups, the last axis, drawn to their weighted mean (normal, by moments).

    For gaps and means. The variance between groups is DerSimonian and Laird's (Controlled
    Clinical Trials 1986, 7:177-188); the interval allows for not knowing the mean. Groups
    without a value or standard error stay missing. A standard error of 0 or less raises
    :class:`~sendgap.statistics.errors.StandardErrorError`.
    """
    value, error = rows_of(values=values, standard_errors=standard_errors)
    check_standard_error(error)
    known = ~np.isnan(value + error)
    y, variance = np.where(known, value, 0.0), np.where(known, error, 1.0) ** 2
    weight = np.where(known, 1.0 / variance, 0.0)
    between = _between(y, weight)[..., None]
    weight = np.where(known, 1.0 / (variance + between), 0.0)
    total = np.where(known.any(axis=-1), weight.sum(axis=-1), np.nan)
    centre = (weight * y).sum(axis=-1) / total
    pull = variance / (variance + between)
    drawn = np.where(known, y + pull * (centre[..., None] - y), np.nan)
    reach = normal_quantile(confidence) * np.sqrt(between * pull + pull**2 / total[..., None])
    return Smoothed(
        Estimate(drawn, drawn - reach, drawn + reach),
        np.asarray(centre),
        np.asarray(np.sqrt(np.where(np.isnan(total), np.nan, between[..., 0]))),
    )


def _between(y: Floats, weight: Floats) -> Floats:
    """DerSimonian and Laird's variance between groups; 0 for one group or none."""
    total = np.maximum(weight.sum(axis=-1), np.finfo(np.float64).tiny)
    mean = (weight * y).sum(axis=-1) / total
    q = (weight * (y - mean[..., None]) ** 2).sum(axis=-1)
    groups = (weight > 0).sum(axis=-1)
    room = np.where(groups > 1, total - (weight**2).sum(axis=-1) / total, 1.0)
    return np.asarray(np.where(groups > 1, np.maximum(q - (groups - 1.0), 0.0), 0.0) / room)
