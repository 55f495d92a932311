-- benchmark: one row per indicator x time_period x time_identifier x breakdown x sen_group
-- x measure x reference x vintage x local authority. Rank 1 is best: the highest or lowest
-- level by polarity, the narrowest gap. No rank without polarity, none for areas not open.
create table benchmark as
with la as (
    select c.*, a.region_code, i.polarity
    from cell c
    join area a using (area_code)
    join indicator i using (indicator_id)
    where a.geographic_level = 'Local authority' and list_contains(i.benchmarked, c.breakdown)
        and (c.is_open or c.value is not null)
), keyed as (
    select *,
        case when value is null or not ranked or not is_open or polarity = 'none' then null
             when measure = 'gap' or polarity = 'lower_is_better' then value
             else -value end as sort_key
    from la
), ranked_areas as (
    select *,
        case when sort_key is not null then rank() over (
            partition by indicator_id, measure, reference, sen_group, breakdown, time_identifier,
                time_period order by sort_key nulls last
        ) end as rank,
        case when sort_key is not null then count(*) over (
            partition by indicator_id, measure, reference, sen_group, breakdown, time_identifier,
                time_period, sort_key
        ) end as tied,
        nullif(count(sort_key) over (
            partition by indicator_id, measure, reference, sen_group, breakdown, time_identifier,
                time_period
        ), 0) as rank_of
    from keyed
)
select r.indicator_id, r.measure, r.reference, r.sen_group, r.breakdown, r.time_period,
    r.time_identifier, r.area_code, r.value, r.lower, r.upper, r.symbol, r.sen_value,
    r.reference_value, e.value as england, r.region_code, g.value as region_value, n.neighbour_mean,
    n.neighbour_pooled, coalesce(n.neighbour_count, 0) as neighbour_count, n.neighbour_min,
    n.neighbour_max, v.vintage, r.rank, r.rank_of, r.tied, null::integer as rank_lower,
    null::integer as rank_upper,
    case when r.sort_key is null or d.areas < 20 or d.q25 = d.q75 then null
         when r.measure = 'gap' or r.polarity = 'lower_is_better' then
             case when r.value <= d.q25 then 'A' when r.value <= d.median then 'B'
                  when r.value <= d.q75 then 'C' else 'D' end
         else case when r.value <= d.q25 then 'D' when r.value <= d.median then 'C'
                   when r.value <= d.q75 then 'B' else 'A' end
    end as quartile,
    d.minimum, d.q25, d.median, d.q75, d.maximum, r.previous_period, r.change_previous,
    r.change_baseline, r.baseline_period, null::varchar as position_england,
    null::varchar as position_neighbours, null::varchar as position_basis, r.status, r.basis,
    r.source_id, r.decimals, r.is_open, l.time_period is not null as is_latest
from ranked_areas r
cross join (select distinct vintage from neighbour) v
left join distribution d
    using (indicator_id, measure, reference, sen_group, breakdown, time_identifier, time_period)
left join cell e on e.area_code = 'E92000001' and e.indicator_id = r.indicator_id
    and e.measure = r.measure and e.reference = r.reference and e.sen_group = r.sen_group
    and e.breakdown = r.breakdown and e.time_identifier = r.time_identifier
    and e.time_period = r.time_period
left join cell g on g.area_code = r.region_code and g.indicator_id = r.indicator_id
    and g.measure = r.measure and g.reference = r.reference and g.sen_group = r.sen_group
    and g.breakdown = r.breakdown and g.time_identifier = r.time_identifier
    and g.time_period = r.time_period
left join neighbour_value n on n.vintage = v.vintage and n.area_code = r.area_code
    and n.indicator_id = r.indicator_id and n.measure = r.measure and n.reference = r.reference
    and n.sen_group = r.sen_group and n.breakdown = r.breakdown
    and n.time_identifier = r.time_identifier and n.time_period = r.time_period
left join latest l on l.indicator_id = r.indicator_id and l.measure = r.measure
    and l.reference = r.reference and l.sen_group = r.sen_group and l.breakdown = r.breakdown
    and l.time_identifier = r.time_identifier and l.time_period = r.time_period;
