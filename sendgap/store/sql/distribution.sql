-- distribution: one row per sen_group x time_period for one measure.
select indicator_id, measure, reference, sen_group, breakdown, time_period, time_identifier,
    source_id, england, minimum, minimum_areas, q25, median, q75, maximum, maximum_areas, areas
from distribution
where indicator_id = $indicator and measure = $measure
    and reference = case $measure when 'value' then 'none' else $reference end
    and ($groups is null or list_contains($groups, sen_group))
    and breakdown = $breakdown and time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then is_latest
        else time_period = $period end
order by sen_group, time_period
