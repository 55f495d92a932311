"""Every outcome of one local unit for every SEN group, each beside the rest of its authority."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.store.local import LocalRelease
from sendgap.terms import Polarity, SenGroup
from sendgap.text import and_list
from sendgap.views import local_figures as figures
from sendgap.views import numbers
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.grid_model import NO_STEP, Grid, GridCell, GridColumn, GridRow
from sendgap.views.local_areas import GROUPS
from sendgap.views.local_unit import (
    Figure,
    OfUnit,
    OneUnit,
    absent,
    badges,
    labelled,
    one_unit,
    stem_of,
)
from sendgap.views.local_words import (
    AGAINST_REST,
    SYMBOLS,
    captioned,
    period,
    practice,
    source,
    why_hidden,
)
from sendgap.views.model import Chart, Definition, NoAnswer, Table, Words

#: What a cell's shape and shade say, best first.
STEPS = {
    "better": ("▲", "better than the rest of the authority"),
    "similar": ("●", "no clear difference from the rest"),
    "worse": ("▼", "worse than the rest of the authority"),
}
NOT_COUNTED = "no figure is counted for this group"
DASH = (
    "–: no figure is counted for the group here, or the years that it is counted over are not yet "
    "held."
)
COLUMNS = ("Outcome", "Pupils", "Level", "95% interval", "Number of pupils", "Years",
           "Set against", "Gap", "Authority", "Against the rest of the authority",
           "Read with care")  # fmt: skip
DEFINITION = Definition(
    "Outcomes of one local area for each group of pupils",
    "The level of each outcome that is counted from local returns, for pupils on SEN support, "
    "with any SEN and with an EHC plan, and its gap, beside the rest of the authority.",
    "It shows for which outcomes and which pupils to look more closely.",
    "The level comes first, the gap under it. A shape says on which side of the rest of the "
    "authority the level lies, beyond what chance would usually produce.",
    "It says nothing of figures that are hidden, and not why a level is high or low.",
    "Better means better for the child: a low absence rate is better.",
)


def local_grid(release: Release, local: LocalRelease, unit: str) -> OfUnit[Grid | NoAnswer]:
    """The grid of a unit written ``dspl:D1``: outcomes by groups."""
    found = one_unit(release, local, unit)
    shown = [i for i in found.held() if _is_directed(i) and _has_group(found, i)]
    every = found.figures(shown)
    if not every:
        why = "The local returns count no outcome here for a group of pupils with SEN."
        return found.boxed(absent(found, "All outcomes grid", why), 0, "0 figures")
    rows = tuple(_row(found, i) for i in shown)
    columns = tuple(
        GridColumn("", f"{whose}{GROUP_LABELS[group]}", "", "")
        for whose in ("", "Authority: ")
        for group in GROUPS
    )
    stem = stem_of(found, "all-outcomes")
    view = Grid(
        words=_words(found, every),
        definition=DEFINITION,
        chart=chart_of(found, every, stem, "every outcome"),
        columns=columns,
        rows=rows,
        by="level",
        mark="tested",
        key=key_of(rows),
        left_out=tuple(_left_out(found)),
    )
    hidden = sum(figure.value is None for figure in every)
    return found.boxed(view, hidden, f"{len(every)} figures")


def _is_directed(indicator: Indicator) -> bool:
    return indicator.polarity is not Polarity.NONE


def _has_group(found: OneUnit, indicator: Indicator) -> bool:
    return any(found.figure(indicator, group).is_counted for group in GROUPS)


def _row(found: OneUnit, indicator: Indicator) -> GridRow:
    """The unit's figure of each group, then the authority's; the year they share at the head."""
    told = [found.figure(indicator, group) for group in GROUPS]
    shared = shared_years(told)
    name = indicator.phrases.short
    own = [cell_of(figure, shared) for figure in told]
    whole = [authority_cell(figure, shared) for figure in told]
    head = f"{name}, {shared}" if shared else name
    return GridRow("outcome", head, "", (*own, *whole), indicator.id)


def shared_years(told: Iterable[Figure]) -> str:
    """The years that most of the unit's figures are of."""
    count = Counter(figure.years for figure in told if figure.is_counted)
    return count.most_common(1)[0][0] if count else ""


def authority_cell(figure: Figure, shared: str = "") -> GridCell:
    """The authority's figure, which is set against nothing."""
    cell = figure.authority
    if cell is None:
        return GridCell("–", "", "", "", "", "none", has_figure=False)
    printed, years = figures.printed(figure.indicator, cell), period(cell.time_period, cell.years)
    under = years if years != shared and cell.value is not None else ""
    return GridCell(printed, under, "", "", "", f"{printed}, {years}", cell.value is not None)


def cell_of(figure: Figure, shared: str = "") -> GridCell:
    """A figure as a cell: level, under it the gap, and the side it lies on. ``shared`` are the
    years that stand at the head and need not be said again."""
    cell = figure.cell
    if cell is None:
        return GridCell("–", "", "", "", NOT_COUNTED, "none", has_figure=False)
    if cell.value is None:
        said = f"{figure.level} ({figure.years})"
        return GridCell(figure.level, "", "", "", why_hidden(cell), said, has_figure=False)
    step, glyph, word = _step(figure)
    gap = f"gap {figure.gap}" if figure.gap != "–" else ""
    years = figure.years if figure.years != shared else ""
    parts = [figure.level, figure.years, gap, f"{numbers.number(cell.pupils or 0, 0)} pupils"]
    said = ", ".join(filter(None, parts))
    under = ", ".join(filter(None, (gap, years)))
    return GridCell(figure.level, under, step, glyph, word, said, has_figure=True)


