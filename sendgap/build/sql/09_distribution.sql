-- distribution: one row per indicator x measure x reference x sen_group x breakdown
-- x time_identifier x time_period: the spread over authorities open in the period with a
-- value, on printed decimals. Quartiles are type 7.
create table distribution as
with la as (
    select c.*, a.area_name
    from cell c
    join area a using (area_code)
    join indicator i using (indicator_id)
    where a.geographic_level = 'Local authority' and c.is_open and c.value is not null
        and list_contains(i.benchmarked, c.breakdown)
), spread as (
    select la.indicator_id, measure, reference, sen_group, breakdown, la.time_identifier, time_period,
        source_id, count(*) as areas, min(value) as minimum, quantile_cont(value, 0.25) as q25,
        quantile_cont(value, 0.5) as median, quantile_cont(value, 0.75) as q75,
        max(value) as maximum, bool_and(ranked) as ranked
    from la
    group by all
), named as (
    select s.indicator_id, s.measure, s.reference, s.sen_group, s.breakdown, s.time_identifier,
        s.time_period,
        string_agg(area_name, '; ' order by area_name) filter (value = minimum) as minimum_areas,
        string_agg(area_name, '; ' order by area_name) filter (value = maximum) as maximum_areas
    from spread s
    join la using (indicator_id, measure, reference, sen_group, breakdown, time_identifier,
        time_period)
    where value = minimum or value = maximum
    group by all
)
select s.*, n.minimum_areas, n.maximum_areas, e.value as england
from spread s
join named n using (indicator_id, measure, reference, sen_group, breakdown, time_identifier,
    time_period)
left join cell e on e.area_code = 'E92000001' and e.indicator_id = s.indicator_id
    and e.measure = s.measure and e.reference = s.reference and e.sen_group = s.sen_group
    and e.breakdown = s.breakdown and e.time_identifier = s.time_identifier
    and e.time_period = s.time_period;
