"""The three forms a document prints figures in: over the years, in England's range, as change.

Every cell is printed by the same functions as on the pages, and carries its number for a
workbook.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from sendgap.catalogue.reports import Form
from sendgap.terms import Status
from sendgap.views import numbers, standing
from sendgap.views.axes import level_title
from sendgap.views.choices import GROUP_LABELS
from sendgap.views.frame import LevelRow
from sendgap.views.note_figures import Told
from sendgap.views.note_model import Cell, NoteTable
from sendgap.views.notes import symbols
from sendgap.views.periods import adjacent

NEIGHBOURS = "Statistical neighbours"
#: Years across a page of A4.
MOST_YEARS = 7
#: Authorities named at an end of England's range; more are counted.
MOST_NAMES = 2
#: A count below this is set beside another by its difference, never as a percentage.
FEWEST = 30

PROVISIONAL = "p: provisional, and may change."
BREAK = "b: measured differently from the years before it: do not compare across."
SHORT_OF_TEN = "(n/10): how many of the ten statistical neighbours have a figure."


def tables(told: Sequence[Told], years: int = MOST_YEARS) -> tuple[NoteTable, ...]:
    """Every table of a section: changes, then years, then the range of all that ask for it."""
    found = [change_table([t for t in told if Form.CHANGE in t.plan.forms])]
    over_time = [t for t in told if Form.YEARS in t.plan.forms]
    for _, members in groupby(over_time, key=lambda t: (t.frame.indicator.id, t.years(years))):
        found.append(years_table(list(members), years))
    found.append(range_table([t for t in told if Form.RANGE in t.plan.forms]))
    return tuple(table for table in found if table is not None)


def level(told: Told, row: LevelRow | None) -> Cell:
    """A level as printed, with "p" where it is provisional, or its symbol."""
    if row is None or row.value is None:
        return Cell(numbers.symbol_word(row.symbol if row else None))
    unit = told.frame.indicator.unit
    mark = " p" if row.status == Status.PROVISIONAL else ""
    text = numbers.level(row.value, unit, row.decimals) + mark
    return Cell(text, row.value, unit, row.decimals)


def mean(told: Told, period: str, decimals: int) -> Cell:
    """The neighbours' mean, with how many of ten it rests on where some have no figure."""
    found = told.beside.get(period)
    if found is None or found.neighbour_count == 0:
        own = told.rows.get(period)
        return Cell(numbers.symbol_word(own.symbol if own and own.value is None else None))
    if found.neighbour_mean is None:
        return Cell(f"not shown ({found.neighbour_count}/10)")
    unit = told.frame.indicator.unit
    places = decimals if unit == "pounds" else numbers.mean_decimals(decimals)
    text = numbers.level(found.neighbour_mean, unit, places)
    short = "" if found.neighbour_count == 10 else f" ({found.neighbour_count}/10)"
    return Cell(text + short, round(found.neighbour_mean, places), unit, places)


def years_table(told: Sequence[Told], years: int) -> NoteTable | None:
    """T1: England, statistical neighbours and the area over the years, groups under each other."""
    first = told[0]
    periods = first.years(years)
    if not periods:
        return None
    broken = [p for before, p in pairwise(periods) if _breaks(first, before, p)]
    heads = [first.short_label(p) + (" b" if p in broken else "") for p in periods]
    rows = [row for each in told for row in _years_rows(each, periods, _prefix(each, told))]
    indicator = first.frame.indicator
    about = first.frame.short if len(told) == 1 else indicator.phrases.short
    group = f", {GROUP_LABELS[first.frame.group]}" if len(told) == 1 and _several(first) else ""
    caption = f"{about}{group}: {level_title(indicator)}"
    notes = [*_letters(told, periods), *([BREAK] if broken else []), *_no_england(told)]
    return NoteTable(caption, ("", *heads), tuple(rows), tuple(notes))


def _several(told: Told) -> bool:
    return len(told.frame.indicator.groups()) > 1


def _prefix(each: Told, told: Sequence[Told]) -> str:
    """What tells rows of one table apart: the cut, or the group."""
    if len(told) == 1:
        return ""
    cuts = {t.frame.cut for t in told}
    groups = {t.frame.group for t in told}
    parts = [each.frame.cut] if len(cuts) > 1 else []
    parts += [GROUP_LABELS[each.frame.group]] if len(groups) > 1 else []
    return f"{', '.join(parts)}: "


