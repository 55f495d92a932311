"""Where placed: the classes of placements over the years, and side by side in the newest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sendgap.catalogue.plans import Groups, Placement
from sendgap.store import Release
from sendgap.text import and_list, small_first
from sendgap.views import numbers
from sendgap.views.breaks import breaks_in
from sendgap.views.model import NoAnswer, Table
from sendgap.views.nothing import nothing
from sendgap.views.periods import ends_in
from sendgap.views.plans_bars import across, over_years
from sendgap.views.plans_cuts import (
    FEWEST_PLANS,
    Cuts,
    context,
    few_plans,
    frame_of,
    mean_printed,
    of_all,
    words,
)
from sendgap.views.plans_model import Panel, Plans, Rule
from sendgap.views.plans_parts import (
    Newest,
    everywhere,
    file_stem,
    newest,
    page_of,
    roles,
)
from sendgap.views.request import Request

ALL, NEW, SHARE, COUNT = "all", "new", "share", "count"


def placement(
    release: Release, request: Request, plans: str = ALL, by: str = SHARE
) -> Plans | NoAnswer:
    """The view of one area, of all plans or of new ones, as shares or as numbers."""
    page = page_of(release).placement
    frame = frame_of(
        release, request, page.new if plans == NEW else page.all, page.classes[0][1][0]
    )
    period = frame.latest("value")
    cuts = Cuts.of(frame)
    if plans == ALL:
        cuts = replace(cuts, totals=_all_plans(release, request, cuts))
    code = frame.area.area_code
    held = [p for p in cuts.periods() if cuts.has(code, p)]
    if period is None or not held:
        return nothing(of_all(frame), cuts.own_rows(page.classes[0][1][0]), period=period)
    stem = file_stem(frame, frame.indicator.id)
    rules, noted = _rules(cuts, page)
    years = over_years(cuts, page.classes, rules, by_count=by == COUNT, stem=f"{stem}-over-time",
                       table=_over_time(cuts, page, held, by_count=by == COUNT))  # fmt: skip
    panels = [Panel("years", "", years, years.chart.table, f"{stem}-over-time", noted)]
    if cuts.has(code, period):
        table = _across(cuts, page, period)
        figure = across(cuts, page.classes, period, table, f"{stem}-{period}")
        head = f"Beside other areas, {frame.label(period)}"
        panels.append(Panel("areas", head, figure, table, f"{stem}-{period}"))
    totals = _totals(release, request, page) if plans == ALL else None
    label = frame.label(period)
    return Plans(
        words=words(
            context(frame, frame.indicator.label, label),
            _finding(cuts, page, period, held),
            _badges(cuts, period),
            _sentences(cuts, page, period, held),
            [
                *cuts.absent(period),
                *cuts.caveats((c for _, g in page.classes for c in g), has_rules=True),
            ],
            [cuts.sources()],
        ),
        definitions=(frame.definition(),),
        panels=(*panels, *([totals] if totals else [])),
        onward=tuple(
            everywhere(frame_of(release, request, frame.indicator.id, group[0]), label)
            for label, group in page.classes
            if len(group) == 1
        ),
    )


def _all_plans(release: Release, request: Request, cuts: Cuts) -> dict[tuple[str, str], float]:
    """The number of plans, which is known where placements are not."""
    frame = frame_of(release, request, page_of(release).how_many.number)
    codes = {area for _, area, _ in cuts.rows}
    rows = frame.levels(codes, [frame.group])
    return {(r.area_code, r.time_period): r.value for r in rows if r.value is not None}


def _badges(cuts: Cuts, period: str) -> list[str]:
    total = cuts.total(cuts.frame.area.area_code, period)
    found = [f"Plans: {numbers.number(total, 0)}"] if total is not None else []
    if cuts.neighbours:
        known = sum(cuts.has(code, period) for code in cuts.neighbours)
        found.append(f"{known} of 10 neighbours")
    return found


def _finding(cuts: Cuts, page: Placement, period: str, held: list[str]) -> str:
    """The two largest classes with England's beside them, or why there are none."""
    frame = cuts.frame
    code, area = frame.area.area_code, frame.area.in_text
    total = cuts.total(code, period)
    if not cuts.has(code, period):
        row = cuts.own(page.classes[0][1][0], period)
        reason = numbers.symbol_reason(row.symbol if row else None)
        return (
            f"Where plans are placed: no figures for {area} in {frame.label(period)} ({reason}). "
            f"The newest are of {frame.label(held[-1])}."
        )
    shares = [(label, s) for label, group in page.classes[:-1]
              if (s := cuts.share(group, code, period)) and s.share is not None]  # fmt: skip
    largest = sorted(shares, key=lambda each: -(each[1].share or 0.0))[:2]
    england = frame.comparator_codes().get("england", "")
    said = []
    for label, share in largest:
        group = dict(page.classes)[label]
        other = cuts.share(group, england, period)
        beside = f" (England {other.printed})" if other and other.share is not None else ""
        said.append(f"{small_first(label)} {share.printed}{beside}")
    whose = frame.indicator.phrases.people.removeprefix("children and young people ")
    whom = f"{numbers.number(total or 0, 0)} children and young people {whose}"
    return f"Where {whom} are placed in {area}, {frame.label(period)}: {and_list(said)}."


