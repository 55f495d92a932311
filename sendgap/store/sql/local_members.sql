-- local_members: one row per school and group it belongs to
select unit_kind, unit_id, urn, first, last
from member
order by unit_kind, unit_id, urn, first
