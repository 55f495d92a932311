"""The text and the table of an outcomes framework for one local unit."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from sendgap.catalogue.framework import Framework
from sendgap.terms import SenGroup
from sendgap.text import and_list, small_first
from sendgap.views import local_figures as figures
from sendgap.views import rating
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.framework_model import FrameworkItemView, FrameworkRow
from sendgap.views.framework_words import rated_parts
from sendgap.views.local_model import LocalMark
from sendgap.views.local_unit import Figure, OneUnit, badges
from sendgap.views.local_words import AGAINST_REST, SYMBOLS, captioned, practice, source
from sendgap.views.model import Definition, Table, Words

COLUMNS = ("Item", "Measure used now", "Pupils", "Years", "Level", "Authority",
           "England, newest published", "Level since", "Gap", "Rating", "Why")  # fmt: skip
RULES = (
    "Ratings are of the level; the gap stands beside. Green: better than the rest of the authority "
    "or no clear difference, and not moved the worse way since the first year shown. Red: worse "
    "than the rest, and not moved the better way. Amber: everything else. Moves that chance could "
    "make count as none.",
    "The comparator is the rest of the authority. Local areas are not ranked, so no quarter enters "
    "a rating.",
    "Not rated, with its reason: hidden, not tested, fewer than 30 pupils, no earlier figure, or "
    "no better direction.",
)


def definition(framework: Framework) -> Definition:
    """What the page is and how to read it."""
    return Definition(
        f"{framework.title}, in one local area",
        "What a strategy asks for, item by item, answered for one local area with the newest "
        "figure that its authority counts from its own returns.",
        "It lets the group of an area see its part of the list that its authority watches.",
        f"The level comes first and the gap stands beside it. {RULES[0]}",
        "A rating does not say why a figure is high or low, nor how good provision is. Most items "
        "are known for whole authorities alone.",
        "Better means better for the child: a low absence rate is better.",
    )


def of_authority(figure: Figure) -> str:
    """The authority's figure of the same years."""
    if figure.authority is None:
        return "none"
    return figures.printed(figure.indicator, figure.authority)


def of_england(mark: LocalMark | None) -> str:
    """England's newest published figure with its year, or what stands for it by its name."""
    if mark is None or mark.value is None:
        return "none"
    name = "" if mark.label == "England" else f"{small_first(mark.label)} "
    printed = mark.printed.removeprefix("median ") if name else mark.printed
    return f"{name}{printed} ({mark.period_label})"


def words(
    found: OneUnit, framework: Framework, items: Sequence[FrameworkItemView],
    counts: Mapping[SenGroup, Mapping[str, int]],
) -> Words:  # fmt: skip
    """Everything in words."""
    made = [row for item in items for row in item.rows]
    rated = sum(row.data.is_rated for row in made)
    years = sorted({row.period_label for row in made if row.has_level})
    return Words(
        context=found.context(framework.title, "EHC plan and SEN support rated apart",
                              "rated against the rest of the authority"),
        finding=_finding(found, items, counts),
        badges=(*badges(found), f"{rated} of {len(made)} rows rated"),
        sentences=tuple(_sentences(made)),
        caveats=(*practice(found.local), *_caveats(items), *SYMBOLS),
        sources=(source(found.local, years),),
    )  # fmt: skip


def _finding(
    found: OneUnit, items: Sequence[FrameworkItemView],
    counts: Mapping[SenGroup, Mapping[str, int]],
) -> str:  # fmt: skip
    held = sum(bool(item.rows) for item in items)
    if not held:
        return f"{found.name}: local returns count none of {len(items)} items."
    told = "; ".join(rated_parts(counts)) or "none can be rated"
    return f"{found.name}: {held} of {len(items)} items are counted locally: {told}."


def _sentences(made: Sequence[FrameworkRow]) -> Iterable[str]:
    for name in (rating.RED, rating.GREEN):
        for group in (SenGroup.EHC_PLAN, SenGroup.SEN_SUPPORT):
            own = [r for r in made if r.group is group and r.use == "counted"]
            names = [r.name for r in own if r.data.name == name]
            if names:
                yield f"Rated {name} for {GROUP_LABELS[group]}: {'; '.join(names)}."
    tested = [row for row in made if row.neighbours.word]
    if tested:
        yield (
            f"{len(tested)} levels were tested against the rest of the authority. By chance alone "
            "about one in twenty would look different."
        )


def _caveats(items: Sequence[FrameworkItemView]) -> Iterable[str]:
    yield AGAINST_REST
    yield "England's figures are published ones of their own year and coverage."
    if any(row.use == "beside" for item in items for row in item.rows):
        yield "Measures that stand beside the first of an item are rated and not counted for it."
    missing = [item.id for item in items if not item.rows]
    if missing:
        yield f"Not in the local returns that are loaded: {and_list(missing)}."


def table(found: OneUnit, framework: Framework, items: Sequence[FrameworkItemView]) -> Table:
    """Every row, with its item's wording."""
    caption = f"{framework.title}, {found.name}, newest figure of each measure"
    return Table(
        captioned(found.local, caption), COLUMNS,
        tuple(_cells(item, row) for item in items for row in item.rows), key_columns=(0, 2, 4, 9),
    )  # fmt: skip


def _cells(item: FrameworkItemView, row: FrameworkRow) -> tuple[str, ...]:
    return (
        f"{item.id}: {item.wording}", row.name, row.group_label, row.period_label, row.level,
        row.neighbours.printed, row.england.printed, row.since or "no earlier year shown",
        row.gap, row.printed, row.why,
    )  # fmt: skip
