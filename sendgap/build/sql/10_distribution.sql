-- distribution: one row per slice with a value of an authority: the spread over authorities
-- open in the period with a value, on printed decimals. Quartiles are type 7.
create table distribution as
with la as (
    select c.slice_id, c.value, c.ranked, a.area_name
    from cell c
    join slice s using (slice_id)
    join place a using (area_id)
    where a.is_authority and c.is_open and c.value is not null and s.is_benchmarked
), spread as (
    select slice_id, count(*) as areas, min(value) as minimum,
        quantile_cont(value, 0.25) as q25, quantile_cont(value, 0.5) as median,
        quantile_cont(value, 0.75) as q75, max(value) as maximum, bool_and(ranked) as ranked
    from la
    group by all
), named as (
    select slice_id,
        string_agg(area_name, '; ' order by area_name) filter (value = minimum) as minimum_areas,
        string_agg(area_name, '; ' order by area_name) filter (value = maximum) as maximum_areas
    from spread
    join la using (slice_id)
    where value = minimum or value = maximum
    group by all
)
select spread.*, minimum_areas, maximum_areas
from spread
join named using (slice_id);
