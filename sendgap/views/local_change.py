"""What has changed in one local unit: each outcome's single years, from the first to the newest."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from sendgap.catalogue.model import Indicator
from sendgap.local.compare import FEWEST_JUDGED
from sendgap.statistics.estimate import Estimate
from sendgap.statistics.mover import difference
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup, ValueType
from sendgap.views import local_figures as figures
from sendgap.views import standing
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.grid_model import SparkRow, Sparks
from sendgap.views.local_figures import Cell
from sendgap.views.local_lines import line
from sendgap.views.local_unit import OfUnit, OneUnit, absent, badges, one_unit, stem_of
from sendgap.views.local_words import SYMBOLS, captioned, period, practice, source
from sendgap.views.model import Chart, Definition, NoAnswer, Table, Words
from sendgap.views.wording import WITH_GROUP, moved_text

DEFINITION = Definition(
    "Outcomes of one local area over the years",
    "The level of each outcome counted from local returns for one group of pupils, from its first "
    "shown year to its newest.",
    "It shows which outcomes move, before each is looked at by itself.",
    "A change is told only where the newest year is shown. It is called better or worse where "
    "chance alone would seldom make so large a change.",
    "Every year is of other children: a line is not one group growing up. A hidden year says "
    "nothing.",
    "The better way means better for the child: absence that fell went the better way.",
)
NO_CHANGE = "no earlier year is shown"
POOLED_ONLY = "three years together: no year by itself"


@dataclass(frozen=True, slots=True)
class Told:
    """One outcome's single years, oldest first, those without a figure too."""

    indicator: Indicator
    years: list[Cell]

    @property
    def filled(self) -> list[Cell]:
        return [cell for cell in self.years if cell.value is not None]


def local_change(
    release: Release, local: LocalRelease, unit: str, group: SenGroup
) -> OfUnit[Sparks | NoAnswer]:
    """The years of a unit written ``dspl:D1``, for one group of pupils."""
    found = one_unit(release, local, unit)
    told = [each for i in found.held() if (each := told_of(found, i, group)) is not None]
    if not told:
        why = f"The local returns count no outcome here for pupils {WITH_GROUP[group]}."
        return found.boxed(absent(found, "Outcomes over the years", why), 0, "0 figures")
    rows = tuple(_row(found, each, group) for each in told)
    view = Sparks(
        words=_words(found, told, rows, group),
        definition=DEFINITION,
        chart=_chart(found, rows, group),
        rows=rows,
        left_out=(),
    )
    hidden = sum(cell.value is None for each in told for cell in each.years)
    return found.boxed(view, hidden, f"{sum(len(each.years) for each in told)} figures")


def told_of(found: OneUnit, indicator: Indicator, group: SenGroup) -> Told | None:
    """The single years of a group, or the newest of several together where there are only those."""
    mine = [c for c in figures.of_group(found.own[indicator.id], group) if c.symbol != "x"]
    singles = sorted((c for c in mine if c.years == 1), key=lambda c: c.time_period)
    together = [cell for cell in [figures.newest(mine)] if cell is not None]
    years = singles or together
    return Told(indicator, years) if years else None


def _row(found: OneUnit, told: Told, group: SenGroup) -> SparkRow:
    indicator, newest = told.indicator, told.years[-1]
    first, low, high = "none", "none", "none"
    change, trend = moved(told)
    if newest.value is not None and len(told.filled) > 1:
        first = _dated(indicator, told.filled[0])
        low, high = (_dated(indicator, f(told.filled, key=lambda c: c.value or 0.0))
                     for f in (min, max))  # fmt: skip
    figure = found.figure(indicator, group)
    return SparkRow(
        indicator.id, indicator.phrases.short, period(newest.time_period, newest.years),
        figures.printed(indicator, newest), first, low, high, change, trend, figure.gap,
        line(indicator, "sen", told.years, group).points,
    )  # fmt: skip


