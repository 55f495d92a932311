-- levels_by_cut: one row per breakdown x area x time_period of one indicator and SEN group, oldest
-- first; $period none for all periods.
select l.breakdown, l.area_code, l.sen_group, l.time_period, l.shown, l.symbol, l.status, l.basis,
    l.line, l.source_id, l.decimals, l.numerator, l.denominator, l.counts_source_id
from observation l
where l.is_chosen and l.indicator_id = $indicator and list_contains($areas, l.area_code)
    and l.time_identifier = $time_identifier and l.sen_group = $group
    and ($period is null or l.time_period = $period)
order by l.breakdown, l.area_code, l.time_period