def _sentences(cuts: Cuts, page: Placement, period: str, held: list[str]) -> list[str]:
    frame = cuts.frame
    code = frame.area.area_code
    if not cuts.has(code, period):
        return ["Higher is neither better nor worse."]
    said = []
    total = cuts.total(code, period) or 0.0
    if total < FEWEST_PLANS:
        said.append(few_plans(total))
    for label, group in page.classes[:-1] if total >= FEWEST_PLANS else ():
        if line := _moved(cuts, label, group, held[0], period):
            said.append(line)
    last = page.classes[-1]
    unknown = cuts.share(last[1], code, period)
    if unknown is not None and unknown.share is not None:
        said.append(
            f"{last[0]}: {unknown.number} of {numbers.number(unknown.of or 0, 0)} plans "
            f"({unknown.printed})."
        )
    said.append("Higher is neither better nor worse.")
    return said


def _moved(cuts: Cuts, label: str, group: Sequence[str], first: str, period: str) -> str:
    """What a class did since the first year, where it counts the same, and England's."""
    if first == period:
        return ""
    codes = {"": cuts.frame.area.area_code}
    codes |= {r: c for r, c in cuts.frame.comparator_codes().items() if r == "england"}
    parts = []
    for role, code in codes.items():
        rows = [(cuts.row(c, code, first), cuts.row(c, code, period)) for c in group]
        if any(a is None or b is None or (a.basis, a.line) != (b.basis, b.line) for a, b in rows):
            continue
        then, now = cuts.share(group, code, first), cuts.share(group, code, period)
        if then is None or now is None or then.share is None or now.share is None:
            continue
        change = round(now.share - then.share, now.decimals)
        word = "rose" if change > 0 else "fell"
        moved = f"{word} {numbers.gap(abs(change), 'percent', now.decimals)}"
        moved = "did not move" if change == 0 else moved
        where = "in England it" if role else f"{label}"
        parts.append(f"{where} {moved} ({then.printed} to {now.printed})")
    if not parts or parts[0].startswith("in England"):
        return ""
    return f"Since {cuts.frame.label(first)}: {'; '.join(parts)}."


def _rules(cuts: Cuts, page: Placement) -> tuple[tuple[Rule, ...], tuple[str, ...]]:
    """Where what a class counts changes, each with its letter and reasons."""
    found: dict[float, dict[str, None]] = {}
    shown = {ends_in(p) for p in cuts.periods()}
    for _, group in page.classes:
        for cut in group:
            for each in breaks_in(cuts.frame, cuts.own_rows(cut))[0]:
                frame = frame_of(cuts.frame.release, cuts.frame.request,
                                 cuts.frame.indicator.id, cut)  # fmt: skip
                own = breaks_in(frame, cuts.own_rows(cut))[0]
                reason = next((b.reason for b in own if b.position == each.position), each.reason)
                found.setdefault(each.position, {})[reason] = None
    rules, notes = [], []
    for number, position in enumerate(sorted(p for p in found if min(shown) < p < max(shown))):
        letter = "abcdefgh"[number]
        rules.append(Rule(position, letter))
        notes.append(f"{letter}: {' '.join(found[position])}")
    head = (
        "A letter marks a year from which the places it names below are counted differently: do "
        "not compare those across it."
    )
    return tuple(rules), ((head, *notes) if notes else ())


