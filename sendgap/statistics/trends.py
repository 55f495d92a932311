"""Whether the last five comparable points rise or fall by more than chance.

The test of the Office for Health Improvement and Disparities' Fingertips (Technical guidance,
recent trends; TrendMarkerCalculator), on real years instead of the numbers 1 to 5.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray
from scipy import special

from sendgap.statistics.errors import ShapeError, YearOrderError
from sendgap.statistics.estimate import STRICT
from sendgap.statistics.inputs import (
    Flags,
    Floats,
    check_standard_error,
    figures,
    missing,
    refuse,
    rows_of,
    setting,
    texts,
)

#: How many points are asked for and used.
POINTS = 5


class Direction(StrEnum):
    """Where a line goes."""

    RISING = "rising"
    FALLING = "falling"
    NO_CLEAR_TREND = "no_clear_trend"
    NOT_TESTED = "not_tested"


@dataclass(frozen=True, slots=True, eq=False)
class Trend:
    """One entry for each line.

    ``direction`` is a :class:`Direction`; ``slope`` in the values' unit a year, with its
    ``standard_error``; ``chi_square`` the slope's square over its variance; ``first_year``
    the oldest point used. All but the direction are missing where it is not tested.
    """

    direction: NDArray[Any]
    slope: Floats
    standard_error: Floats
    chi_square: Floats
    first_year: Floats


def trend(
    *,
    years: ArrayLike,
    values: ArrayLike,
    standard_errors: ArrayLike,
    basis: ArrayLike | None = None,
    confidence: float = STRICT,
) -> Trend:
    """The trend of each line; the last axis runs over ``years``, oldest first.

    Of the points with a value and a standard error, and of the newest one's basis, the last
    five are used: a straight line weighted by one over the squared standard errors. The
    line rises or falls where its slope differs from 0 (chi-square with one degree of
    freedom) and keeps its sign whichever one point is left out. Fewer than five: not tested.
    Missing years stretch the line by what they are. ``basis`` is an array of words like
    ``values``, or one for all lines; no line is fitted across two of them. Standard errors
    come from :func:`~sendgap.statistics.estimate.standard_error`.

    Years not rising raise :class:`~sendgap.statistics.errors.YearOrderError`, a standard
    error of 0 or less :class:`~sendgap.statistics.errors.StandardErrorError`.
    """
    value, error = rows_of(values=values, standard_errors=standard_errors)
    (year,) = figures(years=years)
    if year.shape != value.shape[-1:]:
        found = f"years {year.shape}, values {value.shape}"
        raise ShapeError("years", found, "give one year for each entry of the last axis")
    steps = np.diff(year, prepend=-np.inf)
    refuse(~(steps > 0), YearOrderError, "years", "not rising", "write each once, oldest first")
    check_standard_error(error)
    limit = special.chdtri(1.0, 1.0 - setting("confidence", confidence, above=0.0, below=1.0))
    usable = ~missing(value, error)
    if basis is not None:
        usable = usable & _of_newest_basis(usable, np.asarray(basis))
    if year.size < POINTS:
        usable = np.zeros((*value.shape[:-1], POINTS), dtype=bool)
        value = error = np.full(usable.shape, np.nan)
        year = np.arange(float(POINTS))
    return _fit(year, value, error, usable, limit)


def _of_newest_basis(usable: Flags, basis: NDArray[Any]) -> Flags:
    """Points of the same basis as the newest usable one."""
    if basis.shape not in (usable.shape, usable.shape[-1:]):
        found = f"basis {basis.shape}, values {usable.shape}"
        raise ShapeError("basis", found, "give one basis for each value, or for each year")
    each = np.broadcast_to(basis, usable.shape)
    newest = usable.shape[-1] - 1 - np.argmax(usable[..., ::-1], axis=-1)
    return np.asarray(each == np.take_along_axis(each, newest[..., None], axis=-1))


def _fit(year: Floats, value: Floats, error: Floats, usable: Flags, limit: float) -> Trend:
    """The weighted lines, with and without each point."""
    last = np.argsort(usable, axis=-1, kind="stable")[..., -POINTS:]
    enough = usable.sum(axis=-1) >= POINTS
    x, y, weight = (
        np.where(enough[..., None], np.take_along_axis(array, last, axis=-1), spare)
        for array, spare in (
            (np.broadcast_to(year, value.shape), np.arange(float(POINTS))),
            (value, 0.0),
            (1.0 / error**2, 1.0),
        )
    )
    slope, variance = _slope(x, y, weight)
    kept = weight[..., None, :] * (1.0 - np.eye(POINTS))
    without, _ = _slope(x[..., None, :], y[..., None, :], kept)
    steady = (np.sign(without) == np.sign(slope)[..., None]).all(axis=-1)
    chi_square = slope**2 / variance
    clear = enough & steady & (chi_square > limit)
    words = texts(
        [~enough, clear & (slope > 0), clear],
        [Direction.NOT_TESTED, Direction.RISING, Direction.FALLING],
        Direction.NO_CLEAR_TREND,
    )
    numbers = (slope, np.sqrt(variance), chi_square, x[..., 0])
    return Trend(words, *(np.asarray(np.where(enough, array, np.nan)) for array in numbers))


def _slope(x: Floats, y: Floats, weight: Floats) -> tuple[Floats, Floats]:
    """The slope of the weighted line through points on the last axis, and its variance."""
    total = weight.sum(axis=-1, keepdims=True)
    from_middle = x - (weight * x).sum(axis=-1, keepdims=True) / total
    squares = (weight * from_middle**2).sum(axis=-1)
    return (weight * from_middle * y).sum(axis=-1) / squares, 1.0 / squares
