-- title: Organizations that give half of the answers
-- chaoss: Elephant Factor
-- definition: the fewest organizations whose people together gave half of the answers to the questions of the period
-- unit: count
-- good: up
-- caveat: only people whose organization is known count; it is the one they are with now
-- rows: answers
SELECT key, count(*) AS value, max(total) AS cases FROM (
  SELECT key, sum(parts) OVER (PARTITION BY key) AS total,
    sum(parts) OVER (PARTITION BY key ORDER BY parts DESC, organization ROWS UNBOUNDED PRECEDING) - parts AS before
  FROM (SELECT key, organization, count(*) AS parts FROM rows WHERE organization IS NOT NULL GROUP BY key, organization) AS shares
) AS ranked WHERE before * 2 < total GROUP BY key
