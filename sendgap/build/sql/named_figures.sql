-- One row per observation asked for: where it stands and what is told of it.
select indicator_id || ', ' || sen_group || ', ' || breakdown || ', ' || area_code || ', '
    || time_period || ' (' || source_id || ')' as place,
    'value ' || value || coalesce(', ' || numerator || ' of ' || denominator, '')
    || coalesce(', limits ' || lower || ' to ' || upper, '') as figure
from observation
where list_contains($rows, rowid)
order by rowid
