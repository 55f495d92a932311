-- gap_plain: one row per slice of a gap x area. Positive is disadvantage: reference - SEN
-- where higher is better, else SEN - reference. Both sides come from one source and are
-- taken as printed, so that the printed gap is the difference of the printed figures.
create table gap_plain as
with sides as (
    select g.slice_id, a.area_id, s.basis, s.is_open, s.ranked,
        greatest(s.decimals, r.decimals) as decimals,
        printed(s.value, s.decimals) as sen_value,
        printed(r.value, r.decimals) as reference_value,
        case when r.area_code is null then 'none' else r.symbol end as reference_symbol,
        s.symbol as sen_symbol,
        case when 'provisional' in (s.status, r.status) then 'provisional'
             when 'revised' in (s.status, r.status) then 'revised' else 'final' end as status,
        s.numerator as sen_numerator, s.denominator as sen_denominator,
        r.numerator as reference_numerator, r.denominator as reference_denominator,
        s.estimate as sen_estimate, s.lower as sen_lower, s.upper as sen_upper,
        r.estimate as reference_estimate, r.lower as reference_lower,
        r.upper as reference_upper,
        p.reference_group = 'all_pupils' and r.area_code = s.area_code as is_part
    from slice g
    join gap_pair p using (indicator_id, reference)
    join observation s
        using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
    join place a on a.area_code = s.area_code
    left join observation r on r.indicator_id = s.indicator_id and r.source_id = s.source_id
        and r.time_identifier = s.time_identifier and r.breakdown = s.breakdown
        and r.time_period = s.time_period and r.sen_group = p.reference_group
        and r.area_code = case when p.is_england then 'E92000001' else s.area_code end
    where g.has_common_source
    union all by name
    -- Levels are published, but no source has both sides.
    select g.slice_id, l.area_id, l.basis, l.is_open, l.ranked, l.decimals,
        l.shown as sen_value, null as reference_value, 'no_common_source' as reference_symbol,
        l.symbol as sen_symbol, l.status
    from slice g
    join level l on l.slice_id = g.level_slice_id
    where not g.has_common_source
)
select s.* exclude (sen_symbol, reference_symbol),
    round(
        case when polarity = 'higher_is_better' then reference_value - sen_value
             else sen_value - reference_value end, s.decimals
    ) as gap,
    case when has_ratio and reference_value <> 0 then sen_value / reference_value end as ratio,
    case when sen_value is null then sen_symbol
         when reference_value is null then reference_symbol end as symbol
from sides s
join slice using (slice_id);
