"""Items of a framework that nobody publishes, filled from the authority's own local returns."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from sendgap.store.local import LocalRelease
from sendgap.targets import Target
from sendgap.terms import SenGroup
from sendgap.views import local_figures as figures
from sendgap.views import rating, target_words
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.framework_held import APART, Asked, Held
from sendgap.views.framework_model import FrameworkRow
from sendgap.views.local_change import Told, moved
from sendgap.views.local_figures import Cell
from sendgap.views.local_words import period, source, why_hidden
from sendgap.views.model import Words
from sendgap.views.periods import day
from sendgap.views.rating import Rating, not_rated

#: Why the data alone rate nothing that one authority counts for itself.
ALONE = "no other authority's figure to be set beside"


def is_of(local: LocalRelease | None, area_code: str) -> bool:
    """Whether local figures in force are an authority's own; invented ones are nobody's."""
    if local is None or local.is_invented:
        return False
    return str(local.about["authority_id"]) == area_code


def filled(
    held: Held, made: Sequence[FrameworkRow], everything: Sequence[Asked],
    targets: Sequence[Target], local: LocalRelease,
) -> list[FrameworkRow]:  # fmt: skip
    """The rows, those that need a local file filled where the local release has figures."""
    asked = {(each.item.id, each.indicator.id): each for each in everything}
    found: list[FrameworkRow] = []
    for row in made:
        if row.use != "local":
            found.append(row)
            continue
        about = asked[row.item, row.indicator_id]
        found.extend(list(_rows(held, row, about, targets, local)) or [row])
    return found


def _rows(
    held: Held, row: FrameworkRow, asked: Asked, targets: Sequence[Target], local: LocalRelease
) -> Iterator[FrameworkRow]:
    """A row for each group that is counted; of a return without groups, one for all."""
    frame = local.cells(asked.indicator.id, kinds=["authority"])
    if frame.empty:
        return
    cells = figures.cells(frame, asked.indicator)
    groups = [g for g in APART if figures.of_group(cells, g)]
    for number, group in enumerate(groups or [SenGroup.ALL_PUPILS]):
        mine = sorted(figures.of_group(cells, group), key=lambda c: c.time_period)
        if not mine:
            continue
        by_hand = row if number == 0 else replace(row, board=None, board_said="", target_said=())
        yield _row(held, by_hand, asked, group if groups else None, mine, targets)


def _row(
    held: Held, row: FrameworkRow, asked: Asked, group: SenGroup | None, mine: list[Cell],
    targets: Sequence[Target],
) -> FrameworkRow:  # fmt: skip
    indicator, newest = asked.indicator, mine[-1]
    told = Told(indicator, mine)
    since = period(told.filled[0].time_period, 1) if len(told.filled) > 1 else ""
    shown = newest.value is not None
    data = not_rated(ALONE if shown else why_hidden(newest))
    wanted = [t for t in targets if _is_about(t, held, asked, group)]
    return replace(
        row,
        use=asked.measure.use if asked.may_be_rated else "context",
        group=group,
        group_label=GROUP_LABELS[group] if group else "All",
        period_label=period(newest.time_period, newest.years),
        level=figures.printed(indicator, newest),
        has_level=shown,
        since=f"Since {since}: {moved(told)[0]}" if since and shown else "",
        gap="no gap defined",
        data=data,
        target=_by_target(held, asked, newest, wanted),
        symbol=newest.symbol or None,
    )


def _is_about(target: Target, held: Held, asked: Asked, group: SenGroup | None) -> bool:
    about = (target.area_code, target.indicator_id) == (held.area.area_code, asked.indicator.id)
    return about and target.value is not None and group in (None, target.sen_group)


def _by_target(held: Held, asked: Asked, newest: Cell, targets: Sequence[Target]) -> Rating | None:
    """The rating by a target for the year of the figure; none of few who were counted."""
    target = next((t for t in targets if t.time_period == newest.time_period), None)
    if target is None or target.value is None or newest.value is None:
        return None
    if (newest.pupils or 0) < rating.FEWEST:
        return None
    limits = None
    if newest.lower is not None and newest.upper is not None:
        limits = (newest.lower, newest.upper)
    name = rating.by_target(
        value=newest.value, target=target.value, polarity=asked.indicator.polarity, limits=limits
    )
    words = {
        rating.GREEN: "met",
        rating.AMBER: "missed, but it lies within the figure's 95% interval",
        rating.RED: "missed",
    }
    decimals = figures.decimals(asked.indicator, newest.pupils)
    printed = target_words.printed(held.frame(asked), target, decimals)
    when = period(newest.time_period, 1)
    return Rating(name, f"Target for {when}: {printed}, {words[name]} ({target.source}).")


def with_source(words: Words, made: Sequence[FrameworkRow], local: LocalRelease) -> Words:
    """The words with where the local figures are from."""
    named = {row.name: f"{row.name} {row.period_label}" for row in made if row.data.reason == ALONE}
    made_on = day(str(local.about["made"])[:10])
    note = (
        f"Local figures supplied by {local.about['authority']}, {made_on}; not official "
        "statistics. The data alone rate none of them: no other authority publishes such figures."
    )
    return replace(
        words,
        caveats=(*words.caveats, note),
        sources=(*words.sources, source(local, list(named.values()))),
    )
