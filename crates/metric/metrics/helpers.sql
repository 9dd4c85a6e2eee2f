-- title: People who answered
-- definition: people who took part in answering a question of somebody else of the period
-- unit: people
-- good: up
-- rows: answers
SELECT key, count(DISTINCT person_id) AS value, count(*) AS cases FROM rows GROUP BY key
