-- title: People who give half of the answers
-- chaoss: Contributor Absence Factor
-- definition: the fewest people who together gave half of the answers to the questions of the period; an answer is a
--   person’s part in a question of somebody else
-- unit: people
-- good: up
-- caveat: a small number says that the help rests on few shoulders, not that the others do too little
-- rows: answers
SELECT key, count(*) AS value, max(total) AS cases FROM (
  SELECT key, sum(parts) OVER (PARTITION BY key) AS total,
    sum(parts) OVER (PARTITION BY key ORDER BY parts DESC, person_id ROWS UNBOUNDED PRECEDING) - parts AS before
  FROM (SELECT key, person_id, count(*) AS parts FROM rows GROUP BY key, person_id) AS shares
) AS ranked WHERE before * 2 < total GROUP BY key
