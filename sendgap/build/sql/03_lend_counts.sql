-- observation, changed: counts of another publication attached to a published percentage
-- of the same indicator, area, period and group, where they recompute it to the decimals
-- it is printed with. The printed value stays.
update observation as o
set numerator = l.numerator, denominator = l.denominator, counts_source_id = l.source_id
from lend, observation as l
where lend.indicator_id = o.indicator_id and lend.receiver = o.source_id
    and l.indicator_id = o.indicator_id and l.source_id = lend.lender
    and l.area_code = o.area_code and l.time_period = o.time_period
    and l.time_identifier = o.time_identifier and l.breakdown = o.breakdown
    and l.sen_group = o.sen_group
    and o.value is not null and o.denominator is null and l.denominator > 0
    and abs(100 * l.numerator / l.denominator - o.value) <= 0.5 * pow(10, -o.decimals) + 1e-9;
