-- title: New contributors
-- chaoss: New Contributors
-- definition: people whose first commit of all was in the period
-- unit: people
-- good: up
-- caveat: only where commits are collected
-- since: commits are collected
-- rows: firsts
SELECT r.key, count(DISTINCT r.person_id) AS value, count(DISTINCT r.person_id) AS cases
FROM rows AS r JOIN (
  SELECT person_id, min(time) AS time FROM firsts WHERE kind IN ('authored', 'co_authored') GROUP BY person_id
) AS f ON f.person_id = r.person_id AND f.time = r.time
WHERE r.kind IN ('authored', 'co_authored') GROUP BY r.key
