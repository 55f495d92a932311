-- observation, more rows: a school year as the sum of its three published terms, where all
-- three have a figure. Named in the source's words as the sum of three terms.
insert into observation by name
with terms as (
    select indicator_id, source_id, breakdown, sen_group, time_period, area_code,
        -- Rounded far below print: a float's sum depends on the order of its parts.
        round(sum(value), 9) as value, count(value) as terms, bool_or(is_open) as is_open,
        min_by(symbol, time_identifier) filter (symbol is not null) as symbol,
        any_value(symbol_published) filter (symbol is not null) as symbol_published
    from observation
    where time_identifier in ('Autumn term', 'Spring term', 'Summer term')
    group by all
)
select e.indicator_id, t.area_code, e.time_period, e.time_identifier, e.breakdown, e.sen_group,
    e.source_id, case when t.terms = 3 and e.missing is null then t.value end as value,
    case when e.missing is not null then e.missing when t.terms < 3 then t.symbol end as symbol,
    t.symbol_published, e.status, e.basis, e.decimals, e.line, e.series_rank, e.ranked, t.is_open
from expected e
join terms t using (indicator_id, source_id, breakdown, sen_group, time_period)
where e.derived = 'sum_of_terms';
