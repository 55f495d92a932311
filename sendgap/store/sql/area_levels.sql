-- area_levels: one row per indicator x time_identifier x time_period of one area and group.
select l.indicator_id, l.time_identifier, l.time_period, l.shown, l.symbol, l.status, l.basis,
    l.line, l.source_id, l.decimals, l.denominator
from level l
where l.area_code = $area and l.sen_group = $group and l.breakdown = 'total'
    and list_contains($indicators, l.indicator_id)
order by l.indicator_id, l.time_period
