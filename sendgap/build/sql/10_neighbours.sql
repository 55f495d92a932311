-- neighbour_value: one row per cell of an authority x vintage: the mean over its statistical
-- neighbours with a value (for gaps: with both sides), and the pooled value where every one
-- of them has counts. Fewer than 7: no mean.
create table neighbour_value as
with pairs as (
    select n.vintage, n.area_code, c.indicator_id, c.measure, c.reference, c.sen_group,
        c.breakdown, c.time_identifier, c.time_period, c.value, c.numerator, c.denominator,
        c.reference_numerator, c.reference_denominator
    from neighbour n
    join cell c on c.area_code = n.neighbour_code
    join indicator i using (indicator_id)
    where c.is_open and c.value is not null and list_contains(i.benchmarked, c.breakdown)
), summed as (
    select vintage, area_code, indicator_id, measure, reference, sen_group, breakdown,
        time_identifier, time_period, count(*) as neighbour_count, avg(value) as mean,
        min(value) as neighbour_min, max(value) as neighbour_max,
        case when count(denominator) = count(*) and sum(denominator) > 0
             then sum(numerator) / sum(denominator) end as sen_share,
        case when count(reference_denominator) = count(*) and sum(reference_denominator) > 0
             then sum(reference_numerator) / sum(reference_denominator) end as reference_share
    from pairs
    group by all
)
select s.* exclude (mean, sen_share, reference_share),
    -- Rounded far below print: a float's sum depends on the order of its parts.
    case when neighbour_count >= 7 then round(mean, 9) end as neighbour_mean,
    case when i.unit <> 'percent' or neighbour_count < 7 then null
         when measure = 'value' then 100 * sen_share
         when i.polarity = 'higher_is_better' then 100 * (reference_share - sen_share)
         else 100 * (sen_share - reference_share) end as neighbour_pooled
from summed s
join indicator i using (indicator_id);
