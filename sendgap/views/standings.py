"""The newest level and gap of several authorities on several outcomes, in one query."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import NamedTuple

from sendgap.catalogue.areas import Area, in_text
from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import SenGroup, Status
from sendgap.text import capital
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.headline import label
from sendgap.views.model import SourceNote
from sendgap.views.periods import day, ends_in
from sendgap.views.request import Request


class StandingRow(NamedTuple):
    """The newest level or gap of one authority, with what stands beside it."""

    area_code: str
    indicator_id: str
    sen_group: str
    measure: str
    reference: str
    time_identifier: str
    time_period: str
    value: float | None
    symbol: str | None
    sen_value: float | None
    reference_value: float | None
    england: float | None
    region_value: float | None
    neighbour_mean: float | None
    neighbour_count: int
    rank: int | None
    rank_of: int | None
    tied: int | None
    quartile: str | None
    median: float | None
    baseline_period: str | None
    position_england: str | None
    position_basis: str | None
    status: str
    source_id: str
    decimals: int

    @property
    def is_provisional(self) -> bool:
        return self.status == Status.PROVISIONAL and self.value is not None


Key = tuple[str, str, str]
#: The groups whose headline outcomes tell whether an area has few pupils.
SINGLE = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)


@dataclass(frozen=True, slots=True)
class Standings:
    """Rows by area code, indicator and SEN group: levels, and gaps to the default reference."""

    release: Release
    request: Request
    area: Area
    indicators: tuple[Indicator, ...]
    levels: Mapping[Key, StandingRow]
    gaps: Mapping[Key, StandingRow]

    def level(self, code: str, indicator: Indicator, group: SenGroup) -> StandingRow | None:
        return self.levels.get((code, indicator.id, group.value))

    def gap(self, code: str, indicator: Indicator, group: SenGroup) -> StandingRow | None:
        return self.gaps.get((code, indicator.id, group.value))

    def any_level(self, indicator: Indicator, group: SenGroup) -> StandingRow | None:
        """The area's own row or, where it has none, another's: its period, source and England's
        figure are the same."""
        own = self.level(self.area.area_code, indicator, group)
        return own or _first(self.levels, indicator, group)

    def any_gap(self, indicator: Indicator, group: SenGroup) -> StandingRow | None:
        """The same for gaps."""
        own = self.gap(self.area.area_code, indicator, group)
        return own or _first(self.gaps, indicator, group)

    def has_few_pupils(self, code: str, group: SenGroup) -> bool:
        """Whether so many figures of an area are hidden that none can be called good or bad."""
        rows = [self.level(code, indicator, group) for indicator in self.indicators]
        held = [row for row in rows if row is not None]
        hidden = [row for row in held if row.value is None and row.symbol in ("c", "x")]
        return 4 * len(hidden) >= len(held) > 0


def _first(
    rows: Mapping[Key, StandingRow], indicator: Indicator, group: SenGroup
) -> StandingRow | None:
    found = (row for (_, i, g), row in rows.items() if i == indicator.id and g == group.value)
    return next(found, None)


def standings(
    release: Release,
    request: Request,
    indicators: Sequence[Indicator],
    groups: Sequence[SenGroup],
) -> Standings:
    """The area of a request, its neighbours and the areas chosen, in one query."""
    area = release.areas.by_code(request.area_code)
    near = release.areas.neighbours(area.area_code, request.vintage)
    codes = [area.area_code, *(n.area.area_code for n in near), *request.chosen]
    by_id = {indicator.id: indicator for indicator in indicators}
    levels: dict[Key, StandingRow] = {}
    gaps: dict[Key, StandingRow] = {}
    for found in release.rows(
        "standings",
        areas=list(dict.fromkeys(codes)),
        vintage=request.vintage,
        groups=[group.value for group in groups],
        indicators=list(by_id),
    ):
        row = StandingRow(*found)
        indicator = by_id[row.indicator_id]
        if row.time_identifier != indicator.time_identifier:
            continue
        key = (row.area_code, row.indicator_id, row.sen_group)
        if row.measure == "value":
            levels[key] = row
        elif row.reference == indicator.default_reference:
            gaps[key] = row
    return Standings(release, request, area, tuple(indicators), levels, gaps)


def few_pupils(release: Release, group: SenGroup, vintage: str) -> frozenset[str]:
    """The authorities that :meth:`Standings.has_few_pupils` would name, of all there are.

    For a group without headline outcomes of its own both groups of pupils with SEN decide.
    """
    groups = (group,) if group in SINGLE else SINGLE
    headline = (release.catalogue.indicators.get(i) for i in release.catalogue.headline)
    rows = release.rows(
        "few_pupils",
        vintage=vintage,
        groups=[g.value for g in groups],
        outcomes=[f"{i.id} {i.time_identifier.value}" for i in headline if i is not None],
    )
    return frozenset(str(code) for (code,) in rows)


def few_line(names: Sequence[str], about: str) -> str:
    """That nothing is said of some areas' standing, and why."""
    verb = "has" if len(names) == 1 else "have"
    who = f"{capital(in_text(*names))} {verb} so few pupils that many figures are hidden"
    return f"{who}: no {about} is given."


