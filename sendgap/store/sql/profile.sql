-- profile: one row per area x indicator x measure x reference x time_identifier: the newest
-- level and gap of one group, with comparators, place, position and the spread of authorities.
select p.area_code, p.indicator_id, p.measure, p.reference, p.time_identifier, p.time_period,
    p.value, p.symbol, p.reference_value, p.england, p.neighbour_mean, p.neighbour_count,
    p.rank, p.rank_of, p.tied, p.quartile, p.median, p.change_baseline, p.baseline_period,
    p.position_england, p.position_neighbours, p.position_basis, p.status, p.source_id,
    p.decimals, p.is_open, p.minimum, p.q25, p.q75, p.maximum
from profile p
where list_contains($areas, p.area_code) and p.vintage = $vintage and p.sen_group = $group
    and p.breakdown = 'total' and list_contains($indicators, p.indicator_id)
