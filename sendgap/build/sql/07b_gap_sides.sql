-- gap_sides: one row per slice of a gap x area where both sides have limits: what the gap's
-- interval is computed from. Where the SEN group is a part of its reference (all pupils of the
-- same area) the two are not independent: the rest of the reference has its counts here, and
-- without counts on both sides there is no interval.
create table gap_sides as
select g.slice_id, g.area_id, s.polarity, g.is_part, i.scale, sen_estimate, sen_lower, sen_upper,
    reference_estimate, reference_lower, reference_upper, sen_numerator, sen_denominator,
    reference_numerator - sen_numerator as rest_numerator,
    reference_denominator - sen_denominator as rest_denominator
from gap_plain g
join slice s using (slice_id)
join indicator i using (indicator_id)
where g.gap is not null and sen_lower is not null and reference_lower is not null
    and (not g.is_part or (i.interval = 'wilson' and rest_denominator > 0
        and rest_numerator between 0 and rest_denominator));
