"""How many: the share of pupils with a plan and on SEN support, and the number of plans."""

from __future__ import annotations

from dataclasses import replace

from sendgap.catalogue.plans import HowMany
from sendgap.store import Release
from sendgap.views import numbers
from sendgap.views.axes import level_axis
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import Frame, LevelRow
from sendgap.views.model import Axis, Chart, NoAnswer, Table
from sendgap.views.nothing import nothing
from sendgap.views.plans_cuts import FEWEST_PLANS, Cuts, context, frame_of, words
from sendgap.views.plans_model import DotRow, Dots, Mark, Panel, Plans
from sendgap.views.plans_parts import (
    Newest,
    absent,
    beside,
    described,
    file_stem,
    lines,
    newest,
    over_the_years,
    page_of,
    roles,
    shortened,
    sources_of,
)
from sendgap.views.request import Request


def how_many(release: Release, request: Request) -> Plans | NoAnswer:
    """The view of one area."""
    page = page_of(release).how_many
    made = [
        lines(release, request, share, release.catalogue.indicator(share).phrases.short,
              key=f"share-{number}")
        for number, share in enumerate(page.shares)
    ]  # fmt: skip
    count = lines(release, request, page.number,
                  release.catalogue.indicator(page.number).phrases.short, key="number",
                  is_half=False)  # fmt: skip
    found = [n for share in page.shares if (n := newest(release, request, share)) is not None]
    ages = Cuts.of(frame_of(release, request, page.number, page.ages[0][1][0]))
    views = [view for _, view in (*made, count)]
    phases = _phases(release, request, page)
    bands = _bands(ages, page)
    if not any(panel.table for panel in (*(p for p, _ in made), count[0])):
        frame = frame_of(release, request, page.shares[0])
        return nothing(frame, frame.levels([frame.area.area_code], [frame.group]))
    number = replace(count[0], notes=(*count[0].notes, page.number_note))
    panels = [panel for panel, _ in made] + ([phases] if phases else []) + [number]
    return Plans(
        words=words(
            context(ages.frame, "How many", found[0].label if found else ""),
            _finding(found),
            [badge for view in views[:1] for badge in view.words.badges],
            _sentences(found, _growth(release, request, page), bands),
            [line for view in views for line in view.words.caveats],
            sources_of(views),
        ),
        definitions=tuple(view.definition for view in views if view.definition),
        panels=(*panels, *([bands] if bands else [])),
        onward=tuple(
            over_the_years(frame_of(release, request, i)) for i in (*page.shares, page.number)
        ),
    )


def _finding(found: list[Newest]) -> str:
    """Both shares in one sentence, England's after them."""
    known = [n for n in found if n.value is not None]
    if not known:
        return absent(found[0]) if found else "No shares of pupils identified are held."
    first = known[0]
    people, area = first.frame.indicator.phrases.people, first.frame.area.in_text
    said = [f"{n.printed} {'of ' + people + ' ' if n is first else ''}"
            f"{n.frame.indicator.phrases.did}" for n in known]  # fmt: skip
    england = [n.england for n in known if n.england]
    others = f"; England {' and '.join(england)}" if len(england) == len(known) else ""
    missing = "".join(f" {absent(n)}" for n in found if n.value is None)
    return f"In {area} {' and '.join(said)} in {first.label}{others}.{missing}"


def _sentences(found: list[Newest], growth: str, bands: Panel | None) -> list[str]:
    said = []
    for one in found:
        if one.value is not None:
            said += [_beside(one), _since(one)]
    said.append(growth)
    said += [_largest_band(bands)] if bands else []
    said.append("Higher is neither better nor worse.")
    return [line for line in said if line]


def _beside(one: Newest) -> str:
    """The level beside every comparator looked at."""
    others = beside(one)
    short = one.frame.indicator.phrases.short
    return f"{short}, {one.label}: {one.printed}; {others}." if others else ""


