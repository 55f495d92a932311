"""The text about an area's place from the early years to 19."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from sendgap.terms import SenGroup
from sendgap.text import and_list
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.journey_model import JourneyStage, StageMark
from sendgap.views.model import Chart, Definition, NoAnswer, SourceNote, Table, Words
from sendgap.views.notes import symbols
from sendgap.views.periods import month
from sendgap.views.standings import Standings, is_stale, sources
from sendgap.views.wording import WITH_GROUP

#: Stands above the chart, always.
NOTE = "Each stage shows different children in the same period, not one group growing up."
HOW = (
    "A place is by level among all authorities with a figure. Out of 100 it is the share of the "
    "other authorities with a weaker level, those with the same counted half: 100 is the best of "
    "all, 50 the middle. It says nothing about chance."
)
DEFINITION = Definition(
    "Early years to 19: the place among authorities at each stage",
    "For each stage of childhood, where the level of pupils with an EHC plan and on SEN support "
    "stands among all authorities in the newest year.",
    "It shows at which ages an area stands high or low, so that one can ask what differs there.",
    HOW,
    "It does not show progress: each stage is of other children. Nor does it show how wide a gap "
    "is, for which each stage has its own unit and its own comparison.",
    "Higher is better for the child at every stage.",
)


def words(found: Standings, stages: Sequence[JourneyStage], today: date) -> Words:
    """Everything in words."""
    group = found.request.sen_group
    placed = [s for s in stages if (m := s.mark(group)) and m.position is not None]
    early = [s for s in stages if any(m.provisional for m in s.marks)]
    badges = [
        f"{len(placed)} of {len(stages)} stages with a place",
        f"Neighbour list: {month(found.request.vintage)}",
        f"{len(early)} provisional" if early else "",
    ]
    labels = and_list([GROUP_LABELS[m.group] for m in stages[0].marks])
    return Words(
        context=(
            f"{found.area.name} · {labels} · stages from {stages[0].age} to {stages[-1].age} · "
            "places among all authorities · newest year of each"
        ),
        finding=finding(found, stages),
        badges=tuple(b for b in badges if b),
        sentences=tuple(_sentences(found, stages)),
        caveats=tuple(_caveats(found, stages, early, today)),
        sources=_sources(found, stages),
    )


def finding(found: Standings, stages: Sequence[JourneyStage]) -> str:
    """The places at the first and the last stage that have one."""
    group = found.request.sen_group
    who = f"Pupils {WITH_GROUP[group]} in {found.area.in_text}"
    placed = [(s, m) for s in stages if (m := s.mark(group)) and m.position is not None]
    if not placed:
        return f"{who}: no stage has a place among authorities."
    (first, start), (last, end) = placed[0], placed[-1]
    if first is last:
        return f"{who}: by level {start.place} at age {first.age}; no other stage has a place."
    return (
        f"{who}: by level {_bare(start)} authorities at age {first.age}, {_bare(end)} at "
        f"{last.age}, 1st being the best."
    )


def _bare(mark: StageMark) -> str:
    """A place without its ties, which the table tells."""
    return mark.place.partition(" (")[0]


def _sentences(found: Standings, stages: Sequence[JourneyStage]) -> Iterable[str]:
    own = found.request.sen_group
    groups = sorted({m.group for s in stages for m in s.marks}, key=lambda g: g is not own)
    for group in groups:
        placed = [(s, m) for s in stages if (m := s.mark(group)) and m.position is not None]
        if len(placed) < 2:
            continue
        best = max(placed, key=lambda pair: pair[1].position or 0.0)
        weak = min(placed, key=lambda pair: pair[1].position or 0.0)
        yield (
            f"{GROUP_LABELS[group]}: the highest place is at age {best[0].age} ({best[0].name}, "
            f"{best[1].place}), the lowest at age {weak[0].age} ({weak[0].name}, {weak[1].place})."
        )
    beside = [(s, m) for s in stages if (m := s.mark(own)) and m.band and m.position is not None]
    if beside:
        above = sum((m.position or 0.0) > m.band[1] for _, m in beside if m.band)
        below = sum((m.position or 0.0) < m.band[0] for _, m in beside if m.band)
        yield (
            f"{GROUP_LABELS[own]}: above the middle half of statistical neighbours at {above} of "
            f"{len(beside)} stages, below it at {below}."
        )


def _caveats(
    found: Standings, stages: Sequence[JourneyStage], early: Sequence[JourneyStage], today: date
) -> Iterable[str]:
    if found.area.note:
        yield found.area.note
    yield NOTE
    yield HOW
    yield from _empty(stages)
    by_reference: dict[str, list[str]] = {}
    for stage in stages:
        by_reference.setdefault(stage.reference, []).append(stage.name)
    told = "; ".join(f"to {who}: {', '.join(names)}" for who, names in by_reference.items())
    yield f"Gaps are not to the same group at every stage and are not compared: {told}."
    yield from _few_neighbours(found, stages)
    if early:
        names = "; ".join(f"{s.name} ({s.period_label})" for s in early)
        yield f"Provisional (p) and may change: {names}."
    for stage in stages:
        indicator = found.release.catalogue.indicators[stage.indicator_id]
        row = found.any_level(indicator, found.request.sen_group)
        if row is not None and is_stale(found.release, row, today):
            yield f"{stage.name}: no figures newer than {stage.period_label} have been published."
    code = found.area.area_code
    yield from symbols(r.symbol for (area, _, _), r in found.levels.items() if area == code)


def _empty(stages: Sequence[JourneyStage]) -> Iterable[str]:
    """The stages, or groups at a stage, without a place, and why."""
    for stage in stages:
        if stage.reason:
            yield f"{stage.title}: empty, {stage.reason}. No line crosses it."
            continue
        for mark in stage.marks:
            if mark.reason:
                yield f"{stage.name}, {GROUP_LABELS[mark.group]}: no place, {mark.reason}."


def _few_neighbours(found: Standings, stages: Sequence[JourneyStage]) -> Iterable[str]:
    own = found.request.sen_group
    few = [
        f"{stage.name} ({mark.neighbours})"
        for stage in stages
        if (mark := stage.mark(own)) and mark.band is None and not mark.reason
    ]
    if few:
        names = "; ".join(few)
        yield f"The neighbours' middle half needs seven with a place; fewer have one: {names}."


def _sources(found: Standings, stages: Sequence[JourneyStage]) -> tuple[SourceNote, ...]:
    used = []
    for stage in stages:
        indicator = found.release.catalogue.indicators[stage.indicator_id]
        rows = [found.any_level(indicator, mark.group) for mark in stage.marks]
        used += [(indicator, row) for row in rows if row is not None]
    return sources(found.release, used)


def out_of_100(mark: StageMark) -> str:
    """A position as the table and the chart's pointer print it."""
    if mark.position is None:
        return f"none: {mark.reason}" if mark.reason else "none"
    return numbers.number(mark.position, 0)


