"""The sentences about one period's figures of an outcome in an area."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

from sendgap.terms import Polarity
from sendgap.views import numbers
from sendgap.views.chance_words import (
    FEWEST,
    NATION,
    NEIGHBOURS,
    chance,
    places_uncertain,
    steady,
    to_match,
)
from sendgap.views.frame import Frame, GapRow, LevelRow, PlaceRow
from sendgap.views.intervals import Intervals
from sendgap.views.standings import few_line, few_pupils
from sendgap.views.wording import Voice

Row = TypeVar("Row", GapRow, LevelRow)


def newest(rows: Iterable[GapRow], period: str | None) -> GapRow | None:
    """The row to speak of: the latest period of all areas, never an older year instead."""
    filled = [row for row in rows if row.gap is not None]
    if period is None:
        return filled[-1] if filled else None
    return next((row for row in filled if row.time_period == period), None)


def newest_level(rows: Iterable[LevelRow], period: str | None) -> LevelRow | None:
    """The same for levels."""
    filled = [row for row in rows if row.value is not None]
    if period is None:
        return filled[-1] if filled else None
    return next((row for row in filled if row.time_period == period), None)


def finding_for(
    frame: Frame, period: str | None, gaps: dict[str, list[GapRow]], own: list[LevelRow]
) -> str:
    """The page's headline for a period: levels first, the gap beside them."""
    voice = Voice(frame.indicator, frame.group, frame.reference, frame.cut)
    unit, name = frame.indicator.unit, frame.area.in_text
    row = newest(gaps.get(frame.area.area_code, []), period)
    if row and row.sen_value is not None and row.reference_value is not None:
        return voice.finding(
            name,
            frame.label(row.time_period),
            numbers.level(row.sen_value, unit, row.decimals),
            numbers.level(row.reference_value, unit, row.decimals),
            row.gap,
            row.decimals,
        )
    level = newest_level(own, period)
    if level is None or level.value is None:
        return _absent(frame, own, period)
    printed = numbers.level(level.value, unit, level.decimals)
    return voice.finding(name, frame.label(level.time_period), printed, None, None, level.decimals)


def _absent(frame: Frame, own: list[LevelRow], period: str | None) -> str:
    """The headline where the area has no figure for the newest period of the others."""
    row = at(own, period) if period else None
    reason = numbers.symbol_reason(row.symbol if row else None)
    filled = [r for r in own if r.value is not None]
    when = frame.label(period) if period else "the newest year"
    return (
        f"{frame.short}: no figure for {frame.area.in_text} in {when} "
        f"({reason}). The newest is of {frame.label(filled[-1].time_period)}."
    )


def sentences_for(
    frame: Frame,
    period: str | None,
    gaps: dict[str, list[GapRow]],
    levels: dict[str, list[LevelRow]],
    places: dict[tuple[str, str], PlaceRow],
    held: Intervals,
) -> Iterable[str]:
    """What the figures of a period say: level, comparison, gap, place, trend, chance."""
    own = levels[frame.area.area_code]
    row = newest(gaps.get(frame.area.area_code, []), period)
    level = newest_level(own, period)
    if level is None or level.value is None:
        return
    voice = Voice(frame.indicator, frame.group, frame.reference, frame.cut)
    unit = frame.indicator.unit
    other = None
    if row and row.reference_value is not None:
        other = numbers.level(row.reference_value, unit, row.decimals)
    yield voice.level(
        frame.area.in_text,
        frame.label(level.time_period),
        numbers.level(level.value, unit, level.decimals),
        other,
    )
    yield from _children(voice, level)
    yield from _beside(frame, voice, level, levels, places)
    if frame.area.area_code in few_pupils(frame.release, frame.group, frame.request.vintage):
        yield few_line([frame.area.short_name], "place or judgement")
    else:
        yield from _set_beside(frame, voice, level, row, gaps, levels, places, held)
    if row and (level.denominator is None or level.denominator >= FEWEST):
        yield from _trend(frame, voice, row, gaps[frame.area.area_code], places)
        yield from steady(frame, voice, gaps[frame.area.area_code], own)
    if frame.indicator.polarity is Polarity.NONE:
        yield voice.no_direction()


def _set_beside(
    frame: Frame,
    voice: Voice,
    level: LevelRow,
    row: GapRow | None,
    gaps: dict[str, list[GapRow]],
    levels: dict[str, list[LevelRow]],
    places: dict[tuple[str, str], PlaceRow],
    held: Intervals,
) -> Iterable[str]:
    """Whether differences could be chance, the gap beside others', and the place."""
    others = _comparators(frame, level, levels, places)
    yield from chance(frame, voice, level, others, held)
    yield from to_match(frame, voice, level, others)
    if row:
        yield from _gap_beside(frame, voice, row, gaps, places)
        yield from _clash(frame, voice, row, gaps)
    yield from _places(frame, voice, level.time_period, places)
    yield from places_uncertain(voice, held, frame.area.area_code, level.time_period)


def _children(voice: Voice, level: LevelRow) -> Iterable[str]:
    """How many children the figure is, where their number is known."""
    if level.numerator is not None and level.denominator is not None:
        if said := voice.children(level.numerator, level.denominator):
            yield said


