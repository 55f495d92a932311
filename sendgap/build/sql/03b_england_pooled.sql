-- observation, more rows: where a source publishes no row for England and its counts allow,
-- England pooled from the authorities' counts, with how many of those open had them. It is
-- no published figure and is never called one: pooled_from names the authorities it rests on.
insert into observation by name
with counted as (
    select o.indicator_id, o.source_id, o.breakdown, o.sen_group, o.time_identifier,
        o.time_period, any_value(o.basis) as basis, any_value(o.line) as line,
        any_value(o.decimals) as decimals, any_value(o.series_rank) as series_rank,
        bool_and(o.ranked) as ranked, any_value(e.scale) as scale,
        case when bool_or(o.status = 'provisional') then 'provisional'
             when bool_or(o.status = 'revised') then 'revised' else 'final' end as status,
        sum(o.numerator) filter (o.value is not null) as numerator,
        sum(o.denominator) filter (o.value is not null) as denominator,
        count(o.denominator) filter (o.value is not null) as pooled_from,
        count(*) as pooled_of
    from observation o
    join expected e using (
        indicator_id, source_id, breakdown, sen_group, time_identifier, time_period
    )
    join area a using (area_code)
    where e.pooled and o.is_open and a.geographic_level = 'Local authority'
    group by all
)
select indicator_id, 'E92000001' as area_code, time_period, time_identifier, breakdown, sen_group,
    source_id, scale * numerator / denominator as value, numerator, denominator, status, basis,
    source_id as counts_source_id, decimals, line, series_rank, ranked, true as is_open,
    pooled_from::integer as pooled_from, pooled_of::integer as pooled_of
from counted
-- Below half of the authorities it would not be England.
where denominator > 0 and pooled_from * 2 >= pooled_of;
