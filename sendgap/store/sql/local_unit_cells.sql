-- local_unit_cells: one row per unit, outcome, SEN group, school year and number of years
select cell.indicator_id, cell.unit_kind, cell.unit_id, unit.name, cell.sen_group,
       cell.breakdown, cell.time_period, cell.years, cell.pupils, cell.schools,
       cell.numerator, cell.value, cell.lower, cell.upper, cell.symbol, cell.rule
from cell
join unit using (unit_kind, unit_id)
where cell.breakdown = 'total'
  and cell.unit_kind || ':' || cell.unit_id in (select unnest($units))
order by cell.indicator_id, cell.unit_kind, unit.name, cell.sen_group, cell.years,
         cell.time_period
