-- Pupils with an outcome: one row per school, school year and SEN code.
-- counted: one row per pupil and school year; numerator is missing outside the cohort.
SELECT
    urn,
    time_period,
    sen,
    count(numerator)::DOUBLE AS pupils,
    sum(numerator)::DOUBLE AS numerator,
    count(numerator)::DOUBLE AS denominator,
    max(numerator)::DOUBLE AS largest,
    sum(numerator::DOUBLE * numerator) AS numerator_squares,
    sum(numerator)::DOUBLE AS products,
    count(numerator)::DOUBLE AS denominator_squares
FROM counted
WHERE numerator IS NOT NULL
GROUP BY ALL
