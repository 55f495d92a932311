"""Counts of authorities in a year, on the figures as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from sendgap.catalogue.national import NationalMeasure
from sendgap.views import numbers
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.national_model import NationalCount
from sendgap.views.request import ENGLAND


@dataclass(frozen=True, slots=True)
class Year:
    """England's figure and every open authority's in one period, as printed."""

    period: str
    england: float | None
    values: dict[str, float] = field(default_factory=dict)
    decimals: int = 0
    source_id: str = ""
    basis: tuple[str | None, str] = (None, "")
    #: How many children or plans England's figure counts.
    number: float | None = None

    @classmethod
    def empty(cls, period: str) -> Year:
        """A period that has nothing to compare with."""
        return cls(period, None)

    def comparable(self, other: Year) -> bool:
        """Whether both are on one basis and line."""
        return bool(other.values) and self.basis == other.basis

    def growth(self, before: Year) -> dict[str, float]:
        """The change in per cent of every authority with a figure in both, to one decimal."""
        return {
            code: round(100 * (value - before.values[code]) / before.values[code], 1)
            for code, value in self.values.items()
            if before.values.get(code)
        }

    def change(self, before: Year, shows: str) -> float | None:
        """England's change: in per cent for a growth, else the difference as printed."""
        if self.england is None or before.england is None:
            return None
        if shows == "growth":
            return 100 * (self.england - before.england) / before.england
        return round(self.england - before.england, self.decimals)


def of_year(frame: Frame, rows: Sequence[LevelRow], period: str, shows: str) -> Year:
    """The figures of one period; ``rest`` is what is left of 100%."""
    own = [row for row in rows if row.time_period == period and row.value is not None]
    england = next((row for row in own if row.area_code == ENGLAND), None)
    is_open = {area.area_code for area in frame.release.areas.local_authorities(period)}
    listed = [row for row in own if row.area_code in is_open]
    if not listed:
        return Year.empty(period)
    decimals = max(row.decimals for row in listed)
    return Year(
        period,
        None if england is None else _shown(england.value, shows, england.decimals),
        {row.area_code: _shown(row.value, shows, row.decimals) for row in listed},
        decimals,
        listed[0].source_id,
        (listed[0].basis, listed[0].line),
        england.numerator if england and shows == "level" else None,
    )


def _shown(value: float | None, shows: str, decimals: int) -> float:
    value = value or 0.0
    return round(100 - value if shows == "rest" else value, decimals)


def counts(
    frame: Frame, measure: NationalMeasure, now: Year, before: Year, earlier: Year
) -> Iterable[NationalCount]:
    """Everything that the catalogue wants counted of an outcome."""
    for side, limit in measure.counts:
        found = _on_side(now, side, limit)
        again = _on_side(before, side, limit) & found
        text = numbers.level(limit, frame.indicator.unit, 0)
        yield _count(frame, f"{side} {text}", found, now, again)
    if measure.at_or_below_england and now.england is not None:
        found = {code for code, value in now.values.items() if value <= now.england}
        yield _count(frame, "at or below England's figure", found, now)
    if measure.over and now.comparable(earlier):
        both = {c: v for c, v in now.values.items() if c in earlier.values}
        fell = {code for code, value in both.items() if value < earlier.values[code]}
        label = f"lower than in {frame.label(earlier.period)}"
        yield NationalCount(label, len(fell), len(both), _names(frame, fell))
    if measure.shows == "growth" and before.values:
        grew = now.growth(before)
        found = {code for code, value in grew.items() if value > 0}
        yield NationalCount("above the year before", len(found), len(grew), ())


def _on_side(year: Year, side: str, limit: float) -> set[str]:
    return {
        code
        for code, value in year.values.items()
        if (value == limit if side == "at" else value > limit if side == "above" else value < limit)
    }


def _count(
    frame: Frame, label: str, found: set[str], now: Year, again: set[str] | None = None
) -> NationalCount:
    return NationalCount(
        label, len(found), len(now.values), _names(frame, found), _names(frame, again or set())
    )


def _names(frame: Frame, codes: Iterable[str]) -> tuple[str, ...]:
    return tuple(sorted(frame.release.areas.by_code(code).short_name for code in codes))
