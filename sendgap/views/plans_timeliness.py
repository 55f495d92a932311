"""On time and appeals: plans within the limit in law, other limits, and the Tribunal."""

from __future__ import annotations

from sendgap.catalogue.plans import Timeliness
from sendgap.store import Release
from sendgap.terms import Polarity
from sendgap.text import capital
from sendgap.views import numbers
from sendgap.views.cells import count_cell
from sendgap.views.model import Definition, GapOverTime, NoAnswer, Table
from sendgap.views.nothing import nothing
from sendgap.views.people import singular
from sendgap.views.plans_cuts import FEWEST_PLANS, context, frame_of, words
from sendgap.views.plans_model import Onward, Panel, Plans
from sendgap.views.plans_parts import (
    Newest,
    absent,
    beside,
    caveats_of,
    file_stem,
    lines,
    newest,
    over_the_years,
    page_of,
    roles,
    sources_of,
)
from sendgap.views.request import Request
from sendgap.views.wording import Voice

#: Fewer plans than this have no percentage in the finding.
FEWEST = 10
#: Where a funnel of the newest year stands.
COMPARE, SMALL_NUMBERS = "compare", "small-numbers"


def timeliness(release: Release, request: Request) -> Plans | NoAnswer:
    """The view of one area."""
    page = page_of(release).timeliness
    limits = [
        lines(release, request, indicator_id, f"{called[:1].upper()}{called[1:]}",
              key=f"limit-{number}")
        for number, (called, indicator_id) in enumerate(page.limits)
    ]  # fmt: skip
    appeals, appeals_view = lines(
        release, request, page.appeals, f"Appeals, as a share of {page.appeals_of}", key="appeals",
        is_half=False,
    )  # fmt: skip
    views = [*(view for _, view in limits), appeals_view]
    asked = (*(indicator_id for _, indicator_id in page.limits), page.appeals)
    kept = [(called, newest(release, request, i)) for called, i in page.limits]
    held = [(called, one) for called, one in kept if one is not None]
    if not held or not any(isinstance(view, GapOverTime) for view in views):
        frame = frame_of(release, request, page.limits[0][1])
        own = frame.levels([frame.area.area_code], [frame.group])
        return nothing(frame, own, period=frame.latest("value"))
    main = held[0][1]
    rate = newest(release, request, page.appeals)
    others = [n for i in page.others if (n := newest(release, request, i)) is not None]
    shown = [*(one for _, one in held), *others, *([rate] if rate else [])]
    return Plans(
        words=words(
            context(main.frame, "On time and appeals", main.label),
            _finding(main, page),
            [b for b in views[0].words.badges if main.value is not None],
            [*_limits(held), *_appeals(rate, page)],
            caveats_of((frame_of(release, request, i).short, view)
                       for i, view in zip(asked, views, strict=True)),
            [*sources_of(views), *(n.frame.sources([(n.own.source_id, n.period)])
                                   for n in others if n.own)],
        ),
        definitions=_definitions([*views], others),
        panels=(
            *(panel for panel, _ in limits),
            *_other_limits(others),
            _with_notes(appeals, _appeal_notes(release, request, page, rate)),
        ),
        onward=(_funnel(main), *(over_the_years(one.frame) for one in shown)),
    )  # fmt: skip


def _funnel(main: Newest) -> Onward:
    """The way to the funnel of the newest year."""
    return Onward(
        COMPARE,
        f"Is it more than chance? All authorities by number of plans, {main.label}",
        (("ind", main.frame.indicator.id), ("grp", main.frame.group.value),
         ("view", SMALL_NUMBERS)),
    )  # fmt: skip


def _with_notes(panel: Panel, notes: tuple[str, ...]) -> Panel:
    return Panel(panel.key, panel.head, panel.figure, panel.table, panel.file_name,
                 (*panel.notes, *notes), panel.is_half)  # fmt: skip


def _definitions(
    views: list[GapOverTime | NoAnswer], others: list[Newest]
) -> tuple[Definition, ...]:
    held = [view.definition for view in views if view.definition]
    return (*held, *(one.frame.definition() for one in others))


def _finding(main: Newest, page: Timeliness) -> str:
    """The share within the limit, England's and the range of authorities."""
    frame = main.frame
    called = page.limits[0][0]
    if main.value is None:
        return absent(main)
    parts = []
    if main.england:
        parts.append(f"England {main.england}")
    if main.spread is not None:
        parts.append(f"authorities {main.spread[0]} to {main.spread[1]}")
    others = f"; {', '.join(parts)}" if parts else ""
    count = main.own.denominator if main.own else None
    if count is not None and count < FEWEST:
        return _so_few(main, count)
    phrases = frame.indicator.phrases
    return (
        f"In {frame.area.in_text} {main.printed} of {phrases.people} {phrases.did} in "
        f"{main.label} ({called}){others}."
    )


