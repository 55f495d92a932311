"""How has a group of authorities moved since the baseline, and who could be asked?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sendgap.catalogue.areas import Area
from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.targets import Target
from sendgap.terms import GeographicLevel, Polarity, SenGroup, Symbol
from sendgap.views import numbers
from sendgap.views.chosen_set import counts_of, pooled_share
from sendgap.views.frame import Frame, GapRow, LevelRow
from sendgap.views.group_areas import Moved, Then, moved
from sendgap.views.group_model import GroupReport, GroupRow
from sendgap.views.group_words import (
    DEFINITION,
    NO_ENGLAND,
    outcome_table,
    table,
    words,
)
from sendgap.views.headline import ProfileRow, is_of
from sendgap.views.model import Chart
from sendgap.views.people import counted
from sendgap.views.periods import ends_in
from sendgap.views.request import ENGLAND, Request

#: Authorities that are named as those that moved most, or to learn from.
MOST = 3


def group_report(
    release: Release,
    codes: Sequence[str],
    sen_group: SenGroup,
    targets: Sequence[Target] = (),
    today: date | None = None,
) -> GroupReport:
    """The headline outcomes of the authorities with these codes, as of ``today``.

    The newest figures stand beside those of the baseline, on one basis; an authority counts
    only where it has both. Raises ``UnknownNameError`` for a code that is not held.
    """
    areas = [release.areas.by_code(code) for code in dict.fromkeys(codes)]
    held = release.catalogue.indicators
    indicators = [held[i] for i in release.catalogue.headline if i in held]
    profile = _profile(release, areas, sen_group, indicators)
    tiny = _tiny(profile)
    made: list[GroupRow] = []
    left_out: list[str] = []
    for indicator in indicators:
        rows = [r for r in profile if r.indicator_id == indicator.id]
        reason = _why_not(release, indicator, sen_group, rows, today or date.today())
        if reason:
            left_out.append(f"{indicator.phrases.short}: {reason}.")
        else:
            made.append(_row(release, indicator, sen_group, areas, rows, tiny, targets))
    title = _title(release, areas)
    name = "-".join(area.la_code or area.area_code for area in areas[:3])
    return GroupReport(
        words=words(release, title, sen_group, areas, made, left_out),
        definition=DEFINITION,
        chart=Chart("", "", table(title, sen_group, made), f"sendgap-group-{name}-{sen_group}"),
        title=title,
        sen_group=sen_group,
        rows=tuple(made),
        tables=tuple(outcome_table(row) for row in made),
        left_out=tuple(left_out),
    )


def _title(release: Release, areas: Sequence[Area]) -> str:
    """The region's name where the group is a whole region, else how many there are."""
    regions = {area.region_code for area in areas}
    if len(regions) == 1 and (code := next(iter(regions))):
        whole = {a.area_code for a in release.areas.local_authorities() if a.region_code == code}
        if whole == {area.area_code for area in areas}:
            return release.areas.by_code(code).name
    return areas[0].name if len(areas) == 1 else f"{len(areas)} authorities"


def _profile(
    release: Release, areas: Sequence[Area], group: SenGroup, indicators: Sequence[Indicator]
) -> list[ProfileRow]:
    """The newest level and gap of every authority, in one query."""
    request = Request("", "", group)
    found = release.rows(
        "profile",
        areas=[area.area_code for area in areas],
        vintage=request.vintage,
        group=group.value,
        indicators=[i.id for i in indicators],
    )
    held = release.catalogue.indicators
    rows = [ProfileRow(*row) for row in found]
    return [r for r in rows if is_of(held[r.indicator_id], r.time_identifier)]


def _why_not(
    release: Release, indicator: Indicator, group: SenGroup, rows: Sequence[ProfileRow], today: date
) -> str:
    """Why an outcome is not told; empty where it is."""
    levels = [r for r in rows if r.measure == "value" and r.value is not None]
    if group not in indicator.groups():
        return "not published for this group"
    if not levels:
        return "no figure in the newest year"
    if indicator.polarity is Polarity.NONE:
        return "higher is neither better nor worse"
    if release.catalogue.sources[levels[0].source_id].stale_after < today:
        return f"out of date, newest figures of {ends_in(levels[0].time_period)}"
    if not any(r.change_baseline is not None for r in levels):
        return "no earlier figure on the same basis"
    return ""


