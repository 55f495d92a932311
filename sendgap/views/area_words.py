"""The text about an area's headline outcomes: finding, sentences, caveats, sources."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence

from sendgap.catalogue.areas import Area
from sendgap.terms import SenGroup, Symbol
from sendgap.text import and_list, capital
from sendgap.views import standing
from sendgap.views.area_model import Headline
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.headline import Profile, label, no_figure
from sendgap.views.model import SourceNote, Words
from sendgap.views.notes import by_publication, symbols
from sendgap.views.periods import month
from sendgap.views.wording import WITH_GROUP

#: Reasons that stand for too few pupils to publish.
HIDDEN = frozenset(no_figure(s) for s in (Symbol.SUPPRESSED, Symbol.NOT_AVAILABLE))


def words(
    profile: Profile, shown: list[Headline], directed: list[Headline], left_out: Sequence[str]
) -> Words:
    """Everything in words; ``directed`` are the outcomes in which one way is better."""
    group = profile.request.sen_group
    provisional = [o for o in shown if o.provisional]
    tested = [o for o in directed if o.neighbours.word in ("better", "worse", "similar")]
    filled = sum(o.has_level for o in shown)
    badges = [
        f"{filled} headline outcome{'s' if filled != 1 else ''} with a figure",
        f"Neighbour list: {month(profile.request.vintage)}",
        f"{len(provisional)} provisional" if provisional else "",
        f"{_tested_for_chance(tested)} of {len(tested)} tested for chance" if tested else "",
    ]
    return Words(
        context=(
            f"{profile.area.name} · {GROUP_LABELS[group]} · headline outcomes · compared with "
            "statistical neighbours and England · newest year of each"
        ),
        finding=_closed(profile.area)
        or finding(profile.area.in_text, group, tested, too_few=is_tiny(shown)),
        badges=tuple(b for b in badges if b),
        sentences=()
        if is_tiny(shown) or profile.area.closed
        else tuple(_sentences(profile, directed, tested)),
        caveats=tuple(_caveats(profile, shown, left_out)),
        sources=tuple(_sources(profile, shown)),
    )


def _closed(area: Area) -> str:
    """What became of an authority that has closed; empty for one that is open."""
    if area.closed is None:
        return ""
    name = capital(area.in_text)
    return f"{name} has closed. {area.note} Its last figures are not called better or worse."


def _tested_for_chance(tested: list[Headline]) -> int:
    return sum(o.neighbours.basis in ("interval", "approximate") for o in tested)


def is_tiny(shown: Sequence[Headline]) -> bool:
    """Whether an area has so few pupils that a quarter of its figures are hidden."""
    return 4 * sum(o.reason in HIDDEN for o in shown) >= len(shown) > 0


def finding(area: str, group: SenGroup, tested: list[Headline], *, too_few: bool = False) -> str:
    """On how many outcomes the area is on which side, and its lowest place among the worse."""
    who = f"Pupils {WITH_GROUP[group]} in {area}"
    if too_few:
        return f"{who}: so few that many figures are hidden, and none is called better or worse."
    if not tested:
        return f"{who}: no headline outcome can be set against statistical neighbours."
    count = Counter(o.neighbours.word for o in tested)
    text = (
        f"{who}: better than in statistical neighbours on {count['better']} of {len(tested)} "
        f"outcome{'s' if len(tested) != 1 else ''}, worse on {count['worse']}"
    )
    worst = max(
        (o for o in tested if o.neighbours.word == "worse" and o.rank_share is not None),
        key=lambda o: o.rank_share or 0.0,
        default=None,
    )
    return f"{text}; lowest place on {worst.name}." if worst else f"{text}."


def _sentences(profile: Profile, directed: list[Headline], tested: list[Headline]) -> Iterable[str]:
    if tested:
        similar = sum(o.neighbours.word == "similar" for o in tested)
        yield (
            f"On {similar} of {len(tested)} outcomes there is no clear difference from statistical "
            "neighbours."
        )
    beside = Counter(o.england.word for o in directed if o.england.word in ("better", "worse"))
    steady = sum(o.england.word in ("better", "worse", "similar") for o in directed)
    if steady:
        yield (
            f"Beside England's published figures: better on {beside['better']} of {steady} "
            f"outcomes, worse on {beside['worse']}."
        )
    quarters = Counter(
        row.quartile for o in directed if (row := profile.levels[o.indicator_id]).quartile
    )
    if total := sum(quarters.values()):
        yield (
            f"By level the area stands in the best quarter of authorities on {quarters['A']} of "
            f"{total} outcomes and in the worst quarter on {quarters['D']}."
        )
    moved = Counter(o.trend for o in directed if o.trend)
    if moved:
        yield (
            f"Since their earliest comparable years {moved['better']} levels moved the better way, "
            f"{moved['worse']} the worse way, and {moved['little']} changed little."
        )


def _caveats(profile: Profile, shown: list[Headline], left_out: Sequence[str]) -> Iterable[str]:
    if profile.area.note:
        yield profile.area.note
    yield from left_out
    yield standing.HOW
    yield from _untested(shown)
    yield from _missing_neighbours(profile, shown)
    without = [o.name for o in shown if o.england.printed.startswith("No published")]
    if without:
        yield f"No published England figure by SEN: {'; '.join(without)}."
    early = [f"{o.name} ({o.period_label})" for o in shown if o.provisional]
    if early:
        yield f"Provisional (p) and may change: {'; '.join(early)}."
    yield from _breaks(profile, shown)
    yield (
        "Each outcome is of different children, and some of different years: compare areas within "
        "a row, not rows with each other."
    )
    yield from symbols(profile.levels[o.indicator_id].symbol for o in shown)


def _untested(shown: list[Headline]) -> Iterable[str]:
    waiting = [o for o in shown if o.neighbours.word == standing.NOT_TESTED]
    if waiting:
        names = "; ".join(o.name for o in waiting)
        yield f"Not tested, for want of three comparable years or of 30 pupils: {names}."


def _missing_neighbours(profile: Profile, shown: list[Headline]) -> Iterable[str]:
    """Which neighbours have no figure, for which outcomes."""
    by_names: dict[tuple[str, ...], list[str]] = defaultdict(list)
    for outcome in shown:
        if names := profile.missing[outcome.indicator_id]:
            by_names[names].append(outcome.name)
    for names, outcomes in by_names.items():
        verb = "has" if len(names) == 1 else "have"
        who = f"{and_list(names)} {verb} no figure and {verb} no part in the neighbours' average"
        yield f"{who}: {'; '.join(outcomes)}."


def _breaks(profile: Profile, shown: list[Headline]) -> Iterable[str]:
    """Where a small line stops because figures were measured differently."""
    for outcome in shown:
        rows = [r for r in profile.series[outcome.indicator_id] if r.value is not None]
        newest = rows[-1] if rows else None
        older = [r for r in rows if newest and (r.basis, r.line) != (newest.basis, newest.line)]
        if newest and older:
            indicator = profile.release.catalogue.indicators[outcome.indicator_id]
            first = next(
                r for r in rows if (r.basis, r.line) == (newest.basis, newest.line)
            )  # fmt: skip
            since = label(indicator, first.time_period)
            yield (
                f"{outcome.name}: figures before {since} are on another basis or of another "
                "publication and are not joined or compared."
            )


def _sources(profile: Profile, shown: list[Headline]) -> Iterable[SourceNote]:
    """One line for each publication, with the outcomes and years taken from it."""
    used: dict[str, list[str]] = defaultdict(list)
    for outcome in shown:
        source_id = profile.levels[outcome.indicator_id].source_id
        used[source_id].append(f"{outcome.name} {outcome.period_label}")
    yield from by_publication(profile.release, used)
