-- gap_series: one row per area x time_period of one indicator, group and reference.
select g.area_code, g.time_period, g.sen_value, g.reference_value, g.gap, g.symbol, g.status,
    g.basis, g.line, g.source_id, g.decimals, g.change_previous, g.change_baseline,
    g.baseline_period
from gap g
where g.indicator_id = $indicator and list_contains($areas, g.area_code)
    and g.breakdown = $breakdown and g.time_identifier = $time_identifier
    and g.sen_group = $group and g.reference = $reference
order by g.area_code, g.time_period