def _row(
    release: Release,
    indicator: Indicator,
    group: SenGroup,
    areas: Sequence[Area],
    rows: Sequence[ProfileRow],
    tiny: set[str],
    targets: Sequence[Target],
) -> GroupRow:
    frame = Frame.of(release, Request(ENGLAND, indicator.id, group))
    levels = [r for r in rows if r.measure == "value"]
    gaps = {r.area_code: r for r in rows if r.measure == "gap"
            and r.reference == indicator.default_reference}  # fmt: skip
    held = frame.levels([ENGLAND, *(area.area_code for area in areas)], [group])
    now = next(r.time_period for r in levels if r.value is not None)
    then = _then(frame, levels, held, now)
    members = [
        moved(frame, level, gaps.get(level.area_code), then, _pupils(frame, level, held), targets,
              is_tiny=level.area_code in tiny)
        for level in levels
    ]  # fmt: skip
    used = [m for m in members if m.has_both]
    codes = {m.area.area_code for m in used}
    sides = [[r for r in held if r.area_code in codes and r.time_period == p]
             for p in (then.period, now)]  # fmt: skip
    before_printed, now_printed, made = _own(frame, sides)
    gap_before, gap_now = _gaps(frame, used, gaps)
    england = {r.time_period: r for r in held if r.area_code == ENGLAND}
    narrowed = [m for m in used if m.area.gap_trend == "narrowed"]
    return GroupRow(
        indicator_id=indicator.id,
        name=indicator.phrases.short,
        period_label=frame.label(now),
        baseline_label=frame.label(then.period),
        made=f"{made} {len(used)} of {len(areas)}",
        before=before_printed,
        now=now_printed,
        england_before=_england(frame, england.get(then.period)),
        england=_england(frame, england.get(now)),
        gap_before=gap_before,
        gap_now=gap_now,
        better=sum(m.area.trend == "better" for m in used),
        worse=sum(m.area.trend == "worse" for m in used),
        of=len(used),
        narrowed=len(narrowed),
        narrowed_with_gain=sum(m.area.trend == "better" for m in narrowed),
        gaps_of=sum(bool(m.area.gap_trend) for m in used),
        moved_most=tuple(m.area for m in _moved_most(used)),
        learn_from=tuple(m.area for m in _learn_from(frame, used)),
        areas=tuple(sorted((m.area for m in members), key=lambda a: a.name)),
        targets_met=sum(m.target_met is True for m in members),
        targets=sum(m.target_met is not None for m in members),
        source_id=next(r.source_id for r in levels if r.value is not None),
    )


def _then(frame: Frame, levels: Sequence[ProfileRow], held: Sequence[LevelRow], now: str) -> Then:
    """The baseline: the outcome's own or, where fewer than two thirds of the authorities have
    a figure then, the next year in which they do."""
    newest = {r.area_code: r for r in held if r.time_period == now and r.value is not None}
    first = min(r.baseline_period for r in levels if r.baseline_period)
    by_period: dict[str, dict[str, LevelRow]] = {}
    for row in held:
        own = newest.get(row.area_code)
        is_alike = own is not None and (row.basis, row.line) == (own.basis, own.line)
        if row.value is not None and is_alike and first <= row.time_period < now:
            by_period.setdefault(row.time_period, {})[row.area_code] = row
    wanted = 2 * len([code for code in newest if code != ENGLAND]) / 3
    periods = sorted(by_period)
    full = [p for p in periods if len(by_period[p].keys() - {ENGLAND}) >= wanted]
    period = full[0] if full else max(periods, key=lambda p: len(by_period[p]))
    gaps = _gaps_of(frame, list(newest), period, now)
    return Then(period, by_period[period], gaps)


def _gaps_of(frame: Frame, codes: Sequence[str], period: str, now: str) -> dict[str, GapRow]:
    """The gaps of a period that are on the basis of the newest ones, by authority."""
    found = frame.gaps(codes)
    newest = {r.area_code: (r.basis, r.line) for r in found if r.time_period == now}
    return {
        r.area_code: r
        for r in found
        if r.time_period == period and newest.get(r.area_code) == (r.basis, r.line)
    }


