"""The text about the grid of headline outcomes: finding, sentences, caveats, table."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from sendgap.catalogue.model import Indicator
from sendgap.views import numbers, standing
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.grid_model import GridCell, GridColumn, GridRow
from sendgap.views.headline import label
from sendgap.views.model import Chart, Definition, NoAnswer, Table, Words
from sendgap.views.notes import symbols
from sendgap.views.nothing import no_headline
from sendgap.views.periods import month
from sendgap.views.standings import StandingRow, Standings, few_line, sources
from sendgap.views.wording import WITH_GROUP

HOW_QUARTER = (
    "Quarters are of all authorities open in the year with a figure, in order of {what}, as "
    "published: a place in a quarter says nothing about chance, and the next quarter may be a "
    "rounding away. Averages, regions and England are not authorities and have no quarter."
)
DEFINITION = Definition(
    "All outcomes: the headline outcomes of an area beside others",
    "The newest figure of each headline outcome for one group of pupils, in the area, each of "
    "its statistical neighbours, its region and England.",
    "It shows at once which outcomes and which areas stand out, and whether statistical neighbours "
    "stand out in the same place.",
    f"Compare areas within a column. {standing.HOW}",
    "It does not say why a figure is high or low, nor how good provision is. Outcomes are of "
    "different children and different years: cells of a row are not one group of children.",
    "Better means better for the child: a low absence rate is better.",
)


def words(
    found: Standings, shown: Sequence[Indicator], rows: Sequence[GridRow], by: str, mark: str,
    left_out: Sequence[str],
) -> Words:  # fmt: skip
    """Everything in words."""
    area, group = found.area, found.request.sen_group
    filled = sum(cell.has_figure for cell in rows[0].cells)
    early = _provisional(found, shown)
    badges = [
        f"{filled} outcomes with a figure",
        f"Neighbour list: {month(found.request.vintage)}",
        f"{len(early)} provisional" if early else "",
    ]
    what = "level and gap" if by == "gap" else "level"
    return Words(
        context=(
            f"{area.name} · {GROUP_LABELS[group]} · headline outcomes by {what} · beside "
            f"statistical neighbours{_region(found)} and England · newest year of each"
        ),
        finding=finding(found, shown),
        badges=tuple(b for b in badges if b),
        sentences=tuple(_sentences(found, shown)),
        caveats=tuple(_caveats(found, shown, by, mark, left_out, early)),
        sources=sources(
            found.release,
            [
                (indicator, row)
                for indicator in shown
                if (row := found.any_level(indicator, group)) is not None
            ],
        ),
    )


def _region(found: Standings) -> str:
    region = found.release.areas.region_of(found.area)
    return f", {region.name}" if region else ""


def _quarters(found: Standings, shown: Sequence[Indicator], code: str) -> Counter[str]:
    """On how many outcomes an authority's level is in each quarter."""
    group = found.request.sen_group
    if found.has_few_pupils(code, group):
        return Counter()
    rows = [found.level(code, indicator, group) for indicator in shown]
    return Counter(row.quartile for row in rows if row and row.quartile)


def finding(found: Standings, shown: Sequence[Indicator]) -> str:
    """On how many outcomes the area's level is in England's best and worst quarter."""
    who = f"Pupils {WITH_GROUP[found.request.sen_group]} in {found.area.in_text}"
    code = found.area.area_code
    if found.has_few_pupils(code, found.request.sen_group):
        return f"{who}: so few that many figures are hidden, and no quarter is given."
    count = _quarters(found, shown, code)
    if not count:
        return f"{who}: no headline outcome has a place among authorities."
    return (
        f"{who}: in England's best quarter by level on {count['A']} of {sum(count.values())} "
        f"outcomes and in the worst quarter on {count['D']}."
    )


def _sentences(found: Standings, shown: Sequence[Indicator]) -> Iterable[str]:
    """Which outcomes stand at either end, and how many neighbours stand there too."""
    group, code = found.request.sen_group, found.area.area_code
    if found.has_few_pupils(code, group):
        return
    near = found.release.areas.neighbours(code, found.request.vintage)
    for quarter, word in (("A", "best"), ("D", "worst")):
        named = [
            indicator.phrases.short
            for indicator in shown
            if (row := found.level(code, indicator, group)) and row.quartile == quarter
        ]
        if named:
            yield f"In the {word} quarter of authorities by level: {'; '.join(named)}."
    for indicator in shown:
        row = found.level(code, indicator, group)
        if row is None or row.quartile != "D":
            continue
        others = [found.level(n.area.area_code, indicator, group) for n in near]
        held = [o for o in others if o is not None and o.value is not None]
        same = sum(o.quartile == "D" for o in held)
        if held:
            yield (
                f"{indicator.phrases.short}: {same} of {len(held)} statistical neighbours are in "
                "the worst quarter too."
            )


def _provisional(found: Standings, shown: Sequence[Indicator]) -> list[str]:
    group = found.request.sen_group
    return [
        f"{indicator.phrases.short} ({label(indicator, row.time_period)})"
        for indicator in shown
        if (row := found.any_level(indicator, group)) and row.status == "provisional"
    ]


