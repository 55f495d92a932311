"""On which side of a comparator a level stands, in words that stay inside the evidence."""

from __future__ import annotations

from dataclasses import dataclass

from sendgap.terms import Polarity
from sendgap.views import numbers

#: What a word rests on, as a badge; a word without one of these is never better or worse.
BADGES = {
    "interval": "tested for chance",
    "approximate": "approximate: from an earlier year's number of pupils",
    "persistent": "3 years running, not tested for chance",
}
NOT_TESTED = "not tested"
TOO_FEW = "too few pupils"
#: A shape before the word: up is always better, also where the number fell.
MARKS = {
    "better": "▲", "similar": "●", "worse": "▼", "higher": "–", "lower": "–", NOT_TESTED: "○",
    TOO_FEW: "○",
}  # fmt: skip
HOW = (
    "Better or worse is tested for chance where the number of pupils is known: the whole 95% "
    "interval of the level lies on one side of the comparator. Where only an earlier year's number "
    "is known the test is approximate. Where none is, the level stood on one side in each of the "
    "last three comparable years, which is not a test of chance. A difference that rounding could "
    "make is never called one."
)
#: How similar is said, by what it rests on.
SIMILAR_WORDS = {"persistent": "no steady difference"}
NO_CLEAR = "no clear difference"


@dataclass(frozen=True, slots=True)
class Standing:
    """A level beside one comparator: whom, their figure as printed, the word and its basis.

    ``word`` is empty where there is nothing to compare, and :data:`TOO_FEW` where there are
    too few pupils to say anything.
    """

    whom: str
    printed: str
    word: str
    basis: str | None

    @property
    def said(self) -> str:
        """ "▲ better than statistical neighbours", or why nothing is said."""
        if not self.word:
            return ""
        mark = MARKS[self.word]
        if self.word == NOT_TESTED:
            return f"{mark} not tested against {self.whom}"
        if self.word == TOO_FEW:
            return f"{mark} too few pupils to set against {self.whom}"
        if self.word == "similar":
            return f"{mark} {self.cell} from {self.whom}"
        return f"{mark} {self.word} than {self.whom}"

    @property
    def cell(self) -> str:
        """The same as a table's cell, under a head that names the comparator."""
        alike = SIMILAR_WORDS.get(self.basis or "", NO_CLEAR)
        words = {"": "nothing to compare", "similar": alike}
        return words.get(self.word, self.word)

    @property
    def badge(self) -> str:
        """What the word rests on; empty where nothing is said."""
        if self.word in (NOT_TESTED, TOO_FEW):
            return "Not tested"
        return BADGES.get(self.basis or "", "Not tested") if self.word else ""


def floor(decimals: int, unit: str) -> float:
    """Differences of two printed levels up to this much may be rounding.

    >>> floor(0, "percent"), floor(1, "score")
    (2.0, 0.1)
    """
    return 2.0 if decimals == 0 and unit == "percent" else 10.0**-decimals


def is_better(value: float, other: float, polarity: Polarity, least: float) -> bool:
    """Whether a level is on the better side of another by more than rounding."""
    ahead = value - other if polarity is Polarity.HIGHER_IS_BETTER else other - value
    return polarity is not Polarity.NONE and ahead > least + 1e-9


def trend(change: float, least: float, polarity: Polarity) -> str:
    """Which way a level moved, beyond rounding: "better", "worse", without a direction "rose"
    or "fell", else "little"."""
    if abs(change) <= least + 1e-9:
        return "little"
    if polarity is Polarity.NONE:
        return "rose" if change > 0 else "fell"
    return "better" if (change > 0) == (polarity is Polarity.HIGHER_IS_BETTER) else "worse"


def mean_printed(mean: float | None, count: int, unit: str, decimals: int) -> str:
    """The neighbours' average with how many of ten it rests on."""
    if mean is None:
        return f"not shown ({count} of 10 have figures)"
    text = numbers.level(mean, unit, numbers.mean_decimals(decimals))
    return text if count == 10 else f"{text} ({count} of 10)"
