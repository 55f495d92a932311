-- standing, positions filled: on which side of England and of the neighbours' mean a level
-- stands. The grain stays; each list of neighbours has its own columns. Rows are compared only
-- where value and comparator are there.
--   persistent  the side in each of the last three comparable periods (one line and basis, the
--               comparator published): the same side beyond rounding in all three, else similar
--   none        not tested: no three such periods, a cohort known to be under 30, counts of
--               things, or a series that is not ranked
--   null        beside 'not tested': numbers of pupils are known and an interval may be put
--               round the figure; left for the file that computes the intervals
-- Both sides are printed figures, so a difference of one unit of the last decimal may be
-- rounding; whole percentages are given 2 points.
create macro beyond_rounding(difference, decimals, unit) as
    case when abs(difference) <= 1e-9
            + case when decimals = 0 and unit = 'percent' then 2 else pow(10, -decimals) end
         then 0 else sign(difference) end;

create macro persistent_word(sides, tested, polarity) as
    case when not tested then 'not tested'
         when len(list_distinct(sides)) > 1 or sides[1] = 0 then 'similar'
         when polarity = 'none' then if(sides[1] > 0, 'higher', 'lower')
         when (polarity = 'higher_is_better') = (sides[1] > 0) then 'better'
         else 'worse' end;

create table position as
with compared as (
    -- England first, then each list: one row per slice x authority x comparator.
    select slice_id, area_id, 'England' as comparator, england as other from standing
    union all
    select slice_id, area_id, vintage, neighbour_mean from neighbour_value
), sided as (
    select c.slice_id, c.area_id, comparator, s.run_id, s.line, b.basis, s.time_period, s.polarity,
        b.denominator is not null and i.interval <> 'none' as has_interval,
        b.ranked and s.unit <> 'count' and coalesce(b.denominator, 30) >= 30 as may_persist,
        beyond_rounding(b.value - other, b.decimals, s.unit) as side, other is not null as has_other
    from compared c
    join standing b using (slice_id, area_id)
    join slice s using (slice_id)
    join indicator i using (indicator_id)
    where s.measure = 'value'
), placed as (
    select *, list(side) filter (side is not null) over (
            partition by run_id, area_id, comparator, line, basis, has_other
            order by time_period rows 2 preceding
        ) as sides
    from sided
)
select slice_id, area_id, comparator, has_interval,
    case when has_interval then 'not tested'
         else persistent_word(sides, may_persist and len(sides) = 3, polarity) end as word,
    may_persist and len(sides) = 3 as tested
from placed
where side is not null;

create or replace table standing as
select c.* replace (
    e.word as position_england, p.word as position_neighbours_2021,
    q.word as position_neighbours_2025,
    case when coalesce(e.has_interval, p.has_interval, true) then null
         when coalesce(e.tested, false) or coalesce(p.tested, false) then 'persistent'
         else 'none' end as position_basis_2021,
    case when coalesce(e.has_interval, q.has_interval, true) then null
         when coalesce(e.tested, false) or coalesce(q.tested, false) then 'persistent'
         else 'none' end as position_basis_2025
)
from standing c
left join position e on e.comparator = 'England' and e.slice_id = c.slice_id
    and e.area_id = c.area_id
left join position p on p.comparator = '2021-04' and p.slice_id = c.slice_id
    and p.area_id = c.area_id
left join position q on q.comparator = '2025-05' and q.slice_id = c.slice_id
    and q.area_id = c.area_id;
drop table position;
