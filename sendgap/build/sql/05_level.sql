-- level: one row per indicator x area x time_period x time_identifier x breakdown
-- x sen_group: the figure used, from the chosen source, at the decimals it is printed with.
create table level as
select o.*, round(o.value, o.decimals) as shown
from observation o
join choice c using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
where c.reference = 'none';
