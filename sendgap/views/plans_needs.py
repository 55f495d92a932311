"""Needs: the primary need of those with a plan, as shares of all plans or of new ones."""

from __future__ import annotations

from sendgap.catalogue.plans import Needs
from sendgap.store import Release
from sendgap.terms import GeographicLevel
from sendgap.views import numbers
from sendgap.views.model import Axis, Chart, NoAnswer, Table
from sendgap.views.nothing import nothing
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
from sendgap.views.plans_model import DotRow, Dots, Mark, Panel, Plans
from sendgap.views.plans_parts import described, everywhere, file_stem, page_of, roles, shortened
from sendgap.views.request import Request
from sendgap.views.standing import NO_CLEAR

ALL, NEW = "all", "new"
POSITIONS = {"higher": "higher", "lower": "lower", "similar": NO_CLEAR}


def needs(release: Release, request: Request, plans: str = ALL) -> Plans | NoAnswer:
    """Every need of the newest year, the commonest first and the unknown apart."""
    page = page_of(release).needs
    indicator = page.new if plans == NEW else page.all
    frame = frame_of(release, request, indicator, page.unknown)
    period = frame.latest("value")
    cuts = Cuts.of(frame)
    listed = list(dict.fromkeys(series.breakdown for series in frame.indicator.series))
    if period is None or not cuts.has(frame.area.area_code, period):
        return nothing(of_all(frame), cuts.own_rows(page.unknown), period=period)
    ordered = _ordered(cuts, listed, page, period)
    rows = tuple(_row(cuts, cut, period, is_apart=cut == page.unknown) for cut in ordered)
    table = _table(cuts, ordered, period)
    stem = file_stem(frame, f"{frame.indicator.id}-{period}")
    values = [m.value for row in rows for m in row.marks if m.value is not None]
    figure = Dots(
        Chart(_alt(cuts, rows, period), described(table), table, stem),
        rows,
        Axis(f"% of {frame.indicator.phrases.people}", 1, "%", 0.0, max(values)),
    )
    label = frame.label(period)
    total = cuts.total(frame.area.area_code, period)
    people = "Plans" if total is None else f"Plans: {numbers.number(total, 0)}"
    badges = [people, "One year published"] if len(cuts.periods()) == 1 else [people]
    return Plans(
        words=words(
            context(frame, frame.indicator.label, label),
            _finding(cuts, rows, ordered, page, period),
            badges,
            _sentences(cuts, ordered, page, period),
            [*cuts.absent(period), *cuts.caveats(ordered)],
            [cuts.sources()],
        ),
        definitions=(frame.definition(),),
        panels=(Panel("needs", "", figure, table, stem),),
        onward=tuple(
            everywhere(frame_of(release, request, indicator, cut), _name(cuts, cut))
            for cut in ordered[:3]
        ),
    )


def _ordered(cuts: Cuts, listed: list[str], page: Needs, period: str) -> list[str]:
    """The commonest need here first; those without a figure after, the unknown last."""

    def key(cut: str) -> tuple[bool, bool, float, str]:
        row = cuts.own(cut, period)
        value = row.value if row else None
        return (cut == page.unknown, value is None, -(value or 0.0), _name(cuts, cut))

    return sorted(listed, key=key)


def _name(cuts: Cuts, cut: str) -> str:
    return cuts.frame.release.catalogue.breakdowns[cut]


def _printed(cuts: Cuts, cut: str, code: str, period: str) -> str:
    found = cuts.share([cut], code, period)
    return found.printed if found else "none"


def _row(cuts: Cuts, cut: str, period: str, *, is_apart: bool) -> DotRow:
    frame = cuts.frame
    own = cuts.own(cut, period)
    code = frame.area.area_code
    marks = [Mark("area", frame.area.short_name, own.value if own else None,
                  _printed(cuts, cut, code, period))]  # fmt: skip
    mean, count = cuts.mean([cut], period)
    decimals = own.decimals if own else 1
    if mean is not None and "neighbours" in frame.request.compare:
        marks.append(Mark("neighbours", "Neighbours", mean, mean_printed(mean, count, decimals)))
    code = frame.comparator_codes().get("england", "")
    england = cuts.row(cut, code, period)
    if england is not None and england.value is not None:
        marks.append(Mark("england", "England", england.value, _printed(cuts, cut, code, period)))
    return DotRow(_name(cuts, cut), tuple(marks), is_apart)


