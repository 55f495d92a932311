-- benchmark: one row per local authority x sen_group x time_period for one measure, best
-- first. A level has no reference of its own: the gap's two sides stand beside it.
select indicator_id, measure,
    case when list_contains(map_keys(sides), $reference) then $reference
        else reference end as reference,
    sen_group, breakdown, time_period, time_identifier, area_code, la_code, area_name, value,
    lower, upper, symbol, sen_value,
    coalesce(reference_value, sides[$reference]) as reference_value, england, region,
    region_value, neighbour_mean, neighbour_pooled, neighbour_count, neighbour_min,
    neighbour_max, vintage, rank, rank_of, tied, rank_lower, rank_upper, quartile, minimum, q25,
    median, q75, maximum, previous_period, change_previous, change_baseline, baseline_period,
    position_england, position_neighbours, position_basis, status, basis, source_id
from benchmark b
where indicator_id = $indicator and measure = $measure and vintage = $vintage
    and b.reference = case $measure when 'value' then 'none' else $reference end
    and ($areas is null or list_contains($areas, area_code))
    and ($groups is null or list_contains($groups, sen_group))
    and breakdown = $breakdown and time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then is_latest
        else time_period = $period end
order by sen_group, time_period, rank nulls last, area_name
