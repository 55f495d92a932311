"""One outcome of a school, cluster or DSPL area, read with all that stands beside it.

Local figures come from the local release, which holds only what has passed disclosure control;
England's are published ones and are never set against a hidden figure.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from sendgap.catalogue.model import Indicator
from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import Reference, SenGroup
from sendgap.text import file_name
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.local_figures import Cell
from sendgap.views.local_model import LOCAL_KINDS
from sendgap.views.local_units import around, kind_of
from sendgap.views.local_words import disclosure_of, period, whose
from sendgap.views.model import GapOverTime, NoAnswer, SideBySide
from sendgap.views.notes import is_stale
from sendgap.views.request import ENGLAND, Request
from sendgap.views.wording import Voice


@dataclass(frozen=True, slots=True)
class LocalOutcome:
    """A view of one outcome of a local unit, with what a page about such a unit always says:
    ``disclosure`` is what was hidden and why."""

    view: GapOverTime | SideBySide | NoAnswer
    disclosure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reading:
    """One outcome and group of a unit (``dspl:D1``). ``names`` and ``cells`` are those of the
    unit first, then of the units it lies in, the authority last."""

    release: Release
    local: LocalRelease
    unit: str
    group: SenGroup
    indicator: Indicator
    names: Mapping[str, str]
    cells: Mapping[str, Sequence[Cell]]

    @classmethod
    def of(
        cls, release: Release, local: LocalRelease, unit: str, indicator_id: str, group: SenGroup
    ) -> Reading:
        """Read it; raises ``UnknownNameError`` for a unit that is not held."""
        kind, _, unit_id = unit.partition(":")
        own = local.names(kind) if kind in LOCAL_KINDS else {}
        if unit_id not in own:
            raise UnknownNameError("local area", unit)
        names = {unit: own[unit_id]} | around(local, unit)
        indicator = release.catalogue.indicator(indicator_id)
        frame = local.cells(indicator_id, units=[key.partition(":")[2] for key in names])
        found: dict[str, list[Cell]] = defaultdict(list)
        for of_kind, cell in zip(frame["unit_kind"], figures.cells(frame, indicator), strict=True):
            found[f"{of_kind}:{cell.unit_id}"].append(cell)
        kept = {key: tuple(found.get(key, ())) for key in names}
        return cls(release, local, unit, group, indicator, names, kept)

    @property
    def name(self) -> str:
        """The unit's name."""
        return self.names[self.unit]

    @property
    def what(self) -> str:
        """ "DSPL area", "cluster" or "school"."""
        return LOCAL_KINDS[kind_of(self.unit)][0]

    @property
    def authority(self) -> str:
        """The authority as ``cells`` names it."""
        return list(self.names)[-1]

    @property
    def reference(self) -> Reference | None:
        """What the group is set against; none where there is no gap."""
        return figures.reference_of(self.indicator) if self.indicator.has_gap else None

    @property
    def voice(self) -> Voice:
        """The sentences about the outcome."""
        return Voice(self.indicator, self.group, self.reference)

    @property
    def label(self) -> str:
        """The group's name."""
        return GROUP_LABELS[self.group]

    def own(self, key: str = "") -> list[Cell]:
        """The group's cells of a unit, without those that units of its size never have."""
        found = figures.of_group(self.cells[key or self.unit], self.group)
        return [cell for cell in found if cell.symbol != "x"]

    def newest(self) -> Cell | None:
        """The unit's newest cell of the group."""
        return figures.newest(figures.of_group(self.cells[self.unit], self.group))

    def same(self, key: str, own: Cell | None, *, reference: bool = False) -> Cell | None:
        """A unit's cell of the group, or of its reference, of the school years of ``own``."""
        group = self.group if not reference else self.reference.group if self.reference else None
        return figures.same_years(self.indicator, self.cells[key], group, own)

    def level(self, cell: Cell) -> str:
        """A shown level by itself, as a sentence prints it."""
        assert cell.value is not None
        places = figures.decimals(self.indicator, cell.pupils)
        return numbers.level(cell.value, self.indicator.unit, places)

    def context(self) -> str:
        """The line over the heading."""
        authority = self.names[self.authority]
        short = self.indicator.phrases.short
        return f"{authority} · {self.name} ({self.what}) · {self.label} · {short}"

    def file_name(self, about: str) -> str:
        """The name of downloads; invented figures say so."""
        return file_name(whose(self.local), self.name, self.indicator.id, self.group.value, about)

    def disclosure(self, cells: Iterable[Cell | None]) -> tuple[str, ...]:
        """The box about what was hidden, of the cells that stand on the page."""
        found = list(cells)
        hidden = sum(cell is None or cell.value is None for cell in found)
        return disclosure_of(self.local, hidden, f"{len(found)} figures")


@dataclass(frozen=True, slots=True)
class England:
    """England's published figures of the outcome and group, oldest first; empty where none."""

    frame: Frame
    levels: Sequence[LevelRow]
    gaps: Sequence[GapRow]

    @classmethod
    def of(cls, reading: Reading) -> England:
        """Those that stand beside a unit's, which is counted over school years."""
        indicator = reading.indicator
        asked = Request(ENGLAND, indicator.id, reading.group, breakdown=indicator.default_breakdown)
        frame = Frame.of(reading.release, asked)
        if frame.is_category or not frame.series():
            return cls(frame, (), ())
        levels = [r for r in frame.levels([ENGLAND], [reading.group]) if r.value is not None]
        # A published gap to other pupils than ours is no line beside it.
        alike = frame.reference is reading.reference
        gaps = [r for r in frame.gaps([ENGLAND]) if r.gap is not None] if alike else []
        return cls(frame, levels, gaps)

    def between(self, first: str, last: str) -> England:
        """Those of the years that the unit has."""
        return England(
            self.frame,
            [r for r in self.levels if first <= r.time_period <= last],
            [r for r in self.gaps if first <= r.time_period <= last],
        )

    def newest(self, time_period: str) -> tuple[LevelRow | None, GapRow | None]:
        """The figure of a year, or else the newest that has not grown stale: level, and gap of
        the same year."""
        at = [r for r in self.levels if r.time_period == time_period]
        fresh = [r for r in self.levels if not is_stale(self.frame, r.source_id)]
        level = next(reversed(at or fresh), None)
        gap = [r for r in self.gaps if level and r.time_period == level.time_period]
        return level, gap[-1] if gap else None

    def used(self) -> list[tuple[str, str]]:
        """(source, period) of what stands here."""
        found = [(r.source_id, r.time_period) for r in self.levels]
        return [*found, *((r.source_id, r.time_period) for r in self.gaps)]


def when(cell: Cell) -> str:
    """The school year of a cell, or the several it stands for."""
    return period(cell.time_period, cell.years)


def counted(release: Release, local: LocalRelease, kind: str, group: SenGroup) -> tuple[str, ...]:
    """The outcomes that are counted for units of a kind and a group: the headline first."""
    held = local.held()
    mine = held[(held["unit_kind"] == kind) & (held["sen_group"] == group)]
    found = set(mine["indicator_id"])
    ordered = dict.fromkeys((*release.catalogue.headline, *release.catalogue.indicators))
    return tuple(i for i in ordered if i in found)


def first_shown(release: Release, local: LocalRelease, unit: str, group: SenGroup) -> str:
    """The first of them of which the unit shows a figure; empty where it shows none."""
    cells = local.unit_cells([unit])
    mine = cells[(cells["sen_group"] == group) & cells["value"].notna()]
    shown = set(mine["indicator_id"])
    return next((i for i in counted(release, local, kind_of(unit), group) if i in shown), "")
