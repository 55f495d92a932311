-- compared: one row per slice of a level x authority x comparator (England, each list of
-- neighbours) that is there, with the way in which the two may be told apart:
--   interval     the level has limits
--   approximate  it has none, but the same area's latest known number of pupils of the outcome
--                and group (cohort), an earlier period's, allows a proportion's limits
--   persistent   no number of pupils is known: three years decide, see 12b_position
--   none         the number of pupils is known to be under 30, a count of things, or a series
--                that is not ranked
-- other is what is printed and decides whether rounding could make the difference; England is
-- tested unrounded where its counts are known.
-- Both sides are printed figures, so a difference of one unit of the last decimal may be
-- rounding; whole percentages are given 2 points.
create macro beyond_rounding(difference, decimals, unit) as
    case when abs(difference) <= 1e-9
            + case when decimals = 0 and unit = 'percent' then 2 else pow(10, -decimals) end
         then 0 else sign(difference) end;

create table compared as
with figure as (
    select b.slice_id, b.area_id, s.run_id, s.line, b.basis, s.time_period, s.polarity, b.value,
        b.estimate, b.lower, b.upper, b.england, b.decimals, s.unit, b.ranked and s.unit <> 'count' as may,
        i.interval, i.scale,
        coalesce(b.denominator, case when i.interval = 'wilson' then last_value(
            if(b.value is not null and b.denominator > 0, b.denominator, null) ignore nulls
        ) over (partition by s.run_id, b.area_id order by s.time_period) end) as cohort
    from standing b
    join slice s using (slice_id)
    join indicator i using (indicator_id)
    where s.measure = 'value'
), beside as (
    -- England first, then each list.
    select c.slice_id, c.area_id, 'England' as comparator, c.england as other,
        coalesce(e.estimate, c.england) as tested_against
    from standing c
    left join (
        select slice_id, estimate from cell join place using (area_id)
        where area_code = 'E92000001'
    ) e using (slice_id)
    where c.england is not null
    union all
    select slice_id, area_id, vintage, neighbour_mean, neighbour_mean
    from neighbour_value
    where neighbour_mean is not null
)
select f.slice_id, f.area_id, comparator, run_id, line, basis, time_period, polarity, value, scale,
    estimate, lower, upper, cohort, tested_against,
    beyond_rounding(value - other, decimals, unit) as side,
    case when not may or cohort < 30 then 'none'
         when lower is not null then 'interval'
         when interval = 'wilson' and cohort is not null then 'approximate'
         else 'persistent' end as method
from figure f
join beside using (slice_id, area_id);

create view testable as
select slice_id, area_id, comparator, polarity, value, estimate, lower, upper, scale, cohort,
    tested_against
from compared
where value is not null and method in ('interval', 'approximate');
