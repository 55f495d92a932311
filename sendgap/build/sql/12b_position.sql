-- position: one row per slice of a level x authority with a comparator: on which side of England
-- and of the neighbours' mean it stands. What rests on a list of neighbours has a column for each
-- list. By the method of 12a_compared:
--   interval, approximate  the word of the test by interval; a difference of the printed figures
--               that rounding could make is similar whatever the interval says
--   persistent  the side in each of the last three comparable periods (one line and basis, the
--               comparator published): the same side beyond rounding in all three, else similar;
--               without three such periods not tested, and the basis is none
--   none        not tested
create macro persistent_word(sides, polarity) as
    case when len(sides) < 3 then 'not tested'
         when len(list_distinct(sides)) > 1 or sides[1] = 0 then 'similar'
         when polarity = 'none' then if(sides[1] > 0, 'higher', 'lower')
         when (polarity = 'higher_is_better') = (sides[1] > 0) then 'better'
         else 'worse' end;

create macro position_basis(method, word, other_word) as
    case when method <> 'persistent' then method
         when word <> 'not tested' or other_word <> 'not tested' then 'persistent'
         else 'none' end;

create table position as
with steady_runs as (
    select distinct run_id, area_id from compared where method = 'persistent'
), persistent as (
    -- A period in which the area itself has no figure is one of the three.
    select slice_id, area_id, comparator, method, value, persistent_word(
            list(side) filter (side is not null) over (
                partition by run_id, area_id, comparator, line, basis
                order by time_period rows 2 preceding
            ), polarity
        ) as word
    from compared
    semi join steady_runs using (run_id, area_id)
), told as (
    select slice_id, area_id, comparator, method, word
    from persistent
    where value is not null and method = 'persistent'
    union all by name
    select slice_id, area_id, comparator, c.method,
        case when c.method = 'none' then 'not tested' when c.side = 0 then 'similar'
             else t.word end as word
    from compared c
    left join tested t using (slice_id, area_id, comparator)
    where c.value is not null and c.method <> 'persistent'
), beside as (
    select slice_id, area_id, any_value(method) as method,
        max(word) filter (comparator = 'England') as england,
        max(word) filter (comparator = '2021-04') as neighbours_2021,
        max(word) filter (comparator = '2025-05') as neighbours_2025
    from told
    group by all
)
select slice_id, area_id, england as position_england,
    neighbours_2021 as position_neighbours_2021, neighbours_2025 as position_neighbours_2025,
    case when england is not null or neighbours_2021 is not null then position_basis(
        method, coalesce(england, neighbours_2021), coalesce(neighbours_2021, england)
    ) end as position_basis_2021,
    case when england is not null or neighbours_2025 is not null then position_basis(
        method, coalesce(england, neighbours_2025), coalesce(neighbours_2025, england)
    ) end as position_basis_2025
from beside;
drop view testable;
drop table compared;
drop table tested;

-- rank_sides: one row per slice of the latest period x authority with a rank, in slices in
-- which some figure has limits: what the range of ranks is computed from.
create table rank_sides as
with fresh as (
    select slice_id, if(s.measure = 'gap', 'lower_is_better', s.polarity) as polarity
    from slice s
    join latest using (indicator_id, measure, reference, sen_group, breakdown, time_identifier,
        time_period)
)
select slice_id, area_id, f.polarity, c.value, c.estimate, c.lower, c.upper
from standing c
join fresh f using (slice_id)
where c.rank is not null
qualify count(c.lower) over (partition by slice_id) > 0;
