"""Funnel limits, and how much more areas differ than chance would have them.

Spiegelhalter DJ (2005), Funnel plots for comparing institutional performance, Statistics in
Medicine 24:1185-1202; the additive allowance for overdispersion is from Spiegelhalter DJ
(2005), Handling over-dispersion of performance indicators, Quality and Safety in Health Care
14:347-351.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sendgap.statistics.errors import ComparatorError, StandardErrorError
from sendgap.statistics.estimate import USUAL, Estimate, normal_quantile, tail
from sendgap.statistics.inputs import (
    Floats,
    check_denominator,
    check_standard_error,
    disadvantage,
    figures,
    missing,
    multiplier,
    parts_and_wholes,
    refuse,
    rows_of,
    setting,
)
from sendgap.statistics.pooling import pool
from sendgap.terms import Polarity

#: The share of areas at each end whose z is moved in to the next before spread is judged.
WINSORISED = 0.1


def proportion_limits(
    *,
    target: ArrayLike,
    denominator: ArrayLike,
    tau: ArrayLike = 0.0,
    confidence: float = USUAL,
    per: float = 1.0,
) -> Estimate:
    """Where an area of this many pupils would lie by chance, if its true value were ``target``.

    Target plus and minus z standard errors, √(p(1-p)/n + tau²), kept within 0 and ``per``;
    ``tau`` is 0 for the plain funnel. Target, tau and limits are out of ``per``. The area
    lies outside the plain limits exactly where its Wilson interval excludes the target. A
    target below 0 or above ``per`` raises
    :class:`~sendgap.statistics.errors.ComparatorError`.
    """
    per = multiplier(per)
    middle, whole, more = figures(target=target, denominator=denominator, tau=tau)
    check_denominator(whole)
    refuse(
        (middle < 0) | (middle > per), ComparatorError, "target", "outside 0 to the whole",
        "write it in the unit of per",
    )  # fmt: skip
    plain = np.sqrt(middle * (per - middle) / whole)
    wide = funnel_limits(target=middle, standard_error=plain, tau=more, confidence=confidence)
    return Estimate(middle, np.maximum(wide.lower, 0.0), np.minimum(wide.upper, per))


def funnel_limits(
    *,
    target: ArrayLike,
    standard_error: ArrayLike,
    tau: ArrayLike = 0.0,
    confidence: float = USUAL,
) -> Estimate:
    """Target plus and minus z √(s² + tau²), for gaps and means; all in one unit.

    A standard error or tau below 0 raises
    :class:`~sendgap.statistics.errors.StandardErrorError`.
    """
    middle, error, more = figures(target=target, standard_error=standard_error, tau=tau)
    for name, array in (("standard_error", error), ("tau", more)):
        refuse(array < 0, StandardErrorError, name, "below 0", "write 0 or more")
    reach = normal_quantile(confidence) * np.hypot(error, more)
    return Estimate(middle, middle - reach, middle + reach)


def rate_limits(
    *, target: ArrayLike, exposure: ArrayLike, confidence: float = USUAL, per: float = 100.0
) -> Estimate:
    """Where the rate of an area of this exposure would lie by chance, if ``target`` were true.

    The number of events at each limit is the one whose exact Poisson interval just touches
    what is expected, found on a continuous scale; below -ln((1 - confidence)/2) expected
    events, 3.7 at 0.95, the lower limit is 0. Target and limits are per ``per`` of exposure.
    A target of 0 or less raises :class:`~sendgap.statistics.errors.ComparatorError`.
    """
    per = multiplier(per)
    middle, whole = figures(target=target, exposure=exposure)
    check_denominator(whole, "exposure")
    refuse(middle <= 0, ComparatorError, "target", "0 or less", "write more than 0")
    expected, alpha = middle * whole / per, tail(confidence)
    known = np.where(np.isnan(expected), 1.0, expected)
    few = np.maximum(special.chdtriv(1.0 - alpha, 2.0 * known) / 2.0 - 1.0, 0.0)
    many = special.chdtriv(alpha, 2.0 * known) / 2.0
    scale = per / whole
    blank = 0.0 * expected
    return Estimate(middle, scale * few + blank, scale * many + blank)


@dataclass(frozen=True, slots=True, eq=False)
class Overdispersion:
    """How much areas differ beyond chance.

    ``z`` is each area's distance from the target in its own standard errors and
    ``adjusted_z`` the same with tau added; ``phi`` the mean squared z after winsorising (1
    where chance alone is at work); ``tau`` the standard deviation between areas that chance
    does not explain, in the values' unit, 0 where phi asks for none.
    """

    z: Floats
    adjusted_z: Floats
    phi: Floats
    tau: Floats

    @property
    def p_values(self) -> Floats:
        """Two-sided chance of a distance as large, with tau allowed for."""
        return np.asarray(2.0 * special.ndtr(-np.abs(self.adjusted_z)))


def overdispersion(
    *,
    values: ArrayLike,
    standard_errors: ArrayLike,
    target: ArrayLike,
    winsorised: float = WINSORISED,
) -> Overdispersion:
    """The spread of areas round a target beyond chance; the last axis runs over areas.

    ``target`` is one number for each table. Areas without a value or standard error are
    left out. Fewer than two areas, or a table that chance explains, have a tau of 0 or
    missing phi. A standard error of 0 or less raises
    :class:`~sendgap.statistics.errors.StandardErrorError`.
    """
    value, error = rows_of(values=values, standard_errors=standard_errors)
    middle, _ = figures(target=target, of=np.zeros(value.shape[:-1]))
    share = setting("winsorised", winsorised, above=-1e-9, below=0.5)
    check_standard_error(error)
    z = (value - middle[..., None]) / error
    held = np.clip(z, _quantile(z, share)[..., None], _quantile(z, 1.0 - share)[..., None])
    known = ~np.isnan(z)
    areas = known.sum(axis=-1)
    total = np.where(known, held**2, 0.0).sum(axis=-1)
    weight = np.where(known, 1.0 / np.where(known, error, 1.0) ** 2, 0.0)
    sum_weight = np.maximum(weight.sum(axis=-1), np.finfo(np.float64).tiny)
    room = sum_weight - (weight**2).sum(axis=-1) / sum_weight
    excess = np.where(areas > 1, np.maximum(total - (areas - 1), 0.0), 0.0)
    tau = np.sqrt(excess / np.where(areas > 1, room, 1.0))
    phi = np.where(areas > 0, total / np.maximum(areas, 1), np.nan)
    adjusted = (value - middle[..., None]) / np.hypot(error, tau[..., None])
    return Overdispersion(z, adjusted, np.asarray(phi), np.asarray(tau))


def _quantile(values: Floats, share: float) -> Floats:
    """Type 7 quantile over the last axis, what is missing left out."""
    ordered = np.sort(values, axis=-1)
    last = np.maximum((~np.isnan(values)).sum(axis=-1) - 1, 0)
    place = share * last
    low = np.floor(place).astype(np.intp)
    high = np.minimum(low + 1, last)
    at = [np.take_along_axis(ordered, each[..., None], axis=-1)[..., 0] for each in (low, high)]
    return np.asarray(at[0] + (place - low) * (at[1] - at[0]))


@dataclass(frozen=True, slots=True, eq=False)
class GapFunnel:
    """Areas' gaps against the gap of all their pupils together.

    ``gap``, ``standard_error`` and ``effective_size`` have one entry for each area, missing
    where a count is; ``target`` one for each table. The funnel's x axis is the effective
    size, 1/(1/n SEN + 1/n reference); its limits come from
    :func:`funnel_limits` with the target, the standard errors and, for the wide ones,
    ``spread.tau``.
    """

    gap: Floats
    target: Floats
    standard_error: Floats
    effective_size: Floats
    spread: Overdispersion


def gap_funnel(
    *,
    sen_numerator: ArrayLike,
    sen_denominator: ArrayLike,
    reference_numerator: ArrayLike,
    reference_denominator: ArrayLike,
    polarity: Polarity,
    per: float = 1.0,
    winsorised: float = WINSORISED,
) -> GapFunnel:
    """The funnel of a gap over areas, the last axis; areas without all four counts left out.

    Each area's standard error takes both groups' proportions as pooled over the areas. Where
    pooled proportions are 0 or all there is no chance to measure by, and z is missing.
    Refuses what :func:`~sendgap.statistics.proportions.wilson` refuses.
    """
    sign, per = disadvantage(polarity), multiplier(per)
    sen = parts_and_wholes(numerator=sen_numerator, denominator=sen_denominator, name="sen")
    other = parts_and_wholes(
        numerator=reference_numerator, denominator=reference_denominator, name="reference"
    )
    x_sen, n_sen, x_other, n_other = rows_of(x=sen[0], n=sen[1], y=other[0], m=other[1])
    hidden = missing(x_sen, n_sen, x_other, n_other)
    counts = [np.where(hidden, np.nan, array) for array in (x_sen, n_sen, x_other, n_other)]
    pooled = [
        pool(numerator=part, denominator=whole, least_coverage=0.0)
        for part, whole in (counts[:2], counts[2:])
    ]
    p_sen, p_other = (each.numerator / each.denominator for each in pooled)
    error = per * np.sqrt(
        (p_sen * (1.0 - p_sen))[..., None] / counts[1]
        + (p_other * (1.0 - p_other))[..., None] / counts[3]
    )
    gap = sign * per * (counts[2] / counts[3] - counts[0] / counts[1])
    target = np.asarray(sign * per * (p_other - p_sen))
    spread = overdispersion(
        values=gap,
        standard_errors=np.where(error > 0, error, np.nan),
        target=target,
        winsorised=winsorised,
    )
    return GapFunnel(gap, target, error, 1.0 / (1.0 / counts[1] + 1.0 / counts[3]), spread)
