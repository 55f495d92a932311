"""One authority of a group on one outcome: where it stood, where it stands."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from sendgap.targets import Target
from sendgap.terms import Polarity
from sendgap.views import numbers, standing
from sendgap.views.change import FEWEST
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.group_model import GroupArea
from sendgap.views.headline import ProfileRow
from sendgap.views.wording import rounding_floor


@dataclass(frozen=True, slots=True)
class Moved:
    """An authority with the numbers that put it in order.

    ``ahead`` is how far its level moved the better way, ``gap_change`` how far its gap
    widened; ``is_small`` one with few pupils, which is never named as an example.
    """

    area: GroupArea
    level: float
    ahead: float
    has_both: bool
    is_small: bool
    target_met: bool | None
    gap_change: float | None


@dataclass(frozen=True, slots=True)
class Then:
    """The baseline that a group's authorities are set against, with their figures."""

    period: str
    levels: Mapping[str, LevelRow]
    gaps: Mapping[str, GapRow]


def moved(
    frame: Frame,
    level: ProfileRow,
    gap: ProfileRow | None,
    then: Then,
    pupils: float | None,
    targets: Sequence[Target],
    *,
    is_tiny: bool,
) -> Moved:
    """The authority's level and gap now and at the baseline.

    ``pupils`` is the newest number known; ``is_tiny`` an area with many hidden figures.
    """
    indicator, code = frame.indicator, level.area_code
    before = then.levels.get(code)
    change = None
    if level.value is not None and before is not None and before.value is not None:
        change = round(level.value - before.value, level.decimals)
    least = standing.floor(level.decimals, indicator.unit)
    target = _target(frame, level, targets)
    narrowing = _narrowing(gap, then.gaps.get(code))
    area = GroupArea(
        area_code=code,
        name=frame.release.areas.by_code(code).short_name,
        before=_printed(frame, before.value if before else None,
                        before.symbol if before else None, level.decimals),
        now=_printed(frame, level.value, level.symbol, level.decimals),
        change=change,
        trend=standing.trend(change, least, indicator.polarity) if change is not None else "",
        gap=_gap(frame, gap),
        gap_change=_gap_change(frame, gap, narrowing),
        gap_trend=_gap_trend(gap, narrowing),
        beside=level.position_neighbours or "",
        target=_target_said(frame, target),
    )  # fmt: skip
    higher = indicator.polarity is Polarity.HIGHER_IS_BETTER
    is_few = pupils is not None and pupils < FEWEST
    return Moved(
        area,
        level.value or 0.0,
        (change or 0.0) if higher else -(change or 0.0),
        change is not None,
        is_tiny or is_few,
        _is_met(target, level.value, higher=higher),
        narrowing,
    )


def _narrowing(gap: ProfileRow | None, before: GapRow | None) -> float | None:
    """The printed change of the gap, positive is wider; nothing without both."""
    if gap is None or gap.value is None or before is None or before.gap is None:
        return None
    return round(gap.value - before.gap, gap.decimals)


def _printed(frame: Frame, value: float | None, symbol: str | None, decimals: int) -> str:
    if value is None:
        return numbers.symbol_word(symbol)
    return numbers.level(value, frame.indicator.unit, decimals)


def _gap(frame: Frame, gap: ProfileRow | None) -> str:
    if gap is None:
        return "no gap defined"
    if gap.value is None:
        return numbers.symbol_word(gap.symbol)
    return numbers.gap(gap.value, frame.indicator.unit, gap.decimals)


def _gap_trend(gap: ProfileRow | None, change: float | None) -> str:
    """narrowed, widened or little, beyond rounding; empty without an earlier gap."""
    if gap is None or change is None:
        return ""
    if abs(change) <= rounding_floor(gap.decimals):
        return "little"
    return "narrowed" if change < 0 else "widened"


def _gap_change(frame: Frame, gap: ProfileRow | None, change: float | None) -> str:
    """ "3 pp narrower", or that it changed little."""
    word = _gap_trend(gap, change)
    if not word or gap is None or change is None:
        return ""
    if word == "little":
        return "changed little"
    by = numbers.gap(abs(change), frame.indicator.unit, gap.decimals)
    return f"{by} {'narrower' if word == 'narrowed' else 'wider'}"


def _target(frame: Frame, level: ProfileRow, targets: Sequence[Target]) -> Target | None:
    """The authority's target for the figure's year, or the next one to come."""
    own = [
        t for t in targets
        if (t.area_code, t.indicator_id, t.sen_group)
        == (level.area_code, frame.indicator.id, frame.group)
        and t.value is not None and t.time_period >= level.time_period
    ]  # fmt: skip
    return own[0] if own else None


def _target_said(frame: Frame, target: Target | None) -> str:
    if target is None or target.value is None:
        return ""
    places = next((d for d in range(4) if round(target.value, d) == target.value), 3)
    printed = numbers.level(target.value, frame.indicator.unit, places)
    return f"{printed} by {frame.label(target.time_period)}"


def _is_met(target: Target | None, value: float | None, *, higher: bool) -> bool | None:
    """Whether the newest figure reaches the target; nothing without one."""
    if target is None or target.value is None or value is None:
        return None
    return value >= target.value - 1e-9 if higher else value <= target.value + 1e-9
