"""Checks on what has been observed, one function each; every one reports all it finds."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb

from sendgap.catalogue.model import Source
from sendgap.errors import Problem
from sendgap.ingest.stage import EXAMPLES

Check = Callable[[duckdb.DuckDBPyConnection, Source, str], Iterator[Problem]]

_GRAIN = "indicator_id, breakdown, sen_group, time_identifier, time_period, area_code"


def check_some_rows(
    connection: duckdb.DuckDBPyConnection, _source: Source, name: str
) -> Iterator[Problem]:
    """The file has figures for something the catalogue asks for."""
    found = connection.execute(
        "select count(*), count(value) + count(value_text) from observed"
    ).fetchall()
    if found[0][1] == 0:
        yield Problem(
            name,
            f"{found[0][0]} rows and no figure that the catalogue asks for",
            "load the whole file as it was published; an edition with other labels is not known",
        )


def check_no_duplicates(
    connection: duckdb.DuckDBPyConnection, _source: Source, name: str
) -> Iterator[Problem]:
    """Each figure stands once."""
    rows = connection.execute(
        f"select {_GRAIN}, count(*), list_sort(list(line_number)) from observed "
        f"group by all having count(*) > 1 order by 8, {_GRAIN} limit {EXAMPLES}"
    ).fetchall()
    for indicator, breakdown, group, _kind, period, area, count, lines in rows:
        where = " and ".join(str(line) for line in lines[:3])
        yield Problem(
            f"{name}, lines {where}",
            f"{count} rows for {indicator}, {breakdown}, {group}, {area}, {period}",
            "keep one row for each area, period and group",
        )


def check_numerators(
    connection: duckdb.DuckDBPyConnection, _source: Source, name: str
) -> Iterator[Problem]:
    """No negative count."""
    rows = connection.execute(
        "select line_number, numerator, denominator from observed "
        f"where numerator < 0 or denominator < 0 order by 1 limit {EXAMPLES}"
    ).fetchall()
    for line, numerator, denominator in rows:
        yield Problem(
            f"{name}, line {line}",
            f"a count below zero ({numerator} of {denominator})",
            "write counts of zero or more",
        )


def check_edition(
    connection: duckdb.DuckDBPyConnection, source: Source, name: str
) -> Iterator[Problem]:
    """A file that reaches beyond the catalogued edition must say its own date."""
    rows = connection.execute(
        "select distinct case when time_identifier like '% term' "
        "then time_period || ' ' || time_identifier else time_period end "
        "from observed where newer and edition <= $edition order by 1",
        {"edition": source.edition},
    ).fetchall()
    if rows:
        shown = ", ".join(row[0] for row in rows[:EXAMPLES]) + (" …" if rows[EXAMPLES:] else "")
        yield Problem(
            name,
            f"figures for {shown}, newer than the edition of "
            f"{source.edition} that the catalogue knows",
            f"give the date it was published, later than {source.edition}, "
            "with --edition YYYY-MM-DD",
        )


#: Every check, in the order of the report.
CHECKS: tuple[Check, ...] = (
    check_some_rows,
    check_no_duplicates,
    check_numerators,
    check_edition,
)
