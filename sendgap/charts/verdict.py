"""The shades of better and worse, and of low to high: each with a shape and a word beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.charts.theme import INK, PALE
from sendgap.views.quarters import HIDDEN, UNCLASSED


@dataclass(frozen=True, slots=True)
class Shade:
    """A fill and the ink that reads on it."""

    fill: str
    ink: str = INK


#: Quarters of authorities (A is best) and positions beside a comparator; none is white.
SHADES = {
    "A": Shade("#12436D", "#FFFFFF"),
    "B": Shade("#6BACE6"),
    "better": Shade("#6BACE6"),
    "similar": Shade("#F2F2F2"),
    "C": Shade("#F9B592"),
    "worse": Shade("#F9B592"),
    "D": Shade("#F46A25"),
    "": Shade("#FFFFFF"),
}
#: Classes that are not better or worse, from the lowest (1) to the highest, in blues; a figure
#: without a class and no figure.
CLASSES = SHADES | {
    "1": Shade("#ADD1F1"),
    "2": Shade("#6BACE6"),
    "3": Shade("#2073BC", "#FFFFFF"),
    "4": Shade("#12436D", "#FFFFFF"),
    UNCLASSED: Shade(PALE),
    HIDDEN: Shade("#FFFFFF"),
}
