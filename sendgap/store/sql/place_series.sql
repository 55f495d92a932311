-- place_series: one row per measure x time_period of one authority: its neighbours' mean and
-- its place, for the level and for the gap to one reference.
select b.measure, b.time_period, b.neighbour_mean, b.neighbour_count, b.neighbour_min,
    b.neighbour_max, b.rank, b.rank_of, b.tied, b.quartile, b.minimum, b.maximum, b.median,
    b.decimals
from benchmark b
where b.indicator_id = $indicator and b.area_code = $area and b.breakdown = $breakdown
    and b.time_identifier = $time_identifier and b.sen_group = $group and b.vintage = $vintage
    and b.reference in ('none', $reference)
order by b.measure, b.time_period