def _years_rows(told: Told, periods: Sequence[str], prefix: str) -> Iterable[tuple[Cell, ...]]:
    rows: list[tuple[str, list[Cell]]] = []
    if any((row := told.england.get(p)) and row.value is not None for p in periods):
        rows.append((told.frame.england, [level(told, told.england.get(p)) for p in periods]))
    elif any(_median(told, p).number is not None for p in periods):
        rows.append(("Median of authorities", [_median(told, p) for p in periods]))
    if not told.is_count and told.beside:
        rows.append((NEIGHBOURS, [mean(told, p, decimals(told, p)) for p in periods]))
    own = [level(told, told.rows.get(p)) for p in periods]
    rows.append((told.frame.area.short_name, own))
    return [(Cell(prefix + name), *map(_bare, cells)) for name, cells in rows]


def _bare(cell: Cell) -> Cell:
    """A rate without its unit, which the caption of its table says."""
    return replace(cell, text=cell.text.replace(" per 100", ""))


def decimals(told: Told, period: str) -> int:
    """Decimals of the figures that stand beside the area's in a period."""
    row = told.rows.get(period) or told.england.get(period)
    return row.decimals if row else told.decimals


def _median(told: Told, period: str) -> Cell:
    found = told.beside.get(period)
    if found is None or found.median is None:
        own = told.rows.get(period)
        return Cell(numbers.symbol_word(own.symbol if own and own.value is None else None))
    unit, places = told.frame.indicator.unit, numbers.mean_decimals(decimals(told, period))
    return Cell(
        numbers.level(found.median, unit, places), round(found.median, places), unit, places
    )


def _breaks(told: Told, before: str, period: str) -> bool:
    for rows in (told.rows, told.england):
        a, b = rows.get(before), rows.get(period)
        if a and b and a.value is not None and b.value is not None:
            return (a.basis, a.line) != (b.basis, b.line)
    return False


def range_table(told: Sequence[Told]) -> NoteTable | None:
    """T2: the area, statistical neighbours, region, England and England's range with names."""
    if not told:
        return None
    area = told[0].frame.area.short_name
    has_gap = any(t.gaps for t in told)
    heads: tuple[str, ...] = (
        "Outcome", area, NEIGHBOURS, "Region", "England", "England's range", "Place by level",
    )  # fmt: skip
    if has_gap:
        heads = (*heads, "Gap, place")
    rows = []
    for each in told:
        cells = list(_range_cells(each))
        if has_gap:
            cells.append(_bare(_gap_cell(each)))
        rows.append(tuple(cells))
    region = told[0].frame.region
    notes = [f"Region: {region.name}."] if region else []
    notes += _letters(told, None)
    notes += _no_england(told)
    texts = (0, 5, 6, 7) if has_gap else (0, 5, 6)
    return NoteTable("In England's range, newest year", heads, tuple(rows), tuple(notes), texts)


def _range_cells(told: Told) -> Iterable[Cell]:
    period = told.period or ""
    unit = " per 100 pupils" if told.frame.indicator.unit == "per_100_pupils" else ""
    yield Cell(f"{told.name}{unit}, {told.label(told.period)}")
    similar = Cell("not compared") if told.is_count else mean(told, period, told.decimals)
    region, england = (level(told, rows.get(period)) for rows in (told.region, told.england))
    yield from map(_bare, (level(told, told.row), similar, region, england, _range(told)))
    yield Cell(_place(told))


def _range(told: Told) -> Cell:
    if told.spread is None:
        return Cell("none")
    unit, s = told.frame.indicator.unit, told.spread
    ends = ((s.minimum, s.minimum_areas), (s.maximum, s.maximum_areas))
    low, high = (
        f"{numbers.level(value, unit, told.decimals)} ({_named(names)})" for value, names in ends
    )
    return Cell(f"{low} to {high}")


def _named(names: Sequence[str]) -> str:
    if len(names) <= MOST_NAMES:
        return ", ".join(names)
    return f"{len(names)} authorities"


