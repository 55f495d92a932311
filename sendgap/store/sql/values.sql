-- values: one row per area x time_period x time_identifier x breakdown x sen_group (x source
-- where all are asked for), oldest first.
select o.indicator_id, o.area_code, a.la_code, a.area_name, a.geographic_level, o.time_period,
    o.time_identifier, o.breakdown, o.sen_group, o.value, o.value_text, o.numerator,
    o.denominator, o.lower, o.upper, o.symbol, o.symbol_published, o.status, o.basis,
    o.source_id, o.counts_source_id
from observation o
join area a using (area_code)
left join latest l on $period = 'latest' and l.indicator_id = o.indicator_id
    and l.measure = 'value' and l.sen_group = o.sen_group and l.breakdown = o.breakdown
    and l.time_identifier = o.time_identifier
left join choice c on $source is null and c.reference = 'none'
    and c.indicator_id = o.indicator_id and c.time_identifier = o.time_identifier
    and c.breakdown = o.breakdown and c.time_period = o.time_period
    and c.sen_group = o.sen_group and c.source_id = o.source_id
where o.indicator_id = $indicator
    and ($areas is null or list_contains($areas, o.area_code))
    and ($groups is null or list_contains($groups, o.sen_group))
    and o.breakdown = $breakdown and o.time_identifier = $time_identifier
    and case $period when 'all' then true when 'latest' then o.time_period = l.time_period
        else o.time_period = $period end
    and case when $source is null then c.source_id is not null
        when $source = 'all' then true else o.source_id = $source end
order by a.geographic_level = 'Local authority', a.geographic_level = 'Regional', a.area_name,
    o.area_code, o.sen_group, o.time_period, o.series_rank