def _dated(indicator: Indicator, cell: Cell) -> str:
    return f"{figures.printed(indicator, cell)} in {period(cell.time_period, cell.years)}"


def moved(told: Told) -> tuple[str, str]:
    """What the level did since the first shown year, and which way, beyond chance."""
    newest = told.years[-1]
    if newest.value is None:
        return "newest year not shown", ""
    if newest.years > 1:
        return POOLED_ONLY, ""
    if len(told.filled) < 2:
        return NO_CHANGE, ""
    first, indicator = told.filled[0], told.indicator
    places = max(figures.decimals(indicator, c.pupils) for c in (first, newest))
    change = round(newest.value - (first.value or 0.0), places)
    said = moved_text(change, indicator.unit, places)
    if min(first.pupils or 0, newest.pupils or 0) < FEWEST_JUDGED:
        return f"{said}; fewer than {FEWEST_JUDGED} pupils, not tested", ""
    limits = change_limits(indicator, first, newest)
    if limits is None:
        return f"{said}; not tested", ""
    if limits[0] <= 0 <= limits[1]:
        return f"{said}; may be chance", "little"
    trend = standing.trend(change, 0.0, indicator.polarity)
    way = {"better": ": the better way", "worse": ": the worse way"}.get(trend, "")
    return f"{said}{way}", trend


def change_limits(indicator: Indicator, first: Cell, newest: Cell) -> tuple[float, float] | None:
    """The 95% limits of the change, from the limits that both figures are served with.

    Events have only the narrowest limits that are honest, so their changes are not tested.
    Pupils of both years are in part the same, so the limits come out too wide if anything.
    """
    sides = [(c.value, c.lower, c.upper) for c in (newest, first)]
    if indicator.value_type is ValueType.EVENT_RATE or any(None in side for side in sides):
        return None
    new, old = (Estimate(*(np.array([float(n or 0.0)]) for n in side)) for side in sides)
    found = difference(new, old)
    return float(found.lower[0]), float(found.upper[0])


def _words(
    found: OneUnit, told: Sequence[Told], rows: Sequence[SparkRow], group: SenGroup
) -> Words:
    count = Counter(row.trend for row in rows if row.trend)
    tested = sum(count.values())
    who = found.who(group)
    if not tested:
        finding = f"{who}: no change over the years could be tested."
    else:
        finding = (
            f"{who}: of {tested} changes that could be tested {count['better']} went the better "
            f"way, {count['worse']} the worse way."
        )
    named = [
        f"{word}: {'; '.join(row.name for row in rows if row.trend == trend)}."
        for trend, word in (
            ("better", "The better way"), ("worse", "The worse way"), ("rose", "Rose"),
            ("fell", "Fell"), ("little", "Change may be chance"),
        )
        if count[trend]
    ]  # fmt: skip
    years = sorted({c.time_period for each in told for c in each.filled if c.years == 1})
    return Words(
        context=found.context(GROUP_LABELS[group], "outcomes over the years"),
        finding=finding,
        badges=badges(found),
        sentences=tuple(named),
        caveats=(
            *practice(found.local),
            "Each year is of different children, and a figure of few children moves a lot by "
            "chance: below 30 pupils no change is called better or worse.",
            "Suspensions and exclusions are counted in events: their changes are not tested.",
            *SYMBOLS,
        ),
        sources=(source(found.local, [period(each, 1) for each in years]),),
    )


def _chart(found: OneUnit, rows: Sequence[SparkRow], group: SenGroup) -> Chart:
    table = Table(
        captioned(found.local, f"{found.name}, {GROUP_LABELS[group]}: outcomes over the years"),
        ("Outcome", "Level", "Years", "First year shown", "Lowest", "Highest",
         "Change since the first", "Gap"),
        tuple(row.cells for row in rows),
        key_columns=(0, 1, 6),
    )  # fmt: skip
    return Chart("", "", table, stem_of(found, f"{group}-over-the-years"))
