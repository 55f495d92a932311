"""An outcomes framework for one local unit beside its authority: what local returns count."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence

from sendgap.catalogue.framework import Framework, FrameworkItem
from sendgap.catalogue.model import Indicator
from sendgap.local.compare import FEWEST_JUDGED, FEWEST_JUDGED_POOLED
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import Polarity, SenGroup
from sendgap.views import local_framework_words as words
from sendgap.views import rating
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.framework import COUNTED, outcomes_of
from sendgap.views.framework_held import APART, Asked, measures_of
from sendgap.views.framework_model import FrameworkItemView, FrameworkRow, FrameworkView
from sendgap.views.headline import NATION
from sendgap.views.local_change import moved, told_of
from sendgap.views.local_england import england
from sendgap.views.local_model import LocalMark
from sendgap.views.local_unit import Figure, OfUnit, OneUnit, gap_words, one_unit, stem_of
from sendgap.views.local_words import period, why_hidden
from sendgap.views.model import Chart
from sendgap.views.rating import Rating, not_rated
from sendgap.views.standing import Standing

REST = "the rest of the authority"
NOT_RETURNED = "Not in the local returns: it is known for whole authorities alone."
NOT_LOADED = "A local return can tell this, and none is loaded."


def local_framework(
    release: Release, local: LocalRelease, unit: str, framework_id: str
) -> OfUnit[FrameworkView]:
    """The framework of a unit written ``dspl:D1``: the newest figure of each measure that is
    counted for it, rated beside the rest of its authority."""
    framework = release.catalogue.framework(framework_id)
    found = one_unit(release, local, unit)
    beside = _england(found)
    items = tuple(_item(found, framework, item, beside) for item in framework.items)
    made = [row for item in items for row in item.rows]
    counts = {group: _count(made, group) for group in COUNTED}
    stem = stem_of(found, f"framework-{framework.id}")
    view = FrameworkView(
        words=words.words(found, framework, items, counts),
        definition=words.definition(framework),
        chart=Chart("", "", words.table(found, framework, items), stem),
        framework_id=framework.id,
        title=framework.title,
        outcomes=tuple(outcomes_of(framework, items, "nothing is counted locally")),
        items=items,
        rules=words.RULES,
        counts={group: number for group, number in counts.items() if sum(number.values())},
    )
    return found.boxed(view, sum(not row.has_level for row in made), f"{len(made)} figures")


def _count(made: Sequence[FrameworkRow], group: SenGroup) -> dict[str, int]:
    return dict(Counter(r.shown.name for r in made if r.use == "counted" and r.group is group))


England = dict[SenGroup, dict[str, LocalMark]]


def _england(found: OneUnit) -> England:
    """England's newest published figures, or what stands for them, of the groups rated apart."""
    return {group: england(found.release, found.local, found.held(), group) for group in APART}


def _item(
    found: OneUnit, framework: Framework, item: FrameworkItem, beside: England
) -> FrameworkItemView:
    everything = list(measures_of(found.release, framework, item))
    made = tuple(
        _row(found, asked, figure, beside) for asked, figure in _figures(found, everything)
    )
    # What nobody publishes has no series.
    is_returned = any(not asked.indicator.series for asked in everything)
    state = "rated" if any(row.use == "counted" for row in made) else "empty"
    if state == "empty" and made:
        state = "context"
    return FrameworkItemView(
        item.id,
        item.wording,
        item.note,
        item.outcomes,
        state,
        made,
        NOT_LOADED if is_returned else NOT_RETURNED,
    )


def _figures(found: OneUnit, everything: Sequence[Asked]) -> Iterator[tuple[Asked, Figure]]:
    """Each measure that is counted here, once for each group that is rated apart."""
    seen: set[tuple[str, SenGroup]] = set()
    for asked in everything:
        indicator = asked.indicator
        if asked.breakdown != "total" or indicator.id not in found.own:
            continue
        for group in _groups(found, indicator, asked.measure.groups):
            if (indicator.id, group) not in seen:
                seen.add((indicator.id, group))
                yield asked, found.figure(indicator, group)


def _groups(
    found: OneUnit, indicator: Indicator, wanted: Sequence[SenGroup]
) -> tuple[SenGroup, ...]:
    """The groups rated apart that are counted; of a return without groups, everybody."""
    apart = tuple(g for g in wanted or APART if found.figure(indicator, g).is_counted)
    whole = found.figure(indicator, SenGroup.ALL_PUPILS).is_counted
    return apart or ((SenGroup.ALL_PUPILS,) if whole else ())


def _row(found: OneUnit, asked: Asked, figure: Figure, beside: England) -> FrameworkRow:
    indicator, group = asked.indicator, figure.group
    without_groups = group is SenGroup.ALL_PUPILS
    told = told_of(found, indicator, group)
    change, trend = moved(told) if told is not None else ("", "")
    since = period(told.filled[0].time_period, 1) if told and len(told.filled) > 1 else ""
    gap = gap_words(figure)
    return FrameworkRow(
        item=asked.item.id,
        indicator_id=indicator.id,
        breakdown=asked.breakdown,
        name=indicator.phrases.short,
        use=asked.measure.use if asked.may_be_rated else "context",
        group=None if without_groups else group,
        group_label="All" if without_groups else GROUP_LABELS[group],
        period_label=figure.years,
        level=figure.level,
        has_level=figure.value is not None,
        provisional=False,
        neighbours=Standing(REST, words.of_authority(figure), _side(figure), "interval"),
        england=Standing(
            NATION, words.of_england(beside.get(group, {}).get(indicator.id)), "", None
        ),
        place="not ranked",
        since=f"Since {since}: {change}" if since and figure.value is not None else "",
        gap=gap,
        gap_moved="",
        data=rate(figure, trend, since, is_wanted=asked.may_be_rated),
        symbol=figure.cell.symbol if figure.cell else None,
        beside="whole authority",
    )


def _side(figure: Figure) -> str:
    return figure.against if figure.against in ("better", "similar", "worse") else ""


def rate(figure: Figure, trend: str, since: str, *, is_wanted: bool) -> Rating:
    """The rating of a unit's level beside the rest of its authority, or the first reason
    against one: the rules of published figures, and the floors of small numbers."""
    cell = figure.cell
    if figure.indicator.polarity is Polarity.NONE:
        return not_rated("context: higher is neither better nor worse")
    if not is_wanted:
        return not_rated("context, not rated")
    if cell is None or cell.value is None:
        return not_rated(why_hidden(cell))
    fewest = FEWEST_JUDGED_POOLED if cell.years > 1 else FEWEST_JUDGED
    if (cell.pupils or 0) < fewest:
        what = "counted" if figure.group is SenGroup.ALL_PUPILS else "pupils"
        return not_rated(f"fewer than {fewest} {what}")
    if not _side(figure):
        return not_rated(figure.against)
    if cell.years > 1 or not since:
        return not_rated("no earlier figure to be set beside")
    if trend not in ("better", "worse", "little"):
        return not_rated("the change over the years cannot be tested")
    return rating.rate(position=figure.against, trend=trend, quarter=None, whom=REST,
                       since=since, unplaced="")  # fmt: skip