def _since(one: Newest) -> str:
    """What the share did since the first period on the same basis."""
    rows = one.frame.levels([one.frame.area.area_code], [one.frame.group])
    first = _first_like(rows, one.own)
    if first is None or first.value is None or one.own is None or one.own.value is None:
        return ""
    moved = round(one.own.value - first.value, max(first.decimals, one.own.decimals))
    then = numbers.level(first.value, one.frame.indicator.unit, first.decimals)
    if moved == 0:
        return (
            f"It was {then} in {one.frame.label(first.time_period)} too."
            if first.time_period != one.period
            else ""
        )
    word = "rose" if moved > 0 else "fell"
    by = numbers.gap(abs(moved), one.frame.indicator.unit, one.own.decimals)
    return (
        f"Since {one.frame.label(first.time_period)} the share of pupils "
        f"{_which(one.frame)} {word} by {by}, from {then} to {one.printed}."
    )


def _which(frame: Frame) -> str:
    """ "with an EHC plan" or "on SEN support"."""
    return {"ehc_plan": "with an EHC plan", "sen_support": "on SEN support"}.get(
        frame.group.value, GROUP_LABELS[frame.group]
    )


def _first_like(rows: list[LevelRow], last: LevelRow | None) -> LevelRow | None:
    """The first row on the basis and line of the last."""
    if last is None:
        return None
    for row in rows:
        if row.value is not None and (row.basis, row.line) == (last.basis, last.line):
            return row
    return None


def _growth(release: Release, request: Request, page: HowMany) -> str:
    """How the number of plans grew since the shares' first years, and England's beside it."""
    one, share = newest(release, request, page.number), newest(release, request, page.shares[0])
    if one is None or one.value is None or share is None:
        return ""
    frame, since = one.frame, min(s.first for s in share.frame.series())
    codes = {"area": frame.area.area_code, **frame.comparator_codes()}
    rows = frame.levels(codes.values(), [frame.group])
    own = [r for r in rows if r.area_code == codes["area"] and r.time_period >= since]
    first = _first_like(own, one.own)
    if first is None or not first.value or first.time_period == one.period:
        return ""
    england = {r.time_period: r.value for r in rows if r.area_code == codes.get("england")}
    then, now = england.get(first.time_period), england.get(one.period)
    more = ""
    if first.value >= FEWEST_PLANS:
        theirs = f"; in England {_more(then, now)}" if then and now else ""
        more = f", {_more(first.value, one.value)}{theirs}"
    return (
        f"The number of plans went from {numbers.number(first.value, 0)} in "
        f"{frame.label(first.time_period)} to {one.printed} in {one.label}{more}."
    )


def _more(then: float, now: float) -> str:
    """ "75% more", in whole percentages."""
    change = round(100 * (now - then) / then)
    return f"{abs(change):,}% {'more' if change >= 0 else 'fewer'}"


def _phases(release: Release, request: Request, page: HowMany) -> Panel | None:
    """Each share in primary and in secondary schools, newest year."""
    found = [
        one
        for share in page.shares
        for cut in page.phases
        if (one := newest(release, request, share, cut)) is not None
    ]
    if not any(one.value is not None for one in found):
        return None
    rows = tuple(
        DotRow(f"{GROUP_LABELS[n.frame.group]}, {n.frame.cut.lower()}", n.marks(),
               group=n.frame.group)
        for n in found
    )  # fmt: skip
    frame, label = found[0].frame, found[0].label
    heads = roles(frame)
    table = Table(
        f"Pupils identified by phase, {frame.area.name}, {label}",
        ("Pupils", frame.area.short_name, *heads.values()),
        tuple((row.label, n.printed, *(n.cell(role) for role in heads))
              for row, n in zip(rows, found, strict=True)),
    )  # fmt: skip
    own = ", ".join(f"{row.label} {row.own.printed}" for row in rows)
    stem = file_stem(frame, "pupils-by-phase")
    values = [m.value for row in rows for m in row.marks if m.value is not None]
    figure = Dots(
        Chart(shortened(f"Pupils identified by phase, {frame.area.short_name}, {label}: {own}."),
              described(table), table, stem),
        rows,
        level_axis(frame.indicator, values, 1),
    )  # fmt: skip
    return Panel("phases", "In primary and secondary schools", figure, table, stem)


