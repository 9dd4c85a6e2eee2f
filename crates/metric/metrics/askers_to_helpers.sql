-- title: Askers who came to answer
-- chaoss: Conversion Rate
-- definition: of the people who first asked in the period, the share who have answered somebody since
-- unit: share
-- good: up
-- caveat: who came lately has had little time: compare periods that are equally long ago
-- rows: firsts
SELECT r.key, avg(CASE WHEN f.time >= r.time THEN 1.0 ELSE 0.0 END) AS value, count(*) AS cases
FROM (SELECT key, person_id, min(time) AS time FROM rows WHERE kind = 'asked' GROUP BY key, person_id) AS r
LEFT JOIN (SELECT person_id, min(time) AS time FROM firsts WHERE kind = 'answered' GROUP BY person_id) AS f
  ON f.person_id = r.person_id
GROUP BY r.key
