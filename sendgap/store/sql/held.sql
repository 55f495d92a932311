-- held: one row per indicator x source x time_identifier x breakdown with a figure: what we
-- hold, from when to when, for how many areas and groups.
select indicator_id, source_id, time_identifier, breakdown, first_period, last_period,
    authorities, has_regions, has_england, sen_groups, has_counts, has_provisional, figures
from held
order by position, time_identifier, breakdown, series_rank
