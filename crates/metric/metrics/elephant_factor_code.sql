-- title: Organizations that make half of the changes
-- chaoss: Elephant Factor
-- definition: the fewest organizations whose people together made half of the commits of the period
-- unit: count
-- good: up
-- caveat: only people whose organization is known count; it is the one they are with now
-- since: commits are collected
-- rows: deeds
SELECT key, count(*) AS value, max(total) AS cases FROM (
  SELECT key, sum(parts) OVER (PARTITION BY key) AS total,
    sum(parts) OVER (PARTITION BY key ORDER BY parts DESC, organization ROWS UNBOUNDED PRECEDING) - parts AS before
  FROM (SELECT key, organization, count(*) AS parts FROM rows WHERE kind IN ('authored', 'co_authored') AND organization IS NOT NULL GROUP BY key, organization) AS shares
) AS ranked WHERE before * 2 < total GROUP BY key
