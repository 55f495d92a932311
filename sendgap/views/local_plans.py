"""Plans and placements of one local unit: how many, for what, how near home, from shown cells."""

from __future__ import annotations

from collections.abc import Sequence

from sendgap.catalogue.model import Indicator
from sendgap.catalogue.plans import PlansPage
from sendgap.errors import UnknownNameError
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import SenGroup
from sendgap.text import and_list
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.axes import level_axis
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import definition_of
from sendgap.views.local_areas import GROUPS
from sendgap.views.local_figures import Cell
from sendgap.views.local_plans_parts import dots_panel, lines_panel, not_shown, unit_mark
from sendgap.views.local_unit import OfUnit, OneUnit, absent, badges, one_unit
from sendgap.views.local_words import SYMBOLS, period, practice, source
from sendgap.views.model import Axis, NoAnswer, Words
from sendgap.views.plans import VIEWS
from sendgap.views.plans_model import DotRow, Mark, Plans
from sendgap.views.plans_parts import page_of
from sendgap.views.wording import WITH_GROUP

PREVALENCE, NEEDS, PLACEMENT, REQUESTS, TIMELINESS = VIEWS
#: What no local return holds, by view.
NOT_RETURNED = {
    REQUESTS: "Requests, assessments and new plans are counted for whole authorities alone: no "
    "local return holds them by school, cluster or DSPL area.",
    TIMELINESS: "Times and appeals are counted for whole authorities alone: no local return "
    "holds them by school, cluster or DSPL area.",
}
TITLE = "Plans and placements"
NO_DIRECTION = "Higher is neither better nor worse."


def local_plans(
    release: Release, local: LocalRelease, unit: str, view: str, group: SenGroup
) -> OfUnit[Plans | NoAnswer]:
    """One view of the page for a unit written ``dspl:D1``; ``group`` is whose needs are shown."""
    if view not in VIEWS:
        raise UnknownNameError("view of plans and placements", view, VIEWS)
    found, page = one_unit(release, local, unit), page_of(release)
    answer: tuple[Plans | NoAnswer, int, int]
    if view == PREVALENCE:
        answer = _how_many(found, page)
    elif view == NEEDS:
        answer = _needs(found, page, group)
    elif view == PLACEMENT:
        answer = _near_home(found, page)
    else:
        answer = absent(found, TITLE, NOT_RETURNED[view]), 0, 0
    shown, hidden, of = answer
    return found.boxed(shown, hidden, f"{of} figures")


Counted = tuple[Plans | NoAnswer, int, int]


def _how_many(found: OneUnit, page: PlansPage) -> Counted:
    """The share of pupils with a plan and on SEN support, beside the authority's."""
    held = [found.release.catalogue.indicators[i] for i in page.how_many.shares if i in found.own]
    if not held:
        return (
            absent(found, TITLE, "The local returns do not say how many pupils have SEN here."),
            0,
            0,
        )
    panels = tuple(lines_panel(found, i, f"share-{n}") for n, i in enumerate(held))
    said, cells = [], [cell for i in held for cell in found.own[i.id]]
    newest = [(i, figures.newest(found.own[i.id])) for i in held]
    for indicator, cell in newest:
        said.append(_share(found, indicator, cell))
    known = [(i, cell) for i, cell in newest if cell is not None and cell.value is not None]
    finding = f"{found.name}: no share of pupils with SEN can be shown."
    if known:
        parts = [f"{figures.printed(i, cell)} {i.phrases.did}" for i, cell in known]
        when = period(known[0][1].time_period, known[0][1].years)
        finding = f"{found.name}: of all pupils {and_list(parts)} in {when}."
    view = Plans(
        words=_words(found, "How many", finding, [*said, NO_DIRECTION], cells),
        definitions=tuple(definition_of(i) for i in held),
        panels=panels,
    )
    return view, *not_shown(cells)


def _share(found: OneUnit, indicator: Indicator, cell: Cell | None) -> str:
    whole = figures.same_years(indicator, found.whole.get(indicator.id, ()), _group_of(cell), cell)
    beside = figures.printed(indicator, whole)
    if cell is None or cell.value is None:
        return f"{indicator.phrases.short}: not shown here; {found.authority} {beside}."
    count = f", {numbers.number(cell.numerator, 0)} pupils" if cell.numerator is not None else ""
    return (
        f"{indicator.phrases.short}: {figures.printed(indicator, cell)}{count}; "
        f"{found.authority} {beside}."
    )


def _group_of(cell: Cell | None) -> SenGroup | None:
    return SenGroup(cell.sen_group) if cell else None