def is_stale(release: Release, row: StandingRow, today: date) -> bool:
    """Whether two newer editions of a figure's source are due."""
    return release.catalogue.sources[row.source_id].stale_after < today


def stale_line(release: Release, indicator: Indicator, row: StandingRow) -> str:
    """That an outcome is left out, for which years it has figures, and of what."""
    publication = release.catalogue.sources[row.source_id].publication
    return (
        f"{indicator.phrases.short}: the newest figures are of {ends_in(row.time_period)} and "
        f"two newer editions are due ({publication}). Its page still shows them."
    )


def current(
    found: Standings, today: date, *, with_gap: bool = False
) -> tuple[list[Indicator], tuple[str, ...]]:
    """The outcomes to show as of ``today``, and a line for each reason that others are not:
    stale, not of this group, nothing for this area, or without a gap where one is asked for."""
    group = found.request.sen_group
    shown, stale, without_gap, gone = [], [], [], []
    never = [i.phrases.short for i in found.indicators if group not in i.groups()]
    for indicator in (i for i in found.indicators if group in i.groups()):
        row = found.level(found.area.area_code, indicator, group)
        if row is None:
            gone.append(indicator.phrases.short)
        elif is_stale(found.release, row, today):
            stale.append(stale_line(found.release, indicator, row))
        elif with_gap and found.any_gap(indicator, group) is None:
            without_gap.append(indicator.phrases.short)
        else:
            shown.append(indicator)
    named = (
        (never, f"Not published for {GROUP_LABELS[group]}"),
        (gone, f"No figure for {found.area.in_text} in the newest year"),
        (without_gap, "A level and no gap"),
    )
    lines = [f"{words}: {'; '.join(names)}." for names, words in named if names]
    return shown, (*stale, *lines)


def sources(
    release: Release, used: Iterable[tuple[Indicator, StandingRow]]
) -> tuple[SourceNote, ...]:
    """One line for each publication, with the outcomes and years taken from it."""
    taken: dict[str, dict[str, None]] = {}
    for indicator, row in used:
        said = f"{indicator.phrases.short} {label(indicator, row.time_period)}"
        taken.setdefault(row.source_id, {})[said] = None
    editions = {str(row[0]): str(row[1]) for row in release.rows("edition_dates")}
    notes = []
    for source_id, outcomes in taken.items():
        source = release.catalogue.sources[source_id]
        edition = day(editions.get(source_id, source.edition))
        notes.append(
            SourceNote(
                source.publication, source.publisher, edition, "; ".join(outcomes),
                source.next_update, source.licence, source.url,
            )
        )  # fmt: skip
    return tuple(notes)
