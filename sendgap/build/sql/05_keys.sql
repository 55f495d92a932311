-- place: one row per area, with a number. slice: one row per indicator x measure x reference
-- x sen_group x breakdown x time_identifier x time_period, with a number: what is compared
-- across areas at once. Every step from here to the answers joins on these two numbers:
-- the same joins on nine text columns took five times as long. Numbers follow the order in
-- which people ask, and live in one build only: a release has names and codes alone.
create table place as
select row_number() over (order by a.area_code)::integer as area_id, a.area_code, a.la_code,
    a.area_name, a.geographic_level, a.region_code, r.area_name as region,
    a.geographic_level = 'Local authority' as is_authority
from area a
left join area r on r.area_code = a.region_code;

create macro period_before(p) as
    case when length(p) = 4 then (p::integer - 1)::varchar
         else (p[1:4]::integer - 1)::varchar || p[3:4] end;

create table slice as
with asked as (
    select indicator_id, case when reference = 'none' then 'value' else 'gap' end as measure,
        reference, sen_group, breakdown, time_identifier, time_period, source_id, line,
        true as has_common_source
    from choice
    union all
    -- Levels are published, but no source has both sides.
    select c.indicator_id, 'gap' as measure, p.reference, c.sen_group, c.breakdown,
        c.time_identifier, c.time_period, c.source_id, c.line, false as has_common_source
    from choice c
    join gap_pair p using (indicator_id)
    anti join choice g on g.indicator_id = c.indicator_id and g.reference = p.reference
        and g.time_identifier = c.time_identifier and g.breakdown = c.breakdown
        and g.time_period = c.time_period and g.sen_group = c.sen_group
    where c.reference = 'none' and c.sen_group in ('ehc_plan', 'sen_support', 'any_sen')
), numbered as (
    -- A run is the periods of what is otherwise one slice.
    select *, period_before(time_period) as previous_period,
        row_number() over (
            order by indicator_id, time_identifier, breakdown, measure desc, reference,
                sen_group, time_period
        )::integer as slice_id,
        dense_rank() over (
            order by indicator_id, time_identifier, breakdown, measure desc, reference, sen_group
        )::integer as run_id
    from asked
)
select n.*, p.slice_id as previous_slice_id, p.line as previous_line,
    l.slice_id as level_slice_id, l.source_id as level_source_id,
    list_contains(i.benchmarked, n.breakdown) as is_benchmarked, i.polarity, i.unit, i.has_ratio,
    i.baseline
from numbered n
join indicator i using (indicator_id)
left join numbered p on p.run_id = n.run_id and p.time_period = n.previous_period
left join numbered l on n.measure = 'gap' and l.measure = 'value'
    and l.indicator_id = n.indicator_id and l.sen_group = n.sen_group
    and l.breakdown = n.breakdown and l.time_identifier = n.time_identifier
    and l.time_period = n.time_period;
