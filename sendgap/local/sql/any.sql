-- Pupils with one or more: one row per school, school year and SEN code.
SELECT
    urn,
    time_period,
    sen,
    count(*)::DOUBLE AS pupils,
    count(*) FILTER (numerator > 0)::DOUBLE AS numerator,
    count(*)::DOUBLE AS denominator,
    1.0 AS largest,
    count(*) FILTER (numerator > 0)::DOUBLE AS numerator_squares,
    count(*) FILTER (numerator > 0)::DOUBLE AS products,
    count(*)::DOUBLE AS denominator_squares
FROM counted
WHERE numerator IS NOT NULL
GROUP BY ALL
