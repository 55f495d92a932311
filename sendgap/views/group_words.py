"""The text and the tables of a group of authorities."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from sendgap.catalogue.areas import Area, in_text
from sendgap.store import Release
from sendgap.terms import SenGroup
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.group_model import GroupArea, GroupRow
from sendgap.views.model import Definition, Table, Words
from sendgap.views.notes import by_publication
from sendgap.views.wording import WITH_GROUP

NO_ENGLAND = "No published England figure"
COLUMNS = (
    "Outcome", "Baseline", "Newest", "Group then", "Group now", "Made", "England then",
    "England now", "Moved the better way", "Moved the worse way", "Gap then", "Gap now",
    "Gap narrowed", "Moved most", "To learn from", "Targets met",
)  # fmt: skip
RULES = (
    "Only authorities with a figure in both years, on one basis, are counted. The baseline is the "
    "outcome's own, or the first year after it in which two thirds of the authorities have a "
    "figure. Moves that rounding could make count as none; whether chance could make one is told "
    "on each outcome's page.",
    "The group's figure is pooled from numbers of pupils where both years have them; otherwise it "
    "is the plain mean of its authorities and says so. Gaps are plain means.",
    "To learn from: better than their own statistical neighbours and not moved the worse way. "
    "Authorities with fewer than 30 pupils or with many hidden figures are not named as examples.",
    "A narrowed gap is a gain for pupils with SEN only where their own level moved the better way.",
)
DEFINITION = Definition(
    "Group of authorities",
    "The newest figures of each headline outcome for a group of authorities, beside their "
    "baseline, England and any targets.",
    "It shows what has moved in a region or a partnership, and who could be asked how.",
    " ".join(RULES),
    "It does not say why figures moved. Authorities differ in whom they identify.",
    "Better means better for the child: a low absence rate is better.",
)


def words(
    release: Release,
    title: str,
    group: SenGroup,
    areas: Sequence[Area],
    made: Sequence[GroupRow],
    left_out: Sequence[str],
) -> Words:
    """Everything in words."""
    used: dict[str, list[str]] = defaultdict(list)
    for row in made:
        used[row.source_id].append(f"{row.name} {row.baseline_label} to {row.period_label}")
    names = ", ".join(area.short_name for area in areas)
    return Words(
        context=f"{title} · {GROUP_LABELS[group]} · newest year against the baseline",
        finding=_finding(title, group, made),
        badges=(f"{len(areas)} authorities", f"{len(made)} headline outcomes"),
        sentences=tuple(line for row in made for line in sentences(row)),
        caveats=(f"The authorities: {names}.", *RULES, *left_out),
        sources=tuple(by_publication(release, used)),
    )


def _finding(title: str, group: SenGroup, made: Sequence[GroupRow]) -> str:
    """On how many outcomes most authorities moved the better way, and how many narrowed."""
    who = f"Pupils {WITH_GROUP[group]} in {in_text(title)}"
    if not made:
        return f"{who}: no headline outcome can be set against a baseline."
    better = sum(2 * row.better > row.of for row in made)
    with_gap = [row for row in made if row.gaps_of]
    narrowed = sum(2 * row.narrowed > row.gaps_of for row in with_gap)
    return (
        f"{who}: most authorities moved the better way on {better} of {len(made)} outcomes, and "
        f"most narrowed the gap on {narrowed} of {len(with_gap)}."
    )


def sentences(row: GroupRow) -> Iterable[str]:
    """Level then and now, who moved, the gap, and who could be asked."""
    yield (
        f"{row.name}: {row.before} in {row.baseline_label}, {row.now} in {row.period_label} "
        f"({row.made}); {_england(row)}."
    )
    yield (
        f"{row.name}: {row.better} of {row.of} authorities moved the better way, {row.worse} the "
        "worse way."
    )
    if row.gaps_of:
        number = row.narrowed_with_gain or "none"
        gain = f", in {number} of them with a gain of pupils with SEN"
        yield (
            f"{row.name}: the gap narrowed in {row.narrowed} of {row.gaps_of}"
            f"{gain if row.narrowed else ''}."
        )
    if row.moved_most:
        yield f"{row.name}, moved most: {_listed(row.moved_most)}."
    if row.learn_from:
        yield f"{row.name}, to learn from: {_listed(row.learn_from)}."


def _england(row: GroupRow) -> str:
    if row.england == row.england_before == NO_ENGLAND:
        return "no published England figure"
    return f"England {row.england_before} and {row.england}"


def _listed(areas: Sequence[GroupArea]) -> str:
    return "; ".join(area.said for area in areas)


def table(title: str, group: SenGroup, made: Sequence[GroupRow]) -> Table:
    """A row for each outcome."""
    rows = tuple(_cells(row) for row in made)
    caption = f"Headline outcomes, {title}, {GROUP_LABELS[group]}, newest year against the baseline"
    return Table(caption, COLUMNS, rows, key_columns=(0, 3, 4))


def _cells(row: GroupRow) -> tuple[str, ...]:
    narrowed = f"{row.narrowed} of {row.gaps_of}" if row.gaps_of else "no gap defined"
    return (
        row.name, row.baseline_label, row.period_label, row.before, row.now, row.made,
        row.england_before, row.england, f"{row.better} of {row.of}", f"{row.worse} of {row.of}",
        row.gap_before, row.gap_now, narrowed,
        _listed(row.moved_most) or "none", _listed(row.learn_from) or "none",
        f"{row.targets_met} of {row.targets}" if row.targets else "none set",
    )  # fmt: skip


def outcome_table(row: GroupRow) -> Table:
    """Every authority of the group on one outcome."""
    head = (
        "Area", row.baseline_label, row.period_label, "Level since", "Gap", "Gap since",
        "Against statistical neighbours", "Target",
    )  # fmt: skip
    trends = {"better": "moved the better way", "worse": "moved the worse way",
              "little": "changed little", "": "no earlier figure"}  # fmt: skip
    rows = tuple(
        (
            area.name, area.before, area.now, trends[area.trend], area.gap,
            area.gap_change or "none", area.beside or "nothing to compare",
            area.target or "none set",
        )
        for area in row.areas
    )  # fmt: skip
    return Table(f"{row.name}, {row.baseline_label} to {row.period_label}", head, rows)
