"""Which two years of an outcome are set against each other: only years of one basis."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.errors import NoAnswerError
from sendgap.store import Release
from sendgap.views import numbers
from sendgap.views.breaks import basis_reason
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.request import Request

Rows = Sequence[GapRow | LevelRow]


def value(row: GapRow | LevelRow | None) -> float | None:
    """The gap or the level of a row."""
    if row is None:
        return None
    return row.gap if isinstance(row, GapRow) else row.value


def row_of(rows: Rows, period: str) -> GapRow | LevelRow | None:
    """The row of a period."""
    return next((row for row in rows if row.time_period == period), None)


def years(frame: Frame, own: Rows, by: str) -> tuple[GapRow | LevelRow, GapRow | LevelRow]:
    """The two rows asked for; raises ``NoAnswerError`` saying why they are not compared."""
    asked = frame.request.period
    until = asked if asked != "latest" else frame.latest("gap" if by == "gap" else "value") or ""
    now = row_of(own, until)
    if now is None or value(now) is None:
        why = numbers.symbol_reason(now.symbol if now else None)
        when = frame.label(until) if until else "the newest year"
        raise NoAnswerError(f"{frame.short}: no figure for {frame.area.in_text} in {when} ({why}).")
    earlier = _earlier(own, now)
    since = frame.request.since
    if since:
        return _asked(frame, own, since, now, earlier), now
    if not earlier:
        raise NoAnswerError(
            f"{frame.short}: no earlier year of {frame.area.in_text} is on the same basis as "
            f"{frame.label(until)}."
        )
    baseline = row_of(earlier, frame.indicator.baseline or "")
    return baseline or earlier[0], now


def _earlier(own: Rows, now: GapRow | LevelRow) -> Rows:
    """Rows with a figure before ``now`` that stand on its basis and line."""
    return [
        row
        for row in own
        if value(row) is not None
        and row.time_period < now.time_period
        and (row.basis, row.line) == (now.basis, now.line)
    ]


def _asked(
    frame: Frame, own: Rows, since: str, now: GapRow | LevelRow, earlier: Rows
) -> GapRow | LevelRow:
    """The start that was asked for, or the reason it cannot be one."""
    if found := row_of(earlier, since):
        return found
    names = f"{frame.label(since)} and {frame.label(now.time_period)} are not compared"
    before = row_of(own, since)
    if since >= now.time_period:
        raise NoAnswerError(f"{names}: choose an earlier year to start from.")
    if before is None or value(before) is None:
        why = numbers.symbol_reason(before.symbol if before else None)
        raise NoAnswerError(f"{names}: no figure for {frame.label(since)} ({why}).")
    between = [row for row in own if since <= row.time_period <= now.time_period]
    first = next(
        (
            pair
            for pair in zip(between, between[1:], strict=False)
            if (pair[0].basis, pair[0].line) != (pair[1].basis, pair[1].line)
        ),
        (before, now),
    )
    raise NoAnswerError(f"{names}: {basis_reason(frame, *first)}")


def starts(release: Release, request: Request, by: str) -> tuple[tuple[str, str], ...]:
    """The years that the newest can be set against, newest first."""
    frame = Frame.of(release, request)
    if frame.is_category:
        return ()
    by = by if frame.reference is not None else "level"
    code = [frame.area.area_code]
    own: Rows = frame.gaps(code) if by == "gap" else frame.levels(code, [frame.group])
    asked = request.period
    until = asked if asked != "latest" else frame.latest("gap" if by == "gap" else "value")
    now = row_of(own, until or "")
    if now is None or value(now) is None:
        return ()
    return tuple(
        (row.time_period, frame.label(row.time_period)) for row in reversed(_earlier(own, now))
    )
