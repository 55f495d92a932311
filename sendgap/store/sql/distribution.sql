-- distribution: one row per sen_group x time_period for one measure.
select d.indicator_id, d.measure, d.reference, d.sen_group, d.breakdown, d.time_period,
    d.time_identifier, d.source_id, d.england, d.minimum, d.minimum_areas, d.q25, d.median,
    d.q75, d.maximum, d.maximum_areas, d.areas
from distribution d
left join latest l on $period = 'latest' and l.indicator_id = d.indicator_id
    and l.measure = d.measure and l.reference = d.reference and l.sen_group = d.sen_group
    and l.breakdown = d.breakdown and l.time_identifier = d.time_identifier
where d.indicator_id = $indicator and d.measure = $measure
    and d.reference = case $measure when 'value' then 'none' else $reference end
    and ($groups is null or list_contains($groups, d.sen_group))
    and d.breakdown = $breakdown and d.time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then d.time_period = l.time_period
        else d.time_period = $period end
order by d.sen_group, d.time_period