def _pupils(frame: Frame, level: ProfileRow, held: Sequence[LevelRow]) -> float | None:
    """The newest number of pupils known; sessions are none."""
    if counted(frame.indicator) == "sessions":
        return None
    known = [r for r in held if r.area_code == level.area_code and r.denominator is not None
             and r.time_period <= level.time_period]  # fmt: skip
    return known[-1].denominator if known else None


def _tiny(rows: Sequence[ProfileRow]) -> set[str]:
    """Authorities of which a quarter of the headline levels are hidden."""
    levels = [r for r in rows if r.measure == "value"]
    hidden = Counter(r.area_code for r in levels
                     if r.symbol in (Symbol.SUPPRESSED, Symbol.NOT_AVAILABLE))  # fmt: skip
    every = Counter(r.area_code for r in levels)
    return {code for code, number in every.items() if 4 * hidden[code] >= number}


def _own(frame: Frame, sides: Sequence[Sequence[LevelRow]]) -> tuple[str, str, str]:
    """The group's figure then and now over the same authorities, and how it was made: pooled
    from numbers of pupils where both years have them, else the plain mean."""
    unit = frame.indicator.unit
    places = numbers.mean_decimals(max(r.decimals for side in sides for r in side))
    found = [pooled_share([counts_of(r) for r in side]) if unit == "percent" else None
             for side in sides]  # fmt: skip
    made = "pooled from" if None not in found else "plain mean of"
    if None in found:
        found = [_mean([r.value for r in side if r.value is not None]) for side in sides]
    before, later = (numbers.level(value or 0.0, unit, places) for value in found)
    return before, later, made


def _mean(values: Sequence[float]) -> float:
    return sum(values) / len(values)


def _gaps(frame: Frame, used: Sequence[Moved], gaps: dict[str, ProfileRow]) -> tuple[str, str]:
    """The plain mean of the gaps then and now, over authorities that have both."""
    both = [(gaps[m.area.area_code], m.gap_change) for m in used if m.gap_change is not None]
    if not both:
        return "none", "none"
    unit, places = frame.indicator.unit, numbers.mean_decimals(both[0][0].decimals)
    now = _mean([gap.value or 0.0 for gap, _ in both])
    before = _mean([(gap.value or 0.0) - change for gap, change in both])
    return numbers.gap(before, unit, places), numbers.gap(now, unit, places)


def _england(frame: Frame, row: LevelRow | None) -> str:
    if row is None or row.value is None:
        return NO_ENGLAND
    return numbers.level(row.value, frame.indicator.unit, row.decimals)


def _moved_most(members: Sequence[Moved]) -> list[Moved]:
    """Those whose level moved furthest the better way, beyond rounding; ties all or none."""
    ahead = sorted(
        (m for m in members if m.area.trend == "better" and not m.is_small),
        key=lambda m: (-m.ahead, m.area.name),
    )
    if len(ahead) <= MOST:
        return ahead
    last = ahead[MOST - 1].ahead
    tied = [m for m in ahead if m.ahead >= last]
    return tied if len(tied) <= MOST + 2 else [m for m in ahead if m.ahead > last]


def _learn_from(frame: Frame, members: Sequence[Moved]) -> list[Moved]:
    """Those better than their own statistical neighbours that have not moved the worse way, best
    level first."""
    higher = frame.indicator.polarity is Polarity.HIGHER_IS_BETTER
    found = [m for m in members if m.area.beside == "better" and m.area.trend != "worse"
             and not m.is_small]  # fmt: skip
    return sorted(found, key=lambda m: (-m.level if higher else m.level, m.area.name))[:MOST]


def region_codes(release: Release, region: str) -> tuple[str, ...]:
    """The codes of a region's authorities, for a report of the region."""
    found = release.areas.find(region)
    if found.level is not GeographicLevel.REGIONAL:
        return (found.area_code,)
    return tuple(
        a.area_code for a in release.areas.local_authorities() if a.region_code == found.area_code
    )
