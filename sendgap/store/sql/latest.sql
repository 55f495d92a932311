-- latest: one row per measure x reference x sen_group of one indicator: its newest period.
select l.measure, l.reference, l.sen_group, l.time_period
from latest l
where l.indicator_id = $indicator and l.breakdown = $breakdown
    and l.time_identifier = $time_identifier
