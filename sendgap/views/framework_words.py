"""The text and the table of an outcomes framework."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from sendgap.catalogue.areas import Area
from sendgap.catalogue.framework import Framework
from sendgap.terms import SenGroup
from sendgap.text import and_list, capital
from sendgap.views import rating, standing
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.framework_held import Held
from sendgap.views.framework_model import FrameworkItemView, FrameworkRow
from sendgap.views.model import Definition, SourceNote, Table, Words
from sendgap.views.notes import by_publication, symbols
from sendgap.views.periods import month

COLUMNS = (
    "Item", "Measure used now", "Pupils", "Year", "Level", "Statistical neighbours", "England",
    "Level since", "Gap", "Who moved the gap", "Rating", "Why", "Target", "Delivery",
)  # fmt: skip
Counts = Mapping[SenGroup, Mapping[str, int]]


def words(
    held: Held,
    framework: Framework,
    items: Sequence[FrameworkItemView],
    counts: Counts,
    *,
    targets: bool,
) -> Words:
    """Everything in words."""
    made = [row for item in items for row in item.rows]
    rated = [row for row in made if row.data.is_rated]
    early = sum(row.provisional for row in made)
    tested = sum(row.neighbours.basis in ("interval", "approximate") for row in rated)
    against = "England" if framework.against == "england" else "statistical neighbours"
    badges = [
        f"{len(rated)} of {len(made)} rows rated by the data",
        f"Neighbour list: {month(held.request.vintage)}",
        f"{early} provisional" if early else "",
        f"{tested} of {len(rated)} tested for chance" if rated else "",
    ]
    return Words(
        context=(
            f"{held.area.name} · {framework.title} · EHC plan and SEN support rated apart · "
            f"rated against {against} · newest year of each"
        ),
        finding=finding(held.area, items, counts),
        badges=tuple(badge for badge in badges if badge),
        sentences=tuple(_sentences(made)),
        caveats=tuple(_caveats(held, items, targets=targets)),
        sources=tuple(_sources(held, made)),
    )


def finding(area: Area, items: Sequence[FrameworkItemView], counts: Counts) -> str:
    """How many of the framework's items have which rating, for each group apart."""
    several = sum(len({(r.indicator_id, r.breakdown) for r in i.rows if r.use == "counted"}) > 1
                  for i in items)  # fmt: skip
    measures = {
        (r.item, r.indicator_id, r.breakdown) for i in items for r in i.rows if r.use == "counted"
    }
    what = (
        f"{len(items)} items with {len(measures)} rated measures"
        if several
        else (f"{len(items)} indicators")
    )
    parts = rated_parts(counts)
    if not parts:
        return f"{capital(area.in_text)}: none of {what} can be rated."
    for state, text in (("context", "context"), ("local", "needing local data")):
        if number := sum(item.state == state for item in items):
            parts.append(f"{number} {text}")
    return f"Of {what} in {area.in_text}: {'; '.join(parts)}."


def rated_parts(counts: Counts) -> list[str]:
    """How many ratings of each kind each group has: "EHC plan 2 Green, 0 Amber, 1 Red"."""
    parts = []
    for group in (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT):
        found = counts.get(group, {})
        if any(found.get(name) for name in rating.RATED):
            said = ", ".join(f"{found.get(name, 0)} {name}" for name in rating.RATED)
            parts.append(f"{GROUP_LABELS[group]} {said}")
    return parts


def _sentences(made: Sequence[FrameworkRow]) -> Iterable[str]:
    """What is red and what is green, by item and group; what somebody has set by hand."""
    for name, text in ((rating.RED, "Rated Red"), (rating.GREEN, "Rated Green")):
        for group in (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT):
            found = [
                row.name for row in made
                if row.group is group and row.use == "counted" and row.shown.name == name
            ]  # fmt: skip
            if found:
                yield f"{text} for {GROUP_LABELS[group]}: {'; '.join(found)}."
    by_hand = sum(row.board is not None for row in made)
    if by_hand:
        rows = "row has" if by_hand == 1 else "rows have"
        yield f"{by_hand} {rows} a rating by the Board, beside what the data say."
    by_target = sum(row.target is not None and row.board is None for row in made)
    if by_target:
        rows = "row is" if by_target == 1 else "rows are"
        yield f"{by_target} {rows} rated by a target for the year of the figure."


def rules(framework: Framework) -> tuple[str, ...]:
    """How ratings are made, printed wherever one stands."""
    whom = (
        "The comparator is England's published figure."
        if framework.against == "england"
        else "The comparator is the average of the statistical neighbours."
    )
    return (rating.RULE, whom, rating.NOT_RATED_RULE, rating.TARGET_RULE)


def _caveats(held: Held, items: Sequence[FrameworkItemView], *, targets: bool) -> Iterable[str]:
    if held.area.note:
        yield held.area.note
    yield standing.HOW
    if any(row.use == "beside" for item in items for row in item.rows):
        yield "Measures that stand beside the first of an item are rated and not counted for it."
    empty = [item.id for item in items if item.state == "empty"]
    if empty:
        yield f"Nothing is published for: {and_list(empty)}."
    made = [row for item in items for row in item.rows]
    without = [row.name for row in made if row.england.printed.startswith("No published")]
    if without:
        yield f"No published England figure by SEN: {'; '.join(dict.fromkeys(without))}."
    early = [f"{row.name} ({row.period_label})" for row in made if row.provisional]
    if early:
        yield f"Provisional (p) and may change: {'; '.join(dict.fromkeys(early))}."
    if targets:
        yield (
            "Targets, ratings by the Board and delivery ratings are entered by hand in the targets "
            "file. A rating by the Board stands beside the figure it was given for and no other."
        )
    yield from symbols(row.symbol for row in made)


def table(area: Area, framework: Framework, items: Sequence[FrameworkItemView]) -> Table:
    """Every row, with its item's wording."""
    made = tuple(_cells(item, row) for item in items for row in item.rows)
    return Table(f"{framework.title}, {area.name}, newest year of each measure", COLUMNS, made,
                 key_columns=(0, 2, 4, 10))  # fmt: skip


def _cells(item: FrameworkItemView, row: FrameworkRow) -> tuple[str, ...]:
    return (
        f"{item.id}: {item.wording}",
        row.name,
        row.group_label,
        row.period_label,
        row.level + (" p" if row.provisional else ""),
        row.neighbours.printed,
        row.england.printed,
        row.since or "no earlier comparable year",
        row.gap,
        row.gap_moved or "none",
        row.printed,
        row.why,
        " ".join(row.target_said) or "none",
        row.delivery or "none entered",
    )


def definition(framework: Framework) -> Definition:
    """What the page is and how to read it."""
    return Definition(
        framework.title,
        "What a strategy or report asks for, item by item, answered with the newest published "
        "figure of the measure used now.",
        "It is the list a board agreed to watch, kept apart from what happens to look striking.",
        f"The level comes first and the gap stands beside it. {rating.RULE}",
        "A rating does not say why a figure is high or low, nor how good provision is. Groups are "
        "rated apart and ratings are counted, never averaged.",
        "Better means better for the child: a low absence rate is better.",
    )


def _sources(held: Held, made: Sequence[FrameworkRow]) -> Iterable[SourceNote]:
    used: dict[str, list[str]] = defaultdict(list)
    for row in made:
        text = f"{row.name} {row.period_label}"
        if row.source_id and text not in used[row.source_id]:
            used[row.source_id].append(text)
    yield from by_publication(held.release, used)
