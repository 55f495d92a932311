-- cell: one row per slice x area: levels and gaps in one shape, with changes.
create table cell_plain as
select slice_id, area_id, shown as value, estimate, lower, upper, symbol, shown as sen_value,
    null::double as reference_value, null::double as ratio, numerator, denominator,
    null::double as reference_numerator, null::double as reference_denominator, status, basis,
    decimals, ranked, is_open
from level
union all by name
select g.slice_id, g.area_id, gap as value, i.estimate, i.lower, i.upper, symbol, sen_value,
    reference_value, ratio, sen_numerator as numerator, sen_denominator as denominator,
    reference_numerator, reference_denominator, status, basis, decimals, ranked, is_open
from gap_plain g
left join gap_limits i using (slice_id, area_id);

-- baseline: one row per slice x basis: the earliest comparable period of its run, line and
-- basis with a value, or the catalogue's.
create table baseline as
with held as (
    select slice_id, basis from cell_plain where value is not null group by all
), firsts as (
    select s.run_id, s.line, h.basis,
        coalesce(
            max(time_period) filter (time_period = s.baseline), min(time_period)
        ) as baseline_period
    from held h
    join slice s using (slice_id)
    group by s.run_id, s.line, h.basis
)
select s.slice_id, f.basis, f.baseline_period, b.slice_id as baseline_slice_id
from slice s
join firsts f using (run_id, line)
join slice b on b.run_id = f.run_id and b.time_period = f.baseline_period;

create table cell as
select c.*,
    case when s.previous_line = s.line and p.basis = c.basis
         then round(c.value - p.value, c.decimals) end as change_previous,
    case when c.value is null then null
         when p.area_id is null then 'none'
         when s.previous_line <> s.line or p.basis <> c.basis then 'break'
         else p.symbol end as change_previous_reason,
    case when f.baseline_period < s.time_period then round(c.value - b.value, c.decimals) end
        as change_baseline,
    case when f.baseline_period < s.time_period then f.baseline_period end as baseline_period
from cell_plain c
join slice s using (slice_id)
left join baseline f on f.slice_id = c.slice_id and f.basis = c.basis
left join cell_plain p on p.slice_id = s.previous_slice_id and p.area_id = c.area_id
left join cell_plain b on b.slice_id = f.baseline_slice_id and b.area_id = c.area_id
    and b.basis = c.basis;

-- change_sides: one row per slice x area with a change between two figures that have limits:
-- what the interval of the change is computed from.
create table change_sides as
with limited as (
    select slice_id, area_id, basis, estimate, lower, upper
    from cell_plain
    where lower is not null
)
select c.slice_id, c.area_id, c.estimate, c.lower, c.upper,
    p.estimate as previous_estimate, p.lower as previous_lower, p.upper as previous_upper,
    b.estimate as baseline_estimate, b.lower as baseline_lower, b.upper as baseline_upper
from limited c
join slice s using (slice_id)
left join baseline f on f.slice_id = c.slice_id and f.basis = c.basis
    and f.baseline_period < s.time_period
left join limited p on p.slice_id = s.previous_slice_id and p.area_id = c.area_id
    and p.basis = c.basis and s.previous_line = s.line
left join limited b on b.slice_id = f.baseline_slice_id and b.area_id = c.area_id
    and b.basis = c.basis
where p.lower is not null or b.lower is not null;

-- Everything in them is in cell now, and a build should fit a small machine.
drop table cell_plain;
drop table gap_plain;
drop table level;
