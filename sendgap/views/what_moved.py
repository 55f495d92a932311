"""What moved the gap? Its change between two periods as the movements that add up to it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sendgap.errors import NoAnswerError
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views import moved_words, numbers
from sendgap.views.axes import gap_axis
from sendgap.views.breaks import basis_reason
from sendgap.views.category import category
from sendgap.views.change import FEWEST, Change, change
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, GapRow
from sendgap.views.identification import guards
from sendgap.views.model import Axis, NoAnswer, Words
from sendgap.views.moved_model import Spans, Step, WhatMoved
from sendgap.views.nothing import nothing
from sendgap.views.request import Request
from sendgap.views.sentences import at
from sendgap.views.wording import rounding_floor


def what_moved(release: Release, request: Request) -> WhatMoved | NoAnswer:
    """The change up to ``request.period`` since ``request.since``, or why there is none.

    Only two periods on one basis and line are set against each other; anything else is
    refused with its reason. A change that rounding alone could make is told and not split.
    """
    frame = Frame.of(release, request)
    if frame.is_category:
        return category(frame)
    if not frame.indicator.series:
        return nothing(frame, [])
    if frame.reference is None:
        return _refused(frame, f"{frame.short} has a level and no gap, so there is none to split.")
    rows = frame.gaps([frame.area.area_code])
    if not any(row.gap is not None for row in rows):
        return nothing(frame, frame.levels([frame.area.area_code], [frame.group]))
    try:
        before, now = _pair(frame, rows)
    except NoAnswerError as refusal:
        return _refused(frame, str(refusal), _offers(frame, rows))
    found = change(frame, before, now)
    guarded = guards(frame, before.time_period, now.time_period)
    not_drawn = _not_drawn(found)
    steps = () if not_drawn else tuple(_steps(found))
    return WhatMoved(
        words=moved_words.words(found, guarded),
        definition=frame.definition(),
        chart=moved_words.chart(found, guarded, steps),
        steps=steps,
        not_drawn=not_drawn,
        axis=_axis(found, steps),
        guard=tuple(guard.sentence for guard in guarded),
        since=before.time_period,
        until=now.time_period,
    )


def spans(release: Release, request: Request) -> Spans:
    """The periods that may be chosen; none where the outcome has no gap here."""
    frame = Frame.of(release, request)
    if frame.is_category or frame.reference is None:
        return Spans((), (), "")
    rows = [row for row in frame.gaps([frame.area.area_code]) if row.gap is not None]
    until = [row for row in rows if _earlier(rows, row)]
    now = at(rows, _until(frame))
    since = _earlier(rows, now) if now else []
    named = [
        tuple((r.time_period, frame.label(r.time_period)) for r in reversed(each))
        for each in (until, since)
    ]
    usual = _usual(now, since).time_period if now and since else ""
    return Spans(named[0], named[1], usual)


def _until(frame: Frame) -> str:
    asked = frame.request.period
    return asked if asked != "latest" else frame.latest("gap") or ""


def _earlier(rows: Sequence[GapRow], now: GapRow) -> list[GapRow]:
    """Rows with a gap before ``now`` that stand on its basis and line."""
    return [
        row
        for row in rows
        if row.gap is not None
        and row.time_period < now.time_period
        and (row.basis, row.line) == (now.basis, now.line)
    ]


def _usual(now: GapRow, earlier: Sequence[GapRow]) -> GapRow:
    """The catalogue's baseline where it may be compared, else the earliest period."""
    return at(earlier, now.baseline_period or "") or earlier[0]


def _pair(frame: Frame, rows: Sequence[GapRow]) -> tuple[GapRow, GapRow]:
    """The two rows asked for; raises ``NoAnswerError`` saying why they are not compared."""
    until = _until(frame)
    now = at(rows, until)
    if now is None or now.gap is None:
        why = numbers.symbol_reason(now.symbol if now else None)
        when = frame.label(until) if until else "the newest year"
        raise NoAnswerError(f"{frame.short}: no gap for {frame.area.in_text} in {when} ({why}).")
    earlier = _earlier(rows, now)
    asked = frame.request.since
    if not asked:
        if earlier:
            return _usual(now, earlier), now
        raise NoAnswerError(
            f"{frame.short}: no earlier year of {frame.area.in_text} is on the same basis as "
            f"{frame.label(until)}."
        )
    before = at(rows, asked)
    names = f"{frame.label(asked)} and {frame.label(until)} are not compared"
    if asked >= until:
        raise NoAnswerError(f"{names}: choose an earlier year to start from.")
    if before is None or before.gap is None:
        why = numbers.symbol_reason(before.symbol if before else None)
        raise NoAnswerError(f"{names}: no gap for {frame.label(asked)} ({why}).")
    if before not in earlier:
        raise NoAnswerError(f"{names}: {_why_not(frame, rows, before, now)}")
    return before, now


