"""The stages of childhood in one local unit: each stage's level beside the rest of the authority.

A unit has no place among authorities, and units are not ranked: the stages stand by age, each
group's level on the side of the rest of the authority that it lies.
"""

from __future__ import annotations

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.text import and_list
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.grid_model import Grid, GridColumn, GridRow
from sendgap.views.journey_words import NOTE
from sendgap.views.local_areas import GROUPS
from sendgap.views.local_grid import (
    DASH,
    STEPS,
    authority_cell,
    cell_of,
    chart_of,
    key_of,
    said_of,
    shared_years,
)
from sendgap.views.local_unit import Figure, OfUnit, OneUnit, absent, badges, one_unit, stem_of
from sendgap.views.local_words import AGAINST_REST, SYMBOLS, practice, source
from sendgap.views.model import Definition, NoAnswer, Words

DEFINITION = Definition(
    "Early years to 19 in one local area: the level at each stage",
    "For each stage of childhood that local returns count, the level of pupils on SEN support, "
    "with any SEN and with an EHC plan, and its gap, beside the rest of the authority.",
    "It shows at which ages to look more closely.",
    "The level comes first, the gap under it. A shape says on which side of the rest of the "
    "authority the level lies, beyond what chance would usually produce.",
    "It does not show progress: each stage is of other children. It gives no place among areas.",
    "Higher is better for the child at every stage.",
)


def local_journey(release: Release, local: LocalRelease, unit: str) -> OfUnit[Grid | NoAnswer]:
    """The stages of a unit written ``dspl:D1``, youngest first, for every group."""
    found = one_unit(release, local, unit)
    held = release.catalogue.indicators
    stages = [(s, held[s.indicator_id]) for s in release.catalogue.stages
              if s.indicator_id in held]  # fmt: skip
    counted = [(stage, i) for stage, i in stages if i.id in found.own]
    every = found.figures([i for _, i in counted])
    if not every:
        why = "The local returns count no stage of childhood here for a group of pupils with SEN."
        return found.boxed(absent(found, "Stages of childhood", why), 0, "0 figures")
    years = {i.id: shared_years(found.figures([i])) for _, i in counted}
    columns = tuple(
        GridColumn(i.id, f"{i.phrases.short}, age\N{NO-BREAK SPACE}{stage.age}", years[i.id], "")
        for stage, i in counted
    )
    rows = tuple(
        GridRow(role, f"{whose}{GROUP_LABELS[group]}", "",
                tuple(made(found.figure(i, group), years[i.id]) for _, i in counted))
        for role, whose, made in (
            ("group", "", cell_of), ("authority", "Authority: ", authority_cell),
        )
        for group in GROUPS
    )  # fmt: skip
    left_out = [i for _, i in stages if i.id not in found.own]
    stem = stem_of(found, "stages")
    view = Grid(
        words=_words(found, every, [i for _, i in counted], left_out, len(stages)),
        definition=DEFINITION,
        chart=chart_of(found, every, stem, "stages from the early years on"),
        columns=columns,
        rows=rows,
        by="level",
        mark="tested",
        key=key_of(rows),
        left_out=(),
    )
    hidden = sum(figure.value is None for figure in every)
    return found.boxed(view, hidden, f"{len(every)} figures")


def _words(
    found: OneUnit, every: list[Figure], counted: list[Indicator], left_out: list[Indicator],
    stages: int,
) -> Words:  # fmt: skip
    shown = [figure for figure in every if figure.value is not None]
    tested = [figure.against for figure in every if figure.against in STEPS]
    if not shown:
        finding = (
            f"{found.name}: {len(counted)} of {stages} stages are counted from local returns, and "
            "no figure of them can be shown without a risk to a child."
        )
    else:
        finding = (
            f"{found.name}: {len(shown)} of {len(every)} figures of stages can be shown; "
            f"{tested.count('better')} better and {tested.count('worse')} worse than the rest of "
            "the authority."
        )
    missing = and_list([i.phrases.short for i in left_out])
    return Words(
        context=found.context("stages of childhood", "newest year of each"),
        finding=finding,
        badges=(*badges(found), f"{len(counted)} of {stages} stages counted locally"),
        sentences=tuple(said_of(every)),
        caveats=(
            *practice(found.local),
            NOTE,
            *([f"Stages that the local returns do not count: {missing}."] if missing else []),
            "No place among areas is given: with so few children it would be chance.",
            AGAINST_REST,
            *SYMBOLS,
            DASH,
        ),
        sources=(source(found.local, sorted({figure.years for figure in shown})),),
    )
