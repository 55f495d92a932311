"""Targets that people have set, beside the figures: met or not, how far, at what pace."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sendgap.targets import Override, Target
from sendgap.terms import Polarity
from sendgap.views import numbers
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.model import Line, Point
from sendgap.views.periods import day, ends_in


def targets_of(frame: Frame, targets: Iterable[Target]) -> list[Target]:
    """Those for the frame's area, outcome and group, oldest first."""
    if frame.request.breakdown != "total" or frame.identifier != frame.indicator.time_identifier:
        return []
    return [
        target
        for target in targets
        if (target.area_code, target.indicator_id, target.sen_group)
        == (frame.area.area_code, frame.indicator.id, frame.group)
    ]


def targets_line(frame: Frame, targets: Sequence[Target], decimals: int) -> Line | None:
    """The targets as a line of the level's chart."""
    points = tuple(
        Point(
            target.time_period,
            ends_in(target.time_period),
            frame.label(target.time_period),
            target.value,
            printed(frame, target, decimals),
        )
        for target in targets
        if target.value is not None
    )
    return Line("target", "Target", points) if points else None


def sentences(
    frame: Frame, targets: Sequence[Target], own: Sequence[LevelRow], newest: str | None
) -> Iterable[str]:
    """For each target: exceeded, met, missed or how far away, and any override."""
    by_period = {row.time_period: row for row in own if row.value is not None}
    now = by_period.get(newest or "")
    for target in targets:
        row = by_period.get(target.time_period) or (
            now if newest and target.time_period > newest else None
        )
        if target.value is not None:
            yield said(frame, target, row)
        if target.override:
            yield entered(frame, target, target.override)


def entered(frame: Frame, target: Target, override: Override) -> str:
    """What somebody has entered for a period, with their name and the day."""
    return (
        f"Entered by hand for {frame.label(target.time_period)}: “{override.said}” "
        f"({override.by}, {day(override.on.isoformat())}); the figures stand as they are."
    )


def cell(frame: Frame, targets: Sequence[Target], row: LevelRow | str, decimals: int) -> str:
    """A period's target in a table."""
    period = row if isinstance(row, str) else row.time_period
    found = next((t for t in targets if t.time_period == period and t.value is not None), None)
    return printed(frame, found, decimals) if found else "no target"


def printed(frame: Frame, target: Target, decimals: int) -> str:
    """A target at the precision it was written in, at least that of the figures."""
    value = target.value or 0.0
    places = next((d for d in range(decimals, 4) if round(value, d) == value), 3)
    return numbers.level(value, frame.indicator.unit, places)


def said(frame: Frame, target: Target, row: LevelRow | None) -> str:
    """One target beside the figure of a period: exceeded, met, missed or how far away."""
    name = (
        f"The target for {frame.label(target.time_period)} "
        f"({printed(frame, target, row.decimals if row else 0)}, set in {target.source})"
    )
    if row is None or row.value is None:
        return f"{name} has no figure to be set beside."
    is_later = row.time_period < target.time_period
    higher = frame.indicator.polarity is Polarity.HIGHER_IS_BETTER
    goal = target.value or 0.0
    ahead = row.value - goal if higher else goal - row.value
    places = next((d for d in range(row.decimals, 4)
                   if abs(round(ahead, d) - ahead) < 1e-9), 3)  # fmt: skip
    ahead = round(ahead, places)
    by = numbers.gap_words(abs(ahead), frame.indicator.unit, places)
    when = f" in {frame.label(row.time_period)}"
    if ahead > 0:
        if higher:
            return f"{name} was exceeded{when} by {by}."
        return f"{name} was met{when} with {by} to spare."
    if ahead == 0:
        return f"{name} was met{when}."
    if not is_later:
        return f"{name} was missed by {by}."
    years = ends_in(target.time_period) - ends_in(row.time_period)
    return _away(frame, name, by, when, abs(ahead), years, places)


def _away(
    frame: Frame, name: str, by: str, when: str, distance: float, years: int, places: int
) -> str:
    """A target still to come, with the change a year that would meet it."""
    higher = frame.indicator.polarity is Polarity.HIGHER_IS_BETTER
    side, move = ("above", "rise") if higher else ("below", "fall")
    pace = numbers.gap_words(distance / years, frame.indicator.unit, numbers.mean_decimals(places))
    each = f"a {move} of {pace} a year for {years} years" if years > 1 else f"a {move} of {pace}"
    return f"{name} is {by} {side} the figure{when}, not met yet: {each} would meet it."
