-- counted: one row per observation whose outcome may have an interval and that has what one is
-- made of: a value with a numerator and a denominator, or limits that were published. The
-- method is the outcome's own; outcomes without one (sessions of absence among them) have no
-- row here and so can get no limits, and what was published with them is not taken.
create table counted as
select o.rowid as row_id, i.interval as method, i.scale, o.value, o.numerator, o.denominator,
    o.lower, o.upper
from observation o
join indicator i using (indicator_id)
where o.value is not null and i.value_type <> 'session_rate'
    and case when i.interval = 'published' then o.lower is not null and o.upper is not null
             when i.interval in ('wilson', 'rate')
             then o.numerator is not null and o.denominator is not null end;
