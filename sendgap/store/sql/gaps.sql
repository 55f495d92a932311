-- gaps: one row per area x time_period x sen_group for one reference, oldest first.
select g.indicator_id, g.area_code, a.la_code, a.area_name, a.geographic_level, g.time_period,
    g.time_identifier, g.breakdown, g.sen_group, g.reference, g.sen_value, g.reference_value,
    g.gap, g.gap_lower, g.gap_upper, g.ratio, g.previous_period, g.change_previous,
    g.change_previous_reason, g.change_baseline, g.baseline_period, g.symbol, g.status, g.basis,
    g.source_id
from gap g
join area a using (area_code)
left join latest l on $period = 'latest' and l.indicator_id = g.indicator_id
    and l.measure = 'gap' and l.reference = g.reference and l.sen_group = g.sen_group
    and l.breakdown = g.breakdown and l.time_identifier = g.time_identifier
where g.indicator_id = $indicator and g.reference = $reference
    and ($areas is null or list_contains($areas, g.area_code))
    and ($groups is null or list_contains($groups, g.sen_group))
    and g.breakdown = $breakdown and g.time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then g.time_period = l.time_period
        else g.time_period = $period end
order by a.geographic_level = 'Local authority', a.geographic_level = 'Regional', a.area_name,
    g.area_code, g.sen_group, g.time_period
