-- local_reconciled: one row per outcome, SEN group and school year: ours beside the published
select *
from reconciled
order by indicator_id, breakdown, sen_group, time_period
