-- values: one row per area x time_period x time_identifier x breakdown x sen_group (x source
-- where all are asked for), oldest first.
select indicator_id, area_code, la_code, area_name, geographic_level, time_period,
    time_identifier, breakdown, sen_group, value, value_text, numerator, denominator, lower,
    upper, symbol, symbol_published, status, basis, source_id, counts_source_id
from observation
where indicator_id = $indicator
    and ($areas is null or list_contains($areas, area_code))
    and ($groups is null or list_contains($groups, sen_group))
    and breakdown = $breakdown and time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then is_latest
        else time_period = $period end
    and case when $source is null then is_chosen when $source = 'all' then true
        else source_id = $source end
order by geographic_level = 'Local authority', geographic_level = 'Regional',
    -- England has another name where it is pooled, and stays one area.
    case when geographic_level = 'National' then '' else area_name end,
    area_code, sen_group, time_period, series_rank
