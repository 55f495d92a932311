-- place_series: one row per measure x time_period of one authority: its neighbours' mean and
-- its place, for the level and for the gap to one reference.
select b.measure, b.time_period,
    case $vintage when '2025-05' then neighbour_mean_2025
        when '2021-04' then neighbour_mean_2021 end as neighbour_mean,
    case $vintage when '2025-05' then neighbour_count_2025
        when '2021-04' then neighbour_count_2021 end as neighbour_count,
    case $vintage when '2025-05' then neighbour_min_2025
        when '2021-04' then neighbour_min_2021 end as neighbour_min,
    case $vintage when '2025-05' then neighbour_max_2025
        when '2021-04' then neighbour_max_2021 end as neighbour_max,
    b.rank, b.rank_of, b.tied, b.quartile, b.minimum, b.maximum, b.median,
    b.decimals
from benchmark_both b
where b.indicator_id = $indicator and b.area_code = $area and b.breakdown = $breakdown
    and b.time_identifier = $time_identifier and b.sen_group = $group
    and b.reference in ('none', $reference)
order by b.measure, b.time_period
