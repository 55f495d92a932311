"""What a page says when there is nothing to draw, and where to go instead."""

from __future__ import annotations

from collections.abc import Iterable

from sendgap.catalogue.areas import Area
from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import SEN_GROUPS, SenGroup
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.headline import SeriesRow, is_of, label
from sendgap.views.model import NoAnswer, Words
from sendgap.views.notes import symbols


def nothing(frame: Frame, rows: list[LevelRow], *, period: str | None = None) -> NoAnswer:
    """Which figures are missing, why, and links to those there are."""
    if not frame.indicator.series:
        return _unpublished(frame)
    short, area = frame.short, frame.area.in_text
    group = GROUP_LABELS[frame.group]
    held = [
        g
        for g in SEN_GROUPS
        if g is not frame.group
        and any(r.value is not None for r in frame.levels([frame.area.area_code], [g]))
    ]
    when = f" in {frame.label(period)}" if period else ""
    message = f"{short} is not published for {group} in {area}{when}."
    if held:
        message += f" Published for: {', '.join(GROUP_LABELS[g] for g in held)}."
    offers = [(f"See {GROUP_LABELS[g]}", {"grp": g.value}) for g in held]
    if frame.cut and frame.indicator.default_breakdown == "total":
        offers.append(("See all schools", {"bd": "total"}))
    reasons = symbols(row.symbol for row in rows)
    successors = [frame.release.areas.by_code(c) for c in frame.area.successors]
    offers += [(f"See {a.short_name}", {"area": a.la_code or a.area_code}) for a in successors]
    notes = ([frame.area.note] if frame.area.note else []) + reasons
    return NoAnswer(
        words=Words(
            context=f"{frame.area.name} · {group} · {short}",
            finding=message,
            badges=(),
            sentences=(),
            caveats=tuple(notes),
            sources=frame.sources((r.source_id, r.time_period) for r in rows) if rows else (),
        ),
        message=message,
        definition=frame.definition(),
        offers=tuple(offers),
    )


def no_headline(
    release: Release, area: Area, group: SenGroup, reasons: set[str], left_out: Iterable[str]
) -> NoAnswer:
    """No headline outcome of the group has a current figure in the area: why, and where to go."""
    message = (
        f"No headline outcome has a current figure for {GROUP_LABELS[group]} in {area.in_text}."
    )
    older = _older(release, area, group)
    offers = [(f"See {GROUP_LABELS[g]}", {"grp": g.value}) for g in SEN_GROUPS if g is not group]
    offers += [(f"{i.phrases.short}: figures of {when}", {"ind": i.id}) for i, when in older]
    successors = [release.areas.by_code(c) for c in area.successors]
    offers += [(f"See {a.short_name}", {"area": a.la_code or a.area_code}) for a in successors]
    notes = [f"Why there is none: {'; '.join(sorted(reasons))}."] if reasons else []
    said = tuple(_what_there_is(release, group, older))
    rest = [line for line in left_out if line not in said]
    return NoAnswer(
        Words(
            context=f"{area.name} · {GROUP_LABELS[group]} · headline outcomes",
            finding=message,
            badges=(),
            sentences=said,
            caveats=(*([area.note] if area.note else []), *notes, *rest),
            sources=(),
        ),
        message,
        None,
        tuple(offers),
    )


def _older(release: Release, area: Area, group: SenGroup) -> list[tuple[Indicator, str]]:
    """The headline outcomes that have an older figure of the group, and the year of the newest."""
    held = release.catalogue.indicators
    named = [i for i in release.catalogue.headline if i in held]
    rows = release.rows("area_levels", area=area.area_code, group=group.value, indicators=named)
    newest: dict[str, str] = {}
    for row in map(SeriesRow._make, rows):
        if row.value is not None and is_of(held[row.indicator_id], row.time_identifier):
            newest[row.indicator_id] = row.time_period
    return [(held[i], label(held[i], newest[i])) for i in named if i in newest]


def _what_there_is(
    release: Release, group: SenGroup, older: list[tuple[Indicator, str]]
) -> Iterable[str]:
    """Why nothing is current: which figures are too old, and which are not published at all."""
    name = GROUP_LABELS[group]
    held = release.catalogue.indicators
    if older:
        said = "; ".join(f"{i.phrases.short} ({when})" for i, when in older)
        yield (
            f"The newest figures published for {name} are too old to be set beside this year's: "
            f"{said}. The page of each outcome shows them."
        )
    never = [held[i].phrases.short for i in release.catalogue.headline
             if i in held and group not in held[i].groups()]  # fmt: skip
    if never:
        yield f"Not published for {name}: {'; '.join(never)}."


def _unpublished(frame: Frame) -> NoAnswer:
    """An outcome that nobody publishes: what a local return of it must hold."""
    message = f"{frame.short}: nobody publishes figures. This needs a local return."
    return NoAnswer(
        words=Words(
            context=f"{frame.area.name} · {frame.short}",
            finding=message,
            badges=(),
            sentences=(frame.indicator.return_needed,),
            caveats=(),
            sources=(),
        ),
        message=message,
        definition=frame.definition(),
    )
