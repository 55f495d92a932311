"""The rows of an outcomes framework: a measure and SEN group each, rated with the reason."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sendgap.catalogue.model import Indicator
from sendgap.targets import Target
from sendgap.terms import Polarity, SenGroup, Symbol, ValueType
from sendgap.views import numbers, rating, standing
from sendgap.views.area_model import Headline
from sendgap.views.area_words import is_tiny
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame
from sendgap.views.framework_held import Asked, Held
from sendgap.views.framework_model import FrameworkRow
from sendgap.views.framework_targets import Entered, entered
from sendgap.views.headline import (
    NATION,
    NEIGHBOURS,
    ProfileRow,
    SeriesRow,
    baseline_of,
    headline,
    label,
)
from sendgap.views.people import counted
from sendgap.views.rating import Rating, not_rated
from sendgap.views.standing import Standing
from sendgap.views.wording import Voice

HIDDEN = (Symbol.SUPPRESSED, Symbol.NOT_AVAILABLE)


def rows(
    held: Held, everything: Sequence[Asked], targets: Sequence[Target], today: date
) -> list[FrameworkRow]:
    """A row for each measure and group, in the framework's order."""
    said = {asked.key: _headline(held, asked) for asked in everything}
    tiny = {group for group in SenGroup if is_tiny(_outcomes(held, group))}
    made = []
    for asked in everything:
        shown = said[asked.key]
        if shown is None:
            made.append(_without(held, asked, targets))
            continue
        is_few = asked.group in tiny
        data = _rating(held, asked, shown, today, is_few=is_few)
        beside = [shown.neighbours, shown.england]
        if is_few:
            beside = [_unjudged(side) for side in beside]
        made.append(_row(held, asked, shown, beside, data, targets))
    return made


def _headline(held: Held, asked: Asked) -> Headline | None:
    level = held.levels.get(asked.key)
    if level is None:
        return None
    series = held.series.get(asked.key, [])
    return headline(asked.indicator, level, held.gaps.get(asked.key), series)


def _outcomes(held: Held, group: SenGroup) -> list[Headline]:
    """The headline outcomes of a group, by which an area is judged to have too few pupils."""
    indicators = held.release.catalogue.indicators
    keys = [(i, "total", group.value) for i in held.release.catalogue.headline]
    return [
        headline(indicators[key[0]], held.levels[key], None, held.series.get(key, []))
        for key in keys
        if key in held.levels
    ]


def _unjudged(side: Standing) -> Standing:
    word = standing.TOO_FEW if side.word else ""
    return Standing(side.whom, side.printed, word, side.basis)


def _row(
    held: Held,
    asked: Asked,
    shown: Headline,
    beside: Sequence[Standing],
    data: Rating,
    targets: Sequence[Target],
) -> FrameworkRow:
    level = held.levels[asked.key]
    frame = held.frame(asked)
    hand = entered(frame, targets, level, is_judged=data.is_rated) if targets else Entered()
    return FrameworkRow(
        item=asked.item.id,
        indicator_id=asked.indicator.id,
        breakdown=asked.breakdown,
        name=frame.short,
        use=asked.measure.use if asked.may_be_rated else "context",
        group=asked.group,
        group_label=GROUP_LABELS[asked.group],
        period_label=shown.period_label,
        level=shown.level,
        has_level=shown.has_level,
        provisional=shown.provisional,
        neighbours=beside[0],
        england=beside[1],
        place=shown.place,
        since=shown.since,
        gap=shown.gap_cell,
        gap_moved=_moved(held, asked, frame),
        data=data,
        target=hand.target,
        target_said=hand.said,
        board=hand.board,
        board_said=hand.board_said,
        delivery=hand.delivery,
        symbol=level.symbol,
        source_id=level.source_id,
    )


