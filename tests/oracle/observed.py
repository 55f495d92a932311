"""Every figure of a release's observations worked out again from what is published."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
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
    decimals,
    exact,
    in_units,
    least_settled,
    listed,
    of_series,
    periods,
    status_of,
)

TERMS = ("Autumn term", "Spring term", "Summer term")
#: Statistics that counts of several areas can be added up for.
POOLED = ("proportion", "share", "session_rate", "event_rate")
SCALES = {"percent": 100, "per_100_pupils": 100}


@dataclass(slots=True)
class Observation:
    """One published figure, or why there is none."""

    value: Fraction | None = None
    text: str | None = None
    lower: float | None = None
    upper: float | None = None
    symbol: str | None = None
    numerator: float | None = None
    denominator: float | None = None
    counts_source: str | None = None
    decimals: int = 0
    status: str = "final"
    basis: str | None = None
    pooled_from: int | None = None
    pooled_of: int | None = None

    @property
    def has_figure(self) -> bool:
        """Whether a number or the words of a category are there."""
        return self.value is not None or self.text is not None

    @property
    def printed(self) -> int | None:
        """The figure in units of its last decimal."""
        return None if self.value is None else in_units(self.value, self.decimals)


Observations = dict[SeriesKey, dict[str, Observation]]


def observe(inputs: Inputs, indicator_id: str, indicator: dict[str, Any]) -> Observations:
    """All observations of an indicator: published, summed, left over, lent and pooled."""
    found: Observations = {}
    for entry, key in _keys(indicator_id, indicator):
        if not entry.get("derived"):
            found[key] = _series(inputs, indicator, entry, key)
    for derived, work_out in (("sum_of_terms", _sum_of_terms), ("rest_of_total", _rest)):
        for entry, key in _keys(indicator_id, indicator):
            if entry.get("derived") == derived:
                found[key] = work_out(found, indicator, entry, key)
    _lend(found, indicator_id, indicator)
    for entry, key in _keys(indicator_id, indicator):
        _pool(inputs, found, indicator, entry, key)
    return found


def _keys(
    indicator_id: str, indicator: dict[str, Any]
) -> Iterator[tuple[dict[str, Any], SeriesKey]]:
    for entry in indicator["series"]:
        for period in periods(entry["first"], entry["last"]):
            for identifier in of_series(entry, indicator):
                for group in entry["groups"]:
                    yield entry, (
                        indicator_id, entry["source"], entry["breakdown"], group, identifier,
                        period,
                    )  # fmt: skip


def _blank(entry: dict[str, Any], key: SeriesKey) -> Observation:
    return Observation(
        decimals=decimals(entry, key[3], key[5]), status=status_of(entry, key[5]),
        basis=basis_of(entry, key[5]),
    )  # fmt: skip


# Published figures -------------------------------------------------------------------


def _series(
    inputs: Inputs, indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey
) -> dict[str, Observation]:
    levels = entry.get("levels", [NATION, REGION, LA])
    rows, withheld = inputs.figures.get(key, {}), set(_withheld(indicator, key))
    found = {}
    for code, place in inputs.places.items():
        row = _set_over(inputs, indicator, entry, key, code, rows.get(code, {}))
        is_open = place.open_in(key[5])
        printed = row.get("value") is not None or row.get("value_text") is not None
        if place.level in levels and (printed or is_open or place.closed is None):
            alone = _is_placeholder(inputs, entry, key, code)
            faults = ("withheld" if code in withheld else None, "x" if alone else None)
            found[code] = _observation(indicator, entry, key, row, is_open, faults)
    return found


def _withheld(indicator: dict[str, Any], key: SeriesKey) -> Iterator[str]:
    for entry in indicator["series"]:
        if (entry["source"], entry["breakdown"]) == key[1:3]:
            for item in entry.get("withheld", ()):
                if item["time_period"] == key[5] and key[3] in item["groups"]:
                    yield from listed(item["area_code"])


def _set_over(
    inputs: Inputs, indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey, code: str,
    row: dict[str, Any],
) -> dict[str, Any]:  # fmt: skip
    """A count as a share of the figure of another indicator that it is set over."""
    over = entry.get("denominator_of")
    if over is None:
        return row
    other = inputs.figures.get(
        (over["indicator"], key[1], over.get("breakdown", "total"), *key[3:]), {}
    ).get(code, {})
    part, whole = row.get("value"), other.get("value")
    found = {**row, "value": None, "numerator": part, "denominator": whole}
    if part is not None and whole:
        found["value"] = Fraction(part) * SCALES.get(indicator["unit"], 1) / Fraction(whole)
    elif row.get("symbol") is None:
        found["symbol"] = "z" if part is not None and whole == 0 else other.get("symbol")
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
    indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey, row: dict[str, Any],
    is_open: bool, faults: tuple[str | None, ...],
) -> Observation:  # fmt: skip
    found, value, text = _blank(entry, key), _value(indicator, entry, row), row.get("value_text")
    if value is not None or text is not None:
        found.symbol = next(filter(None, faults), None) or _impossible(indicator, value)
    else:
        found.symbol = _why_missing(entry, key, row, is_open)
    if found.symbol is None:
        found.value, found.text = value, text
        found.lower, found.upper = row.get("lower"), row.get("upper")
    if found.symbol in (None, "z"):
        found.numerator, found.denominator = row.get("numerator"), row.get("denominator")
    if found.symbol is None and found.denominator is not None:
        found.counts_source = key[1]
    return found


def _value(
    indicator: dict[str, Any], entry: dict[str, Any], row: dict[str, Any]
) -> Fraction | None:
    value = row.get("value")
    if value is None or isinstance(value, Fraction):
        return value
    if entry.get("value_from_counts"):
        share = Fraction(row["numerator"]) / Fraction(row["denominator"])
        return share * SCALES.get(indicator["unit"], 1)
    return exact(value)


def _impossible(indicator: dict[str, Any], value: Fraction | None) -> str | None:
    bounded = indicator["value_type"] in ("proportion", "share")
    return "impossible" if bounded and value is not None and not 0 <= value <= 100 else None


def _why_missing(
    entry: dict[str, Any], key: SeriesKey, row: Mapping[str, Any], is_open: bool
) -> str:
    missing = entry.get("missing", {})
    reason = missing.get(f"{key[5]} {key[4]}", missing.get(key[5]))
    if reason:
        return str(reason)
    return (row.get("symbol") or "none") if is_open else "no_area"


# Figures that follow from others -----------------------------------------------------


def _sum_of_terms(
    held: Observations, indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey
) -> dict[str, Observation]:
    tables = [held.get((*key[:4], term, key[5]), {}) for term in TERMS]
    found = {}
    for code in sorted({code for table in tables for code in table}):
        terms = [table.get(code, Observation(symbol="none")) for table in tables]
        values = [term.value for term in terms if term.value is not None]
        year = found[code] = _blank(entry, key)
        year.symbol = entry.get("missing", {}).get(key[5])
        if year.symbol is None and len(values) == len(TERMS):
            year.value = sum(values, Fraction(0))
        elif year.symbol is None:
            year.symbol = next(term.symbol for term in terms if term.value is None)
    return found


def _rest(
    held: Observations, indicator: dict[str, Any], entry: dict[str, Any], key: SeriesKey
) -> dict[str, Observation]:
    """What a total has beyond the classes of the dimension that have a figure."""
    dimension = key[2].split(":")[0]
    classes = [
        table for other, table in sorted(held.items())
        if other != key and (*other[:2], *other[3:]) == (*key[:2], *key[3:])
        and other[2].split(":")[0] == dimension
    ]  # fmt: skip
    found = {}
    for code in sorted({code for table in classes for code in table}):
        parts = [table[code] for table in classes if code in table]
        rest = found[code] = _blank(entry, key)
        known = [part for part in parts if part.value is not None]
        if not known:
            rest.symbol = next((part.symbol for part in parts if part.symbol is not None), None)
        else:
            rest.denominator = max(part.denominator or 0 for part in known)
            rest.numerator = rest.denominator - sum(part.numerator or 0 for part in known)
            share = Fraction(rest.numerator) / Fraction(rest.denominator)
            rest.value = share * SCALES.get(indicator["unit"], 1)
            rest.counts_source = key[1]
    return found


def _lend(held: Observations, indicator_id: str, indicator: dict[str, Any]) -> None:
    for item in indicator.get("lend_counts", ()):
        for key, table in held.items():
            if key[:2] == (indicator_id, item["to"]):
                lent = held.get((indicator_id, item["from"], *key[2:]), {})
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


def _pool(
    inputs: Inputs, held: Observations, indicator: dict[str, Any], entry: dict[str, Any],
    key: SeriesKey,
) -> None:  # fmt: skip
    """England from the authorities' counts where the source has no row for it."""
    levels = entry.get("levels", [NATION, REGION, LA])
    if NATION in levels or LA not in levels or indicator["value_type"] not in POOLED:
        return
    rows = [
        row for code, row in held[key].items()
        if inputs.places[code].level == LA and inputs.places[code].open_in(key[5])
    ]  # fmt: skip
    counted = [row for row in rows if row.value is not None and row.denominator is not None]
    whole = sum(row.denominator or 0 for row in counted)
    if not whole or 2 * len(counted) < len(rows):
        return
    england = held[key][ENGLAND] = _blank(entry, key)
    england.numerator, england.denominator = sum(row.numerator or 0 for row in counted), whole
    share = Fraction(england.numerator) / Fraction(whole)
    england.value = share * SCALES.get(indicator["unit"], 1)
    england.status = least_settled(row.status for row in rows)
    england.counts_source = key[1]
    england.pooled_from, england.pooled_of = len(counted), len(rows)
