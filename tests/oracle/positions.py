"""On which side of England and of the neighbours an area stands, worked out a second time."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from tests.oracle.inputs import ENGLAND
from tests.oracle.recompute import Cell, LineKey, Result
from tests.oracle.spread import company
from tests.oracle.tested import by_interval, cohort_of

PERIODS_NEEDED, FEWEST_PUPILS = 3, 30
UNTESTED = "not tested"


@dataclass(slots=True)
class Position:
    """Words for both comparators and what they rest on; nothing where nothing is compared."""

    england: str | None = None
    neighbours: str | None = None
    basis: str | None = None


def position(result: Result, key: LineKey, period: str, code: str, vintage: str) -> Position:
    """The position of one level; gaps have none."""
    cell = result.cells[key][period][code]
    if key[1] != "value" or cell.value is None:
        return Position()
    indicator = result.inputs.indicators[key[0]]
    known = cohort_of(result, key, period, code)
    small = known is not None and known < FEWEST_PUPILS
    barred = small or indicator["unit"] == "count" or not cell.ranked
    others = [_comparator(result, key, period, code, vintage, w) for w in ("england", "neighbours")]
    if not barred and others != [None, None]:
        tested = by_interval(result, key, period, code, others)
        if tested is not None:
            return Position(*tested[0], tested[1])
    words: list[str | None] = []
    for whom in ("england", "neighbours"):
        if _comparator(result, key, period, code, vintage, whom) is None:
            words.append(None)
            continue
        sides = _sides(result, key, period, code, vintage, whom)
        tested = not barred and len(sides) == PERIODS_NEEDED
        words.append(_word(sides, indicator["polarity"]) if tested else UNTESTED)
    if words == [None, None]:
        return Position()
    steady = any(word not in (None, UNTESTED) for word in words)
    return Position(*words, "persistent" if steady else "none")


def _comparator(
    result: Result, key: LineKey, period: str, code: str, vintage: str, whom: str
) -> Fraction | None:
    if whom == "neighbours":
        return _mean(result, key, period, code, vintage)
    england = result.cells[key][period].get(ENGLAND)
    if england is None or england.value is None:
        return None
    return Fraction(england.value, 10**england.decimals)


#: Means of the comparison at hand; one key is asked about at a time.
_means: dict[tuple[str, str, str], Fraction | None] = {}
_means_of: list[tuple[int, LineKey]] = []


def _mean(
    result: Result, key: LineKey, period: str, code: str, vintage: str
) -> Fraction | None:  # fmt: skip
    if _means_of != [(id(result), key)]:
        _means.clear()
        _means_of[:] = [(id(result), key)]
    asked = (period, code, vintage)
    if asked not in _means:
        _means[asked] = company(result, key, period, code, vintage).mean
    return _means[asked]


def _sides(
    result: Result, key: LineKey, period: str, code: str, vintage: str, whom: str
) -> list[int]:
    """The sides in the newest three comparable periods up to this one that have a figure."""
    now, sides = result.cells[key][period][code], []
    seen = 0
    for earlier in sorted(result.cells[key], reverse=True):
        cell = result.cells[key][earlier].get(code)
        if earlier > period or cell is None or (cell.line, cell.basis) != (now.line, now.basis):
            continue
        place = result.inputs.places[code]
        if cell.value is None and not place.open_in(earlier):
            continue
        other = _comparator(result, key, earlier, code, vintage, whom)
        if other is None:
            continue
        seen += 1
        if cell.value is not None:
            sides.append(_side(result, key, cell, other))
        if seen == PERIODS_NEEDED:
            break
    return sides


def _side(result: Result, key: LineKey, cell: Cell, other: Fraction) -> int:
    difference = Fraction(cell.value or 0, 10**cell.decimals) - other
    whole_percent = cell.decimals == 0 and result.inputs.indicators[key[0]]["unit"] == "percent"
    floor = Fraction(2) if whole_percent else Fraction(1, 10**cell.decimals)
    return 0 if abs(difference) <= floor else 1 if difference > 0 else -1


def _word(sides: list[int], polarity: str) -> str:
    if len(set(sides)) > 1 or sides[0] == 0:
        return "similar"
    above = sides[0] > 0
    if polarity == "none":
        return "higher" if above else "lower"
    return "better" if above == (polarity == "higher_is_better") else "worse"
