-- observation, more rows: what is left of a total when its exclusive classes are taken from
-- it, in every area and period in which any of them has a figure. So classes and rest always
-- add up to the total, and what a publication leaves over or does not print is seen.
insert into observation by name
with classes as (
    select indicator_id, source_id, split_part(breakdown, ':', 1) as dimension, sen_group,
        time_identifier, time_period, area_code, sum(numerator) as classified,
        max(denominator) as denominator, count(value) as figures,
        bool_or(is_open) as is_open,
        min_by(symbol, breakdown) filter (symbol is not null) as symbol,
        any_value(symbol_published) filter (symbol is not null) as symbol_published
    from observation
    group by all
)
select e.indicator_id, c.area_code, e.time_period, e.time_identifier, e.breakdown, e.sen_group,
    e.source_id,
    case when c.figures > 0
         then e.scale * (c.denominator - c.classified) / c.denominator end as value,
    case when c.figures > 0 then c.denominator - c.classified end as numerator,
    case when c.figures > 0 then c.denominator end as denominator,
    case when c.figures = 0 then c.symbol end as symbol,
    c.symbol_published, e.status, e.basis,
    case when c.figures > 0 then e.source_id end as counts_source_id,
    e.decimals, e.line, e.series_rank, e.ranked, c.is_open
from expected e
join classes c on c.indicator_id = e.indicator_id and c.source_id = e.source_id
    and c.dimension = split_part(e.breakdown, ':', 1) and c.sen_group = e.sen_group
    and c.time_identifier = e.time_identifier and c.time_period = e.time_period
where e.derived = 'rest_of_total';
