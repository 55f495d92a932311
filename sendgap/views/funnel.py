"""The arithmetic of *Small numbers*: limits, spread beyond chance, flags by chance alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from sendgap.statistics.estimate import STRICT, USUAL, Estimate
from sendgap.statistics.funnels import (
    Overdispersion,
    funnel_limits,
    gap_funnel,
    overdispersion,
    proportion_limits,
)
from sendgap.statistics.inputs import Floats
from sendgap.statistics.multiple import benjamini_hochberg
from sendgap.terms import Polarity
from sendgap.views.frame import Frame
from sendgap.views.funnel_model import BEYOND, FAR, WITHIN

PER = 100.0
#: False alarms among the areas that still stand out.
SHARE = 0.05
#: Points along a smooth limit.
GRID = 60


class Pupils(NamedTuple):
    """One authority's counts, and those of the group it is set against."""

    area_code: str
    numerator: float
    denominator: float
    counts_source_id: str | None
    reference_numerator: float | None
    reference_denominator: float | None
    reference_counts_source_id: str | None


@dataclass(frozen=True, slots=True)
class Funnel:
    """Sizes, values and standard errors of the areas, in the order they were given."""

    codes: tuple[str, ...]
    size: Floats
    value: Floats
    error: Floats
    target: float
    spread: Overdispersion
    is_gap: bool

    def outside(self, confidence: float, *, wide: bool) -> Floats:
        """Which areas lie outside the limits; 1 or 0 for each."""
        limits = self.limits(confidence, wide=wide)
        return np.asarray(
            (self.value < limits.lower - 1e-9) | (self.value > limits.upper + 1e-9), float
        )

    def limits(self, confidence: float, *, wide: bool, at: Floats | None = None) -> Estimate:
        """The limits at each area's own size, or at the sizes ``at`` of a funnel of levels."""
        tau = self.spread.tau.item() if wide else 0.0
        if self.is_gap:
            return funnel_limits(
                target=self.target, standard_error=self.error, tau=tau, confidence=confidence
            )
        return proportion_limits(
            target=self.target, denominator=self.size if at is None else at, tau=tau,
            confidence=confidence, per=PER,
        )  # fmt: skip

    def standing(self, *, wide: bool) -> tuple[str, ...]:
        """Each area's place: within, beyond 95% or beyond 99.8%."""
        usual, strict = (self.outside(c, wide=wide) for c in (USUAL, STRICT))
        return tuple(
            FAR if far else BEYOND if near else WITHIN
            for near, far in zip(usual, strict, strict=True)
        )

    def lines(self, confidence: float, *, wide: bool) -> tuple[Sequence[float], Estimate]:
        """Sizes from small to large with the limits there.

        A gap's limits rest on both groups' numbers and not on the effective size alone: the
        lines are those of a typical area.
        """
        grid = np.geomspace(self.size.min(), self.size.max(), GRID)
        if not self.is_gap:
            return grid.tolist(), self.limits(confidence, wide=wide, at=grid)
        typical = np.median(self.error * np.sqrt(self.size)) / np.sqrt(grid)
        tau = self.spread.tau.item() if wide else 0.0
        return grid.tolist(), funnel_limits(
            target=self.target, standard_error=typical, tau=tau, confidence=confidence
        )

    def by_chance(self, confidence: float) -> float:
        """How many of the areas would lie outside by chance alone."""
        return len(self.codes) * (1.0 - confidence)

    def flags(self) -> int:
        """How many still stand out when all are tested at once, spread allowed for."""
        adjusted = benjamini_hochberg(p_values=self.spread.p_values)
        return int((adjusted <= SHARE).sum())


def pupils(frame: Frame, period: str) -> list[Pupils]:
    """The counts of the authorities that the period has, from one source."""
    reference = frame.reference
    rows = frame.release.rows(
        "pupils",
        indicator=frame.indicator.id,
        breakdown=frame.request.breakdown,
        time_identifier=frame.identifier.value,
        period=period,
        group=frame.group.value,
        other=reference.group.value if reference and not reference.is_england else "none",
    )
    found = [Pupils(*row) for row in rows]
    sources = {row.counts_source_id for row in found}
    return found if len(sources) == 1 else []


def level_funnel(rows: Sequence[Pupils], target: float) -> Funnel | None:
    """The funnel of levels round a target; nothing where the target leaves no chance."""
    if len(rows) < 2 or not 0.0 < target < PER:
        return None
    part, whole = (np.array([row[n] for row in rows], float) for n in (1, 2))
    value = PER * part / whole
    error = np.sqrt(target * (PER - target) / whole)
    spread = overdispersion(values=value, standard_errors=error, target=target)
    codes = tuple(row.area_code for row in rows)
    return Funnel(codes, whole, value, error, target, spread, is_gap=False)


def funnel_of_gaps(rows: Sequence[Pupils], polarity: Polarity) -> Funnel | None:
    """The funnel of gaps round that of all pupils together, of areas with all four counts."""
    held = [row for row in rows if row.reference_numerator is not None and row.reference_denominator
            and row.reference_counts_source_id == row.counts_source_id]  # fmt: skip
    if len(held) < 2 or polarity is Polarity.NONE:
        return None
    counts = [np.array([row[n] for row in held], float) for n in (1, 2, 4, 5)]
    made = gap_funnel(
        sen_numerator=counts[0], sen_denominator=counts[1], reference_numerator=counts[2],
        reference_denominator=counts[3], polarity=polarity, per=PER,
    )  # fmt: skip
    if np.isnan(made.spread.z).all():
        return None
    codes = tuple(row.area_code for row in held)
    return Funnel(
        codes, made.effective_size, made.gap, made.standard_error, made.target.item(), made.spread,
        is_gap=True,
    )  # fmt: skip
