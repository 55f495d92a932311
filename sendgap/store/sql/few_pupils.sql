-- few_pupils: one row per authority of which so many newest levels of some outcomes are hidden,
-- a quarter or more for one of the groups, that no figure of it can be called good or bad.
select distinct p.area_code
from profile p
where p.measure = 'value' and p.breakdown = 'total' and p.vintage = $vintage
    and list_contains($groups, p.sen_group)
    and list_contains($outcomes, p.indicator_id || ' ' || p.time_identifier)
group by p.area_code, p.sen_group
having 4 * count(*) filter (where p.value is null and p.symbol in ('c', 'x')) >= count(*)
order by p.area_code
