-- What is written to the release: views that put names and codes back in place of numbers, so
-- that a question is answered from one table and rows with all their words are made only once,
-- when they are written. slice_id and area_id are there to sort by and are left behind.
create table is_latest as
select slice_id
from slice
join latest using (indicator_id, measure, reference, sen_group, breakdown, time_identifier,
    time_period);

-- pooled: one row per slice of a level whose figure for England is pooled from authorities,
-- with the name that says so.
create table pooled as
select s.slice_id, a.area_id,
    'England, pooled from ' || o.pooled_from || ' of ' || o.pooled_of || ' authorities' as name
from observation o
join slice s
    using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
join place a using (area_code)
where s.measure = 'value' and o.pooled_from is not null;

-- Limits stand round the figure as it was counted. What is printed is rounded and may, by less
-- than its last unit, lie beyond one of them: that limit is then moved out to it.
create macro low_limit(lower, shown) as
    if(lower is null, null, round(least(lower, shown), 4));
create macro high_limit(upper, shown) as
    if(upper is null, null, round(greatest(upper, shown), 4));

-- answer_observation: the grain of observation, with whether a row is of the chosen source
-- and of the latest period.
create view answer_observation as
select o.* exclude (estimate) replace (
        low_limit(o.lower, printed(o.value, o.decimals)) as lower,
        high_limit(o.upper, printed(o.value, o.decimals)) as upper
    ), printed(o.value, o.decimals) as shown, a.la_code,
    coalesce(n.name, a.area_name) as area_name, a.geographic_level,
    o.source_id = s.source_id as is_chosen, l.slice_id is not null as is_latest,
    s.slice_id, a.area_id
from observation o
join place a using (area_code)
join slice s on s.measure = 'value' and s.indicator_id = o.indicator_id
    and s.time_identifier = o.time_identifier and s.breakdown = o.breakdown
    and s.time_period = o.time_period and s.sen_group = o.sen_group
left join is_latest l using (slice_id)
left join pooled n on n.slice_id = s.slice_id and n.area_id = a.area_id
    and o.pooled_from is not null;

-- answer_gap: one row per indicator x area x time_period x time_identifier x breakdown
-- x sen_group x reference.
create view answer_gap as
select s.indicator_id, a.area_code, s.time_period, s.time_identifier, s.breakdown, s.sen_group,
    s.reference, c.sen_value, c.reference_value, c.value as gap,
    low_limit(c.lower, c.value) as gap_lower, high_limit(c.upper, c.value) as gap_upper, c.ratio,
    s.previous_period, c.change_previous, c.change_previous_reason, c.change_baseline,
    c.baseline_period, c.symbol, c.status, c.basis, s.source_id, c.decimals, s.line,
    low_limit(m.previous_lower, c.change_previous) as change_previous_lower,
    high_limit(m.previous_upper, c.change_previous) as change_previous_upper,
    low_limit(m.baseline_lower, c.change_baseline) as change_baseline_lower,
    high_limit(m.baseline_upper, c.change_baseline) as change_baseline_upper,
    a.la_code, coalesce(n.name, a.area_name) as area_name, a.geographic_level,
    l.slice_id is not null as is_latest, slice_id, area_id
from cell c
join slice s using (slice_id)
join place a using (area_id)
left join is_latest l using (slice_id)
left join change_limits m using (slice_id, area_id)
left join pooled n on n.slice_id = s.level_slice_id and n.area_id = c.area_id
where s.measure = 'gap';

-- answer_distribution: one row per indicator x measure x reference x sen_group x breakdown
-- x time_identifier x time_period.
create view answer_distribution as
select s.indicator_id, s.measure, s.reference, s.sen_group, s.breakdown, s.time_identifier,
    s.time_period, s.source_id, d.areas, d.minimum, d.q25, d.median, d.q75, d.maximum, d.ranked,
    d.minimum_areas, d.maximum_areas, e.value as england, l.slice_id is not null as is_latest,
    slice_id
from distribution d
join slice s using (slice_id)
left join is_latest l using (slice_id)
left join (
    select c.slice_id, c.value from cell c join place using (area_id)
    where area_code = 'E92000001'
) e using (slice_id);

