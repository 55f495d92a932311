-- note_places: one row per time_period of one authority, group and cut: its level's place, the
-- neighbours' mean and spread, and on which side of England and of the neighbours it stands.
select b.time_period, b.value,
    case $vintage when '2025-05' then neighbour_mean_2025
        when '2021-04' then neighbour_mean_2021 end as neighbour_mean,
    case $vintage when '2025-05' then neighbour_count_2025
        when '2021-04' then neighbour_count_2021 end as neighbour_count,
    b.rank, b.rank_of, b.tied, b.quartile, b.median, b.position_england,
    case $vintage when '2025-05' then position_neighbours_2025
        when '2021-04' then position_neighbours_2021 end as position_neighbours,
    case $vintage when '2025-05' then position_basis_2025
        when '2021-04' then position_basis_2021 end as position_basis
from benchmark_both b
where b.indicator_id = $indicator and b.area_code = $area and b.breakdown = $breakdown
    and b.time_identifier = $time_identifier and b.sen_group = $group
    and b.measure = 'value' and b.reference = 'none'
order by b.time_period
