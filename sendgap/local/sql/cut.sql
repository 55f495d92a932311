-- Pupils on roll by a column of the return (primary need, DSPL area of home):
-- one row per school, school year, SEN code and value.
SELECT
    urn,
    time_period,
    sen,
    coalesce(numerator, '') AS cut,
    count(*)::DOUBLE AS pupils
FROM counted
GROUP BY ALL
