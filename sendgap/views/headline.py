"""One headline outcome of one area: rows of the release as words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import NamedTuple, Protocol

from sendgap.catalogue.areas import Area
from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import Polarity, Reference, SenGroup, Status, TimeIdentifier
from sendgap.views import numbers, standing
from sendgap.views.area_model import Headline
from sendgap.views.model import Point
from sendgap.views.periods import ends_in, period_label
from sendgap.views.request import Request
from sendgap.views.standing import Standing

NEIGHBOURS, NATION = "statistical neighbours", "England"
NOT_RANKED = "not ranked"


class ProfileRow(NamedTuple):
    """The newest level or gap of one area, with what stands beside it."""

    area_code: str
    indicator_id: str
    measure: str
    reference: str
    time_identifier: str
    time_period: str
    value: float | None
    symbol: str | None
    reference_value: float | None
    england: float | None
    neighbour_mean: float | None
    neighbour_count: int
    rank: int | None
    rank_of: int | None
    tied: int | None
    quartile: str | None
    median: float | None
    change_baseline: float | None
    baseline_period: str | None
    position_england: str | None
    position_neighbours: str | None
    position_basis: str | None
    status: str
    source_id: str
    decimals: int
    is_open: bool
    minimum: float | None = None
    q25: float | None = None
    q75: float | None = None
    maximum: float | None = None


class Baselined(Protocol):
    """A figure's period, and the one its change is told from where there is one."""

    @property
    def time_period(self) -> str: ...

    @property
    def baseline_period(self) -> str | None: ...


class SeriesRow(NamedTuple):
    """One period's level of one indicator."""

    indicator_id: str
    time_identifier: str
    time_period: str
    value: float | None
    symbol: str | None
    status: str
    basis: str | None
    line: str
    source_id: str
    decimals: int
    denominator: float | None


@dataclass(frozen=True, slots=True)
class Profile:
    """The rows of one area, group and neighbour list, by outcome.

    ``missing`` names the neighbours without a figure.
    """

    release: Release
    request: Request
    area: Area
    indicators: tuple[Indicator, ...]
    levels: dict[str, ProfileRow]
    gaps: dict[str, ProfileRow]
    series: dict[str, list[SeriesRow]]
    missing: dict[str, tuple[str, ...]]


def headline(
    indicator: Indicator, level: ProfileRow, gap: ProfileRow | None, series: list[SeriesRow]
) -> Headline:
    """The record of one outcome."""
    has_level = level.value is not None
    printed = numbers.symbol_word(level.symbol)
    if level.value is not None:
        printed = numbers.level(level.value, indicator.unit, level.decimals)
    least = standing.floor(level.decimals, indicator.unit)
    moved, since = _since(indicator, level, series, least)
    has_gap = gap is not None and gap.value is not None
    return Headline(
        indicator_id=indicator.id,
        name=indicator.phrases.short,
        period_label=label(indicator, level.time_period),
        level=printed,
        has_level=has_level,
        reason="" if has_level else no_figure(level.symbol),
        provisional=level.status == Status.PROVISIONAL and has_level,
        neighbours=_neighbours(indicator, level),
        england=_england(indicator, level),
        place=_place(level),
        gap=_gap(indicator, gap),
        gap_name=gap_name(indicator) if has_gap else "",
        gap_said=_gap_said(indicator, gap),
        trend=moved,
        since=since,
        improving=moved == "better",
        points=points(indicator, series),
        rank_share=level.rank / level.rank_of if level.rank and level.rank_of else None,
        gap_cell=_gap_cell(indicator, gap),
    )


def label(indicator: Indicator, period: str) -> str:
    """A period as the outcome prints it."""
    return period_label(period, indicator.period_style, indicator.time_identifier)


def no_figure(symbol: str | None) -> str:
    """Why there is no level, as a sentence."""
    return f"No figure: {numbers.symbol_reason(symbol)}."


def _neighbours(indicator: Indicator, row: ProfileRow) -> Standing:
    """The neighbours' average and the side of it; a count grows with the area and has none."""
    if indicator.unit == "count":
        return Standing(NEIGHBOURS, "not compared", "", None)
    printed = standing.mean_printed(
        row.neighbour_mean, row.neighbour_count, indicator.unit, row.decimals
    )
    return Standing(NEIGHBOURS, printed, row.position_neighbours or "", row.position_basis)


def _england(indicator: Indicator, row: ProfileRow) -> Standing:
    if row.england is None:
        printed = "No published England figure"
        if row.median is not None:
            middle = numbers.level(row.median, indicator.unit, row.decimals)
            printed += f"; median {middle}"
        return Standing(NATION, printed, "", None)
    if indicator.unit == "count":
        return Standing(NATION, "not compared", "", None)
    printed = numbers.level(row.england, indicator.unit, row.decimals)
    return Standing(NATION, printed, row.position_england or "", row.position_basis)


