"""A value with its interval, and what confidence means."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from scipy import special

from sendgap.statistics.errors import IntervalError
from sendgap.statistics.inputs import Floats, figures, refuse, setting, side_by_side

#: Confidence of an interval unless another is asked for, and of a funnel's outer limits.
USUAL = 0.95
STRICT = 0.998


@dataclass(frozen=True, slots=True, eq=False)
class Estimate:
    """Values with the limits round them, three arrays of one shape and unit.

    A value may stand without limits (NaN), as a published figure often does; a limit may be
    infinite, as a ratio's is. Limits the wrong way round, or that miss their own value,
    raise :class:`~sendgap.statistics.errors.IntervalError`.
    """

    value: Floats
    lower: Floats
    upper: Floats

    def __post_init__(self) -> None:
        (value,) = figures(value=self.value)
        value, lower, upper = side_by_side(value=value, lower=self.lower, upper=self.upper)
        refuse(
            lower > upper, IntervalError, "interval", "lower limit above upper limit",
            "write the lower limit first",
        )  # fmt: skip
        outside = (value < lower) | (value > upper)
        refuse(
            outside, IntervalError, "interval", "value outside its limits",
            "write the value's own limits, or NaN for both",
        )  # fmt: skip
        for name, array in (("value", value), ("lower", lower), ("upper", upper)):
            object.__setattr__(self, name, array)


def normal_quantile(confidence: float) -> float:
    """How many standard errors an interval of this confidence reaches to each side.

    1.959963984540054 at 0.95 and 3.090232306167813 at 0.998, never rounded. A confidence
    not between 0 and 1 raises :class:`~sendgap.statistics.errors.SettingError`: 95 is
    written 0.95.
    """
    return float(-special.ndtri(tail(confidence)))


def tail(confidence: float) -> float:
    """The chance left outside an interval on each side."""
    return (1.0 - setting("confidence", confidence, above=0.0, below=1.0)) / 2.0


def standard_error(estimate: Estimate, *, confidence: float = USUAL) -> Floats:
    """The standard error that an interval of this confidence implies, in the value's unit.

    Half the width over the normal quantile: exact for an interval made as value plus or
    minus some standard errors, near for others. Missing where a limit is, infinite where a
    limit is.
    """
    width = estimate.upper - estimate.lower
    return np.asarray(width / (2.0 * normal_quantile(confidence)))
