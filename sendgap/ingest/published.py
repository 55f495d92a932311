"""``data/published``: one sorted Parquet file per source and the record of loads.

Same input, same bytes: rows are sorted by their whole grain, written by a plain COPY on
one thread, and nothing in the files depends on the clock.
"""

from __future__ import annotations

import csv
import os
from collections.abc import Callable, Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from typing import Any, TypeVar

import duckdb

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.model import Table
from sendgap.errors import Problem, RefusedError
from sendgap.ingest.observe import PUBLISHED_COLUMNS
from sendgap.ingest.stage import file_literal, insert_rows, literal

_KEY = ("indicator_id", "breakdown", "sen_group", "time_identifier", "time_period")
_ORDER = ", ".join(list(PUBLISHED_COLUMNS)[:6])
LOADS = "loads.csv"

Entry = TypeVar("Entry")

#: The ending of files written and not yet in place, and the list of those that are due.
NEW, PENDING = ".new", "pending.txt"


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
    """The record of loads, sorted by source; empty where nothing was loaded."""
    return read_record(folder / LOADS, _load)


def read_record(path: Path, make: Callable[[dict[str, str]], Entry]) -> list[Entry]:
    """The entries of a record kept beside the figures; empty where there is none.

    Raises :class:`RefusedError` for a file that is damaged.
    """
    if not path.exists():
        return []
    try:
        with path.open(encoding="utf-8", newline="") as file:
            return [make(row) for row in csv.DictReader(file)]
    except (KeyError, TypeError, ValueError, csv.Error) as error:
        raise RefusedError([_damaged(path)]) from error


def write_record(target: Path, kind: type[Any], entries: Iterable[Any]) -> None:
    """Write entries of a dataclass, a line each under the names of its fields."""
    with target.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow([field.name for field in fields(kind)])
        writer.writerows(astuple(entry) for entry in entries)


def _load(row: dict[str, str]) -> Load:
    texts = {field.name: row[field.name] for field in fields(Load)}
    counts = {name: int(texts.pop(name)) for name in ("rows_read", "rows_taken")}
    return Load(**texts, **counts)  # type: ignore[arg-type]


def _damaged(path: Path) -> Problem:
    return Problem(
        str(path),
        "the file that holds earlier figures cannot be read",
        "restore it from the project, or remove it and load its publications again",
    )


def write_loads(target: Path, record: Iterable[Load]) -> None:
    """Write the record of loads to ``target``; a file loaded again has its last entry."""
    latest = {astuple(load)[:5]: load for load in record}
    write_record(target, Load, [latest[key] for key in sorted(latest)])


def settle(folder: Path) -> None:
    """Finish or undo what a load that was killed left behind.

    A load is decided when the list of its files stands: then they are put in place.
    Before that, nothing has been changed and what it had written is removed.
    """
    pending = folder / PENDING
    if pending.exists():
        for name in pending.read_text(encoding="utf-8").split():
            if (folder / (name + NEW)).exists():
                os.replace(folder / (name + NEW), folder / name)
        pending.unlink()
    discard(folder)


def discard(folder: Path) -> None:
    """Remove files that were written and not put in place."""
    for path in folder.glob(f"*{NEW}"):
        path.unlink()


def put_in_place(folder: Path, names: Iterable[str]) -> None:
    """Put every ``<name>.new`` in the place of ``<name>``: all of them or none.

    Where one cannot be replaced, those before it get their old content back and the
    failure is raised. After a kill :func:`settle` finishes the work.
    """
    pending = folder / PENDING
    changed = [name for name in names if _differs(folder / name)]
    before = {name: _content(folder / name) for name in changed}
    try:
        (folder / (PENDING + NEW)).write_text("\n".join(changed), encoding="utf-8")
        os.replace(folder / (PENDING + NEW), pending)
        for name in changed:
            os.replace(folder / (name + NEW), folder / name)
        pending.unlink()
    except BaseException:
        for name, content in before.items():
            _restore(folder / name, content)
        pending.unlink(missing_ok=True)
        raise
    finally:
        discard(folder)


def _content(path: Path) -> bytes | None:
    return path.read_bytes() if path.exists() else None