-- answer_benchmark_both: one row per indicator x time_period x time_identifier x breakdown
-- x sen_group x measure x reference x local authority, with both lists of neighbours side by
-- side: of fifty columns seven depend on the list, and a row for each list is twice the file.
create view answer_benchmark_both as
with gap_slices as (
    select slice_id, level_slice_id, reference
    from slice
    where measure = 'gap' and source_id = level_source_id
), referred as (
    select level_slice_id as slice_id, list(reference order by reference) as gap_references
    from gap_slices
    group by all
), against as (
    -- The figures that gaps set a level against. A column each: a map took ten times as long.
    select g.level_slice_id as slice_id, c.area_id,
        max(c.reference_value) filter (reference = 'no_sen') as against_no_sen,
        max(c.reference_value) filter (reference = 'all_pupils') as against_all_pupils,
        max(c.reference_value) filter (reference = 'england_no_sen') as against_england_no_sen,
        max(c.reference_value) filter (reference = 'england_all_pupils')
            as against_england_all_pupils
    from cell c
    join gap_slices g using (slice_id)
    group by all
)
select s.indicator_id, s.measure, s.reference, s.sen_group, s.breakdown, s.time_period,
    s.time_identifier, a.area_code, c.value, low_limit(c.lower, c.value) as lower,
    high_limit(c.upper, c.value) as upper, c.symbol, c.sen_value, c.reference_value,
    c.england, a.region_code, c.region_value,
    p.neighbour_mean as neighbour_mean_2021, q.neighbour_mean as neighbour_mean_2025,
    p.neighbour_pooled as neighbour_pooled_2021, q.neighbour_pooled as neighbour_pooled_2025,
    coalesce(p.neighbour_count, 0) as neighbour_count_2021,
    coalesce(q.neighbour_count, 0) as neighbour_count_2025,
    p.neighbour_min as neighbour_min_2021, q.neighbour_min as neighbour_min_2025,
    p.neighbour_max as neighbour_max_2021, q.neighbour_max as neighbour_max_2025,
    c.rank, c.rank_of, c.tied, r.rank_lower, r.rank_upper, c.quartile, d.minimum, d.q25, d.median, d.q75, d.maximum, s.previous_period,
    c.change_previous, c.change_baseline, c.baseline_period, w.position_england,
    w.position_neighbours_2021, w.position_neighbours_2025, w.position_basis_2021,
    w.position_basis_2025, c.status, c.basis, s.source_id, c.decimals, c.is_open,
    low_limit(m.previous_lower, c.change_previous) as change_previous_lower,
    high_limit(m.previous_upper, c.change_previous) as change_previous_upper,
    low_limit(m.baseline_lower, c.change_baseline) as change_baseline_lower,
    high_limit(m.baseline_upper, c.change_baseline) as change_baseline_upper,
    l.slice_id is not null as is_latest, a.la_code, a.area_name, a.region, t.gap_references,
    x.against_no_sen, x.against_all_pupils, x.against_england_no_sen,
    x.against_england_all_pupils, slice_id, area_id
from standing c
join slice s using (slice_id)
join place a using (area_id)
left join distribution d using (slice_id)
left join is_latest l using (slice_id)
left join referred t using (slice_id)
left join against x using (slice_id, area_id)
left join position w using (slice_id, area_id)
left join rank_limits r using (slice_id, area_id)
left join change_limits m using (slice_id, area_id)
left join neighbour_value p on p.vintage = '2021-04' and p.slice_id = c.slice_id
    and p.area_id = c.area_id
left join neighbour_value q on q.vintage = '2025-05' and q.slice_id = c.slice_id
    and q.area_id = c.area_id;

-- held: one row per indicator x source x time_identifier x breakdown with a figure: what there
-- is, from when to when, for how many areas.
create table held as
select o.indicator_id, o.source_id, o.time_identifier, o.breakdown,
    min(o.time_period) as first_period, max(o.time_period) as last_period,
    count(distinct o.area_code) filter (a.is_authority) as authorities,
    bool_or(a.geographic_level = 'Regional') as has_regions,
    bool_or(a.geographic_level = 'National') as has_england,
    list_sort(list(distinct o.sen_group)) as sen_groups,
    count(o.denominator) > 0 as has_counts,
    bool_or(o.status = 'provisional') as has_provisional, count(*) as figures,
    any_value(i.position) as position, min(o.series_rank) as series_rank
from observation o
join indicator i using (indicator_id)
join place a using (area_code)
where o.value is not null or o.value_text is not null
group by all;
