-- held: one row per indicator x source x time_identifier x breakdown with a figure: what we
-- hold, from when to when, for how many areas and groups.
select o.indicator_id, o.source_id, o.time_identifier, o.breakdown,
    min(o.time_period) as first_period, max(o.time_period) as last_period,
    count(distinct o.area_code) filter (a.geographic_level = 'Local authority') as authorities,
    bool_or(a.geographic_level = 'Regional') as has_regions,
    bool_or(a.geographic_level = 'National') as has_england,
    list_sort(list(distinct o.sen_group)) as sen_groups,
    count(o.denominator) > 0 as has_counts,
    bool_or(o.status = 'provisional') as has_provisional, count(*) as figures
from observation o
join area a using (area_code)
join indicator i using (indicator_id)
where o.value is not null or o.value_text is not null
group by all
order by any_value(i.position), o.time_identifier, o.breakdown, min(o.series_rank)
