"""What the views of one outcome share: its catalogue entry, its area and their figures.

Rows come from the store's named queries as small named records; nothing here computes a
figure that the release does not hold.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from sendgap.catalogue.areas import Area
from sendgap.catalogue.model import Indicator, Series
from sendgap.store import Release
from sendgap.terms import (
    GeographicLevel,
    Reference,
    SenGroup,
    Status,
    TimeIdentifier,
    ValueType,
)
from sendgap.text import file_name
from sendgap.views import numbers
from sendgap.views.model import Definition, Point, SourceNote
from sendgap.views.periods import adjacent, day, ends_in, period_label
from sendgap.views.request import ENGLAND, Request


class LevelRow(NamedTuple):
    """A figure of one group, as printed, or its symbol."""

    area_code: str
    sen_group: str
    time_period: str
    value: float | None
    symbol: str | None
    status: str
    basis: str | None
    line: str
    source_id: str
    decimals: int
    numerator: float | None
    denominator: float | None
    counts_source_id: str | None


class GapRow(NamedTuple):
    """Both sides of a gap and the gap, or its symbol."""

    area_code: str
    time_period: str
    sen_value: float | None
    reference_value: float | None
    gap: float | None
    symbol: str | None
    status: str
    basis: str | None
    line: str
    source_id: str
    decimals: int
    change_previous: float | None
    change_baseline: float | None
    baseline_period: str | None


class PlaceRow(NamedTuple):
    """Neighbours' mean and place of one authority, for a level or a gap."""

    measure: str
    time_period: str
    neighbour_mean: float | None
    neighbour_count: int
    neighbour_min: float | None
    neighbour_max: float | None
    rank: int | None
    rank_of: int | None
    tied: int | None
    quartile: str | None
    minimum: float | None
    maximum: float | None
    median: float | None
    decimals: int


