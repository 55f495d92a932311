"""One school, cluster or DSPL area with its cells of every outcome, and its authority's."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from sendgap.catalogue.model import Indicator
from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import file_name
from sendgap.views import local_figures as figures
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.headline import gap_name
from sendgap.views.local_areas import GROUPS
from sendgap.views.local_figures import Cell
from sendgap.views.local_model import LOCAL_KINDS
from sendgap.views.local_words import badge, disclosure_of, period, practice, source, whose
from sendgap.views.model import NoAnswer, Words
from sendgap.views.wording import WITH_GROUP

Shown = TypeVar("Shown", covariant=True)
View = TypeVar("View")


@dataclass(frozen=True, slots=True)
class OfUnit(Generic[Shown]):
    """A view of one local unit, with what a page about such a unit always says."""

    shown: Shown
    name: str
    is_invented: bool
    disclosure: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One outcome and group of the unit: its newest cell, and those of the same years.

    ``reference`` is the unit's own cell of the group it is set against, ``authority`` the
    authority's of the same group, its newest where the unit has none.
    """

    indicator: Indicator
    group: SenGroup
    cell: Cell | None
    reference: Cell | None
    authority: Cell | None

    @property
    def value(self) -> float | None:
        """The shown level."""
        return self.cell.value if self.cell else None

    @property
    def is_counted(self) -> bool:
        """Whether the outcome is counted for the group in a unit of this kind at all."""
        return self.cell is not None

    @property
    def years(self) -> str:
        """The school year, or the several it stands for."""
        return period(self.cell.time_period, self.cell.years) if self.cell else "–"

    @property
    def level(self) -> str:
        return figures.printed(self.indicator, self.cell)

    @property
    def gap(self) -> str:
        return figures.gap(self.indicator, self.cell, self.reference)

    @property
    def against(self) -> str:
        """Better, similar or worse than the rest of the authority, or why it is not said."""
        return figures.against_rest(self.indicator, self.cell)


@dataclass(frozen=True, slots=True)
class OneUnit:
    """A unit's cells by outcome, and its authority's."""

    release: Release
    local: LocalRelease
    kind: str
    unit_id: str
    name: str
    own: Mapping[str, Sequence[Cell]]
    whole: Mapping[str, Sequence[Cell]]

    @property
    def authority(self) -> str:
        """The authority's name."""
        return str(self.local.about["authority"])

    @property
    def kind_name(self) -> str:
        """ "DSPL area", "cluster" or "school"."""
        return LOCAL_KINDS[self.kind][0]

    def who(self, group: SenGroup) -> str:
        """ "Pupils on SEN support in Practice cluster 01"."""
        return f"Pupils {WITH_GROUP[group]} in {self.name}"

    def context(self, *rest: str) -> str:
        """The line over a page's heading."""
        return " · ".join((self.authority, f"{self.name} ({self.kind_name})", *rest))

    def held(self) -> list[Indicator]:
        """The outcomes that are counted for the unit: headline ones first."""
        catalogue = self.release.catalogue
        ordered = dict.fromkeys((*catalogue.headline, *catalogue.indicators))
        return [catalogue.indicators[i] for i in ordered if i in self.own]

    def figure(self, indicator: Indicator, group: SenGroup) -> Figure:
        """The newest figure of an outcome and group, with what stands beside it."""
        own = self.own.get(indicator.id, ())
        cell = figures.newest(figures.of_group(own, group))
        reference = figures.reference_of(indicator)
        whole = self.whole.get(indicator.id, ())
        beside = figures.same_years(indicator, whole, group, cell)
        if cell is None:
            beside = figures.newest(figures.of_group(whole, group))
        against = reference.group if reference else None
        other = figures.same_years(indicator, own, against, cell)
        return Figure(indicator, group, cell, other, beside)

    def figures(self, indicators: Sequence[Indicator]) -> list[Figure]:
        """Those of every group that an outcome is counted for."""
        found = [self.figure(i, group) for i in indicators for group in GROUPS]
        return [figure for figure in found if figure.is_counted]

    def boxed(self, view: View, hidden: int, of: str) -> OfUnit[View]:
        """A view with the box about disclosure: how many of its figures are hidden."""
        said = disclosure_of(self.local, hidden, of)
        return OfUnit(view, self.name, self.local.is_invented, said)


def one_unit(release: Release, local: LocalRelease, unit: str) -> OneUnit:
    """The unit written ``dspl:D1``; raises ``UnknownNameError`` where it is not held."""
    kind, _, unit_id = unit.partition(":")
    names = local.names(kind) if kind in LOCAL_KINDS else {}
    if unit_id not in names:
        raise UnknownNameError("local area", unit)
    whole = f"authority:{local.about['authority_id']}"
    found: dict[bool, dict[str, list[Cell]]] = {True: defaultdict(list), False: defaultdict(list)}
    for key, rows in local.unit_cells([unit, whole]).groupby("indicator_id", sort=False):
        indicator = release.catalogue.indicators[str(key)]
        of_unit = rows["unit_kind"] == kind
        for is_own, cell in zip(of_unit, figures.cells(rows, indicator), strict=True):
            found[bool(is_own)][indicator.id].append(cell)
    own, others = found[True], found[False]
    return OneUnit(release, local, kind, unit_id, names[unit_id], dict(own), dict(others))


def gap_words(figure: Figure) -> str:
    """ "Gap to pupils without SEN: 12.1 pp", or why there is none."""
    indicator, reference = figure.indicator, figures.reference_of(figure.indicator)
    if reference is None:
        return "no gap defined"
    return f"Gap to {gap_name(indicator, reference)}: {figure.gap}" if figure.gap != "–" else "none"


def badges(found: OneUnit) -> tuple[str, ...]:
    """What kind of figures these are."""
    return (badge(found.local),)


def stem_of(found: OneUnit, about: str) -> str:
    """The name of downloads; invented figures say so."""
    return file_name(whose(found.local), found.name, about)


def absent(found: OneUnit, what: str, why: str) -> NoAnswer:
    """A view of which local returns hold nothing: why."""
    words = Words(
        context=found.context(what),
        finding=f"{found.name}: no local figures.",
        badges=badges(found),
        sentences=(why,),
        caveats=practice(found.local),
        sources=(source(found.local, []),),
    )
    return NoAnswer(words, f"There are no local figures of this for {found.name}.")


def labelled(figure: Figure) -> str:
    """ "Persistent absence (SEN support)": a figure's outcome and group in a list."""
    return f"{figure.indicator.phrases.short} ({GROUP_LABELS[figure.group]})"
