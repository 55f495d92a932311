"""Picks each series' rows and columns out of staged text: periods and numbers, checked."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb

from sendgap.catalogue.areas import Areas
from sendgap.catalogue.model import Columns, Source, Table
from sendgap.errors import Problem
from sendgap.ingest.periods import fits, time_period
from sendgap.ingest.stage import EXAMPLES, Use, insert_rows, literal, quoted
from sendgap.terms import TimeIdentifier

#: Numbers as printed, with thousands commas and a percent sign set aside; null for all
#: other text. "nan", "inf" and a decimal comma are no numbers, though a cast takes them.
NUMBER = (
    r"case when regexp_full_match({0}, '[+-]?([0-9]+|[0-9]{{1,3}}(,[0-9]{{3}})+)?(\.[0-9]*)?"
    r"([eE][+-]?[0-9]{{1,2}})?%?') then try_cast(replace(rtrim({0}, '%'), ',', '') as double) end"
)


def extract(connection: duckdb.DuckDBPyConnection, table: Table, uses: list[Use]) -> None:
    """Create ``extracted``: one row per use and staged row, numbers still as text."""
    connection.execute(_ADDED)
    selects = [_select(number, table, use) for number, use in enumerate(uses)]
    connection.execute(f"create or replace temp table raw as {' union all '.join(selects)}")


#: The parts of a figure, as ``raw`` names them.
PARTS = ("v", "n", "d", "l", "u")

#: Figures added up, as text: the sum, or the first that is no number. Where nothing is
#: printed for one of them there is no sum.
_ADDED = f"""
create or replace temp macro added(texts) as case
    when len(list_filter(texts, lambda t: {NUMBER.format("t")} is null)) > 0
    then list_filter(texts, lambda t: {NUMBER.format("t")} is null)[1]
    else list_sum(list_transform(texts, lambda t: {NUMBER.format("t")}))::varchar end
