-- standing: one row per slice x local authority: its cell beside England's and its region's,
-- its rank and its quarter; what depends on the list of neighbours is in neighbour_value.
-- Rank 1 is best: the highest or lowest level by polarity, the narrowest gap. No rank
-- without polarity, none for areas not open.
create table standing as
with la as (
    select c.*, a.region_code, s.measure = 'gap' or s.polarity = 'lower_is_better' as low_is_good,
        c.value is not null and c.ranked and c.is_open and s.polarity <> 'none' as has_rank
    from cell c
    join slice s using (slice_id)
    join place a using (area_id)
    where a.is_authority and s.is_benchmarked and (c.is_open or c.value is not null)
), keyed as (
    select slice_id, area_id, if(low_is_good, value, -value) as sort_key
    from la
    where has_rank
), ranked_areas as (
    -- Rows that share a rank are each other's peers, so one sort gives both.
    select slice_id, area_id, rank() over by_key as rank,
        count(*) over (by_key range between current row and current row) as tied
    from keyed
    window by_key as (partition by slice_id order by sort_key)
), ranked_slices as (
    select slice_id, count(*) as rank_of from keyed group by all
), beside as (
    -- England's and the regions' cells, by the code of the area.
    select c.slice_id, a.area_code, c.value
    from cell c
    join place a using (area_id)
    where not a.is_authority
)
select la.* exclude (region_code, low_is_good, has_rank), e.value as england,
    g.value as region_value, r.rank, n.rank_of, r.tied,
    case when not has_rank or d.areas < 20 or d.q25 = d.q75 then null
         when low_is_good then
             case when la.value <= d.q25 then 'A' when la.value <= d.median then 'B'
                  when la.value <= d.q75 then 'C' else 'D' end
         else case when la.value <= d.q25 then 'D' when la.value <= d.median then 'C'
                   when la.value <= d.q75 then 'B' else 'A' end
    end as quartile
from la
left join ranked_areas r using (slice_id, area_id)
left join ranked_slices n using (slice_id)
left join distribution d using (slice_id)
left join beside e on e.slice_id = la.slice_id and e.area_code = 'E92000001'
left join beside g on g.slice_id = la.slice_id and g.area_code = la.region_code;
