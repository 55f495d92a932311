-- Pupils who missed at least a share of their own possible sessions:
-- one row per school, school year and SEN code.
SELECT
    urn,
    time_period,
    sen,
    count(*)::DOUBLE AS pupils,
    count(*) FILTER (numerator * 1000 >= round(least * 1000) * denominator)::DOUBLE AS numerator,
    count(*)::DOUBLE AS denominator,
    1.0 AS largest,
    count(*) FILTER (numerator * 1000 >= round(least * 1000) * denominator)::DOUBLE AS numerator_squares,
    count(*) FILTER (numerator * 1000 >= round(least * 1000) * denominator)::DOUBLE AS products,
    count(*)::DOUBLE AS denominator_squares
FROM counted
WHERE numerator IS NOT NULL AND denominator > 0
GROUP BY ALL
