"""Reads one member into a staging table of text, with areas resolved.

Everything is read as text: publishers print symbols in number columns, often far down
the file, and a guessed type would lose or refuse them. Only the columns and rows that
the catalogue names are read.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import duckdb

from sendgap.catalogue.areas import Areas, fold
from sendgap.catalogue.load import Catalogue
from sendgap.catalogue.model import Indicator, Selector, Series, Table
from sendgap.errors import Problem
from sendgap.ingest.files import Member
from sendgap.terms import SenGroup

#: How many examples a message quotes.
EXAMPLES = 5

#: How many unknown areas are named: a file of other areas would name thousands.
MOST_AREAS = 20


@dataclass(frozen=True, slots=True)
class Use:
    """One group's figures of one series of an indicator, found in the table at hand."""

    indicator: Indicator
    series: Series
    group: SenGroup
    selector: Selector


def uses_of(table: Table, catalogue: Catalogue) -> list[Use]:
    """Everything the catalogue takes from ``table``."""
    return [
        Use(indicator, series, group, selector)
        for indicator in catalogue.indicators.values()
        for series in indicator.series
        if series.source_id == table.source_id and table.id in series.table_ids
        for group, selector in series.groups.items()
    ]


def quoted(name: str) -> str:
    """An SQL identifier."""
    return '"' + name.replace('"', '""') + '"'


def literal(text: str) -> str:
    """An SQL string."""
    return "'" + text.replace("'", "''") + "'"


def file_literal(path: Path) -> str:
    """An SQL string that names this one file, whatever signs its path holds."""
    return literal(re.sub(r"([\[*?])", r"[\1]", str(path.absolute())))


def names_of(member: Member, table: Table) -> tuple[str, ...]:
    """The names of a file's columns: its first line, or the catalogue's where it has none."""
    return table.columns if table.headerless else member.header


def missing_columns(member: Member, table: Table, uses: list[Use]) -> Iterator[Problem]:
    """A problem where the file lacks columns beyond those that it is recognised by."""
    held = names_of(member, table)
    missing = [column for column in _columns(table, uses) if column not in held]
    if missing:
        yield Problem(
            member.name,
            f"it is {table.id} but lacks the columns {', '.join(missing)}",
            "load the publisher's file as it was downloaded, with its first line",
        )


def stage(
    connection: duckdb.DuckDBPyConnection,
    member: Member,
    path: Path,
    table: Table,
    uses: list[Use],
) -> int:
    """Create ``staged`` from the member, found at ``path``; the number of rows that may be
    used.

    Raises :class:`duckdb.Error` where the file is not readable to its end. Rows are
    numbered as lines of the file, the first after the header being 2.
    """
    columns = _columns(table, uses)
    picked = ", ".join(f"trim(coalesce({quoted(c)}::varchar, '')) as {quoted(c)}" for c in columns)
    connection.execute(
        f"create or replace temp table staged as select line_number, {picked} "
        f"from (select *, row_number() over () + {0 if table.headerless else 1} as line_number "
        f"from {_reader(member, path, table)}) where {_wanted(table, uses)}"
    )
    connection.execute(
        f"alter table staged add column area_text varchar; "
        f"alter table staged add column area_code varchar; "
        f"update staged set area_text = {_area_text(table)}"
    )
    found = connection.execute("select count(*) from staged").fetchall()
    return int(found[0][0])


def _reader(member: Member, path: Path, table: Table) -> str:
    """Names, types and dialect are given and never guessed from the first rows."""
    if member.is_parquet:
        return f"read_parquet({file_literal(path)}, hive_partitioning=false)"
    names: dict[str, None] = {}
    for number, column in enumerate(names_of(member, table)):
        names[f"{column} ({number})" if column in names or not column else column] = None
    columns = ", ".join(f"{literal(name)}: 'varchar'" for name in names)
    return (
        f"read_csv({file_literal(path)}, columns={{{columns}}}, auto_detect=false, "
        f"header={'false' if table.headerless else 'true'}, "
        "delim=',', quote='\"', escape='\"', strict_mode=true, null_padding=false, "
        f"hive_partitioning=false, compression={literal('gzip' if member.is_gzip else 'none')})"
    )


