-- observation: one row per indicator x area x time_period x time_identifier x breakdown
-- x sen_group x source. The grid is known: what a publisher leaves out becomes a row with
-- a symbol, for areas of the levels the series covers that were open or are open today.
create table observation as
with grid as (
    select e.*, a.area_code, o.is_open, a.closed is null as exists_now
    from expected e
    join area a on (e.local and a.geographic_level = 'Local authority')
        or (e.national and a.geographic_level = 'National')
        or (e.regional and a.geographic_level = 'Regional')
    join area_open o using (area_code, time_period)
    where e.derived is null
), joined as (
    -- A count whose denominator stands in another file of the source becomes a share of it.
    select g.*,
        case when over_indicator is null then p.value
             when q.value > 0 then g.scale * p.value / q.value end as found_value,
        p.value_text,
        case when over_indicator is null then p.numerator else p.value end as numerator,
        case when over_indicator is null then p.denominator else q.value end as denominator,
        p.lower, p.upper,
        coalesce(
            p.symbol, case when p.value is not null and q.value = 0 then 'z' else q.symbol end
        ) as found_symbol,
        p.symbol_published, w.reason as withheld_reason
    from grid g
    left join published p using (
        indicator_id, source_id, breakdown, sen_group, time_identifier, time_period, area_code
    )
    left join published q on q.indicator_id = g.over_indicator and q.source_id = g.source_id
        and q.breakdown = g.over_breakdown and q.sen_group = g.sen_group
        and q.time_identifier = g.time_identifier and q.time_period = g.time_period
        and q.area_code = g.area_code
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
            when withheld_reason is not null
                and (found_value is not null or value_text is not null) then 'withheld'
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
    decimals::integer as decimals, line, series_rank, ranked, is_open,
    null::integer as pooled_from, null::integer as pooled_of,
    -- The figure as its limits have it, unrounded; filled with them.
    null::double as estimate
from told;
