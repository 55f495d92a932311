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
    """No negative count, no part above its whole and no figure of nobody.

    Where the publisher's own percentage is above 100 the file says itself what is wrong
    with it: the figure is taken, and shown as impossible.
    """
    rows = connection.execute(
        "with parts as (select distinct indicator_id from uses where is_proportion) "
        "select line_number, indicator_id, area_code, time_period, numerator, denominator, "
        "case when numerator < 0 or denominator < 0 then 1 "
        "when denominator = 0 then 3 else 2 end as fault "
        "from observed left join parts p using (indicator_id) "
        "where numerator < 0 or denominator < 0 "
        "or numerator is not null and denominator = 0 and value is not null "
        "or p.indicator_id is not null and numerator > denominator and denominator > 0 "
        "and coalesce(printed, 0) <= 100 "
        f"order by fault, line_number limit {EXAMPLES}"
    ).fetchall()
    for line, indicator, area, period, numerator, denominator, fault in rows:
        found, write = _COUNTS[fault]
        what = f"{found} ({_count(numerator)} of {_count(denominator)})"
        yield Problem(f"{name}, line {line}", f"{indicator}, {area}, {period}: {what}", write)


#: Faults of counts: what is found and what to write.
_COUNTS = {
    1: ("a count below zero", "write counts of zero or more"),
    2: ("a numerator above its denominator", "a part is never more than its whole"),
    3: ("a figure of nobody", "write a denominator above zero, or no figure"),
}


def _count(found: float | None) -> str:
    return "nothing" if found is None else f"{found:g}"


def check_limits(
    connection: duckdb.DuckDBPyConnection, _source: Source, name: str
) -> Iterator[Problem]:
    """Published limits are the right way round and hold their value."""
    rows = connection.execute(
        "select line_number, indicator_id, area_code, time_period, value, lower, upper "
        "from observed where lower > upper or value < lower or value > upper "
        f"order by 1, 2 limit {EXAMPLES}"
    ).fetchall()
    for line, indicator, area, period, value, lower, upper in rows:
        yield Problem(
            f"{name}, line {line}",
            f"{indicator}, {area}, {period}: {_count(value)} with limits "
            f"{_count(lower)} to {_count(upper)}",
            "write the lower limit first, and both round their value",
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
    check_limits,
    check_edition,
)
