"""Limits and the words that rest on them, worked out a second time in plain Python.

Nothing of sendgap.statistics is used: the textbook forms stand here, one figure at a time.
"""

from __future__ import annotations

from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
FEWEST_PUPILS = 30

#: Estimate, lower and upper limit.
Limits = tuple[float, float, float]


def wilson(part: float, whole: float) -> Limits:
    """Out of 100: the two roots of the quadratic in the true share."""
    share = part / whole
    middle = share + Z * Z / (2 * whole)
    reach = Z * sqrt(share * (1 - share) / whole + Z * Z / (4 * whole * whole))
    below = 1 + Z * Z / whole
    lower, upper = (middle - reach) / below, (middle + reach) / below
    return 100 * share, max(0.0, 100 * lower), min(100.0, 100 * upper)


def byar(events: float, exposure: float) -> Limits:
    """Per 100, of ten events or more."""
    assert events >= 10
    low = events * (1 - 1 / (9 * events) - Z / (3 * sqrt(events))) ** 3
    more = events + 1
    high = more * (1 - 1 / (9 * more) + Z / (3 * sqrt(more))) ** 3
    return 100 * events / exposure, 100 * low / exposure, 100 * high / exposure


def difference(first: Limits, second: Limits) -> Limits:
    """The first less the second, of different pupils."""
    (a, a_low, a_high), (b, b_low, b_high) = first, second
    below = sqrt((a - a_low) ** 2 + (b_high - b) ** 2)
    above = sqrt((a_high - a) ** 2 + (b - b_low) ** 2)
    return a - b, a - b - below, a - b + above


def gap_to_whole(
    part: float, whole: float, all_part: float, all_whole: float, *, higher_is_better: bool
) -> Limits:
    """To all pupils, of whom the group is a part: to the others, less its own share of them."""
    own, others = wilson(part, whole), wilson(all_part - part, all_whole - whole)
    apart = difference(others, own) if higher_is_better else difference(own, others)
    share = (all_whole - whole) / all_whole
    return share * apart[0], share * apart[1], share * apart[2]


def shown(limits: Limits, printed: float) -> tuple[float, float]:
    """Limits as released: moved out to the printed figure where rounding put it outside."""
    return min(limits[1], printed), max(limits[2], printed)


def floor(decimals: int, unit: str) -> float:
    """What rounding could make between two printed figures."""
    return 2.0 if (decimals, unit) == (0, "percent") else 10.0**-decimals


def word(limits: Limits, value: float, printed: float, tested: float, least: float,
         polarity: str) -> str:  # fmt: skip
    """The word of a level against a comparator: as ``printed``, and as ``tested``."""
    side = 1 if limits[1] > tested else -1 if limits[2] < tested else 0
    if abs(value - printed) <= least + 1e-9 or side == 0:
        return "similar"
    if polarity == "none":
        return "higher" if side > 0 else "lower"
    return "better" if (side > 0) == (polarity == "higher_is_better") else "worse"
