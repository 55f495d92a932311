-- level_series: one row per area x sen_group x time_period of one indicator, oldest first.
select l.area_code, l.sen_group, l.time_period, l.shown, l.symbol, l.status, l.basis, l.line,
    l.source_id, l.decimals, l.numerator, l.denominator, l.counts_source_id
from observation l
where l.is_chosen and l.indicator_id = $indicator and list_contains($areas, l.area_code)
    and l.breakdown = $breakdown and l.time_identifier = $time_identifier
    and list_contains($groups, l.sen_group)
order by l.area_code, l.sen_group, l.time_period