def _table(cuts: Cuts, ordered: list[str], period: str) -> Table:
    frame = cuts.frame
    codes = frame.comparator_codes()
    heads = roles(frame)
    head = ["Need", frame.area.short_name, "Number", *heads.values()]
    is_authority = frame.area.level is GeographicLevel.LOCAL_AUTHORITY
    tested = "england" in codes and is_authority
    head += ["Against England"] if tested else []
    rows = []
    for cut in ordered:
        own = cuts.share([cut], frame.area.area_code, period)
        cells = [_name(cuts, cut), own.printed if own else "none", own.number if own else "none"]
        for role in heads:
            if role == "neighbours":
                decimals = own.decimals if own else 1
                cells.append(mean_printed(*cuts.mean([cut], period), decimals))
            else:
                cells.append(_printed(cuts, cut, codes[role], period))
        cells += [_against(cuts, cut, period)] if tested else []
        rows.append(tuple(cells))
    caption = f"{frame.indicator.label}, {frame.area.name}, {frame.label(period)}"
    return Table(f"{caption}, share of plans", tuple(head), tuple(rows))


def _against(cuts: Cuts, cut: str, period: str) -> str:
    """Higher or lower than England beyond chance, or that it is not clear."""
    total = cuts.total(cuts.frame.area.area_code, period)
    place = cuts.places.get((cut, period))
    own = cuts.own(cut, period)
    if own is None or own.value is None:
        return "nothing to compare"
    if total is None or total < FEWEST_PLANS:
        return "too few plans"
    return POSITIONS.get(place.position or "" if place else "", "not tested")


def _finding(
    cuts: Cuts, rows: tuple[DotRow, ...], ordered: list[str], page: Needs, period: str
) -> str:
    """The commonest need, its share, and England's."""
    frame = cuts.frame
    label, area = frame.label(period), frame.area.in_text
    known = [row for row in rows if not row.is_apart and row.own.value is not None]
    people = frame.indicator.phrases.people.removeprefix("children and young people ")
    if not known:
        return f"The needs of plans in {area} are not recorded, {label}."
    top = known[0]
    ties = [row.label for row in known if row.own.value == top.own.value]
    england = next((m.printed for m in top.marks if m.role == "england"), "")
    beside = f"; England {england}" if england else ""
    if len(ties) > 1:
        named = " and ".join(ties)
        return f"The most common primary needs {people} in {area}, {label}: {named}, " \
               f"{top.own.printed} each{beside}."  # fmt: skip
    rest = 100 - sum(row.own.value or 0.0 for row in rows)
    sure = "" if rest < (top.own.value or 0.0) else " that is shown"
    return (
        f"The most common primary need {people} in {area}{sure}, {label}: {top.label}, "
        f"{top.own.printed}{beside}."
    )


def _sentences(cuts: Cuts, ordered: list[str], page: Needs, period: str) -> list[str]:
    frame = cuts.frame
    total = cuts.total(frame.area.area_code, period)
    said = []
    three = [c for c in ordered if c != page.unknown and (r := cuts.own(c, period)) and r.value][:3]
    if three:
        named = [f"{_name(cuts, c)} {_printed(cuts, c, frame.area.area_code, period)}"
                 for c in three]  # fmt: skip
        said.append(f"The largest: {'; '.join(named)}.")
    if total is not None and total < FEWEST_PLANS:
        said.append(few_plans(total))
    else:
        for word in ("higher", "lower"):
            found = [_name(cuts, c) for c in ordered
                     if c != page.unknown and _against(cuts, c, period) == word]  # fmt: skip
            if found and frame.comparator_codes().get("england"):
                said.append(
                    f"{word.capitalize()} than in England by more than chance alone would usually "
                    f"produce: {', '.join(found)}."
                )
    unknown = cuts.share([page.unknown], frame.area.area_code, period)
    if unknown is not None and unknown.share is not None:
        said.append(f"The need of {unknown.printed} of the plans is not recorded.")
    said.append("Authorities record need in different ways: a difference may lie in the recording.")
    said.append("Higher is neither better nor worse.")
    return said


def _alt(cuts: Cuts, rows: tuple[DotRow, ...], period: str) -> str:
    frame = cuts.frame
    top = ", ".join(f"{row.label} {row.own.printed}" for row in rows[:2])
    short = frame.indicator.phrases.short
    return shortened(
        f"{short} in {frame.area.in_text}, {frame.label(period)}: {top}; {len(rows)} rows."
    )