def _rating(held: Held, asked: Asked, shown: Headline, today: date, *, is_few: bool) -> Rating:
    """The rating by the data, or the first reason against one."""
    level, series = held.levels[asked.key], held.series.get(asked.key, [])
    if asked.indicator.polarity is Polarity.NONE:
        return not_rated("context: higher is neither better nor worse")
    if not asked.may_be_rated:
        return not_rated("context, not rated")
    if level.value is None:
        hidden = level.symbol in HIDDEN
        return not_rated(f"{'hidden' if hidden else 'no figure'}: "
                         f"{numbers.symbol_reason(level.symbol)}")  # fmt: skip
    if held.release.catalogue.sources[level.source_id].stale_after < today:
        return not_rated(f"out of date: newest figures are of {shown.period_label}")
    pupils = _pupils(asked.indicator, level, series)
    if is_few or (pupils is not None and pupils < rating.FEWEST):
        return not_rated(f"fewer than {rating.FEWEST} pupils" if not is_few else standing.TOO_FEW)
    side = shown.england if asked.measure.against == "england" else shown.neighbours
    if side.word not in ("better", "similar", "worse"):
        return not_rated(f"not tested against {side.whom}")
    first = baseline_of(level, series)
    if first is None:
        return not_rated("no earlier figure on the same basis")
    since = label(asked.indicator, first.time_period)
    limits = held.changes.get(asked.key) if first.time_period == level.baseline_period else None
    trend = rating.clear_trend(shown.trend, limits)
    return rating.rate(position=side.word, trend=trend, quarter=level.quartile,
                       whom=side.whom, since=since)  # fmt: skip


def _pupils(indicator: Indicator, level: ProfileRow, series: Sequence[SeriesRow]) -> float | None:
    """How many the level is of: in its own period, else in the newest earlier one known."""
    if counted(indicator) == "sessions":
        return None
    known = [s for s in series if s.denominator is not None and s.time_period <= level.time_period]
    return known[-1].denominator if known else None


def _moved(held: Held, asked: Asked, frame: Frame) -> str:
    """What the gap did since its baseline, and who moved."""
    gap = held.gaps.get(asked.key)
    if gap is None or gap.value is None or gap.baseline_period is None:
        return ""
    found = {row.time_period: row for row in frame.gaps([held.area.area_code])}
    before, now = found.get(gap.baseline_period), found.get(gap.time_period)
    if before is None or now is None or before.gap is None or now.gap is None:
        return ""
    unit, voice = asked.indicator.unit, Voice(asked.indicator, asked.group, frame.reference)
    sides = [
        (numbers.level(getattr(before, side) or 0.0, unit, before.decimals),
         numbers.level(getattr(now, side) or 0.0, unit, now.decimals))
        for side in ("sen_value", "reference_value")
    ]  # fmt: skip
    decimals = max(before.decimals, now.decimals)
    return voice.trend(
        frame.label(before.time_period), round(now.gap - before.gap, decimals),
        numbers.gap(before.gap, unit, before.decimals), numbers.gap(now.gap, unit, now.decimals),
        decimals, voice.moved(sides[0], sides[1]),
    )  # fmt: skip


def _without(held: Held, asked: Asked, targets: Sequence[Target]) -> FrameworkRow:
    """A measure without a row in the newest year: words, a local file, or nothing."""
    indicator, group = asked.indicator, asked.group
    is_local = not indicator.series
    level, period = "none", ""
    if is_local:
        reason = "needs a local file; the outcome's own page says what it must hold"
    elif indicator.value_type is ValueType.CATEGORY:
        level, period = _said(held, asked)
        reason = "words and not figures, not rated"
    else:
        reason = f"no figure for {GROUP_LABELS[group]} in the newest year"
    frame = held.frame(asked)
    hand = entered(frame, targets, None, is_judged=False) if targets else Entered()
    return FrameworkRow(
        item=asked.item.id,
        indicator_id=indicator.id,
        breakdown=asked.breakdown,
        name=frame.short,
        use="local" if is_local else asked.measure.use if asked.may_be_rated else "context",
        group=None if is_local else group,
        group_label="All" if is_local else GROUP_LABELS[group],
        period_label=period or "none",
        level=level,
        has_level=False,
        provisional=False,
        neighbours=Standing(NEIGHBOURS, "none", "", None),
        england=Standing(NATION, "none", "", None),
        place="not ranked",
        since="",
        gap="no gap defined" if not indicator.has_gap else "none",
        gap_moved="",
        data=not_rated(reason),
        target_said=hand.said,
        board=hand.board,
        board_said=hand.board_said,
        delivery=hand.delivery,
    )


def _said(held: Held, asked: Asked) -> tuple[str, str]:
    """The newest words about the area and their period."""
    found = held.release.values(
        asked.indicator.id, area=held.area.area_code, breakdown=asked.breakdown
    )
    told = found[found["value_text"].notna()]
    if told.empty:
        return "none", ""
    last = told.iloc[-1]
    return str(last["value_text"]), label(asked.indicator, str(last["time_period"]))