def _cut_names(cuts: Cuts, classes: Groups) -> list[tuple[str, tuple[str, ...]]]:
    """Each class, and under a class of several cuts each of them."""
    names = cuts.frame.release.catalogue.breakdowns
    found: list[tuple[str, tuple[str, ...]]] = []
    for label, group in classes:
        found.append((label, group))
        if len(group) > 1:
            found += [(f"of these: {small_first(names[cut])}", (cut,)) for cut in group]
    return found


def _over_time(cuts: Cuts, page: Placement, held: list[str], *, by_count: bool) -> Table:
    """Classes and what is in them by year, the newest first; the total at the foot."""
    frame, code = cuts.frame, cuts.frame.area.area_code
    periods = [p for p in reversed(cuts.periods()) if p >= held[0]]
    rows = []
    for label, group in _cut_names(cuts, page.classes):
        cells = []
        for period in periods:
            found = cuts.share(group, code, period)
            text = found.number if found and by_count else found.printed if found else ""
            cells.append(text or "not counted apart")
        rows.append((label, *cells))
    totals = (cuts.total(code, p) for p in periods)
    rows.append(("All plans", *(numbers.number(t, 0) if t is not None else "x" for t in totals)))
    what = "number of plans" if by_count else "share of all plans"
    return Table(
        f"{frame.indicator.label}, {frame.area.name}, {what}",
        ("Placement", *(frame.label(p) for p in periods)),
        tuple(rows),
    )


def _across(cuts: Cuts, page: Placement, period: str) -> Table:
    """Every class in the newest year beside the comparators."""
    frame, codes = cuts.frame, cuts.frame.comparator_codes()
    heads = roles(frame)
    rows = []
    for label, group in _cut_names(cuts, page.classes):
        own = cuts.share(group, frame.area.area_code, period)
        cells = [label, own.printed if own else "not counted apart", own.number if own else "–"]
        for role in heads:
            if role == "neighbours":
                cells.append(mean_printed(*cuts.mean(group, period), own.decimals if own else 1))
            else:
                other = cuts.share(group, codes[role], period)
                cells.append(other.printed if other else "none")
        rows.append(tuple(cells))
    total = [_total(cuts, frame.area.area_code, period)]
    others = ["average" if r == "neighbours" else _total(cuts, codes[r], period) for r in heads]
    rows.append(("All plans", "100%", *total, *others))
    return Table(
        f"{frame.indicator.label}, {frame.label(period)}, share of all plans",
        ("Placement", frame.area.short_name, "Number", *heads.values()),
        tuple(rows),
    )


def _total(cuts: Cuts, code: str, period: str) -> str:
    total = cuts.total(code, period)
    return numbers.number(total, 0) if total is not None else "none"


def _totals(release: Release, request: Request, page: Placement) -> Panel | None:
    """The publisher's own totals, then and now: they overlap the classes."""
    rows: list[tuple[str, ...]] = []
    heads: tuple[str, ...] = ()
    for indicator_id in page.totals:
        now = newest(release, request, indicator_id)
        if now is None:
            continue
        first = min(series.first for series in now.frame.series())
        then = newest(release, request, indicator_id, period=first)
        heads = (now.frame.area.short_name, *roles(now.frame).values())
        for one in (then, now):
            if one is not None:
                rows.append((f"{one.frame.short}, {one.label}", *_cells(one)))
    if not rows:
        return None
    table = Table(
        "As the publisher totals them, share of all plans", ("Total", *heads), tuple(rows)
    )
    stem = "sendgap-published-totals"
    return Panel("totals", "The publisher's own totals", None, table, stem, (page.totals_note,))


def _cells(one: Newest) -> list[str]:
    return [one.printed, *(one.cell(role) for role in roles(one.frame))]