def _columns(table: Table, uses: list[Use]) -> list[str]:
    names = [*(a.column for a in table.area), *(c for c, _ in table.drop)]
    names += [name for name in (table.period, table.time_identifier) if name]
    if table.england:
        names.append(table.england[0])
    for use in uses:
        names.extend([*use.selector.columns(), *use.series.add_rows])
    return list(dict.fromkeys(names))


def _wanted(table: Table, uses: list[Use]) -> str:
    """Rows any use may take: columns that every use filters on, and no dropped rows."""
    values: dict[str, set[str]] = defaultdict(set)
    for use in uses:
        for column, wanted in use.selector.where:
            values[column].update(wanted)
    shared = set.intersection(*({c for c, _ in use.selector.where} for use in uses))
    tests = [
        f"trim({quoted(c)}::varchar) in ({', '.join(map(literal, sorted(values[c])))})"
        for c in sorted(shared)
    ]
    tests += [
        f"coalesce(trim({quoted(c)}::varchar), '') not in ({', '.join(map(literal, dropped))})"
        for c, dropped in table.drop
    ]
    return " and ".join(tests) or "true"


def _area_text(table: Table) -> str:
    """``kind|text`` of the first filled area column, or England's mark."""
    blank = ", ".join(map(literal, ("", *table.blank_area)))
    cases = [
        f"when {quoted(a.column)} not in ({blank}) then '{a.kind}|' || {quoted(a.column)}"
        for a in table.area
    ]
    if table.england:
        column, value = table.england
        cases.append(f"when {quoted(column)} = {literal(value)} then 'name|England'")
    return f"case {' '.join(cases)} else 'name|' end"


def resolve_areas(
    connection: duckdb.DuckDBPyConnection, table: Table, areas: Areas, name: str
) -> Iterator[Problem]:
    """Fill ``area_code``; a problem for every spelling and code that is not known."""
    lookup = {(kind, alias): code for alias, kind, code in areas.alias_rows()}
    texts = connection.execute("select distinct area_text from staged").fetchall()
    known: dict[str, str] = {}
    unknown: list[str] = []
    for (text,) in texts:
        kind, _, spelled = text.partition("|")
        code = lookup.get((kind, fold(spelled)))
        if code:
            known[text] = code
        else:
            unknown.append(text)
    map_column(connection, "area_text", "area_code", known)
    columns = ", ".join(area.column for area in table.area)
    if len(unknown) > MOST_AREAS:
        yield Problem(
            f"{name}, {columns}",
            f"{len(unknown)} areas are not known, of which {MOST_AREAS} are named here",
            "load the publisher's file as it was downloaded",
        )
    for text in sorted(unknown)[:MOST_AREAS]:
        spelled = text.partition("|")[2]
        hint = areas.nearest(spelled)
        yield Problem(
            f"{name}, {columns}",
            f"area {spelled!r} is not known",
            f"write {' or '.join(hint)}, or add the spelling to area_alias.csv"
            if hint
            else "write an area of England, or add it to area_alias.csv",
        )


def map_column(
    connection: duckdb.DuckDBPyConnection, source: str, target: str, known: Mapping[str, str]
) -> None:
    """Fill ``target`` of ``staged`` from the text in ``source``."""
    connection.execute("create or replace temp table mapped (found varchar, meant varchar)")
    insert_rows(connection, "mapped", known.items())
    connection.execute(
        f"update staged set {target} = meant from mapped where found = {quoted(source)}"
    )


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Iterable[tuple[object, ...]]
) -> None:
    """Insert a few thousand rows at most, in one statement."""
    kept = list(rows)
    if kept:
        width = ", ".join("?" * len(kept[0]))
        values = ", ".join(f"({width})" for _ in kept)
        flat = [value for row in kept for value in row]
        connection.execute(f"insert into {table} values {values}", flat)
