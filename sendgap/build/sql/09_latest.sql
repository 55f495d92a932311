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
    union all
    -- A category's words are figures too.
    select s.slice_id, count(o.value_text) filter (o.is_open) as having_value,
        count(*) filter (o.is_open) as open_areas
    from observation o
    join slice s
        using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
    join place a using (area_code)
    where s.measure = 'value' and s.unit = 'category' and a.is_authority
    group by all
)
select s.indicator_id, s.measure, s.reference, s.sen_group, s.breakdown, s.time_identifier,
    max(s.time_period) as time_period
from covered
join slice s using (slice_id)
where having_value * 2 >= open_areas and having_value > 0
group by all;
