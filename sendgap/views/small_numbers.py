"""Is an area's figure more than chance? Authorities against limits of chance, by size."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from sendgap.statistics.estimate import STRICT, USUAL
from sendgap.store import Release
from sendgap.terms import GeographicLevel, IntervalType, SenGroup
from sendgap.views import numbers, story
from sendgap.views.axes import gap_axis, level_axis
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.compared import Compared, compared
from sendgap.views.frame import Frame
from sendgap.views.funnel import Funnel, Pupils, funnel_of_gaps, level_funnel, pupils
from sendgap.views.funnel_model import FAR, FunnelArea, Limits, SmallNumbers
from sendgap.views.funnel_words import chart, own_table, words
from sendgap.views.model import Axis, NoAnswer, Words
from sendgap.views.request import Request

NO_NUMBERS = "This source gives no pupil numbers, so chance cannot be judged here."
SESSIONS = "These figures count sessions, which cluster in pupils, so chance cannot be judged here."
NO_INTERVAL = "No interval may be put round these figures, so chance cannot be judged here."
#: Areas named on the chart beside the area itself.
MOST_NAMED = 8


def small_numbers(release: Release, request: Request, *, by: str) -> SmallNumbers | NoAnswer:
    """The funnel of one request, or the sentence that says why there is none.

    ``by`` is ``level`` or ``gap``; a gap needs the numbers of both groups from one source,
    and two groups of different pupils, else the levels are shown.
    """
    found = compared(release, request)
    if isinstance(found, NoAnswer):
        return found
    frame = found.frame
    rows = [row for row in pupils(frame, found.period) if row.area_code in found.levels]
    if why := _never(frame, rows):
        return _without(found, why)
    funnel = _gap_funnel(frame, rows) if by == "gap" else None
    by = "gap" if funnel else "level"
    target, label = _target(found, rows)
    funnel = funnel or level_funnel(rows, target)
    if funnel is None:
        return _without(found, NO_NUMBERS)
    label = f"All {frame.indicator.phrases.people} together" if by == "gap" else label
    areas = tuple(_areas(found, funnel, rows))
    return SmallNumbers(
        words=words(found, funnel, areas, label, by),
        definition=frame.definition(),
        chart=chart(found, funnel, areas, label, by),
        own=own_table(found, funnel, areas, label),
        areas=areas,
        target=funnel.target,
        target_label=f"{label} {_printed(frame, funnel, funnel.target, found.decimals)}",
        limits=tuple(_limits(funnel)),
        named=_named(areas),
        size_title=_size_title(frame, by),
        axis=_axis(frame, funnel, found.decimals),
        sen_group=frame.group,
        polarity=frame.indicator.polarity,
        by=by,
    )


def _never(frame: Frame, rows: Sequence[Pupils]) -> str:
    """Why no funnel may be drawn of the outcome; empty where one may."""
    indicator = frame.indicator
    if indicator.value_type == "session_rate":
        return SESSIONS
    if indicator.interval is IntervalType.WILSON:
        return ""
    return NO_INTERVAL if rows else NO_NUMBERS


def _without(found: Compared, why: str) -> NoAnswer:
    """The state without a funnel, with the newest year that has numbers of pupils."""
    frame = found.frame
    own = frame.levels([frame.area.area_code], [frame.group])
    held = [row for row in own if row.denominator and row.numerator is not None]
    is_possible = why == NO_NUMBERS and frame.indicator.interval is IntervalType.WILSON
    newest = held[-1].time_period if held and is_possible else ""
    offers = []
    if newest and newest != found.period:
        offers.append((f"See {frame.label(newest)}, which has pupil numbers", {"yr": newest}))
    offers.append(("See the ranking", {"view": ""}))
    used = {(r.source_id, found.period) for r in found.levels.values() if r.value is not None}
    return NoAnswer(
        words=Words(story.context(frame, found.period), why, (), (), (),
                    frame.sources(sorted(used))),
        message=why,
        definition=frame.definition(),
        offers=tuple(offers),
    )  # fmt: skip


def _gap_funnel(frame: Frame, rows: Sequence[Pupils]) -> Funnel | None:
    reference = frame.reference
    # Pupils with SEN are among all pupils: the two groups would not be different ones.
    if reference is None or reference.is_england or reference.group is SenGroup.ALL_PUPILS:
        return None
    return funnel_of_gaps(rows, frame.indicator.polarity)


def _target(found: Compared, rows: Sequence[Pupils]) -> tuple[float, str]:
    """England's published level, or that of all these pupils together under its own name."""
    frame = found.frame
    england = next((r.england for r in found.levels.values() if r.england is not None), None)
    published = all(GeographicLevel.NATIONAL in series.levels for series in frame.series())
    if england is not None and published:
        return england, "England"
    whole = sum(row.denominator for row in rows)
    together = 100.0 * sum(row.numerator for row in rows) / whole if whole else 0.0
    return together, f"All {frame.indicator.phrases.people} together"


