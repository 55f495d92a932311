-- level: one row per slice of a level x area: the figure used, from the chosen source, at
-- the decimals it is printed with.
-- printed: a number as its publisher prints it. Halves go away from zero, and a half that a
-- float keeps as a little less (100 * 23 / 80 = 28.749999999999996) is one.
create macro printed(x, places) as round(x + sign(x) * 1e-9, places);

create table level as
select s.slice_id, a.area_id, printed(o.value, o.decimals) as shown, o.estimate, o.lower, o.upper,
    o.symbol, o.numerator, o.denominator, o.status, o.basis, o.decimals, o.ranked, o.is_open
from observation o
join slice s
    using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
join place a using (area_code)
where s.measure = 'value';
