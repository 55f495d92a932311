"""What people have entered by hand for a framework's row: target, board's rating, delivery."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sendgap.targets import Target
from sendgap.views import rating, target_words
from sendgap.views.frame import Frame
from sendgap.views.headline import ProfileRow
from sendgap.views.intervals import intervals
from sendgap.views.periods import day
from sendgap.views.rating import Rating


@dataclass(frozen=True, slots=True)
class Entered:
    """The ratings that come from the targets file, and what is said of each entry."""

    target: Rating | None = None
    said: tuple[str, ...] = ()
    board: Rating | None = None
    board_said: str = ""
    delivery: str = ""


def entered(
    frame: Frame, targets: Sequence[Target], level: ProfileRow | None, *, is_judged: bool
) -> Entered:
    """Everything entered for one area, outcome and group.

    A target rates the figure of its own year, and a board's rating stands only beside the
    figure it was given for: neither outlives it. An outcome that nobody publishes has no
    figure, and takes the board's newest. ``is_judged`` is a figure that may be rated.
    """
    is_local = not frame.indicator.series
    wanted = [
        t
        for t in targets
        if (t.area_code, t.indicator_id) == (frame.area.area_code, frame.indicator.id)
        and (is_local or t.sen_group is frame.group)
    ]
    if not wanted or frame.request.breakdown != frame.indicator.default_breakdown:
        return Entered()
    period = level.time_period if level else ""
    of_figure = [t for t in wanted if is_local or t.time_period == period]
    board = next((t for t in reversed(of_figure) if t.override and t.override.rating), None)
    return Entered(
        target=_by_target(frame, of_figure, level) if is_judged and level else None,
        said=tuple(_said(frame, wanted, board)),
        board=Rating(board.override.rating, board.override.reason)
        if board and board.override
        else None,
        board_said=_board_said(board),
        delivery=_delivery(wanted),
    )


def _by_target(frame: Frame, targets: Sequence[Target], level: ProfileRow) -> Rating | None:
    target = next((t for t in targets if t.value is not None), None)
    if target is None or target.value is None or level.value is None:
        return None
    held = intervals(frame, [frame.area.area_code], level.time_period)
    limits = held.level(frame.area.area_code, level.time_period)
    name = rating.by_target(
        value=level.value, target=target.value, polarity=frame.indicator.polarity, limits=limits
    )
    rows = frame.levels([frame.area.area_code], [frame.group])
    said = target_words.said(
        frame, target, next(r for r in rows if r.time_period == level.time_period)
    )
    within = " The target lies within the figure's 95% interval." if name == rating.AMBER else ""
    return Rating(name, said + within)


def _said(frame: Frame, targets: Sequence[Target], board: Target | None) -> list[str]:
    """Targets still to come or past, and overrides that are not the rating shown."""
    own = frame.levels([frame.area.area_code], [frame.group]) if frame.indicator.series else []
    newest = max((r.time_period for r in own if r.value is not None), default=None)
    by_period = {r.time_period: r for r in own if r.value is not None}
    found = []
    for target in targets:
        row = by_period.get(target.time_period)
        if row is None and newest and target.time_period > newest:
            row = by_period[newest]
        if target.value is not None:
            found.append(target_words.said(frame, target, row))
        if target.override and target is not board:
            found.append(target_words.entered(frame, target, target.override))
    return found


def _board_said(board: Target | None) -> str:
    if board is None or board.override is None:
        return ""
    override = board.override
    return f"“{override.reason}” ({override.by}, {day(override.on.isoformat())})."


def _delivery(targets: Sequence[Target]) -> str:
    """The newest rating of the work, with its name and day."""
    held = [t.delivery for t in targets if t.delivery]
    if not held:
        return ""
    last = max(held, key=lambda each: each.on)
    return f"{rating.MARKS[last.rating]} {last.rating} ({last.by}, {day(last.on.isoformat())})"
