-- standing, positions filled: on which side of England and of the neighbours' mean a level
-- stands. The grain stays; each list of neighbours has its own columns. Rows are compared only
-- where value and comparator are there. By the method of 12a_compared:
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

create table position as
with persistent as (
    -- A period in which the area itself has no figure is one of the three.
    select slice_id, area_id, comparator, list(side) filter (side is not null) over (
            partition by run_id, area_id, comparator, line, basis
            order by time_period rows 2 preceding
        ) as sides
    from compared
)
select slice_id, area_id, comparator, c.method,
    case c.method when 'none' then 'not tested'
        when 'persistent' then persistent_word(p.sides, c.polarity)
        else if(c.side = 0, 'similar', t.word) end as word
from compared c
left join persistent p using (slice_id, area_id, comparator)
left join tested t using (slice_id, area_id, comparator)
where c.value is not null;

create macro position_basis(method, word, other_word) as
    case when method <> 'persistent' then method
         when word <> 'not tested' or other_word <> 'not tested' then 'persistent'
         else 'none' end;

create or replace table standing as
select c.* replace (
    e.word as position_england, p.word as position_neighbours_2021,
    q.word as position_neighbours_2025,
    position_basis(coalesce(e.method, p.method), coalesce(e.word, p.word),
        coalesce(p.word, e.word)) as position_basis_2021,
    position_basis(coalesce(e.method, q.method), coalesce(e.word, q.word),
        coalesce(q.word, e.word)) as position_basis_2025
)
from standing c
left join position e on e.comparator = 'England' and e.slice_id = c.slice_id
    and e.area_id = c.area_id
left join position p on p.comparator = '2021-04' and p.slice_id = c.slice_id
    and p.area_id = c.area_id
left join position q on q.comparator = '2025-05' and q.slice_id = c.slice_id
    and q.area_id = c.area_id;
drop table position;
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