def chart(found: Standings, stages: Sequence[JourneyStage]) -> Chart:
    """The names of the chart, its long description and the table."""
    area, group = found.area, found.request.sen_group
    marks = [(s, m) for s in stages if (m := s.mark(group)) and m.position is not None]
    said = ", ".join(f"{_bare(m)} at {s.age}" for s, m in (marks[:1] + marks[-1:]))
    alt = f"Places by age, {GROUP_LABELS[group]} and neighbours: {area.short_name} {said}."
    described = "; ".join(
        f"{s.title}, {s.period_label}: "
        + ", ".join(
            f"{GROUP_LABELS[m.group]} {m.level}, {out_of_100(m)} out of 100" for m in s.marks
        )
        for s in stages
    )
    description = (
        "Stages stand by age from the left; up is a better place among authorities, from 0 to 100. "
        f"One line for each group, a band for the middle half of neighbours. {described}. {NOTE}"
    )
    table = Table(
        f"Place among authorities at each stage, {area.name}, newest year of each",
        ("Stage", "Pupils", "Year", "Level", "Set against", "Gap", "England's gap",
         "Place by level", "Out of 100", "Neighbours' middle half", "Place by gap"),
        tuple(_row(found, stage, mark) for stage in stages for mark in stage.marks),
        key_columns=(0, 1, 3, 8),
    )  # fmt: skip
    name = area.la_code or area.area_code
    return Chart(alt[:150], description, table, f"sendgap-early-years-to-19-{name}-{group}")


def _row(found: Standings, stage: JourneyStage, mark: StageMark) -> tuple[str, ...]:
    indicator = found.release.catalogue.indicators[stage.indicator_id]
    gap = found.gap(found.area.area_code, indicator, mark.group)
    against, england = stage.reference, "none"
    if gap is not None and gap.reference_value is not None:
        level = numbers.level(gap.reference_value, indicator.unit, gap.decimals)
        against = f"{stage.reference} {level}"
    of_england = found.any_gap(indicator, mark.group)
    if of_england is not None and of_england.england is not None:
        england = numbers.gap(of_england.england, indicator.unit, of_england.decimals)
    band = "not shown"
    if mark.band:
        low, high = (numbers.number(edge, 0) for edge in mark.band)
        band = f"{low} to {high} ({mark.neighbours} of 10)"
    return (
        stage.title, GROUP_LABELS[mark.group], stage.period_label,
        mark.level + (" p" if mark.provisional else ""), against, mark.gap, england, mark.place,
        out_of_100(mark), band, mark.gap_place,
    )  # fmt: skip


def nothing(found: Standings, stages: Sequence[JourneyStage]) -> NoAnswer:
    """No stage has a place here: why, and where to go."""
    area = found.area
    groups: list[SenGroup] = list(dict.fromkeys(m.group for s in stages for m in s.marks))
    who = and_list([GROUP_LABELS[g] for g in groups])
    message = f"No stage has a place among authorities for {area.in_text}."
    successors = [found.release.areas.by_code(c) for c in area.successors]
    return NoAnswer(
        Words(
            context=f"{area.name} · {who} · stages of childhood" if who else area.name,
            finding=message,
            badges=(),
            sentences=(),
            caveats=(*([area.note] if area.note else []), *_empty(stages)),
            sources=_sources(found, stages),
        ),
        message,
        None,
        tuple((f"See {a.short_name}", {"area": a.la_code or a.area_code}) for a in successors),
        chart(found, stages).table if stages else None,
    )
