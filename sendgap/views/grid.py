"""Which areas and outcomes stand out? All headline outcomes of an area and those beside it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sendgap.catalogue.model import Indicator
from sendgap.store import Release
from sendgap.terms import Polarity
from sendgap.views import grid_words, numbers, standing
from sendgap.views.grid_model import (
    GAP_QUARTERS,
    NO_STEP,
    QUARTERS,
    TESTED,
    Grid,
    GridCell,
    GridColumn,
    GridRow,
)
from sendgap.views.headline import label
from sendgap.views.model import NoAnswer
from sendgap.views.request import Request
from sendgap.views.standings import StandingRow, Standings, current, standings

_GAP_UNIT = {"percent": "pp", "score": "points", "per_100_pupils": "per 100"}
_LEVEL_UNIT = {"per_100_pupils": "per 100", "score": "points", "pounds": "£", "count": "number"}
BLANK = ("", "", "")


@dataclass(frozen=True, slots=True)
class Asked:
    """How cells are to be filled: level or gap, quarters or tested."""

    found: Standings
    by: str
    mark: str

    @property
    def is_gap(self) -> bool:
        return self.by == "gap"

    @property
    def steps(self) -> dict[str, tuple[str, str]]:
        if self.mark == "tested":
            return TESTED
        return GAP_QUARTERS if self.is_gap else QUARTERS


def grid(
    release: Release, request: Request, by: str, mark: str, today: date | None = None
) -> Grid | NoAnswer:
    """The heat map of one area and group as of ``today``.

    Gaps are not tested against England's, so with ``by`` gap the quarters are shown.
    A figure whose source is stale keeps its own page and is left out here.
    """
    held = release.catalogue.indicators
    indicators = [held[i] for i in release.catalogue.headline if i in held]
    found = standings(release, request, indicators, [request.sen_group])
    asked = Asked(found, by, "quarter" if by == "gap" else mark)
    shown, left_out = current(found, today or date.today(), with_gap=asked.is_gap)
    if not shown:
        return grid_words.nothing(found, left_out)
    columns = tuple(_column(asked, indicator) for indicator in shown)
    rows = tuple(_rows(asked, shown))
    return Grid(
        words=grid_words.words(found, shown, rows, asked.by, asked.mark, left_out),
        definition=grid_words.DEFINITION,
        chart=grid_words.chart(found, columns, rows, asked.by, asked.mark),
        columns=columns,
        rows=rows,
        by=asked.by,
        mark=asked.mark,
        key=tuple(_key(asked, rows)),
        left_out=left_out,
    )


def _column(asked: Asked, indicator: Indicator) -> GridColumn:
    group = asked.found.request.sen_group
    row = (asked.found.any_gap if asked.is_gap else asked.found.any_level)(indicator, group)
    assert row is not None
    units = _GAP_UNIT if asked.is_gap else _LEVEL_UNIT
    return GridColumn(
        indicator.id, indicator.phrases.short, label(indicator, row.time_period),
        units.get(indicator.unit, ""),
    )  # fmt: skip


def _rows(asked: Asked, shown: list[Indicator]) -> Iterable[GridRow]:
    """The area, its neighbours' average, neighbours by closeness, chosen areas, region, England."""
    found = asked.found
    release, area, vintage = found.release, found.area, found.request.vintage
    near = [n.area for n in release.areas.neighbours(area.area_code, vintage)]
    listed = {area.area_code, *(a.area_code for a in near)}
    chosen = [release.areas.by_code(c) for c in found.request.chosen if c not in listed]
    yield _authority(asked, shown, "area", area.area_code)
    if near:
        average = tuple(_average(asked, indicator) for indicator in shown)
        yield GridRow("neighbours", "Neighbours' average", "", average)
    for role, areas in (("neighbour", near), ("chosen", chosen)):
        for each in areas:
            yield _authority(asked, shown, role, each.area_code)
    if region := release.areas.region_of(area):
        cells = tuple(_larger(asked, i, "region_value") for i in shown)
        yield GridRow("region", region.name, "", cells)
    yield GridRow("england", "England", "", tuple(_larger(asked, i, "england") for i in shown))


def _authority(asked: Asked, shown: list[Indicator], role: str, code: str) -> GridRow:
    area = asked.found.release.areas.by_code(code)
    cells = tuple(_own(asked, indicator, code) for indicator in shown)
    return GridRow(role, area.short_name, area.la_code or code, cells)


