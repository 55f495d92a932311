-- standing: one row per slice x local authority: its cell beside England's and its region's,
-- its rank and its quarter; what depends on the list of neighbours is in neighbour_value.
-- Rank 1 is best: the highest or lowest level by polarity, the narrowest gap. No rank
-- without polarity, none for areas not open.
create table standing as
with la as (
    select c.*, a.region_code, s.measure, s.polarity,
        case when c.value is null or not c.ranked or not c.is_open or polarity = 'none' then null
             when measure = 'gap' or polarity = 'lower_is_better' then c.value
             else -c.value end as sort_key
    from cell c
    join slice s using (slice_id)
    join place a using (area_id)
    where a.is_authority and s.is_benchmarked and (c.is_open or c.value is not null)
), ranked_areas as (
    -- Rows that share a rank are each other's peers, so one sort gives both.
    select *, rank() over by_key as rank,
        count(*) over (by_key range between current row and current row) as tied,
        nullif(count(sort_key) over (partition by slice_id), 0) as rank_of
    from la
    window by_key as (partition by slice_id order by sort_key nulls last)
), beside as (
    -- England's and the regions' cells, by the code of the area.
    select c.slice_id, a.area_code, c.value
    from cell c
    join place a using (area_id)
    where not a.is_authority
)
select r.* exclude (region_code, measure, polarity, sort_key, rank, tied),
    e.value as england, g.value as region_value,
    case when sort_key is not null then r.rank end as rank,
    case when sort_key is not null then r.tied end as tied,
    case when sort_key is null or d.areas < 20 or d.q25 = d.q75 then null
         when r.measure = 'gap' or r.polarity = 'lower_is_better' then
             case when r.value <= d.q25 then 'A' when r.value <= d.median then 'B'
                  when r.value <= d.q75 then 'C' else 'D' end
         else case when r.value <= d.q25 then 'D' when r.value <= d.median then 'C'
                   when r.value <= d.q75 then 'B' else 'A' end
    end as quartile,
    null::varchar as position_england, null::varchar as position_basis
from ranked_areas r
left join distribution d using (slice_id)
left join beside e on e.slice_id = r.slice_id and e.area_code = 'E92000001'
left join beside g on g.slice_id = r.slice_id and g.area_code = r.region_code;
