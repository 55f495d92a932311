"""Every figure of a release worked out again in plain Python, from the rules of meaning.

Printed figures are whole numbers of their last decimal throughout, so nothing here can be
float noise. The program computes the same in SQL; :mod:`tests.oracle.test_release`
compares every cell.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from tests.oracle.inputs import (
    ENGLAND,
    LA,
    NATION,
    REGION,
    Inputs,
    SeriesKey,
    basis_of,
    before,
    decimals,
    exact,
    in_units,
    least_settled,
    line_of,
    of_series,
    periods,
    status_of,
)

SEN = ("ehc_plan", "sen_support", "any_sen")
TERMS = ("Autumn term", "Spring term", "Summer term")
RATIO_TYPES = ("proportion", "share", "session_rate", "event_rate", "amount")
FEWEST_NEIGHBOURS, FEWEST_FOR_BANDS = 7, 20


@dataclass(slots=True)
class Observation:
    """One published figure, or why there is none."""

    value: Fraction | None = None
    symbol: str | None = None
    symbol_published: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    counts_source: str | None = None
    decimals: int = 0
    status: str = "final"
    basis: str | None = None

    @property
    def printed(self) -> int | None:
        """The figure in units of its last decimal."""
        return None if self.value is None else in_units(self.value, self.decimals)


@dataclass(slots=True)
class Cell:
    """A level or a gap of one area and period, in units of its last decimal."""

    value: int | None
    symbol: str | None
    decimals: int
    source: str
    line: str
    basis: str | None
    status: str
    sen: Fraction | None = None
    reference: Fraction | None = None
    counts: tuple[float | None, ...] = ()
    ranked: bool = True

    @property
    def number(self) -> float | None:
        """The figure as a float."""
        return None if self.value is None else self.value / 10**self.decimals


#: indicator, measure, reference, sen_group, breakdown, time_identifier
LineKey = tuple[str, str, str, str, str, str]
#: period, then area
Table = dict[str, dict[str, Cell]]


@dataclass(slots=True)
class Result:
    """All that is recomputed."""

    inputs: Inputs
    observations: dict[SeriesKey, dict[str, Observation]] = field(default_factory=dict)
    chosen: dict[tuple[str, str, str, str, str, str], str] = field(default_factory=dict)
    cells: dict[LineKey, Table] = field(default_factory=dict)
    latest: dict[LineKey, str] = field(default_factory=dict)
    baseline: dict[tuple[LineKey, str, str | None], str] = field(default_factory=dict)


def recompute(inputs: Inputs) -> Result:
    """Observations, chosen sources, levels, gaps, latest periods and baselines."""
    result = Result(inputs)
    for indicator_id, indicator in inputs.indicators.items():
        _observe(result, indicator_id, indicator)
        _lend(result, indicator_id, indicator)
        _compare(result, indicator_id, indicator)
    for key, table in result.cells.items():
        _periods(result, key, table)
    return result


# Observations ------------------------------------------------------------------------


def _observe(result: Result, indicator_id: str, indicator: dict[str, Any]) -> None:
    derived = [s for s in indicator["series"] if s.get("derived")]
    for entry in indicator["series"]:
        if not entry.get("derived"):
            for key in _keys(indicator_id, indicator, entry):
                result.observations[key] = _series(result.inputs, indicator, entry, key)
    for entry in derived:
        for key in _keys(indicator_id, indicator, entry):
            result.observations[key] = _sum_of_terms(result, entry, key)


def _keys(
    indicator_id: str, indicator: dict[str, Any], entry: dict[str, Any]
) -> Iterator[SeriesKey]:
    for period in periods(entry["first"], entry["last"]):
        for identifier in of_series(entry, indicator):
            for group in entry["groups"]:
                yield (
                    indicator_id, entry["source"], entry.get("breakdown", "total"), group,
                    identifier, period,
                )  # fmt: skip


def _series(
    inputs: Inputs, indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey
) -> dict[str, Observation]:
    levels = entry.get("levels", [NATION, REGION, LA])
    rows = inputs.figures.get(key, {})
    found = {}
    for code, place in inputs.places.items():
        row = rows.get(code, {})
        is_open = place.open_in(key[5])
        shown = row.get("value") is not None or is_open or place.closed is None
        if place.level in levels and shown:
            alone = _is_placeholder(inputs, entry, key, code)
            found[code] = _observation(indicator, entry, key, code, row, is_open, alone)
    return found


def _is_placeholder(inputs: Inputs, entry: dict[str, Any], key: SeriesKey, code: str) -> bool:
    """A zero where no other group of the area has a figure."""
    if not entry.get("placeholder_zeros"):
        return False
    values = {
        group: inputs.figures.get((*key[:3], group, *key[4:]), {}).get(code, {}).get("value")
        for group in entry["groups"]
    }
    others = [v for group, v in values.items() if group != key[3] and v is not None]
    return values[key[3]] == 0 and not others


def _observation(
    indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey, code: str,
    row: dict[str, Any], is_open: bool, placeholder: bool,
) -> Observation:  # fmt: skip
    _, _, _, group, identifier, period = key
    found = Observation(
        decimals=decimals(entry, group, period), status=status_of(entry, period),
        basis=basis_of(entry, period), symbol_published=row.get("symbol_published"),
    )  # fmt: skip
    value = _value(indicator, entry, row)
    found.symbol = _fault(indicator, entry, key, code, value, placeholder)
    if found.symbol is None and value is None:
        found.symbol = _why_missing(entry, identifier, period, row, is_open)
    if found.symbol is None:
        found.value = value
    if found.symbol in (None, "z"):
        found.numerator, found.denominator = row.get("numerator"), row.get("denominator")
    if found.symbol is None and found.denominator is not None:
        found.counts_source = key[1]
    return found


def _value(
    indicator: dict[str, Any], entry: dict[str, Any], row: dict[str, Any]
) -> Fraction | None:
    if row.get("value") is None:
        return None
    if entry.get("value_from_counts"):
        share = Fraction(row["numerator"]) / Fraction(row["denominator"])
        return share * 100 if indicator["unit"] == "percent" else share
    return exact(row["value"])


def _fault(
    indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey, code: str,
    value: Fraction | None, placeholder: bool,
) -> str | None:  # fmt: skip
    """Why a published figure is not shown."""
    if value is None:
        return None
    for item in entry.get("withheld", ()):
        if (item["area_code"], item["time_period"]) == (code, key[5]) and key[3] in item["groups"]:
            return "withheld"
    if placeholder:
        return "x"
    bounded = indicator["value_type"] in ("proportion", "share")
    return "impossible" if bounded and not 0 <= value <= 100 else None


def _why_missing(
    entry: dict[str, Any], identifier: str, period: str, row: dict[str, Any], is_open: bool
) -> str:
    missing = entry.get("missing", {})
    reason = missing.get(f"{period} {identifier}", missing.get(period))
    if reason:
        return str(reason)
    return (row.get("symbol") or "none") if is_open else "no_area"


def _sum_of_terms(result: Result, entry: dict[str, Any], key: SeriesKey) -> dict[str, Observation]:
    indicator_id, source, breakdown, group, _, period = key
    tables = [
        result.observations.get((indicator_id, source, breakdown, group, term, period), {})
        for term in TERMS
    ]
    found = {}
    for code in sorted({code for table in tables for code in table}):
        terms = [table.get(code, Observation(symbol="none")) for table in tables]
        year = Observation(
            decimals=decimals(entry, group, period), status=status_of(entry, period),
            basis=basis_of(entry, period),
        )  # fmt: skip
        values = [term.value for term in terms if term.value is not None]
        stated = entry.get("missing", {}).get(period)
        if stated:
            year.symbol = stated
        elif len(values) == len(TERMS):
            year.value = sum(values, Fraction(0))
        else:
            year.symbol = next(term.symbol for term in terms if term.value is None)
        found[code] = year
    return found


def _lend(result: Result, indicator_id: str, indicator: dict[str, Any]) -> None:
    for item in indicator.get("lend_counts", ()):
        for key, table in list(result.observations.items()):
            if key[:2] == (indicator_id, item["to"]):
                lent = result.observations.get((indicator_id, item["from"], *key[2:]), {})
                for code, row in table.items():
                    _lend_to(row, lent.get(code), item["from"])


def _lend_to(row: Observation, counts: Observation | None, lender: str) -> None:
    if row.value is None or row.denominator is not None or counts is None:
        return
    if not counts.denominator or counts.numerator is None:
        return
    share = 100 * Fraction(counts.numerator) / Fraction(counts.denominator)
    if abs(share - row.value) * 2 * 10**row.decimals <= 1:
        row.numerator, row.denominator = counts.numerator, counts.denominator
        row.counts_source = lender


# Levels and gaps ---------------------------------------------------------------------


def _compare(result: Result, indicator_id: str, indicator: dict[str, Any]) -> None:
    mine = [key for key in result.observations if key[0] == indicator_id]
    slots = sorted({(key[4], key[2], key[5]) for key in mine})
    has_gap = bool(indicator["references"]) and indicator["polarity"] != "none"
    references = indicator["references"] if has_gap else []
    for slot in slots:
        _levels(result, indicator_id, indicator, slot, references)
        for reference in references:
            for group in SEN:
                _gaps(result, indicator_id, indicator, slot, reference, group)


def _rank(indicator: dict[str, Any], source: str, slot: tuple[str, str, str]) -> int:
    identifier, breakdown, period = slot
    return next(
        place
        for place, entry in enumerate(indicator["series"])
        if entry["source"] == source
        and entry.get("breakdown", "total") == breakdown
        and identifier in of_series(entry, indicator)
        and entry["first"] <= period <= entry["last"]
    )


def _best(
    result: Result, indicator_id: str, indicator: dict[str, Any], slot: tuple[str, str, str],
    groups: tuple[str, ...],
) -> str | None:  # fmt: skip
    """The highest-ranked source with all the groups; those with figures go first."""
    identifier, breakdown, period = slot
    offers = []
    for source in dict.fromkeys(entry["source"] for entry in indicator["series"]):
        tables = [
            result.observations.get((indicator_id, source, breakdown, group, identifier, period))
            for group in groups
        ]
        if all(table is not None for table in tables):
            filled = all(any(o.value is not None for o in table.values()) for table in tables)  # type: ignore[union-attr]
            offers.append((not filled, _rank(indicator, source, slot), source))
    return min(offers)[2] if offers else None


def _group_of(reference: str) -> str:
    return reference.removeprefix("england_")


def _levels(
    result: Result, indicator_id: str, indicator: dict[str, Any], slot: tuple[str, str, str],
    references: list[str],
) -> None:  # fmt: skip
    identifier, breakdown, period = slot
    for group in (*SEN, "no_sen", "all_pupils"):
        source = _best(result, indicator_id, indicator, slot, (group,))
        if source is None:
            continue
        if references:
            against = _group_of(references[0])
            side = group if group in SEN else "ehc_plan" if group == against else ""
            both = side and _best(result, indicator_id, indicator, slot, (side, against))
            source = both or source
        result.chosen[indicator_id, identifier, breakdown, period, group, "none"] = source
        key = (indicator_id, "value", "none", group, breakdown, identifier)
        table = result.observations[indicator_id, source, breakdown, group, identifier, period]
        result.cells.setdefault(key, {})[period] = {
            code: _level(indicator, row, source, slot) for code, row in table.items()
        }


def _entry(indicator: dict[str, Any], source: str, slot: tuple[str, str, str]) -> dict[str, Any]:
    return dict(indicator["series"][_rank(indicator, source, slot)])


def _level(
    indicator: dict[str, Any], row: Observation, source: str, slot: tuple[str, str, str]
) -> Cell:
    return Cell(
        row.printed, row.symbol, row.decimals, source, line_of(indicator, source), row.basis,
        row.status, sen=_shown(row), counts=(row.numerator, row.denominator, None, None),
        ranked=_entry(indicator, source, slot).get("ranked", True),
    )  # fmt: skip


def _shown(row: Observation | None) -> Fraction | None:
    if row is None or row.printed is None:
        return None
    return Fraction(row.printed, 10**row.decimals)


def _gaps(
    result: Result, indicator_id: str, indicator: dict[str, Any], slot: tuple[str, str, str],
    reference: str, group: str,
) -> None:  # fmt: skip
    identifier, breakdown, period = slot
    key = (indicator_id, "gap", reference, group, breakdown, identifier)
    source = _best(result, indicator_id, indicator, slot, (group, _group_of(reference)))
    if source is None:
        _no_common_source(result, key, period)
        return
    result.chosen[indicator_id, identifier, breakdown, period, group, reference] = source
    series = (indicator_id, source, breakdown)
    mine = result.observations[(*series, group, identifier, period)]
    theirs = result.observations[(*series, _group_of(reference), identifier, period)]
    table = result.cells.setdefault(key, {}).setdefault(period, {})
    ranked = _entry(indicator, source, slot).get("ranked", True)
    for code, row in mine.items():
        other = theirs.get(ENGLAND if reference.startswith("england") else code)
        cell = _gap(indicator, row, other)
        cell.source, cell.line, cell.ranked = source, line_of(indicator, source), ranked
        table[code] = cell


def _no_common_source(result: Result, key: LineKey, period: str) -> None:
    """A level is published and no source has both sides."""
    level = (key[0], "value", "none", *key[3:])
    for code, cell in result.cells.get(level, {}).get(period, {}).items():  # type: ignore[call-overload]
        symbol = cell.symbol if cell.value is None else "no_common_source"
        result.cells.setdefault(key, {}).setdefault(period, {})[code] = Cell(
            None, symbol, cell.decimals, cell.source, cell.line, cell.basis, cell.status,
            sen=cell.sen, ranked=cell.ranked,
        )  # fmt: skip


def _gap(indicator: dict[str, Any], row: Observation, other: Observation | None) -> Cell:
    places = max(row.decimals, other.decimals if other else 0)
    sen, reference = _shown(row), _shown(other)
    gap = None
    if sen is not None and reference is not None:
        higher = indicator["polarity"] == "higher_is_better"
        gap = in_units(reference - sen if higher else sen - reference, places)
    symbol = row.symbol or (other.symbol if other else "none")
    counts = (row.numerator, row.denominator)
    against = (other.numerator, other.denominator) if other else (None, None)
    return Cell(
        gap, symbol, places, "", "", row.basis,
        least_settled([row.status, *([other.status] if other else [])]),
        sen=sen, reference=reference, counts=(*counts, *against),
    )  # fmt: skip


# Periods -----------------------------------------------------------------------------


def _periods(result: Result, key: LineKey, table: Table) -> None:
    places = result.inputs.places
    for period in sorted(table, reverse=True):
        cells = {
            code: cell for code, cell in table[period].items()
            if places[code].level == LA and places[code].open_in(period)
        }  # fmt: skip
        with_value = sum(cell.value is not None for cell in cells.values())
        if with_value and 2 * with_value >= len(cells):
            result.latest[key] = period
            break
    named = result.inputs.indicators[key[0]].get("baseline")
    comparable: dict[tuple[str, str | None], set[str]] = {}
    for period, cells in table.items():
        for cell in cells.values():
            if cell.value is not None:
                comparable.setdefault((cell.line, cell.basis), set()).add(period)
    for (line, basis), found in comparable.items():
        result.baseline[key, line, basis] = named if named in found else min(found)


@dataclass(slots=True)
class Change:
    """What changed since the period before and since the baseline."""

    previous: float | None = None
    reason: str | None = None
    baseline: float | None = None
    baseline_period: str | None = None


def change(result: Result, key: LineKey, period: str, code: str) -> Change:
    """The changes of one cell."""
    table = result.cells[key]
    cell, found = table[period][code], Change()
    earlier = table.get(before(period), {}).get(code)
    if cell.value is not None:
        found.reason = _why_no_change(cell, earlier)
        if found.reason is None:
            found.previous = _difference(cell, earlier)
    first = result.baseline.get((key, cell.line, cell.basis))
    if first is not None and first < period:
        found.baseline_period = first
        start = table.get(first, {}).get(code)
        if start is not None and (start.line, start.basis) == (cell.line, cell.basis):
            found.baseline = _difference(cell, start)
    return found


def _why_no_change(cell: Cell, earlier: Cell | None) -> str | None:
    if earlier is None:
        return "none"
    if (earlier.line, earlier.basis) != (cell.line, cell.basis):
        return "break"
    return earlier.symbol if earlier.value is None else None


def _difference(now: Cell, then: Cell | None) -> float | None:
    if now.value is None or then is None or then.value is None:
        return None
    if now.decimals == then.decimals:
        return (now.value - then.value) / 10**now.decimals
    difference = Fraction(now.value, 10**now.decimals) - Fraction(then.value, 10**then.decimals)
    return in_units(difference, now.decimals) / 10**now.decimals


# Comparisons -------------------------------------------------------------------------


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
