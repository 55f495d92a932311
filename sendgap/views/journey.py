"""At what age does an area's place change? The stages of childhood, each of other children.

A place is by the SEN level, so it needs no reference: gaps to different groups stand beside
it in words and are never put on one line.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import quantiles

from sendgap.catalogue.model import Indicator
from sendgap.catalogue.stages import Stage
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views import journey_words, numbers, standing
from sendgap.views.headline import gap_name, label
from sendgap.views.journey_model import Journey, JourneyStage, StageMark
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.standings import StandingRow, Standings, standings

#: The groups that are drawn: all pupils with SEN are the two together.
GROUPS = (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT)
#: Fewer authorities than these give no place; fewer neighbours no band.
FEWEST, FEWEST_NEIGHBOURS = 100, 7


def journey(release: Release, request: Request, today: date | None = None) -> Journey | NoAnswer:
    """The view of one area as of ``today``; its group is drawn first, with its neighbours."""
    stages = [s for s in release.catalogue.stages if s.indicator_id in release.catalogue.indicators]
    indicators = [release.catalogue.indicators[s.indicator_id] for s in stages]
    found = standings(release, request, indicators, GROUPS)
    made = tuple(_stage(found, s, i) for s, i in zip(stages, indicators, strict=True))
    if not any(mark.position is not None for stage in made for mark in stage.marks):
        return journey_words.nothing(found, made)
    return Journey(
        words=journey_words.words(found, made, today or date.today()),
        definition=journey_words.DEFINITION,
        chart=journey_words.chart(found, made),
        stages=made,
        area_name=found.area.short_name,
        sen_group=request.sen_group,
    )


def position(row: StandingRow) -> float | None:
    """The share of the other authorities with a weaker level, those with the same counted half:
    100 is the best of all, 0 the weakest, 50 the middle."""
    if row.rank is None or row.rank_of is None or row.tied is None or row.rank_of < FEWEST:
        return None
    weaker = row.rank_of - row.rank - (row.tied - 1)
    return 100 * (weaker + (row.tied - 1) / 2) / (row.rank_of - 1)


def _stage(found: Standings, stage: Stage, indicator: Indicator) -> JourneyStage:
    rows = {group: found.any_level(indicator, group) for group in GROUPS}
    periods = [row.time_period for row in rows.values() if row is not None]
    newest = max(periods, default="")
    marks = tuple(
        _mark(found, indicator, group, newest) for group in GROUPS if group in indicator.groups()
    )
    reasons = {mark.reason for mark in marks}
    is_empty = not any(mark.position is not None for mark in marks)
    return JourneyStage(
        indicator_id=indicator.id,
        name=indicator.phrases.short,
        age=stage.age,
        period_label=label(indicator, newest) if newest else "no year",
        reference=gap_name(indicator),
        reason="; ".join(sorted(reasons)) if is_empty else "",
        marks=marks,
    )


def _mark(found: Standings, indicator: Indicator, group: SenGroup, newest: str) -> StageMark:
    code = found.area.area_code
    row, gap = found.level(code, indicator, group), found.gap(code, indicator, group)
    reason = _reason(found, indicator, row, group, newest)
    placed = None if reason or row is None else position(row)
    near = list(_neighbours(found, indicator, group))
    band = None
    if len(near) >= FEWEST_NEIGHBOURS and not reason:
        low, _, high = quantiles(near, n=4, method="inclusive")
        band = (low, high)
    return StageMark(
        group=group,
        level=_printed(indicator, row, numbers.level),
        gap=_printed(indicator, gap, numbers.gap),
        place=_place(row),
        gap_place=_place(gap),
        position=placed,
        reason=reason,
        provisional=row is not None and row.is_provisional,
        band=band,
        neighbours=len(near),
    )


def _reason(
    found: Standings, indicator: Indicator, row: StandingRow | None, group: SenGroup, newest: str
) -> str:
    """Why a group has no place at a stage; empty where it has one."""
    if row is None:
        return "no figure here in the newest year"
    if row.time_period != newest:
        return f"newest figure is of {label(indicator, row.time_period)}"
    if row.value is None:
        return numbers.symbol_reason(row.symbol)
    if found.has_few_pupils(found.area.area_code, group):
        return standing.TOO_FEW
    if row.rank_of is None or row.rank_of < FEWEST:
        count = row.rank_of or 0
        return f"only {count} authorities have a figure; fewer than {FEWEST} give no place"
    return "" if row.rank is not None else "no place among authorities of the year"


def _neighbours(found: Standings, indicator: Indicator, group: SenGroup) -> Iterable[float]:
    """The positions of the neighbours that have one."""
    for near in found.release.areas.neighbours(found.area.area_code, found.request.vintage):
        row = found.level(near.area.area_code, indicator, group)
        placed = position(row) if row is not None and row.value is not None else None
        if placed is not None:
            yield placed


def _printed(indicator: Indicator, row: StandingRow | None, printer: numbers.Printer) -> str:
    if row is None or row.value is None:
        return numbers.symbol_word(row.symbol if row else None)
    return printer(row.value, indicator.unit, row.decimals)


def _place(row: StandingRow | None) -> str:
    if row is None or row.rank is None or row.rank_of is None or row.tied is None:
        return "not ranked"
    return numbers.place(row.rank, row.rank_of, row.tied)
