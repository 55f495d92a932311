-- level: one row per indicator x area x time_period x time_identifier x breakdown
-- x sen_group: the figure used, from the chosen source, at the decimals it is printed with.
-- printed: a number as its publisher prints it. Halves go away from zero, and a half that a
-- float keeps as a little less (100 * 23 / 80 = 28.749999999999996) is one.
create macro printed(x, places) as round(x + sign(x) * 1e-9, places);

create table level as
select o.*, printed(o.value, o.decimals) as shown
from observation o
join choice c using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
where c.reference = 'none';
