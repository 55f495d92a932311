-- gaps: one row per area x time_period x sen_group for one reference, oldest first.
select indicator_id, area_code, la_code, area_name, geographic_level, time_period,
    time_identifier, breakdown, sen_group, reference, sen_value, reference_value, gap,
    gap_lower, gap_upper, ratio, previous_period, change_previous, change_previous_reason,
    change_baseline, baseline_period, symbol, status, basis, source_id, change_previous_lower,
    change_previous_upper, change_baseline_lower, change_baseline_upper
from gap
where indicator_id = $indicator and reference = $reference
    and ($areas is null or list_contains($areas, area_code))
    and ($groups is null or list_contains($groups, sen_group))
    and breakdown = $breakdown and time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then is_latest
        else time_period = $period end
order by geographic_level = 'Local authority', geographic_level = 'Regional',
    -- England has another name where it is pooled, and stays one area.
    case when geographic_level = 'National' then '' else area_name end,
    area_code, sen_group, time_period
