"""One school, cluster or DSPL area on every outcome, beside the units it lies in and England."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import file_name
from sendgap.views import local_figures as figures
from sendgap.views import local_one_words as said
from sendgap.views.local_england import england
from sendgap.views.local_figures import Cell
from sendgap.views.local_lines import axis, line, ticks
from sendgap.views.local_model import (
    LOCAL_GROUPS,
    LOCAL_KINDS,
    LocalMark,
    LocalOne,
    LocalSimilar,
    OneOutcome,
    SimilarRange,
)
from sendgap.views.local_similar import similar_to
from sendgap.views.local_units import around as places_around
from sendgap.views.local_words import disclosure_of, period, whose, why_hidden
from sendgap.views.model import Chart, Definition, Point

#: Fewest similar units with a figure for a range to be given.
FEWEST_SIMILAR = 3

Found = dict[str, dict[str, list[Cell]]]


@dataclass(frozen=True, slots=True)
class Asked:
    """One unit and group with all cells around it, by outcome and unit (``school:117001``).

    ``around`` names the units it lies in, the authority last; ``alike`` are similar units.
    """

    release: Release
    local: LocalRelease
    unit: str
    name: str
    group: SenGroup
    around: dict[str, str]
    alike: tuple[str, ...]
    found: Found

    @property
    def kind(self) -> str:
        """What the unit is: school, cluster or DSPL area."""
        return self.unit.partition(":")[0]

    def own(self, indicator: Indicator, group: SenGroup | None = None) -> Cell | None:
        """The unit's newest cell of an outcome and group."""
        cells = self.found[indicator.id].get(self.unit, [])
        return figures.newest(figures.of_group(cells, group or self.group))


def local_one(release: Release, local: LocalRelease, unit: str, group: SenGroup) -> LocalOne:
    """The view of a unit written ``school:117001``; it must be held."""
    kind, _, unit_id = unit.partition(":")
    alike = similar_to(local, kind, unit_id)
    asked = _asked(release, local, unit, group, alike)
    held = _in_order(asked)
    counted = [i for i in held if asked.own(i) is not None]
    marks = england(release, local, counted, group)
    outcomes = tuple(_outcome(asked, i, marks.get(i.id)) for i in counted)
    without = [i for i in held if asked.own(i) is None]
    table = said.table(
        asked.local, asked.name, group, list(asked.around.values()), outcomes, alike.heading
    )
    shown = sum(not outcome.hidden for outcome in outcomes)
    return LocalOne(
        words=said.words(local, kind, asked.name, group, outcomes),
        definition=_DEFINITION,
        chart=Chart(
            said.alt(asked.name, group, outcomes), said.description(asked.name, outcomes), table,
            file_name(whose(local), asked.name, group.value),
        ),
        table=table,
        is_invented=local.is_invented,
        disclosure=disclosure_of(local, len(outcomes) - shown, f"{len(outcomes)} outcomes"),
        similar=alike.units,
        similar_said=alike.said,
        similar_heading=alike.heading,
        similar_by=alike.by,
        similar_pupils=alike.pupils,
        name=asked.name,
        sen_group=group,
        outcomes=outcomes,
        others=_others(asked, held, shown),
        withheld=said.withheld(outcomes, _reasons(asked, without)),
        ticks=ticks(cell for units in asked.found.values() for cell in units.get(unit, [])),
        years_alt=said.years_alt(asked.name, group, outcomes),
    )  # fmt: skip


_DEFINITION = Definition(
    "Every outcome that is counted locally",
    "Each outcome is defined as in the published figures; its own page says how.",
    "One place's outcomes beside each other show where to look first.",
    "Read each beside the rest of the authority, and with its number of pupils.",
    "A figure of a few pupils moves a lot by chance. A hidden figure says nothing.",
    "",
)


def _asked(
    release: Release, local: LocalRelease, unit: str, group: SenGroup, alike: LocalSimilar
) -> Asked:
    kind, _, unit_id = unit.partition(":")
    around = places_around(local, unit)
    near = tuple(each.key for each in alike.units)
    found: Found = defaultdict(lambda: defaultdict(list))
    frame = local.unit_cells([unit, *around, *near])
    for indicator_id, rows in frame.groupby("indicator_id", sort=False):
        indicator = release.catalogue.indicators[str(indicator_id)]
        for of_kind, cell in zip(rows["unit_kind"], figures.cells(rows, indicator), strict=True):
            found[indicator.id][f"{of_kind}:{cell.unit_id}"].append(cell)
    return Asked(release, local, unit, local.names(kind)[unit_id], group, around, near, found)


def _in_order(asked: Asked) -> list[Indicator]:
    """The outcomes of the unit or of those around it: the headline first."""
    catalogue = asked.release.catalogue
    order = dict.fromkeys((*catalogue.headline, *catalogue.indicators))
    return [catalogue.indicators[i] for i in order if i in asked.found]


