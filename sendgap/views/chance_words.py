"""Sentences about chance and size: what could be luck, what a difference amounts to."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

import numpy as np

from sendgap.statistics.comparison import pupils_to_match
from sendgap.statistics.estimate import standard_error
from sendgap.statistics.proportions import gap_of_proportions
from sendgap.statistics.trends import POINTS, Direction, trend
from sendgap.terms import IntervalType, Polarity, SenGroup, ValueType
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.intervals import Intervals
from sendgap.views.periods import ends_in
from sendgap.views.wording import Voice

#: Fewer pupils than these are not set against anybody.
FEWEST = 30
PER = 100.0
NEIGHBOURS, NATION = "statistical neighbours", "England"

#: A comparator in words with its level; nothing where it has none.
Comparators = Mapping[str, float | None]


def chance(
    frame: Frame, voice: Voice, level: LevelRow, others: Comparators, held: Intervals
) -> Iterable[str]:
    """Whether chance alone could make the differences from the comparators."""
    limits = held.level(level.area_code, level.time_period)
    if limits is None or level.denominator is None or level.denominator < FEWEST:
        return
    for whom, value in others.items():
        if value is not None:
            yield voice.chance(
                whom, level.denominator, is_clear=not limits[0] <= value <= limits[1]
            )


def to_match(frame: Frame, voice: Voice, level: LevelRow, others: Comparators) -> Iterable[str]:
    """How many more, or fewer, of these pupils would have matched the first comparator.

    Only from counts of pupils, never of sessions, and not of fewer than 30.
    """
    indicator = frame.indicator
    is_share = indicator.value_type in (ValueType.PROPORTION, ValueType.SHARE)
    if not is_share or indicator.unit != "percent" or indicator.polarity is Polarity.NONE:
        return
    if level.numerator is None or level.denominator is None or level.denominator < FEWEST:
        return
    whom, value = next(((w, v) for w, v in others.items() if v is not None), ("", None))
    if value is None or not 0.0 <= value <= PER:
        return
    count = pupils_to_match(
        numerator=level.numerator, denominator=level.denominator, comparator=value,
        polarity=indicator.polarity, per=PER,
    ).item()  # fmt: skip
    if count > 0:
        yield voice.to_match(whom, value, count, level.denominator, level.decimals)


def places_uncertain(voice: Voice, held: Intervals, area: str, period: str) -> Iterable[str]:
    """Between which places the area could stand, where that is known."""
    said = voice.place_uncertain(held.place("value", area, period), held.place("gap", area, period))
    if said:
        yield said


def steady(
    frame: Frame, voice: Voice, rows: Sequence[GapRow], own: Sequence[LevelRow]
) -> Iterable[str]:
    """A trend of the gap in five or more comparable years that chance does not explain."""
    reference = frame.reference
    if reference is None or reference.is_england or reference.group is SenGroup.ALL_PUPILS:
        return
    if frame.indicator.interval is not IntervalType.WILSON:
        return
    if sum(row.denominator is not None for row in own) < POINTS:
        return
    found = _with_counts(frame, rows, own)
    if len(found) < POINTS or found[-1][0] is not next(
        r for r in reversed(rows) if r.gap is not None
    ):
        return
    own_counts = [_pair(level) for _, level, _ in found]
    other_counts = [_pair(level) for _, _, level in found]
    made = gap_of_proportions(
        sen_numerator=[part for part, _ in own_counts],
        sen_denominator=[whole for _, whole in own_counts],
        reference_numerator=[part for part, _ in other_counts],
        reference_denominator=[whole for _, whole in other_counts],
        polarity=frame.indicator.polarity,
        per=PER,
    )
    tested = trend(
        years=[float(ends_in(row.time_period)) for row, _, _ in found],
        values=made.value[None, :],
        standard_errors=standard_error(made)[None, :],
        basis=np.array([f"{row.basis} {row.line}" for row, _, _ in found]),
    )
    way = Direction(tested.direction.item())
    if way in (Direction.RISING, Direction.FALLING):
        first = next(r for r, _, _ in found if ends_in(r.time_period) == tested.first_year.item())
        yield voice.steady(frame.label(first.time_period), narrowed=way is Direction.FALLING)


def _with_counts(
    frame: Frame, rows: Sequence[GapRow], own: Sequence[LevelRow]
) -> list[tuple[GapRow, LevelRow, LevelRow]]:
    """The periods with a gap and the numbers of both groups, enough of each to speak of."""
    assert frame.reference is not None
    others = frame.levels([frame.area.area_code], [frame.reference.group])
    sides = [{row.time_period: row for row in side if _counted(row)} for side in (own, others)]
    return [
        (row, sides[0][row.time_period], sides[1][row.time_period])
        for row in rows
        if row.gap is not None and all(row.time_period in side for side in sides)
    ]


def _counted(row: LevelRow) -> bool:
    return row.numerator is not None and (row.denominator or 0.0) >= FEWEST


def _pair(row: LevelRow) -> tuple[float, float]:
    """Numerator and denominator of a row that has both."""
    return row.numerator or 0.0, row.denominator or 0.0
