"""Cells of a table: a figure as printed, or the word for why there is none."""

from __future__ import annotations

from sendgap.views import numbers
from sendgap.views.frame import Frame, GapRow, LevelRow, PlaceRow
from sendgap.views.intervals import Limits, printed

#: Neighbours' means and places by (measure, period).
Places = dict[tuple[str, str], PlaceRow]


def level_cell(frame: Frame, row: LevelRow | None) -> str:
    """A level in a table, or its symbol."""
    if row is None or row.value is None:
        return numbers.symbol_word(row.symbol if row else None)
    mark = " p" if row.status == "provisional" else ""
    return numbers.level(row.value, frame.indicator.unit, row.decimals) + mark


def count_cell(row: LevelRow) -> str:
    """ "503 of 894", or a dash where no numbers belong to the figure."""
    if row.numerator is None or row.denominator is None:
        return "not given"
    return f"{row.numerator:,.0f} of {row.denominator:,.0f}"


def interval_cell(
    frame: Frame, limits: Limits | None, row: GapRow | LevelRow, *, is_gap: bool = False
) -> str:
    """ "8.1% to 12.4%", or that there is no interval."""
    return printed(limits, frame.indicator.unit, row.decimals, is_gap=is_gap)


def mean_cell(frame: Frame, places: Places, measure: str, row: GapRow | LevelRow) -> str:
    """The neighbours' average with how many of ten it rests on."""
    place = places.get((measure, row.time_period))
    if place is None or place.neighbour_count == 0:
        value = row.gap if isinstance(row, GapRow) else row.value
        return numbers.symbol_word(row.symbol) if value is None else "none"
    if place.neighbour_mean is None:
        return f"not shown ({place.neighbour_count}/10)"
    printer = numbers.gap if measure == "gap" else numbers.level
    text = printer(place.neighbour_mean, frame.indicator.unit, numbers.mean_decimals(row.decimals))
    return text if place.neighbour_count == 10 else f"{text} ({place.neighbour_count}/10)"


def gap_cell(frame: Frame, row: GapRow | None, side: str) -> str:
    """One side of a gap, or the gap itself, with "p" where it is provisional."""
    if row is None:
        return "none"
    value = getattr(row, side)
    if value is None:
        return numbers.symbol_word(row.symbol)
    printer = numbers.gap if side == "gap" else numbers.level
    mark = "p" if row.status == "provisional" else ""
    return f"{printer(value, frame.indicator.unit, row.decimals)}{' ' + mark if mark else ''}"