def _differs(path: Path) -> bool:
    return _content(path) != _content(path.with_name(path.name + NEW))


def _restore(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
    elif _content(path) != content:
        path.write_bytes(content)


def hold(connection: duckdb.DuckDBPyConnection, folder: Path, source_id: str) -> None:
    """Create ``held``: what is published for the source so far."""
    path = folder / f"{source_id}.parquet"
    columns = ", ".join(f"{name} {kind}" for name, kind in PUBLISHED_COLUMNS.items())
    connection.execute(f"create or replace temp table held ({columns})")
    if path.exists():
        names = ", ".join(PUBLISHED_COLUMNS)
        try:
            connection.execute(
                f"insert into held by name select {names} from read_parquet("
                f"{file_literal(path)}, hive_partitioning=false)"
            )
        except duckdb.Error as error:
            raise RefusedError([_damaged(path)]) from error


def check_replacement(connection: duckdb.DuckDBPyConnection, name: str) -> Iterator[Problem]:
    """Problems where a load of the same edition differs from or loses what is held.

    A newer edition replaces an older one and an older one leaves the newer; the same
    edition with other figures is somebody's mistake until ``--replace`` says otherwise.
    Areas that stand in another file of the publication are not ``covered`` by this one.
    """
    key = ", ".join(_KEY)
    changed = connection.execute(
        f"""
        select h.edition, count(*) from held h join observed o using ({key}, area_code)
        where h.edition = o.edition
            and (h.value, h.value_text, h.symbol, h.numerator, h.denominator)
            is distinct from (o.value, o.value_text, o.symbol, o.numerator, o.denominator)
        group by all order by all
        """
    ).fetchall()
    lost = connection.execute(
        f"""
        select h.edition, count(*) from held h
        semi join observed o on h.edition = o.edition and {_equal("h", "o")}
        anti join observed c on {_equal("h", "c")} and h.area_code = c.area_code
        where h.value is not null and h.area_code in (from covered)
        group by all order by all
        """
    ).fetchall()
    for rows, one, several in (
        (changed, "figure differs from", "figures differ from"),
        (lost, "figure is missing of", "figures are missing of"),
    ):
        for edition, cells in rows:
            yield Problem(
                name,
                f"{cells} {one if cells == 1 else several} those held of the same edition, "
                f"{edition}",
                "give its own date with --edition YYYY-MM-DD, or load it over them with --replace",
            )


def cover(connection: duckdb.DuckDBPyConnection, areas: Areas, table: Table) -> None:
    """Create ``covered``: the areas whose figures stand in files of this kind."""
    connection.execute("create or replace temp table covered (area_code varchar)")
    codes = [(area.area_code,) for area in areas if area.level in table.levels]
    insert_rows(connection, "covered", codes)


def merge(connection: duckdb.DuckDBPyConnection) -> int:
    """Add ``observed`` to ``held``: for each series and period the newest edition stays.

    The number of rows that came in.
    """
    columns = ", ".join(PUBLISHED_COLUMNS)
    connection.execute(
        f"""
        create or replace temp table incoming as
        select {columns} from observed o
        where not exists (
            select 1 from held h where {_equal("h", "o")} and h.edition > o.edition
                and h.area_code in (from covered)
        );
        delete from held h where h.area_code in (from covered)
            and exists (select 1 from incoming o where {_equal("h", "o")});
        insert into held by name select {columns} from incoming;
        """
    )
    return int(connection.execute("select count(*) from incoming").fetchall()[0][0])


def _equal(left: str, right: str) -> str:
    return " and ".join(f"{left}.{column} = {right}.{column}" for column in _KEY)


def write(connection: duckdb.DuckDBPyConnection, target: Path) -> None:
    """Write ``held`` sorted to ``target``; the same rows give the same bytes."""
    connection.execute("set threads = 1")
    connection.execute(
        f"copy (select {', '.join(PUBLISHED_COLUMNS)} from held order by {_ORDER}) "
        f"to {literal(str(target))} (format parquet, compression zstd, row_group_size 1000000, "
        "use_tmp_file false)"
    )
    connection.execute("reset threads")
