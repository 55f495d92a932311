-- intervals: one row per what x area x sen_group x time_period of one indicator that has an
-- interval: of its level (value), of its gap (gap), of its place by either (rank of value, rank
-- of gap). Figures without an interval have no row.
select 'value' as what, l.area_code, l.sen_group, l.time_period, l.lower, l.upper
from observation l
where l.is_chosen and l.indicator_id = $indicator and l.breakdown = $breakdown
    and l.time_identifier = $time_identifier and list_contains($groups, l.sen_group)
    and ($areas is null or list_contains($areas, l.area_code))
    and ($period is null or l.time_period = $period)
    and l.lower is not null and l.upper is not null
union all
select 'gap', g.area_code, g.sen_group, g.time_period, g.gap_lower, g.gap_upper
from gap g
where g.indicator_id = $indicator and g.breakdown = $breakdown
    and g.time_identifier = $time_identifier and g.sen_group = $groups[1]
    and g.reference = $reference
    and ($areas is null or list_contains($areas, g.area_code))
    and ($period is null or g.time_period = $period)
    and g.gap_lower is not null and g.gap_upper is not null
union all
select 'rank of ' || b.measure, b.area_code, b.sen_group, b.time_period, b.rank_lower,
    b.rank_upper
from benchmark_both b
where b.indicator_id = $indicator and b.breakdown = $breakdown
    and b.time_identifier = $time_identifier and b.sen_group = $groups[1]
    and b.reference in ('none', $reference)
    and ($areas is null or list_contains($areas, b.area_code))
    and ($period is null or b.time_period = $period)
    and b.rank_lower is not null and b.rank_upper is not null
