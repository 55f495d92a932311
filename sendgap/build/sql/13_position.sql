-- benchmark, positions filled: on which side of England and of the neighbours' mean a level
-- stands. The grain stays. Rows are compared only where value and comparator are there.
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

create or replace table benchmark as
with sided as (
    select b.indicator_id, b.area_code, b.time_period, b.time_identifier, b.breakdown,
        b.sen_group, b.vintage, l.line, l.basis, i.polarity,
        l.denominator is not null and i.interval <> 'none' as has_interval,
        l.ranked and i.unit <> 'count' and coalesce(l.denominator, 30) >= 30 as may_persist,
        beyond_rounding(b.value - b.england, b.decimals, i.unit) as england_side,
        beyond_rounding(b.value - b.neighbour_mean, b.decimals, i.unit) as neighbour_side,
        b.england is not null as has_england, b.neighbour_mean is not null as has_mean
    from benchmark b
    join indicator i using (indicator_id)
    join level l on l.indicator_id = b.indicator_id and l.area_code = b.area_code
        and l.time_period = b.time_period and l.time_identifier = b.time_identifier
        and l.breakdown = b.breakdown and l.sen_group = b.sen_group
    where b.measure = 'value'
), placed as (
    select *, list(england_side) filter (england_side is not null) over england as england_sides,
        list(neighbour_side) filter (neighbour_side is not null) over neighbours as mean_sides
    from sided
    window england as (
        partition by indicator_id, area_code, time_identifier, breakdown, sen_group, vintage,
            line, basis, has_england
        order by time_period rows 2 preceding
    ), neighbours as (
        partition by indicator_id, area_code, time_identifier, breakdown, sen_group, vintage,
            line, basis, has_mean
        order by time_period rows 2 preceding
    )
), tested as (
    select *, may_persist and len(england_sides) = 3 as england_tested,
        may_persist and len(mean_sides) = 3 as mean_tested
    from placed
)
select b.* replace (
    case when t.england_side is null then null when t.has_interval then 'not tested'
         else persistent_word(t.england_sides, t.england_tested, t.polarity)
    end as position_england,
    case when t.neighbour_side is null then null when t.has_interval then 'not tested'
         else persistent_word(t.mean_sides, t.mean_tested, t.polarity)
    end as position_neighbours,
    case when t.has_interval or (t.england_side is null and t.neighbour_side is null) then null
         when (t.england_side is not null and t.england_tested)
             or (t.neighbour_side is not null and t.mean_tested) then 'persistent'
         else 'none' end as position_basis
)
from benchmark b
left join tested t on b.measure = 'value' and t.indicator_id = b.indicator_id
    and t.area_code = b.area_code and t.time_period = b.time_period
    and t.time_identifier = b.time_identifier and t.breakdown = b.breakdown
    and t.sen_group = b.sen_group and t.vintage = b.vintage;
