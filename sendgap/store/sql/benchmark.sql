-- benchmark: one row per local authority x sen_group x time_period for one measure, best
-- first. A level has no reference of its own: the gap's two sides stand beside it.
select b.indicator_id, b.measure, coalesce(g.reference, b.reference) as reference, b.sen_group,
    b.breakdown, b.time_period, b.time_identifier, b.area_code, a.la_code, a.area_name, b.value,
    b.lower, b.upper, b.symbol, b.sen_value,
    coalesce(b.reference_value, g.reference_value) as reference_value, b.england,
    r.area_name as region, b.region_value, b.neighbour_mean, b.neighbour_pooled,
    b.neighbour_count, b.neighbour_min, b.neighbour_max, b.vintage, b.rank, b.rank_of, b.tied,
    b.rank_lower, b.rank_upper, b.quartile, b.minimum, b.q25, b.median, b.q75, b.maximum,
    b.previous_period, b.change_previous, b.change_baseline, b.baseline_period,
    b.position_england, b.position_neighbours, b.position_basis, b.status, b.basis, b.source_id
from benchmark b
join area a using (area_code)
left join area r on r.area_code = b.region_code
left join gap g on b.measure = 'value' and g.reference = $reference
    and g.indicator_id = b.indicator_id and g.area_code = b.area_code
    and g.time_period = b.time_period and g.time_identifier = b.time_identifier
    and g.breakdown = b.breakdown and g.sen_group = b.sen_group and g.source_id = b.source_id
where b.indicator_id = $indicator and b.measure = $measure and b.vintage = $vintage
    and b.reference = case $measure when 'value' then 'none' else $reference end
    and ($areas is null or list_contains($areas, b.area_code))
    and ($groups is null or list_contains($groups, b.sen_group))
    and b.breakdown = $breakdown and b.time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then b.is_latest
        else b.time_period = $period end
order by b.sen_group, b.time_period, b.rank nulls last, a.area_name