def _needs(found: OneUnit, page: PlansPage, group: SenGroup) -> Counted:
    """Each primary need's share of a group's pupils: the commonest shown first."""
    indicator = found.release.catalogue.indicators[page.needs.all]
    own, whole = _cut_cells(found, indicator, group)
    if not own:
        return absent(found, TITLE, _no_needs(found)), 0, 0
    latest = max(cell.time_period for cell in own)
    mine = {c.breakdown: c for c in own if c.time_period == latest}
    theirs = {c.breakdown: c for c in whole if c.time_period == latest}
    names = found.release.catalogue.breakdowns
    ordered = sorted(mine, key=lambda cut: (
        cut == page.needs.unknown, mine[cut].value is None, -(mine[cut].value or 0.0), names[cut],
    ))  # fmt: skip
    rows = tuple(
        DotRow(names[cut], _marks(found, indicator, mine[cut], theirs.get(cut)),
               is_apart=cut == page.needs.unknown, group=group)
        for cut in ordered
    )  # fmt: skip
    values = [m.value for row in rows for m in row.marks if m.value is not None]
    axis = Axis(f"% of pupils {WITH_GROUP[group]}", 0, "%", 0.0, max(values, default=1.0))
    counts = [_count(mine[cut]) for cut in ordered]
    when = period(latest, 1)
    head = f"Primary need of pupils {WITH_GROUP[group]}, {found.name}, {when}"
    panel = dots_panel(found, "needs", "", head, "Need", rows, axis, ("Number of pupils", counts))
    top = [row for row in rows if row.own.value and not row.is_apart]
    finding = f"{found.who(group)}: no share of a need can be shown."
    if top:
        finding = (
            f"The most common primary need shown of pupils {WITH_GROUP[group]} in {found.name}, "
            f"{when}: {top[0].label}, {top[0].own.printed}."
        )
    said = [f"The largest shown: {'; '.join(f'{r.label} {r.own.printed}' for r in top[:3])}."]
    said.append("A hidden need may be larger than a shown one: the order is of those shown.")
    cells = list(mine.values())
    view = Plans(
        words=_words(found, f"Primary need, {GROUP_LABELS[group]}", finding,
                     [*(said if top else said[1:]), NO_DIRECTION], cells),
        definitions=(definition_of(indicator),),
        panels=(panel,),
    )  # fmt: skip
    return view, *not_shown(cells)


def _cut_cells(
    found: OneUnit, indicator: Indicator, group: SenGroup
) -> tuple[list[Cell], list[Cell]]:
    """The unit's and the authority's cells of every cut but the whole."""
    frame = found.local.cells(
        indicator.id,
        kinds=[found.kind, "authority"],
        units=[found.unit_id, str(found.local.about["authority_id"])],
        breakdown=None,
    )
    frame = frame[(frame["breakdown"] != "total") & (frame["sen_group"] == group.value)]
    cells = figures.cells(frame, indicator) if len(frame) else []
    return (
        [cell for cell in cells if cell.unit_id == found.unit_id],
        [cell for cell in cells if cell.unit_id != found.unit_id],
    )


def _no_needs(found: OneUnit) -> str:
    if found.kind == "dspl":
        return "The local returns do not say the primary need of pupils here."
    return (
        "Primary need is counted for DSPL areas and not below: so few pupils share a need in a "
        f"{found.kind_name} that nearly every figure would have to be hidden."
    )


def _marks(found: OneUnit, indicator: Indicator, own: Cell, whole: Cell | None) -> tuple[Mark, ...]:
    marks = [unit_mark(found, indicator, own)]
    if whole is not None and whole.value is not None:
        printed = figures.printed(indicator, whole)
        marks.append(Mark("england", found.authority, whole.value, printed))
    return tuple(marks)


def _count(cell: Cell) -> str:
    return "c" if cell.numerator is None else numbers.number(cell.numerator, 0)


def _near_home(found: OneUnit, page: PlansPage) -> Counted:
    """Who attends a school in the DSPL area where they live, group by group."""
    indicator = found.release.catalogue.indicators[page.placement.near_home]
    if indicator.id not in found.own:
        return absent(found, TITLE, _no_placement(found)), 0, 0
    groups = [g for g in (*GROUPS, SenGroup.NO_SEN) if found.figure(indicator, g).is_counted]
    told = [found.figure(indicator, group) for group in groups]
    rows = tuple(
        DotRow(GROUP_LABELS[f.group], _marks(found, indicator, f.cell, f.authority), group=f.group)
        for f in told if f.cell is not None
    )  # fmt: skip
    values = [m.value for row in rows for m in row.marks if m.value is not None]
    axis = level_axis(indicator, values, 0)
    when = next((f.years for f in told), "")
    head = f"{indicator.phrases.short}, {found.name}, {when}"
    panel = dots_panel(
        found, "near-home", "", head, "Pupils", rows, axis,
        ("Pupils who live here", [_living(f.cell) for f in told]),
        ("Against the rest of the authority", [f.against for f in told]),
    )  # fmt: skip
    known = [f for f in told if f.value is not None]
    parts = [f"{f.level} {WITH_GROUP[f.group]}" for f in known if f.group is not SenGroup.ANY_SEN]
    finding = f"{found.name}: no figure can be shown."
    if parts:
        finding = f"{indicator.phrases.short}, {found.name}, {when}: {and_list(parts)}."
    said = [
        f"{text} the rest of the authority: {and_list(names)}."
        for word, text in (("better", "More often than in"), ("worse", "Less often than in"),
                           ("similar", "No clear difference from"))
        if (names := [GROUP_LABELS[f.group] for f in told if f.against == word])
    ]  # fmt: skip
    said.append("A special school often serves several areas: some journeys are planned.")
    said.append("Types of placement are published for the whole authority alone.")
    cells = [f.cell for f in told if f.cell is not None]
    view = Plans(
        words=_words(found, "Where placed", finding, said, cells),
        definitions=(definition_of(indicator),),
        panels=(panel,),
    )
    return view, *not_shown(cells)


def _living(cell: Cell | None) -> str:
    return "c" if cell is None or cell.pupils is None else numbers.number(cell.pupils, 0)


def _no_placement(found: OneUnit) -> str:
    if found.kind == "dspl":
        return "The local returns do not say in which DSPL area pupils live."
    return (
        "Where pupils go to school is counted by the DSPL area where they live: a "
        f"{found.kind_name} has no figure of its own. Types of placement are published for "
        "whole authorities alone."
    )


def _words(
    found: OneUnit, what: str, finding: str, said: Sequence[str], cells: Sequence[Cell]
) -> Words:
    years = sorted({period(c.time_period, c.years) for c in cells if c.value is not None})
    return Words(
        context=found.context(what),
        finding=finding,
        badges=badges(found),
        sentences=tuple(said),
        caveats=(*practice(found.local), *SYMBOLS),
        sources=(source(found.local, years),),
    )
