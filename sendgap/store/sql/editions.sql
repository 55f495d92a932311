-- editions: one row per source with what was loaded of it.
select * from edition order by publication
