-- Columns added so that a question is answered from one table: areas' names, whether a row
-- is of the chosen source and of the latest period, and what a level stands beside. The
-- grain of each table stays. held: one row per indicator x source x time_identifier
-- x breakdown with a figure: what there is, from when to when, for how many areas.
create or replace table observation as
select o.*, a.la_code, a.area_name, a.geographic_level,
    c.source_id is not null as is_chosen, l.time_period is not null as is_latest
from observation o
join area a using (area_code)
left join choice c on c.reference = 'none' and c.indicator_id = o.indicator_id
    and c.time_identifier = o.time_identifier and c.breakdown = o.breakdown
    and c.time_period = o.time_period and c.sen_group = o.sen_group
    and c.source_id = o.source_id
left join latest l on l.measure = 'value' and l.indicator_id = o.indicator_id
    and l.sen_group = o.sen_group and l.breakdown = o.breakdown
    and l.time_identifier = o.time_identifier and l.time_period = o.time_period;

create or replace table gap as
select g.*, a.la_code, a.area_name, a.geographic_level, l.time_period is not null as is_latest
from gap g
join area a using (area_code)
left join latest l on l.measure = 'gap' and l.indicator_id = g.indicator_id
    and l.reference = g.reference and l.sen_group = g.sen_group and l.breakdown = g.breakdown
    and l.time_identifier = g.time_identifier and l.time_period = g.time_period;

create or replace table distribution as
select d.*, l.time_period is not null as is_latest
from distribution d
left join latest l using (indicator_id, measure, reference, sen_group, breakdown,
    time_identifier, time_period);

create or replace table benchmark as
with sides as (
    -- The figures that gaps set a level against, by reference.
    select indicator_id, area_code, time_period, time_identifier, breakdown, sen_group,
        source_id, map_from_entries(list((reference, reference_value) order by reference)) as sides
    from gap
    group by all
)
select b.*, a.la_code, a.area_name, r.area_name as region, s.sides
from benchmark b
join area a using (area_code)
left join area r on r.area_code = b.region_code
left join sides s on b.measure = 'value' and s.indicator_id = b.indicator_id
    and s.area_code = b.area_code and s.time_period = b.time_period
    and s.time_identifier = b.time_identifier and s.breakdown = b.breakdown
    and s.sen_group = b.sen_group and s.source_id = b.source_id;

create table held as
select o.indicator_id, o.source_id, o.time_identifier, o.breakdown,
    min(o.time_period) as first_period, max(o.time_period) as last_period,
    count(distinct o.area_code) filter (o.geographic_level = 'Local authority') as authorities,
    bool_or(o.geographic_level = 'Regional') as has_regions,
    bool_or(o.geographic_level = 'National') as has_england,
    list_sort(list(distinct o.sen_group)) as sen_groups,
    count(o.denominator) > 0 as has_counts,
    bool_or(o.status = 'provisional') as has_provisional, count(*) as figures,
    any_value(i.position) as position, min(o.series_rank) as series_rank
from observation o
join indicator i using (indicator_id)
where o.value is not null or o.value_text is not null
group by all;
