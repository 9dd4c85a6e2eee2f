-- title: Came back after a silence
-- definition: people who wrote in the period after 90 days or more without a message
-- unit: people
-- good: up
-- caveat: narrowed to a place, a message elsewhere does not count
-- rows: written
SELECT key, count(DISTINCT person_id) AS value, count(DISTINCT person_id) AS cases FROM (
  SELECT key, time, person_id, first_seen, lag(time) OVER (PARTITION BY person_id ORDER BY time, key) AS previous
  FROM (SELECT key, time, person_id, first_seen FROM rows UNION ALL SELECT key, time, person_id, first_seen FROM earlier) AS both_times
) AS followed
WHERE time >= {from} AND first_seen <= time - INTERVAL '90 days'
  AND (previous IS NULL OR previous <= time - INTERVAL '90 days')
GROUP BY key