def _step(figure: Figure) -> tuple[str, str, str]:
    if figure.against in STEPS:
        return (figure.against, *STEPS[figure.against])
    return "", NO_STEP, figure.against


def key_of(rows: Iterable[GridRow]) -> tuple[tuple[str, str, str], ...]:
    """The shapes that stand in the cells, best first."""
    glyphs = {cell.glyph for row in rows for cell in row.cells}
    found = [(step, glyph, word) for step, (glyph, word) in STEPS.items() if glyph in glyphs]
    return (*found, *([("", NO_STEP, "not tested")] if NO_STEP in glyphs else []))


def rows_of(figures_: Sequence[Figure]) -> tuple[tuple[str, ...], ...]:
    """Figures as rows of a table, one for each outcome and group."""
    return tuple(
        (
            figure.indicator.phrases.short,
            GROUP_LABELS[figure.group],
            figure.level,
            figures.interval(figure.indicator, figure.cell),
            _pupils(figure),
            figure.years,
            figures.printed(figure.indicator, figure.reference) if figure.reference else "–",
            figure.gap,
            figures.printed(figure.indicator, figure.authority),
            figure.against,
            figures.flag(figure.cell) or ("–" if figure.value is not None else _why(figure)),
        )
        for figure in figures_
    )


def _pupils(figure: Figure) -> str:
    cell = figure.cell
    return "c" if cell is None or cell.pupils is None else numbers.number(cell.pupils, 0)


def _why(figure: Figure) -> str:
    return why_hidden(figure.cell)


def chart_of(found: OneUnit, every: Sequence[Figure], stem: str, what: str) -> Chart:
    """The names of the grid, its long description and the table."""
    table = Table(
        captioned(found.local, f"{found.name}, {what}"),
        COLUMNS,
        rows_of(every),
        key_columns=(0, 1, 2),
    )
    alt = f"Grid of {found.name}: {what}, three groups, beside the rest of the authority."
    said = "; ".join(
        f"{labelled(figure)} {cell_of(figure).said}: {cell_of(figure).word}" for figure in every
    )
    description = (
        "Each cell is the level of a group of pupils, shaded by the side of the rest of the "
        f"authority on which it lies. {said}."
    )
    described = " ".join([description, *practice(found.local)])
    return Chart(alt[:150], described, table, stem)


def _words(found: OneUnit, every: Sequence[Figure]) -> Words:
    shown = [figure for figure in every if figure.value is not None]
    count = Counter(figure.against for figure in every)
    labels = and_list([GROUP_LABELS[group] for group in GROUPS])
    return Words(
        context=found.context(labels, "outcomes counted from local returns"),
        finding=_finding(found, len(every), len(shown), count),
        badges=badges(found),
        sentences=tuple(said_of(every)),
        caveats=(
            *practice(found.local),
            AGAINST_REST,
            *_left_out(found),
            *SYMBOLS,
            DASH,
        ),
        sources=(source(found.local, sorted({figure.years for figure in shown})),),
    )


def _finding(found: OneUnit, of: int, shown: int, count: Counter[str]) -> str:
    """How many figures can be shown, and on which side those that were tested lie."""
    tested = sum(count[step] for step in STEPS)
    if not shown:
        return f"{found.name}: none of {of} figures can be shown without a risk to a child."
    if not tested:
        return f"{found.name}: {shown} of {of} figures can be shown; none could be tested."
    return (
        f"{found.name}: {shown} of {of} figures can be shown. Of {tested} tested against the rest "
        f"of the authority {count['better']} are better, {count['worse']} worse."
    )


def said_of(every: Sequence[Figure]) -> Iterable[str]:
    """Which figures lie on which side, and how many would by chance alone."""
    for step, text in (("better", "Better than the rest of the authority"),
                       ("worse", "Worse than the rest of the authority")):  # fmt: skip
        names = [labelled(figure) for figure in every if figure.against == step]
        if names:
            yield f"{text}: {'; '.join(names)}."
    tested = sum(figure.against in STEPS for figure in every)
    similar = sum(figure.against == "similar" for figure in every)
    if not tested:
        yield "No difference was tested: the figures are too small or cannot be tested."
        return
    yield (
        f"No clear difference from the rest: {similar} of {tested} that could be tested. By chance "
        "alone about one in twenty would look different."
    )


def _left_out(found: OneUnit) -> Iterable[str]:
    """Outcomes that stand elsewhere, and why."""
    plain = [i.phrases.short for i in found.held() if not _is_directed(i)]
    if plain:
        yield (f"Neither way is better, so it stands on Plans and placements: "
               f"{and_list(plain)}.")  # fmt: skip
    whole = [i.phrases.short for i in found.held() if _is_directed(i) and not _has_group(found, i)]
    if whole:
        yield f"Not counted by SEN group, so it stands in the framework: {and_list(whole)}."


def group_table(view: Grid, group: SenGroup) -> tuple[Table, tuple[str, ...]]:
    """One group's outcomes as a list, which a phone shows, and the outcome of each row."""
    place = GROUPS.index(group)
    if view.rows[0].role == "outcome":
        found = [(row.name, row.indicator_id, row.cells[place]) for row in view.rows]
    else:
        cells = zip(view.columns, view.rows[place].cells, strict=True)
        found = [(column.name, column.indicator_id, cell) for column, cell in cells]
    heads = ("Outcome", "Level, years and gap", "Against the rest")
    rows = tuple((name, cell.said, cell.step_said or "–") for name, _, cell in found)
    caption = f"{view.chart.table.caption}, {GROUP_LABELS[group]}"
    ids = tuple(indicator_id for _, indicator_id, _ in found)
    return Table(caption, heads, rows, key_columns=(0, 1, 2)), ids
