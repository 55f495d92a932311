-- local_units: one row per unit of a kind, A to Z
select unit_id, name, phase
from unit
where unit_kind = $kind
order by name, unit_id
