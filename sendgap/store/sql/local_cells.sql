-- local_cells: one row per unit, SEN group, school year and number of years, units A to Z
select cell.indicator_id, cell.unit_kind, cell.unit_id, unit.name, unit.phase, cell.sen_group, cell.breakdown,
       cell.time_period, cell.years, cell.pupils, cell.schools, cell.numerator,
       cell.value, cell.lower, cell.upper, cell.symbol, cell.rule
from cell
join unit using (unit_kind, unit_id)
where cell.indicator_id = $indicator
  and ($kinds is null or cell.unit_kind in (select unnest($kinds)))
  and ($units is null or cell.unit_id in (select unnest($units)))
  and ($breakdown is null or cell.breakdown = $breakdown)
order by cell.unit_kind, unit.name, cell.unit_id, cell.breakdown, cell.sen_group,
         cell.years, cell.time_period
