-- thresholds: per sen_group x time_period x threshold, how many ranked authorities stand
-- strictly above it, on it and strictly below it.
select b.sen_group, b.time_period, t.threshold, count(*) filter (b.value > t.threshold) as above,
    count(*) filter (b.value = t.threshold) as at,
    count(*) filter (b.value < t.threshold) as below
from benchmark_both b
cross join (select unnest($thresholds::double[]) as threshold) t
where b.indicator_id = $indicator and b.measure = $measure
    and b.reference = case $measure when 'value' then 'none' else $reference end
    and ($groups is null or list_contains($groups, b.sen_group))
    and b.breakdown = $breakdown and b.time_identifier = $time_identifier
    and b.value is not null and b.is_open
group by all
order by all
