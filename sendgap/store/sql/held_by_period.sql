-- held_by_period: one row per indicator x breakdown x time_identifier x time_period of any source:
-- the kinds of area with a figure, the authorities' cells that are filled and hidden, and
-- whether a figure may still change.
with cell as (
    select o.indicator_id, o.breakdown, o.time_identifier, o.time_period, a.geographic_level,
        o.value is not null or o.value_text is not null as filled,
        o.symbol = 'c' as hidden, o.status = 'provisional' as early
    from observation o
    join area a using (area_code)
)
select indicator_id, breakdown, time_identifier, time_period,
    coalesce(bool_or(filled) filter (geographic_level = 'National'), false) as has_england,
    coalesce(bool_or(filled) filter (geographic_level = 'Regional'), false) as has_regions,
    count(*) filter (geographic_level = 'Local authority' and filled) as filled,
    count(*) filter (geographic_level = 'Local authority' and hidden) as hidden,
    bool_or(filled and early) as provisional
from cell
group by all
order by all
