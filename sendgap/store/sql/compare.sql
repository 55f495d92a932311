-- compare: one row per measure x local authority for one indicator, group and period: level
-- and gap with their places, comparators, numbers of pupils, and the spread over authorities.
select b.measure, b.area_code, b.value, b.symbol, b.sen_value, b.reference_value, b.england,
    b.region_code, b.region, b.region_value, b.neighbour_mean, b.neighbour_count, b.rank, b.rank_of,
    b.tied, b.position_england, b.position_basis, b.status, b.source_id, b.decimals, b.is_open,
    l.numerator, l.denominator, b.quartile, b.minimum, b.q25, b.median, b.q75, b.maximum
from benchmark b
left join level l on b.measure = 'value' and l.indicator_id = b.indicator_id
    and l.area_code = b.area_code and l.time_period = b.time_period
    and l.time_identifier = b.time_identifier and l.breakdown = b.breakdown
    and l.sen_group = b.sen_group
where b.indicator_id = $indicator and b.vintage = $vintage and b.sen_group = $group
    and b.breakdown = $breakdown and b.time_identifier = $time_identifier
    and b.time_period = $period and b.reference in ('none', $reference)
order by b.measure, b.rank nulls last, b.area_name