def _others(
    asked: Asked, held: Sequence[Indicator], shown: int
) -> tuple[tuple[SenGroup, int], ...]:
    """The other groups that show more outcomes than the one looked at."""
    counts = []
    for group in LOCAL_GROUPS:
        cells = [asked.own(indicator, group) for indicator in held]
        counts.append((group, sum(c is not None and c.value is not None for c in cells)))
    return tuple((group, count) for group, count in counts if count > shown)


def _reasons(asked: Asked, without: Sequence[Indicator]) -> dict[str, list[str]]:
    """Outcomes of which the unit has no cell for the group, by why that is so."""
    reasons: dict[str, list[str]] = {}
    held = asked.local.held()
    counted = set(held.loc[held["unit_kind"] == asked.kind, "indicator_id"])
    for indicator in without:
        cells = asked.found[indicator.id]
        whole = cells.get(list(asked.around)[-1], [])
        if not figures.of_group(whole, asked.group):
            continue
        why = said.NEEDS_YEARS if cells.get(asked.unit) else said.NOBODY
        if indicator.id not in counted:
            why = said.NOT_COUNTED.format(LOCAL_KINDS[asked.kind][1])
        reasons.setdefault(why, []).append(indicator.phrases.short)
    return reasons


def _outcome(asked: Asked, indicator: Indicator, of_england: LocalMark | None) -> OneOutcome:
    cells = asked.found[indicator.id]
    mine = cells[asked.unit]
    own = asked.own(indicator)
    assert own is not None
    reference = figures.reference_of(indicator)
    group = reference.group if reference else None
    beside = figures.same_years(indicator, mine, group, own)
    lines = [line(indicator, "sen", mine, asked.group)]
    if group is not None:
        lines.append(line(indicator, "reference", mine, group))
    whole = list(asked.around)[-1]
    lines.append(line(indicator, "area", cells.get(whole, []), asked.group, asked.around[whole]))
    similar, similar_printed = _similar(asked, indicator, own)
    return OneOutcome(
        indicator_id=indicator.id,
        name=indicator.phrases.short,
        own=_point(indicator, own),
        pupils="c" if own.pupils is None else f"{own.pupils:,.0f}",
        interval=figures.interval(indicator, own),
        reference_label=said.group_label(group),
        reference=figures.printed(indicator, beside) if group else "–",
        gap=figures.gap(indicator, own, beside),
        against=figures.against_rest(indicator, own),
        flag=figures.flag(own),
        hidden="" if own.value is not None else why_hidden(own),
        marks=(*_marks(asked, indicator, own), *([of_england] if of_england else [])),
        similar=similar,
        similar_printed=similar_printed,
        lines=tuple(lines),
        axis=axis(indicator, lines),
    )


def _point(indicator: Indicator, cell: Cell) -> Point:
    return Point(
        cell.time_period, 0.0, period(cell.time_period, cell.years), cell.value,
        figures.printed(indicator, cell), cell.symbol or None,
        lower=cell.lower, upper=cell.upper,
    )  # fmt: skip


def _marks(asked: Asked, indicator: Indicator, own: Cell) -> list[LocalMark]:
    """The units around, in the school years of the unit's own figure."""
    marks = []
    for key, name in asked.around.items():
        cells = asked.found[indicator.id].get(key, [])
        cell = figures.same_years(indicator, cells, asked.group, own)
        value = cell.value if cell else None
        years = period(own.time_period, own.years)
        role = key.partition(":")[0]
        marks.append(LocalMark(role, name, value, figures.printed(indicator, cell), years))
    return marks


def _similar(asked: Asked, indicator: Indicator, own: Cell) -> tuple[SimilarRange | None, str]:
    """The range of the similar units' shown figures of the same years, and it in words.

    A range of what is shown one by one tells nothing that is not shown. A pooled figure
    would be of those shown alone, which are not the similar ones as a whole.
    """
    if not asked.alike:
        return None, "–"
    cells = [
        figures.same_years(indicator, asked.found[indicator.id].get(key, []), asked.group, own)
        for key in asked.alike
    ]
    shown = sorted((c for c in cells if c and c.value is not None), key=lambda c: c.value or 0.0)
    if len(shown) < FEWEST_SIMILAR:
        return None, f"{len(shown)} of {len(cells)} shown: too few"
    low, high = (float(cell.value or 0.0) for cell in (shown[0], shown[-1]))
    first, last = (figures.printed(indicator, cell) for cell in (shown[0], shown[-1]))
    between = f"{first.removesuffix(' per 100')} to {last}" if low < high else last
    printed = f"{between} ({len(shown)} of {len(cells)} shown)"
    return SimilarRange(low, high, printed, len(shown), len(cells)), printed
