"""Where the rows of the chart of one place stand, and the scale of each."""

from __future__ import annotations

import math
from dataclasses import dataclass

from sendgap.charts.scale import step
from sendgap.views.local_model import OneOutcome

#: How much of the highest figure a scale goes over at least, so that little looks little.
LEAST = 0.4


@dataclass(frozen=True, slots=True)
class Layout:
    """Where a row's parts stand: pixels from its top, and shares of the width.

    ``line`` is the middle of the scale, ``name`` and ``under`` the two lines of words.
    ``columns`` are where the own, the authority's and England's figures end; on phones only
    the own has a column, and the others stand under the scale.
    """

    row: int
    name: int
    under: int
    line: int
    left: float
    right: float
    columns: tuple[float, ...]
    #: Letters of the key in one line.
    letters: int


WIDE = Layout(row=50, name=17, under=34, line=25, left=0.61, right=0.94,
              columns=(0.345, 0.44, 0.54), letters=120)  # fmt: skip
NARROW = Layout(row=112, name=14, under=31, line=62, left=0.03, right=0.97, columns=(1.0,),
                letters=44)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An outcome and where it is drawn."""

    outcome: OneOutcome
    look: Layout
    top: int

    @property
    def values(self) -> list[float]:
        """Every figure of the row that is drawn."""
        own, similar = self.outcome.own, self.outcome.similar
        found = [mark.value for mark in self.outcome.marks]
        if own.value is not None:
            found += [own.value, own.lower, own.upper]
        if similar is not None:
            found += [similar.low, similar.high]
        return [value for value in found if value is not None]

    @property
    def has_scale(self) -> bool:
        """Whether there is anything to draw."""
        return bool(self.values)

    @property
    def ends(self) -> tuple[float, float]:
        """Round figures that the scale goes from and to; never below nothing."""
        low, high = min(self.values), max(self.values)
        spare = max(0.0, LEAST * abs(high) - (high - low)) / 2
        each = step((high - low + 2 * spare) or 1.0, 4)
        first = math.floor((low - spare) / each) * each
        last = math.ceil((high + spare) / each + 1e-9) * each
        is_share = self.outcome.axis.suffix == "%"
        return (max(0.0, first) if low >= 0 else first), (min(last, 100.0) if is_share else last)

    @property
    def middle(self) -> float:
        """The height of the scale."""
        return self.top + self.look.line

    def across(self, value: float) -> float:
        """Where a value stands, as a share of the width."""
        low, high = self.ends
        share = (value - low) / ((high - low) or 1.0)
        return self.look.left + share * (self.look.right - self.look.left)