def _place(row: ProfileRow) -> str:
    if row.rank is None or row.rank_of is None or row.tied is None:
        return NOT_RANKED
    return numbers.place(row.rank, row.rank_of, row.tied)


def _gap(indicator: Indicator, row: ProfileRow | None) -> str:
    if row is None:
        return "no gap defined"
    if row.value is None:
        return numbers.symbol_word(row.symbol)
    return numbers.gap(row.value, indicator.unit, row.decimals)


def gap_name(indicator: Indicator, reference: Reference | None = None) -> str:
    """What the gap is to: "pupils without SEN", "all children"; to the indicator's own
    reference unless another is given."""
    reference = reference or indicator.default_reference
    if reference is None:
        return ""
    people = indicator.phrases.people
    without = reference.group is SenGroup.NO_SEN
    own = f"{people} without SEN" if without else f"all {people}"
    return f"{own} in England" if Reference(reference).is_england else own


def _gap_said(indicator: Indicator, row: ProfileRow | None) -> str:
    """The gap with both signs in words; the level stands above it."""
    if row is None or row.value is None:
        return ""
    if row.value > 0:
        wide = numbers.gap(row.value, indicator.unit, row.decimals)
        return f"Gap to {gap_name(indicator)}: {wide}"
    return gap_to(indicator, row.value, row.decimals)


def gap_to(indicator: Indicator, value: float, decimals: int) -> str:
    """A gap and whom it is to; where there is none or the group does better, that in words."""
    name = gap_name(indicator)
    if value < 0:
        return f"Better than {name} by {numbers.gap(-value, indicator.unit, decimals)}"
    if value == 0:
        return f"No gap to {name}"
    return f"{numbers.gap(value, indicator.unit, decimals)} to {name}"


def _gap_cell(indicator: Indicator, row: ProfileRow | None) -> str:
    """The gap and what it is to; no gap, and one the other way round, as the tile says them."""
    if row is None or row.value is None:
        return _gap(indicator, row)
    return gap_to(indicator, row.value, row.decimals)


def baseline_of(row: Baselined, series: list[SeriesRow]) -> SeriesRow | None:
    """The figure that the level's change is told from: its baseline's or, where an area has
    none, its own earliest on the same basis and line."""
    now = next((s for s in series if s.time_period == row.time_period), None)
    comparable = [
        s
        for s in series
        if now is not None
        and s.value is not None
        and s.time_period < row.time_period
        and (s.basis, s.line) == (now.basis, now.line)
    ]
    named = [s for s in comparable if s.time_period == row.baseline_period]
    return next(iter(named or comparable), None)


def _since(
    indicator: Indicator, row: ProfileRow, series: list[SeriesRow], least: float
) -> tuple[str, str]:
    """Which way the level moved, and "8% in 2018/19, 10% now: changed little"; both empty
    without an earlier comparable figure."""
    first = baseline_of(row, series)
    if first is None or first.value is None or row.value is None:
        return "", ""
    change = round(row.value - first.value, row.decimals)
    moved = standing.trend(change, least, indicator.polarity)
    before = numbers.level(first.value, indicator.unit, first.decimals)
    now = numbers.level(row.value, indicator.unit, row.decimals)
    text = f"{before} in {label(indicator, first.time_period)}, {now} now"
    return moved, f"{text}: changed little" if moved == "little" else text


def points(indicator: Indicator, series: list[SeriesRow]) -> tuple[Point, ...]:
    """The level over the years; a new segment wherever a line must not be joined."""
    found: list[Point] = []
    segment, before = 0, None
    for row in series:
        if before is not None and not _joined(before, row):
            segment += 1
        before = row
        printed = numbers.symbol_word(row.symbol)
        if row.value is not None:
            printed = numbers.level(row.value, indicator.unit, row.decimals)
        found.append(
            Point(
                row.time_period, ends_in(row.time_period), label(indicator, row.time_period),
                row.value, printed, row.symbol,
                row.status == Status.PROVISIONAL and row.value is not None, segment=segment,
            )
        )  # fmt: skip
    return tuple(found)


def _joined(before: SeriesRow, row: SeriesRow) -> bool:
    follows = ends_in(row.time_period) - ends_in(before.time_period) == 1
    both = before.value is not None and row.value is not None
    return follows and both and (before.basis, before.line) == (row.basis, row.line)


def is_of(indicator: Indicator, time_identifier: str) -> bool:
    """Whether a row is of the outcome's own kind of period."""
    return TimeIdentifier(time_identifier) is indicator.time_identifier


def has_direction(indicator: Indicator) -> bool:
    """Whether better and worse mean anything for the outcome."""
    return indicator.polarity is not Polarity.NONE
