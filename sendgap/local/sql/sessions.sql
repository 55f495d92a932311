-- Sessions missed and possible: one row per school, school year and SEN code.
-- Squares and products over pupils are what the interval of their ratio needs.
SELECT
    urn,
    time_period,
    sen,
    count(*)::DOUBLE AS pupils,
    sum(numerator)::DOUBLE AS numerator,
    sum(denominator)::DOUBLE AS denominator,
    max(numerator)::DOUBLE AS largest,
    sum(numerator::DOUBLE * numerator) AS numerator_squares,
    sum(numerator::DOUBLE * denominator) AS products,
    sum(denominator::DOUBLE * denominator) AS denominator_squares
FROM counted
WHERE numerator IS NOT NULL AND denominator > 0
GROUP BY ALL
