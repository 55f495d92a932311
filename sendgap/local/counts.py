"""Numbers counted from a return, by the smallest place they were counted in.

``Counts`` is what aggregation gives and disclosure control takes. It holds true numbers of
a few children, so it lives in memory or in a file that is never served, and nothing draws
it.
"""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd

#: One row per place, period, SEN group, indicator and breakdown. ``place_kind`` is
#: ``school`` (``place`` is a URN) or ``home`` (``place`` is the DSPL area a pupil lives in).
#: ``sen_group`` is one of the three that do not overlap: no_sen, sen_support, ehc_plan.
KEYS = ("place_kind", "place", "time_period", "sen_group", "indicator_id", "breakdown")

#: What is counted for each. ``pupils`` is everyone in the measure; ``numerator`` those who
#: reached it, or the sum of sessions, events or scores; ``denominator`` pupils, or the sum
#: of possible sessions. ``largest`` is the most that one pupil adds to the numerator; the
#: three sums of squares and products, over pupils, are what an interval of a ratio needs.
FIGURES = ("pupils", "numerator", "denominator", "largest",
           "numerator_squares", "products", "denominator_squares")  # fmt: skip

#: The indicator id of the rows that count everyone on roll.
ROLL = "roll"


@dataclass(frozen=True, slots=True, eq=False)
class Counts:
    """The counted rows, with columns ``KEYS`` then ``FIGURES``; absent means nobody.

    ``source`` names the return and its date, to print under what is shown.
    """

    rows: pd.DataFrame
    source: str = ""

    @property
    def periods(self) -> list[str]:
        """School years held, oldest first."""
        return sorted(self.rows["time_period"].unique())
