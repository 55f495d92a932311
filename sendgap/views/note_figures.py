"""One figure of a document: its rows over the years and what stands beside them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from sendgap.catalogue.areas import Area
from sendgap.catalogue.reports import ReportFigure
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.periods import ends_in
from sendgap.views.request import ENGLAND, Request

#: Figures kept for the next document: those of two or three about one area.
KEPT = 256


class Beside(NamedTuple):
    """One period of the area among others."""

    time_period: str
    value: float | None
    neighbour_mean: float | None
    neighbour_count: int
    rank: int | None
    rank_of: int | None
    tied: int | None
    quartile: str | None
    median: float | None
    position_england: str | None
    position_neighbours: str | None
    position_basis: str | None


@dataclass(frozen=True, slots=True)
class Spread:
    """The lowest and the highest authority in the newest period."""

    minimum: float
    minimum_areas: tuple[str, ...]
    maximum: float
    maximum_areas: tuple[str, ...]
    areas: int


@dataclass(frozen=True, slots=True)
class Told:
    """A figure with all that a document prints of it.

    ``rows`` are the area's, oldest first; ``period`` is the newest one of all areas. A
    figure's ``gap`` and its places stand beside its level.
    """

    frame: Frame
    plan: ReportFigure
    period: str | None
    rows: dict[str, LevelRow]
    england: dict[str, LevelRow]
    region: dict[str, LevelRow]
    reference: dict[str, LevelRow]
    beside: dict[str, Beside]
    gaps: dict[str, float]
    gap_places: dict[str, str]
    spread: Spread | None

    @property
    def row(self) -> LevelRow | None:
        """The area's row of the newest period."""
        return self.rows.get(self.period or "")

    @property
    def value(self) -> float | None:
        return self.row.value if self.row else None

    @property
    def is_count(self) -> bool:
        """A count grows with the area: it has no comparators."""
        return self.frame.indicator.unit == "count"

    @property
    def decimals(self) -> int:
        """Decimals of the newest period, for figures of other areas."""
        found = [rows[self.period or ""] for rows in (self.rows, self.england, self.region)
                 if self.period in rows]  # fmt: skip
        filled = [row.decimals for row in found if row.value is not None]
        return max(filled or [row.decimals for row in found] or [0])

    @property
    def name(self) -> str:
        """The outcome with cut and, where several have figures, group."""
        several = len(self.frame.indicator.groups()) > 1
        group = f", {GROUP_LABELS[self.frame.group]}" if several else ""
        return f"{self.frame.short}{group}"

    def label(self, period: str | None) -> str:
        return self.frame.label(period) if period else "the newest year"

    def short_label(self, period: str) -> str:
        """The same for the head of a narrow column."""
        return self.label(period).replace("January", "Jan")

    def comparable(self, earlier: str, later: str) -> bool:
        """Whether two periods of the area were measured in the same way."""
        before, after = self.rows.get(earlier), self.rows.get(later)
        if before is None or after is None or before.value is None or after.value is None:
            return False
        return (before.basis, before.line) == (after.basis, after.line)

    def years(self, most: int) -> list[str]:
        """The newest periods in which the area has a row, else England, oldest first."""
        held = sorted(self.rows or self.england, key=ends_in)
        held = [p for p in held if self.period is None or p <= self.period]
        return held[-most:]


def told(release: Release, area: Area, plan: ReportFigure, group: SenGroup, vintage: str) -> Told:
    """The rows of one figure, in at most five queries; kept for the next document, which
    prints many of the same figures in other forms."""
    figure = replace(plan, groups=(group,), forms=(), chart=False, silent=False, confirm="")
    return replace(_told(release, area.area_code, figure, vintage), plan=plan)


@lru_cache(maxsize=KEPT)
def _told(release: Release, area: str, plan: ReportFigure, vintage: str) -> Told:
    group = plan.groups[0]
    request = Request(
        area, plan.indicator_id, group, breakdown=plan.breakdown,
        time_identifier=plan.time_identifier, vintage=vintage,
    )  # fmt: skip
    frame = Frame.of(release, request)
    region = frame.region.area_code if frame.region else ""
    others = [frame.reference.group] if frame.reference else []
    rows = frame.levels([area, region, ENGLAND], [group, *others])
    gaps = {r.time_period: r.gap for r in frame.gaps([area]) if r.gap is not None}
    period = frame.latest("value") or max((r.time_period for r in rows), default=None)
    return Told(
        frame=frame,
        plan=plan,
        period=period,
        rows=_of(rows, area, group),
        england=_of(rows, ENGLAND, group),
        region=_of(rows, region, group),
        reference=_of(rows, area, others[0]) if others else {},
        beside=_beside(frame),
        gaps=gaps,
        gap_places=_gap_places(frame) if gaps else {},
        spread=_spread(frame, period),
    )


def _of(rows: Iterable[LevelRow], code: str, group: SenGroup) -> dict[str, LevelRow]:
    return {r.time_period: r for r in rows if r.area_code == code and r.sen_group == group}


def _key(frame: Frame) -> dict[str, str]:
    return {
        "indicator": frame.indicator.id,
        "breakdown": frame.request.breakdown,
        "time_identifier": frame.identifier.value,
    }


def _beside(frame: Frame) -> dict[str, Beside]:
    rows = frame.release.rows(
        "note_places", area=frame.area.area_code, group=frame.group.value,
        vintage=frame.request.vintage, **_key(frame),
    )  # fmt: skip
    return {str(row[0]): Beside(*row) for row in rows}


def _gap_places(frame: Frame) -> dict[str, str]:
    """The gap's place by period; it is printed beside the level only."""
    return {
        period: numbers.place(row.rank, row.rank_of, row.tied)
        for (measure, period), row in frame.places().items()
        if measure == "gap" and row.rank and row.rank_of and row.tied
    }


def _spread(frame: Frame, period: str | None) -> Spread | None:
    if period is None:
        return None
    rows = frame.release.shared(
        "distribution", measure="value", reference="none", groups=(frame.group.value,),
        period=period, **_key(frame),
    )  # fmt: skip
    for row in rows:
        low, low_names, high, high_names, areas = row[9], row[10], row[14], row[15], row[16]
        if low is not None:
            return Spread(
                low, tuple(low_names.split("; ")), high, tuple(high_names.split("; ")), areas
            )
    return None
