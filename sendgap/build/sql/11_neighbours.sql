-- neighbour_value: one row per slice x authority x vintage with a neighbour's value: the mean
-- over its statistical neighbours with a value (for gaps: with both sides), and the pooled
-- value where every one of them has counts. Fewer than 7: no mean.
create table neighbour_value as
with pairs as (
    select a.area_id, n.vintage, b.area_id as neighbour_id
    from neighbour n
    join place a on a.area_code = n.area_code
    join place b on b.area_code = n.neighbour_code
), summed as (
    select c.slice_id, p.area_id, p.vintage, count(*) as neighbour_count, avg(value) as mean,
        min(value) as neighbour_min, max(value) as neighbour_max,
        case when count(denominator) = count(*) and sum(denominator) > 0
             then sum(numerator) / sum(denominator) end as sen_share,
        case when count(reference_denominator) = count(*) and sum(reference_denominator) > 0
             then sum(reference_numerator) / sum(reference_denominator) end as reference_share
    from cell c
    join slice s using (slice_id)
    join pairs p on p.neighbour_id = c.area_id
    where c.is_open and c.value is not null and s.is_benchmarked
    group by all
)
select n.slice_id, n.area_id, n.vintage, n.neighbour_count, n.neighbour_min, n.neighbour_max,
    -- Rounded far below print: a float's sum depends on the order of its parts.
    case when neighbour_count >= 7 then round(mean, 9) end as neighbour_mean,
    case when s.unit <> 'percent' or neighbour_count < 7 then null
         when s.measure = 'value' then 100 * sen_share
         when s.polarity = 'higher_is_better' then 100 * (reference_share - sen_share)
         else 100 * (sen_share - reference_share) end as neighbour_pooled,
    null::varchar as position_neighbours
from summed n
join slice s using (slice_id);
