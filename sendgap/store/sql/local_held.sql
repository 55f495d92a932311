-- local_held: one row per outcome, kind of unit, SEN group and school year, with how many cells show a figure
select indicator_id, unit_kind, sen_group, time_period, years,
       count(*) filter (where value is not null) as shown,
       count(*) filter (where value is null) as hidden
from cell
where breakdown = 'total'
group by all
order by all