def _own(asked: Asked, indicator: Indicator, code: str) -> GridCell:
    """An authority's cell: its figure, and its quarter or position where there is one."""
    found, group = asked.found, asked.found.request.sen_group
    level = found.level(code, indicator, group)
    gap = found.gap(code, indicator, group)
    row = gap if asked.is_gap else level
    if row is None or row.value is None:
        letter = numbers.symbol_word(row.symbol if row else None)
        why = numbers.symbol_reason(row.symbol if row else None)
        return GridCell(letter, "", "", "", f"no figure: {why}", letter, has_figure=False)
    step, glyph, word = _step(asked, indicator, row, code)
    early = " p" if row.is_provisional else ""
    if not asked.is_gap:
        said = numbers.level(row.value, indicator.unit, row.decimals) + early
        return GridCell(
            _short(row.value, indicator, row.decimals) + early,
            "",
            step,
            glyph,
            word,
            said,
            has_figure=True,
        )
    under = numbers.level(row.sen_value or 0.0, indicator.unit, row.decimals)
    said = f"gap {numbers.gap(row.value, indicator.unit, row.decimals)}{early}, level {under}"
    return GridCell(
        numbers.number(row.value, row.decimals) + early,
        _short(row.sen_value or 0.0, indicator, row.decimals),
        step, glyph, word, said, has_figure=True,
    )  # fmt: skip


def _short(value: float, indicator: Indicator, decimals: int) -> str:
    """A level in a cell: its unit stands at the head of the column, but for the percent sign."""
    suffix = "%" if indicator.unit == "percent" else ""
    return numbers.number(value, decimals) + suffix


def _step(asked: Asked, indicator: Indicator, row: StandingRow, code: str) -> tuple[str, str, str]:
    """A quarter or position with its shape and words, or why there is none."""
    if asked.found.has_few_pupils(code, asked.found.request.sen_group):
        return "", NO_STEP, standing.TOO_FEW
    if indicator.polarity is Polarity.NONE:
        return "", "–", "no way is better"
    if asked.mark == "tested":
        return _position(row)
    if row.quartile is None:
        return "", NO_STEP, "no quarter" if row.rank else "not ranked"
    return (row.quartile, *asked.steps[row.quartile])


def _position(row: StandingRow) -> tuple[str, str, str]:
    if row.england is None:
        return "", NO_STEP, "no England figure to be set against"
    if row.position_england not in TESTED:
        return "", NO_STEP, standing.NOT_TESTED
    glyph, word = TESTED[row.position_england]
    if row.position_england == "similar":
        word = standing.SIMILAR_WORDS.get(row.position_basis or "", word)
    return row.position_england, glyph, word


def _average(asked: Asked, indicator: Indicator) -> GridCell:
    """The neighbours' average; of gaps, over those with both sides."""
    found, group = asked.found, asked.found.request.sen_group
    level = found.level(found.area.area_code, indicator, group)
    row = found.gap(found.area.area_code, indicator, group) if asked.is_gap else level
    if row is None or row.neighbour_mean is None:
        count = row.neighbour_count if row else 0
        return _plain("none", f"not shown ({count} of 10 have figures)", False)
    places = numbers.mean_decimals(row.decimals)
    of = "" if row.neighbour_count == 10 else f" ({row.neighbour_count} of 10)"
    under = level.neighbour_mean if level and level.time_period == row.time_period else None
    return _beside(asked, indicator, row.neighbour_mean, under, places, of)


def _larger(asked: Asked, indicator: Indicator, column: str) -> GridCell:
    """England's or the region's cell, as published."""
    found, group = asked.found, asked.found.request.sen_group
    level = found.any_level(indicator, group)
    row = found.any_gap(indicator, group) if asked.is_gap else level
    value: float | None = getattr(row, column) if row else None
    if row is None or value is None:
        return _plain("none", "none published", False)
    same = level is not None and level.time_period == row.time_period
    under: float | None = getattr(level, column) if same else None
    return _beside(asked, indicator, value, under, row.decimals, "")


def _beside(
    asked: Asked, indicator: Indicator, value: float, under: float | None, places: int, of: str
) -> GridCell:
    """A comparator's figure, which has no quarter: quarters are of authorities."""
    if not asked.is_gap:
        said = numbers.level(value, indicator.unit, places) + of
        return GridCell(_short(value, indicator, places), "", *BLANK, said, has_figure=True)
    level = numbers.level(under, indicator.unit, places) if under is not None else "none"
    said = f"gap {numbers.gap(value, indicator.unit, places)}{of}, level {level}"
    below = _short(under, indicator, places) if under is not None else "none"
    return GridCell(numbers.number(value, places), below, *BLANK, said, has_figure=True)


def _plain(short: str, said: str, has_figure: bool) -> GridCell:
    return GridCell(short, "", *BLANK, said, has_figure)


def _key(asked: Asked, rows: Iterable[GridRow]) -> Iterable[tuple[str, str, str]]:
    present = {cell.step for row in rows for cell in row.cells}
    for step, (glyph, word) in asked.steps.items():
        if step in present:
            yield step, glyph, word
    others = {cell.glyph for row in rows for cell in row.cells if not cell.step and cell.glyph}
    if NO_STEP in others:
        word = "not tested" if asked.mark == "tested" else "no quarter"
        yield "", NO_STEP, word