def _why_not(frame: Frame, rows: Sequence[GapRow], before: GapRow, now: GapRow) -> str:
    """The reason of the first change of basis or source between two periods."""
    between = [r for r in rows if before.time_period <= r.time_period <= now.time_period]
    pairs = zip(between, between[1:], strict=False)
    first = next((p for p in pairs if (p[0].basis, p[0].line) != (p[1].basis, p[1].line)), None)
    return basis_reason(frame, *first) if first else "They were measured differently."


def _offers(frame: Frame, rows: Sequence[GapRow]) -> tuple[tuple[str, dict[str, str]], ...]:
    """A link to the newest pair that can be compared."""
    for now in reversed([row for row in rows if row.gap is not None]):
        if earlier := _earlier(rows, now):
            before = _usual(now, earlier)
            label = f"See {frame.label(before.time_period)} to {frame.label(now.time_period)}"
            return ((label, {"yr": now.time_period, "since": before.time_period}),)
    return ()


def _refused(
    frame: Frame, message: str, offers: tuple[tuple[str, dict[str, str]], ...] = ()
) -> NoAnswer:
    context = f"{frame.area.name} · {GROUP_LABELS[frame.group]} · {frame.short}"
    return NoAnswer(
        words=Words(context, message, (), (), (), ()),
        message=message,
        definition=frame.definition(),
        offers=(*offers, ("See the figures over time", {"view": "", "yr": "", "since": ""})),
    )


def _not_drawn(found: Change) -> str:
    """Why the change is not split; empty where it is."""
    unit = found.frame.indicator.unit
    if found.fewest is not None and found.fewest < FEWEST:
        return (
            f"Only {found.fewest:,.0f} {found.frame.indicator.phrases.people} in one of the two "
            "years: too few to say what moved."
        )
    floor = rounding_floor(found.decimals)
    if abs(found.amount) > floor:
        return ""
    by = numbers.gap(round(floor, found.decimals), unit, found.decimals)
    return f"The change is too small to split: rounding alone can make {by}."


def _steps(found: Change) -> list[Step]:
    frame = found.frame
    assert frame.reference is not None
    reference = frame.reference.group
    parts = found.parts()
    if parts is not None:
        places = numbers.mean_decimals(found.decimals)
        groups = {SenGroup.EHC_PLAN: parts.ehc_plan, SenGroup.SEN_SUPPORT: parts.sen_support}
        steps = [
            _step(found, "sen", GROUP_LABELS[g], v.item(), places, g) for g, v in groups.items()
        ]
        steps.append(_step(found, "mix", "Mix of EHC plan and SEN support", parts.mix.item(),
                           places))  # fmt: skip
        other = parts.reference.item()
    else:
        places, split = found.decimals, found.split()
        own = GROUP_LABELS[frame.group]
        steps = [_step(found, "sen", own, split.sen.item(), places, frame.group)]
        other = split.reference.item()
    steps.append(_step(found, "reference", GROUP_LABELS[reference], other, places, reference))
    total = sum(step.value for step in steps)
    return [*steps, _step(found, "total", "Change of the gap", total, places)]


def _step(
    found: Change, role: str, label: str, value: float, places: int, group: SenGroup | None = None
) -> Step:
    value, shown = round(value, 9), round(value, places) + 0.0
    printed = numbers.gap(shown, found.frame.indicator.unit, places)
    words = ("wider", "narrower") if role == "total" else ("widens", "narrows")
    word = "no change" if shown == 0 else words[shown < 0]
    moved = moved_words.side_moved(found, group) if group else ""
    return Step(role, label, value, f"+{printed}" if shown > 0 else printed, word, moved, group)


def _axis(found: Change, steps: Sequence[Step]) -> Axis:
    heights, height = [0.0], 0.0
    for step in steps[:-1]:
        height += step.value
        heights.append(height)
    axis = gap_axis(found.frame.indicator, heights, found.decimals)
    return replace(axis, title=axis.title.replace("Gap,", "Change of the gap,"), note="up is wider")
