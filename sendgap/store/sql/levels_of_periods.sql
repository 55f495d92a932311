-- levels_of_periods: one row per area x time_period of one indicator, group and cut, in some
-- periods: what level_series gives, for every area.
select l.area_code, l.sen_group, l.time_period, l.shown, l.symbol, l.status, l.basis, l.line,
    l.source_id, l.decimals, l.numerator, l.denominator, l.counts_source_id
from observation l
where l.is_chosen and l.indicator_id = $indicator and l.breakdown = $breakdown
    and l.time_identifier = $time_identifier and l.sen_group = $group
    and list_contains($periods, l.time_period)
order by l.time_period, l.area_code
