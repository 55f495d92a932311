-- gap: gap_plain with its changes. cell: one row per indicator x measure x reference
-- x sen_group x breakdown x time_identifier x time_period x area: levels (reference 'none')
-- and gaps in one shape, with changes, for the benchmark.
create macro period_before(p) as
    case when length(p) = 4 then (p::integer - 1)::varchar
         else (p[1:4]::integer - 1)::varchar || p[3:4] end;

create table cell_plain as
select indicator_id, 'value' as measure, 'none' as reference, sen_group, breakdown,
    time_identifier, time_period, area_code, shown as value, lower, upper, symbol,
    shown as sen_value, null::double as reference_value, numerator, denominator,
    null::double as reference_numerator, null::double as reference_denominator, status, basis,
    source_id, line, decimals, ranked, is_open
from level
union all by name
select indicator_id, 'gap' as measure, reference, sen_group, breakdown, time_identifier,
    time_period, area_code, gap as value, null as lower, null as upper, symbol, sen_value,
    reference_value, sen_numerator as numerator, sen_denominator as denominator,
    reference_numerator, reference_denominator, status, basis, source_id, line, decimals,
    ranked, is_open
from gap_plain;

-- first_period: the earliest comparable period of each line and basis, or the catalogue's.
create table first_period as
select c.indicator_id, c.measure, c.reference, c.sen_group, c.breakdown, c.time_identifier, c.line,
    c.basis,
    coalesce(
        max(time_period) filter (time_period = i.baseline), min(time_period)
    ) as baseline_period
from cell_plain c
join indicator i using (indicator_id)
where c.value is not null
group by all;

create table cell as
with marked as (
    select *, period_before(time_period) as previous_period from cell_plain
)
select c.*,
    case when p.line = c.line and p.basis = c.basis then round(c.value - p.value, c.decimals) end
        as change_previous,
    case when c.value is null then null
         when p.area_code is null then 'none'
         when p.line <> c.line or p.basis <> c.basis then 'break'
         else p.symbol end as change_previous_reason,
    case when b.time_period < c.time_period then round(c.value - b.value, c.decimals) end
        as change_baseline,
    case when f.baseline_period < c.time_period then f.baseline_period end as baseline_period
from marked c
left join first_period f
    using (indicator_id, measure, reference, sen_group, breakdown, time_identifier, line, basis)
left join cell_plain p
    on p.indicator_id = c.indicator_id and p.measure = c.measure and p.reference = c.reference
    and p.sen_group = c.sen_group and p.breakdown = c.breakdown
    and p.time_identifier = c.time_identifier and p.area_code = c.area_code
    and p.time_period = c.previous_period
left join cell_plain b
    on b.indicator_id = c.indicator_id and b.measure = c.measure and b.reference = c.reference
    and b.sen_group = c.sen_group and b.breakdown = c.breakdown
    and b.time_identifier = c.time_identifier and b.area_code = c.area_code
    and b.time_period = f.baseline_period and b.line = c.line and b.basis = c.basis;

create table gap as
select g.indicator_id, g.area_code, g.time_period, g.time_identifier, g.breakdown, g.sen_group,
    g.reference, g.sen_value, g.reference_value, g.gap, null::double as gap_lower,
    null::double as gap_upper, g.ratio, c.previous_period, c.change_previous,
    c.change_previous_reason, c.change_baseline, c.baseline_period, g.symbol, g.status, g.basis,
    g.source_id, g.decimals, g.line
from gap_plain g
join cell c using (
    indicator_id, reference, sen_group, breakdown, time_identifier, time_period, area_code
)
where c.measure = 'gap';
