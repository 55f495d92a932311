-- standings: one row per area x indicator x sen_group x measure x reference x time_identifier:
-- the newest level and gap of each authority, with its place, its quarter and its comparators.
select p.area_code, p.indicator_id, p.sen_group, p.measure, p.reference, p.time_identifier,
    p.time_period, p.value, p.symbol, p.sen_value, p.reference_value, p.england, p.region_value,
    p.neighbour_mean, p.neighbour_count, p.rank, p.rank_of, p.tied, p.quartile, p.median,
    p.baseline_period, p.position_england, p.position_basis, p.status, p.source_id, p.decimals
from profile p
where list_contains($areas, p.area_code) and p.vintage = $vintage
    and list_contains($groups, p.sen_group) and p.breakdown = 'total'
    and list_contains($indicators, p.indicator_id)