def _bands(ages: Cuts, page: HowMany) -> Panel | None:
    """Plans by band of age as a share of all plans, beside England's."""
    frame = ages.frame
    period = frame.latest("value")
    if period is None:
        return None
    roles_held = {"area": frame.area.area_code, **frame.comparator_codes()}
    parts = {role: _ages(ages, page, code, period) for role, code in roles_held.items()}
    if not any(share is not None for share, _ in parts["area"]):
        return None
    rows, cells = [], []
    names = {role: frame.area_label(role) for role in roles_held}
    for number, (label, _) in enumerate(page.ages):
        figures = {role: _printed(found[number]) for role, found in parts.items()}
        marks = [Mark(role, names[role], parts[role][number][0], figures[role])
                 for role in ("area", "england") if role in parts]  # fmt: skip
        shown = [m for m in marks if m.role == "area" or m.value is not None]
        rows.append(DotRow(label, tuple(shown)))
        count = parts["area"][number][1]
        number_said = numbers.number(count, 0) if count is not None else "none"
        cells.append((label, figures["area"], number_said,
                      *(figures[r] for r in roles_held if r != "area")))  # fmt: skip
    label = frame.label(period)
    table = Table(
        f"EHC plans by age, {frame.area.name}, {label}, share of all plans",
        ("Age", frame.area.short_name, "Number", *(names[r] for r in roles_held if r != "area")),
        tuple(cells),
    )
    own = ", ".join(f"{row.label} {row.own.printed}" for row in rows)
    stem = file_stem(frame, "plans-by-age")
    values = [m.value for row in rows for m in row.marks if m.value is not None]
    figure = Dots(
        Chart(shortened(f"EHC plans by age, {frame.area.short_name}, {label}: {own}."),
              described(table), table, stem),
        tuple(rows),
        Axis("% of all EHC plans", 1, "%", 0.0, max(values)),
    )  # fmt: skip
    return Panel("ages", "By age", figure, table, stem, (page.ages_note,))


Share = tuple[float | None, float | None]


def _ages(ages: Cuts, page: HowMany, code: str, period: str) -> list[Share]:
    """Each band's share and number; none where a year of it may be missing."""
    total = ages.row("total", code, period)
    found = {cut: row.value for (cut, area, time), row in ages.rows.items()
             if area == code and time == period}  # fmt: skip
    wanted = [cut for _, cuts in page.ages for cut in cuts]
    known = sum(found.get(cut) or 0.0 for cut in wanted)
    if total is None or not total.value:
        return [(None, None)] * len(page.ages)
    is_whole = known == total.value
    bands: list[Share] = []
    for _, cuts in page.ages:
        values = [found.get(cut) for cut in cuts]
        if not is_whole and any(value is None for value in values):
            bands.append((None, None))
            continue
        count = sum(value or 0.0 for value in values)
        bands.append((round(100 * count / total.value, 1), count))
    return bands


def _printed(share: Share) -> str:
    return numbers.level(share[0], "percent", 1) if share[0] is not None else "none"


def _largest_band(panel: Panel) -> str:
    figure = panel.figure
    assert isinstance(figure, Dots) and panel.table is not None
    known = [row for row in figure.rows if row.own.value is not None]
    counts = [cells[2].replace(",", "") for cells in panel.table.rows]
    if not known or sum(int(c) for c in counts if c.isdigit()) < FEWEST_PLANS:
        return ""
    top = max(known, key=lambda row: row.own.value or 0.0)
    others = [f"{m.label} {m.printed}" for m in top.marks[1:] if m.role == "england"]
    england = f"; {others[0]}" if others else ""
    return f"Most plans are for ages {top.label.lower()}: {top.own.printed}{england}."
