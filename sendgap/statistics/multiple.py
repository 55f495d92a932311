"""Many tests at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from sendgap.statistics.errors import ComparatorError
from sendgap.statistics.inputs import Floats, refuse, rows_of


def benjamini_hochberg(*, p_values: ArrayLike) -> Floats:
    """P-values adjusted so that those up to q hold at most a share q of false alarms.

    The last axis runs over what is tested together: the areas of one outcome, year and
    group. What is missing is not counted as a test. A p-value outside 0 to 1 raises
    :class:`~sendgap.statistics.errors.ComparatorError`. Benjamini Y, Hochberg Y (1995),
    Journal of the Royal Statistical Society B 57:289-300.
    """
    from scipy import stats  # takes longer to load than a page to show

    (given,) = rows_of(p_values=p_values)
    refuse((given < 0) | (given > 1), ComparatorError, "p_values", "outside 0 to 1", "write p")
    adjusted = np.full(given.shape, np.nan)
    for row in np.ndindex(given.shape[:-1]):
        known = ~np.isnan(given[row])
        if known.any():
            adjusted[row][known] = stats.false_discovery_control(given[row][known], method="bh")
    return adjusted
