-- local_similar_used: one row per variable of a comparison, in the catalogue's order
select variable, label, weight, known, source, years
from alike_used
where compared = $compared
order by rowid
