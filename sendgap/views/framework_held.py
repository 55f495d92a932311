"""What a framework asks for, measure by measure, and what the release holds of it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sendgap.catalogue.areas import Area
from sendgap.catalogue.framework import Framework, FrameworkItem, FrameworkMeasure
from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import Polarity, SenGroup
from sendgap.views.frame import Frame
from sendgap.views.headline import ProfileRow, SeriesRow, is_of
from sendgap.views.request import Request

#: indicator, breakdown, SEN group
Key = tuple[str, str, str]
#: Groups rated apart, where an indicator has figures for them.
APART = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)


@dataclass(frozen=True, slots=True)
class Asked:
    """One measure for one group: what a row is about."""

    item: FrameworkItem
    measure: FrameworkMeasure
    indicator: Indicator
    group: SenGroup

    @property
    def breakdown(self) -> str:
        return self.measure.breakdown or self.indicator.default_breakdown

    @property
    def may_be_rated(self) -> bool:
        """Whether the framework wants a rating and one way is better."""
        return self.measure.use != "context" and self.indicator.polarity is not Polarity.NONE

    @property
    def key(self) -> Key:
        return self.indicator.id, self.breakdown, self.group.value


@dataclass(frozen=True, slots=True)
class Held:
    """What the release holds about one area for everything that is asked."""

    release: Release
    request: Request
    area: Area
    levels: dict[Key, ProfileRow]
    gaps: dict[Key, ProfileRow]
    series: dict[Key, list[SeriesRow]]
    #: The interval of the level's change since its baseline, where one is known.
    changes: dict[Key, tuple[float, float]]

    def frame(self, asked: Asked) -> Frame:
        """The question about one measure and group alone."""
        return Frame.of(
            self.release,
            Request(
                self.area.area_code, asked.indicator.id, asked.group,
                breakdown=asked.breakdown, vintage=self.request.vintage,
            ),
        )  # fmt: skip


def measures_of(release: Release, framework: Framework, item: FrameworkItem) -> Iterator[Asked]:
    """What an item is answered by: its measures, else every indicator that names it."""
    held = release.catalogue.indicators
    measures = item.measures or tuple(
        FrameworkMeasure(i.id, "counted", (), "", framework.against)
        for i in held.values()
        if f"{framework.id}:{item.id}" in i.frameworks
    )
    for measure in measures:
        indicator = held[measure.indicator_id]
        for group in measure.groups or _groups(indicator):
            yield Asked(item, measure, indicator, group)


def _groups(indicator: Indicator) -> tuple[SenGroup, ...]:
    """The groups rated apart; without them all SEN, and without that all pupils."""
    groups = indicator.groups()
    apart = tuple(group for group in APART if group in groups)
    if apart:
        return apart
    return (SenGroup.ANY_SEN,) if SenGroup.ANY_SEN in groups else (SenGroup.ALL_PUPILS,)


def hold(release: Release, request: Request, everything: Sequence[Asked]) -> Held:
    """Everything that is asked, and the headline outcomes beside, in two queries."""
    asked_for = {asked.indicator.id for asked in everything}
    given: dict[str, object] = {
        "area": request.area_code,
        "groups": sorted({asked.group.value for asked in everything}),
        "breakdowns": sorted({asked.breakdown for asked in everything} | {"total"}),
        "indicators": sorted(asked_for | set(release.catalogue.headline)),
    }
    held = release.catalogue.indicators
    levels: dict[Key, ProfileRow] = {}
    gaps: dict[Key, ProfileRow] = {}
    changes: dict[Key, tuple[float, float]] = {}
    found = release.rows("profile_cuts", vintage=request.vintage, **given)
    for lower, upper, group, breakdown, *rest in found:
        row = ProfileRow(*rest)
        indicator, key = held[row.indicator_id], (row.indicator_id, breakdown, group)
        if not is_of(indicator, row.time_identifier):
            continue
        if row.measure == "value":
            levels[key] = row
            if lower is not None and upper is not None:
                changes[key] = (lower, upper)
        elif row.reference == indicator.default_reference:
            gaps[key] = row
    series: dict[Key, list[SeriesRow]] = defaultdict(list)
    for group, breakdown, *rest in release.rows("cut_levels", **given):
        each = SeriesRow(*rest)
        if is_of(held[each.indicator_id], each.time_identifier):
            series[each.indicator_id, breakdown, group].append(each)
    area = release.areas.by_code(request.area_code)
    return Held(release, request, area, levels, gaps, dict(series), changes)
