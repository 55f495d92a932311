-- benchmark: one row per local authority x sen_group x time_period for one measure, best
-- first. A level has no reference of its own: the gap's two sides stand beside it. Read from
-- the table under the view of this name, which is quicker to plan than the view.
select indicator_id, measure,
    case when list_contains(gap_references, $reference) then $reference
        else reference end as reference,
    sen_group, breakdown, time_period, time_identifier, area_code, la_code, area_name, value,
    lower, upper, symbol, sen_value,
    case when measure = 'gap' then reference_value
        else case $reference when 'no_sen' then against_no_sen
            when 'all_pupils' then against_all_pupils
            when 'england_no_sen' then against_england_no_sen
            when 'england_all_pupils' then against_england_all_pupils end
    end as reference_value,
    england, region, region_value,
    case $vintage when '2025-05' then neighbour_mean_2025
        when '2021-04' then neighbour_mean_2021 end as neighbour_mean,
    case $vintage when '2025-05' then neighbour_pooled_2025
        when '2021-04' then neighbour_pooled_2021 end as neighbour_pooled,
    case $vintage when '2025-05' then neighbour_count_2025
        when '2021-04' then neighbour_count_2021 end as neighbour_count,
    case $vintage when '2025-05' then neighbour_min_2025
        when '2021-04' then neighbour_min_2021 end as neighbour_min,
    case $vintage when '2025-05' then neighbour_max_2025
        when '2021-04' then neighbour_max_2021 end as neighbour_max,
    $vintage as vintage, rank, rank_of, tied, rank_lower, rank_upper, quartile, minimum, q25,
    median, q75, maximum, previous_period, change_previous, change_baseline, baseline_period,
    position_england,
    case $vintage when '2025-05' then position_neighbours_2025
        when '2021-04' then position_neighbours_2021 end as position_neighbours,
    case $vintage when '2025-05' then position_basis_2025
        when '2021-04' then position_basis_2021 end as position_basis,
    status, basis, source_id, change_previous_lower, change_previous_upper,
    change_baseline_lower, change_baseline_upper
from benchmark_both b
where indicator_id = $indicator and measure = $measure
    and b.reference = case $measure when 'value' then 'none' else $reference end
    and ($areas is null or list_contains($areas, area_code))
    and ($groups is null or list_contains($groups, sen_group))
    and breakdown = $breakdown and time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then is_latest
        else time_period = $period end
order by sen_group, time_period, rank nulls last, area_name
