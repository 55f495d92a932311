-- profile_cuts: one row per sen_group x breakdown x indicator x measure x reference x
-- time_identifier of one area: profile for several groups and for cuts as well as the whole.
select p.change_baseline_lower, p.change_baseline_upper, p.sen_group, p.breakdown, p.area_code, p.indicator_id, p.measure, p.reference,
    p.time_identifier, p.time_period, p.value, p.symbol, p.reference_value, p.england,
    p.neighbour_mean, p.neighbour_count, p.rank, p.rank_of, p.tied, p.quartile, p.median,
    p.change_baseline, p.baseline_period, p.position_england, p.position_neighbours,
    p.position_basis, p.status, p.source_id, p.decimals, p.is_open
from profile p
where p.area_code = $area and p.vintage = $vintage and list_contains($groups, p.sen_group)
    and list_contains($breakdowns, p.breakdown) and list_contains($indicators, p.indicator_id)
