"""How authorities are spread, ranked and banded, and their neighbours' figures, again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from tests.oracle.inputs import LA
from tests.oracle.recompute import Cell, LineKey, Result

FEWEST_NEIGHBOURS, FEWEST_FOR_BANDS = 7, 20


@dataclass(slots=True)
class Spread:
    """How authorities open in the period are spread, and who stands where."""

    areas: int
    minimum: float
    q25: Fraction
    median: Fraction
    q75: Fraction
    maximum: float
    minimum_areas: str
    maximum_areas: str
    rank: dict[str, int]
    tied: dict[str, int]
    band: dict[str, str]


def spread(result: Result, key: LineKey, period: str) -> Spread | None:
    """The spread of one comparison; nothing where no authority has a figure."""
    places = result.inputs.places
    cells = {
        code: cell for code, cell in result.cells[key][period].items()
        if cell.value is not None and places[code].level == LA and places[code].open_in(period)
    }  # fmt: skip
    if not cells:
        return None
    unit = 10 ** max(cell.decimals for cell in cells.values())
    values = {
        code: int(cell.value or 0) * unit // 10**cell.decimals for code, cell in cells.items()
    }
    ordered = sorted(values.values())
    q25, median, q75 = (_quantile(ordered, Fraction(part, 4)) for part in (1, 2, 3))
    found = Spread(
        len(ordered), ordered[0] / unit, q25 / unit, median / unit, q75 / unit,
        ordered[-1] / unit, _names(result, values, ordered[0]),
        _names(result, values, ordered[-1]), {}, {}, {},
    )  # fmt: skip
    polarity = result.inputs.indicators[key[0]]["polarity"]
    if polarity != "none" and all(cell.ranked for cell in cells.values()):
        low_is_best = key[1] == "gap" or polarity == "lower_is_better"
        _place(found, values, ordered, low_is_best, (q25, median, q75))
    return found


def _names(result: Result, values: dict[str, int], wanted: int) -> str:
    names = [result.inputs.places[code].name for code, v in values.items() if v == wanted]
    return "; ".join(sorted(names))


def _quantile(ordered: list[int], part: Fraction) -> Fraction:
    """Type 7: straight between the two nearest in order."""
    place = (len(ordered) - 1) * part
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _place(
    found: Spread, values: dict[str, int], ordered: list[int], low_is_best: bool,
    edges: tuple[Fraction, Fraction, Fraction],
) -> None:  # fmt: skip
    banded = len(ordered) >= FEWEST_FOR_BANDS and edges[0] != edges[2]
    letters = "ABCD" if low_is_best else "DCBA"
    for code, value in values.items():
        lower, not_higher = bisect_left(ordered, value), bisect_right(ordered, value)
        found.rank[code] = 1 + (lower if low_is_best else len(ordered) - not_higher)
        found.tied[code] = not_higher - lower
        if banded:
            found.band[code] = letters[sum(value > edge for edge in edges)]


@dataclass(slots=True)
class Company:
    """The statistical neighbours' figures."""

    count: int = 0
    mean: Fraction | None = None
    pooled: Fraction | None = None
    low: float | None = None
    high: float | None = None


def company(result: Result, key: LineKey, period: str, code: str, vintage: str) -> Company:
    """The neighbours of one authority in one model."""
    table, places = result.cells[key][period], result.inputs.places
    cells = [
        table[n] for n in result.inputs.neighbours.get((vintage, code), [])
        if n in table and table[n].value is not None and places[n].open_in(period)
    ]  # fmt: skip
    if not cells:
        return Company()
    places_printed = max(c.decimals for c in cells)
    units = [int(c.value or 0) * 10 ** (places_printed - c.decimals) for c in cells]
    unit = 10**places_printed
    found = Company(len(cells), None, None, min(units) / unit, max(units) / unit)
    if len(cells) >= FEWEST_NEIGHBOURS:
        found.mean = Fraction(sum(units), len(units) * unit)
        found.pooled = _pooled(result.inputs.indicators[key[0]], key, cells)
    return found


def _pooled(indicator: dict[str, Any], key: LineKey, cells: list[Cell]) -> Fraction | None:
    if indicator["unit"] != "percent":
        return None
    sen = _share([cell.counts[:2] for cell in cells])
    if key[1] == "value" or sen is None:
        return sen
    reference = _share([cell.counts[2:] for cell in cells])
    if reference is None:
        return None
    return reference - sen if indicator["polarity"] == "higher_is_better" else sen - reference


def _share(counts: list[tuple[float | None, ...]]) -> Fraction | None:
    if any(len(pair) < 2 or pair[0] is None or pair[1] is None for pair in counts):
        return None
    whole = sum(int(pair[1] or 0) for pair in counts)
    part = sum(int(pair[0] or 0) for pair in counts)
    return Fraction(100 * part, whole) if whole else None
