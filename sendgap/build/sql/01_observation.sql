-- observation: one row per indicator x area x time_period x time_identifier x breakdown
-- x sen_group x source. The grid is known: what a publisher leaves out becomes a row with
-- a symbol, for areas of the levels the series covers that were open or are open today.
create table observation as
with grid as (
    select e.*, a.area_code, o.is_open, a.closed is null as exists_now
    from expected e
    join area a on a.geographic_level = 'Local authority'
        or (e.national and a.geographic_level = 'National')
        or (e.regional and a.geographic_level = 'Regional')
    join area_open o using (area_code, time_period)
    where e.derived is null
), joined as (
    select g.*, p.value as found_value, p.value_text, p.numerator, p.denominator, p.lower,
        p.upper, p.symbol as found_symbol, p.symbol_published, p.area_code is not null as found,
        w.reason as withheld_reason
    from grid g
    left join published p using (
        indicator_id, source_id, breakdown, sen_group, time_identifier, time_period, area_code
    )
    left join withheld w using (
        indicator_id, source_id, breakdown, area_code, time_period, sen_group
    )
), zeros as (
    -- A zero where every other group of the area is missing stands for no figure.
    select *, placeholder_zeros and found_value = 0 and count(found_value) over (
        partition by indicator_id, source_id, breakdown, time_identifier, time_period, area_code
    ) = 1 as is_placeholder
    from joined
), told as (
    select *,
        case
            when withheld_reason is not null and found_value is not null then 'withheld'
            when is_placeholder then 'x'
            when proportion and (found_value < 0 or found_value > 100) then 'impossible'
            when found_value is not null or value_text is not null then null
            when missing is not null then missing
            when not is_open then 'no_area'
            else coalesce(found_symbol, 'none')
        end as why
    from zeros
    where found_value is not null or value_text is not null or is_open or exists_now
)
select indicator_id, area_code, time_period, time_identifier, breakdown, sen_group, source_id,
    case when why is null then found_value end as value,
    case when why is null then value_text end as value_text,
    case when why is null or why in ('z') then numerator end as numerator,
    case when why is null or why in ('z') then denominator end as denominator,
    case when why is null then lower end as lower,
    case when why is null then upper end as upper,
    why as symbol, symbol_published, status, basis,
    case when why is null and denominator is not null then source_id end as counts_source_id,
    decimals::integer as decimals, line, series_rank, ranked, is_open
from told;