def _beside(
    frame: Frame,
    voice: Voice,
    level: LevelRow,
    levels: dict[str, list[LevelRow]],
    places: dict[tuple[str, str], PlaceRow],
) -> Iterable[str]:
    if frame.indicator.unit == "count":
        return  # areas of other sizes have other counts
    parts: list[tuple[str, float, int]] = []
    place = places.get(("value", level.time_period))
    if "neighbours" in frame.request.compare and place and place.neighbour_mean is not None:
        count = place.neighbour_count
        parts.append(
            (
                f"{count} statistical neighbours",
                place.neighbour_mean,
                numbers.mean_decimals(level.decimals),
            )
        )
    for role, code in frame.comparator_codes().items():
        match = at(levels.get(code, []), level.time_period)
        if match and match.value is not None:
            parts.append((frame.area_label(role), match.value, match.decimals))
        elif role == "england" and place and place.median is not None and place.rank_of:
            middle = f"median of {place.rank_of} authorities (no England figure is published)"
            parts.append((middle, place.median, level.decimals))
    if parts:
        yield voice.level_versus(level.value or 0.0, parts)


def at(rows: Iterable[Row], period: str) -> Row | None:
    return next((row for row in rows if row.time_period == period), None)


def _gap_beside(
    frame: Frame,
    voice: Voice,
    row: GapRow,
    gaps: dict[str, list[GapRow]],
    places: dict[tuple[str, str], PlaceRow],
) -> Iterable[str]:
    assert row.gap is not None
    if said := voice.no_clear_gap(row.gap, row.decimals):
        yield said
    place = places.get(("gap", row.time_period))
    if "neighbours" in frame.request.compare and place and place.neighbour_mean is not None:
        whom = f"the average of {place.neighbour_count} statistical neighbours"
        yield voice.gap_versus(
            row.gap, place.neighbour_mean, whom, row.decimals, numbers.mean_decimals(row.decimals)
        )
    code = frame.comparator_codes().get("england")
    england = at(gaps.get(code, []), row.time_period) if code else None
    if england and england.gap is not None:
        yield voice.gap_versus(row.gap, england.gap, "England's", row.decimals, row.decimals)


def _clash(frame: Frame, voice: Voice, row: GapRow, gaps: dict[str, list[GapRow]]) -> Iterable[str]:
    """Level and gap beside England's, where they point different ways beyond rounding."""
    code = frame.comparator_codes().get("england")
    england = at(gaps.get(code, []), row.time_period) if code else None
    if not england or england.gap is None or england.sen_value is None or row.sen_value is None:
        return
    wider = (row.gap or 0.0) - england.gap
    ahead = row.sen_value - england.sen_value
    if frame.indicator.polarity is Polarity.LOWER_IS_BETTER:
        ahead = -ahead
    floor = 10.0**-row.decimals
    if abs(wider) > 2 * floor + 1e-9 and abs(ahead) > floor + 1e-9:
        if said := voice.clash(sen_ahead=ahead > 0, gap_wider=wider > 0):
            yield said


def _places(
    frame: Frame, voice: Voice, period: str, places: dict[tuple[str, str], PlaceRow]
) -> Iterable[str]:
    def printed(measure: str) -> str | None:
        found = places.get((measure, period))
        if not found or found.rank is None or found.rank_of is None or found.tied is None:
            return None
        return numbers.place(found.rank, found.rank_of, found.tied)

    by_level = printed("value")
    if said := voice.places(frame.area.in_text, by_level, printed("gap")):
        yield said


def _comparators(
    frame: Frame,
    level: LevelRow,
    levels: dict[str, list[LevelRow]],
    places: dict[tuple[str, str], PlaceRow],
) -> dict[str, float | None]:
    """The neighbours' average and England's level, where they are looked at."""
    found: dict[str, float | None] = {}
    place = places.get(("value", level.time_period))
    if "neighbours" in frame.request.compare and place:
        found[NEIGHBOURS] = place.neighbour_mean
    if code := frame.comparator_codes().get("england"):
        match = at(levels.get(code, []), level.time_period)
        found[NATION] = match.value if match else None
    return found


def _trend(
    frame: Frame,
    voice: Voice,
    row: GapRow,
    rows: list[GapRow],
    places: dict[tuple[str, str], PlaceRow],
) -> Iterable[str]:
    base = at(rows, row.baseline_period) if row.baseline_period else None
    if not base or row.change_baseline is None or base.gap is None or row.gap is None:
        return
    unit = frame.indicator.unit
    sides = []
    for side in ("sen_value", "reference_value"):
        before, now = getattr(base, side), getattr(row, side)
        sides.append(
            (numbers.level(before, unit, base.decimals), numbers.level(now, unit, row.decimals))
        )
    yield voice.trend(
        frame.label(base.time_period),
        row.change_baseline,
        numbers.gap(base.gap, unit, base.decimals),
        numbers.gap(row.gap, unit, row.decimals),
        row.decimals,
        voice.moved(sides[0], sides[1]),
    )
    then, now = (places.get(("gap", period)) for period in (base.time_period, row.time_period))
    if "neighbours" not in frame.request.compare or not then or not now:
        return
    if then.neighbour_mean is None or now.neighbour_mean is None:
        return
    if then.neighbour_count == now.neighbour_count:
        moved = now.neighbour_mean - then.neighbour_mean
        yield voice.beside_others(frame.area.in_text, row.change_baseline, moved, row.decimals)
