-- local_similar: one row per similar unit of a unit, nearest first
select s.position, s.similar_id, u.name, s.closeness
from alike s
join unit u on u.unit_kind = s.unit_kind and u.unit_id = s.similar_id
where s.unit_kind = $kind and s.unit_id = $unit_id
order by s.position
