-- latest: one row per indicator x measure x reference x sen_group x breakdown
-- x time_identifier: the newest period in which at least half of the authorities open then
-- have a value, or the words of a category. One period for all areas.
create table latest as
with covered as (
    select c.slice_id, count(c.value) filter (c.is_open) as having_value,
        count(*) filter (c.is_open) as open_areas
    from cell c
    join place a using (area_id)
    where a.is_authority
    group by all
    union all by name
    select l.indicator_id, 'value' as measure, 'none' as reference, l.sen_group, l.breakdown,
        l.time_identifier, l.time_period, count(l.value_text) filter (l.is_open) as having_value,
        count(*) filter (l.is_open) as open_areas
    from level l
    join area a using (area_code)
    where a.geographic_level = 'Local authority'
    group by all
)
select s.indicator_id, s.measure, s.reference, s.sen_group, s.breakdown, s.time_identifier,
    max(s.time_period) as time_period
from covered
join slice s using (slice_id)
where having_value * 2 >= open_areas and having_value > 0
group by all;
