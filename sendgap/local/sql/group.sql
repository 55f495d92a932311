-- Pupils on roll: one row per school, school year and SEN code.
SELECT
    urn,
    time_period,
    sen,
    count(*)::DOUBLE AS pupils,
    count(*)::DOUBLE AS numerator,
    count(*)::DOUBLE AS denominator,
    1.0 AS largest,
    count(*)::DOUBLE AS numerator_squares,
    count(*)::DOUBLE AS products,
    count(*)::DOUBLE AS denominator_squares
FROM counted
GROUP BY ALL