def _caveats(
    found: Standings, shown: Sequence[Indicator], by: str, mark: str, left_out: Sequence[str],
    early: Sequence[str],
) -> Iterable[str]:  # fmt: skip
    group = found.request.sen_group
    if found.area.note:
        yield found.area.note
    yield from left_out
    if mark == "tested":
        yield standing.HOW
    else:
        yield HOW_QUARTER.format(what="gap" if by == "gap" else "level")
    if by == "gap":
        yield (
            "A narrow gap can go with a low level for both groups and a wide one with a high "
            "level, so each gap stands over its level."
        )
        yield from _references(shown)
    without = [
        i.phrases.short + _middle(i, row)
        for i in shown
        if (row := found.any_level(i, group)) is not None and row.england is None
    ]
    if without:
        yield f"No published England figure by SEN: {'; '.join(without)}."
    if early:
        yield f"Provisional (p) and may change: {'; '.join(early)}."
    yield from _few(found)
    yield (
        "Each outcome is of different children, and some of different years: compare areas within "
        "an outcome, not outcomes with each other."
    )
    rows = found.levels.values()
    used = {indicator.id for indicator in shown}
    yield from symbols(row.symbol for row in rows if row.indicator_id in used)


def _middle(indicator: Indicator, row: StandingRow) -> str:
    """The median of the authorities, which is not England's figure, by its name."""
    if row.median is None:
        return ""
    middle = numbers.level(row.median, indicator.unit, row.decimals)
    return f" (median of authorities {middle})"


def _references(shown: Sequence[Indicator]) -> Iterable[str]:
    """To whom the gaps are, where they are not all to the same."""
    by_name: dict[str, list[str]] = {}
    for indicator in shown:
        if indicator.default_reference is not None:
            name = GROUP_LABELS[indicator.default_reference.group]
            by_name.setdefault(name, []).append(indicator.phrases.short)
    for name, outcomes in by_name.items():
        yield f"Gap to {name}: {'; '.join(outcomes)}."


def _few(found: Standings) -> Iterable[str]:
    group = found.request.sen_group
    codes = dict.fromkeys(code for code, _, _ in found.levels)
    names = [
        found.release.areas.by_code(code).short_name
        for code in codes
        if found.has_few_pupils(code, group)
    ]
    if names:
        yield few_line(names, "quarter or position")


def chart(
    found: Standings, columns: Sequence[GridColumn], rows: Sequence[GridRow], by: str, mark: str
) -> Chart:
    """The names of the chart, its long description and the grid as a table."""
    name = found.area.la_code or found.area.area_code
    group = found.request.sen_group
    counts = Counter(cell.step for cell in rows[0].cells if cell.step)
    words_of = {cell.step: cell.word for cell in rows[0].cells if cell.step}
    ends = [step for step in ("A", "D", "better", "worse") if counts[step]]
    said = ", ".join(f"{words_of[step]} on {counts[step]}" for step in ends)
    size = f"{len(rows)} areas by {len(columns)} outcomes"
    alt = f"Heat map, {size}: {found.area.short_name} {said or 'in neither end'}."
    what = "gap with the level under it" if by == "gap" else "level"
    description = (
        f"A grid of {size}. Rows from the top: {', '.join(row.name for row in rows)}. Columns: "
        f"{', '.join(f'{c.name} ({c.period_label})' for c in columns)}. Each cell holds the "
        f"{what} and a shape: {_shapes(rows)}. The row of {found.area.in_text}: "
        + "; ".join(
            f"{column.name} {_text(cell)}"
            for column, cell in zip(columns, rows[0].cells, strict=True)
        )
        + "."
    )
    table = Table(
        f"Headline outcomes by area, {GROUP_LABELS[group]}, "
        f"{'gap and level' if by == 'gap' else 'level'} and "
        f"{'position against England' if mark == 'tested' else 'quarter of authorities'}",
        ("Area", *(f"{c.name} ({c.period_label})" for c in columns)),
        tuple((row.name, *(_text(cell) for cell in row.cells)) for row in rows),
        key_columns=(0, 1),
    )
    return Chart(alt[:150], description, table, f"sendgap-all-outcomes-{name}-{group}-{by}-{mark}")


def _text(cell: GridCell) -> str:
    """A cell as text: the figure, then its step or why there is none."""
    return f"{cell.said}: {cell.word}" if cell.word else cell.said


def _shapes(rows: Sequence[GridRow]) -> str:
    found = {cell.glyph: cell.word for row in rows for cell in row.cells if cell.glyph}
    return ", ".join(f"{glyph} {word}" for glyph, word in found.items()) or "none"


def nothing(found: Standings, left_out: Sequence[str]) -> NoAnswer:
    """No outcome of the group has a current figure here: why, and where to go."""
    reasons = {
        numbers.symbol_reason(row.symbol)
        for (code, _, _), row in found.levels.items()
        if code == found.area.area_code and row.value is None
    }
    return no_headline(found.release, found.area, found.request.sen_group, reasons, left_out)
