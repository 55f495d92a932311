-- places_by_cut: one row per breakdown x time_period of one indicator, SEN group and authority: its
-- neighbours' mean and its position against England.
select b.breakdown, b.time_period,
    case $vintage when '2025-05' then neighbour_mean_2025
        when '2021-04' then neighbour_mean_2021 end as neighbour_mean,
    case $vintage when '2025-05' then neighbour_count_2025
        when '2021-04' then neighbour_count_2021 end as neighbour_count,
    b.position_england
from benchmark_both b
where b.indicator_id = $indicator and b.area_code = $area and b.measure = 'value'
    and b.time_identifier = $time_identifier and b.sen_group = $group and b.reference = 'none'
order by b.breakdown, b.time_period
