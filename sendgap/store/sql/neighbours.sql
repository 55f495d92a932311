-- neighbours: the statistical neighbours of one area in one model, nearest first.
select n.position, n.neighbour_code as area_code, a.la_code, a.area_name, n.closeness
from neighbour n
join area a on a.area_code = n.neighbour_code
where n.area_code = $area and n.vintage = $vintage
order by n.position
