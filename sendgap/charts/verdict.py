"""The shades of better and worse: blue and orange, each with a shape and a word beside it."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.charts.theme import INK


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
