"""``data/published``: one sorted Parquet file per source and the record of loads.

Same input, same bytes: rows are sorted by their whole grain, written by a plain COPY on
one thread, and nothing in the files depends on the clock.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Iterable
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import duckdb

from sendgap.errors import Problem
from sendgap.ingest.extract import PUBLISHED_COLUMNS
from sendgap.ingest.stage import literal

_KEY = ("indicator_id", "breakdown", "sen_group", "time_identifier", "time_period")
_ORDER = ", ".join(list(PUBLISHED_COLUMNS)[:6])
LOADS = "loads.csv"


@dataclass(frozen=True, slots=True)
class Load:
    """One file that was taken: what it was, of which edition, and how much came in."""

    source_id: str
    table_id: str
    edition: str
    file_name: str
    sha256: str
    rows_read: int
    rows_taken: int
    publication: str
    publisher: str
    licence: str


def loads(folder: Path) -> list[Load]:
    """The record of loads, oldest edition first; empty where nothing was loaded."""
    path = folder / LOADS
    if not path.exists():
        return []
    with path.open(encoding="utf-8", newline="") as file:
        return [
            Load(**{**row, "rows_read": int(row["rows_read"]), "rows_taken": int(row["rows_taken"])})
            for row in csv.DictReader(file)
        ]


def write_loads(folder: Path, record: Iterable[Load]) -> None:
    """Replace the record of loads."""
    kept = sorted(set(record), key=lambda load: astuple(load))
    temporary = folder / f"{LOADS}.new"
    with temporary.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(Load)])
        writer.writerows(astuple(load) for load in kept)
    os.replace(temporary, folder / LOADS)


def hold(connection: duckdb.DuckDBPyConnection, folder: Path, source_id: str) -> None:
    """Create ``held``: what is published for the source so far."""
    path = folder / f"{source_id}.parquet"
    columns = ", ".join(f"{name} {kind}" for name, kind in PUBLISHED_COLUMNS.items())
    connection.execute(f"create or replace temp table held ({columns})")
    if path.exists():
        connection.execute(f"insert into held by name from read_parquet({literal(str(path))})")


def check_replacement(
    connection: duckdb.DuckDBPyConnection, name: str
) -> Iterable[Problem]:
    """Problems where a load of the same edition differs from or loses what is held.

    A newer edition replaces an older one and an older one leaves the newer; the same
    edition with other figures is somebody's mistake until ``--replace`` says otherwise.
    """
    key = ", ".join(_KEY)
    rows = connection.execute(
        f"""
        with new as (select {key}, max(edition) as edition, count(value) as figures
                     from observed group by all),
        old as (select {key}, max(edition) as edition, count(value) as figures
                from held group by all),
        changed as (
            select h.edition, count(*) as cells from held h join observed o using ({key}, area_code)
            where h.edition = o.edition and (h.value, h.symbol, h.numerator, h.denominator)
                is distinct from (o.value, o.symbol, o.numerator, o.denominator) group by all
        )
        select 'changed', edition, cells from changed
        union all
        select 'fewer', edition, sum(old.figures - new.figures) from new join old using ({key}, edition)
        where new.figures < old.figures group by all
        """
    ).fetchall()
    for what, edition, cells in rows:
        found = "figures differ from" if what == "changed" else "figures are missing of"
        yield Problem(
            name,
            f"{cells} {found} those held of the same edition, {edition}",
            "give its own date with --edition YYYY-MM-DD, or load it over them with --replace",
        )


def merge(connection: duckdb.DuckDBPyConnection) -> None:
    """Add ``observed`` to ``held``: for each series and period the newest edition stays."""
    columns = ", ".join(PUBLISHED_COLUMNS)
    connection.execute(
        f"""
        create or replace temp table incoming as
        select {columns} from observed o
        where not exists (
            select 1 from held h where {_equal("h", "o")} and h.edition > o.edition
        );
        delete from held h where exists (select 1 from incoming o where {_equal("h", "o")});
        insert into held by name select {columns} from incoming;
        """
    )


def _equal(left: str, right: str) -> str:
    return " and ".join(f"{left}.{column} = {right}.{column}" for column in _KEY)


def write(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write ``held`` sorted to ``target``; the same rows give the same bytes."""
    connection.execute("set threads = 1")
    connection.execute(
        f"copy (select {', '.join(PUBLISHED_COLUMNS)} from held order by {_ORDER}) "
        f"to {literal(str(target))} (format parquet, compression zstd, row_group_size 1000000)"
    )
    connection.execute("reset threads")
