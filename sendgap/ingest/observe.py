"""Turns the text picked out for each series into observations in the published schema."""

from __future__ import annotations

import duckdb

from sendgap.catalogue.model import Source
from sendgap.ingest.extract import NUMBER
from sendgap.ingest.stage import Use, insert_rows
from sendgap.terms import PROPORTIONS, Symbol

#: What a row of ``data/published`` holds. Values are as published: percentages on a
#: scale of 0 to 100, rates per 100, counts whole. Exactly one of value and symbol is
#: filled.
PUBLISHED_COLUMNS = {
    "indicator_id": "varchar",
    "breakdown": "varchar",
    "sen_group": "varchar",
    "time_identifier": "varchar",
    "time_period": "varchar",
    "area_code": "varchar",
    "value": "double",
    "value_text": "varchar",
    "numerator": "double",
    "denominator": "double",
    "lower": "double",
    "upper": "double",
    "symbol": "varchar",
    "symbol_published": "varchar",
    "edition": "varchar",
}

#: Later than every period.
_NEVER = "999999"

#: What a ratio of two counts is multiplied by to give the indicator's unit.
SCALES = {"percent": 100.0, "per_100_pupils": 100.0}


def observe(
    connection: duckdb.DuckDBPyConnection, source: Source, uses: list[Use], edition: str
) -> None:
    """Create ``observed`` in the published schema from ``raw`` and ``period_map``.

    ``newer`` marks figures that the catalogued edition did not have.
    """
    connection.execute("create or replace temp table symbols (found varchar, meant varchar)")
    insert_rows(connection, "symbols", source.symbols.items())
    connection.execute(
        "create or replace temp table uses (use integer, indicator_id varchar, "
        "breakdown varchar, sen_group varchar, first varchar, last varchar, known varchar, "
        "not_yet varchar, from_counts boolean, scale double, is_text boolean, "
        "numerator_from_value boolean, is_proportion boolean)"
    )
    insert_rows(
        connection,
        "uses",
        (
            (number, use.indicator.id, use.series.breakdown, use.group.value, use.series.first,
             use.series.last, _known_to(use, uses, source.latest_period), _not_yet(use),
             use.series.value_from_counts, SCALES.get(use.indicator.unit, 1.0),
             use.selector.text is not None, use.series.numerator_from_value,
             use.indicator.value_type in PROPORTIONS)
            for number, use in enumerate(uses)
        ),
    )  # fmt: skip
    connection.execute(f"{_PARSED} {_OBSERVED}", {"edition": edition})


def _known_to(use: Use, uses: list[Use], latest: str) -> str:
    """The newest period of a series that the catalogued edition holds.

    It is the series' own last one, unless nothing of the table is taken up to the
    edition's latest: then those last periods are left out on purpose. A series that
    another one of the same figures goes on from never has newer ones.
    """
    same = (use.indicator.id, use.series.breakdown, use.group)
    ends = [u.series.last for u in uses if (u.indicator.id, u.series.breakdown, u.group) == same]
    if use.series.last < max(ends):
        return _NEVER
    alike = [u.series.last for u in uses if len(u.series.last) == len(latest)]
    cut = len(use.series.last) == len(latest) and max(alike) < latest
    return latest if cut else use.series.last


def _not_yet(use: Use) -> str:
    missing = use.series.missing.items()
    return "|".join(period for period, symbol in missing if symbol is Symbol.NOT_YET)


def _number(part: str) -> str:
    return f"case when s{part}.meant = '0' then 0.0 else {NUMBER.format(part)} end"


_PARSED = f"""
create or replace temp table observed as
with parsed as (
    select u.*, r.line_number, r.area_code, p.time_identifier, p.time_period,
        r.v, {_number("v")} as v_number, {_number("n")} as n_number, {_number("d")} as d_number,
        {NUMBER.format("r.l")} as l_number, {NUMBER.format("r.u")} as u_number,
        list_filter(
            [{{'found': v, 'meant': sv.meant}}, {{'found': n, 'meant': sn.meant}},
             {{'found': d, 'meant': sd.meant}}],
            lambda s: s.found is not null and s.meant is not null and s.meant <> '0'
        ) as said,
        p.time_period > u.known
            or list_contains(string_split(u.not_yet, '|'), p.time_period)
            or list_contains(
                string_split(u.not_yet, '|'), p.time_period || ' ' || p.time_identifier
            ) as newer
    from raw r
    join uses u using (use)
    join period_map p using (use, label, time_identifier)
    left join symbols sv on sv.found = r.v
    left join symbols sn on sn.found = r.n
    left join symbols sd on sd.found = r.d
    where p.time_period >= u.first and (p.time_period <= u.last or p.time_period > u.known)
), valued as (
    select *,
        case when is_text then null
             when not from_counts then v_number
             when d_number > 0 and n_number is not null
             then n_number / d_number * scale end as value,
        case when is_text and len(said) = 0 then v end as value_text,
        coalesce(
            list_filter(said, lambda s: s.found <> '')[1],
            case when d_number = 0 then {{'found': '', 'meant': 'z'}} end,
            said[1]
        ) as why
    from parsed
)
"""

_OBSERVED = """
select line_number, indicator_id, breakdown, sen_group, time_identifier, time_period, area_code,
    value, value_text,
    -- A half that a float keeps as a little less is one: 1.15 % of 199000 is 2288.5.
    case when numerator_from_value then round(v_number * d_number / scale + 1e-6) else n_number
    end as numerator,
    d_number as denominator, l_number as lower, u_number as upper, v_number as printed,
    case when value is null and value_text is null then
        case when from_counts and d_number = 0 then 'z' else coalesce(why.meant, 'none') end
    end as symbol,
    case when value is null and value_text is null then nullif(why.found, '')
    end as symbol_published,
    $edition as edition,
    newer and (value is not null or value_text is not null) as newer
from valued
"""
