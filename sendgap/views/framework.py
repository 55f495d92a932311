"""What does the strategy's list say this year? An outcomes framework for one area."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sendgap.catalogue.framework import Framework, FrameworkItem
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.targets import Target
from sendgap.terms import SenGroup
from sendgap.views import rating
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.framework_held import APART, hold, measures_of
from sendgap.views.framework_local import filled, is_of, with_source
from sendgap.views.framework_model import (
    FrameworkItemView,
    FrameworkOutcome,
    FrameworkRow,
    FrameworkView,
)
from sendgap.views.framework_rows import rows
from sendgap.views.framework_words import definition, rules, table, words
from sendgap.views.model import Chart
from sendgap.views.request import Request

#: The groups whose ratings are counted, each apart.
COUNTED = (*APART, SenGroup.ANY_SEN, SenGroup.ALL_PUPILS)
#: Ratings of a group by name.
Counts = dict[str, int]


def framework_view(
    release: Release,
    request: Request,
    framework_id: str,
    targets: Sequence[Target] = (),
    today: date | None = None,
    local: LocalRelease | None = None,
) -> FrameworkView:
    """The view of one area and framework as of ``today``; the newest year of each measure.

    The request's outcome, group and period are not used: groups are rated apart. ``local``
    are the local figures in force; they fill what nobody publishes where they are the area's
    own. Raises ``UnknownNameError`` for a framework that is not held.
    """
    framework = release.catalogue.framework(framework_id)
    everything = [a for item in framework.items for a in measures_of(release, framework, item)]
    held = hold(release, request, everything)
    made = rows(held, everything, targets, today or date.today())
    own = local if local is not None and is_of(local, request.area_code) else None
    if own is not None:
        made = filled(held, made, everything, targets, own)
    items = tuple(_item(item, [r for r in made if r.item == item.id]) for item in framework.items)
    shown = table(held.area, framework, items)
    name = held.area.la_code or held.area.area_code
    counts = {group: _count(made, group) for group in COUNTED}
    said = words(held, framework, items, counts, targets=bool(targets))
    return FrameworkView(
        words=with_source(said, made, own) if own is not None else said,
        definition=definition(framework),
        chart=Chart("", "", shown, f"sendgap-framework-{framework.id}-{name}"),
        framework_id=framework.id,
        title=framework.title,
        outcomes=tuple(outcomes_of(framework, items)),
        items=items,
        rules=rules(framework),
        counts={group: found for group, found in counts.items() if sum(found.values())},
        delivery=any(row.delivery for row in made),
    )


def _item(item: FrameworkItem, made: list[FrameworkRow]) -> FrameworkItemView:
    state = "rated" if any(row.use == "counted" for row in made) else "empty"
    if state == "empty" and made:
        state = "local" if any(row.use == "local" for row in made) else "context"
    return FrameworkItemView(item.id, item.wording, item.note, item.outcomes, state, tuple(made))


def _count(made: Sequence[FrameworkRow], group: SenGroup) -> Counts:
    """How many counted measures have each rating for a group, not rated ones too."""
    return dict(Counter(r.shown.name for r in made if r.use == "counted" and r.group is group))


def outcomes_of(
    framework: Framework, items: Sequence[FrameworkItemView], nothing: str = "nothing is published"
) -> list[FrameworkOutcome]:
    """Items under their outcomes; one that stands under several has its rows under the first."""
    if not framework.outcomes:
        return [FrameworkOutcome("", "", counted(items, nothing), tuple(items), ())]
    made = []
    drawn: set[str] = set()
    for number, title in framework.outcomes.items():
        own = [item for item in items if number in item.outcomes]
        first = tuple(item for item in own if item.id not in drawn)
        again = tuple(item for item in own if item.id in drawn)
        drawn |= {item.id for item in own}
        made.append(FrameworkOutcome(number, title, counted(own, nothing), first, again))
    rest = tuple(item for item in items if item.id not in drawn)
    other = FrameworkOutcome("", "Other items", counted(rest, nothing), rest, ())
    return [*made, other] if rest else made


def counted(items: Sequence[FrameworkItemView], nothing: str = "nothing is published") -> str:
    """ "EHC plan: 2 Green, 1 Amber; SEN support: 3 Green": counts, never one mean rating."""
    made = [row for item in items for row in item.rows]
    parts = []
    for group in COUNTED:
        found = _count(made, group)
        if found:
            said = [f"{found[name]} {name}" for name in (*rating.RATED, rating.NOT_RATED)
                    if found.get(name)]  # fmt: skip
            parts.append(f"{GROUP_LABELS[group]}: {', '.join(said)}")
    local = [item for item in items if item.state == "local"]
    by_board = sum(any(row.board for row in item.rows) for item in local)
    for number, text in (
        (sum(item.state == "context" for item in items), "context"),
        (by_board, "rated by the Board alone"),
        (len(local) - by_board, "needing a local file"),
    ):
        parts.extend([f"{number} {text}"] if number else [])
    return "; ".join(parts) or nothing
