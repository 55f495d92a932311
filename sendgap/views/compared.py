"""The rows of one outcome and period for every authority, and who is who among them."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import NamedTuple

from sendgap.catalogue.areas import Area, Neighbour
from sendgap.store import Release
from sendgap.views import numbers
from sendgap.views.category import category
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.intervals import Intervals, intervals
from sendgap.views.model import NoAnswer
from sendgap.views.nothing import nothing
from sendgap.views.request import Request
from sendgap.views.standings import few_pupils


class CompareRow(NamedTuple):
    """One authority's level or gap in the period."""

    measure: str
    area_code: str
    value: float | None
    symbol: str | None
    sen_value: float | None
    reference_value: float | None
    england: float | None
    region_code: str
    region: str
    region_value: float | None
    neighbour_mean: float | None
    neighbour_count: int
    rank: int | None
    rank_of: int | None
    tied: int | None
    position_england: str | None
    position_basis: str | None
    status: str
    source_id: str
    decimals: int
    is_open: bool
    numerator: float | None
    denominator: float | None
    quartile: str | None
    minimum: float | None
    q25: float | None
    median: float | None
    q75: float | None
    maximum: float | None


@dataclass(frozen=True, slots=True)
class Compared:
    """The rows of one period, by area code, and who is who."""

    frame: Frame
    period: str
    levels: dict[str, CompareRow]
    gaps: dict[str, CompareRow]
    neighbours: tuple[Neighbour, ...]
    chosen: tuple[Area, ...]
    held: Intervals
    counts: dict[tuple[str, str], LevelRow] = field(default_factory=dict)
    #: Authorities with too few pupils for a place: their rows have none.
    few: frozenset[str] = frozenset()

    @property
    def has_few(self) -> bool:
        """Whether the area itself has too few pupils for a place."""
        return self.frame.area.area_code in self.few

    def few_others(self) -> list[str]:
        """The names of the others that have too few pupils for a place."""
        codes = self.few & self.levels.keys() - {self.frame.area.area_code}
        return sorted(self.frame.release.areas.by_code(code).short_name for code in codes)

    @property
    def own(self) -> CompareRow | None:
        return self.levels.get(self.frame.area.area_code)

    @property
    def own_gap(self) -> CompareRow | None:
        return self.gaps.get(self.frame.area.area_code)

    @property
    def has_gap(self) -> bool:
        return any(row.value is not None for row in self.gaps.values())

    @property
    def is_ranked(self) -> bool:
        """Whether places are given: a way is better and the figures may be put in order."""
        return any(row.rank is not None for row in self.levels.values())

    @property
    def may_be_ordered(self) -> bool:
        """Whether the catalogue lets these figures be put in order."""
        return any(series.ranked for series in self.frame.series())

    @property
    def decimals(self) -> int:
        return max(row.decimals for row in self.levels.values())


def compared(release: Release, request: Request) -> Compared | NoAnswer:
    """One period of every authority, or why there is nothing to compare."""
    frame = Frame.of(release, request)
    if frame.is_category:
        return category(frame, everyone=True)
    period = request.period if request.period != "latest" else frame.latest("value")
    found = _of_period(frame, period) if period else None
    if found is None or not found.levels:
        own = frame.levels([frame.area.area_code], [frame.group])
        return nothing(frame, own, period=period)
    return found


def _of_period(frame: Frame, period: str) -> Compared:
    """Everything about one period, in at most three queries."""
    few = few_pupils(frame.release, frame.group, frame.request.vintage)
    rows = [
        _unplaced(CompareRow(*row), few)
        for row in frame.release.rows(
            "compare",
            indicator=frame.indicator.id,
            vintage=frame.request.vintage,
            group=frame.group.value,
            breakdown=frame.request.breakdown,
            time_identifier=frame.identifier.value,
            period=period,
            reference=frame.reference.value if frame.reference else "none",
        )
    ]
    chosen = tuple(frame.release.areas.by_code(code) for code in frame.request.chosen)
    groups = [frame.group, *([frame.reference.group] if frame.reference else [])]
    counted = frame.levels([a.area_code for a in chosen], groups) if chosen else []
    return Compared(
        frame,
        period,
        {r.area_code: r for r in rows if r.measure == "value"},
        {r.area_code: r for r in rows if r.measure == "gap"},
        frame.release.areas.neighbours(frame.area.area_code, frame.request.vintage),
        chosen,
        intervals(frame, None, period),
        {(r.area_code, r.sen_group): r for r in counted if r.time_period == period},
        few,
    )


def _unplaced(row: CompareRow, few: frozenset[str]) -> CompareRow:
    """The row without a place, a quarter or a position where its authority has few pupils."""
    if row.area_code not in few:
        return row
    return row._replace(
        rank=None, rank_of=None, tied=None, quartile=None, position_england=None,
        position_basis=None,
    )  # fmt: skip


def place(row: CompareRow | None) -> str:
    """A place with its ties, or that there is none."""
    if row is None or row.rank is None or row.rank_of is None or row.tied is None:
        return "not ranked"
    return numbers.place(row.rank, row.rank_of, row.tied)
