-- choice: one row per indicator x time_identifier x breakdown x time_period x sen_group
-- x reference ('none' for the level itself): the source used for all areas of the period.
-- Sources with figures go before sources that are only expected to have had some, so that a
-- year without assessments keeps its row and its reason.
create table choice as
with publishes as (
    select indicator_id, time_identifier, breakdown, time_period, sen_group, source_id,
        series_rank, line, count(value) + count(value_text) > 0 as has_figures
    from observation
    group by all
), pairs as (
    select s.indicator_id, s.time_identifier, s.breakdown, s.time_period, s.sen_group,
        p.reference, p.is_default,
        min_by(s.source_id, (not (s.has_figures and r.has_figures), s.series_rank)) as source_id,
        min_by(s.line, (not (s.has_figures and r.has_figures), s.series_rank)) as line
    from publishes s
    join gap_pair p using (indicator_id)
    join publishes r using (indicator_id, time_identifier, breakdown, time_period, source_id)
    where r.sen_group = p.reference_group and s.sen_group in ('ehc_plan', 'sen_support', 'any_sen')
    group by all
), levels as (
    select indicator_id, time_identifier, breakdown, time_period, sen_group,
        min_by(source_id, (not has_figures, series_rank)) as source_id,
        min_by(line, (not has_figures, series_rank)) as line
    from publishes
    group by all
), reference_levels as (
    -- The reference group's level comes from the source that the gaps come from.
    select p.indicator_id, p.time_identifier, p.breakdown, p.time_period,
        g.reference_group as sen_group, any_value(p.source_id) as source_id,
        any_value(p.line) as line
    from pairs p
    join gap_pair g using (indicator_id, reference)
    where p.is_default and p.sen_group = 'ehc_plan'
    group by all
)
select indicator_id, time_identifier, breakdown, time_period, sen_group, reference, source_id, line
from pairs
union all
select l.indicator_id, l.time_identifier, l.breakdown, l.time_period, l.sen_group, 'none',
    coalesce(p.source_id, r.source_id, l.source_id), coalesce(p.line, r.line, l.line)
from levels l
left join (select * from pairs where is_default) p
    using (indicator_id, time_identifier, breakdown, time_period, sen_group)
left join reference_levels r
    using (indicator_id, time_identifier, breakdown, time_period, sen_group);
