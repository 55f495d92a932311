"""An area against a fixed comparator."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

from sendgap.statistics.errors import ComparatorError
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.inputs import (
    Floats,
    disadvantage,
    figures,
    missing,
    multiplier,
    parts_and_wholes,
    refuse,
    texts,
)
from sendgap.terms import Polarity

#: Counts of pupils nearer than this to a whole number are that number.
WHOLE = 1e-6


class Position(StrEnum):
    """Where an area stands against a comparator."""

    BETTER = "better"
    SIMILAR = "similar"
    WORSE = "worse"
    HIGHER = "higher"
    LOWER = "lower"
    NOT_TESTED = "not_tested"


def position(estimate: Estimate, *, comparator: ArrayLike, polarity: Polarity) -> NDArray[Any]:
    """Better, similar or worse by the interval; higher, similar or lower without direction.

    The comparator is fixed: England's value, or the neighbours'. The whole interval above
    it is higher, below it lower, anything else similar, touching included. Without both
    limits or a comparator: not tested. Compare numbers as computed, not as printed. To set
    two areas against each other, put 0 as the comparator of their
    :func:`~sendgap.statistics.mover.difference`: that two intervals overlap says nothing.

    This is the benchmark test of Fingertips (confidence intervals overlapping reference
    value).
    """
    _, against = figures(value=estimate.value, comparator=comparator)
    untested = missing(estimate.lower, estimate.upper, against)
    if polarity is Polarity.NONE:
        above, below = Position.HIGHER, Position.LOWER
    elif polarity is Polarity.HIGHER_IS_BETTER:
        above, below = Position.BETTER, Position.WORSE
    else:
        above, below = Position.WORSE, Position.BETTER
    return texts(
        [untested, estimate.lower > against, estimate.upper < against],
        [Position.NOT_TESTED, above, below],
        Position.SIMILAR,
    )


def position_of_gap(estimate: Estimate, *, comparator: ArrayLike) -> NDArray[Any]:
    """Better where the whole interval of the gap lies below the comparator: less disadvantage."""
    return position(estimate, comparator=comparator, polarity=Polarity.LOWER_IS_BETTER)


class Movement(StrEnum):
    """What a gap did."""

    NARROWED = "narrowed"
    WIDENED = "widened"
    NO_CLEAR_CHANGE = "no_clear_change"
    NOT_TESTED = "not_tested"


def movement(change: Estimate) -> NDArray[Any]:
    """Narrowed where the change of a gap lies below 0 with its whole interval, widened above."""
    return texts(
        [missing(change.lower, change.upper), change.upper < 0, change.lower > 0],
        [Movement.NOT_TESTED, Movement.NARROWED, Movement.WIDENED],
        Movement.NO_CLEAR_CHANGE,
    )


def pupils_to_match(
    *,
    numerator: ArrayLike,
    denominator: ArrayLike,
    comparator: ArrayLike,
    polarity: Polarity,
    per: float = 1.0,
) -> Floats:
    """How many more pupils would have reached it, had the area matched the comparator.

    Where higher is better, the fewest whole pupils that bring the proportion up to the
    comparator; where lower is better, the fewest to take away. 0 where it is matched
    already. Only from counts of the same cohort, and only for proportions; the comparator
    is out of ``per``. To match a gap, give the level that the gap leaves the SEN group.

    A comparator outside 0 to ``per`` raises
    :class:`~sendgap.statistics.errors.ComparatorError`, no direction
    :class:`~sendgap.statistics.errors.NoDirectionError`; else as
    :func:`~sendgap.statistics.proportions.wilson`.
    """
    sign, per = disadvantage(polarity), multiplier(per)
    part, whole = parts_and_wholes(numerator=numerator, denominator=denominator)
    part, whole, against = figures(numerator=part, denominator=whole, comparator=comparator)
    refuse(
        (against < 0) | (against > per), ComparatorError, "comparator", "outside 0 to the whole",
        "write it in the unit of per",
    )  # fmt: skip
    short = sign * (against / per * whole - part)
    return np.asarray(np.maximum(np.ceil(short - WHOLE), 0.0))
