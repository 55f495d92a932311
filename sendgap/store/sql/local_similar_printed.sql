-- local_similar_printed: one row per school and published figure that may stand on a page
select unit_id, variable, label, printed
from alike_printed
where unit_id in (select unnest($units))
order by rowid