def _place(told: Told) -> str:
    found = told.beside.get(told.period or "")
    if found is None or not (found.rank and found.rank_of and found.tied):
        return "not ranked"
    return numbers.place(found.rank, found.rank_of, found.tied)


def _gap_cell(told: Told) -> Cell:
    """The gap with its place; it never stands without the level in its row."""
    gap = told.gaps.get(told.period or "")
    if gap is None:
        return Cell("no gap defined" if told.frame.reference is None else "none")
    unit = told.frame.indicator.unit
    text = numbers.gap(gap, unit, told.decimals)
    place = told.gap_places.get(told.period or "")
    return Cell(f"{text}, {place}" if place else text)


def change_table(told: Sequence[Told]) -> NoteTable | None:
    """T3: the two newest years and the change, with England's."""
    if not told:
        return None
    area = told[0].frame.area.in_text
    heads = ("Outcome", "Year before", "Newest year", f"Change in {area}", "Change in England")
    rows = tuple(_change_cells(each) for each in told)
    notes = _letters(told, None)
    return NoteTable("Change between the two newest years", heads, rows, tuple(notes), (0, 3, 4))


def _change_cells(told: Told) -> tuple[Cell, ...]:
    now = told.period or ""
    before = next((p for p in reversed(sorted(told.rows)) if p < now), "")
    name = f"{told.name}, {told.label(before) if before else 'none'} and {told.label(told.period)}"
    return (
        Cell(name),
        level(told, told.rows.get(before)),
        level(told, told.row),
        Cell(moved(told, told.rows, before, now)),
        Cell(moved(told, told.england, before, now)),
    )


def moved(told: Told, rows: dict[str, LevelRow], before: str, now: str) -> str:
    """The change of a level in words: a count's as a percentage, others' in their unit."""
    a, b = rows.get(before), rows.get(now)
    if a is None or b is None or a.value is None or b.value is None:
        return "none"
    if (a.basis, a.line) != (b.basis, b.line):
        return "not compared: measured differently"
    if not adjacent(before, now):
        return "not compared: a year between is missing"
    return change_words(told, a, b)


def change_words(told: Told, a: LevelRow, b: LevelRow) -> str:
    """ "fell 29%" for counts, "rose 2 pp" for others, "changed little" within rounding."""
    assert a.value is not None and b.value is not None
    unit = told.frame.indicator.unit
    change = round(b.value - a.value, max(a.decimals, b.decimals))
    if unit == "count":
        return _count_change(a.value, change)
    if abs(change) <= standing.floor(max(a.decimals, b.decimals), unit) + 1e-9:
        return "changed little"
    word = "rose" if change > 0 else "fell"
    pounds = "£" if unit == "pounds" else ""
    return f"{word} {pounds}{numbers.gap(abs(change), unit, max(a.decimals, b.decimals))}"


def _count_change(before: float, change: float) -> str:
    if change == 0:
        return "did not change"
    word = "rose" if change > 0 else "fell"
    if before < FEWEST:
        return f"{word} by {numbers.number(abs(change), 0)}"
    share = abs(100 * change / before)
    return f"{word} {numbers.number(share, 0)}%" if share >= 0.5 else f"{word} by less than 1%"


def _letters(told: Sequence[Told], periods: Sequence[str] | None) -> list[str]:
    """The meaning of every letter that stands in a table."""
    found: list[LevelRow] = []
    short = False
    for each in told:
        wanted = [each.period or ""] if periods is None else periods
        for rows in (each.rows, each.england, each.region if periods is None else {}):
            found += [rows[p] for p in wanted if p in rows]
        beside = [each.beside[p] for p in wanted if p in each.beside]
        short |= not each.is_count and any(0 < b.neighbour_count < 10 for b in beside)
    notes = symbols(row.symbol for row in found if row.value is None)
    if any(row.status == Status.PROVISIONAL and row.value is not None for row in found):
        notes.insert(0, PROVISIONAL)
    return [*notes, SHORT_OF_TEN] if short else notes


def _no_england(told: Sequence[Told]) -> list[str]:
    """Outcomes for which nobody prints an England figure."""
    names = [
        t.name for t in told
        if t.period and (e := t.england.get(t.period)) is None or (e and e.value is None)
    ]  # fmt: skip
    return [f"No published England figure: {'; '.join(names)}."] if names else []
