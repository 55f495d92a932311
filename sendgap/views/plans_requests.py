"""Requests to plans: how many asked, what was decided, and how many plans came of it.

Each share names what it is a share of. Requests and assessments of one year are not the same
children's, so no share runs from one to the other.
"""

from __future__ import annotations

from sendgap.catalogue.plans import Requests
from sendgap.store import Release
from sendgap.text import capital
from sendgap.views import numbers
from sendgap.views.frame import Frame
from sendgap.views.model import Chart, NoAnswer, Table
from sendgap.views.notes import symbols
from sendgap.views.nothing import nothing
from sendgap.views.plans_cuts import FEWEST_PLANS, context, frame_of, words
from sendgap.views.plans_model import Panel, Plans, Step, Steps
from sendgap.views.plans_parts import (
    caveats_of,
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
from sendgap.views.plans_way import Way, mean_share, share, share_printed, way_of
from sendgap.views.request import Request

#: Fewer than these are in the table and have no sentence.
FEWEST = 10


def requests(release: Release, request: Request) -> Plans | NoAnswer:
    """The view of one area."""
    page = page_of(release).requests
    way = way_of(release, request, page)
    frame, code = way.frame, way.frame.area.area_code
    period = frame.latest("value")
    if period is None or not any(area == code for area, _ in way.received.held):
        own = frame.levels([code], [frame.group])
        return nothing(frame, own, period=period)
    parts = [
        lines(release, request, page.received,
              release.catalogue.indicator(page.received).phrases.short, key="received"),
        lines(release, request, page.declined, "Declined, of requests received", key="declined"),
        lines(release, request, page.assessed, "Assessments that led to a plan", key="assessed",
              is_half=False),
    ]  # fmt: skip
    views, asked = [view for _, view in parts], (page.received, page.declined, page.assessed)
    stem = file_stem(frame, "requests-to-plans")
    return Plans(
        words=words(
            context(frame, "Requests to plans", frame.label(period)),
            _finding(way, period),
            [f"Requests: {way.received.printed(code, period)}"],
            _sentences(release, request, page, way, period),
            caveats_of(
                (frame_of(release, request, i).short, view)
                for i, view in zip(asked, views, strict=True)
            ),
            sources_of(views),
        ),
        definitions=tuple(view.definition for view in views if view.definition),
        panels=(
            _steps_panel(way, page, period, stem),
            *(panel for panel, _ in parts),
            Panel("years", "Over the years", None, _years_table(way), f"{stem}-years"),
        ),
        onward=tuple(
            over_the_years(frame_of(release, request, i))
            for i in (page.received, page.declined, page.decided, page.assessed, page.mediation)
        ),
    )


def _steps_panel(way: Way, page: Requests, period: str, stem: str) -> Panel:
    """The steps of the newest year with their table under them."""
    table, steps = _newest_table(way, period), _steps(way, period)
    figure = Steps(Chart(_alt(way, period, steps), described(table), table, stem), steps)
    head = f"From request to plan, {way.frame.label(period)}"
    return Panel("steps", head, figure, table, stem, page.notes, with_figure=True)


def _newest_table(way: Way, period: str) -> Table:
    """Every step of the newest year, each share with what it is of, beside the comparators."""
    frame, codes = way.frame, way.frame.comparator_codes()
    own, heads = frame.area.area_code, roles(frame)
    rows = []
    for label, part, whole, of, _ in way.steps():
        cells = [label, part.printed(own, period)]
        if whole is None:
            cells += ["not a share", "the whole"]
            cells += [
                "not averaged" if role == "neighbours" else part.printed(codes[role], period)
                for role in heads
            ]
        else:
            cells += [share_printed(part, whole, own, period), of]
            cells += [
                mean_share(way, part, whole, period) if role == "neighbours"
                else share_printed(part, whole, codes[role], period)
                for role in heads
            ]  # fmt: skip
        rows.append(tuple(cells))
    return Table(
        f"From request to plan, {frame.area.name}, {frame.label(period)}",
        ("Step", f"{frame.area.short_name}, number", f"{frame.area.short_name}, %", "Share of what",
         *heads.values()),
        tuple(rows),
        key_columns=(0, 1, 2),
    )  # fmt: skip


def _steps(way: Way, period: str) -> tuple[Step, ...]:
    """The steps that are drawn: each once."""
    code = way.frame.area.area_code
    found = []
    for label, part, whole, of, start in way.steps():
        if label == "Declined, of all received":
            continue
        said = ""
        if whole is not None and share(part, whole, code, period) is not None:
            said = f"{share_printed(part, whole, code, period)} {of}"
        found.append(Step(label, part.at(code, period), part.printed(code, period), said, start))
    return tuple(found)


def _years_table(way: Way) -> Table:
    """Requests declined and assessments that led to a plan, each year, beside England's."""
    frame = way.frame
    code, england = frame.area.area_code, frame.comparator_codes().get("england", "")
    every = {key for counts in (way.received, way.assessed) for key in
             (*counts.held, *counts.symbols)}  # fmt: skip
    periods = sorted({time for area, time in every if area == code}, reverse=True)
    head = ["Year", "Requests", "Declined", "Declined, % of received"]
    head += ["England, %"] if england else []
    head += ["Assessments ended", "Plans issued", "Issued, % of assessments"]
    head += ["England, % of assessments"] if england else []
    rows = []
    for time in periods:
        cells = [frame.label(time), way.received.printed(code, time),
                 way.declined.printed(code, time)]  # fmt: skip
        cells += [share_printed(way.declined, way.received, c, time) for c in (code, england) if c]
        cells += [way.assessed.printed(code, time), way.issued.printed(code, time)]
        cells += [share_printed(way.issued, way.assessed, c, time) for c in (code, england) if c]
        rows.append(tuple(cells))
    return Table(
        f"Requests and plans over the years, {frame.area.name}", tuple(head), tuple(rows),
        key_columns=(0, 1, 3),
    )  # fmt: skip


def _finding(way: Way, period: str) -> str:
    """How many asked, what share was declined, what share of assessments led to a plan."""
    frame, code = way.frame, way.frame.area.area_code
    england = frame.comparator_codes().get("england", "")
    label, area = frame.label(period), frame.area.in_text
    if way.received.at(code, period) is None:
        reason = numbers.symbol_reason(way.received.symbols.get((code, period)))
        return f"{frame.short}: no figure for {area} in {label} ({reason})."
    parts = []
    for part, whole, did in (
        (way.declined, way.received, "were declined"),
        (way.issued, way.assessed, "of assessments led to a plan"),
    ):
        if share(part, whole, code, period) is not None:
            theirs = share_printed(part, whole, england, period) if england else ""
            beside = f" (England {theirs})" if theirs[:1].isdigit() else ""
            parts.append(f"{share_printed(part, whole, code, period)} {did}{beside}")
    count = way.received.printed(code, period)
    said = f": {'; '.join(parts)}" if parts else ""
    return f"{capital(area)} received {count} {frame.indicator.phrases.people} in {label}{said}."


def _sentences(
    release: Release, request: Request, page: Requests, way: Way, period: str
) -> list[str]:
    frame, code = way.frame, way.frame.area.area_code
    count = way.received.at(code, period)
    said = [] if count is None or count >= FEWEST_PLANS else [_few(count, frame)]
    said += [
        f"{label}: {part.printed(code, period)}, {share_printed(part, whole, code, period)} {of}."
        for label, part, whole, of, _ in way.steps()
        if whole is not None
        and share(part, whole, code, period) is not None
        and (whole.at(code, period) or 0.0) >= FEWEST
    ]
    first = min((t for a, t in way.received.held if a == code), default=period)
    if first != period and way.received.at(code, period) is not None:
        said.append(
            f"Requests went from {way.received.printed(code, first)} in {frame.label(first)} to "
            f"{way.received.printed(code, period)} in {frame.label(period)}."
        )
    mediation = newest(release, request, page.mediation)
    if mediation is not None and mediation.value is not None:
        said.append(f"{mediation.frame.indicator.label}, {mediation.label}: {mediation.printed}.")
    missing = symbols(c for (a, _), c in way.decided.symbols.items() if a == code)
    return [*said, *missing, "Higher is neither better nor worse."]


def _few(count: float, frame: Frame) -> str:
    return (
        f"Only {numbers.number(count, 0)} {frame.indicator.phrases.people}: read with care. Shares "
        "of so few are in the table and not in sentences."
    )


def _alt(way: Way, period: str, steps: tuple[Step, ...]) -> str:
    frame = way.frame
    said = "; ".join(f"{s.label} {s.printed}" for s in steps)
    return shortened(
        f"From request to plan, {frame.area.short_name}, {frame.label(period)}: {said}."
    )