def _areas(found: Compared, funnel: Funnel, rows: Sequence[Pupils]) -> Iterable[FunnelArea]:
    frame = found.frame
    counts = {row.area_code: row.denominator for row in rows}
    near = {n.area.area_code for n in found.neighbours}
    chosen = {area.area_code for area in found.chosen}
    places = zip(
        funnel.codes, funnel.size, funnel.value, funnel.standing(wide=False),
        funnel.standing(wide=True), strict=True,
    )  # fmt: skip
    for code, size, value, plain, wide in places:
        role = "area" if code == frame.area.area_code else "other"
        role = "chosen" if role == "other" and code in chosen else role
        role = "neighbour" if role == "other" and code in near else role
        area = frame.release.areas.by_code(code)
        published = (found.gaps if funnel.is_gap else found.levels).get(code)
        shown = value if published is None or published.value is None else published.value
        yield FunnelArea(
            role, area.la_code or code, area.short_name, float(size), f"{counts[code]:,.0f}",
            float(value), _printed(frame, funnel, float(shown), found.decimals), plain, wide,
        )  # fmt: skip


def _printed(frame: Frame, funnel: Funnel, value: float, decimals: int) -> str:
    printer = numbers.gap if funnel.is_gap else numbers.level
    return printer(value, frame.indicator.unit, decimals)


def _limits(funnel: Funnel) -> Iterable[Limits]:
    """Chance alone at both confidences; where areas differ by more, with that allowed for."""
    has_more = funnel.spread.tau.item() > 0
    for wide in (False, True) if has_more else (False,):
        for confidence, name in ((USUAL, "95%"), (STRICT, "99.8%")):
            sizes, found = funnel.lines(confidence, wide=wide)
            lower, upper = (
                tuple(zip(sizes, side.tolist(), strict=True)) for side in (found.lower, found.upper)
            )
            yield Limits(name, wide, lower, upper)


def _named(areas: Sequence[FunnelArea]) -> tuple[str, ...]:
    """The area itself and those farthest out: outside both 99.8% limits, else the plain one."""
    far = [a for a in areas if a.wide == FAR] or [a for a in areas if a.plain == FAR]
    own = [a.name for a in areas if a.role == "area"]
    if len(far) > MOST_NAMED:
        far = []
    return tuple(dict.fromkeys([*own, *(a.name for a in far)]))


def _size_title(frame: Frame, by: str) -> str:
    people = frame.indicator.phrases.people
    group = GROUP_LABELS[frame.group]
    if by == "gap":
        return f"Effective number of {people}, both groups together"
    several = len(frame.indicator.groups()) > 1
    return f"Number of {people}, {group}" if several else f"Number of {people}"


def _axis(frame: Frame, funnel: Funnel, decimals: int) -> Axis:
    values = funnel.value.tolist()
    if funnel.is_gap:
        return gap_axis(frame.indicator, values, decimals)
    return level_axis(frame.indicator, values, decimals)
