-- pupils: one row per local authority open in the period: the level of one group with its
-- numbers of pupils, and those of the group it is set against.
select s.area_code, s.numerator, s.denominator, s.counts_source_id,
    r.numerator as reference_numerator, r.denominator as reference_denominator,
    r.counts_source_id as reference_counts_source_id
from level s
left join level r on r.indicator_id = s.indicator_id and r.area_code = s.area_code
    and r.time_period = s.time_period and r.time_identifier = s.time_identifier
    and r.breakdown = s.breakdown and r.sen_group = $other
where s.indicator_id = $indicator and s.breakdown = $breakdown
    and s.time_identifier = $time_identifier and s.time_period = $period
    and s.sen_group = $group and s.geographic_level = 'Local authority' and s.is_open
    and s.denominator > 0 and s.numerator is not null
order by s.area_code
