-- neighbour_value: one row per slice x authority x vintage with a neighbour's value: the mean
-- over its statistical neighbours with a value (for gaps: with both sides), and the pooled
-- value where every one of them has counts. Fewer than 7: no mean.
-- This is the build's largest sum, ten neighbours to every cell: over rows in the order of
-- their slices and one number per group it takes a quarter of the time.
create table valued as
select c.slice_id, c.area_id, c.value, c.numerator, c.denominator, c.reference_numerator,
    c.reference_denominator
from cell c
join slice s using (slice_id)
where c.is_open and c.value is not null and s.is_benchmarked
order by c.slice_id, c.area_id;

create table neighbour_value as
with lists as (
    select area_code, vintage, row_number() over (order by area_code, vintage) as list_id
    from (select distinct area_code, vintage from neighbour)
), listed as (
    select l.list_id, a.area_id as neighbour_id
    from neighbour n
    join lists l using (area_code, vintage)
    join place a on a.area_code = n.neighbour_code
), summed as (
    select v.slice_id * 10_000 + l.list_id as slice_and_list, count(*) as neighbour_count,
        avg(value) as mean, min(value) as neighbour_min, max(value) as neighbour_max,
        case when count(denominator) = count(*) and sum(denominator) > 0
             then sum(numerator) / sum(denominator) end as sen_share,
        case when count(reference_denominator) = count(*) and sum(reference_denominator) > 0
             then sum(reference_numerator) / sum(reference_denominator) end as reference_share
    from valued v
    join listed l on l.neighbour_id = v.area_id
    group by slice_and_list
)
select s.slice_id, a.area_id, l.vintage, neighbour_count, neighbour_min, neighbour_max,
    -- Rounded far below print: a float's sum depends on the order of its parts.
    case when neighbour_count >= 7 then round(mean, 9) end as neighbour_mean,
    case when s.unit <> 'percent' or neighbour_count < 7 then null
         when s.measure = 'value' then 100 * sen_share
         when s.polarity = 'higher_is_better' then 100 * (reference_share - sen_share)
         else 100 * (sen_share - reference_share) end as neighbour_pooled
from summed n
join slice s on s.slice_id = n.slice_and_list // 10_000
join lists l on l.list_id = n.slice_and_list % 10_000
join place a using (area_code);

drop table valued;