def _so_few(main: Newest, count: float) -> str:
    """How many there are, without a percentage of them."""
    frame = main.frame
    people = frame.indicator.phrases.people
    people = singular(people) if round(count) == 1 else people
    return (
        f"{capital(frame.area.in_text)} issued {numbers.number(count, 0)} {people} in "
        f"{main.label}: too few for a percentage to say anything."
    )


def _limits(held: list[tuple[str, Newest]]) -> list[str]:
    """Each limit with its numbers, its comparators and its place; of few plans the number."""
    said = []
    for called, one in held:
        if one.value is None or one.own is None:
            continue
        head = f"{called[:1].upper()}{called[1:]}, {one.label}: {one.printed}"
        count = count_cell(one.own)
        text = f"{head} ({count})" if count != "not given" else head
        others = beside(one)
        said.append(f"{text}; {others}." if others else f"{text}.")
        few = (one.own.denominator or FEWEST_PLANS) < FEWEST_PLANS
        if few and one.own.denominator:
            said.append(
                Voice(one.frame.indicator, one.frame.group, None).small(one.own.denominator)
            )
        place = one.places.get(("value", one.period))
        if not few and place and place.rank is not None and place.rank_of and place.tied:
            best = one.frame.indicator.polarity is Polarity.HIGHER_IS_BETTER
            said.append(
                f"That is {numbers.place(place.rank, place.rank_of, place.tied)}, 1st being the "
                f"{'highest' if best else 'lowest'}."
            )
    return said


def _appeals(rate: Newest | None, page: Timeliness) -> list[str]:
    """The appeal rate with what it is a share of."""
    if rate is None or rate.value is None:
        return [] if rate is None else [absent(rate)]
    said = f"Appeals, {rate.label}: {appeal_rate(rate, page)}"
    others = beside(rate)
    return [f"{said}; {others}." if others else f"{said}."]


def appeal_rate(rate: Newest, page: Timeliness) -> str:
    """ "4.4% of all appealable decisions (613 of 13,889)"."""
    own = rate.own
    assert own is not None
    count = count_cell(own)
    numbers_said = f" ({count})" if count != "not given" else ""
    return f"{rate.printed} of {page.appeals_of}{numbers_said}"


def _appeal_notes(
    release: Release, request: Request, page: Timeliness, rate: Newest | None
) -> tuple[str, ...]:
    """The basis of the rate, and the basis in development with its reason."""
    notes = []
    if rate is not None and rate.value is not None:
        notes.append(f"In {rate.label}: {appeal_rate(rate, page)}.")
    trial = newest(release, request, page.in_development)
    if trial is None:
        return tuple(notes)
    indicator = trial.frame.indicator
    figure = "no figure here"
    if trial.own is not None and trial.own.value is not None:
        count = count_cell(trial.own)
        figure = f"{trial.printed} ({count})" if count != "not given" else trial.printed
    reasons = [c.text for s in trial.frame.series() for c in s.cautions]
    notes.append(
        f"Another basis is in development: {figure} in {trial.label}. "
        f"{' '.join(dict.fromkeys(reasons))} {indicator.cannot_say.strip()} "
        "It is neither ranked nor drawn beside the published one."
    )
    return tuple(notes)


def _other_limits(others: list[Newest]) -> tuple[Panel, ...]:
    """Other limits in law and what became of reviews, newest year, as a table."""
    if not others:
        return ()
    frame = others[0].frame
    heads = roles(frame)
    rows = []
    for one in others:
        spread = f"{one.spread[0]} to {one.spread[1]}" if one.spread else "none"
        better = {Polarity.HIGHER_IS_BETTER: "higher is better", Polarity.LOWER_IS_BETTER:
                  "lower is better"}.get(one.frame.indicator.polarity, "no direction")  # fmt: skip
        rows.append(
            (f"{one.frame.short}, {one.label} ({better})", one.printed,
             *(one.cell(role) for role in heads), spread)
        )  # fmt: skip
    table = Table(
        f"Other limits of time and reviews, {frame.area.name}",
        ("Outcome", frame.area.short_name, *heads.values(), "All authorities"),
        tuple(rows),
    )
    stem = file_stem(frame, "other-limits")
    return (Panel("others", "Other limits and reviews", None, table, stem),)
