-- cut_levels: one row per sen_group x breakdown x indicator x time_identifier x time_period of
-- one area: area_levels for several groups and for cuts as well as the whole.
select l.sen_group, l.breakdown, l.indicator_id, l.time_identifier, l.time_period, l.shown,
    l.symbol, l.status, l.basis, l.line, l.source_id, l.decimals, l.denominator
from level l
where l.area_code = $area and list_contains($groups, l.sen_group)
    and list_contains($breakdowns, l.breakdown) and list_contains($indicators, l.indicator_id)
order by l.indicator_id, l.time_period