"""


def _select(number: int, table: Table, use: Use) -> str:
    """The rows of one use; where rows are added up, ``rows`` and ``distinct_rows`` tell
    whether one stands twice."""
    label = quoted(table.period) if table.period else literal(table.as_at or "")
    keys = (
        f"{number} as use, area_code, {label} as label, "
        f"{_identifier(table, use)} as time_identifier"
    )
    rows = f"from staged where {_where(use)}{_in_terms(table, use)}"
    parts = _parts(use)
    if not use.series.add_rows:
        texts = ", ".join(f"{text} as {part}" for part, text in parts.items())
        return f"select {keys}, line_number, {texts}, 1 as rows, 1 as distinct_rows {rows}"
    texts = ", ".join(
        f"{f'added(list({text}))' if text != _NOTHING else text} as {part}"
        for part, text in parts.items()
    )
    apart = ", ".join(quoted(column) for column in use.series.add_rows)
    return (
        f"select {keys}, min(line_number) as line_number, {texts}, count(*) as rows, "
        f"count(distinct ({apart})) as distinct_rows {rows} group by all"
    )


def _where(use: Use) -> str:
    return _tests(use.selector.where)


def _tests(where: tuple[tuple[str, tuple[str, ...]], ...]) -> str:
    tests = [f"{quoted(column)} in ({', '.join(map(literal, values))})" for column, values in where]
    return " and ".join(tests) or "true"


def _identifier(table: Table, use: Use) -> str:
    if table.time_identifier:
        return quoted(table.time_identifier)
    return literal(use.series.time_identifiers[0].value)


def _in_terms(table: Table, use: Use) -> str:
    """Rows of another known kind of period belong to another series; unknown kinds stay
    in, to be refused."""
    if not table.time_identifier:
        return ""
    others = [t.value for t in TimeIdentifier if t not in use.series.time_identifiers]
    return f" and {quoted(table.time_identifier)} not in ({', '.join(map(literal, others))})"


_NOTHING = "null::varchar"


def _parts(use: Use) -> dict[str, str]:
    """The text of each part of a figure, as SQL."""
    chosen = use.selector
    texts = dict(zip(PARTS, map(_text, chosen.figures()), strict=True))
    if chosen.text:
        texts["v"] = quoted(chosen.text)
    if chosen.numerator_where:
        # A row that the numerator does not count adds nothing: no such row at all is zero.
        texts["n"] = f"case when {_tests(chosen.numerator_where)} then {texts['n']} else '0' end"
    return texts


def _text(columns: Columns | None) -> str:
    if columns is None:
        return _NOTHING
    if columns.parts[1:] or columns.parts[0][0] < 0:
        texts = [quoted(name) if sign > 0 else _negative(name) for sign, name in columns.parts]
        return f"added([{', '.join(texts)}])"
    return quoted(columns.parts[0][1])


def _negative(name: str) -> str:
    """A figure to be taken away; what is no number stays as it is, to be told."""
    number = NUMBER.format(quoted(name))
    return f"coalesce((-({number}))::varchar, {quoted(name)})"


def check_periods(
    connection: duckdb.DuckDBPyConnection, table: Table, uses: list[Use], name: str
) -> Iterator[Problem]:
    """Create ``period_map``; problems for labels and kinds of period that do not fit."""
    connection.execute(
        "create or replace temp table period_map "
        "(use integer, label varchar, time_identifier varchar, time_period varchar)"
    )
    rows = connection.execute(
        "select distinct use, label, time_identifier from raw order by all"
    ).fetchall()
    good: list[tuple[object, ...]] = []
    bad: dict[tuple[str, str], str] = {}
    for use, label, identifier in rows:
        period = table.mislabelled.get(f"{label} {identifier}") or time_period(
            label, uses[use].series.period_rule
        )
        known = identifier in set(TimeIdentifier)
        if period and known and fits(period, TimeIdentifier(identifier)):
            good.append((use, label, identifier, period))
        else:
            bad[label, identifier] = uses[use].series.period_rule
    insert_rows(connection, "period_map", good)
    for (label, identifier), rule in list(bad.items())[:EXAMPLES]:
        yield Problem(
            f"{name}, {table.period or 'period'}",
            f"period {label!r} labelled {identifier!r} is mixed or not understood",
            f"write the period as the rule {rule} expects, of one kind for the whole file",
        )


def check_text(
    connection: duckdb.DuckDBPyConnection, source: Source, uses: list[Use], name: str
) -> Iterator[Problem]:
    """Problems for text in number columns that is no symbol of the source."""
    known = ", ".join(map(literal, source.symbols)) or "''"
    words = [number for number, use in enumerate(uses) if use.selector.text]
    for part in PARTS:
        rows = connection.execute(
            f"select use, {part}, count(*), min(line_number) from raw where {part} is not null "
            f"and ({NUMBER.format(part)}) is null and {part} not in ({known}) "
            f"and not ({part} <> '' and '{part}' = 'v' and list_contains({words}::integer[], use)) "
            f"group by use, {part} order by 4 limit {EXAMPLES}"
        ).fetchall()
        for use, found, count, line in rows:
            yield Problem(
                f"{name}, {_column(uses[use], part)}",
                f"{f'text {found!r}' if found else 'an empty cell'} on {count} "
                f"row{'s' if count > 1 else ''}, first on line {line}",
                f"write a number or one of the symbols {_list(source.symbols)}",
            )


def _column(use: Use, part: str) -> str:
    figures = dict(zip(PARTS, use.selector.figures(), strict=True))
    return str(figures[part] or use.selector.text)


def check_added_rows(
    connection: duckdb.DuckDBPyConnection, uses: list[Use], name: str
) -> Iterator[Problem]:
    """Problems where rows that are added up stand twice: they would count twice."""
    rows = connection.execute(
        "select use, area_code, label, rows - distinct_rows, line_number from raw "
        f"where rows > distinct_rows order by line_number limit {EXAMPLES}"
    ).fetchall()
    for use, area, label, twice, line in rows:
        yield Problem(
            f"{name}, line {line}",
            f"{twice} of the rows that make up {uses[use].indicator.id}, "
            f"{uses[use].series.breakdown}, {area}, {label} stand twice",
            f"keep one row for each {', '.join(uses[use].series.add_rows)}",
        )


def _list(symbols: dict[str, str]) -> str:
    return ", ".join(repr(s) for s in symbols) or "(none are defined)"


def follow_namesakes(connection: duckdb.DuckDBPyConnection, areas: Areas) -> None:
    """Move rows named like an area that had not begun to its predecessor of that name,
    unless the file has rows of the predecessor's own."""
    rows = connection.execute(
        "select distinct use, area_code, label, time_period from raw "
        "join period_map using (use, label, time_identifier) where area_code is not null"
    ).fetchall()
    moved = [
        (use, code, label, earlier)
        for use, code, label, period in rows
        if (earlier := areas.earlier_namesake(code, period))
    ]
    connection.execute(
        "create or replace temp table namesake "
        "(use integer, area_code varchar, label varchar, earlier varchar)"
    )
    insert_rows(connection, "namesake", moved)
    connection.execute(
        "update raw set area_code = earlier from namesake n "
        "where raw.use = n.use and raw.area_code = n.area_code and raw.label = n.label "
        "and not exists (select 1 from raw r where r.use = n.use and r.area_code = n.earlier "
        "and r.label = n.label)"
    )
