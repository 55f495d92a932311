"""Red, Amber, Green: how a level is rated, and why one is not.

The rule stands here once; pages and documents print :data:`RULE` beside every rating.
"""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import Polarity
from sendgap.views import standing

GREEN, AMBER, RED, NOT_RATED = "Green", "Amber", "Red", "Not rated"
#: The ratings in the order they are counted.
RATED = (GREEN, AMBER, RED)
#: A shape before the word, so that no rating is told by colour alone.
MARKS = {GREEN: "● G", AMBER: "▲ A", RED: "■ R", NOT_RATED: "–"}
#: Fewer pupils than these carry no rating.
FEWEST = 30
RULE = (
    "Ratings are of the level of pupils with SEN; the gap and who moved it stand beside. Green: "
    "better than the comparator or no clear difference, not moved the worse way since the "
    "baseline, and not in the worst quarter of authorities. Red: worse than the comparator, not "
    "moved the better way, and not in the best quarter. Amber: everything else. Moves that "
    "rounding could make, or chance where the change has an interval, count as none."
)
NOT_RATED_RULE = (
    "Not rated, with its reason: no better direction, not tested, hidden or missing, no earlier "
    "figure on the same basis, fewer than 30 pupils, out of date, or needing a local file."
)
TARGET_RULE = (
    "Where a target is set for the year of the figure: met is Green, missed within the figure's "
    "95% interval Amber, any other miss Red; the rating by the data is still printed."
)
QUARTERS = {
    "A": "best quarter", "B": "second quarter", "C": "third quarter", "D": "worst quarter",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Rating:
    """A rating and why; ``name`` is :data:`NOT_RATED` where there is none."""

    name: str
    reason: str

    @property
    def is_rated(self) -> bool:
        return self.name in RATED

    @property
    def marked(self) -> str:
        """ "● G Green"."""
        return f"{MARKS[self.name]} {self.name}"

    @property
    def said(self) -> str:
        """ "● G Green: better than statistical neighbours, …"."""
        return f"{self.marked}: {self.reason}"


def not_rated(reason: str) -> Rating:
    """No rating, and why."""
    return Rating(NOT_RATED, reason)


def clear_trend(trend: str, limits: tuple[float, float] | None) -> str:
    """A move beyond rounding, less one whose 95% interval holds no change.

    >>> clear_trend("worse", (-0.4, 2.1)), clear_trend("worse", None)
    ('little', 'worse')
    """
    return "little" if limits and limits[0] <= 0 <= limits[1] else trend


#: Why a level stands in no quarter.
NO_QUARTER = "no quarter (too few or equal figures)"


def rate(
    *, position: str, trend: str, quarter: str | None, whom: str, since: str,
    unplaced: str = NO_QUARTER,
) -> Rating:  # fmt: skip
    """The rating of a level by the side of its comparator, its move since the baseline and
    the quarter of authorities it stands in.

    ``position`` is better, similar or worse; ``trend`` better, worse or little; ``unplaced``
    says why there is no quarter, or nothing where none is looked for.

    >>> rate(position="similar", trend="little", quarter="B", whom="England", since="2019").name
    'Green'
    >>> rate(position="similar", trend="little", quarter="D", whom="England", since="2019").name
    'Amber'
    >>> rate(position="worse", trend="worse", quarter="A", whom="England", since="2019").name
    'Amber'
    """
    side = (
        f"{standing.NO_CLEAR} from {whom}" if position == "similar" else f"{position} than {whom}"
    )
    moved = {
        "little": "no clear move",
        "better": "moved the better way",
        "worse": "moved the worse way",
    }
    where = QUARTERS.get(quarter or "", unplaced)
    reason = "; ".join(filter(None, (side, f"{moved[trend]} since {since}", where)))
    if position in ("better", "similar") and trend != "worse" and quarter != "D":
        return Rating(GREEN, reason)
    if position == "worse" and trend != "better" and quarter != "A":
        return Rating(RED, reason)
    return Rating(AMBER, reason)


def by_target(
    *, value: float, target: float, polarity: Polarity, limits: tuple[float, float] | None
) -> str:
    """The rating of a level by a target for its own year.

    >>> by_target(value=9, target=10, polarity=Polarity.HIGHER_IS_BETTER, limits=(8, 11))
    'Amber'
    """
    ahead = value - target if polarity is Polarity.HIGHER_IS_BETTER else target - value
    if ahead >= -1e-9:
        return GREEN
    return AMBER if limits and limits[0] <= target <= limits[1] else RED
