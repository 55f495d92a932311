-- gap: one row per indicator x area x time_period x time_identifier x breakdown x sen_group
-- x reference. Positive is disadvantage: reference - SEN where higher is better, else
-- SEN - reference. Both sides come from one source and are taken as printed, so that the
-- printed gap is the difference of the printed figures.
create table gap_plain as
with sides as (
    select s.indicator_id, s.area_code, s.time_period, s.time_identifier, s.breakdown,
        s.sen_group, p.reference, c.source_id, c.line, s.basis, s.is_open,
        s.ranked, greatest(s.decimals, r.decimals) as decimals,
        printed(s.value, s.decimals) as sen_value,
        printed(r.value, r.decimals) as reference_value,
        case when r.area_code is null then 'none' else r.symbol end as reference_symbol,
        s.symbol as sen_symbol,
        case when 'provisional' in (s.status, r.status) then 'provisional'
             when 'revised' in (s.status, r.status) then 'revised' else 'final' end as status,
        s.numerator as sen_numerator, s.denominator as sen_denominator,
        r.numerator as reference_numerator, r.denominator as reference_denominator
    from gap_pair p
    join choice c using (indicator_id, reference)
    join observation s
        using (indicator_id, time_identifier, breakdown, time_period, sen_group, source_id)
    left join observation r on r.indicator_id = s.indicator_id and r.source_id = s.source_id
        and r.time_identifier = s.time_identifier and r.breakdown = s.breakdown
        and r.time_period = s.time_period and r.sen_group = p.reference_group
        and r.area_code = case when p.is_england then 'E92000001' else s.area_code end
    union all by name
    -- Levels are published, but no source has both sides.
    select l.indicator_id, l.area_code, l.time_period, l.time_identifier, l.breakdown,
        l.sen_group, p.reference, l.source_id, l.line, l.basis, l.is_open, l.ranked, l.decimals,
        l.shown as sen_value, null as reference_value, 'no_common_source' as reference_symbol,
        l.symbol as sen_symbol, l.status
    from level l
    join gap_pair p using (indicator_id)
    anti join choice c on c.indicator_id = l.indicator_id and c.reference = p.reference
        and c.time_identifier = l.time_identifier and c.breakdown = l.breakdown
        and c.time_period = l.time_period and c.sen_group = l.sen_group
    where l.sen_group in ('ehc_plan', 'sen_support', 'any_sen')
)
select s.* exclude (sen_symbol, reference_symbol),
    round(
        case when i.polarity = 'higher_is_better' then reference_value - sen_value
             else sen_value - reference_value end, s.decimals
    ) as gap,
    case when has_ratio and reference_value <> 0 then sen_value / reference_value end as ratio,
    case when sen_value is null then sen_symbol
         when reference_value is null then reference_symbol end as symbol
from sides s
join indicator i using (indicator_id);
