"""Where does an area stand overall? The headline outcomes for one group of pupils."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import date

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.text import file_name
from sendgap.views import numbers, standing
from sendgap.views.area_model import Headline, OurArea
from sendgap.views.area_words import is_tiny, words
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.headline import (
    NOT_RANKED,
    Profile,
    ProfileRow,
    SeriesRow,
    has_direction,
    headline,
    is_of,
)
from sendgap.views.model import Chart, Definition, NoAnswer, Table
from sendgap.views.nothing import no_headline
from sendgap.views.periods import ends_in
from sendgap.views.request import Request
from sendgap.views.spine import spine

#: Entries of each list.
MOST = 5
DEFINITION = Definition(
    "Our area: the headline outcomes",
    "The newest figure of each headline outcome for one group of pupils, beside the average of "
    "the ten statistical neighbours and England's published figure.",
    "It shows where to look first; each outcome has a page of its own with every year.",
    f"The level comes first and the gap stands beside it. {standing.HOW}",
    "It does not say why a figure is high or low, nor how good provision is. Outcomes are of "
    "different children and different years.",
    "Better means better for the child: a low absence rate is better.",
)


def our_area(release: Release, request: Request, today: date | None = None) -> OurArea | NoAnswer:
    """The view of one area and group as of ``today``; its outcome and period are not used.

    A figure whose source is stale keeps its own page and is left out here.
    """
    profile = _profile(release, request)
    stale = [i for i in profile.indicators if _is_stale(profile, i, today or date.today())]
    shown = [
        headline(i, profile.levels[i.id], profile.gaps.get(i.id), profile.series[i.id])
        for i in profile.indicators
        if i.id in profile.levels and i not in stale
    ]
    left_out = (*_stale_lines(profile, stale), *_unpublished(profile))
    if not any(each.has_level for each in shown):
        return _nothing(profile, shown, left_out)
    closed = profile.area.closed is not None
    if too_few := is_tiny(shown):
        shown = [_unjudged(each) for each in shown]
    elif closed:
        shown = [_unjudged(each, word="") for each in shown]
    directed = [o for o in shown if has_direction(release.catalogue.indicators[o.indicator_id])]
    table, drawn = _table(profile, shown), spine(profile, shown)
    told = words(profile, shown, directed, left_out)
    name = file_name(profile.area.short_name, "headline outcomes", request.sen_group)
    return OurArea(
        words=told,
        definition=DEFINITION,
        chart=Chart(drawn.alt, drawn.description, table, name),
        outcomes=tuple(shown),
        stronger=_listed(directed, "better", lambda o: (o.rank_share or 1.0,)),
        look_into=_listed(directed, "worse", lambda o: (o.improving, -(o.rank_share or 0.0))),
        left_out=left_out,
        spine=drawn,
        too_few=too_few or closed,
    )


def _unjudged(outcome: Headline, word: str = standing.TOO_FEW) -> Headline:
    """The outcome without words or a place that so few pupils, or an authority that has
    closed, cannot carry."""
    neighbours, england = (
        replace(side, word=word) if side.word else side
        for side in (outcome.neighbours, outcome.england)
    )
    place = NOT_RANKED if outcome.place == NOT_RANKED or not word else word
    return replace(outcome, neighbours=neighbours, england=england, place=place)


def _profile(release: Release, request: Request) -> Profile:
    area = release.areas.by_code(request.area_code)
    held = release.catalogue.indicators
    indicators = tuple(held[i] for i in release.catalogue.headline if i in held)
    neighbours = [n.area for n in release.areas.neighbours(area.area_code, request.vintage)]
    rows = [
        ProfileRow(*row)
        for row in release.rows(
            "profile",
            areas=[area.area_code, *(n.area_code for n in neighbours)],
            vintage=request.vintage,
            group=request.sen_group.value,
            indicators=[i.id for i in indicators],
        )
    ]
    kept = [r for r in rows if is_of(held[r.indicator_id], r.time_identifier)]
    mine = [r for r in kept if r.area_code == area.area_code]
    filled = {(r.indicator_id, r.area_code) for r in kept if r.value is not None}
    return Profile(
        release,
        request,
        area,
        indicators,
        levels={r.indicator_id: r for r in mine if r.measure == "value"},
        gaps={
            r.indicator_id: r
            for r in mine
            if r.measure == "gap" and r.reference == held[r.indicator_id].default_reference
        },
        series=_series(release, request, indicators),
        missing={
            i.id: tuple(n.short_name for n in neighbours if (i.id, n.area_code) not in filled)
            for i in indicators
        },
    )


def _series(
    release: Release, request: Request, indicators: Iterable[Indicator]
) -> dict[str, list[SeriesRow]]:
    found: dict[str, list[SeriesRow]] = defaultdict(list)
    rows = release.rows(
        "area_levels",
        area=request.area_code,
        group=request.sen_group.value,
        indicators=[i.id for i in indicators],
    )
    for row in map(SeriesRow._make, rows):
        if is_of(release.catalogue.indicators[row.indicator_id], row.time_identifier):
            found[row.indicator_id].append(row)
    return found


def _is_stale(profile: Profile, indicator: Indicator, today: date) -> bool:
    row = profile.levels.get(indicator.id)
    if row is None:
        return False
    return profile.release.catalogue.sources[row.source_id].stale_after < today


def _stale_lines(profile: Profile, stale: list[Indicator]) -> Iterable[str]:
    for indicator in stale:
        row = profile.levels[indicator.id]
        publication = profile.release.catalogue.sources[row.source_id].publication
        yield (
            f"{indicator.phrases.short}: the newest figures are of {ends_in(row.time_period)} and "
            f"two newer editions are due ({publication}). Its page still shows them."
        )


def _unpublished(profile: Profile) -> Iterable[str]:
    """Outcomes without a row: the group has none, or the area none in the newest year."""
    group = profile.request.sen_group
    absent = [i for i in profile.indicators if i.id not in profile.levels]
    never = [i.phrases.short for i in absent if group not in i.groups()]
    gone = [i.phrases.short for i in absent if group in i.groups()]
    if never:
        yield f"Not published for {GROUP_LABELS[group]}: {'; '.join(never)}."
    if gone:
        yield f"No figure for {profile.area.in_text} in the newest year: {'; '.join(gone)}."


def _listed(
    outcomes: list[Headline], word: str, order: Callable[[Headline], tuple[float, ...]]
) -> tuple[Headline, ...]:
    """At most five outcomes with this word beside statistical neighbours."""
    found = [o for o in outcomes if o.neighbours.word == word]
    return tuple(sorted(found, key=order)[:MOST])


def _table(profile: Profile, shown: list[Headline]) -> Table:
    group = GROUP_LABELS[profile.request.sen_group]
    head = (
        "Outcome", group, "Year", "Statistical neighbours", "England",
        "Against statistical neighbours", "Against England", "Place by level", "Gap", "Level since",
    )  # fmt: skip
    rows = tuple(
        (
            o.name,
            o.level + (" p" if o.provisional else ""),
            o.period_label,
            o.neighbours.printed,
            o.england.printed,
            o.neighbours.cell,
            o.england.cell,
            o.place,
            o.gap_cell,
            o.since or "no earlier comparable year",
        )
        for o in shown
    )
    caption = f"Headline outcomes, {profile.area.name}, {group}, newest year of each"
    return Table(caption, head, rows, key_columns=(0, 1, 2, 5))


def _nothing(profile: Profile, shown: list[Headline], left_out: tuple[str, ...]) -> NoAnswer:
    reasons = {numbers.symbol_reason(profile.levels[o.indicator_id].symbol) for o in shown}
    group = profile.request.sen_group
    return no_headline(profile.release, profile.area, group, reasons, left_out)
