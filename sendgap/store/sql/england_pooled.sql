-- england_pooled: at most one row: from how many of how many authorities England's newest
-- figure is pooled, where no publisher prints one.
select pooled_from, pooled_of
from level
where area_code = 'E92000001' and indicator_id = $indicator and breakdown = $breakdown
    and time_identifier = $time_identifier and sen_group = $group and value is not null
    and pooled_from is not null
order by time_period desc
limit 1
