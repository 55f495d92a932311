-- observation, changed: its estimate and its limits where there are any, else none.
update observation set lower = null, upper = null
where lower is not null or upper is not null;

update observation as o
set estimate = l.estimate, lower = l.lower, upper = l.upper
from level_limits as l
where l.row_id = o.rowid;

drop table counted;
drop table level_limits;
