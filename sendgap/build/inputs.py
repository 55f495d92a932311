"""Lays the catalogue, the areas and the published figures out as tables to build from."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow as pa

from sendgap.catalogue.areas import Area, Areas
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Indicator, Series
from sendgap.ingest import published
from sendgap.ingest.observe import PUBLISHED_COLUMNS, SCALES
from sendgap.ingest.stage import literal
from sendgap.terms import PROPORTIONS, VINTAGES, GeographicLevel, Status, Symbol

_RATIO_TYPES = {"proportion", "share", "session_rate", "event_rate", "amount"}


def lay_out(
    connection: duckdb.DuckDBPyConnection, catalogue: Catalogue, areas: Areas, folder: Path
) -> None:
    """Create ``area``, ``area_open``, ``neighbour``, ``indicator``, ``edition``,
    ``expected``, ``withheld``, ``gap_pair``, ``lend`` and ``published``."""
    expected = list(_expected(catalogue))
    periods = sorted({str(row["time_period"]) for row in expected})
    _table(connection, "area", [_area(area) for area in areas])
    _table(connection, "area_open", list(_open(areas, periods)))
    _table(connection, "neighbour", list(_neighbours(areas)))
    _table(connection, "indicator", list(_indicators(catalogue)))
    _table(connection, "edition", list(_editions(catalogue, folder)))
    _table(connection, "expected", expected)
    _table(connection, "withheld", list(_withheld(catalogue)), _WITHHELD)
    _table(connection, "gap_pair", list(_gap_pairs(catalogue)), _PAIR)
    _table(connection, "lend", list(_lend(catalogue)), _LEND)
    _published(connection, folder)


_WITHHELD = (
    "indicator_id",
    "source_id",
    "breakdown",
    "area_code",
    "time_period",
    "sen_group",
    "reason",
)
_PAIR = ("indicator_id", "reference", "reference_group", "is_england", "is_default")
_LEND = ("indicator_id", "lender", "receiver")


def _table(
    connection: duckdb.DuckDBPyConnection,
    name: str,
    rows: list[dict[str, object]],
    columns: tuple[str, ...] = (),
) -> None:
    if rows:
        frame = pa.Table.from_pylist(rows)
    else:
        frame = pa.table({column: pa.array([], pa.string()) for column in columns})
    connection.register("frame", frame)
    connection.execute(f"create table {name} as from frame")
    connection.unregister("frame")


def _area(area: Area) -> dict[str, object]:
    return {
        "area_code": area.area_code,
        "la_code": area.la_code,
        "area_name": area.name,
        "short_name": area.short_name,
        "geographic_level": area.level.value,
        "region_code": area.region_code,
        "opened": area.opened,
        "closed": area.closed,
        "note": area.note,
    }


def _open(areas: Areas, periods: list[str]) -> Iterator[dict[str, object]]:
    for area in areas:
        for period in periods:
            yield {
                "area_code": area.area_code,
                "time_period": period,
                "is_open": area.open_in(period),
            }


def _neighbours(areas: Areas) -> Iterator[dict[str, object]]:
    for area in areas:
        for vintage in VINTAGES:
            for neighbour in areas.neighbours(area.area_code, vintage):
                yield {
                    "vintage": vintage,
                    "area_code": area.area_code,
                    "position": neighbour.position,
                    "neighbour_code": neighbour.area.area_code,
                    "closeness": neighbour.closeness,
                }


def _indicators(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    for position, indicator in enumerate(catalogue.indicators.values(), start=1):
        yield {
            "indicator_id": indicator.id,
            "position": position,
            "label": indicator.label,
            "theme": indicator.theme,
            "unit": indicator.unit,
            "polarity": indicator.polarity.value,
            "value_type": indicator.value_type.value,
            "interval": indicator.interval.value,
            "scale": SCALES.get(indicator.unit, 1.0),
            "has_ratio": indicator.value_type.value in _RATIO_TYPES,
            "has_gap": indicator.has_gap,
            "time_identifier": indicator.time_identifier.value,
            "baseline": indicator.baseline,
            "benchmarked": list(indicator.benchmarked),
        }


def _editions(catalogue: Catalogue, folder: Path) -> Iterator[dict[str, object]]:
    held: dict[str, list[published.Load]] = {}
    for record in published.loads(folder):
        held.setdefault(record.source_id, []).append(record)
    for source in catalogue.sources.values():
        loads = held.get(source.id, [])
        yield {
            "source_id": source.id,
            "publication": source.publication,
            "publisher": source.publisher,
            "licence": source.licence,
            "url": source.url,
            "edition": max((load.edition for load in loads), default=None),
            "next_update": source.next_update,
            "stale_after": source.stale_after,
            "files": len(loads),
            "rows_taken": sum(load.rows_taken for load in loads),
        }


def periods_between(first: str, last: str) -> list[str]:
    """Every period from first to last: four digits by year, six by school year.

    >>> periods_between("202223", "202425")
    ['202223', '202324', '202425']
    """
    years = range(int(first[:4]), int(last[:4]) + 1)
    if len(first) == 4:
        return [str(year) for year in years]
    return [f"{year}{(year + 1) % 100:02d}" for year in years]


def _expected(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    """One row per series, period, kind of period and group: the grid known to exist."""
    for indicator in catalogue.indicators.values():
        for series in indicator.series:
            yield from _expected_of(indicator, series)


def _expected_of(indicator: Indicator, series: Series) -> Iterator[dict[str, object]]:
    over = series.denominator_of
    for period in periods_between(series.first, series.last):
        basis = series.basis_in(period)
        for identifier in series.time_identifiers:
            missing = series.missing.get(f"{period} {identifier}", series.missing.get(period))
            for group in series.groups:
                yield {
                    "indicator_id": indicator.id,
                    "series_rank": series.rank,
                    "source_id": series.source_id,
                    "breakdown": series.breakdown,
                    "time_identifier": identifier.value,
                    "time_period": period,
                    "sen_group": group.value,
                    "decimals": series.decimals_in(period, group),
                    "basis": basis.id if basis else None,
                    "line": indicator.line_of(series.source_id),
                    "status": _status(series, period).value,
                    "missing": missing.value if missing else None,
                    "ranked": series.ranked,
                    "placeholder_zeros": series.placeholder_zeros,
                    "derived": series.derived,
                    "local": GeographicLevel.LOCAL_AUTHORITY in series.levels,
                    "national": GeographicLevel.NATIONAL in series.levels,
                    "regional": GeographicLevel.REGIONAL in series.levels,
                    "over_indicator": over.indicator_id if over else None,
                    "over_breakdown": over.breakdown if over else None,
                    "scale": SCALES.get(indicator.unit, 1.0),
                    "pooled": _may_be_pooled(indicator, series),
                    "proportion": indicator.value_type in PROPORTIONS,
                }


def _may_be_pooled(indicator: Indicator, series: Series) -> bool:
    """Whether England may be pooled: nothing is published for it and counts may stand in."""
    published = GeographicLevel.NATIONAL in series.levels
    is_ratio = indicator.value_type.value in _RATIO_TYPES - {"amount"}
    return not published and is_ratio and GeographicLevel.LOCAL_AUTHORITY in series.levels


def _status(series: Series, period: str) -> Status:
    if period in series.provisional:
        return Status.PROVISIONAL
    return Status.REVISED if period in series.revised else Status.FINAL


def _withheld(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    for indicator in catalogue.indicators.values():
        for series in indicator.series:
            # Series of one breakdown may share a list, and follow each other in time.
            own = [w for w in series.withheld if series.first <= w.time_period <= series.last]
            for item in own:
                for group in item.groups:
                    yield {
                        "indicator_id": indicator.id,
                        "source_id": series.source_id,
                        "breakdown": series.breakdown,
                        "area_code": item.area_code,
                        "time_period": item.time_period,
                        "sen_group": group.value,
                        "reason": item.reason,
                    }


def _gap_pairs(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    for indicator in catalogue.indicators.values():
        if indicator.has_gap:
            for reference in indicator.references:
                yield {
                    "indicator_id": indicator.id,
                    "reference": reference.value,
                    "reference_group": reference.group.value,
                    "is_england": reference.is_england,
                    "is_default": reference is indicator.default_reference,
                }


def _lend(catalogue: Catalogue) -> Iterator[dict[str, object]]:
    for indicator in catalogue.indicators.values():
        for lender, receiver in indicator.lend_counts:
            yield {"indicator_id": indicator.id, "lender": lender, "receiver": receiver}


def _published(connection: duckdb.DuckDBPyConnection, folder: Path) -> None:
    columns = ", ".join(f"{name} {kind}" for name, kind in PUBLISHED_COLUMNS.items())
    connection.execute(f"create table published (source_id varchar, {columns})")
    for path in sorted(folder.glob("*.parquet")):
        connection.execute(
            f"insert into published by name select {literal(path.stem)} as source_id, * "
            f"from read_parquet({literal(str(path))})"
        )


#: Symbols that :mod:`sendgap.build` gives itself; named here so that the SQL can be
#: checked against the terms.
GIVEN = (
    Symbol.NOT_PUBLISHED,
    Symbol.COVID,
    Symbol.NO_AREA,
    Symbol.BREAK,
    Symbol.NO_COMMON_SOURCE,
    Symbol.IMPOSSIBLE,
    Symbol.WITHHELD,
)