@dataclass(frozen=True, slots=True)
class Frame:
    """One request with its names resolved."""

    release: Release
    request: Request
    indicator: Indicator
    area: Area
    identifier: TimeIdentifier

    @classmethod
    def of(cls, release: Release, request: Request) -> Frame:
        """Resolve a request; raises ``UnknownNameError`` for names that are not held."""
        indicator = release.catalogue.indicator(request.indicator_id)
        identifier = TimeIdentifier(request.time_identifier or indicator.time_identifier)
        area = release.areas.by_code(request.area_code)
        return cls(release, request, indicator, area, identifier)

    @property
    def group(self) -> SenGroup:
        return self.request.sen_group

    @property
    def is_category(self) -> bool:
        """Whether the outcome is words and not numbers."""
        return self.indicator.value_type is ValueType.CATEGORY and bool(self.indicator.series)

    @property
    def cut(self) -> str:
        """The cut looked at, such as "Primary schools"; empty for the whole."""
        cut = self.request.breakdown
        return "" if cut == "total" else self.release.catalogue.breakdowns[cut]

    @property
    def short(self) -> str:
        """The outcome's short name, with the cut looked at."""
        short = self.indicator.phrases.short
        return f"{short} ({self.cut})" if self.cut else short

    @property
    def reference(self) -> Reference | None:
        """The reference of gaps for the asked group; none where there is no gap."""
        if not self.indicator.has_gap or self.group in (SenGroup.NO_SEN, SenGroup.ALL_PUPILS):
            return None
        return self.indicator.default_reference

    @property
    def region(self) -> Area | None:
        if self.area.level is not GeographicLevel.LOCAL_AUTHORITY:
            return None
        return self.release.areas.region_of(self.area)

    def series(self) -> tuple[Series, ...]:
        """The catalogue's series for the asked cut, kind of period and group."""
        return tuple(
            s
            for s in self.indicator.series
            if s.breakdown == self.request.breakdown
            and self.identifier in s.time_identifiers
            and self.group in s.groups
        )

    def _key(self) -> dict[str, str]:
        return {
            "indicator": self.indicator.id,
            "breakdown": self.request.breakdown,
            "time_identifier": self.identifier.value,
        }

    def levels(self, areas: Iterable[str], groups: Iterable[SenGroup]) -> list[LevelRow]:
        """Levels of groups in areas, oldest first."""
        rows = self.release.rows(
            "level_series", areas=list(areas), groups=[g.value for g in groups], **self._key()
        )
        return [LevelRow(*row) for row in rows]

    def everywhere(self, periods: Iterable[str]) -> list[LevelRow]:
        """The group's levels in every area, in some periods."""
        rows = self.release.rows(
            "levels_of_periods", group=self.group.value, periods=list(periods), **self._key()
        )
        return [LevelRow(*row) for row in rows]

    def gaps(self, areas: Iterable[str]) -> list[GapRow]:
        """Gaps to the default reference, oldest first; none where there is no reference."""
        if self.reference is None:
            return []
        rows = self.release.rows(
            "gap_series",
            areas=list(areas),
            group=self.group.value,
            reference=self.reference.value,
            **self._key(),
        )
        return [GapRow(*row) for row in rows]

    def places(self) -> dict[tuple[str, str], PlaceRow]:
        """Neighbours' means and places by (measure, period)."""
        rows = self.release.rows(
            "place_series",
            area=self.area.area_code,
            group=self.group.value,
            vintage=self.request.vintage,
            reference=self.reference.value if self.reference else "none",
            **self._key(),
        )
        return {(str(row[0]), str(row[1])): PlaceRow(*row) for row in rows}

    def latest(self, measure: str) -> str | None:
        """The newest period for all areas of the level or of the gap."""
        reference = self.reference.value if measure == "gap" and self.reference else "none"
        for found, ref, group, period in self.release.shared("latest", **self._key()):
            if (found, ref, group) == (measure, reference, self.group.value):
                return str(period)
        return None

    def label(self, time_period: str) -> str:
        """A period as this indicator prints it."""
        return period_label(time_period, self.indicator.period_style, self.identifier)

    @property
    def england(self) -> str:
        """What England's figure is called: one pooled from authorities says so."""
        published = [GeographicLevel.NATIONAL in s.levels for s in self.series()]
        if all(published):
            return "England"
        rows = self.release.shared("england_pooled", group=self.group.value, **self._key())
        return (
            f"England, pooled from {rows[0][0]} of {rows[0][1]} authorities" if rows else "England"
        )

    def comparator_codes(self) -> dict[str, str]:
        """Area codes of the region and England, where they are asked for."""
        codes: dict[str, str] = {}
        if "region" in self.request.compare and self.region:
            codes["region"] = self.region.area_code
        if "england" in self.request.compare and self.area.area_code != ENGLAND:
            codes["england"] = ENGLAND
        return codes

    def file_name(self, what: str, *periods: str) -> str:
        """A download's name: area, outcome, group, cut, what is drawn, and its years."""
        years = [self.label(period) for period in dict.fromkeys(periods)]
        cut = self.request.breakdown if self.request.breakdown != "total" else ""
        parts = [self.area.short_name, self.indicator.id, self.group, cut, what, " to ".join(years)]
        return file_name(*map(str, parts))

    def area_label(self, role: str) -> str:
        """A comparator's name on a chart."""
        if role == "neighbours":
            return "Neighbours' average"
        if role == "region" and self.region:
            return self.region.name
        return self.england if role == "england" else self.area.short_name

    def definition(self) -> Definition:
        """What the outcome is, for *Read more*."""
        return definition_of(self.indicator)

    def sources(self, used: Iterable[tuple[str, str]]) -> tuple[SourceNote, ...]:
        """Source lines for (source, period) pairs that stand on the page."""
        periods: dict[str, list[str]] = {}
        for source_id, period in used:
            periods.setdefault(source_id, []).append(period)
        editions = {str(row[0]): str(row[1]) for row in self.release.shared("edition_dates")}
        notes = []
        for source_id, found in periods.items():
            source = self.release.catalogue.sources[source_id]
            first, last = self.label(min(found)), self.label(max(found))
            notes.append(
                SourceNote(
                    source.publication,
                    source.publisher,
                    day(editions.get(source_id, source.edition)),
                    first if first == last else f"{first} to {last}",
                    source.next_update,
                    source.licence,
                    source.url,
                )
            )
        return tuple(notes)


def definition_of(indicator: Indicator) -> Definition:
    """What an outcome is and how to read it, from its entry."""
    direction = {
        "higher_is_better": "Higher is better.",
        "lower_is_better": "Lower is better.",
        "none": "Higher is neither better nor worse.",
    }[indicator.polarity.value]
    return Definition(
        indicator.label, indicator.definition, indicator.why_it_matters, indicator.how_to_read,
        indicator.cannot_say, direction,
    )  # fmt: skip


def point(
    frame: Frame, row: LevelRow | GapRow, value: float | None, printed: str, segment: int
) -> Point:
    """A row as a point of a line."""
    symbol = None if value is not None else (row.symbol or "none")
    provisional = row.status == Status.PROVISIONAL and value is not None
    return Point(
        time_period=row.time_period,
        position=ends_in(row.time_period),
        period_label=frame.label(row.time_period),
        value=value,
        printed=printed if value is not None else numbers.symbol_word(symbol),
        symbol=symbol,
        provisional=provisional,
        segment=segment,
    )


def segments(rows: list[tuple[str, str | None, str, bool]]) -> list[int]:
    """A number per row, new where a line must not be joined.

    Rows are (period, basis, line, has a value) of one line, oldest first: a new segment
    starts where the basis or the source's line changes, a value is missing or a period
    is skipped.
    """
    found: list[int] = []
    current = 0
    for place, (period, basis, line, filled) in enumerate(rows):
        if place:
            before = rows[place - 1]
            joined = before[3] and filled and before[1:3] == (basis, line)
            if not joined or not adjacent(before[0], period):
                current += 1
        found.append(current)
    return found
