-- title: People who make half of the changes
-- chaoss: Contributor Absence Factor
-- definition: the fewest people who together made half of the commits of the period
-- unit: people
-- good: up
-- caveat: a commit counts as one, however large it is
-- since: commits are collected
-- rows: deeds
SELECT key, count(*) AS value, max(total) AS cases FROM (
  SELECT key, sum(parts) OVER (PARTITION BY key) AS total,
    sum(parts) OVER (PARTITION BY key ORDER BY parts DESC, person_id ROWS UNBOUNDED PRECEDING) - parts AS before
  FROM (SELECT key, person_id, count(*) AS parts FROM rows WHERE kind IN ('authored', 'co_authored') GROUP BY key, person_id) AS shares
) AS ranked WHERE before * 2 < total GROUP BY key
