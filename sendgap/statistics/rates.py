"""Rates of events: suspensions, exclusions, appeals."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike
from scipy import special

from sendgap.statistics.errors import NumeratorError, SettingError
from sendgap.statistics.estimate import USUAL, Estimate, normal_quantile, tail
from sendgap.statistics.inputs import (
    Floats,
    check_denominator,
    figures,
    multiplier,
    refuse,
    rows_of,
)

#: From this many events on, Byar's approximation stands for the exact interval.
BYAR_FROM = 10.0


def poisson_exact(*, events: ArrayLike, confidence: float = USUAL) -> Estimate:
    """A number of events with its exact Poisson interval; the lower limit of none is 0.

    Garwood F (1936), Fiducial limits for the Poisson distribution, Biometrika 28:437-442,
    by the quantiles of the gamma distribution. Events below 0 raise
    :class:`~sendgap.statistics.errors.NumeratorError`.
    """
    count = _counted(events)
    alpha = tail(confidence)
    some = np.where(count > 0, count, 1.0)
    lower = np.where(count > 0, special.gammaincinv(some, alpha), 0.0 * count)
    return Estimate(count, lower, special.gammainccinv(count + 1.0, alpha))


def byar(*, events: ArrayLike, confidence: float = USUAL) -> Estimate:
    """A number of events with Byar's approximate interval.

    The lower limit is missing where the formula falls below 0, which happens for one or two
    events at high confidence only, and is 0 for none. Breslow NE, Day NE (1987),
    Statistical methods in cancer research, volume II, International Agency for Research on
    Cancer. Events below 0 raise :class:`~sendgap.statistics.errors.NumeratorError`.
    """
    count = _counted(events)
    z = normal_quantile(confidence)
    some = np.where(count > 0, count, 1.0)
    low = some * (1.0 - 1.0 / (9.0 * some) - z / (3.0 * np.sqrt(some))) ** 3
    low = np.where(count > 0, np.where(low < 0, np.nan, low), 0.0 * count)
    more = count + 1.0
    high = more * (1.0 - 1.0 / (9.0 * more) + z / (3.0 * np.sqrt(more))) ** 3
    return Estimate(count, low, high)


def rate(
    *,
    events: ArrayLike,
    exposure: ArrayLike,
    dispersion: ArrayLike = 1.0,
    confidence: float = USUAL,
    per: float = 100.0,
) -> Estimate:
    """Events per ``per`` of exposure: exact Poisson below 10 events, Byar's from 10.

    ``dispersion`` is how many times the variance exceeds that of independent events, as
    where one pupil is suspended again and again (:func:`dispersion_of_repeats`); both
    half-widths grow by its root and the lower limit stops at 0. More events than exposure
    are taken: a rate may exceed 100 per 100.

    Events below 0, exposure of 0 or less, and a dispersion below 1 are refused.
    """
    count, whole, spread = figures(events=events, exposure=exposure, dispersion=dispersion)
    check_denominator(whole, "exposure")
    refuse(spread < 1.0, SettingError, "dispersion", "below 1", "write 1 or more")
    count = _counted(count)
    lower, upper = _limits(count, confidence)
    widened, scale = np.sqrt(spread), multiplier(per) / whole
    return Estimate(
        scale * count,
        scale * np.maximum(count - widened * (count - lower), 0.0),
        scale * (count + widened * (upper - count)),
    )


def _limits(count: Floats, confidence: float) -> tuple[Floats, Floats]:
    """The limits of each count, by the method its size asks for."""
    wide = byar(events=count, confidence=confidence)
    lower, upper = wide.lower.copy(), wide.upper.copy()
    few = count < BYAR_FROM
    exact = poisson_exact(events=count[few], confidence=confidence)
    lower[few], upper[few] = exact.lower, exact.upper
    return lower, upper


def _counted(events: ArrayLike) -> Floats:
    (count,) = figures(events=events)
    refuse(count < 0, NumeratorError, "events", "below 0", "write 0 or more")
    return count


def dispersion_of_repeats(*, people: ArrayLike) -> Floats:
    """How many times repeats raise the variance of the number of events.

    The last axis of ``people`` holds how many had one event, two, three and so on; with f
    for how often, the sum of f² people over the sum of f people (compound Poisson). 1 where
    there were none. People below 0 raise
    :class:`~sendgap.statistics.errors.NumeratorError`.
    """
    (counted,) = rows_of(people=people)
    refuse(counted < 0, NumeratorError, "people", "below 0", "write 0 or more")
    times = np.arange(1.0, counted.shape[-1] + 1.0)
    events = (counted * times).sum(axis=-1)
    squares = (counted * times**2).sum(axis=-1)
    return np.asarray(np.where(events == 0, 1.0, squares / np.where(events == 0, 1.0, events)))


def least_dispersion(*, events: ArrayLike, people: ArrayLike) -> Floats:
    """The least that repeats raise the variance: events per person who had any.

    For publications that give suspensions and pupils suspended without how often each was.
    The true figure is never lower, so say "at least". 1 where there were no events. More
    people than events, or events without people, raise
    :class:`~sendgap.statistics.errors.NumeratorError`.
    """
    count, persons = figures(events=events, people=people)
    refuse(persons < 0, NumeratorError, "people", "below 0", "write 0 or more")
    refuse(persons > count, NumeratorError, "people", "above events", "each person has one or more")
    refuse((persons == 0) & (count > 0), NumeratorError, "people", "0 beside events", "write them")
    return np.asarray(np.where(count == 0, 1.0, count / np.where(persons == 0, 1.0, persons)))
