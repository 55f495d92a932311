"""The figure of areas that a person has put together: pooled from counts, or a plain mean."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.terms import Polarity
from sendgap.views import numbers
from sendgap.views.compare_model import Beside
from sendgap.views.frame import Frame, LevelRow


@dataclass(frozen=True, slots=True)
class Part:
    """One chosen area's level, reference and gap, with the numbers of pupils behind them."""

    level: float | None
    gap: float | None
    counts: tuple[float, float] | None
    reference_counts: tuple[float, float] | None


def pooled_share(counts: Sequence[tuple[float, float] | None]) -> float | None:
    """A percentage of all pupils together; nothing where any number is missing.

    >>> pooled_share([(1.0, 10.0), (30.0, 90.0)])
    31.0
    >>> pooled_share([(1.0, 10.0), None])
    """
    held = [pair for pair in counts if pair is not None]
    whole = sum(pair[1] for pair in held)
    if not held or len(held) < len(counts) or whole <= 0:
        return None
    return 100 * sum(pair[0] for pair in held) / whole


def chosen_set(frame: Frame, parts: Sequence[Part], decimals: int) -> Beside:
    """One figure for the chosen areas, saying how it was made and from how many."""
    unit, places = frame.indicator.unit, numbers.mean_decimals(decimals)
    filled = [part for part in parts if part.level is not None]
    if not filled or unit == "count":
        return Beside("chosen", f"Chosen areas (0 of {len(parts)})", None, "none", None, "none")
    share = pooled_share([part.counts for part in filled]) if unit == "percent" else None
    level = share if share is not None else sum(p.level or 0.0 for p in filled) / len(filled)
    made = "pooled from" if share is not None else "plain mean of"
    count = f"{len(filled)} of {len(parts)}"
    gap, said = _gap(frame, filled, pooled=share is not None)
    printed = "none" if gap is None else numbers.gap(gap, unit, places) + said
    level_printed = numbers.level(level, unit, places)
    return Beside("chosen", f"Chosen areas ({made} {count})", level, level_printed, gap, printed)


def _gap(frame: Frame, parts: Sequence[Part], *, pooled: bool) -> tuple[float | None, str]:
    """The gap over areas with both sides, made as the level is where that can be done."""
    both = [part for part in parts if part.gap is not None]
    if not both:
        return None, ""
    fewer = f" ({len(both)} areas)" if len(both) < len(parts) else ""
    sen = pooled_share([part.counts for part in both]) if pooled else None
    reference = pooled_share([part.reference_counts for part in both]) if pooled else None
    if sen is not None and reference is not None:
        ahead = reference - sen
        higher = frame.indicator.polarity is Polarity.HIGHER_IS_BETTER
        return (ahead if higher else -ahead), fewer
    mean = sum(part.gap or 0.0 for part in both) / len(both)
    return mean, f" (plain mean of {len(both)})" if pooled else fewer


def counts_of(row: LevelRow | None) -> tuple[float, float] | None:
    """Numerator and denominator, where both are known."""
    if row is None or row.numerator is None or row.denominator is None:
        return None
    return row.numerator, row.denominator
