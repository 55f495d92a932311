-- local_similar_about: one row for a unit: what it is compared among and how steady its list is
select compared, units, stability, leans_on, "without", withheld, is_everyone
from alike_about
where unit_kind = $kind and unit_id = $unit_id
