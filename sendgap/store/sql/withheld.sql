-- withheld: one row per figure that is published and not shown, with the reason.
select w.indicator_id, w.area_code, a.area_name, w.time_period, w.sen_group, w.source_id, w.reason
from withheld w
join area a using (area_code)
order by all
